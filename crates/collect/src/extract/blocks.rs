//! The text of a page as blocks: what a reader sees as one paragraph, heading, list item or line.

use super::elements::Kind;
use super::tree::Tree;

/// One block.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// Text, white space collapsed.
    pub(super) text: String,
    pub(super) chars: usize,
    pub(super) link_chars: usize,
    /// Characters set in bold or italics.
    pub(super) strong_chars: usize,
    /// The block-level element around it.
    pub(super) owner: usize,
    /// The first text part in it.
    pub(super) first: usize,
    /// Its links: address as written, and the words that carry it.
    pub(super) links: Vec<(String, String)>,
}

impl Block {
    pub(super) fn link_share(&self) -> f64 {
        if self.chars == 0 { 0.0 } else { self.link_chars as f64 / self.chars as f64 }
    }

    /// Ends as sentences end, in the scripts of the desks.
    pub(super) fn ends_as_sentence(&self) -> bool {
        let end = self.text.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', '*', ' ']);
        end.ends_with(['.', '!', '?', '؟', '…', '。', ':', '۔', ';', '؛'])
    }
}

/// The blocks of a tree, in reading order.
pub(super) fn of(tree: &Tree) -> Vec<Block> {
    collected(tree, true)
}

/// The same without their words: only where and how long they are.
pub(super) fn measured(tree: &Tree) -> Vec<Block> {
    collected(tree, false)
}

fn collected(tree: &Tree, with_text: bool) -> Vec<Block> {
    let mut collector =
        Collector { tree, with_text, blocks: Vec::new(), block: None, ends: Vec::new(), strong_until: 0, link: None };
    for index in 0..tree.parts.len() {
        collector.visit(index);
    }
    collector.flush();
    collector.blocks
}

struct Collector<'t, 'a> {
    tree: &'t Tree<'a>,
    with_text: bool,
    blocks: Vec<Block>,
    block: Option<Block>,
    ends: Vec<usize>,
    strong_until: usize,
    /// The address of the link that is open, and the part after its last.
    link: Option<(&'a str, usize)>,
}

impl Collector<'_, '_> {
    fn visit(&mut self, index: usize) {
        while self.ends.last().is_some_and(|end| index >= *end) {
            self.ends.pop();
            self.flush();
        }
        let part = &self.tree.parts[index];
        match part.text() {
            Some(text) => self.add(index, text),
            None if part.kind.is(Kind::BREAK) => self.flush(),
            None if part.kind.is(Kind::INLINE) => {
                if let Some(address) = part.attributes.href.filter(|_| part.kind.is(Kind::LINK)) {
                    self.link = Some((address, part.end));
                    if let Some(block) = &mut self.block
                        && self.with_text
                    {
                        block.links.push((address.to_owned(), String::new()));
                    }
                }
                if part.kind.is(Kind::STRONG) {
                    self.strong_until = self.strong_until.max(part.end);
                }
            }
            None => {
                self.flush();
                self.ends.push(part.end);
            }
        }
    }

    fn add(&mut self, index: usize, text: &str) {
        let part = &self.tree.parts[index];
        if self.block.is_none() {
            if part.chars == 0 {
                return;
            }
            let owner = self.tree.ancestors(index).find(|at| !self.tree.parts[*at].kind.is(Kind::INLINE)).unwrap_or(0);
            self.block = Some(Block {
                text: String::new(),
                chars: 0,
                link_chars: 0,
                strong_chars: 0,
                owner,
                first: index,
                links: Vec::new(),
            });
        }
        let Some(block) = &mut self.block else { return };
        if self.with_text {
            append(&mut block.text, text);
            if let Some((address, _)) = self.link.filter(|(_, end)| index < *end) {
                if block.links.last().is_none_or(|(known, _)| known != address) {
                    block.links.push((address.to_owned(), String::new()));
                }
                if let Some((_, words)) = block.links.last_mut() {
                    append(words, text);
                }
            }
        }
        block.chars += part.chars;
        if part.in_link {
            block.link_chars += part.chars;
        }
        if index < self.strong_until {
            block.strong_chars += part.chars;
        }
    }

    fn flush(&mut self) {
        if let Some(mut block) = self.block.take() {
            block.text.truncate(block.text.trim_end().len());
            if block.chars > 0 {
                self.blocks.push(block);
            }
        }
    }
}

/// Appends a text, white space collapsed, soft hyphens and byte order marks left out.
fn append(out: &mut String, text: &str) {
    let mut blank = out.is_empty() || out.ends_with(' ');
    out.reserve(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !blank {
                out.push(' ');
                blank = true;
            }
        } else if c != '\u{AD}' && c != '\u{FEFF}' {
            out.push(c);
            blank = false;
        }
    }
}
