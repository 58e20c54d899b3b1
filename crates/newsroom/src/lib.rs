//! The verbs of the newsroom: gather, read, code, assess, compose, review, release, send, and the questions that pages
//! ask. Each verb checks permission, writes its product with its origin's id, and appends the change, in one transaction.
//!
//! This crate must not know: SQL, HTML pages, HTTP requests, the command line. Only here do the store and the network
//! meet. Calls block unless they are `async`; callers on a runtime wrap them in `spawn_blocking`.

pub mod alerts;
pub mod archive;
pub mod archive_file;
pub mod assess;
mod beside;
mod captures;
pub mod catalogue;
pub mod cited;
pub mod clock;
pub mod compose;
pub mod desk_folder;
pub mod dispatches;
mod embedding;
pub mod error;
pub mod events;
pub mod evidence;
pub mod evidence_watch;
pub mod feeds;
mod find_source;
pub mod found;
pub mod gather;
pub mod harvest;
pub mod ids;
pub mod import;
pub mod inbox;
mod keeping;
pub mod later;
pub mod leads;
pub mod map;
pub mod newsroom;
pub mod passages;
pub mod people;
mod processors;
pub mod push;
pub mod reading;
pub mod release;
pub mod removal;
pub mod review;
mod saying;
pub mod search;
pub mod sentences;
pub mod sessions;
pub mod signing;
pub mod since;
pub mod sources;
pub mod stamping;
pub mod stories;
pub mod subscribe;
mod subscriptions;
pub mod threads;
pub mod translation;
mod vault;
pub mod vouching;
pub mod watches;
mod webhooks;
pub mod who;

pub use sitrep_browser::Browser;
pub use sitrep_collect::kinds;

pub use clock::Clock;
pub use error::Error;
pub use newsroom::{Newsroom, Settings};
pub use sitrep_store::{Order, Page, Query, Versioned};
pub use who::Who;
