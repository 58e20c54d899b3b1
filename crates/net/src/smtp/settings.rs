//! Which mail server, and how to speak to it.

use crate::trust::Trust;
use std::fmt;
use std::time::Duration;

/// A secret that is printed nowhere.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(String);

impl Secret {
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(secret: String) -> Self {
        Self(secret)
    }
}

impl From<&str> for Secret {
    fn from(secret: &str) -> Self {
        Self(secret.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// How the connection to the mail server is secured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Security {
    /// Not at all: for a mail server on this machine.
    Plain,
    /// Plain first, then `STARTTLS`, which the server must offer (usually port 587).
    #[default]
    StartTls,
    /// TLS from the first byte (usually port 465).
    Tls,
}

/// The mail server of an installation.
#[derive(Debug, Clone)]
pub struct MailSettings {
    /// Name or address of the server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is secured.
    pub security: Security,
    /// Name to sign in with; `None` for no sign-in.
    pub user: Option<String>,
    /// The password to it.
    pub password: Option<Secret>,
    /// Our own host name, as told to the server.
    pub hello: String,
    /// Time for connecting and for the TLS handshake, each.
    pub connect: Duration,
    /// Time for each answer.
    pub answer: Duration,
    /// Time for the answer to a whole message. Long, for giving up here leaves a message in doubt; RFC 5321 asks for ten minutes.
    pub accept: Duration,
    /// How long an unused connection is kept.
    pub keep: Duration,
    /// Whose certificates are believed.
    pub trust: Trust,
}

impl MailSettings {
    /// Settings for a server, all else at its default, without sign-in.
    pub fn new(host: impl Into<String>, port: u16, security: Security) -> Self {
        Self {
            host: host.into(),
            port,
            security,
            user: None,
            password: None,
            hello: "localhost".to_owned(),
            connect: Duration::from_secs(15),
            answer: Duration::from_secs(120),
            accept: Duration::from_secs(600),
            keep: Duration::from_secs(30),
            trust: Trust::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_printed() {
        let mut settings = MailSettings::new("mail.example", 587, Security::StartTls);
        settings.password = Some("hunter2".into());
        let printed = format!("{settings:?}");
        assert!(printed.contains("mail.example") && !printed.contains("hunter2"), "{printed}");
    }
}
