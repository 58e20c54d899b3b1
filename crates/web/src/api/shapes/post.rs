//! A post: what a channel or an account says on a network, beside its text.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a document is as a post.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Post {
    /// The author's or channel's name as shown.
    pub author: String,
    /// Its handle, without `@`.
    pub handle: Option<String>,
    /// The post's number on its network.
    pub number: String,
    /// How often it had been seen when it was captured.
    pub views: Option<u64>,
    /// Pictures, films, sounds and files, in order.
    #[serde(default)]
    pub media: Vec<Media>,
    /// Where it was first said, where it was passed on.
    pub forwarded_from: Option<Mention>,
    /// What it answers.
    pub reply_to: Option<Mention>,
    /// What it quotes.
    pub quoted: Option<Mention>,
    /// Addresses that its text leads to: address, and the words that carry it.
    #[serde(default)]
    pub links: Vec<Vec<String>>,
}

/// Another post that a post speaks of.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Mention {
    /// Name of its author or channel.
    pub author: Option<String>,
    /// Its handle, without `@`.
    pub handle: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its text, as far as it is shown.
    pub text: Option<String>,
}

/// What hangs on a post.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Media {
    /// `picture`, `film`, `sound`, `file`, `sticker`, `poll`, `place` or `page`.
    pub kind: String,
    /// Its address or file name.
    pub url: Option<String>,
    /// What is written on it.
    pub title: Option<String>,
}
