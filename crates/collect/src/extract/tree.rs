//! A page's body as a flat list of parts in reading order, without what is never part of a report: scripts, forms'
//! controls, navigation, hidden elements.

use ego_tree::NodeRef;
use scraper::{Html, Node};

/// An element or a text.
pub(super) struct Part<'a> {
    pub(super) node: NodeRef<'a, Node>,
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

    pub(super) fn attr(&self, name: &str) -> Option<&'a str> {
        self.node.value().as_element().and_then(|element| element.attr(name))
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

/// How much is left out at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strictness {
    /// Also what its class or identifier calls something else than the report.
    ByName,
    /// Only what the standard's elements and attributes say.
    ByElement,
}

/// The parts of a page's body.
pub(super) struct Tree<'a> {
    pub(super) parts: Vec<Part<'a>>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(html: &'a Html, strictness: Strictness) -> Self {
        let root = html.root_element();
        let body = super::body_of(root).unwrap_or(root);
        let mut parts: Vec<Part<'a>> = Vec::new();
        // Each entry: the node still to be visited, or the index of the part that ends here.
        let mut stack: Vec<(NodeRef<'a, Node>, usize, bool)> = vec![(*body, usize::MAX, false)];
        let mut open: Vec<(usize, usize)> = Vec::new();
        while let Some((node, parent, in_link)) = stack.pop() {
            while let Some((index, depth)) = open.last().copied() {
                if stack.len() < depth {
                    parts[index].end = parts.len();
                    open.pop();
                } else {
                    break;
                }
            }
            let (chars, in_link) = match node.value() {
                Node::Text(text) => (collapsed_length(&text.text), in_link),
                Node::Element(element) => {
                    if parent != usize::MAX && left_out(element, strictness) {
                        continue;
                    }
                    (0, in_link || element.name() == "a" && element.attr("href").is_some())
                }
                _ => continue,
            };
            if node.value().is_text() && chars == 0 && node.value().as_text().is_some_and(|text| text.is_empty()) {
                continue;
            }
            let index = parts.len();
            parts.push(Part {
                node,
                parent,
                end: index + 1,
                chars,
                link_chars: if in_link { chars } else { 0 },
                in_link,
            });
            if node.value().is_element() {
                let depth = stack.len();
                for child in node.children().rev() {
                    stack.push((child, index, in_link));
                }
                open.push((index, depth));
            }
        }
        let length = parts.len();
        for (index, _) in open {
            parts[index].end = length;
        }
        for index in (1..parts.len()).rev() {
            let (chars, link_chars, parent) = (parts[index].chars, parts[index].link_chars, parts[index].parent);
            if let Some(parent) = parts.get_mut(parent) {
                parent.chars += chars;
                parent.link_chars += link_chars;
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

/// Elements that never hold a report's text.
const LEFT_OUT: &[&str] = &[
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
    "nav",
    "footer",
    "audio",
    "video",
    "map",
    "dialog",
    "head",
    "menu",
    "figcaption",
    "aside",
    "datalist",
    "math-field",
    "amp-ad",
    "amp-sidebar",
    "fieldset",
    "link",
    "meta",
    "title",
    "applet",
];

const LEFT_OUT_ROLES: &[&str] = &[
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
    "tablist",
];

fn left_out(element: &scraper::node::Element, strictness: Strictness) -> bool {
    let name = element.name();
    if LEFT_OUT.contains(&name) || element.attr("hidden").is_some() {
        return true;
    }
    if element.attr("role").is_some_and(|role| LEFT_OUT_ROLES.contains(&role)) {
        return true;
    }
    if element.attr("aria-hidden") == Some("true") && name != "body" {
        return true;
    }
    if let Some(style) = element.attr("style") {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
        if style.contains("display:none") || style.contains("visibility:hidden") {
            return true;
        }
    }
    strictness == Strictness::ByName
        && !matches!(name, "article" | "main" | "p" | "body" | "html")
        && super::naming::is_aside(element)
}
