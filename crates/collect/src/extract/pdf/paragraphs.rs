//! Lines to paragraphs: what heads and foots every page goes, what breaks a line is undone, notes stand behind the text.

use super::lines::{self, Line};
use std::collections::{BTreeMap, BTreeSet};

/// Lines from a page's edge among which running heads are looked for.
const EDGE: usize = 3;

/// A paragraph, with the lines' size.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) size: f64,
    pub(super) page: usize,
}

/// The paragraphs of a document, and the size of most of its text.
pub(super) fn of(mut pages: Vec<Vec<Line>>) -> (Vec<Paragraph>, f64) {
    drop_running(&mut pages);
    pages.iter_mut().for_each(drop_number);
    let body = lines::usual(pages.iter().flatten().map(|line| (line.size, line.text.chars().count())));
    let mut notes: Vec<(usize, Line)> = Vec::new();
    let mut text: Vec<(usize, Line)> = Vec::new();
    for (number, page) in pages.into_iter().enumerate() {
        let feet = foot(&page, body);
        for (index, line) in page.into_iter().enumerate() {
            if feet.contains(&index) { notes.push((number, line)) } else { text.push((number, line)) }
        }
    }
    let whole = hyphenated(text.iter().chain(&notes).map(|(_, line)| line.text.as_str()));
    let mut paragraphs = joined(&text, &whole);
    paragraphs.extend(joined(&notes, &whole));
    (paragraphs, body)
}

/// Takes away lines that stand at the edge of several pages and differ in their numbers alone.
fn drop_running(pages: &mut [Vec<Line>]) {
    let wanted = match pages.len() {
        0 | 1 => return,
        2..=5 => 2,
        _ => 3,
    };
    let edges = |page: &[Line]| -> Vec<(usize, bool)> {
        let mut order: Vec<usize> = (0..page.len()).collect();
        order.sort_by(|a, b| page[*b].base.total_cmp(&page[*a].base));
        let low = order.len().saturating_sub(EDGE).max(EDGE.min(order.len()));
        let top = order.iter().take(EDGE).map(|index| (*index, true));
        top.chain(order[low..].iter().map(|index| (*index, false))).collect()
    };
    let key = |line: &Line| -> String {
        let shape: String =
            line.text.chars().map(|c| if sitrep_language::digits::value(c).is_some() { '#' } else { c }).collect();
        let mut short = String::with_capacity(shape.len());
        for c in shape.chars().filter(|c| !c.is_whitespace()) {
            if !(c == '#' && short.ends_with('#')) {
                short.push(c);
            }
        }
        short
    };
    let mut counts: BTreeMap<(String, bool), Vec<f64>> = BTreeMap::new();
    for page in pages.iter() {
        for (index, top) in edges(page) {
            counts.entry((key(&page[index]), top)).or_default().push(page[index].base);
        }
    }
    for page in pages.iter_mut() {
        let running: BTreeSet<usize> = edges(page)
            .into_iter()
            .filter(|(index, top)| {
                let places = counts.get(&(key(&page[*index]), *top)).map(Vec::as_slice).unwrap_or_default();
                let same = places.iter().filter(|base| (**base - page[*index].base).abs() < 4.0).count();
                same >= wanted
            })
            .map(|(index, _)| index)
            .collect();
        let mut index = 0;
        page.retain(|_| {
            index += 1;
            !running.contains(&(index - 1))
        });
    }
}

/// Takes away a number that stands alone at a page's foot.
fn drop_number(page: &mut Vec<Line>) {
    let lowest = (0..page.len()).min_by(|a, b| page[*a].base.total_cmp(&page[*b].base));
    let is_number = |text: &str| {
        let inner = text.trim_matches(['-', '–', '—', ' ', '|', '.']);
        inner.chars().count() <= 4
            && !inner.is_empty()
            && inner.chars().all(|c| sitrep_language::digits::value(c).is_some())
    };
    if let Some(lowest) = lowest.filter(|lowest| page.len() > 1 && is_number(&page[*lowest].text)) {
        page.remove(lowest);
    }
}

/// The lines at a page's foot that are set smaller than its text: notes.
fn foot(page: &[Line], body: f64) -> BTreeSet<usize> {
    let mut order: Vec<usize> = (0..page.len()).collect();
    order.sort_by(|a, b| page[*a].base.total_cmp(&page[*b].base));
    let small: BTreeSet<usize> = order.into_iter().take_while(|index| page[*index].size <= 0.9 * body).collect();
    if small.len() * 2 > page.len() { BTreeSet::new() } else { small }
}

/// Words that are written with a hyphen inside a line, and so keep theirs.
fn hyphenated<'t>(lines: impl Iterator<Item = &'t str>) -> BTreeSet<String> {
    lines
        .flat_map(str::split_whitespace)
        .filter(|word| word.trim_end_matches(['-', '.', ',', ';']).contains('-'))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .collect()
}

fn joined(lines: &[(usize, Line)], whole: &BTreeSet<String>) -> Vec<Paragraph> {
    let leading = leading(lines);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| lines.get(before));
        let goes_on = before.is_some_and(|before| goes_on(before, line, end_of_lines(lines, index - 1), &leading));
        match paragraphs.last_mut().filter(|_| goes_on) {
            Some(last) => join(&mut last.text, &line.1.text, whole),
            None => paragraphs.push(Paragraph { text: line.1.text.clone(), size: line.1.size, page: line.0 }),
        }
    }
    paragraphs
}

/// Where the lines end among which a line stands, on the side towards which it is read: of those near it that begin with
/// the line after it.
fn end_of_lines(lines: &[(usize, Line)], index: usize) -> f64 {
    const NEAR: usize = 12;
    let (page, line) = &lines[index];
    let mark = match lines.get(index + 1) {
        Some((next_page, next)) if next_page == page && next.block == line.block => next,
        _ => line,
    };
    let begins = |line: &Line| if line.right_to_left { line.right } else { line.left };
    let near = &lines[index.saturating_sub(NEAR)..(index + NEAR).min(lines.len())];
    let ends = near
        .iter()
        .filter(|(other, near)| {
            other == page && near.block == line.block && (begins(near) - begins(mark)).abs() < 1.2 * line.size
        })
        .map(|(_, near)| if line.right_to_left { near.left } else { near.right });
    if line.right_to_left { ends.fold(line.left, f64::min) } else { ends.fold(line.right, f64::max) }
}

fn quarter(size: f64) -> u64 {
    (size * 2.0).round() as u64
}

/// How far apart lines of each size usually stand.
fn leading(lines: &[(usize, Line)]) -> BTreeMap<u64, f64> {
    let mut gaps: BTreeMap<u64, Vec<f64>> = BTreeMap::new();
    for pair in lines.windows(2) {
        let ((page, before), (next, line)) = (&pair[0], &pair[1]);
        let gap = before.base - line.base;
        if page == next && before.block == line.block && gap > 0.0 && quarter(before.size) == quarter(line.size) {
            gaps.entry(quarter(line.size)).or_default().push(gap);
        }
    }
    gaps.into_iter()
        .filter_map(|(size, mut gaps)| {
            gaps.sort_by(f64::total_cmp);
            // Lines of one paragraph stand closest: the lower third, so that many short paragraphs don't hide it.
            gaps.get((gaps.len() - 1) / 3).map(|gap| (size, *gap))
        })
        .collect()
}

fn goes_on(before: &(usize, Line), next: &(usize, Line), edge: f64, leading: &BTreeMap<u64, f64>) -> bool {
    let ((page, before), (next_page, line)) = (before, next);
    let ends = ends_sentence(&before.text);
    let is_other = (before.size - line.size).abs() > 0.08 * before.size.max(line.size);
    if is_other || is_item(&line.text) || (line.bold && !before.bold && ends) {
        return false;
    }
    let right_to_left = before.right_to_left;
    let room = if right_to_left { before.left - edge } else { edge - before.right };
    let is_broken = before.text.ends_with(['-', '\u{ad}']);
    // The next word would have had room: the line was meant to end.
    let ended_early = !is_broken && room > 1.3 * first_word(line) + 0.6 * line.size;
    if page != next_page || before.block != line.block {
        let first = line.text.chars().next().unwrap_or(' ');
        let continues = first.is_lowercase() || (first.is_alphabetic() && !first.is_uppercase());
        return !ends && !ended_early && (continues || is_broken || before.text.ends_with([',', '،']));
    }
    let gap = before.base - line.base;
    let usual = leading.get(&quarter(line.size)).copied().unwrap_or(1.3 * line.size);
    if gap < -0.5 || gap > 1.25 * usual + 0.5 {
        return false;
    }
    let indent = if right_to_left { before.right - line.right } else { line.left - before.left };
    // A line that hangs beside the number or mark of its item goes on with it.
    let is_numbered = before.text.split_whitespace().next().is_some_and(|first| {
        first.chars().count() <= 3 && first.chars().all(|c| sitrep_language::digits::value(c).is_some())
    });
    if indent > 0.8 * line.size && !is_numbered && !is_item(&before.text) {
        return false;
    }
    !ended_early
}

/// About how wide a line's first word is.
fn first_word(line: &Line) -> f64 {
    let letters = line.text.chars().count().max(1) as f64;
    let first = line.text.split_whitespace().next().map_or(0, |word| word.chars().count()) as f64;
    (line.right - line.left) / letters * first
}

pub(super) fn ends_sentence(text: &str) -> bool {
    let end = text.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', ' ']);
    end.ends_with(['.', '!', '?', '؟', '…', ':', '۔'])
}

/// Whether a line begins an item of a list.
fn is_item(text: &str) -> bool {
    let mut letters = text.chars();
    match letters.next() {
        Some('•' | '▪' | '●' | '◦' | '■' | '□' | '‣' | '–' | '—' | '○' | '\u{f0b7}') => true,
        Some('-' | '*') => letters.next() == Some(' '),
        Some('[') => text.find(']').is_some_and(|end| end < 8) && letters.next().is_some_and(char::is_alphanumeric),
        Some('(') => text.find(')').is_some_and(|end| end < 5),
        Some(first) if sitrep_language::digits::value(first).is_some() => {
            let rest = text.trim_start_matches(|c| sitrep_language::digits::value(c).is_some());
            text.len() - rest.len() <= 6 && (rest.starts_with(". ") || rest.starts_with(") "))
        }
        _ => false,
    }
}

/// Puts a line behind a text. A hyphen that broke a word goes, unless the word is written with it elsewhere.
fn join(text: &mut String, line: &str, whole: &BTreeSet<String>) {
    if text.ends_with('\u{ad}') {
        text.pop();
        text.push_str(line);
        return;
    }
    let broken =
        text.strip_suffix(['-', '‐']).and_then(|before| before.chars().last()).is_some_and(char::is_alphabetic);
    if !broken {
        text.push(' ');
        text.push_str(line);
        return;
    }
    let word = |text: &str| text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let last = text.split_whitespace().last().unwrap_or_default();
    let first = line.split_whitespace().next().unwrap_or_default();
    let kept = !first.starts_with(char::is_lowercase) || whole.contains(&word(&format!("{last}{first}")));
    if !kept {
        text.pop();
    }
    text.push_str(line);
}
