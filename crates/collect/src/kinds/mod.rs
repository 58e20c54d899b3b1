//! Kinds of collection: what each may be told, what it asks for, and how it reads what it gets. One kind is one file and
//! one line of [`KINDS`]; forms, desk files, checks of settings and the conformance tests follow from there.
//!
//! A kind is pure. It *plans* what to ask for first; for each answer it *reads* what was said and what to ask for next.
//! Who asks, waits, captures and remembers is the newsroom.

mod archive;
mod asking;
mod feed;
mod imap;
mod list;
mod mail;
mod markup;
mod pasted;
mod saying;
mod section;
mod settings;
mod sitemap;
mod telegram;
mod telegram_export;
#[cfg(test)]
mod tests;
mod x;
mod x_export;
mod x_json;

pub use asking::{Answer, Ask, Memory, credential};
pub use saying::{Found, Item, Own, Said};
pub use settings::{Form, SettingSpec, check, every_minutes, value};

use sitrep_model::source::Collection;
use url::Url;

/// All kinds, in the order in which forms offer them.
pub const KINDS: &[Kind] = &[
    feed::KIND,
    telegram::KIND,
    x::KIND,
    section::KIND,
    sitemap::KIND,
    mail::KIND,
    imap::KIND,
    telegram_export::KIND,
    x_export::KIND,
    archive::KIND,
    list::KIND,
    pasted::KIND,
];

/// Where a kind's answers come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Pages of the open web: `robots.txt` is asked first.
    Web,
    /// An interface that is made for programs; `robots.txt` speaks of pages and is not asked.
    Interface,
    /// A mailbox on a mail server, which asks for a sign-in.
    Mailbox,
    /// Files below the installation's folder for incoming files.
    Files,
    /// Nothing is asked for: a person pastes addresses.
    Hand,
}

/// A kind of collection.
#[derive(Clone, Copy)]
pub struct Kind {
    /// Its name in desk files; also its file's name, with hyphens.
    pub id: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it collects, in a sentence.
    pub what: &'static str,
    /// Where its answers come from.
    pub origin: Origin,
    /// What it may be told, in the order of the form.
    pub settings: &'static [SettingSpec],
    /// What to ask for first.
    pub plan: fn(&Collection, &Memory) -> Result<Vec<Ask>, Error>,
    /// Reads an answer.
    pub read: fn(&Collection, &Ask, &Answer<'_>) -> Result<Found, Error>,
    /// How an address is collected by this kind, where it is one of its own.
    pub recognise: fn(&Url) -> Option<Collection>,
    /// What to ask for to get the one thing at an address, where pages of this kind are not simply fetched.
    pub one: fn(&Collection, &Url) -> Option<Ask>,
    /// Whether a file is one of this kind, by its name and its first bytes.
    pub takes: fn(&str, &[u8]) -> bool,
    /// A small sample, written by us; the conformance tests read it.
    pub sample: Sample,
}

/// A small input and what is found in it.
#[derive(Clone, Copy)]
pub struct Sample {
    /// What the kind is told.
    pub collection: fn() -> Collection,
    /// The sample's media type.
    pub content_type: &'static str,
    /// The bytes; `None` for a kind that reads nothing.
    pub body: Option<fn() -> Vec<u8>>,
    /// Addresses of what is found, in order.
    pub finds: &'static [&'static str],
}

/// Why a kind can't go on. In words for the source's page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// There is no such kind.
    #[error("there is no kind of collection named {0:?}: choose one of {known}", known = known())]
    Kind(String),
    /// Something that it is told is missing or wrong.
    #[error("{name}: {why}")]
    Setting {
        /// Which.
        name: String,
        /// What is wrong, and what to give.
        why: String,
    },
    /// What came is not what this kind reads.
    #[error("{0}")]
    Unreadable(String),
    /// The answer says that the one thing asked for is not there, or not any more.
    #[error("{0}")]
    Gone(String),
}

impl Error {
    pub(crate) fn setting(name: &str, why: impl Into<String>) -> Self {
        Self::Setting { name: name.to_owned(), why: why.into() }
    }
}

fn known() -> String {
    KINDS.iter().map(|kind| kind.id).collect::<Vec<_>>().join(", ")
}

/// The kind of an id.
pub fn kind(id: &str) -> Result<&'static Kind, Error> {
    KINDS.iter().find(|kind| kind.id == id).ok_or_else(|| Error::Kind(id.to_owned()))
}

/// How an address is collected, where a kind knows it by its look.
pub fn recognise(url: &Url) -> Option<Collection> {
    KINDS.iter().find_map(|kind| (kind.recognise)(url))
}

/// The kind that a file is of.
pub fn of_file(name: &str, bytes: &[u8]) -> Option<&'static Kind> {
    let head = &bytes[..bytes.len().min(4_096)];
    KINDS.iter().find(|kind| (kind.takes)(name, head))
}

/// For kinds that know no address by its look.
fn no_address(_: &Url) -> Option<Collection> {
    None
}

/// For kinds whose pages are simply fetched.
fn fetched(_: &Collection, _: &Url) -> Option<Ask> {
    None
}

/// For kinds that read no files.
fn no_file(_: &str, _: &[u8]) -> bool {
    false
}

/// For kinds of files: every file at the path that is set.
fn files(collection: &Collection, _: &Memory) -> Result<Vec<Ask>, Error> {
    let path = collection.text("path").ok_or_else(|| Error::setting("path", "name the file or folder"))?;
    Ok(vec![Ask::of(path)])
}
