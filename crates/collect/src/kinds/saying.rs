//! What a kind finds in an answer.

use super::asking::Ask;
use crate::warc::Exchange;
use jiff::Timestamp;
use sitrep_model::post::Post;

/// What was found in an answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// What was found, oldest first.
    pub items: Vec<Item>,
    /// What to ask for next.
    pub then: Vec<Ask>,
    /// What to remember for the next look, once all items are kept.
    pub remember: Vec<(String, String)>,
    /// What could not be read: what, and why.
    pub faults: Vec<(String, String)>,
    /// The outlet's own name, where it says it.
    pub title: Option<String>,
    /// BCP 47 language that the outlet says it writes in.
    pub language: Option<String>,
}

/// One thing found.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A page to be fetched, captured and read.
    Page {
        /// Its address.
        url: String,
        /// Its title, where it is told.
        title: Option<String>,
    },
    /// Something said in the answer itself.
    Said(Box<Said>),
    /// An exchange with a server that somebody else captured.
    Exchange(Box<Exchange>),
}

impl Item {
    /// The address that it is known by.
    pub fn url(&self) -> &str {
        match self {
            Self::Page { url, .. } => url,
            Self::Said(said) => &said.url,
            Self::Exchange(exchange) => &exchange.url,
        }
    }

    /// Its title or first words, for lists.
    pub fn title(&self) -> Option<String> {
        match self {
            Self::Page { title, .. } => title.clone(),
            Self::Said(said) => Some(said.title.clone()),
            Self::Exchange(_) => None,
        }
    }
}

/// Something said: what becomes a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Said {
    /// Its address; what has none gets a name by its content (`mid:…`, `urn:sha256:…`).
    pub url: String,
    /// Its title; a post's first words.
    pub title: String,
    /// Authors.
    pub byline: Vec<String>,
    /// When it says that it was published.
    pub published: Option<Timestamp>,
    /// When it says that it was changed.
    pub modified: Option<Timestamp>,
    /// BCP 47 language of its text, where it can be told.
    pub language: Option<String>,
    /// Its text.
    pub paragraphs: Vec<String>,
    /// What it is as a post.
    pub post: Option<Post>,
    /// Its own bytes, where it stands alone: a message of a mailbox. Without them its capture is the whole answer.
    pub own: Option<Own>,
}

/// Bytes that stand alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Own {
    /// Their media type.
    pub media_type: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Characters of a post that serve as its title.
const TITLE: usize = 120;

impl Said {
    /// The language and, where there is none, the title, from the text.
    pub(super) fn completed(mut self, declared: Option<&str>, by: &str) -> Self {
        let text = self.paragraphs.join("\n");
        let detected = sitrep_language::detect::detect(&text);
        self.language = match detected {
            Some((language, sure)) if sure >= 0.5 || declared.is_none() => Some(language.to_owned()),
            _ => declared.map(str::to_owned),
        };
        if self.title.trim().is_empty() {
            self.title = self.paragraphs.first().map_or_else(|| by.to_owned(), |first| beginning(first));
        }
        self
    }
}

/// The first words of a text, cut at a word's end.
fn beginning(text: &str) -> String {
    if text.chars().count() <= TITLE {
        return text.to_owned();
    }
    let cut: String = text.chars().take(TITLE).collect();
    let end = cut.rfind(char::is_whitespace).filter(|end| *end > TITLE / 2).unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end())
}

/// Lines of a text as paragraphs, blanks inside them made one.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect()
}
