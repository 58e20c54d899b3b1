//! A report that a page keeps where no reader sees it until a program has run: in `noscript`, or as a piece of HTML inside
//! the data of its scripts.

use super::page::Page;
use super::structured;
use serde_json::Value;

/// A piece shorter than this holds no report, in bytes.
const LEAST: usize = 500;

/// Pieces looked at in one page, at most.
const MOST: usize = 4;

/// Values looked at in a page's data, at most.
const MOST_VALUES: usize = 200_000;

/// The pieces of HTML that may hold the report, parsed, longest first.
pub(super) fn pieces(page: &Page) -> Vec<Page> {
    let unseen = page
        .elements()
        .filter(|(place, element)| element.name() == "noscript" && place.is_inside(|around| around.name() == "body"));
    let mut found: Vec<String> = unseen.map(|(place, _)| place.texts().concat()).collect();
    for script in structured::scripts(page, "application/json").take(20) {
        if let Ok(data) = serde_json::from_str::<Value>(&script) {
            found.extend(markup(data));
        }
    }
    found.retain(|piece| piece.len() >= LEAST && piece.contains("<p"));
    found.sort_by_key(|piece| std::cmp::Reverse(piece.len()));
    found.into_iter().take(MOST).map(|piece| Page::parse(&piece)).collect()
}

/// The strings of some data that are HTML.
fn markup(data: Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = vec![data];
    let mut seen = 0;
    while let Some(value) = waiting.pop() {
        seen += 1;
        match value {
            _ if seen > MOST_VALUES => break,
            Value::String(text) if text.len() >= LEAST && text.contains("<p") => found.push(text),
            Value::Array(items) => waiting.extend(items),
            Value::Object(fields) => waiting.extend(fields.into_iter().map(|(_, value)| value)),
            _ => {}
        }
    }
    found
}
