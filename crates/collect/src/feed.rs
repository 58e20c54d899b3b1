//! Feeds: RSS of every version, RDF, Atom 0.3 and 1.0, CDF and JSON Feed, as they are found and not only as they should be.

mod authors;
mod json;
pub(crate) mod lenient;
mod reading;
mod value;
mod xml;

use crate::charset;
use jiff::Timestamp;
use serde::Serialize;
use url::Url;

/// Bytes of a feed, at most.
pub const LARGEST: usize = 32 * 1024 * 1024;

/// Entries of a feed, at most; what follows is not read.
pub const MOST_ENTRIES: usize = 20_000;

/// A feed. Serialised it is the answer of `sitrep feed parse`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Feed {
    /// Its name, plain text.
    pub title: Option<String>,
    /// The page that it belongs to.
    pub link: Option<String>,
    /// BCP 47 language as written.
    pub language: Option<String>,
    /// What it lists, in its order.
    pub entries: Vec<Entry>,
}

/// What a feed says of one report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The feed's own identifier.
    pub id: Option<String>,
    /// The report's address.
    pub url: Option<String>,
    /// Its title, plain text.
    pub title: Option<String>,
    /// A summary, harmless HTML (see [`crate::fragment`]).
    pub summary: Option<String>,
    /// The whole, harmless HTML.
    pub content: Option<String>,
    /// Names of the authors.
    pub author: Vec<String>,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// When it was last changed.
    pub updated: Option<Timestamp>,
}

/// Why bytes are not read as a feed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Nothing in it.
    #[error("the feed is empty: the server sent no content")]
    Empty,
    /// More than is read.
    #[error("the feed has {0} bytes, more than {LARGEST}: give an address that lists less")]
    TooLarge(usize),
    /// A page of the web.
    #[error("this is an HTML page, not a feed: look for the feed's address in the page")]
    Page,
    /// Neither XML nor JSON of a feed.
    #[error("this is {0}, not a feed: give the address of an RSS, Atom or JSON feed")]
    NotAFeed(String),
    /// JSON that can't be read.
    #[error("the JSON feed can't be read: {message}")]
    Json {
        /// What is wrong.
        message: String,
        /// The line, from 1.
        line: usize,
    },
}

impl Error {
    /// The line at which reading failed, where there is one.
    pub fn line(&self) -> Option<usize> {
        match self {
            Self::Json { line, .. } => Some(*line),
            _ => None,
        }
    }
}

/// Reads a feed. `content_type` is the header as received; `base` the address that relative ones are resolved against
/// where the feed does not say.
pub fn parse(bytes: &[u8], content_type: Option<&str>, base: Option<&str>) -> Result<Feed, Error> {
    if bytes.len() > LARGEST {
        return Err(Error::TooLarge(bytes.len()));
    }
    let base = base.and_then(|base| Url::parse(base).ok());
    let top_level = base.as_ref().and_then(Url::host_str).and_then(|host| host.rsplit('.').next());
    let decoded = charset::decode(bytes, content_type, top_level);
    let text = decoded.text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{FEFF}' | '\0'));
    if text.is_empty() {
        return Err(Error::Empty);
    }
    if text.starts_with(['{', '[']) {
        return json::read(text, base.as_ref());
    }
    reading::read(&xml::Tree::new(text), base.as_ref())
}

#[cfg(test)]
mod tests;
