//! The tree of a page written again with harmless elements only.

use super::dressing::{self, Dress};
use super::marking::{self, Marks};
use crate::{extract, fragment};
use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::{Html, Node};
use sitrep_model::citation::Passage;
use url::Url;

const KEPT: &[&str] = &[
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "main",
    "mark",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

const VOID: &[&str] = &["br", "col", "hr", "wbr"];

/// Elements that go with everything in them.
const DROPPED: &[&str] = &[
    "script", "noscript", "style", "template", "svg", "math", "iframe", "frame", "object", "embed", "applet", "canvas",
    "audio", "video", "select", "textarea", "input", "button", "noembed", "noframes", "title", "head", "map", "portal",
    "link", "meta", "base", "param", "source", "track",
];

const ATTRIBUTES: &[&str] = &["lang", "dir", "colspan", "rowspan", "datetime", "start", "reversed", "scope", "open"];

/// The body of a page.
pub(super) fn body(html: &Html, base: Option<&Url>, passage: Option<&Passage>, dress: Option<&Dress<'_>>) -> String {
    let root = html.root_element();
    let body = extract::body_of(root).unwrap_or(root);
    let marks = passage.and_then(|passage| {
        let texts: Vec<&str> = texts(*body).collect();
        marking::place(&texts, passage)
    });
    let mut writer = Writer { out: String::new(), number: 0, marks: marks.unwrap_or_default(), base, dress };
    let mut skipped: Option<NodeRef<'_, Node>> = None;
    for edge in body.traverse() {
        match edge {
            Edge::Open(node) if skipped.is_none() => {
                if is_dropped(node) {
                    skipped = Some(node);
                } else {
                    writer.open(node);
                }
            }
            Edge::Close(node) if skipped == Some(node) => skipped = None,
            Edge::Close(node) if skipped.is_none() => writer.close(node),
            _ => {}
        }
    }
    writer.out
}

fn is_dropped(node: NodeRef<'_, Node>) -> bool {
    node.value().as_element().is_some_and(|element| DROPPED.contains(&element.name()))
}

/// The texts that are written, in order.
fn texts<'a>(body: NodeRef<'a, Node>) -> impl Iterator<Item = &'a str> {
    let mut skipped: Option<NodeRef<'a, Node>> = None;
    body.traverse().filter_map(move |edge| match edge {
        Edge::Open(node) if skipped.is_none() => {
            if is_dropped(node) {
                skipped = Some(node);
            }
            node.value().as_text().map(|text| &*text.text)
        }
        Edge::Close(node) if skipped == Some(node) => {
            skipped = None;
            None
        }
        _ => None,
    })
}

struct Writer<'a> {
    out: String,
    number: usize,
    marks: Marks,
    base: Option<&'a Url>,
    dress: Option<&'a Dress<'a>>,
}

impl Writer<'_> {
    fn open(&mut self, node: NodeRef<'_, Node>) {
        match node.value() {
            Node::Text(text) => {
                marking::write_text(&text.text, self.number, &self.marks, &mut self.out);
                self.number += 1;
            }
            Node::Element(element) => match element.name() {
                "a" => {
                    let address = element.attr("href").and_then(|href| fragment::address(href, self.base));
                    self.out.push_str("<span class=\"link\"");
                    if let Some(address) = address {
                        self.attribute("title", &address);
                    }
                    self.worn(element);
                    self.out.push('>');
                }
                "img" => self.picture(element),
                name if KEPT.contains(&name) => {
                    self.out.push('<');
                    self.out.push_str(name);
                    for (name, value) in
                        element.attrs().filter(|(name, value)| ATTRIBUTES.contains(name) && value.len() <= 60)
                    {
                        self.attribute(name, value);
                    }
                    self.worn(element);
                    self.out.push('>');
                }
                _ => {}
            },
            _ => {}
        }
    }

    fn close(&mut self, node: NodeRef<'_, Node>) {
        let Some(element) = node.value().as_element() else { return };
        match element.name() {
            "a" => self.out.push_str("</span>"),
            name if KEPT.contains(&name) && !VOID.contains(&name) => {
                self.out.push_str("</");
                self.out.push_str(name);
                self.out.push('>');
            }
            _ => {}
        }
    }

    /// What the captured style sheets know an element by, where there are some, and its own declarations.
    fn worn(&mut self, element: &scraper::node::Element) {
        let Some(dress) = self.dress else { return };
        if element.name() != "a" {
            dressing::names(element, &mut self.out);
        }
        let declared = element.attr("style").and_then(|style| dress.declarations(style, self.base));
        if let Some(declared) = declared.filter(|declared| !declared.trim().is_empty()) {
            self.attribute("style", &declared);
        }
    }

    fn picture(&mut self, element: &scraper::node::Element) {
        if let Some(data) = self.dress.and_then(|dress| dress.picture_of(element, self.base)) {
            self.out.push_str("<img");
            self.attribute("src", &data);
            self.attribute("alt", element.attr("alt").unwrap_or_default());
            for name in ["width", "height"] {
                if let Some(value) = element.attr(name).filter(|value| value.len() <= 6) {
                    self.attribute(name, value);
                }
            }
            self.worn(element);
            self.out.push('>');
            return;
        }
        let words = ["alt", "title"]
            .iter()
            .find_map(|name| element.attr(name))
            .map(str::trim)
            .filter(|words| !words.is_empty());
        if let Some(words) = words {
            self.out.push_str("<span class=\"picture\">[");
            fragment::escape(words, &mut self.out);
            self.out.push_str("]</span>");
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        fragment::escape(value, &mut self.out);
        self.out.push('"');
    }
}
