//! JSON Feed 1.1.

use super::{atom, authors, content, published, summary, updated};
use crate::Error;
use crate::markup::segment;
use serde_json::{Value, json};
use sitrep_editions::Manuscript;
use sitrep_model::desk::Desk;

/// A desk's feed; `editions` newest first. `base` is the installation's address, `self_url` the feed's.
///
/// # Errors
/// None in practice: all that is written has a form in JSON.
pub fn json_feed(desk: &Desk, editions: &[Manuscript<'_>], base: &str, self_url: &str) -> Result<Vec<u8>, Error> {
    let items: Vec<Value> = editions.iter().map(item).collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": desk.name,
        "home_page_url": format!("{base}/{}", segment(desk.id.as_str())),
        "feed_url": self_url,
        "description": desk.label.as_deref().unwrap_or(&desk.standing),
        "language": desk.language,
        "authors": [{ "name": desk.publisher }],
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
