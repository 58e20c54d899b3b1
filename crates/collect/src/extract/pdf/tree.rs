//! The pages of a file in order, and where links on them lead.

use super::file::File;
use super::lines;
use super::object::{Dict, Value};
use super::page::Glyph;
use crate::extract::Link;
use std::collections::HashSet;
use std::rc::Rc;

/// Pages that are read; those behind them are left out.
const MOST_PAGES: usize = 2_000;

/// Branches of the tree of pages, at most.
const MOST_NODES: usize = 20_000;

/// Links of one page, and of a document.
const MOST_LINKS: usize = 500;

pub(super) struct Leaf {
    pub(super) dict: Rc<Dict>,
    pub(super) resources: Value,
}

/// The pages in order. A branch that comes again is not followed.
pub(super) fn leaves(file: &File<'_>) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    let mut seen: HashSet<u32> = HashSet::new();
    let mut open: Vec<(Value, Value)> = vec![(file.pages(), Value::Null)];
    let mut nodes = 0;
    while let Some((node, inherited)) = open.pop() {
        nodes += 1;
        if leaves.len() >= MOST_PAGES || nodes > MOST_NODES {
            break;
        }
        if let Value::Reference(number) = node
            && !seen.insert(number)
        {
            continue;
        }
        let value = file.follow(&node);
        let Some(dict) = value.dict() else { continue };
        let resources = match file.entry(dict, b"Resources") {
            Value::Null => inherited,
            own => own,
        };
        match file.entry(dict, b"Kids") {
            Value::List(kids) => {
                open.extend(kids.iter().rev().take(MOST_NODES).map(|kid| (kid.clone(), resources.clone())));
                open.truncate(2 * MOST_NODES);
            }
            _ => leaves.push(Leaf { dict: Rc::clone(dict), resources }),
        }
    }
    leaves
}

/// Adds the links of a page: their addresses and the words that they lie on.
pub(super) fn links(file: &File<'_>, page: &Dict, glyphs: &[Glyph], links: &mut Vec<Link>) {
    for note in file.entry(page, b"Annots").list().iter().take(MOST_LINKS) {
        let note = file.follow(note);
        let Some(note) = note.dict() else { continue };
        let action = file.entry(note, b"A");
        let Some(Value::Text(address)) = action.dict().map(|action| file.entry(action, b"URI")) else { continue };
        let address = super::about::words(&address);
        if !(address.starts_with("http://") || address.starts_with("https://")) || links.len() >= 4 * MOST_LINKS {
            continue;
        }
        let corners: Vec<f64> =
            file.entry(note, b"Rect").list().iter().filter_map(|number| file.follow(number).number()).collect();
        let &[x0, y0, x1, y1] = corners.as_slice() else { continue };
        let within = |glyph: &&Glyph| {
            let x = (glyph.from.0 + glyph.to.0) / 2.0;
            let y = glyph.from.1 + 0.3 * glyph.size;
            x >= x0.min(x1) && x <= x0.max(x1) && y >= y0.min(y1) && y <= y0.max(y1)
        };
        let inside: Vec<Glyph> = glyphs.iter().filter(within).cloned().collect();
        let right_to_left = lines::is_right_to_left(inside.iter());
        let words: Vec<String> = lines::of(inside, right_to_left).into_iter().map(|line| line.text).collect();
        let text = words.join(" ");
        if !text.is_empty() {
            links.push(Link { url: address, text });
        }
    }
}
