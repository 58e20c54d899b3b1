//! Documents that repeat each other: re-prints, shortened and lengthened ones too.
//!
//! This crate must not know: sockets, files, the store, the clock, randomness, HTML. The same documents in the same order
//! always give the same answers.

mod fingerprint;
pub mod reprints;
pub mod watch;

pub use fingerprint::Fingerprint;
