//! An edition as text: reading it from plain text, HTML, Word documents and Markdown, writing it again, the desk's Markdown form,
//! notes as they are printed, and what changed between two versions.
//!
//! This crate must not know: files, sockets, the store, the clock, randomness. Identifiers come from a function that
//! the caller gives. Offsets count Unicode code points.

pub mod contract;
mod convert;
pub mod diff;
pub mod error;
pub mod form;
pub mod identity;
pub mod manuscript;
mod matching;
pub mod notes;
pub mod parse;
pub mod roundtrip;
mod similarity;

pub use convert::untitled;
pub use error::Error;
pub use manuscript::{Manuscript, Picture};
pub use parse::{Form, Parsed, parse};
