//! Lines of plain text as segments.

use super::rules;
use std::ops::Range;

/// A link of the text: the code points it spans and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The code points of [`super::Parsed::text`].
    pub span: Range<usize>,
    /// Where it leads, as written.
    pub url: String,
}

/// A stretch of the text with what its markup says.
#[derive(Debug, Clone, Default)]
pub(super) struct Segment {
    /// First code point, behind white space.
    pub start: usize,
    /// Behind the last code point that is no white space.
    pub end: usize,
    /// Line, from 1.
    pub line: usize,
    /// An empty line stands before it.
    pub spaced: bool,
    /// Joined to the next one without white space.
    pub tight: bool,
    /// Depth of a heading.
    pub heading: Option<u8>,
    /// Item of a list.
    pub list: bool,
    /// Wholly in italics.
    pub italic: bool,
    /// Code point where a bold beginning ends.
    pub bold: Option<usize>,
    /// Address of a picture.
    pub figure: Option<String>,
    /// Stands outside the edition on its page.
    pub outside: bool,
    /// Code points at the start that belong to the markup.
    pub prefix: usize,
    /// Code points at the end that join it to the next one: the commas between paragraphs.
    pub suffix: usize,
    /// Stretches that the markup sets as note markers: raised, or linked to a note.
    pub raised: Vec<Range<usize>>,
    /// Stretches that are markup and no text; they come back in the round trip.
    pub hidden: Vec<Range<usize>>,
    /// Note markers whose number the markup says.
    pub markers: Vec<(Range<usize>, u32)>,
    /// Marked up as the authors' line.
    pub byline: bool,
    /// Stands in a table.
    pub cell: bool,
    /// The note that the markup says it begins, where its number is not in the text.
    pub note: Option<u32>,
    /// Stands within a note that the markup says.
    pub noted: bool,
    /// Where its links lead.
    pub links: Vec<Link>,
}

/// A plain text's lines; where paragraphs were joined by commas, its paragraphs.
pub(super) fn of_text(text: String) -> (String, Vec<Segment>) {
    let characters: Vec<char> = text.chars().collect();
    let joints = comma_joints(&characters);
    let lines = characters.iter().filter(|c| **c == '\n').count();
    let commas = joints.len() >= 6 && joints.len() > lines * 3;
    let breaks: &[usize] = if commas { &joints } else { &[] };
    let mut segments = split(&characters, breaks);
    if !commas {
        rules::titles(&characters, &mut segments);
    }
    (text, segments)
}

/// Commas that nothing but the next paragraph follows: no space, no digit but behind a sentence's end.
fn comma_joints(characters: &[char]) -> Vec<usize> {
    let ended = |at: usize| {
        let before = characters[..at].iter().rev().find(|c| !c.is_whitespace());
        before.is_some_and(|c| matches!(c, '.' | '!' | '?' | ')' | ']' | '”' | ':' | ','))
    };
    let joint = |at: usize| {
        characters.get(at + 1).is_none_or(|next| {
            next.is_uppercase()
                || matches!(next, '“' | '"' | ',' | '[')
                || (!next.is_whitespace() && ended(at) && *next != '”')
        })
    };
    // Of commas in a row with nothing between, the last one is a joint too, whatever follows it.
    let alone = |at: usize| {
        let before = characters[..at].iter().rev().find(|c| !c.is_whitespace());
        before == Some(&',') && characters.get(at + 1).is_some_and(|next| next.is_whitespace())
    };
    let commas = characters.iter().enumerate().filter(|(_, c)| **c == ',').map(|(at, _)| at);
    commas.filter(|at| joint(*at) || alone(*at)).collect()
}

pub(super) fn split(characters: &[char], breaks: &[usize]) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let (mut start, mut line, mut spaced) = (0, 1, false);
    let mut breaks = breaks.iter().copied().peekable();
    for at in 0..=characters.len() {
        let newline = at == characters.len() || characters[at] == '\n';
        let joint = breaks.next_if_eq(&at).is_some();
        if !newline && !joint {
            continue;
        }
        // The comma stays with the paragraph it ends, so that the round trip has it.
        let end = if joint { at + 1 } else { at };
        let tight = joint && characters.get(end).is_some_and(|next| !next.is_whitespace());
        match (trim(characters, start, end), segments.last_mut()) {
            (Some((first, last)), Some(before)) if before.suffix > 0 && only_commas(&characters[first..last]) => {
                before.suffix += last - before.end;
                (before.end, before.tight) = (last, tight);
            }
            (Some((first, last)), _) => {
                let mut segment = Segment { start: first, end: last, line, spaced, tight, ..Segment::default() };
                segment.suffix = usize::from(joint);
                segments.push(segment);
                spaced = joint;
            }
            (None, _) => spaced = true,
        }
        if newline {
            line += 1;
        }
        start = at + 1;
    }
    segments
}

fn only_commas(characters: &[char]) -> bool {
    characters.iter().all(|c| *c == ',' || c.is_whitespace())
}

fn trim(characters: &[char], start: usize, end: usize) -> Option<(usize, usize)> {
    let first = (start..end).find(|at| !characters[*at].is_whitespace())?;
    let last = (first..end).rfind(|at| !characters[*at].is_whitespace())?;
    Some((first, last + 1))
}
