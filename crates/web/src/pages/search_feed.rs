//! A search saved as a feed (Atom, RFC 4287): what strangers find with it, the newest first. Its address is the search
//! page's with another ending, and stays.

use super::Answer;
use super::search::{Asked, place};
use crate::app::App;
use crate::error::PageError;
use crate::text;
use axum::extract::{Path, Query, State};
use axum::http::{Uri, header};
use axum::response::IntoResponse;
use jiff::Timestamp;
use sitrep_model::desk::Desk;
use sitrep_newsroom::Who;
use sitrep_newsroom::search::{Found, Search};

/// Entries in the feed.
const ENTRIES: usize = 30;

pub(crate) async fn atom(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    address: Uri,
) -> Answer {
    let desk = app.desk(&id).await?;
    let search = Search { limit: ENTRIES, newest: true, as_of: None, ..asked.search(&desk)? };
    if search.text.is_empty() {
        return Err(PageError::invalid("a saved search needs words".to_owned()).hint("Write them as ?q=…"));
    }
    let (of, words) = (desk.id.clone(), search.text.clone());
    let results = app.ask(move |newsroom| newsroom.search(&Who::Stranger, &of, &search)).await?;
    let base = app.newsroom().base();
    let query = address.query().unwrap_or_default();
    let feed = feed(&desk, base, query, &words, &results.found);
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed).into_response())
}

fn feed(desk: &Desk, base: &str, query: &str, words: &str, found: &[Found]) -> String {
    let page = xml(&format!("{base}/{}/search?{query}", desk.id));
    let updated = found.iter().filter_map(|found| found.date).max().unwrap_or(Timestamp::UNIX_EPOCH);
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n  \
         <id>{page}</id>\n  <title>{} – {}</title>\n  <updated>{updated}</updated>\n  \
         <author><name>{}</name></author>\n  <generator>sitrep</generator>\n  \
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n  \
         <link rel=\"alternate\" type=\"text/html\" href=\"{page}\"/>\n",
        xml(&desk.language),
        xml(words),
        xml(&desk.name),
        xml(if desk.publisher.is_empty() { &desk.name } else { &desk.publisher }),
        xml(&format!("{base}/{}/search.atom?{query}", desk.id)),
    );
    for found in found {
        let (_, href) = place(desk.id.as_str(), "", found);
        let at = found.anchor.as_deref().map(|anchor| format!(":{anchor}")).unwrap_or_default();
        feed.push_str(&format!(
            "  <entry>\n    <id>{}</id>\n    <title>{}</title>\n    <updated>{}</updated>\n    \
             <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n    \
             <content type=\"html\">{}</content>\n  </entry>\n",
            xml(&format!("urn:sitrep:found:{}:{}:{}{at}", desk.id, found.kind.as_str(), found.id)),
            xml(&found.title),
            found.date.unwrap_or(Timestamp::UNIX_EPOCH),
            xml(&format!("{base}{href}")),
            xml(&found.snippet),
        ));
    }
    feed.push_str("</feed>\n");
    feed
}

/// A text within XML 1.0, which has no sign for most control characters.
fn xml(text: &str) -> String {
    let allowed = |c: &char| !c.is_control() || matches!(c, '\t' | '\n' | '\r');
    text::escape(&text.chars().filter(allowed).collect::<String>())
}
