//! From the order in which glyphs stand on a line, left to right, to the order in which they are read; letters that were
//! written as the shapes they take are put back to what they are.

use sitrep_language::script::{self, Script};
use unicode_normalization::UnicodeNormalization;

/// A glyph's words, and whether room stands before it on the line.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) text: String,
    pub(super) spaced: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Left,
    Right,
    Digit,
    Neutral,
}

fn class(text: &str) -> Class {
    for c in text.chars() {
        if sitrep_language::digits::value(c).is_some() {
            return Class::Digit;
        }
        let script = script::of(c);
        if script.is_right_to_left() {
            return Class::Right;
        }
        if !matches!(script, Script::Common) && c.is_alphabetic() {
            return Class::Left;
        }
    }
    Class::Neutral
}

/// How many letters run to the right, and how many to the left.
pub(super) fn letters<'u>(units: impl IntoIterator<Item = &'u Unit>) -> (usize, usize) {
    units.into_iter().fold((0, 0), |(left, right), unit| match class(&unit.text) {
        Class::Left => (left + 1, right),
        Class::Right => (left, right + 1),
        _ => (left, right),
    })
}

/// The words of a line whose units are given from left to right. `right_to_left` is the direction of the line.
pub(super) fn read(units: &[Unit], right_to_left: bool) -> String {
    let classes: Vec<Class> = units.iter().map(|unit| class(&unit.text)).collect();
    let mut out = Writer::default();
    if right_to_left {
        reversed(units, &classes, 0..units.len(), &mut out);
        return mended_brackets(shapes_undone(&out.text));
    }
    let mut at = 0;
    while at < units.len() {
        if classes[at] != Class::Right {
            out.forward(&units[at]);
            at += 1;
            continue;
        }
        let end = (at..units.len())
            .take_while(|index| classes[*index] != Class::Left)
            .filter(|index| classes[*index] == Class::Right)
            .last()
            .map_or(at + 1, |last| last + 1);
        let mut inner = Writer::default();
        reversed(units, &classes, at..end, &mut inner);
        out.piece(&inner.text, units[at].spaced);
        at = end;
    }
    shapes_undone(&out.text)
}

/// Writes units from right to left, and what runs left to right among them as it stands.
fn reversed(units: &[Unit], classes: &[Class], range: std::ops::Range<usize>, out: &mut Writer) {
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let end = match classes[at] {
            Class::Left => left_run(units, classes, at, range.end),
            Class::Digit => number(units, classes, at, range.end),
            _ => at + 1,
        };
        runs.push(at..end);
        at = end;
    }
    // Room stands before a unit as seen from the left: read from the right, it stands after it.
    let mut spaced = false;
    for run in runs.into_iter().rev() {
        let mut inner = Writer::default();
        for index in run.clone() {
            inner.forward(&units[index]);
        }
        out.piece(inner.text.trim_start(), spaced);
        spaced = units[run.start].spaced;
    }
}

/// Where a run of letters that reads left to right ends: at its last letter or digit before one that doesn't, or before a
/// bracket, which belongs to what stands around it.
fn left_run(units: &[Unit], classes: &[Class], start: usize, end: usize) -> usize {
    let is_bracket = |unit: &Unit| unit.text.contains(['(', ')', '[', ']', '«', '»']);
    (start..end)
        .take_while(|index| classes[*index] != Class::Right && !is_bracket(&units[*index]))
        .filter(|index| matches!(classes[*index], Class::Left | Class::Digit))
        .last()
        .map_or(start + 1, |last| last + 1)
}

/// Where a number ends: digits with single marks between them, or letters that stand against it.
fn number(units: &[Unit], classes: &[Class], start: usize, end: usize) -> usize {
    let mut at = start + 1;
    while at < end && !units[at].spaced {
        let joins = matches!(units[at].text.as_str(), "." | "," | "/" | ":" | "٫" | "٬" | "،")
            && at + 1 < end
            && classes[at + 1] == Class::Digit
            && !units[at + 1].spaced;
        match classes[at] {
            Class::Digit => at += 1,
            Class::Left => return left_run(units, classes, at, end),
            Class::Neutral if joins => at += 1,
            Class::Neutral if matches!(units[at].text.as_str(), "%" | "٪") => return at + 1,
            _ => break,
        }
    }
    at
}

#[derive(Default)]
struct Writer {
    text: String,
}

impl Writer {
    fn forward(&mut self, unit: &Unit) {
        self.piece(&unit.text, unit.spaced);
    }

    fn piece(&mut self, text: &str, spaced: bool) {
        if spaced && !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
        self.text.push_str(text);
    }
}

/// Brackets are mirrored on a line that reads from the right, and files disagree on which of the two they name: the
/// reading in which they open before they close is taken.
fn mended_brackets(text: String) -> String {
    const PAIRS: [(char, char); 4] = [('(', ')'), ('[', ']'), ('«', '»'), ('{', '}')];
    let mut text = text;
    for (open, close) in PAIRS {
        let faults = |first: char, second: char| {
            let (mut depth, mut faults) = (0_usize, 0_usize);
            for c in text.chars() {
                if c == first {
                    depth += 1;
                } else if c == second {
                    if depth == 0 {
                        faults += 1;
                    }
                    depth = depth.saturating_sub(1);
                }
            }
            faults + depth
        };
        if faults(open, close) > faults(close, open) {
            text = text
                .chars()
                .map(|c| {
                    if c == open {
                        close
                    } else if c == close {
                        open
                    } else {
                        c
                    }
                })
                .collect();
        }
    }
    text
}

/// Ligatures and the shapes of letters by their place in a word become the letters.
fn shapes_undone(text: &str) -> String {
    let is_shape = |c: char| matches!(c, '\u{fb00}'..='\u{fb4f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    if !text.chars().any(is_shape) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        // Hebrew letters with their points stay composed as Unicode composes them.
        if is_shape(c) { out.extend(std::iter::once(c).nfkc()) } else { out.push(c) }
    }
    out
}
