//! Where the cited passage stands in a page's texts.

use crate::{fragment, passage};
use sitrep_language::offsets::Offsets;
use sitrep_model::citation::Passage;
use std::ops::Range;

/// Byte ranges of the passage in the texts of a page, by the text's number.
pub(super) type Marks = Vec<(usize, Range<usize>)>;

/// The passage's place in texts that follow each other. White space between them counts for nothing.
pub(super) fn place(texts: &[&str], passage: &Passage) -> Option<Marks> {
    let whole = texts.join("\n");
    let found = passage::find(&whole, passage)?;
    let offsets = Offsets::new(&whole);
    let (start, end) = (offsets.byte(found.start), offsets.byte(found.end));
    let mut marks = Marks::new();
    let mut at = 0;
    for (number, text) in texts.iter().enumerate() {
        let (from, to) = (start.max(at), end.min(at + text.len()));
        if from < to && !text[from - at..to - at].trim().is_empty() {
            marks.push((number, from - at..to - at));
        }
        at += text.len() + 1;
    }
    Some(marks)
}

/// Writes a text with its part of the passage marked; the first part has the identifier.
pub(super) fn write_text(text: &str, number: usize, marks: &Marks, out: &mut String) {
    let Some(position) = marks.iter().position(|(of, _)| *of == number) else {
        fragment::escape(text, out);
        return;
    };
    let range = marks[position].1.clone();
    fragment::escape(&text[..range.start], out);
    out.push_str(if position == 0 { "<mark id=\"passage\">" } else { "<mark>" });
    fragment::escape(&text[range.clone()], out);
    out.push_str("</mark>");
    fragment::escape(&text[range.end..], out);
}
