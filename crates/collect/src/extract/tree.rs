//! A page's body as a flat list of parts in reading order, without what is never part of a report: scripts, forms'
//! controls, navigation, hidden elements.

use super::elements::Kind;
use super::page::{Element, Page, Place};
use html5ever::local_name;

/// The attributes of an element that say what it is, gathered in one pass: looking one up by its name is dear.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Attributes<'a> {
    pub(super) class: &'a str,
    pub(super) id: &'a str,
    pub(super) href: Option<&'a str>,
    /// How programs name the element: `data-component`, `data-testid` and their like.
    pub(super) data: &'a str,
    /// Not shown: `hidden`, `aria-hidden="true"`, or by its style.
    pub(super) hidden: bool,
    /// `role="main"`.
    pub(super) main: bool,
    /// Its role is one of what stands beside a report.
    pub(super) beside: bool,
    /// Calls the element a report's body, in the words of schema.org.
    pub(super) body: bool,
}

impl<'a> Attributes<'a> {
    fn of(element: &'a Element) -> Self {
        let mut found = Self::default();
        let mut data = "";
        for (name, value) in element.attributes() {
            match *name {
                local_name!("class") => found.class = value,
                local_name!("id") => found.id = value,
                local_name!("href") => found.href = Some(value),
                local_name!("style") => found.hidden |= hides(value),
                local_name!("role") => {
                    found.main = value == "main";
                    found.beside = BESIDE_ROLES.contains(&value);
                }
                local_name!("itemprop") => found.body = value.contains("rticleBody"),
                local_name!("hidden") => found.hidden = true,
                local_name!("aria-hidden") => found.hidden |= value == "true",
                // The last of them by name.
                _ if value.len() < 60 && **name > *data && DATA.contains(&&**name) => {
                    data = name;
                    found.data = value;
                }
                _ => {}
            }
        }
        found
    }
}

const BESIDE_ROLES: [&str; 10] = [
    "navigation",
    "complementary",
    "banner",
    "contentinfo",
    "search",
    "dialog",
    "alertdialog",
    "menu",
    "menubar",
    "toolbar",
];

/// Whether a style says that the element is not shown.
fn hides(style: &str) -> bool {
    (style.contains("isplay") || style.contains("isibility") || style.contains("ISPLAY")) && {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
        style.contains("display:none") || style.contains("visibility:hidden")
    }
}

/// Attributes in which programs name an element.
pub(super) const DATA: [&str; 4] = ["data-component", "data-module", "data-testid", "data-type"];

/// An element or a text.
#[derive(Clone, Copy, Default)]
pub(super) struct Part<'a> {
    /// The element's name, empty for a text.
    pub(super) name: &'a str,
    pub(super) text: &'a str,
    pub(super) kind: Kind,
    pub(super) attributes: Attributes<'a>,
    pub(super) parent: usize,
    /// Index after the last part inside this one.
    pub(super) end: usize,
    /// Characters of text inside, runs of white space counted as one.
    pub(super) chars: usize,
    /// Of these, characters inside links.
    pub(super) link_chars: usize,
    pub(super) in_link: bool,
}

impl<'a> Part<'a> {
    /// The element's name, empty for a text.
    pub(super) const fn name(&self) -> &'a str {
        self.name
    }

    pub(super) fn text(&self) -> Option<&'a str> {
        self.name.is_empty().then_some(self.text)
    }

    pub(super) fn link_share(&self) -> f64 {
        if self.chars == 0 { 0.0 } else { self.link_chars as f64 / self.chars as f64 }
    }
}

/// The parts of a page's body.
pub(super) struct Tree<'a> {
    pub(super) parts: Vec<Part<'a>>,
}

impl<'a> Tree<'a> {
    /// All of a body but what no reader sees as text.
    pub(super) fn new(page: &'a Page) -> Self {
        let mut parts: Vec<Part<'a>> = Vec::with_capacity(page.len());
        // Each entry: a node still to be visited, the part around it, and whether it stands in a link.
        let mut stack: Vec<(Place<'a>, usize, bool)> = vec![(page.body(), usize::MAX, false)];
        while let Some((place, parent, in_link)) = stack.pop() {
            let index = parts.len();
            let part = Part { parent, end: index + 1, in_link, ..Part::default() };
            if let Some(element) = place.element() {
                let kind = element.kind();
                if parent != usize::MAX && kind.is(Kind::UNSEEN) {
                    continue;
                }
                let name = element.name();
                let attributes = Attributes::of(element);
                let in_link = in_link || kind.is(Kind::LINK) && attributes.href.is_some();
                parts.push(Part { name, kind, attributes, in_link, ..part });
                stack.extend(place.children_backwards().map(|child| (child, index, in_link)));
            } else if let Some(text) = place.text().filter(|text| !text.is_empty()) {
                let chars = collapsed_length(text);
                parts.push(Part { text, chars, link_chars: if in_link { chars } else { 0 }, ..part });
            }
        }
        Self::summed(parts)
    }

    /// The tree without some of its parts and all that is inside them.
    pub(super) fn without(&self, dropped: &[bool]) -> Self {
        let mut places = vec![usize::MAX; self.parts.len()];
        let mut parts: Vec<Part<'a>> = Vec::with_capacity(self.parts.len());
        for (index, part) in self.parts.iter().enumerate() {
            let parent = if index == 0 { usize::MAX } else { places.get(part.parent).copied().unwrap_or(usize::MAX) };
            if index > 0 && (parent == usize::MAX || dropped.get(index).copied().unwrap_or(false)) {
                continue;
            }
            places[index] = parts.len();
            let (chars, link_chars) = if part.text().is_some() { (part.chars, part.link_chars) } else { (0, 0) };
            parts.push(Part { parent, end: parts.len() + 1, chars, link_chars, ..*part });
        }
        Self::summed(parts)
    }

    /// Gives each element the sums and the end of what is inside it.
    fn summed(mut parts: Vec<Part<'a>>) -> Self {
        for index in (1..parts.len()).rev() {
            let Part { chars, link_chars, parent, end, .. } = parts[index];
            if let Some(parent) = parts.get_mut(parent) {
                parent.chars += chars;
                parent.link_chars += link_chars;
                parent.end = parent.end.max(end);
            }
        }
        Self { parts }
    }

    /// The element parts around a part, nearest first.
    pub(super) fn ancestors(&self, index: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.parts.get(index).map(|part| part.parent), |at| {
            self.parts.get(*at).map(|part| part.parent)
        })
        .take_while(|at| *at != usize::MAX)
    }
}

fn collapsed_length(text: &str) -> usize {
    if !text.is_ascii() {
        return collapsed(text.chars().map(char::is_whitespace));
    }
    // One for each byte that is no blank, with the one before it: in such rows many are looked at at once.
    let mut filled = [0_u8; PIECE + 1];
    let (mut count, mut words) = (0_usize, 0_usize);
    for piece in text.as_bytes().chunks(PIECE) {
        for (filled, byte) in filled[1..].iter_mut().zip(piece) {
            *filled = u8::from(!matches!(*byte, b'\t'..=b'\r' | b' '));
        }
        let (before, after) = (&filled[..piece.len()], &filled[1..=piece.len()]);
        count += usize::from(after.iter().sum::<u8>());
        words += usize::from(before.iter().zip(after).map(|(before, after)| !before & after).sum::<u8>());
        filled[0] = filled[piece.len()];
    }
    count + words.saturating_sub(1)
}

/// Bytes that are counted at once.
const PIECE: usize = 64;

/// How many characters are left of those that are blank, or not, one after the other.
fn collapsed(blanks: impl Iterator<Item = bool>) -> usize {
    let mut count = 0;
    let mut before = true;
    for blank in blanks {
        count += usize::from(!blank) + usize::from(!blank && before && count > 0);
        before = blank;
    }
    count
}
