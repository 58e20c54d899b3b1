//! Glyphs to lines, and lines in the order in which they are read: columns one after another.

use super::order::{self, Unit};
use super::page::Glyph;

/// A line of a page.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    /// Height of its baseline above the page's foot.
    pub(super) base: f64,
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) right_to_left: bool,
    /// The stretch of the page that it stands in: a column, or what goes across.
    pub(super) block: usize,
}

/// What stands together on a baseline.
struct Piece {
    glyphs: Vec<Glyph>,
    left: f64,
    right: f64,
    base: f64,
    size: f64,
}

/// The share of the size from which room between glyphs is a space.
const SPACE: f64 = 0.15;

/// The same, from which what follows may stand in another column.
const GAP: f64 = 0.9;

/// Lines that a page must have on each side of a gap to be set in columns.
const COLUMN: usize = 5;

/// The lines of a page.
pub(super) fn of(glyphs: Vec<Glyph>, right_to_left: bool) -> Vec<Line> {
    let pieces = pieces(upright(glyphs));
    let mut blocks: Vec<Vec<Piece>> = Vec::new();
    divide(pieces, right_to_left, 0, &mut blocks);
    let mut lines = Vec::new();
    for (block, pieces) in blocks.into_iter().enumerate() {
        lines.extend(rows(pieces).into_iter().filter_map(|row| line(row, right_to_left, block)));
    }
    lines
}

/// Whether most letters of the glyphs run from right to left.
pub(super) fn is_right_to_left<'g>(glyphs: impl Iterator<Item = &'g Glyph>) -> bool {
    let units: Vec<Unit> = glyphs.map(|glyph| Unit { text: glyph.text.clone(), spaced: false }).collect();
    let (left, right) = order::letters(&units);
    right > left
}

/// Turns the page so that most of its text stands upright, and leaves out what stands otherwise: marks across the page,
/// notes along its edge.
fn upright(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let turn = |glyph: &Glyph| {
        let (dx, dy) = (glyph.to.0 - glyph.from.0, glyph.to.1 - glyph.from.1);
        let length = dx.hypot(dy);
        if length < 1e-6 {
            return None;
        }
        let (dx, dy) = (dx / length, dy / length);
        [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)].iter().position(|(x, y)| dx * x + dy * y > 0.98)
    };
    let turns: Vec<Option<usize>> = glyphs.iter().map(turn).collect();
    let count = |wanted: usize| turns.iter().filter(|turn| **turn == Some(wanted)).count();
    let most = (0..4).max_by_key(|turn| (count(*turn), 4 - turn)).unwrap_or(0);
    let turned = |(x, y): (f64, f64)| match most {
        0 => (x, y),
        1 => (y, -x),
        2 => (-x, -y),
        _ => (-y, x),
    };
    let mut last = Some(most);
    glyphs
        .into_iter()
        .zip(turns)
        .filter_map(|(mut glyph, turn)| {
            // A glyph without width has no direction of its own.
            let zero = turn.is_none() && (glyph.to.0 - glyph.from.0).hypot(glyph.to.1 - glyph.from.1) < 1e-6;
            let its = if zero { last } else { turn };
            last = its;
            (glyph.from, glyph.to) = (turned(glyph.from), turned(glyph.to));
            (its == Some(most)).then_some(glyph)
        })
        .collect()
}

/// Glyphs by baselines, parted where much room stands between them.
fn pieces(glyphs: Vec<Glyph>) -> Vec<Piece> {
    let mut glyphs = joined_marks(glyphs);
    glyphs.sort_by(|a, b| b.from.1.total_cmp(&a.from.1));
    let mut rows: Vec<(f64, f64, Vec<Glyph>)> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some((base, size, row)) if (*base - glyph.from.1).abs() <= 0.45 * size.max(glyph.size) => {
                if glyph.size > *size {
                    (*base, *size) = (glyph.from.1, glyph.size);
                }
                row.push(glyph);
            }
            _ => rows.push((glyph.from.1, glyph.size, vec![glyph])),
        }
    }
    let mut pieces = Vec::new();
    for (base, _, mut row) in rows {
        row.sort_by(|a, b| a.from.0.total_cmp(&b.from.0));
        let mut piece: Vec<Glyph> = Vec::new();
        let mut end = f64::MIN;
        for glyph in row {
            if !piece.is_empty() && glyph.from.0 - end > GAP * glyph.size.max(1.0) {
                pieces.extend(part(std::mem::take(&mut piece), base));
            }
            if glyph.text.trim().is_empty() {
                continue;
            }
            end = if piece.is_empty() { glyph.to.0 } else { end.max(glyph.to.0) };
            piece.push(glyph);
        }
        pieces.extend(part(piece, base));
    }
    pieces
}

/// Marks that are set upon a letter go with it.
fn joined_marks(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let is_mark = |text: &str| !text.is_empty() && text.chars().all(unicode_normalization::char::is_combining_mark);
    let mut out: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    for glyph in glyphs {
        match out.last_mut() {
            Some(before) if is_mark(&glyph.text) && !before.text.trim().is_empty() => before.text.push_str(&glyph.text),
            _ => out.push(glyph),
        }
    }
    out
}

fn part(glyphs: Vec<Glyph>, base: f64) -> Option<Piece> {
    let left = glyphs.iter().map(|glyph| glyph.from.0).fold(f64::MAX, f64::min);
    let right = glyphs.iter().map(|glyph| glyph.to.0).fold(f64::MIN, f64::max);
    let size = usual(glyphs.iter().map(|glyph| (glyph.size, glyph.text.len())));
    (!glyphs.is_empty()).then_some(Piece { glyphs, left, right, base, size })
}

/// The size that most of the text has.
pub(super) fn usual(sizes: impl Iterator<Item = (f64, usize)>) -> f64 {
    let mut counts: std::collections::BTreeMap<u64, usize> = std::collections::BTreeMap::new();
    for (size, weight) in sizes {
        *counts.entry((size * 4.0).round().max(0.0) as u64).or_default() += weight;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map_or(0.0, |(size, _)| size as f64 / 4.0)
}

/// Parts a stretch of the page where columns stand beside one another; what goes across parts what is above from what is
/// below.
fn divide(mut pieces: Vec<Piece>, right_to_left: bool, depth: usize, blocks: &mut Vec<Vec<Piece>>) {
    let gutter = if depth < 3 { gutter(&pieces) } else { None };
    let Some(gutter) = gutter else {
        if !pieces.is_empty() {
            blocks.push(pieces);
        }
        return;
    };
    pieces.sort_by(|a, b| b.base.total_cmp(&a.base));
    let (mut first, mut second, mut across) = (Vec::new(), Vec::new(), Vec::new());
    let flush = |first: &mut Vec<Piece>, second: &mut Vec<Piece>, blocks: &mut Vec<Vec<Piece>>| {
        for side in [first, second] {
            divide(std::mem::take(side), right_to_left, depth + 1, blocks);
        }
    };
    for piece in pieces {
        if piece.left < gutter && piece.right > gutter {
            flush(&mut first, &mut second, blocks);
            across.push(piece);
            continue;
        }
        if !across.is_empty() {
            blocks.push(std::mem::take(&mut across));
        }
        let is_first = (piece.right <= gutter) != right_to_left;
        if is_first { first.push(piece) } else { second.push(piece) }
    }
    flush(&mut first, &mut second, blocks);
    if !across.is_empty() {
        blocks.push(across);
    }
}

/// Where the room between two columns is, if the page is set in columns: lines on both sides of it start and end there,
/// and few go across.
fn gutter(pieces: &[Piece]) -> Option<f64> {
    const STEP: f64 = 2.0;
    let left = pieces.iter().map(|piece| piece.left).fold(f64::MAX, f64::min);
    let right = pieces.iter().map(|piece| piece.right).fold(f64::MIN, f64::max);
    let cells = ((right - left) / STEP) as usize;
    if pieces.len() < 2 * COLUMN || !(20..5_000).contains(&cells) {
        return None;
    }
    let cell = |x: f64| (((x - left) / STEP).max(0.0) as usize).min(cells - 1);
    // How many pieces begin before each cell less those that end before it.
    let mut begun = vec![0_usize; cells + 1];
    let mut ended = vec![0_usize; cells + 1];
    for piece in pieces {
        begun[cell(piece.left)] += 1;
        ended[cell(piece.right.max(piece.left)) + 1] += 1;
    }
    let mut open = 0;
    let crossing: Vec<usize> = (0..cells)
        .map(|index| {
            open = open + begun[index] - ended[index];
            open
        })
        .collect();
    let range = cells / 5..cells * 4 / 5;
    let least = crossing[range.clone()].iter().min().copied()?;
    let middle = cells / 2;
    let best = range.filter(|index| crossing[*index] == least).min_by_key(|index| index.abs_diff(middle))?;
    // The middle of the empty stretch.
    let from = (0..=best).rev().take_while(|index| crossing[*index] == least).last()?;
    let to = (best..cells).take_while(|index| crossing[*index] == least).last()?;
    let gutter = left + (from + to + 1) as f64 / 2.0 * STEP;
    let size = usual(pieces.iter().map(|piece| (piece.size, piece.glyphs.len())));
    if ((to - from) as f64 + 1.0) * STEP < 0.6 * size {
        return None;
    }
    let mut sides = [Vec::new(), Vec::new()];
    for piece in pieces.iter().filter(|piece| !(piece.left < gutter && piece.right > gutter)) {
        sides[usize::from(piece.left >= gutter)].push(piece);
    }
    let is_column = |side: &Vec<&Piece>| {
        let long = side.iter().filter(|piece| piece.right - piece.left > 8.0 * size).count();
        let edge = |of: fn(&Piece) -> f64| {
            let edge = usual(side.iter().map(|piece| (of(piece), 1)));
            side.iter().filter(|piece| (of(piece) - edge).abs() < 3.0).count() * 2 >= side.len()
        };
        long >= COLUMN && long * 2 > side.len() && (edge(|piece| piece.left) || edge(|piece| piece.right))
    };
    (least * 3 <= pieces.len() && sides.iter().all(is_column)).then_some(gutter)
}

/// Pieces that share a baseline, from the top.
fn rows(mut pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    pieces.sort_by(|a, b| b.base.total_cmp(&a.base).then(a.left.total_cmp(&b.left)));
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        match rows.last_mut() {
            Some(row) if row.first().is_some_and(|first| (first.base - piece.base).abs() < 0.01) => row.push(piece),
            _ => rows.push(vec![piece]),
        }
    }
    rows
}

fn line(row: Vec<Piece>, right_to_left: bool, block: usize) -> Option<Line> {
    let base = row.first()?.base;
    let mut glyphs: Vec<Glyph> = row.into_iter().flat_map(|piece| piece.glyphs).collect();
    glyphs.sort_by(|a, b| a.from.0.total_cmp(&b.from.0));
    // A letter that is printed twice to look bold is one.
    glyphs.dedup_by(|b, a| {
        a.text == b.text && (a.from.0 - b.from.0).abs() < 0.1 * a.size && (a.to.0 - b.to.0).abs() < 0.1 * a.size
    });
    let mut end = f64::MAX;
    let units: Vec<Unit> = glyphs
        .iter()
        .map(|glyph| {
            let spaced = glyph.from.0 - end > SPACE * glyph.size || glyph.text.starts_with(' ');
            end = if end == f64::MAX { glyph.to.0 } else { end.max(glyph.to.0) };
            Unit { text: glyph.text.trim().to_owned(), spaced }
        })
        .collect();
    let (to_right, to_left) = order::letters(&units);
    let right_to_left = if right_to_left { to_left > 0 || to_right == 0 } else { to_left > to_right };
    let text = order::read(&units, right_to_left).trim().to_owned();
    let bold = glyphs.iter().filter(|glyph| glyph.bold).count() * 10 > glyphs.len() * 9;
    Some(Line {
        left: glyphs.first()?.from.0,
        right: end,
        size: usual(glyphs.iter().map(|glyph| (glyph.size, glyph.text.len()))),
        text,
        base,
        bold,
        right_to_left,
        block,
    })
    .filter(|line| !line.text.is_empty())
}
