//! Handing messages to a mail server: SMTP, RFC 5321, one recipient at a time.
//!
//! The dialogue is written by hand for one reason: a newsletter must not come twice. Only who writes the final dot knows whether a broken
//! connection means *surely not sent* ([`MailError::Temporary`]) or *perhaps sent* ([`MailError::InDoubt`]).

mod dialogue;
mod error;
mod letter;
mod session;
mod settings;

pub use error::{Fault, MailError, Stage};
pub use settings::{MailSettings, Secret, Security};

use crate::error::Error;
use rustls::ClientConfig;
use session::Session;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::time::Instant;

/// Most open connections that are kept for the next message.
const KEPT: usize = 16;

/// Sends prepared messages through one mail server. Connections are used again; calls may overlap, each on its own connection.
#[derive(Debug)]
pub struct Mailer {
    settings: MailSettings,
    tls: Arc<ClientConfig>,
    idle: Mutex<Vec<(Instant, Session)>>,
}

impl Mailer {
    /// A mailer for this server. Nothing is connected yet.
    ///
    /// # Errors
    /// [`Error::Settings`] where a certificate that is to be believed can't be read.
    pub fn new(settings: MailSettings) -> Result<Self, Error> {
        let tls = settings.trust.config().map_err(Error::Settings)?;
        Ok(Self { settings, tls, idle: Mutex::default() })
    }

    /// Hands a message (RFC 5322 bytes) for one recipient to the mail server, and returns the server's answer. `from` and `to` are
    /// addresses, with or without a name before them.
    ///
    /// The future must be awaited to its end: if it is dropped while the message is under way, nobody knows whether it was sent.
    ///
    /// # Errors
    /// [`MailError::Refused`]: not sent, and no repetition helps. [`MailError::Temporary`]: surely not sent. [`MailError::InDoubt`]:
    /// handed over, but the answer did not come.
    pub async fn send(&self, from: &str, to: &str, message: &[u8]) -> Result<String, MailError> {
        let letter = letter::Letter::new(from, to, message)?;
        if let Some(mut session) = self.kept() {
            match session.deliver(&letter).await {
                // The server closed the connection while it was not used. Nothing of this message had been said.
                Err(MailError::Temporary(fault)) if fault.stage == Stage::Sender && session.broken => {}
                answer => return self.keep(session, answer).await,
            }
        }
        let mut session = Session::open(&self.settings, &self.tls).await?;
        let answer = session.deliver(&letter).await;
        self.keep(session, answer).await
    }

    /// Connects, signs in and takes leave: whether the settings are right. Returns the server's greeting.
    ///
    /// # Errors
    /// [`MailError::Temporary`] with the stage that failed.
    pub async fn check(&self) -> Result<String, MailError> {
        let mut session = Session::open(&self.settings, &self.tls).await?;
        session.leave().await;
        Ok(session.greeting)
    }

    /// Takes leave of the server on all kept connections.
    pub async fn quit(&self) {
        while let Some(mut session) = self.kept() {
            session.leave().await;
        }
    }

    fn kept(&self) -> Option<Session> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|(since, _)| since.elapsed() < self.settings.keep);
        idle.pop().map(|(_, session)| session)
    }

    async fn keep(&self, mut session: Session, answer: Result<String, MailError>) -> Result<String, MailError> {
        if answer.is_err() && !session.broken {
            session.reset().await;
        }
        if !session.broken {
            let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            if idle.len() < KEPT {
                idle.push((Instant::now(), session));
            }
        }
        answer
    }
}
