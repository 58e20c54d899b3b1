//! What can go wrong when an edition is printed.

use thiserror::Error;

/// An edition that could not be printed.
#[derive(Debug, Error)]
pub enum Error {
    /// A value did not become JSON.
    #[error("the edition could not be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A sender's or receiver's address is none.
    #[error(
        "`{address}` is no address that a message can be sent from or to: {reason}; write it as name@example.org or Name <name@example.org>"
    )]
    Address {
        /// As given.
        address: String,
        /// Why.
        reason: String,
    },
    /// An address on the web is none.
    #[error("`{address}` is no address on the web; give one that starts with https:// or http://")]
    Link {
        /// As given.
        address: String,
    },
    /// A message could not be put together.
    #[error("the message could not be put together: {0}")]
    Message(String),
    /// A notification can't be carried to a browser.
    #[error("the notification can't be carried: {0}")]
    Push(String),
    /// The message's styles could not be set on its elements.
    #[error("the message's styles could not be set: {0}")]
    Styles(String),
}
