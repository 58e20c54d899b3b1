//! JSON Feed 1.0 and 1.1.

use super::{Entry, Error, Feed, MOST_ENTRIES, reading};
use crate::fragment;
use serde_json::{Map, Value};
use url::Url;

pub(super) fn read(text: &str, document: Option<&Url>) -> Result<Feed, Error> {
    let value: Value =
        serde_json::from_str(text).map_err(|error| Error::Json { message: error.to_string(), line: error.line() })?;
    let Value::Object(feed) = value else { return Err(Error::NotAFeed("a JSON array".to_owned())) };
    let versioned = feed.get("version").and_then(Value::as_str).is_some_and(|version| version.contains("jsonfeed.org"));
    let items = feed.get("items").and_then(Value::as_array);
    if items.is_none() && !versioned {
        return Err(Error::NotAFeed("JSON of another kind".to_owned()));
    }
    let inherited = authors(&feed);
    let entries = items.into_iter().flatten().filter_map(Value::as_object).take(MOST_ENTRIES);
    Ok(Feed {
        title: plain(&feed, "title"),
        link: address(&feed, "home_page_url", document),
        language: string(&feed, "language"),
        entries: entries.map(|item| entry(item, &inherited, document)).collect(),
    })
}

fn entry(item: &Map<String, Value>, inherited: &[String], document: Option<&Url>) -> Entry {
    let html = string(item, "content_html").map(|html| fragment::clean(&html, document));
    let author = authors(item);
    Entry {
        id: string(item, "id"),
        url: address(item, "url", document).or_else(|| address(item, "external_url", document)),
        title: plain(item, "title"),
        summary: string(item, "summary").map(|text| escaped(&text)),
        content: html.or_else(|| string(item, "content_text").map(|text| escaped(&text))),
        author: if author.is_empty() { inherited.to_vec() } else { author },
        published: string(item, "date_published").and_then(|text| reading::time(&text)),
        updated: string(item, "date_modified").and_then(|text| reading::time(&text)),
    }
}

/// A text; numbers are taken as they are written.
fn string(object: &Map<String, Value>, key: &str) -> Option<String> {
    let text = match object.get(key)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn plain(object: &Map<String, Value>, key: &str) -> Option<String> {
    let text = string(object, key)?;
    Some(if fragment::is_markup(&text) { fragment::text(&text) } else { fragment::collapse(&text) })
        .filter(|text| !text.is_empty())
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fragment::escape(text, &mut out);
    out
}

fn address(object: &Map<String, Value>, key: &str, document: Option<&Url>) -> Option<String> {
    string(object, key).and_then(|written| fragment::address(&written, document))
}

/// `authors` of 1.1, `author` of 1.0.
fn authors(object: &Map<String, Value>) -> Vec<String> {
    let list = object.get("authors").and_then(Value::as_array).into_iter().flatten();
    let names = list.chain(object.get("author")).filter_map(|author| match author {
        Value::Object(author) => string(author, "name"),
        Value::String(name) => Some(name.trim().to_owned()),
        _ => None,
    });
    let mut found: Vec<String> = Vec::new();
    for name in names.filter(|name| !name.is_empty()).take(50) {
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}
