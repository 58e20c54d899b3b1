//! What a capture holds besides its page: the parts that a browser asked for to show it, a picture of it, and a print.

use super::http::parse;
use super::{Response, records};
use std::collections::HashMap;

/// Before the page's address: the record of its picture (PNG), as other archives name it.
pub const PICTURE: &str = "urn:fullPage:";
/// Before the page's address: the record of its print (PDF).
pub const PRINT: &str = "urn:pdf:";

/// The parts of a page, by their addresses. A part is unpacked when it is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Requisites {
    blocks: HashMap<String, Vec<u8>>,
    /// The picture of the whole page.
    pub picture: Option<Vec<u8>>,
    /// The page as it prints.
    pub print: Option<Vec<u8>>,
}

impl Requisites {
    /// The answer at an address, which may lead on to another.
    pub fn part(&self, url: &str) -> Option<Response> {
        parse(self.blocks.get(url.split('#').next().unwrap_or_default())?).ok()
    }

    /// Whether there are no parts.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The addresses, in no order.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.blocks.keys().map(String::as_str)
    }
}

/// What stands in a capture's records behind its page.
pub fn requisites(archive: &[u8]) -> Requisites {
    let mut found = Requisites::default();
    for record in records(archive).filter_map(Result::ok).filter(|record| record.kind != "request").skip(1) {
        let target = record.target().unwrap_or_default().to_owned();
        match record.kind.as_str() {
            "response" => drop(found.blocks.entry(target).or_insert(record.block)),
            "resource" if target.starts_with(PICTURE) => found.picture = Some(record.block),
            "resource" if target.starts_with(PRINT) => found.print = Some(record.block),
            _ => {}
        }
    }
    found
}
