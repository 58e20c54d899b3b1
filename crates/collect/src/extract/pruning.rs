//! What of a page's body is something beside the report by its element, its attributes or its names, unless it holds
//! most of what the page has to say: a name is a guess, and prose outweighs it.

use super::blocks::Block;
use super::elements::Kind;
use super::naming::{Names, Role};
use super::tree::{Part, Tree};
use std::collections::HashMap;

/// A page's remaining prose shorter than this is no report, in characters.
const LITTLE: usize = 250;

/// How much is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Severity {
    /// All that is beside the report by its names too.
    ByName,
    /// Only what is so by its element, its attributes, or names that are seldom wrong.
    ByElement,
    /// Navigation and captions.
    Least,
}

/// Which parts to drop, each with all that is inside it.
pub(super) fn dropped<'a>(tree: &Tree<'a>, blocks: &[Block], severity: Severity, names: &mut Names<'a>) -> Vec<bool> {
    let roles: Vec<Role> = tree.parts.iter().map(|part| role(part, severity, names)).collect();
    let mut dropped = vec![false; tree.parts.len()];
    let prose = Prose::of(tree, blocks, &dropped);
    drop(tree, &mut dropped, |at, end| {
        let inside = prose.inside(at, end);
        let alone = prose.inside(0, tree.parts.len()) - inside < LITTLE;
        roles[at] == Role::Beside && !(inside > LITTLE && alone)
    });
    if severity == Severity::ByName {
        drop_teasers(tree, &mut dropped, &prose);
    }
    let prose = Prose::of(tree, blocks, &dropped);
    let total = prose.inside(0, tree.parts.len());
    let marks = marks(tree, &dropped);
    drop(tree, &mut dropped, |at, end| {
        let inside = prose.inside(at, end);
        let most = inside * 2 >= total && marks[end] > marks[at] || total - inside < LITTLE;
        roles[at] == Role::Doubtful && !(inside > LITTLE && most)
    });
    if severity != Severity::Least {
        outside_main(tree, &mut dropped, &prose);
    }
    dropped
}

/// Teasers of other reports: a box with a linked heading and a few lines, among its like.
fn drop_teasers(tree: &Tree, dropped: &mut [bool], prose: &Prose) {
    let linked: Vec<bool> =
        tree.parts.iter().map(|part| is_heading(part) && part.chars > 0 && part.link_share() > 0.9).collect();
    let mut before = vec![0_usize; tree.parts.len() + 1];
    for (at, linked) in linked.iter().enumerate() {
        before[at + 1] = before[at] + usize::from(*linked);
    }
    let mut boxes: HashMap<usize, Vec<usize>> = HashMap::new();
    for heading in (0..tree.parts.len()).filter(|at| linked[*at]) {
        let mut item = heading;
        for around in tree.ancestors(heading).take(8) {
            let part = &tree.parts[around];
            if before[part.end] - before[around] > 1 || matches!(part.name(), "body" | "main") {
                break;
            }
            item = around;
        }
        let part = &tree.parts[item];
        if part.chars > tree.parts[heading].chars && part.chars < TEASER && part.parent != usize::MAX {
            boxes.entry(part.parent).or_default().push(item);
        }
    }
    for items in boxes.into_values().filter(|items| items.len() >= 3) {
        let inside: usize = items.iter().map(|item| prose.inside(*item, tree.parts[*item].end)).sum();
        if prose.inside(0, tree.parts.len()) - inside > LITTLE {
            items.into_iter().for_each(|item| dropped[item] = true);
        }
    }
}

fn is_heading(part: &Part) -> bool {
    part.kind.is(Kind::HEADING)
}

/// A teaser is shorter than this, in characters.
const TEASER: usize = 1_000;

/// Elements that stand where a page's own report stands: counted before each part.
fn marks(tree: &Tree, dropped: &[bool]) -> Vec<usize> {
    let mut count = 0;
    let mut before = Vec::with_capacity(tree.parts.len() + 1);
    for (part, dropped) in tree.parts.iter().zip(dropped) {
        before.push(count);
        let mark = part.kind.is(Kind::MARK) || part.attributes.main || part.attributes.body;
        count += usize::from(mark && !dropped);
    }
    before.push(count);
    before
}

/// Where a page has one main element, and it holds a report, what is outside it is none.
fn outside_main(tree: &Tree, dropped: &mut [bool], prose: &Prose) {
    let mut found = None;
    let mut at = 1;
    while at < tree.parts.len() {
        let part = &tree.parts[at];
        if dropped[at] {
            at = part.end;
        } else if part.kind.is(Kind::MAIN) || part.attributes.main {
            if found.is_some() {
                return;
            }
            found = Some(at);
            at = part.end;
        } else {
            at += 1;
        }
    }
    let Some(main) = found else { return };
    let end = tree.parts[main].end;
    let inside = prose.inside(main, end);
    if inside < LITTLE * 2 || inside * 4 < prose.inside(0, tree.parts.len()) {
        return;
    }
    let around: Vec<usize> = tree.ancestors(main).collect();
    for (at, dropped) in dropped.iter_mut().enumerate().skip(1) {
        *dropped |= !(main..end).contains(&at) && !around.contains(&at);
    }
}

/// Marks the outermost parts for which the question is answered with yes.
fn drop(tree: &Tree, dropped: &mut [bool], is_dropped: impl Fn(usize, usize) -> bool) {
    let mut at = 1;
    while at < tree.parts.len() {
        let end = tree.parts[at].end;
        if dropped[at] || is_dropped(at, end) {
            dropped[at] = true;
            at = end;
        } else {
            at += 1;
        }
    }
}

fn role<'a>(part: &Part<'a>, severity: Severity, names: &mut Names<'a>) -> Role {
    if part.text().is_some() {
        return Role::Report;
    }
    if part.kind.is(Kind::SURELY_BESIDE) {
        return Role::Beside;
    }
    if severity == Severity::Least {
        return Role::Report;
    }
    let said = names.said(&part.attributes);
    let named = if part.kind.is(Kind::REPORT) { Role::Report } else { said.role };
    let beside = part.kind.is(Kind::BESIDE) || part.attributes.beside || part.attributes.hidden || said.hidden;
    match named {
        Role::Beside => Role::Beside,
        _ if beside => Role::Doubtful,
        Role::Doubtful if severity == Severity::ByElement => Role::Report,
        named => named,
    }
}

/// Running text by place in the tree.
pub(super) struct Prose {
    /// Characters before each part.
    before: Vec<usize>,
}

impl Prose {
    /// Of the parts that are not inside one that is dropped.
    pub(super) fn of(tree: &Tree, blocks: &[Block], dropped: &[bool]) -> Self {
        let mut before = vec![0; tree.parts.len() + 1];
        for block in blocks.iter().filter(|block| block.chars >= 40 && block.link_share() < 0.4) {
            before[block.first + 1] += block.chars;
        }
        let mut at = 0;
        while at < tree.parts.len() {
            if dropped.get(at).copied().unwrap_or(false) {
                let end = tree.parts[at].end;
                before[at + 1..=end].fill(0);
                at = end;
            } else {
                at += 1;
            }
        }
        for at in 1..before.len() {
            before[at] += before[at - 1];
        }
        Self { before }
    }

    /// Characters of running text that begin in these parts.
    pub(super) fn inside(&self, start: usize, end: usize) -> usize {
        self.before[end.min(self.before.len() - 1)] - self.before[start]
    }
}
