//! What can become of a message that was not plainly accepted.

use std::fmt;
use thiserror::Error;

/// The step of the dialogue that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Connecting, and the server's greeting.
    Connect,
    /// Making the connection secure.
    Secure,
    /// Signing in.
    SignIn,
    /// The sender's address.
    Sender,
    /// The recipient's address.
    Recipient,
    /// The message itself.
    Message,
}

impl Stage {
    /// The step in words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Connect => "connecting to the mail server",
            Self::Secure => "making the connection to the mail server secure",
            Self::SignIn => "signing in at the mail server",
            Self::Sender => "naming the sender",
            Self::Recipient => "naming the recipient",
            Self::Message => "handing over the message",
        }
    }
}

/// Where and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The step that failed.
    pub stage: Stage,
    /// The server's answer code, where it answered.
    pub code: Option<u16>,
    /// What the server said, or what broke.
    pub text: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            Some(code) => write!(f, "{}: the server says {code} {}", self.stage.as_str(), self.text),
            None => write!(f, "{}: {}", self.stage.as_str(), self.text),
        }
    }
}

/// Why a message was not plainly accepted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MailError {
    /// Not sent, and the same message to the same recipient won't be either.
    #[error("not sent: {0}")]
    Refused(Fault),
    /// Surely not sent; may be tried again.
    #[error("not sent this time: {0}")]
    Temporary(Fault),
    /// The whole message was handed over, and the connection broke before the answer: it may have been sent or not.
    #[error("in doubt: {0}")]
    InDoubt(Fault),
}

impl MailError {
    /// A stable name for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Refused(_) => "mail_refused",
            Self::Temporary(_) => "mail_temporary",
            Self::InDoubt(_) => "mail_in_doubt",
        }
    }

    /// Where and why.
    pub const fn fault(&self) -> &Fault {
        match self {
            Self::Refused(fault) | Self::Temporary(fault) | Self::InDoubt(fault) => fault,
        }
    }

    /// The fault is the server's or the settings', not this message's: the next message would meet it too.
    pub const fn concerns_all(&self) -> bool {
        matches!(self.fault().stage, Stage::Connect | Stage::Secure | Stage::SignIn | Stage::Sender)
    }
}
