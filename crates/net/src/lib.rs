//! The only sockets that go out: fetching pages for the desk, reading its mailboxes, and handing messages to a
//! mail server.
//!
//! This crate must not know the store, nor what the bytes it brings mean. Each rule of the way out has its file: [`guard`] says which
//! addresses may be connected to, [`robots`] what an outlet asks of programs, `decode` how much a body may unfold to, `pace` how often
//! a host is asked, `exchange` what is written to and read from one connection, [`smtp`] the same for mail that goes
//! out, `imap` for mail that comes.

mod address;
mod decode;
mod error;
mod exchange;
mod fetch;
pub mod guard;
mod imap;
mod names;
mod pace;
mod proxy;
mod recorded;
mod retry;
pub mod robots;
mod settings;
pub mod smtp;
mod trust;

pub use error::Error;
pub use fetch::{Fetched, Fetcher, Post, Request};
pub use imap::{FromMailbox, Mailbox, MailboxLogin};
pub use proxy::Proxy;
pub use settings::FetchSettings;
pub use smtp::{MailError, MailSettings, Mailer, Secret, Security, Stage};
pub use trust::Trust;
