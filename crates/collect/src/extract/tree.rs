//! A page's body as a flat list of parts in reading order, without what is never part of a report: scripts, forms'
//! controls, navigation, hidden elements.

use ego_tree::NodeRef;
use scraper::{Html, Node};

/// The attributes of an element that say what it is, gathered in one pass: looking one up by its name is dear.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Attributes<'a> {
    pub(super) class: &'a str,
    pub(super) id: &'a str,
    pub(super) role: &'a str,
    pub(super) itemprop: &'a str,
    pub(super) style: &'a str,
    pub(super) href: Option<&'a str>,
    /// How programs name the element: `data-component`, `data-testid` and their like.
    pub(super) data: &'a str,
    /// `hidden`, or `aria-hidden="true"`.
    pub(super) hidden: bool,
}

impl<'a> Attributes<'a> {
    fn of(element: &'a scraper::node::Element) -> Self {
        let mut found = Self::default();
        for (name, value) in element.attrs() {
            match name {
                "class" => found.class = value,
                "id" => found.id = value,
                "role" => found.role = value,
                "itemprop" => found.itemprop = value,
                "style" => found.style = value,
                "href" => found.href = Some(value),
                "hidden" => found.hidden = true,
                "aria-hidden" => found.hidden |= value == "true",
                "data-component" | "data-testid" | "data-module" | "data-type" if value.len() < 60 => {
                    found.data = value
                }
                _ => {}
            }
        }
        found
    }

    /// Calls the element a report's body, in the words of schema.org.
    pub(super) fn is_body(&self) -> bool {
        self.itemprop.contains("rticleBody")
    }
}

/// An element or a text.
pub(super) struct Part<'a> {
    pub(super) node: NodeRef<'a, Node>,
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
    pub(super) fn name(&self) -> &'a str {
        self.node.value().as_element().map_or("", |element| element.name())
    }

    pub(super) fn text(&self) -> Option<&'a str> {
        match self.node.value() {
            Node::Text(text) => Some(&text.text),
            _ => None,
        }
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
    pub(super) fn new(html: &'a Html) -> Self {
        let root = html.root_element();
        let body = super::body_of(root).unwrap_or(root);
        let mut parts: Vec<Part<'a>> = Vec::new();
        // Each entry: a node still to be visited, the part around it, and whether it stands in a link.
        let mut stack: Vec<(NodeRef<'a, Node>, usize, bool)> = vec![(*body, usize::MAX, false)];
        while let Some((node, parent, in_link)) = stack.pop() {
            let mut attributes = Attributes::default();
            let (chars, in_link) = match node.value() {
                Node::Text(text) if text.is_empty() => continue,
                Node::Text(text) => (collapsed_length(text), in_link),
                Node::Element(element) if parent != usize::MAX && never_text(element) => continue,
                Node::Element(element) => {
                    attributes = Attributes::of(element);
                    (0, in_link || element.name() == "a" && attributes.href.is_some())
                }
                _ => continue,
            };
            let index = parts.len();
            let link_chars = if in_link { chars } else { 0 };
            parts.push(Part { node, attributes, parent, end: index + 1, chars, link_chars, in_link });
            if node.value().is_element() {
                stack.extend(node.children().rev().map(|child| (child, index, in_link)));
            }
        }
        Self::summed(parts)
    }

    /// The tree without some of its parts and all that is inside them.
    pub(super) fn without(self, dropped: &[bool]) -> Self {
        let mut places = vec![usize::MAX; self.parts.len()];
        let mut parts: Vec<Part<'a>> = Vec::with_capacity(self.parts.len());
        for (index, part) in self.parts.into_iter().enumerate() {
            let parent = if index == 0 { usize::MAX } else { places.get(part.parent).copied().unwrap_or(usize::MAX) };
            if index > 0 && (parent == usize::MAX || dropped.get(index).copied().unwrap_or(false)) {
                continue;
            }
            places[index] = parts.len();
            let (chars, link_chars) = if part.text().is_some() { (part.chars, part.link_chars) } else { (0, 0) };
            parts.push(Part { parent, end: parts.len() + 1, chars, link_chars, ..part });
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
    let mut count = 0;
    let mut blank = true;
    for c in text.chars() {
        if !c.is_whitespace() {
            count += 1 + usize::from(blank && count > 0);
            blank = false;
        } else {
            blank = true;
        }
    }
    count
}

/// Elements that hold no text for a reader, or a control's.
const NEVER_TEXT: &[&str] = &[
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "svg",
    "canvas",
    "object",
    "embed",
    "button",
    "select",
    "textarea",
    "input",
    "audio",
    "video",
    "map",
    "head",
    "datalist",
    "math-field",
    "amp-ad",
    "amp-sidebar",
    "link",
    "meta",
    "title",
    "applet",
];

fn never_text(element: &scraper::node::Element) -> bool {
    NEVER_TEXT.contains(&element.name())
}
