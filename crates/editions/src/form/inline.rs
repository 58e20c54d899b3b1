//! A paragraph's line of text: marks, note markers, and the braces behind its sentences.

use super::attributes::Attributes;
use super::cursor::{Cursor, Escaped};
use super::references;
use super::target::{self, EditionTarget, LinkTarget};
use crate::Error;
use sitrep_language::sentences::sentences;
use sitrep_model::edition::{CitationMark, Mark, MarkKind};
use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

/// Keys that only a sentence has.
pub(super) const SENTENCE_KEYS: &[&str] = &["events", "made", "reaffirmed", "revised", "superseded", "resolved"];
/// Keys that only a paragraph has.
pub(super) const PARAGRAPH_KEYS: &[&str] = &["campaign", "announces", "figure", "kind"];

/// A sentence's place and its braces.
pub(super) type Braced = (Range<usize>, Option<Attributes>);

/// A paragraph as it was read.
#[derive(Debug, Default)]
pub(super) struct Inline {
    pub text: String,
    pub marks: Vec<Mark>,
    pub citations: Vec<CitationMark>,
    pub sentences: Vec<Braced>,
    /// The paragraph's own braces.
    pub own: Option<Attributes>,
}

/// Reads to the cursor's end. Within a figure's caption every pair of braces belongs to a sentence.
pub(super) fn read(cursor: &mut Cursor<'_>, caption: bool) -> Result<Inline, Error> {
    let links = links(cursor);
    let mut reader = Reader { caption, ..Reader::default() };
    cursor.skip_blank();
    while let Some(c) = cursor.peek() {
        reader.step(c, cursor, &links)?;
    }
    reader.finish(cursor)
}

#[derive(Default)]
struct Reader {
    caption: bool,
    text: Vec<char>,
    /// Length of the text up to its last character that is more than unescaped white space.
    kept: usize,
    glued: BTreeSet<usize>,
    marks: Vec<Mark>,
    bold: Option<(usize, usize)>,
    italic: Option<(usize, usize)>,
    open_links: Vec<usize>,
    citations: Vec<CitationMark>,
    braces: Vec<(usize, Attributes)>,
    own: Option<Attributes>,
}

impl Reader {
    fn step(&mut self, c: char, cursor: &mut Cursor<'_>, links: &Links) -> Result<(), Error> {
        if self.own.is_some() && !c.is_whitespace() {
            let message = "text follows the braces of a paragraph";
            return Err(cursor.error(message, "put an empty line between two paragraphs"));
        }
        let behind_blank = cursor.before().is_none_or(char::is_whitespace);
        match c {
            '{' => return self.braces(cursor, behind_blank),
            '[' if cursor.ahead(1) == Some('^') => {
                cursor.at += 2;
                let citation = references::read_id(cursor)?;
                self.citations.push(CitationMark { offset: self.text.len(), citation });
                // White space before a marker is part of the text only where more text follows.
                return Ok(());
            }
            '[' if links.opening.contains(&cursor.at) => {
                self.open_links.push(self.marks.len());
                self.marks.push(Mark { start: self.text.len(), end: 0, kind: MarkKind::Bold });
            }
            ']' if links.closing.contains(&cursor.at) => {
                cursor.at += 2;
                return self.close_link(cursor);
            }
            '*' if cursor.ahead(1) == Some('*') => {
                cursor.at += 2;
                let opened = (self.marks.len(), cursor.at);
                toggle(&mut self.bold, opened, &mut self.marks, self.text.len(), MarkKind::Bold);
                return Ok(());
            }
            '*' | '_' if is_emphasis(c, cursor) => {
                let opened = (self.marks.len(), cursor.at + 1);
                toggle(&mut self.italic, opened, &mut self.marks, self.text.len(), MarkKind::Italic);
            }
            '\\' => {
                cursor.at += 1;
                if let Escaped::Character { c, glued } = cursor.escaped()? {
                    if glued {
                        self.glued.insert(self.text.len());
                    }
                    self.text.push(c);
                }
                self.kept = self.text.len();
                return Ok(());
            }
            c => {
                self.text.push(c);
                if !matches!(c, ' ' | '\t') {
                    self.kept = self.text.len();
                }
            }
        }
        cursor.at += 1;
        Ok(())
    }

    fn close_link(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Error> {
        let kind = match target::read_link(cursor)? {
            LinkTarget::None => MarkKind::Link { url: String::new() },
            LinkTarget::Address(url) => MarkKind::Link { url },
            LinkTarget::Edition(EditionTarget { edition, sentence, url, date }) => {
                MarkKind::CrossReference { edition, sentence, url, date }
            }
        };
        if let Some(mark) = self.open_links.pop().and_then(|index| self.marks.get_mut(index)) {
            mark.end = self.text.len();
            mark.kind = kind;
        }
        Ok(())
    }

    /// Braces belong to the paragraph where they say so, or where they stand behind white space at its end and don't
    /// speak of a sentence.
    fn braces(&mut self, cursor: &mut Cursor<'_>, behind_blank: bool) -> Result<(), Error> {
        let opening = cursor.clone();
        let attributes = Attributes::read(cursor)?;
        let mut rest = cursor.clone();
        rest.skip_blank();
        let last = rest.peek().is_none() && !self.caption;
        let of_sentence = attributes.has_any(SENTENCE_KEYS);
        let of_paragraph = attributes.has_any(PARAGRAPH_KEYS);
        let known: Vec<&str> = SENTENCE_KEYS.iter().chain(PARAGRAPH_KEYS).copied().collect();
        if let Some(key) = attributes.foreign(&known, &[]) {
            return Err(
                opening.error(format!("a paragraph has no “{key}”"), format!("it may have {}", known.join(", ")))
            );
        }
        if of_sentence && of_paragraph {
            let hint = "give the sentence's braces right behind it and the paragraph's on a line of their own";
            return Err(opening.error("one pair of braces speaks of a sentence and of its paragraph", hint));
        }
        if of_paragraph && !last {
            let hint = "put them on a line of their own behind the paragraph";
            return Err(opening.error("a paragraph's braces stand within it", hint));
        }
        if last && (of_paragraph || (behind_blank && !of_sentence)) {
            self.own = Some(attributes);
            return Ok(());
        }
        match self.braces.last_mut() {
            Some((at, before)) if *at == self.text.len() => merge(before, attributes, &opening),
            _ => {
                self.braces.push((self.text.len(), attributes));
                Ok(())
            }
        }
    }

    fn finish(mut self, cursor: &Cursor<'_>) -> Result<Inline, Error> {
        for (open, sign) in [(self.bold, "**"), (self.italic, "_")] {
            if let Some((_, at)) = open {
                let place = Cursor { at: at.saturating_sub(1), ..cursor.clone() };
                let hint = format!("close it with {sign}; write \\{} for the sign itself", &sign[..1]);
                return Err(place.error("emphasis is not closed", hint));
            }
        }
        self.text.truncate(self.kept);
        let end = self.text.len();
        for mark in &mut self.marks {
            (mark.start, mark.end) = (mark.start.min(end), mark.end.min(end));
        }
        for mark in &mut self.citations {
            mark.offset = mark.offset.min(end);
        }
        let sentences = self.sentences(cursor)?;
        let Self { text, marks, citations, own, .. } = self;
        Ok(Inline { text: text.into_iter().collect(), marks, citations, sentences, own })
    }

    fn sentences(&mut self, cursor: &Cursor<'_>) -> Result<Vec<Braced>, Error> {
        let mut found = Vec::new();
        let mut start = 0;
        for (at, attributes) in std::mem::take(&mut self.braces) {
            let at = at.min(self.text.len());
            let place = Cursor { at: attributes.at, ..cursor.clone() };
            let mut spans = self.split(start..at);
            let Some(last) = spans.pop() else {
                let hint = "braces stand right behind the sentence they belong to";
                return Err(place.error("braces stand behind no sentence", hint));
            };
            found.extend(spans.into_iter().map(|span| (span, None)));
            found.push((last, Some(attributes)));
            start = at;
        }
        found.extend(self.split(start..self.text.len()).into_iter().map(|span| (span, None)));
        Ok(found)
    }

    /// The sentences of a stretch; no sentence ends at a space or character that is escaped.
    fn split(&self, stretch: Range<usize>) -> Vec<Range<usize>> {
        let text: String = self.text[stretch.clone()].iter().collect();
        let mut spans: Vec<Range<usize>> = Vec::new();
        for span in sentences(&text) {
            let span = span.start + stretch.start..span.end + stretch.start;
            match spans.last_mut() {
                Some(last) if self.glued.range(last.end..=span.start).next().is_some() => last.end = span.end,
                _ => spans.push(span),
            }
        }
        spans
    }
}

/// A sign between spaces and an underscore within a word are what they are.
fn is_emphasis(sign: char, cursor: &Cursor<'_>) -> bool {
    let (before, after) = (cursor.before(), cursor.ahead(1));
    let between_spaces = before.is_none_or(char::is_whitespace) && after.is_none_or(char::is_whitespace);
    let within_word =
        sign == '_' && before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
    !between_spaces && !within_word
}

fn toggle(open: &mut Option<(usize, usize)>, opened: (usize, usize), marks: &mut Vec<Mark>, at: usize, kind: MarkKind) {
    match open.take() {
        Some((index, _)) => {
            if let Some(mark) = marks.get_mut(index) {
                mark.end = at;
            }
        }
        None => {
            marks.push(Mark { start: at, end: at, kind });
            *open = Some(opened);
        }
    }
}

fn merge(before: &mut Attributes, more: Attributes, place: &Cursor<'_>) -> Result<(), Error> {
    let twice = more.pairs.iter().any(|(key, _)| before.value(key).is_some());
    if twice || (before.id.is_some() && more.id.is_some()) {
        return Err(place.error("two pairs of braces say the same of one sentence", "leave one of them"));
    }
    before.id = before.id.take().or(more.id);
    before.pairs.extend(more.pairs);
    Ok(())
}

/// The brackets that open and close links.
#[derive(Default)]
pub(super) struct Links {
    pub opening: HashSet<usize>,
    pub closing: HashSet<usize>,
}

/// Pairs brackets; those that an address in parentheses follows are links'.
fn links(cursor: &Cursor<'_>) -> Links {
    let mut ahead = cursor.clone();
    let mut open = Vec::new();
    let mut links = Links::default();
    while let Some(c) = ahead.peek() {
        let at = ahead.at;
        match c {
            '\\' => ahead.at += 2,
            // What is wrong in braces or in a marker is said when they are read.
            '{' if Attributes::read(&mut ahead).is_ok() => {}
            '[' if ahead.ahead(1) == Some('^') => {
                ahead.at += 2;
                let _ = references::read_id(&mut ahead);
            }
            '[' => {
                open.push(at);
                ahead.at += 1;
            }
            ']' => {
                let start = open.pop();
                ahead.at += 1;
                if let Some(start) = start
                    && ahead.take_if('(')
                {
                    links.opening.insert(start);
                    links.closing.insert(at);
                    let inside = ahead.at;
                    if target::read_link(&mut ahead).is_err() {
                        ahead.at = inside;
                    }
                }
            }
            _ => ahead.at = at + 1,
        }
    }
    links
}

/// Reads a figure: its caption with everything that stands in it, and the address of its picture.
pub(super) fn read_figure(cursor: &mut Cursor<'_>) -> Result<(Inline, Option<String>), Error> {
    let hint = "write a figure as ![caption](address)";
    cursor.at += 1;
    let opening = cursor.at;
    let close = {
        let whole = links(cursor);
        // Captions may hold links of their own: the figure's bracket is the one that the first one pairs with.
        let mut depth = 0_usize;
        let brackets = (opening..cursor.end).find(|at| {
            depth += usize::from(whole.opening.contains(at));
            depth -= usize::from(whole.closing.contains(at) && depth > 0);
            depth == 0
        });
        brackets.filter(|at| whole.closing.contains(at))
    };
    let Some(close) = close else {
        return Err(cursor.error("a figure is not closed", hint));
    };
    let mut caption = Cursor { source: cursor.source, at: opening + 1, end: close };
    let mut inline = read(&mut caption, true)?;
    cursor.at = close + 2;
    let figure = match target::read_link(cursor)? {
        LinkTarget::None => None,
        LinkTarget::Address(url) => Some(url),
        LinkTarget::Edition(_) => return Err(cursor.error("a figure shows no edition", hint)),
    };
    let rest = read(cursor, false)?;
    if !rest.text.is_empty() || !rest.citations.is_empty() || !rest.sentences.is_empty() {
        return Err(
            cursor.error("text stands behind a figure", "put an empty line behind it, or the text into its caption")
        );
    }
    inline.own = rest.own;
    Ok((inline, figure))
}
