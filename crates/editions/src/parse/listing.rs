//! Lists of the sections to come: lines that look like titles, each of which opens a section further down.

use super::{Block, lines};
use std::collections::HashSet;

/// Lines in a row from which on they are taken for a list.
const ROW: usize = 3;

/// The blocks that only list what follows.
pub(super) fn find(blocks: &[Block], notes: Option<usize>) -> HashSet<usize> {
    let body = &blocks[..notes.unwrap_or(blocks.len())];
    let names: Vec<Option<String>> = body.iter().map(name).collect();
    let mut seen: HashSet<&str> = HashSet::new();
    let mut returns = vec![false; body.len()];
    for (at, name) in names.iter().enumerate().rev() {
        if let Some(name) = name.as_deref().filter(|name| !name.is_empty()) {
            returns[at] = !seen.insert(name) && is_short(&body[at]);
        }
    }
    let mut found = HashSet::new();
    let mut at = 0;
    while at < body.len() {
        let mut row = returns[at..].iter().take_while(|returns| **returns).count();
        if row >= ROW {
            // A title that is spelt otherwise further down still belongs to the list, where the list's first title
            // comes right behind it.
            let opens = (at + row..body.len().min(at + row + 4)).find(|behind| names[*behind] == names[at]);
            row = opens.map_or(row, |opens| opens - at);
            found.extend(at..at + row);
        }
        at += row.max(1);
    }
    found
}

fn is_short(block: &Block) -> bool {
    block.text.chars().count() < 220 && !block.text.contains(". ")
}

/// A title's name without what says more of it: what stands before a dash, a bracket or a colon.
fn name(block: &Block) -> Option<String> {
    if block.markers().next().is_some() || lines::is_takeaways_heading(&block.text) {
        return None;
    }
    let opening: String = block.text.chars().take(220).collect();
    let text = opening.trim_end_matches(" and").trim_end_matches([';', ',', '.']);
    let head = text.split(['(', ':', '—', '–']).next().unwrap_or_default();
    let head = if head.split_whitespace().count() >= 2 { head } else { text };
    let titled = head.split_whitespace().count() <= 3 || lines::looks_like_heading(head.trim());
    titled.then(|| {
        let words = head.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
    })
}
