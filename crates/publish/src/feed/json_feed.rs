//! JSON Feed 1.1.

use super::{Channel, atom, authors, content, published, summary, updated};
use crate::Error;
use serde_json::{Value, json};
use sitrep_editions::Manuscript;

/// A feed; `editions` newest first.
///
/// # Errors
/// None in practice: all that is written has a form in JSON.
pub fn json_feed(channel: &Channel<'_>, editions: &[Manuscript<'_>]) -> Result<Vec<u8>, Error> {
    let desk = channel.desk;
    let items: Vec<Value> = editions.iter().map(item).collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.home,
        "feed_url": channel.address,
        "description": channel.about(),
        "language": desk.language,
        "authors": [{ "name": if desk.publisher.is_empty() { &desk.name } else { &desk.publisher } }],
        "items": items,
    });
    Ok(serde_json::to_vec_pretty(&feed)?)
}

fn item(manuscript: &Manuscript<'_>) -> Value {
    let authors: Vec<Value> = authors(manuscript).into_iter().map(|name| json!({ "name": name })).collect();
    json!({
        "id": atom::id(manuscript),
        "url": manuscript.address(),
        "title": manuscript.edition.title,
        "summary": summary(manuscript),
        "content_html": content(manuscript),
        "date_published": published(manuscript).to_string(),
        "date_modified": updated(manuscript).to_string(),
        "authors": authors,
        "language": manuscript.desk.language,
    })
}
