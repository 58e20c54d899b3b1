//! Pages to text: one block a line, an empty line between blocks, with what the markup says of each.
//!
//! Walks the tree with a stack of its own, so depth costs no call stack. What elements mean stands in `elements`.

mod elements;

use super::lines;
use super::segments::Segment;
use super::writer::Writer;
use crate::Error;
use ego_tree::{NodeId, NodeRef};
use elements::{
    Anchor, heading, is_block, is_byline, is_cell, is_raised, is_surely_note, is_title, note_list, note_number,
};
use scraper::node::Element;
use scraper::{ElementRef, Html, Node, Selector};
use std::collections::HashSet;

const MAX_DEPTH: usize = 512;

/// Characters up to which a cell holds data.
const CELL: usize = 600;

/// A note's label has fewer characters.
const LABEL: usize = 9;

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
    Ok((page.writer.text, page.writer.segments))
}

/// The element that holds the edition: the innermost that generations of markup name so; of several, the longest.
fn content(document: &Html) -> Option<ElementRef<'_>> {
    const NAMES: [&str; 14] = [
        "#printable-area",
        "main article",
        "article",
        "main",
        "[role=main]",
        "#content .node",
        "#content",
        ".entry-content",
        ".post-content",
        ".item-page",
        "[itemprop=articleBody]",
        "#mw-content-text",
        ".field-name-body",
        ".field--name-body",
    ];
    NAMES.iter().filter_map(|name| Selector::parse(name).ok()).find_map(|selector| {
        let mut found = document.select(&selector);
        let first = found.next()?;
        let length = |element: &ElementRef<'_>| element.text().map(str::len).sum::<usize>();
        let others: Vec<ElementRef<'_>> = found.collect();
        if others.is_empty() { Some(first) } else { std::iter::once(first).chain(others).max_by_key(length) }
    })
}

/// A list.
struct List {
    ordered: bool,
    /// The number of its next item, where it is a list of notes.
    next: Option<u32>,
}

#[derive(Default)]
struct Page {
    writer: Writer,
    root: Option<NodeId>,
    inside: usize,
    bold: usize,
    italic: usize,
    heading: Option<u8>,
    item: usize,
    raised: usize,
    anchors: Vec<(Anchor, usize)>,
    /// The lists that are open.
    lists: Vec<List>,
    notes: usize,
    caption: usize,
    byline: usize,
    /// First segments of the cells that are open.
    cells: Vec<usize>,
    /// Segments of cells that hold data.
    data: HashSet<usize>,
    picture: Option<String>,
    /// The note that the next text begins.
    note: Option<u32>,
    /// The last note that the markup named.
    noted: u32,
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
                self.open_element(element)
            }
            Node::Document | Node::Fragment => true,
            _ => false,
        }
    }

    fn open_element(&mut self, element: &Element) -> bool {
        if is_raised(element) {
            self.raised += 1;
            self.writer.fresh = true;
        }
        self.notes += usize::from(note_list(element));
        self.byline += usize::from(is_byline(element));
        match element.name() {
            "script" | "style" | "head" | "noscript" | "template" | "svg" | "iframe" | "select" => {
                self.raised -= usize::from(is_raised(element));
                self.notes -= usize::from(note_list(element));
                self.byline -= usize::from(is_byline(element));
                return false;
            }
            "br" => self.writer.breaks(),
            "img" => self.picture = element.attr("src").map(str::to_owned),
            "b" | "strong" => self.bold += 1,
            "i" | "em" => self.italic += 1,
            "a" => {
                self.name_note(element);
                self.anchors.push((Anchor::of(element), self.writer.next_word()));
            }
            "span" | "sup" => self.name_note(element),
            name if is_block(name) => {
                self.close();
                self.name_note(element);
                if is_cell(element) {
                    self.cells.push(self.writer.segments.len());
                }
                self.heading = heading(name).or(is_title(element).then_some(1)).or(self.heading);
                match name {
                    "li" => self.item(element),
                    "ol" | "ul" => {
                        let first = element.attr("start").and_then(|start| start.parse().ok()).unwrap_or(1);
                        let notes = self.notes > 0 || self.headed();
                        let ordered = name == "ol";
                        self.lists.push(List { ordered, next: (ordered && notes).then_some(first) });
                    }
                    "figcaption" => self.caption += 1,
                    _ => {}
                }
            }
            _ => {}
        }
        true
    }

    /// The note that an element's name says begins here.
    fn name_note(&mut self, element: &Element) {
        let begins = !self.writer.is_open() && (self.notes > 0 || is_surely_note(element));
        if let Some(number) = begins.then(|| note_number(element, self.noted + 1)).flatten() {
            (self.note, self.noted) = (Some(number), number);
        }
    }

    /// Whether the last block says that notes follow.
    fn headed(&self) -> bool {
        let last = self.writer.segments.last().filter(|last| last.end - last.start < 60);
        last.is_some_and(|last| {
            let text: String = self.writer.text.chars().rev().take(last.end - last.start).collect();
            lines::is_notes_heading(&text.chars().rev().collect::<String>())
        })
    }

    /// An item of a list; of a list of notes, one whose number the page makes.
    fn item(&mut self, element: &Element) {
        self.item += 1;
        let named = is_surely_note(element) && note_number(element, 1).is_some();
        let counted = self.lists.last_mut().and_then(|list| {
            list.next = list.next.or((list.ordered && named).then_some(1));
            let number =
                list.next.map(|next| element.attr("value").and_then(|value| value.parse().ok()).unwrap_or(next));
            list.next = number.map(|number: u32| number.saturating_add(1));
            number
        });
        self.note = counted.or(self.note);
    }

    fn leave(&mut self, node: NodeRef<'_, Node>) {
        let Some(element) = node.value().as_element() else {
            return;
        };
        match element.name() {
            "b" | "strong" => self.bold = self.bold.saturating_sub(1),
            "i" | "em" => self.italic = self.italic.saturating_sub(1),
            "a" => self.anchored(),
            name if is_block(name) => {
                self.close();
                if heading(name).is_some() || is_title(element) {
                    self.heading = None;
                }
                match name {
                    "li" => self.item = self.item.saturating_sub(1),
                    "ol" | "ul" => drop(self.lists.pop()),
                    "figcaption" => self.caption = self.caption.saturating_sub(1),
                    _ => {}
                }
            }
            _ => {}
        }
        self.raised -= usize::from(is_raised(element));
        self.notes -= usize::from(note_list(element));
        self.byline -= usize::from(is_byline(element));
        if is_cell(element) {
            self.leave_cell();
        }
        if Some(node.id()) == self.root || element.name() == "h1" {
            self.inside = self.inside.saturating_sub(1);
        }
    }

    /// A cell that holds more than a line or a few is no cell of data: the table only lays the page out.
    fn leave_cell(&mut self) {
        let Some(first) = self.cells.pop() else { return };
        let inside = self.writer.segments.get(first..).unwrap_or_default();
        let length: usize = inside.iter().map(|segment| segment.end - segment.start).sum();
        for at in first..self.writer.segments.len() {
            if length <= CELL {
                self.data.insert(at);
            } else if !self.data.contains(&at) {
                self.writer.segments[at].cell = false;
            }
        }
    }

    /// The end of a link: it leads somewhere, or it is a note's marker.
    fn anchored(&mut self) {
        let Some((anchor, from)) = self.anchors.pop() else { return };
        let span = from.max(self.writer.start())..self.writer.count;
        let leads_back = matches!(anchor, Anchor::Within);
        match anchor {
            Anchor::Note => self.writer.marker(span),
            Anchor::Away(url) => self.writer.link(span, url),
            Anchor::Within => {}
        }
        // A note's label leads back, and only its look parts it from the note.
        if leads_back && self.writer.is_open() && from <= self.writer.start() && self.writer.count - from < LABEL {
            self.writer.blank();
        }
    }

    fn write(&mut self, text: &str) {
        self.writer.bold = self.bold > 0;
        self.writer.italic = self.italic > 0;
        self.writer.raised = self.raised > 0;
        let first = !self.writer.is_open();
        let like = Segment {
            heading: self.heading,
            list: self.item > 0,
            outside: self.root.is_some() && self.inside == 0,
            note: self.note,
            byline: self.byline > 0,
            cell: !self.cells.is_empty() && self.item == 0,
            noted: self.item > 0 && self.lists.last().is_some_and(|list| list.next.is_some()),
            ..Segment::default()
        };
        self.writer.write(text, || like.clone());
        if first && self.writer.is_open() {
            self.note = None;
        }
    }

    fn close(&mut self) {
        let open = self.writer.is_open() && self.caption > 0;
        let figure = open.then(|| self.picture.take().unwrap_or_default());
        self.writer.close(figure);
    }
}
