//! Pages to text: one block a line, an empty line between blocks, with what the markup says of each.
//!
//! Walks the tree with a stack of its own, so depth costs no call stack.

use super::label;
use super::segments::Segment;
use crate::Error;
use ego_tree::{NodeId, NodeRef};
use scraper::{ElementRef, Html, Node, Selector};

const MAX_DEPTH: usize = 512;

/// Refuses a page whose elements nest without end before a tree is built from it.
fn check_depth(page: &str) -> Result<(), Error> {
    const NESTING: [&str; 12] =
        ["div", "span", "b", "i", "em", "strong", "blockquote", "section", "table", "ul", "a", "font"];
    let (mut depth, mut line) = (0_usize, 1);
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        line += rest[..at].matches('\n').count();
        rest = &rest[at + 1..];
        let closing = rest.starts_with('/');
        let name: String =
            rest.chars().skip(usize::from(closing)).take(11).take_while(char::is_ascii_alphanumeric).collect();
        if NESTING.contains(&name.to_ascii_lowercase().as_str()) {
            depth = if closing { depth.saturating_sub(1) } else { depth + 1 };
        }
        if depth > MAX_DEPTH {
            return Err(Error::TooDeep { line, limit: MAX_DEPTH });
        }
    }
    Ok(())
}

enum Step<'a> {
    Enter(NodeRef<'a, Node>),
    Leave(NodeRef<'a, Node>),
}

/// The text of a page and its blocks.
pub(super) fn extract(page: &str) -> Result<(String, Vec<Segment>), Error> {
    check_depth(page)?;
    let document = Html::parse_document(page);
    let root = content(&document);
    let mut page = Page { root: root.map(|root| root.id()), ..Page::default() };
    let mut steps = vec![Step::Enter(*document.root_element())];
    while let Some(step) = steps.pop() {
        match step {
            Step::Enter(node) => {
                if page.enter(node) {
                    steps.push(Step::Leave(node));
                    let mut children: Vec<_> = node.children().map(Step::Enter).collect();
                    children.reverse();
                    steps.append(&mut children);
                }
            }
            Step::Leave(node) => page.leave(node),
        }
    }
    page.close();
    Ok((page.text, page.segments))
}

/// The element that holds the edition: the innermost that generations of markup name so.
fn content(document: &Html) -> Option<ElementRef<'_>> {
    const NAMES: [&str; 8] = [
        "#printable-area",
        "main article",
        "article",
        "main",
        "[role=main]",
        "#content .node",
        "#content",
        ".entry-content",
    ];
    NAMES.iter().filter_map(|name| Selector::parse(name).ok()).find_map(|selector| document.select(&selector).next())
}

#[derive(Default)]
struct Page {
    root: Option<NodeId>,
    inside: usize,
    text: String,
    count: usize,
    line: usize,
    segments: Vec<Segment>,
    open: Option<Segment>,
    space: bool,
    bold: usize,
    italic: usize,
    plain: bool,
    upright: bool,
    heading: Option<u8>,
    item: usize,
    superscript: usize,
    caption: usize,
    picture: Option<String>,
}

impl Page {
    fn enter(&mut self, node: NodeRef<'_, Node>) -> bool {
        match node.value() {
            Node::Text(text) => {
                self.write(text);
                false
            }
            Node::Element(element) => {
                if Some(node.id()) == self.root || element.name() == "h1" {
                    self.inside += 1;
                }
                match element.name() {
                    "script" | "style" | "head" | "noscript" | "template" | "svg" | "iframe" | "button" | "select" => {
                        return false;
                    }
                    "br" => {
                        self.breaks();
                    }
                    "img" => self.picture = element.attr("src").map(str::to_owned),
                    "b" | "strong" => self.bold += 1,
                    "i" | "em" => self.italic += 1,
                    "sup" => self.superscript += 1,
                    name if is_block(name) => {
                        self.close();
                        self.heading = heading(name).or(self.heading);
                        self.item += usize::from(name == "li");
                        self.caption += usize::from(name == "figcaption");
                    }
                    _ => {}
                }
                true
            }
            Node::Document | Node::Fragment => true,
            _ => false,
        }
    }

    fn leave(&mut self, node: NodeRef<'_, Node>) {
        let Some(element) = node.value().as_element() else {
            return;
        };
        match element.name() {
            "b" | "strong" => self.bold = self.bold.saturating_sub(1),
            "i" | "em" => self.italic = self.italic.saturating_sub(1),
            "sup" => self.superscript = self.superscript.saturating_sub(1),
            name if is_block(name) => {
                self.close();
                if heading(name).is_some() {
                    self.heading = None;
                }
                self.item -= usize::from(name == "li" && self.item > 0);
                self.caption -= usize::from(name == "figcaption" && self.caption > 0);
            }
            _ => {}
        }
        if Some(node.id()) == self.root || element.name() == "h1" {
            self.inside = self.inside.saturating_sub(1);
        }
    }

    /// A line break ends a line of a title or a note list; within prose the sentence goes on.
    fn breaks(&mut self) {
        let prose = self.open.as_ref().is_some_and(|open| self.count - open.start > 200);
        if prose { self.space = true } else { self.close() }
    }

    fn write(&mut self, text: &str) {
        let raised;
        let text = if self.superscript > 0 && !text.trim().is_empty() && text.trim().chars().all(|c| c.is_ascii_digit())
        {
            raised = label::superscript(text.trim());
            raised.as_str()
        } else {
            text
        };
        for c in text.chars() {
            if c.is_whitespace() {
                self.space = true;
                continue;
            }
            if self.open.is_none() {
                self.begin();
            } else if self.space {
                self.push(' ');
            }
            self.space = false;
            if self.bold == 0 && !self.plain {
                self.plain = true;
                let at = self.count;
                if let Some(open) = self.open.as_mut().filter(|open| at > open.start) {
                    open.bold = Some(at);
                }
            }
            self.upright |= self.italic == 0;
            self.push(c);
        }
    }

    fn push(&mut self, c: char) {
        self.text.push(c);
        self.count += 1;
    }

    fn begin(&mut self) {
        self.plain = false;
        self.upright = false;
        self.space = false;
        if self.count > 0 {
            self.push('\n');
            self.push('\n');
            self.line += 2;
        }
        self.open = Some(Segment {
            start: self.count,
            line: self.line + 1,
            spaced: true,
            heading: self.heading,
            list: self.item > 0,
            outside: self.root.is_some() && self.inside == 0,
            ..Segment::default()
        });
    }

    fn close(&mut self) {
        self.space = false;
        let Some(mut segment) = self.open.take() else {
            return;
        };
        segment.end = self.count;
        segment.italic = !self.upright;
        if !self.plain {
            segment.bold = Some(self.count);
        }
        if self.caption > 0 {
            segment.figure = Some(self.picture.take().unwrap_or_default());
        }
        self.segments.push(segment);
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "footer"
            | "nav"
            | "aside"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "table"
            | "tr"
            | "td"
            | "th"
            | "blockquote"
            | "figure"
            | "figcaption"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "form"
            | "pre"
            | "address"
            | "body"
            | "hr"
            | "details"
            | "summary"
    )
}

fn heading(name: &str) -> Option<u8> {
    let depth = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&depth).then_some(depth)
}
