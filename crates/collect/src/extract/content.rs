//! Which part of a page is the report: every paragraph speaks for the elements around it, less the farther they are;
//! links and names speak against.

use super::blocks::{self, Block};
use super::embedded;
use super::naming::{self, Names};
use super::page::Page;
use super::pruning::{self, Prose, Severity};
use super::tree::Tree;

/// A report shorter than this is looked for again with less left out, in characters.
const SHORT: usize = 300;

/// What is known of a report before it is found.
#[derive(Debug, Clone, Copy)]
pub(super) struct About<'a> {
    pub(super) title: Option<&'a str>,
    pub(super) authors: &'a [String],
}

/// The report's blocks.
pub(super) fn find(page: &Page, about: &About) -> Vec<Block> {
    let mut best = shown(page, about);
    if prose(&best) < SHORT {
        for piece in embedded::pieces(page) {
            let found = shown(&piece, about);
            if prose(&found) >= SHORT && prose(&found) > length(&best) * 2 {
                best = found;
            }
        }
    }
    if best.is_empty() {
        best = words_alone(page);
    }
    best
}

/// What a page says that has no sentence at all: all its words but those of links, unless it has no others.
fn words_alone(page: &Page) -> Vec<Block> {
    let whole = Tree::new(page);
    let dropped = pruning::dropped(&whole, &blocks::measured(&whole), Severity::Least, &mut Names::default());
    let mut found = blocks::of(&whole.without(&dropped));
    found.retain(|block| block.text.chars().any(char::is_alphanumeric));
    let has_others = found.iter().any(|block| block.link_share() < 0.5);
    found.retain(|block| !has_others || block.link_share() < 0.5);
    found
}

/// The report's blocks among what a page shows.
fn shown(page: &Page, about: &About) -> Vec<Block> {
    let mut names = Names::default();
    let mut best: Vec<Block> = Vec::new();
    let whole = Tree::new(page);
    let measured = blocks::measured(&whole);
    for severity in [Severity::ByName, Severity::ByElement, Severity::Least] {
        let dropped = pruning::dropped(&whole, &measured, severity, &mut names);
        let found = in_tree(&whole.without(&dropped), about, &mut names);
        if prose(&found) > length(&best) * 2 || best.is_empty() {
            best = found;
        }
        if prose(&best) >= SHORT {
            break;
        }
    }
    best
}

fn length(blocks: &[Block]) -> usize {
    blocks.iter().map(|block| block.chars).sum()
}

/// Characters of the blocks that read like sentences.
fn prose(blocks: &[Block]) -> usize {
    blocks.iter().filter(|block| block.chars >= 60 || block.ends_as_sentence()).map(|block| block.chars).sum()
}

fn in_tree<'a>(tree: &Tree<'a>, about: &About, names: &mut Names<'a>) -> Vec<Block> {
    let blocks = blocks::of(tree);
    let points = points(tree, &blocks, names);
    let Some(top) = top(tree, &blocks, &points) else { return Vec::new() };
    let roots = with_siblings(tree, &points, top);
    let mut chosen: Vec<Block> = leads(tree, &blocks, &roots);
    for (start, end) in roots {
        chosen.extend(blocks.iter().filter(|block| block.first >= start && block.first < end).cloned());
    }
    super::cleaning::clean(tree, chosen, about)
}

/// What stands between the headline and the chosen parts and reads like the report's first sentences.
fn leads(tree: &Tree, blocks: &[Block], roots: &[(usize, usize)]) -> Vec<Block> {
    let Some(first) = roots.first().map(|(start, _)| *start) else { return Vec::new() };
    let before: Vec<&Block> = blocks.iter().filter(|block| block.first < first).collect();
    let Some(headline) = before.iter().rposition(|block| tree.parts[block.owner].name() == "h1") else {
        return Vec::new();
    };
    let reads = |block: &&&Block| {
        let standfirst = std::iter::once(block.owner)
            .chain(tree.ancestors(block.owner))
            .take(3)
            .any(|at| naming::is_standfirst(&tree.parts[at].attributes));
        block.chars >= 60 && block.link_share() < 0.3 && block.ends_as_sentence() && !standfirst
    };
    let between = &before[headline + 1..];
    if between.len() > 40 {
        return Vec::new();
    }
    between.iter().filter(reads).map(|block| (*block).clone()).collect()
}

/// The points of each element.
fn points<'a>(tree: &Tree<'a>, blocks: &[Block], names: &mut Names<'a>) -> Vec<f64> {
    let mut points = vec![0.0; tree.parts.len()];
    let mut touched = vec![false; tree.parts.len()];
    for block in blocks {
        if block.chars < 25 || block.link_share() > 0.5 {
            continue;
        }
        let commas = block.text.chars().filter(|c| matches!(c, ',' | '،' | '、' | '，' | '؛')).count();
        let mut score = 1.0 + commas.min(10) as f64 + (block.chars as f64 / 100.0).min(3.0);
        if !block.ends_as_sentence() {
            score *= 0.5;
        }
        score *= 1.0 - block.link_share();
        let owner = tree.parts[block.owner].name();
        let start = if matches!(owner, "p" | "h1" | "h2" | "h3" | "h4" | "pre" | "li" | "blockquote" | "center") {
            tree.parts[block.owner].parent
        } else {
            block.owner
        };
        let around = std::iter::once(start).chain(tree.ancestors(start));
        for (level, at) in around.take_while(|at| *at != usize::MAX).take(6).enumerate() {
            let share = match level {
                0 => 1.0,
                1 => 0.5,
                level => 1.0 / (level as f64 * 3.0),
            };
            if !touched[at] {
                touched[at] = true;
                points[at] += first_points(tree, at, names);
            }
            points[at] += score * share;
        }
    }
    for (at, points) in points.iter_mut().enumerate() {
        *points *= 1.0 - tree.parts[at].link_share();
    }
    points
}

fn first_points<'a>(tree: &Tree<'a>, at: usize, names: &mut Names<'a>) -> f64 {
    let part = &tree.parts[at];
    let by_name = match part.name() {
        "article" | "main" => 15.0,
        "div" | "section" => 5.0,
        "pre" | "td" | "blockquote" => 3.0,
        "ol" | "ul" | "dl" | "dd" | "dt" | "li" | "form" | "address" => -3.0,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "th" => -5.0,
        _ => 0.0,
    };
    by_name + names.weight(&part.attributes)
}

/// The element that holds the report.
fn top(tree: &Tree, blocks: &[Block], points: &[f64]) -> Option<usize> {
    let mut best = points
        .iter()
        .enumerate()
        .filter(|(_, points)| **points > 0.0)
        .max_by(|(_, a), (_, b)| a.total_cmp(b))
        .map(|(at, _)| at)?;
    // The text of a report is often cut into several boxes: go up while what is around gains as much as it has.
    let mut last = points[best];
    let threshold = last / 3.0;
    let ancestors: Vec<usize> = tree.ancestors(best).collect();
    for at in ancestors {
        if tree.parts[at].name() == "body" || points[at] < threshold {
            break;
        }
        if points[at] > last {
            best = at;
            break;
        }
        last = points[at];
    }
    let prose = Prose::of(tree, blocks, &[]);
    let inside = |at: usize| prose.inside(at, tree.parts[at].end);
    let ancestors: Vec<usize> = tree.ancestors(best).collect();
    for at in ancestors {
        let part = &tree.parts[at];
        if matches!(part.name(), "body" | "html") {
            break;
        }
        let (had, has) = (inside(best), inside(at));
        let (gained, added) = (has - had, part.chars.saturating_sub(tree.parts[best].chars));
        let marked = part.name() == "article" || part.attributes.body;
        let much = has as f64 > had as f64 * if marked { 1.1 } else { 1.5 } && part.link_share() < 0.25;
        let mostly_prose = gained > 0 && gained * 10 >= added * 7;
        if much || mostly_prose {
            best = at;
        } else if has > had * 2 {
            break;
        }
    }
    Some(best)
}

/// The chosen element and those beside it that go on with its text.
fn with_siblings(tree: &Tree, points: &[f64], top: usize) -> Vec<(usize, usize)> {
    let parent = tree.parts[top].parent;
    if parent == usize::MAX || tree.parts[top].name() == "body" {
        return vec![(top, tree.parts[top].end)];
    }
    let threshold = (points[top] * 0.2).max(10.0);
    let class = tree.parts[top].attributes.class;
    let mut chosen = Vec::new();
    let mut at = parent + 1;
    while at < tree.parts[parent].end {
        let part = &tree.parts[at];
        let same = !class.is_empty() && part.attributes.class == class;
        let bonus = if same { points[top] * 0.2 } else { 0.0 };
        let text_alone = part.text().is_some() && part.chars > 80;
        let paragraph = part.name() == "p" && part.chars > 80 && part.link_share() < 0.25;
        let table = tree.parts[top].name() == "tr" && part.name() == "tr";
        if at == top || points[at] + bonus >= threshold || paragraph || text_alone || table {
            chosen.push((at, part.end));
        }
        at = part.end.max(at + 1);
    }
    chosen
}
