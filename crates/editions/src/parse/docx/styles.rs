//! Styles: which are headings, lists, captions; what they set in bold.

use super::body::{attribute, events, is_on};
use crate::Error;
use quick_xml::events::Event;
use std::collections::HashMap;

/// What a style says of a paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    /// Numbered or bulleted.
    list: Option<bool>,
    bold: Option<bool>,
    italic: Option<bool>,
    raised: bool,
}

/// The document's styles by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
}

impl Styles {
    pub(super) fn read(part: Option<&str>) -> Result<Self, Error> {
        let mut styles = Self::default();
        let Some(part) = part else { return Ok(styles) };
        let mut current: Option<(String, Style)> = None;
        events(part, |event, _| {
            match event {
                Event::Start(element) if element.local_name().as_ref() == b"style" => {
                    current = Some((attribute(element, "styleId").unwrap_or_default(), Style::default()));
                }
                Event::End(element) if element.local_name().as_ref() == b"style" => {
                    styles.by_id.extend(current.take());
                }
                Event::Start(element) | Event::Empty(element) => {
                    if let Some((_, style)) = &mut current {
                        style.take(element);
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(styles)
    }

    /// A style and those it is based on, nearest first; at most ten.
    fn chain<'a>(&'a self, id: &str) -> Vec<&'a Style> {
        let mut chain: Vec<&Style> = Vec::new();
        let mut next = self.by_id.get(id);
        while let Some(style) = next.filter(|_| chain.len() < 10) {
            chain.push(style);
            next = style.based_on.as_ref().and_then(|id| self.by_id.get(id));
        }
        chain
    }

    /// Depth of a heading: 1 for the title, from 2 for headings.
    pub(super) fn heading(&self, id: &str) -> Option<u8> {
        // Authors' and dates' styles are often based on the title's, and are none.
        let own = self.by_id.get(id);
        let titled = own.is_some_and(|style| style.name.eq_ignore_ascii_case("title"));
        if titled {
            return Some(1);
        }
        let named = |style: &Style| {
            let name = style.name.to_lowercase();
            let digits = name.strip_prefix("heading ").and_then(|level| level.trim().parse::<u8>().ok());
            let level = digits.filter(|level| (1..=9).contains(level)).map(|level| level + 1);
            level.or(style.outline.map(|outline| outline.saturating_add(2)))
        };
        self.chain(id).into_iter().find_map(named).or_else(|| {
            // A style without a definition is known by its id alone.
            let level = id.strip_prefix("Heading").and_then(|level| level.parse::<u8>().ok());
            level.map(|level| level.saturating_add(1)).or((id == "Title" && own.is_none()).then_some(1))
        })
    }

    pub(super) fn is_list(&self, id: &str) -> bool {
        let listed = |style: &&Style| {
            let name = style.name.to_lowercase();
            style.list == Some(true) || name.starts_with("list bullet") || name.starts_with("list number")
        };
        self.chain(id).iter().any(listed)
    }

    pub(super) fn is_caption(&self, id: &str) -> bool {
        self.chain(id).first().map_or(id, |style| style.name.as_str()).eq_ignore_ascii_case("caption")
    }

    pub(super) fn is_byline(&self, id: &str) -> bool {
        let name = self.chain(id).first().map_or(id, |style| style.name.as_str()).to_lowercase();
        name == "author" || name == "byline" || name == "authors"
    }

    pub(super) fn bold(&self, id: &str) -> bool {
        self.chain(id).into_iter().find_map(|style| style.bold).unwrap_or_default()
    }

    pub(super) fn italic(&self, id: &str) -> bool {
        self.chain(id).into_iter().find_map(|style| style.italic).unwrap_or_default()
    }

    pub(super) fn raised(&self, id: &str) -> bool {
        self.chain(id).into_iter().any(|style| style.raised)
    }
}

impl Style {
    fn take(&mut self, element: &quick_xml::events::BytesStart<'_>) {
        let value = || attribute(element, "val");
        match element.local_name().as_ref() {
            b"name" => self.name = value().unwrap_or_default(),
            b"basedOn" => self.based_on = value(),
            b"outlineLvl" => self.outline = value().and_then(|level| level.parse().ok()).filter(|level| *level < 9),
            b"numId" => self.list = Some(value().is_some_and(|id| id != "0")),
            b"b" => self.bold = Some(is_on(element)),
            b"i" => self.italic = Some(is_on(element)),
            b"vertAlign" => self.raised = value().as_deref() == Some("superscript"),
            _ => {}
        }
    }
}
