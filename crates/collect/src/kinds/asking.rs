//! What a kind asks for, and what it gets.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a kind remembers from look to look, in its own words.
pub type Memory = BTreeMap<String, String>;

/// One thing to ask for: an address, or a path below the folder for incoming files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// The address or path.
    pub at: String,
    /// What the kind has to know when the answer comes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub about: Memory,
    /// The header field in which the source's credential is sent, and what stands before it there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<(String, String)>,
    /// How often it was asked for in vain.
    #[serde(default)]
    pub tried: u32,
}

impl Ask {
    /// Asks for an address or path.
    pub fn of(at: impl Into<String>) -> Self {
        Self { at: at.into(), ..Self::default() }
    }

    /// The same, with something to know when the answer comes.
    #[must_use]
    pub fn knowing(mut self, name: &str, value: impl Into<String>) -> Self {
        self.about.insert(name.to_owned(), value.into());
        self
    }

    /// What was to be known.
    pub fn known(&self, name: &str) -> Option<&str> {
        self.about.get(name).map(String::as_str)
    }
}

/// How a credential is sent, from a setting such as `Authorization: Bearer` or `X-API-Key`.
pub fn credential(header: &str) -> (String, String) {
    let (name, scheme) = header.split_once(':').unwrap_or((header, ""));
    let scheme = scheme.trim();
    (name.trim().to_owned(), if scheme.is_empty() { String::new() } else { format!("{scheme} ") })
}

/// An answer to an [`Ask`].
#[derive(Debug, Clone)]
pub struct Answer<'a> {
    /// The address that answered, after redirects; the name of a file.
    pub url: &'a str,
    /// `Content-Type`, where one was sent.
    pub content_type: Option<&'a str>,
    /// The body with its content coding undone.
    pub body: &'a [u8],
    /// When it was received.
    pub at: Timestamp,
    /// The outlet's time zone, for times without one.
    pub zone: TimeZone,
}
