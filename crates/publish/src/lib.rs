//! An edition as bytes (`formats/`), as entries of a feed, and as a message on its way (`message`, `couriers/`).
//!
//! Takes a [`sitrep_editions::Manuscript`] and nothing else; the same manuscript gives the same bytes.
//! This crate must not know: sockets, the store, the clock, randomness.

pub mod citation;
pub mod couriers;
mod dates;
mod direction;
pub mod embedding;
pub mod error;
pub mod feed;
pub mod formats;
pub mod linked_data;
mod links;
mod markup;
pub mod message;
pub mod oai;

pub use error::Error;
pub use formats::{FORMATS, Format};
