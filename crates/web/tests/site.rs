//! The site over real HTTP: a server on loopback, SQLite in a folder of its own, the example desk.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "these are tests")]

#[path = "site/archive.rs"]
mod archive;
#[path = "site/authenticator.rs"]
mod authenticator;
#[path = "site/captures.rs"]
mod captures;
#[path = "site/client.rs"]
mod client;
#[path = "site/deliveries.rs"]
mod deliveries;
#[path = "site/description.rs"]
mod description;
#[path = "site/drafts.rs"]
mod drafts;
#[path = "site/evidence.rs"]
mod evidence;
#[path = "site/forms.rs"]
mod forms;
#[path = "site/inbox.rs"]
mod inbox;
#[path = "site/leads.rs"]
mod leads;
#[path = "site/pages.rs"]
mod pages;
#[path = "site/passkeys.rs"]
mod passkeys;
#[path = "site/people.rs"]
mod people;
#[path = "site/push.rs"]
mod push;
#[path = "site/readers.rs"]
mod readers;
#[path = "site/room.rs"]
mod room;
#[path = "site/routes.rs"]
mod routes;
#[path = "site/shapes.rs"]
mod shapes;
#[path = "site/sources.rs"]
mod sources;
#[path = "site/stage.rs"]
mod stage;
#[path = "site/stories.rs"]
mod stories;
#[path = "site/watches.rs"]
mod watches;
