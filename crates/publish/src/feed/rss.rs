//! RSS 2.0, for readers that know no Atom.

use super::{Channel, atom, content, published, summary, updated};
use crate::markup::escape;
use jiff::Timestamp;
use sitrep_editions::Manuscript;

/// A feed; `editions` newest first.
pub fn rss(channel: &Channel<'_>, editions: &[Manuscript<'_>]) -> Vec<u8> {
    let built = editions.iter().map(updated).max().unwrap_or(Timestamp::UNIX_EPOCH);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\n<channel>\n  <title>{}</title>\n  <link>{}</link>\n  <description>{}</description>\n  <language>{}</language>\n  <lastBuildDate>{}</lastBuildDate>\n  <atom:link rel=\"self\" type=\"application/rss+xml\" href=\"{}\"/>\n",
        escape(&channel.title),
        escape(&channel.home),
        escape(&channel.about()),
        escape(&channel.desk.language),
        moment(built),
        escape(&channel.address),
    );
    for manuscript in editions {
        xml.push_str(&format!(
            "  <item>\n    <title>{}</title>\n    <link>{}</link>\n    <guid isPermaLink=\"false\">{}</guid>\n    <pubDate>{}</pubDate>\n    <description>{}</description>\n    <content:encoded>{}</content:encoded>\n  </item>\n",
            escape(&manuscript.edition.title),
            escape(&manuscript.address()),
            escape(&atom::id(manuscript)),
            moment(published(manuscript)),
            escape(&summary(manuscript)),
            escape(&content(manuscript)),
        ));
    }
    xml.push_str("</channel>\n</rss>\n");
    xml.into_bytes()
}

/// A moment as RFC 822 wants it.
fn moment(at: Timestamp) -> String {
    at.to_zoned_datetime(jiff::tz::TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}
