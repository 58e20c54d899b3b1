//! By SMTP: who it is from, who it goes to, and the bytes between `DATA` and the dot.

use crate::Error;
use crate::message::{Envelope, mailbox};

/// A message on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errand {
    /// The sender's bare address, for `MAIL FROM`.
    pub from: String,
    /// The receiver's bare address, for `RCPT TO`.
    pub to: String,
    /// The message.
    pub message: Vec<u8>,
}

/// The errand that carries a message.
///
/// # Errors
/// Where one of the envelope's addresses is none.
pub fn errand(envelope: &Envelope, message: Vec<u8>) -> Result<Errand, Error> {
    let bare = |address: &str| mailbox(address).map(|mailbox| mailbox.email.to_string());
    Ok(Errand { from: bare(&envelope.from)?, to: bare(&envelope.to)?, message })
}
