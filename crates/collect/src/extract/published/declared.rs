//! What a page's head says of itself, gathered in one pass through its source. Most pages say there when they were
//! published, and nothing else has to be looked at.

use super::scan::{self, Piece, Pieces};
use super::signals::MOST_SCRIPTS;
use crate::entities;

/// Names of `meta` elements that are kept, at most.
const MOST_NAMES: usize = 200;

/// What was gathered.
#[derive(Debug, Default)]
pub(super) struct Declared<'a> {
    /// All of the source.
    pub(super) pieces: Vec<Piece<'a>>,
    /// Names (lower case) and contents of `meta` elements.
    pub(super) meta: Vec<(String, String)>,
    /// JSON-LD.
    pub(super) structured: Vec<&'a str>,
    /// Titles of the report, each with its number among the pieces.
    pub(super) titles: Vec<(usize, String)>,
    /// The page's word for its language.
    pub(super) language: Option<&'a str>,
    /// The address that the page calls its own.
    pub(super) canonical: Option<String>,
}

/// Goes through a source once.
pub(super) fn gather(source: &str) -> Declared<'_> {
    let mut declared = Declared { pieces: Vec::with_capacity(source.len() / 48), ..Declared::default() };
    for piece in Pieces::new(source) {
        declared.pieces.push(piece);
        match piece {
            Piece::Open { name, attributes } => declared.open(name, attributes),
            Piece::Script { attributes, text } => {
                if declared.structured.len() < MOST_SCRIPTS && scan::is_structured(attributes) {
                    declared.structured.push(text);
                }
            }
            Piece::Close { .. } | Piece::Text(_) => {}
        }
    }
    declared
}

impl<'a> Declared<'a> {
    fn open(&mut self, name: &str, attributes: &'a str) {
        if name.len() != 4 {
            return;
        }
        if name.eq_ignore_ascii_case("meta") {
            self.meta(attributes);
        } else if name.eq_ignore_ascii_case("link") {
            self.link(attributes);
        } else if self.language.is_none() && (name.eq_ignore_ascii_case("html") || name.eq_ignore_ascii_case("body")) {
            self.language = scan::attribute(attributes, "lang").or_else(|| scan::attribute(attributes, "xml:lang"));
        }
    }

    fn link(&mut self, attributes: &str) {
        let is_canonical =
            || scan::attribute(attributes, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
        if self.canonical.is_none() && is_canonical() {
            let address = scan::attribute(attributes, "href");
            self.canonical = address.map(|url| entities::decode(url.trim()).into_owned());
        }
    }

    fn meta(&mut self, attributes: &str) {
        let Some(content) = scan::attribute(attributes, "content").map(str::trim).filter(|text| !text.is_empty())
        else {
            return;
        };
        // Longer ones are descriptions.
        if content.len() > 200 || self.meta.len() >= MOST_NAMES {
            return;
        }
        for (key, value) in scan::attributes(attributes) {
            if is_one_of(key, &["property", "name", "itemprop", "http-equiv", "pubdate"]) {
                let name = if value.is_empty() { key } else { value };
                let content = entities::decode(content).into_owned();
                if name == "og:title" {
                    self.titles.push((self.pieces.len(), content.clone()));
                }
                self.meta.push((name.trim().to_ascii_lowercase(), content));
            }
        }
    }
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// The words of a title.
pub(super) fn plain(text: &str) -> String {
    let decoded = entities::decode(text);
    let words = decoded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}
