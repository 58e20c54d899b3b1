//! XML as feeds write it, into a tree: tags that do not match, attributes without quotes, entities of HTML, namespaces
//! that nobody declared. Bounded in depth and in what entities of the document grow to.

use crate::entities;
use aho_corasick::AhoCorasick;
use memchr::{memchr, memmem};
use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Elements nested deeper than this lose their tags.
const DEEPEST: usize = 100;

/// Characters that one entity of the document stands for, at most; a longer one stands for nothing.
const LONGEST_ENTITY: usize = 4_096;

/// Characters that entities of the document add to it, at most.
const EXPANSION: usize = 2 * 1024 * 1024;

/// The vocabulary that an element belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// RSS in all its namespaces, CDF, and what has none.
    Plain,
    Atom,
    Dublin,
    Content,
    Media,
    Itunes,
    Xhtml,
    Rdf,
    Other,
}

pub(super) struct Element<'a> {
    /// Local name, lower case.
    pub(super) name: Cow<'a, str>,
    pub(super) space: Space,
    attributes: Vec<(&'a str, &'a str)>,
}

pub(super) enum What<'a> {
    Element(Element<'a>),
    /// Character data with its references, or a CDATA section.
    Text {
        raw: &'a str,
        literal: bool,
    },
}

pub(super) struct Node<'a> {
    pub(super) what: What<'a>,
    pub(super) parent: usize,
    /// Index behind the last node inside this one.
    pub(super) end: usize,
}

pub(super) struct Tree<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    entities: HashMap<&'a str, String>,
    expansion: Cell<usize>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let tree =
            Self { nodes: Vec::with_capacity(text.len() / 64), entities: HashMap::new(), expansion: Cell::new(0) };
        let mut builder = Builder { tree, open: Vec::new(), spaces: Vec::new() };
        builder.read(text);
        let end = builder.tree.nodes.len();
        for (index, _) in builder.open {
            builder.tree.nodes[index].end = end;
        }
        builder.tree
    }

    pub(super) fn element(&self, index: usize) -> Option<&Element<'a>> {
        match &self.nodes.get(index)?.what {
            What::Element(element) => Some(element),
            What::Text { .. } => None,
        }
    }

    /// Children of an element in order.
    pub(super) fn children(&self, index: usize) -> impl Iterator<Item = usize> {
        let end = self.nodes.get(index).map_or(0, |node| node.end);
        let mut at = index + 1;
        std::iter::from_fn(move || {
            let found = (at < end).then_some(at)?;
            at = self.nodes[found].end.max(found + 1);
            Some(found)
        })
    }

    /// The elements from this one outwards.
    pub(super) fn outwards(&self, index: usize) -> impl Iterator<Item = &Element<'a>> {
        let parent = |at: &usize| self.nodes.get(*at).map(|node| node.parent);
        std::iter::successors(Some(index), parent).map_while(|at| self.nodes.get(at)).filter_map(|node| {
            match &node.what {
                What::Element(element) => Some(element),
                What::Text { .. } => None,
            }
        })
    }

    pub(super) fn attribute(&self, index: usize, name: &str) -> Option<Cow<'a, str>> {
        self.value(self.element(index)?, name)
    }

    pub(super) fn value(&self, element: &Element<'a>, name: &str) -> Option<Cow<'a, str>> {
        element.attributes.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, raw)| self.decode(raw))
    }

    pub(super) fn attributes(&self, element: &Element<'a>) -> impl Iterator<Item = (&str, Cow<'a, str>)> {
        element.attributes.iter().map(|(name, raw)| (*name, self.decode(raw)))
    }

    /// A text with its references resolved.
    pub(super) fn decode(&self, raw: &'a str) -> Cow<'a, str> {
        if self.entities.is_empty() {
            return entities::decode(raw);
        }
        entities::decode_with(raw, |name| {
            let value = self.entities.get(name)?;
            let grown = self.expansion.get().saturating_add(value.len());
            self.expansion.set(grown);
            Some(if grown <= EXPANSION { value.clone() } else { String::new() })
        })
    }

    /// All text inside an element.
    pub(super) fn text(&self, index: usize) -> Cow<'a, str> {
        let end = self.nodes.get(index).map_or(0, |node| node.end);
        let mut out = Cow::Borrowed("");
        for node in self.nodes.get(index..end).unwrap_or_default() {
            if let What::Text { raw, literal } = node.what {
                let text = if literal { Cow::Borrowed(raw) } else { self.decode(raw) };
                if out.is_empty() {
                    out = text;
                } else {
                    out.to_mut().push_str(&text);
                }
            }
        }
        out
    }
}

struct Builder<'a> {
    tree: Tree<'a>,
    /// Open elements: index, and how many namespaces were declared outside.
    open: Vec<(usize, usize)>,
    spaces: Vec<(&'a str, Space)>,
}

impl<'a> Builder<'a> {
    fn read(&mut self, text: &'a str) {
        let mut rest = text;
        while let Some(at) = memchr(b'<', rest.as_bytes()) {
            self.text(&rest[..at], false);
            rest = &rest[at..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                rest = memmem::find(comment.as_bytes(), b"-->").map_or("", |end| &comment[end + 3..]);
            } else if let Some(section) = rest.strip_prefix("<![CDATA[") {
                let end = memmem::find(section.as_bytes(), b"]]>").unwrap_or(section.len());
                self.text(&section[..end], true);
                rest = section.get(end + 3..).unwrap_or_default();
            } else if rest.starts_with("<?") {
                rest = rest.find("?>").map_or_else(|| rest.get(2..).unwrap_or_default(), |end| &rest[end + 2..]);
            } else if rest.starts_with("<!") {
                rest = self.declaration(rest);
            } else {
                rest = self.tag(rest);
            }
        }
        self.text(rest, false);
    }

    fn text(&mut self, raw: &'a str, literal: bool) {
        if let Some((parent, _)) = self.open.last()
            && !raw.is_empty()
        {
            let end = self.tree.nodes.len() + 1;
            self.tree.nodes.push(Node { what: What::Text { raw, literal }, parent: *parent, end });
        }
    }

    /// A document type, with the entities it declares.
    fn declaration(&mut self, text: &'a str) -> &'a str {
        let end = text.find('>').unwrap_or(text.len());
        let Some(bracket) = text[..end].find('[') else { return text.get(end + 1..).unwrap_or_default() };
        let subset = &text[bracket + 1..];
        let end = subset.find("]>").or_else(|| subset.find(']')).unwrap_or(subset.len());
        for declared in subset[..end].split("<!ENTITY").skip(1).take(1_000) {
            self.entity(declared);
        }
        let rest = subset.get(end..).unwrap_or_default();
        rest.find('>').map_or("", |at| &rest[at + 1..])
    }

    fn entity(&mut self, declared: &'a str) -> Option<()> {
        let declared = declared.trim_start();
        let (name, value) = declared.split_once(|c: char| c.is_whitespace())?;
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, _) = value[1..].split_once(quote)?;
        let known = |name: &str| self.tree.entities.get(name).cloned();
        let value = if value.len() <= LONGEST_ENTITY {
            entities::decode_with(value, known).into_owned()
        } else {
            String::new()
        };
        let value = if value.len() <= LONGEST_ENTITY { value } else { String::new() };
        self.tree.entities.entry(name).or_insert(value);
        Some(())
    }

    fn tag(&mut self, text: &'a str) -> &'a str {
        let closing = text.as_bytes().get(1) == Some(&b'/');
        let inside = &text[1 + usize::from(closing)..];
        let length =
            inside.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<' | '=')).unwrap_or(inside.len());
        if length == 0 || !inside.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            self.text(&text[..1], true);
            return &text[1..];
        }
        let name = &inside[..length];
        let (attributes, closed, rest) = attributes(&inside[length..]);
        if closing {
            self.close(name);
        } else {
            self.open(name, attributes, closed);
        }
        rest
    }

    fn open(&mut self, full: &'a str, attributes: Vec<(&'a str, &'a str)>, closed: bool) {
        let declared = self.spaces.len();
        for (name, value) in &attributes {
            if *name == "xmlns" {
                self.spaces.push(("", of_uri(value).unwrap_or(Space::Plain)));
            } else if let Some(prefix) = name.strip_prefix("xmlns:") {
                self.spaces.push((prefix, of_uri(value).unwrap_or(Space::Other)));
            }
        }
        let (prefix, local) = full.split_once(':').unwrap_or(("", full));
        let space = self.space(prefix);
        let name = lower(local);
        // An entry never stands inside another: the one before was not closed.
        if matches!(name.as_ref(), "item" | "entry") && matches!(space, Space::Plain | Space::Atom) {
            self.close_entry(&name);
        }
        let parent = self.open.last().map_or(usize::MAX, |(index, _)| *index);
        if self.open.len() >= DEEPEST {
            self.spaces.truncate(declared);
            return;
        }
        let index = self.tree.nodes.len();
        self.tree.nodes.push(Node { what: What::Element(Element { name, space, attributes }), parent, end: index + 1 });
        if closed {
            self.spaces.truncate(declared);
        } else {
            self.open.push((index, declared));
        }
    }

    fn space(&self, prefix: &str) -> Space {
        let declared = self.spaces.iter().rev().find(|(known, _)| *known == prefix);
        match declared {
            Some((_, space)) => *space,
            None if prefix.is_empty() => Space::Plain,
            None => of_prefix(prefix),
        }
    }

    fn is_open(&self, at: usize, name: &str) -> bool {
        self.tree.element(self.open[at].0).is_some_and(|element| element.name == name)
    }

    fn close(&mut self, full: &str) {
        let local = lower(full.split_once(':').map_or(full, |(_, local)| local));
        if let Some(at) = (0..self.open.len()).rev().find(|at| self.is_open(*at, &local)) {
            self.close_to(at);
        }
    }

    fn close_entry(&mut self, name: &str) {
        if let Some(at) = (0..self.open.len()).find(|at| self.is_open(*at, name)) {
            self.close_to(at);
        }
    }

    fn close_to(&mut self, at: usize) {
        let end = self.tree.nodes.len();
        for (index, declared) in self.open.drain(at..).rev() {
            self.tree.nodes[index].end = end;
            self.spaces.truncate(declared);
        }
    }
}

fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

fn of_uri(uri: &str) -> Option<Space> {
    if uri.trim().is_empty() {
        return Some(Space::Plain);
    }
    let found = PARTS_OF_URIS.as_ref()?.find_overlapping_iter(uri).map(|found| found.pattern().as_usize()).min()?;
    KNOWN_URIS.get(found).map(|(_, space)| *space)
}

/// Parts of the names of namespaces, in lower case; the first one that a name has counts.
const KNOWN_URIS: &[(&str, Space)] = &[
    ("purl.org/atom", Space::Atom),
    ("w3.org/2005/atom", Space::Atom),
    ("purl.org/dc/", Space::Dublin),
    ("purl.org/rss/1.0/modules/content", Space::Content),
    ("purl.org/rss/1.0/modules", Space::Other),
    ("purl.org/rss", Space::Plain),
    ("purl.org/net/rss", Space::Plain),
    ("my.netscape.com", Space::Plain),
    ("channel.netscape.com", Space::Plain),
    ("backend.userland.com", Space::Plain),
    ("blogs.law.harvard.edu", Space::Plain),
    ("cyber.law.harvard.edu", Space::Plain),
    ("search.yahoo.com/mrss", Space::Media),
    ("itunes.com/dtds", Space::Itunes),
    ("itunes.apple.com", Space::Itunes),
    ("example.com/dtds/podcast", Space::Itunes),
    ("w3.org/1999/xhtml", Space::Xhtml),
    ("w3.org/1999/02/22-rdf", Space::Rdf),
    ("w3.org/2000/svg", Space::Other),
    ("w3.org/1998/math", Space::Other),
];

static PARTS_OF_URIS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder().ascii_case_insensitive(true).build(KNOWN_URIS.iter().map(|(part, _)| part)).ok()
});

/// A prefix that nobody declared means what it usually means.
fn of_prefix(prefix: &str) -> Space {
    match prefix.to_ascii_lowercase().as_str() {
        "atom" | "atom10" | "a10" | "atom03" => Space::Atom,
        "dc" | "dcterms" => Space::Dublin,
        "content" => Space::Content,
        "media" => Space::Media,
        "itunes" => Space::Itunes,
        "xhtml" | "html" => Space::Xhtml,
        "rdf" => Space::Rdf,
        "rss" => Space::Plain,
        _ => Space::Other,
    }
}

/// Attributes with their raw values, whether the tag closes itself, and what follows it.
fn attributes(text: &str) -> (Vec<(&str, &str)>, bool, &str) {
    let mut found: Vec<(&str, &str)> = Vec::new();
    let mut rest = text;
    let mut slash = false;
    loop {
        rest = rest.trim_start();
        let Some(first) = rest.chars().next() else { return (found, slash, "") };
        match first {
            '>' => return (found, slash, &rest[1..]),
            // A tag that was never finished.
            '<' => return (found, slash, rest),
            '/' => {
                slash = true;
                rest = &rest[1..];
                continue;
            }
            _ => slash = false,
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '<')).unwrap_or(rest.len());
        let name = &rest[..end];
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(given) = rest.strip_prefix('=') {
            let given = given.trim_start();
            let quote = given.chars().next().filter(|c| matches!(c, '"' | '\''));
            (value, rest) = match quote.and_then(|quote| given[1..].split_once(quote)) {
                Some(parts) => parts,
                None => given.split_at(given.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(given.len())),
            };
        }
        if !name.is_empty() && found.len() < 100 {
            found.push((name, value));
        } else if end == 0 && value.is_empty() && !rest.is_empty() {
            let skip = rest.chars().next().map_or(0, char::len_utf8);
            rest = &rest[skip..];
        }
    }
}
