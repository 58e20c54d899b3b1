//! Scripts and the bytes they come in, digits, transliteration, calendars, names, sentences, and addresses as they are
//! printed.
//!
//! This crate must not know: files, sockets, the store, the clock. Offsets count Unicode code points.

pub mod address;
pub mod calendar;
pub mod charset;
pub mod clock;
pub mod dates;
pub mod detect;
pub mod digits;
pub mod fold;
pub mod numbers;
pub mod offsets;
pub mod script;
pub mod sentences;
pub mod sounds;
pub mod tag;
pub mod transliterate;
