//! The stretch of a text that answers a question, its words marked, as HTML that is safe to show.

use super::compose::Marked;
use super::units::Shown;
use super::words::{self, Script, Tongue, stem};
use sitrep_language::fold::fold;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::ops::Range;

/// Bytes of a snippet, more or less.
const LONG: usize = 280;

/// The snippet, and the sentence it begins with where sentences have ids.
pub(super) fn of(shown: &Shown, marked: &Marked) -> (String, Option<String>) {
    let hits = hits(shown, marked);
    let spans = sentences(shown);
    let best = spans.iter().enumerate().max_by_key(|(n, (_, span))| {
        let within: Vec<&Hit> = hits.iter().filter(|hit| span.contains(&hit.range.start)).collect();
        let different: HashSet<&str> = within.iter().map(|hit| hit.stem.as_str()).collect();
        (different.len(), within.len(), usize::MAX - n)
    });
    let Some((n, (id, span))) = best else { return (escaped(&shown.text), None) };
    let range = window(&shown.text, &spans, n, span, &hits);
    let id = (!id.is_empty()).then(|| id.to_string());
    (html(&shown.text, range, &hits), id)
}

struct Hit {
    range: Range<usize>,
    stem: String,
}

fn hits(shown: &Shown, marked: &Marked) -> Vec<Hit> {
    let tongue = Tongue::of(shown.language.as_deref(), &shown.text);
    words::split(&shown.text)
        .into_iter()
        .filter_map(|word| {
            let first = word.surface.chars().next()?;
            // Most words are none of the question's: their first letter says so before they are folded.
            if first.is_ascii_alphanumeric() && !marked.initials.contains(&first.to_ascii_lowercase()) {
                return None;
            }
            let folded = fold(word.surface);
            let quick = Script::of(&folded) == Script::Arabic
                || folded.chars().next().is_some_and(|first| marked.initials.contains(&first));
            if !quick {
                return None;
            }
            let stem = stem(word.surface, &folded, tongue);
            let hit = marked.stems.contains(&stem) || marked.folded.contains(&folded);
            hit.then_some(Hit { range: word.start..word.end, stem })
        })
        .collect()
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
