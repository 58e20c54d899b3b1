//! The server's side of SMTP.

use super::{Act, Counter, Moment, Received};
use crate::lines;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::io;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, BufStream};

/// Largest message that is taken, bytes.
const LARGEST: usize = 64 << 20;

/// Whether the dialogue goes on.
enum Then {
    GoOn,
    Leave,
}

pub(super) async fn hold(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    counter: &Counter,
    greet: bool,
) -> io::Result<()> {
    let mut client = Client {
        stream: BufStream::new(stream),
        from: String::new(),
        to: Vec::new(),
        known: counter.settings.sign_in.is_none(),
    };
    if greet && let Then::Leave = client.usual(counter, Moment::Greeting, "220 sink.example ESMTP").await?.1 {
        return Ok(());
    }
    while let Some(line) = client.line().await? {
        let (verb, rest) = line.split_once(' ').unwrap_or((&line, ""));
        let then = match verb.to_ascii_uppercase().as_str() {
            "EHLO" => client.hello(counter).await?,
            "HELO" => client.say("250 sink.example").await?,
            "AUTH" => client.sign_in(rest, counter).await?,
            "MAIL" if !client.known => client.say("530 5.7.0 sign in first").await?,
            "MAIL" => {
                client.from = address(rest);
                client.to.clear();
                client.usual(counter, Moment::Sender, "250 2.1.0 sender ok").await?.1
            }
            "RCPT" => client.recipient(rest, counter).await?,
            "DATA" => client.data(counter).await?,
            "RSET" => {
                client.to.clear();
                client.say("250 2.0.0 ok").await?
            }
            "NOOP" => client.say("250 2.0.0 ok").await?,
            "QUIT" => {
                client.say("221 2.0.0 bye").await?;
                Then::Leave
            }
            _ => client.say("502 5.5.1 not known here").await?,
        };
        if let Then::Leave = then {
            break;
        }
    }
    Ok(())
}

struct Client<S> {
    stream: BufStream<S>,
    from: String,
    to: Vec<String>,
    known: bool,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Client<S> {
    async fn line(&mut self) -> io::Result<Option<String>> {
        lines::hear(&mut self.stream).await
    }

    async fn say(&mut self, line: &str) -> io::Result<Then> {
        lines::say(&mut self.stream, line).await?;
        Ok(Then::GoOn)
    }

    /// Says the usual line, unless a rule says otherwise. Returns whether it was the usual.
    async fn usual(&mut self, counter: &Counter, at: Moment, line: &str) -> io::Result<(bool, Then)> {
        match counter.act(at, &self.to) {
            None => Ok((true, self.say(line).await?)),
            Some(act) => Ok((false, self.depart(&act).await?)),
        }
    }

    async fn depart(&mut self, act: &Act) -> io::Result<Then> {
        match act {
            Act::Say(line) => {
                self.say(line).await?;
                Ok(if line.starts_with("421") { Then::Leave } else { Then::GoOn })
            }
            Act::Close | Act::CloseAndLose => Ok(Then::Leave),
            Act::Silence => {
                while self.line().await?.is_some() {}
                Ok(Then::Leave)
            }
        }
    }

    async fn hello(&mut self, counter: &Counter) -> io::Result<Then> {
        let mut offers = vec!["8BITMIME".to_owned(), format!("SIZE {LARGEST}")];
        if counter.settings.sign_in.is_some() {
            offers.push("AUTH PLAIN LOGIN".to_owned());
        }
        offers.extend(counter.settings.offers.iter().cloned());
        self.say("250-sink.example").await?;
        let last = offers.len() - 1;
        for (at, offer) in offers.iter().enumerate() {
            self.say(&format!("250{}{offer}", if at == last { ' ' } else { '-' })).await?;
        }
        Ok(Then::GoOn)
    }

    async fn sign_in(&mut self, rest: &str, counter: &Counter) -> io::Result<Then> {
        let given = if let Some(both) = rest.strip_prefix("PLAIN ") {
            both.to_owned()
        } else {
            self.say("334 VXNlcm5hbWU6").await?;
            let user = self.line().await?.unwrap_or_default();
            self.say("334 UGFzc3dvcmQ6").await?;
            format!("{user} {}", self.line().await?.unwrap_or_default())
        };
        let right = counter.settings.sign_in.as_ref().is_some_and(|(user, password)| {
            given == base64(format!("\0{user}\0{password}").as_bytes())
                || given == format!("{} {}", base64(user.as_bytes()), base64(password.as_bytes()))
        });
        self.known |= right;
        self.say(if right { "235 2.7.0 welcome" } else { "535 5.7.8 wrong user or password" }).await
    }

    async fn recipient(&mut self, rest: &str, counter: &Counter) -> io::Result<Then> {
        self.to.push(address(rest));
        let (usual, then) = self.usual(counter, Moment::Recipient, "250 2.1.5 recipient ok").await?;
        if !usual {
            self.to.pop();
        }
        Ok(then)
    }

    async fn data(&mut self, counter: &Counter) -> io::Result<Then> {
        if self.to.is_empty() {
            return self.say("503 5.5.1 name a recipient first").await;
        }
        let (usual, then) = self.usual(counter, Moment::Data, "354 go on").await?;
        if !usual {
            return Ok(then);
        }
        if let Some(act) = counter.act(Moment::Middle, &self.to) {
            return self.depart(&act).await;
        }
        let Some(raw) = self.message().await? else { return Ok(Then::Leave) };
        let message = Received { from: self.from.clone(), to: std::mem::take(&mut self.to), raw };
        let act = counter.act(Moment::End, &message.to);
        if !matches!(act, Some(Act::Say(_) | Act::CloseAndLose)) {
            counter.take(message).await?;
        }
        match act {
            Some(act) => self.depart(&act).await,
            None => self.say("250 2.0.0 taken").await,
        }
    }

    async fn message(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut raw = Vec::new();
        loop {
            let mut line = Vec::new();
            if self.stream.read_until(b'\n', &mut line).await? == 0 || raw.len() > LARGEST {
                return Ok(None);
            }
            if line == b".\r\n" {
                return Ok(Some(raw));
            }
            raw.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        }
    }
}

/// The address between the brackets of `FROM:<…>` or `TO:<…>`.
fn address(rest: &str) -> String {
    rest.split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
        .map(|(address, _)| address.to_owned())
        .unwrap_or_default()
}

fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}
