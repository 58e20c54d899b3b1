//! The stretch of a text that answers a question, its words marked, as HTML that is safe to show; and how well it answers.

use super::compose::Marked;
use super::units::Shown;
use super::words::{self, Tongue, folded, stems};
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::ops::Range;

/// Bytes of a snippet, more or less.
const LONG: usize = 280;
/// What it adds to a score, as a share of it, that all words stand next to each other, and that all are in the title.
const TOGETHER: f32 = 0.3;
const TITLE: f32 = 0.3;
/// How near to what was asked for a word is: as it was typed, another form of it, a name written otherwise, a
/// word that was probably meant.
const FORM: f32 = 0.9;
const SPELLING: f32 = 0.7;
const SLIP: f32 = 0.6;

/// The places in a unit that a question means.
pub(super) struct Looked {
    hits: Vec<Hit>,
}

impl Looked {
    pub(super) fn at(shown: &Shown, marked: &Marked) -> Self {
        Self { hits: hits(shown.language.as_deref(), &shown.text, marked) }
    }

    /// What the unit's score is multiplied by: words that stand together, in the title, or as they were typed answer
    /// better than the same words anywhere.
    pub(super) fn weight(&self, shown: &Shown, marked: &Marked) -> f32 {
        let parts = marked.parts.max(1) as f32;
        let title = hits(shown.language.as_deref(), &shown.title, marked);
        let met: HashSet<u8> = title.iter().map(|hit| hit.part).collect();
        let mut nearest: BTreeMap<u8, f32> = BTreeMap::new();
        for hit in self.hits.iter().chain(&title) {
            let near = nearest.entry(hit.part).or_default();
            *near = near.max(hit.near);
        }
        // A part of which no word is seen, as one of a byline, is taken to be there.
        let missing = parts - nearest.len() as f32;
        let near = (nearest.values().sum::<f32>() + missing) / parts;
        near * (1.0 + TOGETHER * self.together(marked.parts) + TITLE * met.len() as f32 / parts)
    }

    /// 1 where all parts stand next to each other, less the farther they are apart, 0 where one is missing: words that
    /// often stand together must not outweigh the rare one beside them.
    fn together(&self, parts: usize) -> f32 {
        let mut last: BTreeMap<u8, usize> = BTreeMap::new();
        let mut best: Option<usize> = None;
        for hit in &self.hits {
            last.insert(hit.part, hit.nth);
            if parts > 1 && last.len() == parts {
                let first = last.values().copied().min().unwrap_or(hit.nth);
                best = Some(best.map_or(hit.nth - first, |best| best.min(hit.nth - first)));
            }
        }
        best.map_or(0.0, |apart| (parts - 1) as f32 / apart.max(parts - 1) as f32)
    }

    /// The snippet, and the sentence it begins with where sentences have ids.
    pub(super) fn snippet(&self, shown: &Shown) -> (String, Option<String>) {
        let hits = &self.hits;
        let spans = sentences(shown);
        let best = spans.iter().enumerate().max_by_key(|(n, (_, span))| {
            let within: Vec<&Hit> = hits.iter().filter(|hit| span.contains(&hit.range.start)).collect();
            let different: HashSet<u8> = within.iter().map(|hit| hit.part).collect();
            (different.len(), within.len(), usize::MAX - n)
        });
        let Some((n, (id, span))) = best else { return (escaped(&shown.text), None) };
        let range = window(&shown.text, &spans, n, span, hits);
        let id = (!id.is_empty()).then(|| id.to_string());
        (html(&shown.text, range, hits), id)
    }
}

struct Hit {
    range: Range<usize>,
    /// Which word of the text it is.
    nth: usize,
    /// Which part of the question it answers.
    part: u8,
    /// How near it is to what was typed.
    near: f32,
}

fn hits(language: Option<&str>, text: &str, marked: &Marked) -> Vec<Hit> {
    let tongue = Tongue::of(language, text);
    let hit = |(nth, word): (usize, words::Word<'_>)| {
        // Most words are none of the question's: their beginning says so before they are folded, and before their stem
        // is made.
        if !marked.may_be(word.surface) {
            return None;
        }
        let folded = folded(word.surface);
        if !marked.may_hold(&folded) {
            return None;
        }
        let hit = |part: &u8, near| Some(Hit { range: word.start..word.end, nth, part: *part, near });
        if let Some(part) = marked.folded.get(&folded) {
            return hit(part, SPELLING);
        }
        let stems = stems(word.surface, &folded, tongue);
        if let Some(part) = stems.iter().find_map(|stem| marked.stems.get(stem)) {
            return hit(part, if marked.typed.contains(&folded) { 1.0 } else { FORM });
        }
        stems.iter().find_map(|stem| marked.slips.get(stem)).and_then(|part| hit(part, SLIP))
    };
    words::split(text).into_iter().enumerate().filter_map(hit).collect()
}

/// The text's sentences: those it came with, else what ends in a full stop.
fn sentences(shown: &Shown) -> Vec<(&str, Range<usize>)> {
    let text = &shown.text;
    let fits = |start: usize, end: usize| start < end && text.get(start..end).is_some();
    let given: Vec<(&str, Range<usize>)> = shown
        .sentences
        .iter()
        .filter(|(_, start, end)| fits(*start, *end))
        .map(|(id, start, end)| (id.as_str(), *start..*end))
        .collect();
    if !given.is_empty() {
        return given;
    }
    let mut spans = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let stops = matches!(c, '.' | '!' | '?' | '؟' | '۔') && text[end..].starts_with(char::is_whitespace);
        if stops || c == '\n' {
            spans.push(("", start..end));
            start = end;
        }
    }
    spans.push(("", start..text.len()));
    spans.retain(|(_, span)| !text[span.clone()].trim().is_empty());
    spans
}

/// The sentence and those behind it while there is room; of a long one, the part around its first hit.
fn window(text: &str, spans: &[(&str, Range<usize>)], n: usize, span: &Range<usize>, hits: &[Hit]) -> Range<usize> {
    if span.len() > LONG {
        let first = hits.iter().find(|hit| span.contains(&hit.range.start)).map_or(span.start, |hit| hit.range.start);
        let start = first.saturating_sub(LONG / 4).max(span.start);
        let end = (start + LONG).min(span.end);
        return word_start(text, start, span.start)..word_end(text, end, span.end);
    }
    let end = spans.iter().skip(n + 1).map(|(_, next)| next.end).take_while(|end| end - span.start <= LONG).last();
    span.start..end.unwrap_or(span.end)
}

fn word_start(text: &str, at: usize, least: usize) -> usize {
    if at <= least {
        return least;
    }
    let at = (least..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(least);
    text[at..].find(char::is_whitespace).map_or(at, |space| at + space).max(least)
}

fn word_end(text: &str, at: usize, most: usize) -> usize {
    if at >= most {
        return most;
    }
    let at = (at..=most).find(|at| text.is_char_boundary(*at)).unwrap_or(most);
    text[..at].rfind(char::is_whitespace).unwrap_or(at)
}

fn html(text: &str, range: Range<usize>, hits: &[Hit]) -> String {
    let mut html = String::with_capacity(range.len() * 2);
    let body = text.get(range.clone()).unwrap_or_default();
    let start = range.start + body.len() - body.trim_start().len();
    let end = (range.start + body.trim_end().len()).max(start);
    if start > 0
        && !text[..start].trim_end().ends_with(['.', '!', '?', '؟', '۔', '\n'])
        && !text[..start].trim().is_empty()
    {
        html.push_str("… ");
    }
    let mut at = start;
    for hit in hits.iter().filter(|hit| hit.range.start >= start && hit.range.end <= end) {
        let _ =
            write!(html, "{}<mark>{}</mark>", escaped(&text[at..hit.range.start]), escaped(&text[hit.range.clone()]));
        at = hit.range.end;
    }
    html.push_str(&escaped(&text[at..end]));
    if end < text.trim_end().len() {
        html.push_str(" …");
    }
    html
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
