//! What to fetch and how to read it: feeds, pages and archives become entries, documents and captures.
//!
//! This crate must not know: sockets, files, the store, the clock, randomness, editions. Everything it reads was
//! written by strangers: no input panics, and size, depth and time are bounded.

pub mod discover;
mod entities;
pub mod extract;
pub mod feed;
pub mod fragment;
mod html;
pub mod kinds;
pub mod opml;
pub mod passage;
pub mod plan;
pub mod quotations;
pub mod rhythm;
mod time_text;
pub mod viewing;
pub mod wacz;
pub mod warc;

pub use sitrep_language::charset;
