//! One connection to the mail server, from greeting to leave.

use super::dialogue::{Broken, Reply, Wire};
use super::error::{Fault, MailError, Stage};
use super::letter::Letter;
use super::settings::{MailSettings, Security};
use crate::exchange::Stream;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

/// A connection that is ready for a message.
#[derive(Debug)]
pub(super) struct Session {
    wire: Wire,
    offers: Offers,
    answer: Duration,
    accept: Duration,
    /// What the server greeted with.
    pub(super) greeting: String,
    /// The connection is of no more use.
    pub(super) broken: bool,
}

/// What the server says it can do.
#[derive(Debug, Default)]
struct Offers {
    start_tls: bool,
    eight_bit: bool,
    wide_addresses: bool,
    largest: Option<u64>,
    sign_in: Vec<String>,
}

impl Session {
    /// Connects, secures and signs in. Whatever fails here, no message has been touched: [`MailError::Temporary`].
    pub(super) async fn open(settings: &MailSettings, tls: &Arc<ClientConfig>) -> Result<Self, MailError> {
        let connecting = timeout(settings.connect, TcpStream::connect((settings.host.as_str(), settings.port))).await;
        let place = format!("{}:{}", settings.host, settings.port);
        let stream = connecting.map_err(|_| temporary(Stage::Connect, format!("{place} does not answer")))?;
        let stream = stream.map_err(|error| temporary(Stage::Connect, format!("{place}: {error}")))?;
        let _ = stream.set_nodelay(true);
        let on_this_machine = stream.peer_addr().is_ok_and(|peer| peer.ip().is_loopback());
        let stream: Box<dyn Stream> = match settings.security {
            Security::Tls => secured(Box::new(stream), settings, tls).await?,
            Security::Plain | Security::StartTls => Box::new(stream),
        };
        let mut session = Self {
            wire: Wire::new(stream),
            offers: Offers::default(),
            answer: settings.answer,
            accept: settings.accept,
            greeting: String::new(),
            broken: false,
        };
        let greeting =
            session.wire.hear(settings.answer).await.map_err(|broken| temporary(Stage::Connect, broken.to_string()))?;
        session.greeting = good(greeting, Stage::Connect)?.text();
        session.hello(settings).await?;
        if settings.security == Security::StartTls {
            session = session.start_tls(settings, tls).await?;
        }
        if let Some(user) = &settings.user {
            if settings.security == Security::Plain && !on_this_machine {
                let why = "a password is not sent over a connection that is not secure: set STARTTLS or TLS for the mail server";
                return Err(temporary(Stage::SignIn, why.to_owned()));
            }
            session.sign_in(user, settings.password.as_ref().map(|secret| secret.reveal()).unwrap_or_default()).await?;
        }
        Ok(session)
    }

    async fn hello(&mut self, settings: &MailSettings) -> Result<(), MailError> {
        let name: String = settings.hello.chars().filter(|c| c.is_ascii_graphic()).collect();
        let reply = self.ask(Stage::Connect, &format!("EHLO {name}")).await?;
        if reply.is_good() {
            self.offers = Offers::read(&reply);
            return Ok(());
        }
        let reply = self.ask(Stage::Connect, &format!("HELO {name}")).await?;
        good(reply, Stage::Connect).map(|_| ())
    }

    async fn start_tls(mut self, settings: &MailSettings, tls: &Arc<ClientConfig>) -> Result<Self, MailError> {
        if !self.offers.start_tls {
            return Err(temporary(Stage::Secure, "the mail server does not offer STARTTLS".to_owned()));
        }
        let reply = self.ask(Stage::Secure, "STARTTLS").await?;
        good(reply, Stage::Secure)?;
        let stream = self.wire.into_stream().map_err(|broken| temporary(Stage::Secure, broken.to_string()))?;
        let wire = Wire::new(secured(stream, settings, tls).await?);
        // What was offered before is forgotten: anybody may have said it.
        let mut session = Self { wire, offers: Offers::default(), ..self };
        session.hello(settings).await?;
        Ok(session)
    }

    async fn sign_in(&mut self, user: &str, password: &str) -> Result<(), MailError> {
        let offered = |way: &str| self.offers.sign_in.iter().any(|offered| offered == way);
        let reply = if offered("PLAIN") {
            let both = STANDARD.encode(format!("\0{user}\0{password}"));
            self.ask(Stage::SignIn, &format!("AUTH PLAIN {both}")).await?
        } else if offered("LOGIN") {
            good(self.ask(Stage::SignIn, "AUTH LOGIN").await?, Stage::SignIn)?;
            good(self.ask(Stage::SignIn, &STANDARD.encode(user)).await?, Stage::SignIn)?;
            self.ask(Stage::SignIn, &STANDARD.encode(password)).await?
        } else {
            let ways = self.offers.sign_in.join(", ");
            return Err(temporary(Stage::SignIn, format!("the mail server offers neither PLAIN nor LOGIN ({ways})")));
        };
        good(reply, Stage::SignIn).map(|_| ())
    }

    /// Hands a message over. What fails before the final dot is surely not sent; what fails after it is in doubt.
    pub(super) async fn deliver(&mut self, letter: &Letter) -> Result<String, MailError> {
        let sender = self.sender_line(letter)?;
        let reply = self.ask(Stage::Sender, &sender).await?;
        self.taken(reply, Stage::Sender)?;
        let reply = self.ask(Stage::Recipient, &format!("RCPT TO:<{}>", letter.to)).await?;
        self.taken(reply, Stage::Recipient)?;
        let reply = self.ask(Stage::Message, "DATA").await?;
        let reply = self.taken(reply, Stage::Message)?;
        if reply.code != 354 {
            self.broken = true;
            return Err(temporary(
                Stage::Message,
                format!("an unexpected answer to DATA: {} {}", reply.code, reply.text()),
            ));
        }
        if let Err(broken) = self.wire.write(&letter.body, self.answer).await {
            self.broken = true;
            return Err(temporary(Stage::Message, broken.to_string()));
        }
        let handed = self.wire.write(b".\r\n", self.answer).await;
        let answered = match handed {
            Ok(()) => self.wire.hear(self.accept).await,
            Err(broken) => Err(broken),
        };
        match answered {
            Ok(reply) if reply.code == 354 => Err(self.in_doubt(&Broken::Nonsense(reply.text()))),
            Ok(reply) => self.taken(reply, Stage::Message).map(|reply| format!("{} {}", reply.code, reply.text())),
            Err(broken) => Err(self.in_doubt(&broken)),
        }
    }

    fn in_doubt(&mut self, broken: &Broken) -> MailError {
        self.broken = true;
        let text = format!("{broken}, after the whole message was handed over and before it was acknowledged");
        MailError::InDoubt(Fault { stage: Stage::Message, code: None, text })
    }

    fn sender_line(&self, letter: &Letter) -> Result<String, MailError> {
        let refused = |stage, text: String| Err(MailError::Refused(Fault { stage, code: None, text }));
        let mut line = format!("MAIL FROM:<{}>", letter.from);
        if let Some(largest) = self.offers.largest {
            if largest > 0 && letter.body.len() as u64 > largest {
                let text = format!("the message has {} bytes, and the mail server takes {largest}", letter.body.len());
                return refused(Stage::Message, text);
            }
            line.push_str(&format!(" SIZE={}", letter.body.len()));
        }
        if letter.wide_body {
            if !self.offers.eight_bit {
                return refused(Stage::Message, "the mail server takes only messages in 7-bit encoding".to_owned());
            }
            line.push_str(" BODY=8BITMIME");
        }
        if letter.wide_addresses {
            if !self.offers.wide_addresses {
                return refused(Stage::Recipient, "the mail server takes only addresses in Latin letters".to_owned());
            }
            line.push_str(" SMTPUTF8");
        }
        Ok(line)
    }

    /// Forgets a message that was begun.
    pub(super) async fn reset(&mut self) {
        let reply = self.wire.say("RSET", self.answer).await;
        self.broken |= !reply.is_ok_and(|reply| reply.is_good());
    }

    /// Takes leave.
    pub(super) async fn leave(&mut self) {
        let _ = self.wire.say("QUIT", self.answer.min(Duration::from_secs(5))).await;
        self.broken = true;
    }

    async fn ask(&mut self, stage: Stage, line: &str) -> Result<Reply, MailError> {
        let reply = self.wire.say(line, self.answer).await;
        reply.map_err(|broken| {
            self.broken = true;
            temporary(stage, broken.to_string())
        })
    }

    /// An answer about a message: 4xx may be tried again, 5xx not. 421 says that the server closes the connection.
    fn taken(&mut self, reply: Reply, stage: Stage) -> Result<Reply, MailError> {
        self.broken |= reply.code == 421;
        if reply.is_good() {
            return Ok(reply);
        }
        let fault = Fault { stage, code: Some(reply.code), text: reply.text() };
        Err(if reply.code >= 500 { MailError::Refused(fault) } else { MailError::Temporary(fault) })
    }
}

impl Offers {
    fn read(reply: &Reply) -> Self {
        let mut offers = Self::default();
        for line in reply.lines.iter().skip(1) {
            let line = line.to_ascii_uppercase().replacen("AUTH=", "AUTH ", 1);
            let mut words = line.split_ascii_whitespace();
            match words.next().unwrap_or_default() {
                "STARTTLS" => offers.start_tls = true,
                "8BITMIME" => offers.eight_bit = true,
                "SMTPUTF8" => offers.wide_addresses = true,
                "SIZE" => offers.largest = Some(words.next().and_then(|size| size.parse().ok()).unwrap_or(0)),
                "AUTH" => offers.sign_in.extend(words.map(str::to_owned)),
                _ => {}
            }
        }
        offers
    }
}

/// Before a message is named, every bad answer concerns the server or the settings: the message may be tried again.
fn good(reply: Reply, stage: Stage) -> Result<Reply, MailError> {
    if reply.is_good() {
        return Ok(reply);
    }
    Err(MailError::Temporary(Fault { stage, code: Some(reply.code), text: reply.text() }))
}

fn temporary(stage: Stage, text: String) -> MailError {
    MailError::Temporary(Fault { stage, code: None, text })
}

async fn secured(
    stream: Box<dyn Stream>,
    settings: &MailSettings,
    tls: &Arc<ClientConfig>,
) -> Result<Box<dyn Stream>, MailError> {
    let name =
        ServerName::try_from(settings.host.clone()).map_err(|error| temporary(Stage::Secure, error.to_string()))?;
    let handshake = timeout(settings.connect, TlsConnector::from(Arc::clone(tls)).connect(name, stream)).await;
    let stream = handshake.map_err(|_| temporary(Stage::Secure, "the handshake did not end in time".to_owned()))?;
    Ok(Box::new(stream.map_err(|error| temporary(Stage::Secure, error.to_string()))?))
}
