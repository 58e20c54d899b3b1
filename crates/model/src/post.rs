//! Posts: what a channel or an account says on a network, beside its text.

use serde::{Deserialize, Serialize};

/// What a document is as a post. Its text, time and language are the document's own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// The author's or channel's name as shown.
    pub author: String,
    /// Its handle, without `@`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handle: Option<String>,
    /// The post's number on its network.
    pub number: String,
    /// How often it had been seen when it was captured; networks round it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub views: Option<u64>,
    /// Pictures, films, sounds and files, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<Media>,
    /// Where it was first said, where it was passed on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forwarded_from: Option<Mention>,
    /// What it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<Mention>,
    /// What it quotes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quoted: Option<Mention>,
    /// Addresses that its text leads to, in order: address, and the words that carry it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<(String, String)>,
}

/// Another post that a post speaks of, as far as it shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Name of its author or channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Its handle, without `@`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handle: Option<String>,
    /// Its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its text, as far as it is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// What hangs on a post.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// `picture`, `film`, `sound`, `file`, `sticker`, `poll`, `place` or `page` (a linked page's card).
    pub kind: String,
    /// Its address, where one is told; in an export, the file's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What is written on it: a file's name, a description, a poll's question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}
