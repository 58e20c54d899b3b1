//! The nouns of the newsroom and the rules that need nothing but the nouns.
//!
//! This crate must not know: files, sockets, SQL, JSON, HTML, the clock, randomness. It derives serde's
//! traits because one canonical form of every noun is hashed in the change record (see `DESIGN.md`), but it
//! names no format.

pub mod account;
pub mod actor;
pub mod assessment;
pub mod campaign;
pub mod capture;
pub mod change;
pub mod citation;
pub mod desk;
pub mod dispatch;
pub mod document;
pub mod edition;
pub mod event;
pub mod finding;
pub mod handling;
pub mod id;
pub mod layer;
pub mod lead;
pub mod likelihood;
pub mod noun;
pub mod place;
pub mod position;
pub mod post;
pub mod publication;
pub mod roman;
pub mod run;
pub mod source;
pub mod subscriber;
pub mod visibility;
pub mod watch;
pub mod when;

pub use noun::{Kind, Link, Noun};
