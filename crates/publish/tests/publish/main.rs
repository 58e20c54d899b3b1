//! Every form of one small edition, and what must hold of each.

#![allow(clippy::expect_used)]

mod citations;
mod feeds;
mod forms;
mod hostile;
mod machines;
mod messages;
mod sample;
