//! The desk's feeds, newest edition first: Atom, RSS 2.0 and JSON Feed.

pub mod atom;
mod json_feed;
mod rss;

pub use atom::atom;
pub use json_feed::json_feed;
pub use rss::rss;

use crate::formats::html::Setting;
use crate::formats::{GONE, html, is_gone};
use jiff::Timestamp;
use sitrep_editions::Manuscript;
use sitrep_model::Noun;

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
