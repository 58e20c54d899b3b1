//! What tests and the demonstration need of the outside world, on loopback: outlets, servers that misbehave, a mail server.
//!
//! This crate must not know the newsroom, nor how the program reads what is served here: it plays the other side. The main program links
//! it for the demonstration only, so it stays small. Nothing in it leaves this machine.

pub mod authority;
#[cfg(feature = "database")]
pub mod database;
mod lines;
pub mod mail;
pub mod mailbox;
pub mod proxy;
#[cfg(feature = "push")]
pub mod push;
pub mod simulator;
pub mod site;
pub mod zoo;

pub use authority::Authority;
pub use mail::MailSink;
pub use mailbox::MailboxServer;
pub use proxy::ProxySink;
pub use site::Site;
pub use zoo::Zoo;
