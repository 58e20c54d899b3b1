//! Segments to blocks: broken lines joined, white space normalised, note markers taken out.

use super::label::{self, Label};
use super::segments::{Link, Segment};
use super::{Block, Form, Inserted, Role, joins, lines, scope};
use std::collections::HashSet;
use std::ops::Range;

/// The blocks, and where the note list begins among them.
pub(super) struct Assembled {
    pub blocks: Vec<Block>,
    /// First block of the note list.
    pub notes: Option<usize>,
    /// Blocks that stand outside the edition on their page.
    pub outside: HashSet<usize>,
    /// Links, in order.
    pub links: Vec<Link>,
}

pub(super) fn blocks(characters: &[char], mut segments: Vec<Segment>, form: Form) -> Assembled {
    let notes_from = note_list(characters, &segments);
    if let Some(from) = notes_from {
        part_glued_notes(characters, &mut segments, from);
    }
    let joins = joins::find(characters, &segments, notes_from, form);
    let style = notes_from.map_or_else(Style::default, |at| Style::of(characters, &segments[at..]));
    let mut made = Assembled { blocks: Vec::new(), notes: None, outside: HashSet::new(), links: Vec::new() };
    let mut at = 0;
    while at < segments.len() {
        let mut last = at;
        while last + 1 < segments.len() && joins[last + 1] {
            last += 1;
        }
        if Some(at) == notes_from {
            made.notes = Some(made.blocks.len());
        }
        let in_notes = notes_from.is_some_and(|from| at >= from);
        if segments[at].outside {
            made.outside.insert(made.blocks.len());
        }
        let block = block(characters, &segments[at..=last], style, in_notes);
        match scope::behind_title(&block).filter(|_| !in_notes && !segments[at].outside) {
            Some(offset) => {
                let (title, scope) = scope::part(block, offset);
                made.blocks.extend([title, scope]);
            }
            None => made.blocks.push(block),
        }
        at = last + 1;
    }
    made.links = segments.into_iter().flat_map(|segment| segment.links).collect();
    made
}

/// How the note list labels its notes, and so the text its markers.
#[derive(Debug, Clone, Copy, Default)]
struct Style {
    /// In letters; `None` where the page numbers its notes itself.
    roman: Option<bool>,
    /// In round brackets.
    round: bool,
    /// The highest number of a note.
    most: u32,
}

impl Style {
    fn of(characters: &[char], notes: &[Segment]) -> Self {
        let Some(first) = notes.first() else { return Self::default() };
        let mut most = 0;
        for segment in notes {
            let line = &characters[segment.start..segment.end];
            let typed = || label::numbered(line).or_else(|| label::bare(line)).filter(|label| label.number == most + 1);
            let label = label::at_start(line).or_else(typed).map(|label| label.number);
            most = most.max(label.or(segment.note).unwrap_or(0));
        }
        let line = &characters[first.start..first.end];
        let typed = || label::numbered(line).or_else(|| label::bare(line)).filter(|label| label.number == 1);
        let label = label::at_start(line).or_else(typed);
        let roman = label.map(|label| label.roman).or(first.note.is_none().then_some(false));
        Self { roman, round: first.note.is_none() && line.first() == Some(&'('), most }
    }
}

/// Lines below the first note within which the second one is looked for, where labels are mere numbers.
const NEAR: usize = 8;

/// The segment that the note list begins with: the last line that is labelled 1, and that an address or a line
/// labelled 2 follows.
fn note_list(characters: &[char], segments: &[Segment]) -> Option<usize> {
    if let Some(first) = segments.iter().rposition(|segment| segment.note == Some(1)) {
        return Some(first);
    }
    let line = |at: usize| &characters[segments[at].start..segments[at].end];
    let mut two = false;
    let mut below: Vec<bool> = vec![false; segments.len()];
    for at in (0..segments.len()).rev() {
        below[at] = two;
        two |= label::at_start(line(at)).is_some_and(|label| label.number == 2);
    }
    let headed = |at: usize| at > 0 && lines::is_notes_heading(&text_of(characters, &segments[at - 1]));
    let typed = |at: usize, number: u32| {
        let label = label::numbered(line(at)).or_else(|| label::bare(line(at)));
        label.filter(|label| label.number == number)
    };
    // A mere number is a label only where addresses follow it and the next one.
    let addressed =
        |at: usize, number: u32| typed(at, number).is_some_and(|label| label::is_address(&line(at)[label.length..]));
    let weak = |at: usize| {
        let counts = || (at + 1..segments.len()).take(NEAR).any(|next| addressed(next, 2));
        (addressed(at, 1) && counts()) || (headed(at) && typed(at, 1).is_some())
    };
    (0..segments.len()).rfind(|at| match label::at_start(line(*at)) {
        Some(label) => {
            let rest = &line(*at)[label.length..];
            let blank = rest.iter().all(|c| matches!(c, ':' | ' '));
            label.number == 1 && (label::is_address(rest) || below[*at] || headed(*at) || blank)
        }
        None => weak(*at),
    })
}

fn text_of(characters: &[char], segment: &Segment) -> String {
    characters[segment.start..segment.end].iter().skip(segment.prefix).take(80).collect()
}

/// Notes whose line breaks were lost: a label that continues the count begins one of its own.
fn part_glued_notes(characters: &[char], segments: &mut Vec<Segment>, from: usize) {
    let mut parted: Vec<Segment> = Vec::new();
    let mut count = 0;
    for segment in segments.drain(from..) {
        let line = |at: usize| &characters[at..segment.end];
        let first = line(segment.start);
        let typed = || label::numbered(first).filter(|label| label.number == count + 1);
        count = label::at_start(first).or_else(typed).map_or(count, |label| label.number);
        let mut rest = segment.clone();
        for at in segment.start + 1..segment.end {
            let behind_blank = characters[at - 1].is_whitespace();
            let next = match characters[at] {
                '[' => label::at_start(line(at)),
                c if behind_blank && (c.is_ascii_digit() || c == '(') => label::numbered(line(at)),
                _ => None,
            };
            let Some(label) = next.filter(|label| label.number == count + 1) else { continue };
            if label::is_address(&line(at)[label.length..]) {
                count = label.number;
                let first = rest.start;
                let end = (first..at).rfind(|at| !characters[*at].is_whitespace()).map_or(at, |last| last + 1);
                parted.push(Segment { end, tight: end == at, ..rest.clone() });
                rest = Segment { start: at, prefix: 0, spaced: true, ..rest };
            }
        }
        parted.push(rest);
    }
    segments.append(&mut parted);
}

/// Code points that the bullet or number of a list's item takes, the white space behind it included.
pub(super) fn item_prefix(line: &[char]) -> usize {
    let mark = match line.first() {
        Some('-' | '*' | '•' | '–' | '·' | '●' | '▪' | '◦' | '+') => 1,
        Some(c) if c.is_ascii_digit() => {
            let digits = line.iter().take(3).take_while(|c| c.is_ascii_digit()).count();
            if digits <= 2 && matches!(line.get(digits), Some('.' | ')')) { digits + 1 } else { return 0 }
        }
        _ => return 0,
    };
    let space = line.iter().skip(mark).take_while(|c| c.is_whitespace()).count();
    if space == 0 { 0 } else { mark + space }
}

fn block(characters: &[char], segments: &[Segment], style: Style, in_notes: bool) -> Block {
    let first = &segments[0];
    let last = segments.last().unwrap_or(first);
    let line = &characters[first.start..first.end];
    let mut prefix = first.prefix.min(line.len());
    let item = if in_notes { 0 } else { item_prefix(&line[prefix..]) };
    prefix += item;
    let mut block = Block {
        role: Role::Unclassified,
        line: first.line,
        start: first.start,
        end: last.end,
        prefix: line[..prefix].iter().collect(),
        text: String::with_capacity(last.end - first.start),
        inserted: Vec::new(),
        tight: last.tight,
        heading: first.heading,
        list: first.list || item > 0,
        italic: first.italic,
        figure: first.figure.clone(),
        bold: 0,
        scope: false,
        byline: first.byline,
        cell: first.cell,
        note: first.note,
        source: Vec::with_capacity(last.end - first.start + 1),
    };
    let mut filling = Filling { block: &mut block, count: 0, style, keep: in_notes };
    for (index, segment) in segments.iter().enumerate() {
        let from = segment.start + if index == 0 { prefix } else { 0 };
        if index > 0 && !segments[index - 1].tight {
            filling.joint(characters.get(from).copied(), from.saturating_sub(1));
        }
        let bold = if index == 0 { first.bold } else { None };
        // In a note everything is a reference or stands between two.
        let suffix = if in_notes { 0 } else { segment.suffix };
        let tail = |c: char| c.is_whitespace() || (suffix > 0 && c == ',');
        let last = (from..segment.end.saturating_sub(suffix)).rfind(|at| !tail(characters[*at]));
        let until = last.map_or(from, |last| last + 1);
        filling.take(characters, from..until, bold, segment);
        filling.other(&characters[until..segment.end]);
    }
    filling.finish(last.end);
    block
}

/// Whether a text ends with a unit of length, behind which a raised number is an exponent: `40 km²`.
fn ends_with_unit(text: &str) -> bool {
    let unit = text.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    matches!(unit, "m" | "km" | "cm" | "mm" | "ft" | "mi" | "in")
}

/// A block's text being written.
struct Filling<'a> {
    block: &'a mut Block,
    count: usize,
    style: Style,
    keep: bool,
}

impl Filling<'_> {
    fn push(&mut self, c: char, source: usize) {
        self.block.text.push(c);
        self.block.source.push(u32::try_from(source).unwrap_or(u32::MAX));
        self.count += 1;
    }

    /// White space between two lines; before punctuation it is only remembered.
    fn joint(&mut self, next: Option<char>, source: usize) {
        let glued = next.is_some_and(|c| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '[')) && !self.keep;
        if glued {
            self.block.inserted.push((self.count, Inserted::Other(" ".to_owned())));
        } else {
            self.push(' ', source);
        }
    }

    /// What stands in the text and says nothing: it comes back in the round trip.
    fn other(&mut self, characters: &[char]) {
        if !characters.is_empty() {
            self.block.inserted.push((self.count, Inserted::Other(characters.iter().collect())));
        }
    }

    /// A marker that the markup sets as one, and how far its stretch goes.
    fn raised(&mut self, characters: &[char], span: Range<usize>) -> Option<usize> {
        let mut at = span.start;
        let mut found = Vec::new();
        while at < span.end {
            let Some(label) = label::raised(&characters[at..span.end]).filter(|label| at + label.length <= span.end)
            else {
                if found.is_empty() || !matches!(characters[at], ',' | ';' | ' ' | '-' | '–') {
                    return None;
                }
                found.push(Inserted::Other(characters[at].to_string()));
                at += 1;
                continue;
            };
            if (label.number <= 3 && ends_with_unit(&self.block.text)) || self.block.text.is_empty() {
                return None;
            }
            found.extend(self.markers(&characters[at..at + label.length], &label));
            at += label.length;
        }
        let count = self.count;
        self.block.inserted.extend(found.into_iter().map(|inserted| (count, inserted)));
        Some(span.end)
    }

    fn take(&mut self, characters: &[char], range: Range<usize>, bold: Option<usize>, segment: &Segment) {
        let (from, to) = (range.start, range.end);
        let mut hidden = segment.hidden.iter().peekable();
        let mut markers = segment.markers.iter().peekable();
        let markup =
            bold.is_some() || !(segment.hidden.is_empty() && segment.markers.is_empty() && segment.raised.is_empty());
        let mut at = from;
        while at < to {
            let c = characters[at];
            // Most of a text.
            if !markup && matches!(c, 'a'..='z' | 'A'..='Z' | '.' | ',' | '0'..='9' | '/') {
                self.push(c, at);
                at += 1;
                continue;
            }
            if bold.is_some_and(|bold| at >= bold) && self.block.bold == 0 {
                self.block.bold = self.count;
            }
            while hidden.next_if(|span| span.start < at).is_some() {}
            if let Some(span) = hidden.next_if(|span| span.start == at) {
                at = span.end.min(to);
                self.other(&characters[span.start..at]);
                continue;
            }
            while markers.next_if(|(span, _)| span.start < at).is_some() {}
            if let Some((span, number)) = markers.next_if(|(span, _)| span.start == at && span.end <= to && !self.keep)
            {
                let printed = characters[span.clone()].iter().collect();
                self.block.inserted.push((self.count, Inserted::Marker { printed, number: *number }));
                at = span.end;
                continue;
            }
            if !self.keep
                && let Some(span) = segment.raised.iter().find(|span| span.start == at && span.end <= to)
                && let Some(end) = self.raised(characters, span.clone())
            {
                at = end;
                continue;
            }
            if !self.keep
                && let Some(label) = self.marker(&characters[at..to.min(at + 14)], at > from)
            {
                let count = self.count;
                let markers = self.markers(&characters[at..at + label.length], &label);
                self.block.inserted.extend(markers.into_iter().map(|marker| (count, marker)));
                at += label.length;
                continue;
            }
            if c.is_whitespace() {
                if at + 1 < to && !characters[at + 1].is_whitespace() {
                    self.push(' ', at);
                }
            } else {
                self.push(c, at);
            }
            at += 1;
        }
        if bold.is_some() && self.block.bold == 0 {
            self.block.bold = self.count;
        }
    }

    /// The marker that begins here, of the style the note list has; a superscript only behind a word.
    fn marker(&self, characters: &[char], within: bool) -> Option<Label> {
        let first = *characters.first()?;
        if first == '(' && self.style.round {
            return label::in_round_brackets(characters).filter(|label| self.is_styled(label));
        }
        if first != '[' && (!first.is_numeric() || first.is_ascii_digit()) {
            return None;
        }
        let label = label::at_start(characters)?;
        let behind_word = within && self.block.text.ends_with(|c: char| !c.is_whitespace());
        let year = !label.roman && label.number >= 1900;
        let styled = self.is_styled(&label);
        // `[c]hildren` is a change in a quotation, not note 100.
        let in_word = characters.get(label.length).is_some_and(|c| c.is_lowercase()) && label.roman;
        let exponent = first != '[' && label.number <= 3 && ends_with_unit(&self.block.text);
        (styled && !year && !in_word && !exponent && (first == '[' || behind_word)).then_some(label)
    }

    /// The markers of a label; two where it joins two numbers in a row, of which no note has the whole: `³⁴`.
    fn markers(&self, printed: &[char], label: &Label) -> Vec<Inserted> {
        let marker = |printed: &[char], number| Inserted::Marker { printed: printed.iter().collect(), number };
        let bare = printed.len() == label.label.len() && self.style.most > 0 && label.number > self.style.most;
        let halves = (1..label.label.len()).filter(|_| bare && !label.roman).find_map(|at| {
            let (first, second) = (label.label[..at].parse::<u32>().ok()?, label.label[at..].parse::<u32>().ok()?);
            (first + 1 == second && second <= self.style.most).then_some((at, first, second))
        });
        match halves {
            Some((at, first, second)) => vec![marker(&printed[..at], first), marker(&printed[at..], second)],
            None => vec![marker(printed, label.number)],
        }
    }

    fn is_styled(&self, label: &Label) -> bool {
        self.style.roman.is_none_or(|roman| !label.roman || roman)
    }

    fn finish(self, end: usize) {
        self.block.source.push(u32::try_from(end).unwrap_or(u32::MAX));
    }
}
