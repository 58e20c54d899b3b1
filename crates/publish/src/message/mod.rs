//! Messages (RFC 5322): an edition to a subscriber, and the question whether somebody really asked for it.
//!
//! The same input gives the same bytes: boundaries come from the message's id.

mod alerts;
mod compose;
mod confirmation;
mod edition;

pub use alerts::{Alert, alerts};
pub use confirmation::confirmation;
pub use edition::edition;

use crate::Error;
use jiff::Timestamp;
use lettre::message::Mailbox;

/// What stands on a message's outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// Who it is from: `name@example.org` or `Name <name@example.org>`.
    pub from: String,
    /// Who it goes to, likewise.
    pub to: String,
    /// Its identifier, `<unique@host>`, the same each time this message is tried.
    pub message_id: String,
    /// When it was made.
    pub date: Timestamp,
    /// Where a POST ends the subscription (RFC 8058), and a person is asked.
    pub leave_url: Option<String>,
}

/// Whether an address can stand on an envelope.
pub fn is_address(address: &str) -> bool {
    mailbox(address).is_ok()
}

/// An address as a mailbox.
pub(crate) fn mailbox(address: &str) -> Result<Mailbox, Error> {
    address.parse().map_err(|error: lettre::address::AddressError| Error::Address {
        address: address.chars().filter(|c| !c.is_control()).collect(),
        reason: error.to_string(),
    })
}
