//! Feeds of editions, newest first: Atom, RSS 2.0 and JSON Feed. A feed is of a whole desk, or of a part of it.

pub mod atom;
mod json_feed;
mod rss;

pub use atom::atom;
pub use json_feed::json_feed;
pub use rss::rss;

use crate::Error;
use crate::formats::html::Setting;
use crate::formats::{GONE, html, is_gone};
use crate::markup::segment;
use jiff::Timestamp;
use sitrep_editions::Manuscript;
use sitrep_model::Noun;
use sitrep_model::desk::Desk;

/// What a feed is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel<'d> {
    /// The desk.
    pub desk: &'d Desk,
    /// Title of the feed.
    pub title: String,
    /// What is in it, in a sentence or two.
    pub description: String,
    /// Whole address of the page that shows the same.
    pub home: String,
    /// Whole address of the feed itself.
    pub address: String,
}

impl<'d> Channel<'d> {
    /// The feed of a whole desk. `base` is the installation's address, `address` the feed's.
    pub fn of_desk(desk: &'d Desk, base: &str, address: &str) -> Self {
        Self {
            desk,
            title: desk.name.clone(),
            description: desk.standing.clone(),
            home: format!("{base}/{}", segment(desk.id.as_str())),
            address: address.to_owned(),
        }
    }

    /// A feed of a part of a desk; `home` is the whole address of the page that shows the same.
    pub fn of_part(desk: &'d Desk, title: &str, description: &str, home: String, address: String) -> Self {
        Self { desk, title: format!("{}: {title}", desk.name), description: description.to_owned(), home, address }
    }

    /// What the feed says of itself: that it is an exercise first, where it is one.
    fn about(&self) -> String {
        let label = self.desk.label.as_deref().unwrap_or_default();
        [label, self.description.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// A way to print a feed.
pub struct Way {
    /// Extension of its address.
    pub extension: &'static str,
    /// Media type, as an answer carries it.
    pub media_type: &'static str,
    /// Media type as a page's link names it.
    pub link_type: &'static str,
    /// What readers call it.
    pub label: &'static str,
    /// Prints it.
    pub render: fn(&Channel<'_>, &[Manuscript<'_>]) -> Result<Vec<u8>, Error>,
}

/// Every way to print a feed.
pub const WAYS: &[Way] = &[
    Way {
        extension: "atom",
        media_type: "application/atom+xml; charset=utf-8",
        link_type: "application/atom+xml",
        label: "Atom",
        render: |channel, editions| Ok(atom(channel, editions)),
    },
    Way {
        extension: "rss",
        media_type: "application/rss+xml; charset=utf-8",
        link_type: "application/rss+xml",
        label: "RSS",
        render: |channel, editions| Ok(rss(channel, editions)),
    },
    Way {
        extension: "json",
        media_type: "application/feed+json; charset=utf-8",
        link_type: "application/feed+json",
        label: "JSON Feed",
        render: json_feed,
    },
];

/// When an entry last changed: its publication or its newest correction.
pub(crate) fn updated(manuscript: &Manuscript<'_>) -> Timestamp {
    let published = published(manuscript);
    manuscript.edition.corrections.iter().map(|correction| correction.at).fold(published, Timestamp::max)
}

/// When it was published; for a preview, its cut-off or date.
pub(crate) fn published(manuscript: &Manuscript<'_>) -> Timestamp {
    manuscript.edition.sort_at().unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The edition as readers of feeds show it: no ids, links with their whole address, no picture from elsewhere.
pub(crate) fn content(manuscript: &Manuscript<'_>) -> String {
    let label = html::label(manuscript);
    format!("{label}{}", html::article_as(manuscript, &Setting::message(manuscript, None)))
}

/// One paragraph about it: its takeaways.
pub(crate) fn summary(manuscript: &Manuscript<'_>) -> String {
    if is_gone(manuscript) {
        return GONE.to_owned();
    }
    let takeaways: Vec<&str> =
        manuscript.edition.takeaways.iter().map(|takeaway| takeaway.body.text.as_str()).collect();
    takeaways.join(" ")
}

/// The names an entry is signed with.
pub(crate) fn authors<'m>(manuscript: &'m Manuscript<'m>) -> Vec<&'m str> {
    let authors: Vec<&str> = manuscript.edition.authors.iter().map(String::as_str).collect();
    if authors.is_empty() { vec![manuscript.desk.publisher.as_str()] } else { authors }
}
