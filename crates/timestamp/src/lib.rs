//! Time stamps of an authority (RFC 3161): what it is asked, what it answers, and whether a token holds.
//!
//! This crate must not know: sockets, files, the store, the clock, what the stamped bytes mean. Everything that is read
//! here comes from strangers: it is walked piece by piece, in DER alone, and never copied before it is bounded.
//!
//! A token is held against itself: its signature, by the certificate that it carries, and that certificate's leave to
//! stamp time. Whether the certificate is to be trusted is for whoever relies on it (`openssl ts -verify -CAfile …`).

mod algorithm;
mod answer;
mod error;
mod parts;
mod question;
mod signer;
mod token;

pub use error::Error;
pub use question::Question;
pub use token::{Stamp, holds};

/// Media type of a question.
pub const QUERY: &str = "application/timestamp-query";

/// The largest answer that is read, in bytes: a token with a long chain of certificates takes some ten thousand.
pub const LARGEST: usize = 64 * 1024;

#[cfg(test)]
mod tests;
