//! What a page wore: its pictures and style sheets out of the capture, written into the page itself, within bounds.

use super::sheets;
use crate::fragment;
use crate::warc::{Requisites, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use scraper::node::Element;
use scraper::{ElementRef, Html};
use std::cell::Cell;
use url::Url;

/// Bytes of pictures and style sheets that go into a page, at most, as they were before they were written there.
const MOST: usize = 12 << 20;
/// Style sheets of a page, at most, those that they bring in too.
const MOST_SHEETS: usize = 100;
/// Addresses that an answer may lead on to.
const HOPS: usize = 5;
/// Characters of an address.
const LONGEST_ADDRESS: usize = 4096;
/// What a browser shows as a picture without running anything.
const PICTURES: [&str; 9] = [
    "image/avif",
    "image/bmp",
    "image/gif",
    "image/jpeg",
    "image/png",
    "image/svg+xml",
    "image/vnd.microsoft.icon",
    "image/webp",
    "image/x-icon",
];
/// Where pages name a picture: itself, sizes of it, and what their scripts would put in its place later.
const NAMED: [&str; 6] = ["src", "srcset", "data-src", "data-srcset", "data-lazy-src", "data-original"];

/// A page's requisites while it is written.
pub(super) struct Dress<'a> {
    requisites: &'a Requisites,
    left: Cell<usize>,
    sheets: Cell<usize>,
}

impl<'a> Dress<'a> {
    /// `None` where nothing was captured besides the page.
    pub(super) fn of(requisites: &'a Requisites) -> Option<Self> {
        let (left, sheets) = (Cell::new(MOST), Cell::new(MOST_SHEETS));
        (!requisites.is_empty()).then_some(Self { requisites, left, sheets })
    }

    /// The picture that an element shows, as an address that holds it.
    pub(super) fn picture_of(&self, element: &Element, base: Option<&Url>) -> Option<String> {
        let named = NAMED.iter().filter_map(|name| element.attr(name)).flat_map(|value| {
            // Of sizes each begins with its address.
            value.split(',').filter_map(|part| part.split_whitespace().next()).take(20)
        });
        named.filter_map(|address| resolved(address, base)).find_map(|url| self.picture(&url))
    }

    /// A captured picture as an address that holds it.
    pub(super) fn picture(&self, url: &Url) -> Option<String> {
        let part = self.answer(url)?;
        let kind = part.header("content-type").unwrap_or_default().split(';').next().unwrap_or_default();
        let kind = kind.trim().to_ascii_lowercase();
        if !PICTURES.contains(&kind.as_str()) || !self.takes(part.body.len()) {
            return None;
        }
        Some(format!("data:{kind};base64,{}", STANDARD.encode(&part.body)))
    }

    /// The style sheets of a page, one after the other.
    pub(super) fn sheets(&self, html: &Html, base: Option<&Url>) -> String {
        let mut out = String::new();
        let Ok(selector) = scraper::Selector::parse("link, style") else { return out };
        for element in html.select(&selector) {
            let media = element.attr("media").unwrap_or("all").trim();
            let sheet = match element.value().name() {
                "style" => Some(self.inline(element, base)),
                _ if is_sheet(element) => {
                    let url = element.attr("href").and_then(|href| resolved(href, base));
                    url.and_then(|url| self.sheet(&url, 0))
                }
                _ => None,
            };
            let Some(sheet) = sheet.filter(|sheet| !sheet.is_empty()) else { continue };
            match media {
                "" | "all" => out.push_str(&sheet),
                media if is_plain(media) => out.push_str(&format!("@media {media}{{{sheet}}}")),
                _ => {}
            }
        }
        out
    }

    /// A captured style sheet, with what it brings in.
    pub(super) fn sheet(&self, url: &Url, depth: usize) -> Option<String> {
        self.sheets.set(self.sheets.get().checked_sub(1)?);
        let part = self.answer(url)?;
        let kind = part.header("content-type").map(str::to_owned);
        if !kind.as_deref().is_none_or(|kind| kind.contains("css")) || !self.takes(part.body.len()) {
            return None;
        }
        let decoded = crate::charset::decode(&part.body, kind.as_deref(), None);
        Some(sheets::answered(&decoded.text, Some(url), self, depth))
    }

    fn inline(&self, element: ElementRef<'_>, base: Option<&Url>) -> String {
        let text: String = element.text().collect();
        if self.takes(text.len()) { sheets::answered(&text, base, self, 0) } else { String::new() }
    }

    /// The declarations of an element's own style.
    pub(super) fn declarations(&self, style: &str, base: Option<&Url>) -> Option<String> {
        self.takes(style.len()).then(|| sheets::answered(style, base, self, 0))
    }

    fn answer(&self, url: &Url) -> Option<Response> {
        let mut url = url.clone();
        for _ in 0..HOPS {
            let part = self.requisites.part(url.as_str())?;
            match part.status {
                200..=299 => return Some(part),
                300..=399 => url = url.join(part.header("location")?).ok()?,
                _ => return None,
            }
        }
        None
    }

    fn takes(&self, bytes: usize) -> bool {
        let left = self.left.get().checked_sub(bytes);
        self.left.set(left.unwrap_or(self.left.get()));
        left.is_some()
    }
}

/// What style sheets know an element by, and its own declarations.
pub(super) fn names(element: &Element, out: &mut String) {
    for name in ["class", "id"] {
        // The passage's name is ours.
        if let Some(value) = element.attr(name).filter(|value| value.len() <= 1000 && *value != "passage") {
            out.push_str(&format!(" {name}=\""));
            fragment::escape(value, out);
            out.push('"');
        }
    }
}

/// An address as a page writes it.
pub(super) fn resolved(address: &str, base: Option<&Url>) -> Option<Url> {
    let address = address.trim();
    let url = match base {
        Some(base) => base.join(address),
        None => Url::parse(address),
    };
    url.ok().filter(|url| matches!(url.scheme(), "http" | "https") && address.len() <= LONGEST_ADDRESS)
}

fn is_sheet(element: ElementRef<'_>) -> bool {
    let rel = element.attr("rel").unwrap_or_default().to_ascii_lowercase();
    rel.split_whitespace().any(|word| word == "stylesheet") && !rel.contains("alternate")
}

/// Media that can be written before a block without ending it.
fn is_plain(media: &str) -> bool {
    media.len() <= 200 && media.chars().all(|c| c.is_ascii_alphanumeric() || " (),:.-/".contains(c))
}
