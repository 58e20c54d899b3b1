//! The press, from a manuscript to a file that is read back.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test says what is wrong by failing")]

mod conformance;
mod hostile;
mod pages;
mod reader;
mod sample;
