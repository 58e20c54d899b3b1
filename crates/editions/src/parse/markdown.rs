//! Markdown of any make as segments: what is markup comes back in the round trip and is no text.

use super::segments::{Link, Segment, split};
use super::{frontmatter, label, rules};
use std::collections::HashMap;
use std::ops::Range;

/// Markdown's lines, with what their signs say.
pub(super) fn of_markdown(text: String) -> (String, Vec<Segment>) {
    let characters: Vec<char> = text.chars().collect();
    let mut segments = split(&characters, &[]);
    let front = frontmatter::mark(&characters, &mut segments);
    let mut rest = segments.split_off(front);
    rules::titles(&characters, &mut rest);
    let names = names(&characters, &rest);
    let mut open: Vec<Emphasis> = Vec::new();
    for at in 0..rest.len() {
        let segment = &mut rest[at];
        begin(&characters, segment, &names);
        if segment.spaced || segment.heading.is_some() {
            open.clear();
        }
        Scan { characters: &characters, names: &names }.line(&mut rest, at, &mut open);
    }
    segments.append(&mut rest);
    (text, segments)
}

/// Numbers of notes that have names (`[^report]`), by where they are first cited; empty where all are numbered.
fn names(characters: &[char], segments: &[Segment]) -> HashMap<String, u32> {
    let named = |at: usize| {
        let name = note_name(&characters[at..])?;
        label::at_start(&characters[at..]).is_none().then_some(name)
    };
    let defined = |segment: &Segment| named(segment.start).is_some();
    if !segments.iter().any(defined) {
        return HashMap::new();
    }
    let mut found: HashMap<String, u32> = HashMap::new();
    for segment in segments {
        let definition = note_name(&characters[segment.start..segment.end]).is_some();
        for at in segment.start + usize::from(definition)..segment.end {
            if let Some(name) = note_name(&characters[at..segment.end]) {
                let next = u32::try_from(found.len() + 1).unwrap_or(u32::MAX);
                found.entry(name).or_insert(next);
            }
        }
    }
    for name in segments.iter().filter_map(|segment| note_name(&characters[segment.start..segment.end])) {
        let next = u32::try_from(found.len() + 1).unwrap_or(u32::MAX);
        found.entry(name).or_insert(next);
    }
    found
}

/// The name in `[^name]`.
fn note_name(characters: &[char]) -> Option<String> {
    let inside = characters.strip_prefix(&['[', '^'])?;
    let end = inside.iter().take(60).position(|c| *c == ']' || c.is_whitespace())?;
    (end > 0 && inside[end] == ']').then(|| inside[..end].iter().collect())
}

/// What a line begins with: signs of a title, of a quotation, the name or label of a note.
fn begin(characters: &[char], segment: &mut Segment, names: &HashMap<String, u32>) {
    let line = &characters[segment.start..segment.end];
    let hashes = line.iter().take_while(|c| **c == '#').count();
    let blank = |from: usize| line[from..].iter().take_while(|c| c.is_whitespace()).count();
    if (1..=6).contains(&hashes) && line.get(hashes).is_some_and(|c| c.is_whitespace()) {
        segment.heading = u8::try_from(hashes).ok();
        segment.prefix = hashes + blank(hashes);
        segment.spaced = true;
        let closing = line.iter().rev().take_while(|c| **c == '#').count();
        if closing > 0 && segment.prefix + closing < line.len() {
            segment.hidden.push(segment.end - closing..segment.end);
        }
    } else if line.first() == Some(&'>') {
        segment.prefix = 1 + blank(1);
        segment.italic = true;
    } else if let Some(number) = note_name(line).and_then(|name| names.get(&name)) {
        let close = line.iter().position(|c| *c == ']').map_or(0, |at| at + 1);
        if line.get(close) == Some(&':') {
            segment.note = Some(*number);
            segment.spaced = true;
            segment.prefix = close + 1 + blank(close + 1);
        }
    } else if let Some((number, length)) = marker_in_markup(line) {
        segment.note = Some(number);
        let stop = length + usize::from(matches!(line.get(length), Some(':' | '.')));
        segment.prefix = stop + blank(stop);
    }
}

/// A note's marker that markup dresses, and its length: `\[1\]`, `[\[1\]](#_edn1)`, `[1](#fn1)`.
fn marker_in_markup(line: &[char]) -> Option<(u32, usize)> {
    let dressed = matches!(line, ['\\', '[', ..] | ['[', ..]);
    if !dressed {
        return None;
    }
    let mut at = 0;
    while at < 4 && matches!(line.get(at), Some('[' | '\\')) {
        at += 1;
    }
    let label = label::raised(line.get(at..)?)?;
    at += label.length;
    let inner = at;
    while at < inner + 4 && matches!(line.get(at), Some(']' | '\\')) {
        at += 1;
    }
    if at == inner {
        return None;
    }
    let escaped = line[..at].contains(&'\\');
    if line.get(at) == Some(&'(') && line.get(at + 1) == Some(&'#') {
        let close = line[at..].iter().take(80).position(|c| *c == ')')?;
        return Some((label.number, at + close + 1));
    }
    (escaped && line.get(at) != Some(&'(')).then_some((label.number, at))
}

/// A run of `*` or `_` that waits for its other end.
struct Emphasis {
    segment: usize,
    span: Range<usize>,
    sign: char,
}

struct Scan<'a> {
    characters: &'a [char],
    names: &'a HashMap<String, u32>,
}

impl Scan<'_> {
    fn line(&self, segments: &mut [Segment], index: usize, open: &mut Vec<Emphasis>) {
        let end = segments[index].end;
        let mut at = segments[index].start + segments[index].prefix;
        let titled: Vec<Range<usize>> = segments[index].hidden.clone();
        while at < end {
            if titled.iter().any(|span| span.contains(&at)) {
                at += 1;
                continue;
            }
            let c = self.characters[at];
            let address = at + 3 < end && self.characters[at + 1..].starts_with(&[':', '/', '/']);
            at = match c {
                '*' | '_' => self.emphasis(segments, index, at, open),
                _ if address => self.address(at, end),
                _ => self.token(&mut segments[index], at).unwrap_or(at + 1),
            };
        }
        segments[index].hidden.sort_by_key(|span| span.start);
    }

    /// An address goes on to the next blank; its signs are its own.
    fn address(&self, at: usize, end: usize) -> usize {
        let stops = |c: &char| c.is_whitespace() || matches!(c, ')' | '>' | ']' | '<');
        self.characters[at..end].iter().position(stops).map_or(end, |length| at + length)
    }

    fn token(&self, segment: &mut Segment, at: usize) -> Option<usize> {
        let line = &self.characters[at..segment.end];
        let link = |segment: &mut Segment, skip: usize| {
            let (text, url, length) = link(&line[skip..])?;
            let span = at + skip + text.start..at + skip + text.end;
            segment.hidden.extend([at..span.start, span.end..at + skip + length]);
            Some((span, url, at + skip + length))
        };
        match line {
            ['\\', '[', ..] | ['[', ..] => {
                if let Some((number, length)) = marker_in_markup(line) {
                    segment.markers.push((at..at + length, number));
                    return Some(at + length);
                }
                if let Some(name) = note_name(line) {
                    let length = name.chars().count() + 3;
                    let number = self.names.get(&name)?;
                    segment.markers.push((at..at + length, *number));
                    return Some(at + length);
                }
                if line[0] == '\\' {
                    segment.hidden.push(at..at + 1);
                    return Some(at + 2);
                }
                let (span, url, _) = link(segment, 0)?;
                segment.links.extend(url.contains("://").then(|| Link { span: span.clone(), url }));
                Some(span.start)
            }
            ['\\', next, ..] if next.is_ascii_punctuation() => {
                segment.hidden.push(at..at + 1);
                Some(at + 2)
            }
            ['!', '[', ..] => {
                let whole = at == segment.start + segment.prefix;
                let (span, url, end) = link(segment, 1)?;
                segment.figure = segment.figure.take().or((whole && end == segment.end).then_some(url));
                Some(span.end)
            }
            ['<', 's', 'u', 'p', '>', ..] => {
                let close =
                    line.iter().take(60).position(|c| *c == '/').filter(|close| {
                        line[close - 1] == '<' && line[*close..].starts_with(&['/', 's', 'u', 'p', '>'])
                    })?;
                let inside = &line[5..close - 1];
                segment.hidden.extend([at..at + 5, at + close - 1..at + close + 4]);
                match marker_in_markup(inside).filter(|(_, length)| *length == inside.len()) {
                    Some((number, _)) => segment.markers.push((at + 5..at + close - 1, number)),
                    None => segment.raised.push(at + 5..at + close - 1),
                }
                Some(at + close + 4)
            }
            ['^', ..] => {
                let close = line.iter().skip(1).take(5).position(|c| *c == '^').filter(|length| *length > 0)? + 1;
                line[1..close].iter().all(char::is_ascii_digit).then(|| {
                    segment.hidden.extend([at..at + 1, at + close..at + close + 1]);
                    segment.raised.push(at + 1..at + close);
                    at + close + 1
                })
            }
            _ => None,
        }
    }

    /// A run of signs: the other end of one that is open, or the beginning of a stretch.
    fn emphasis(&self, segments: &mut [Segment], index: usize, at: usize, open: &mut Vec<Emphasis>) -> usize {
        let (sign, end) = (self.characters[at], segments[index].end);
        let length = self.characters[at..end].iter().take_while(|c| **c == sign).count();
        let span = at..at + length;
        let before = (at > segments[index].start).then(|| self.characters[at - 1]);
        let behind = self.characters[..end].get(span.end).copied();
        let word = |c: Option<char>| sign == '_' && c.is_some_and(char::is_alphanumeric);
        let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let same = |waiting: &Emphasis| waiting.sign == sign && waiting.span.len() == length;
        if !blank(before)
            && !word(behind)
            && let Some(place) = open.iter().rposition(same)
        {
            let beginning = open.swap_remove(place);
            open.truncate(place);
            let first = &mut segments[beginning.segment];
            if beginning.span.start == first.start + first.prefix {
                let here = if beginning.segment == index { span.start } else { first.end };
                first.bold = first.bold.or((length >= 2).then_some(here));
                first.italic |= length != 2 && span.end == end;
            }
            first.hidden.push(beginning.span);
            first.hidden.sort_by_key(|span| span.start);
            segments[index].hidden.push(span.clone());
        } else if length <= 3 && !blank(behind) && !word(before) {
            open.push(Emphasis { segment: index, span: span.clone(), sign });
        }
        span.end
    }
}

/// A link's text, its address and its length: `[text](address "title")`.
fn link(line: &[char]) -> Option<(Range<usize>, String, usize)> {
    let mut depth = 0_i32;
    let close = line.iter().take(3_000).position(|c| {
        depth += i32::from(*c == '[') - i32::from(*c == ']');
        depth == 0
    })?;
    if close < 2 || line.first() != Some(&'[') || line.get(close + 1) != Some(&'(') {
        return None;
    }
    let mut depth = 0_i32;
    let end = line[close + 1..].iter().take(3_000).position(|c| {
        depth += i32::from(*c == '(') - i32::from(*c == ')');
        depth == 0
    })? + close
        + 1;
    let target: String = line[close + 2..end].iter().collect();
    let url = target.split_whitespace().next().unwrap_or_default().trim_matches(['<', '>']).to_owned();
    Some((1..close, url, end + 1))
}
