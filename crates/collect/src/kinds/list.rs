//! Lists of addresses: CSV, JSON, plain lines. Each address is captured as if a person had pasted it.

use super::settings::{Form, minutes, required};
use super::{Answer, Ask, Error, Found, Item, Kind, Origin, Sample, fetched, files, no_address};
use crate::charset;
use serde_json::Value;
use sitrep_model::source::Collection;
use std::collections::BTreeSet;

pub(super) const KIND: Kind = Kind {
    id: "list",
    label: "List of addresses",
    what: "Files with addresses, as CSV, JSON or lines, defanged or not: each is captured as if it were pasted.",
    origin: Origin::Files,
    settings: &[required("path", "File or folder", "Below the folder for incoming files.", Form::Path), minutes(60)],
    plan: files,
    read,
    recognise: no_address,
    one: fetched,
    takes,
    sample: Sample {
        collection: || Collection::of("list").told("path", "addresses.csv"),
        content_type: "text/csv",
        body: Some(|| include_bytes!("samples/addresses.csv").to_vec()),
        finds: &["https://outlet.example/a?x=1,2", "https://outlet.example/b", "https://chekad.example/1405/09/05/1"],
    },
};

/// Addresses of a list, at most.
const MOST: usize = 20_000;

fn takes(name: &str, head: &[u8]) -> bool {
    let (name, text) = (name.to_ascii_lowercase(), String::from_utf8_lossy(head).to_ascii_lowercase());
    let named = [".csv", ".tsv", ".txt", ".json", ".jsonl", ".list", ".urls"].iter().any(|end| name.ends_with(end));
    named && ["http://", "https://", "hxxp", "[.]", "[dot]", "[:]//"].iter().any(|mark| text.contains(mark))
}

fn read(_: &Collection, _: &Ask, answer: &Answer<'_>) -> Result<Found, Error> {
    let text = charset::decode(answer.body, answer.content_type, None).text;
    let mut addresses = Addresses::default();
    match serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) {
        Ok(value) => addresses.of_json(&value, true),
        Err(_) => text.lines().for_each(|line| addresses.of_line(line)),
    }
    if addresses.items.is_empty() {
        return Err(Error::Unreadable(format!("{} names no addresses", answer.url)));
    }
    Ok(Found { items: addresses.items, ..Found::default() })
}

#[derive(Default)]
struct Addresses {
    seen: BTreeSet<String>,
    items: Vec<Item>,
}

impl Addresses {
    fn add(&mut self, written: &str) -> bool {
        let written = written.trim();
        let url = match url::Url::parse(written) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => Some(url.to_string()),
            _ => sitrep_language::address::refang(written).map(|found| found.url),
        };
        let Some(url) = url.filter(|url| url.starts_with("http") && url.len() < 8_000) else { return false };
        if self.items.len() < MOST && self.seen.insert(url.clone()) {
            self.items.push(Item::Page { url, title: None });
        }
        true
    }

    /// The first cell of a line that is an address.
    fn of_line(&mut self, line: &str) {
        let found = cells(line).iter().any(|cell| self.add(cell));
        if !found {
            // A line of prose with an address in it.
            let _ = line.split_whitespace().any(|word| self.add(word.trim_matches(['<', '>', '"', '(', ')', ','])));
        }
    }

    /// Strings that stand in a list or under a name for addresses.
    fn of_json(&mut self, value: &Value, named: bool) {
        match value {
            Value::String(text) if named => {
                self.add(text);
            }
            Value::Array(list) => list.iter().for_each(|inner| self.of_json(inner, named)),
            Value::Object(object) => {
                for (name, inner) in object {
                    let name = name.to_ascii_lowercase();
                    let is_address = ["url", "urls", "link", "links", "href", "address", "addresses", "uri"]
                        .contains(&name.as_str());
                    if is_address || inner.is_array() || inner.is_object() {
                        self.of_json(inner, is_address || (inner.is_array() && named));
                    }
                }
            }
            _ => {}
        }
    }
}

/// The cells of a line of CSV or TSV (RFC 4180, without line breaks inside cells).
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut characters = line.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' | ';' | '\t' if !quoted => cells.push(std::mem::take(&mut cell)),
            _ => cell.push(c),
        }
    }
    cells.push(cell);
    cells
}
