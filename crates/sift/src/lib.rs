//! Documents to stories: what tells the same thing, across outlets, languages and scripts; re-prints, shortened and lengthened
//! ones too; how many independent origins there are, and what a copy added.
//!
//! This crate must not know: sockets, files, the store, the clock, randomness, HTML. The same documents in the same order
//! always give the same answers.

pub mod account;
mod asked;
mod canonical;
mod fingerprint;
mod glossary;
pub mod graphic;
mod heard;
mod lexicon;
mod likeness;
pub mod reprints;
mod sieve;
pub mod stream;
mod telling;
mod vocabulary;
pub mod watch;
mod words;

pub use canonical::canonical;
pub use fingerprint::Fingerprint;
pub use heard::{Heard, Listener};
pub use likeness::{Factors, MEASURES};
