//! Atom (RFC 4287).

use super::{Channel, authors, content, published, summary, updated};
use crate::formats::is_gone;
use crate::markup::{escape, segment};
use jiff::Timestamp;
use sitrep_editions::Manuscript;

const NAMESPACE: &str = "xmlns=\"http://www.w3.org/2005/Atom\"";

/// A feed; `editions` newest first.
pub fn atom(channel: &Channel<'_>, editions: &[Manuscript<'_>]) -> Vec<u8> {
    let desk = channel.desk;
    let updated = editions.iter().map(updated).max().unwrap_or(Timestamp::UNIX_EPOCH);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed {NAMESPACE} xml:lang=\"{}\">\n  <id>{}</id>\n  <title>{}</title>\n  <updated>{updated}</updated>\n",
        escape(&desk.language),
        escape(&channel.home),
        escape(&channel.title),
    );
    let about = channel.about();
    if !about.is_empty() {
        xml.push_str(&format!("  <subtitle>{}</subtitle>\n", escape(&about)));
    }
    xml.push_str(&format!(
        "  <author><name>{}</name></author>\n  <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n  <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n  <generator>sitrep</generator>\n",
        escape(&desk.publisher),
        escape(&channel.address),
        escape(&channel.home),
    ));
    for manuscript in editions {
        xml.push_str(&entry(manuscript, "entry"));
    }
    xml.push_str("</feed>\n");
    xml.into_bytes()
}

/// One edition as a document of its own.
pub(crate) fn entry_document(manuscript: &Manuscript<'_>) -> Vec<u8> {
    let tag = format!("entry {NAMESPACE} xml:lang=\"{}\"", escape(&manuscript.desk.language));
    format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{}", entry(manuscript, &tag)).into_bytes()
}

/// An entry's id never changes, not even when the installation moves: it names the desk and the edition.
pub(super) fn id(manuscript: &Manuscript<'_>) -> String {
    let (desk, edition) = (manuscript.desk.id.as_str(), manuscript.edition.id.as_str());
    format!("urn:sitrep:edition:{}:{}", segment(desk), segment(edition))
}

fn entry(manuscript: &Manuscript<'_>, tag: &str) -> String {
    let edition = manuscript.edition;
    let names = authors(manuscript);
    let authors: String = names.iter().map(|name| format!("<author><name>{}</name></author>", escape(name))).collect();
    let sections = edition
        .sections
        .iter()
        .filter(|section| !is_gone(manuscript) && section.level <= 1 && !section.title.is_empty());
    let categories: String = sections
        .map(|section| {
            let term = section.section.as_ref().map_or(section.title.as_str(), |id| id.as_str());
            format!("    <category term=\"{}\" label=\"{}\"/>\n", escape(term), escape(&section.title))
        })
        .collect();
    format!(
        "  <{tag}>\n    <id>{}</id>\n    <title>{}</title>\n    <published>{}</published>\n    <updated>{}</updated>\n    {authors}\n    <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n    <link rel=\"alternate\" type=\"application/pdf\" href=\"{}.pdf\"/>\n{categories}    <summary>{}</summary>\n    <content type=\"html\">{}</content>\n  </entry>\n",
        escape(&id(manuscript)),
        escape(&edition.title),
        published(manuscript),
        updated(manuscript),
        escape(&manuscript.address()),
        escape(&manuscript.address()),
        escape(&summary(manuscript)),
        escape(&content(manuscript)),
    )
}
