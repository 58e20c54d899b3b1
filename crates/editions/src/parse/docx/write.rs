//! Paragraphs to text with its segments; true notes as a numbered list behind it.

use super::body::{Body, Kind, Notes, Paragraph, Piece, What};
use crate::parse::lines;
use crate::parse::segments::Segment;
use crate::parse::writer::Writer;
use std::collections::HashMap;

/// Characters up to which a table's row is printed as one line.
const ROW: usize = 600;

/// The text of a body and of the notes that it refers to.
pub(super) fn text(body: &mut Body, notes: &Notes) -> (String, Vec<Segment>) {
    let mut page =
        Page { writer: Writer::default(), numbers: HashMap::new(), order: Vec::new(), listed: 0, headed: false };
    let paragraphs = join(std::mem::take(&mut body.paragraphs));
    let mut at = 0;
    while at < paragraphs.len() {
        let row = row(&paragraphs, at);
        if row > 1 {
            page.row(&paragraphs[at..at + row]);
        } else {
            page.paragraph(&paragraphs[at]);
        }
        at += row.max(1);
    }
    // Notes may refer to notes: the list grows while it is written.
    let mut next = 0;
    while let Some(key) = page.order.get(next).cloned() {
        next += 1;
        page.note(u32::try_from(next).unwrap_or(u32::MAX), notes.by_id.get(&key).map_or(&[][..], Vec::as_slice));
    }
    (page.writer.text, page.writer.segments)
}

/// Paragraphs whose end was deleted are one with the next.
fn join(paragraphs: Vec<Paragraph>) -> Vec<Paragraph> {
    let mut joined: Vec<Paragraph> = Vec::with_capacity(paragraphs.len());
    for paragraph in paragraphs {
        match joined.last_mut().filter(|last| last.goes_on) {
            Some(last) => {
                last.goes_on = paragraph.goes_on;
                last.pieces.extend(paragraph.pieces);
            }
            None => joined.push(paragraph),
        }
    }
    joined
}

/// How many paragraphs from `at` on are the cells of one row that can be a line; 0 where there is none.
fn row(paragraphs: &[Paragraph], at: usize) -> usize {
    let Some(first) = paragraphs[at].cell.filter(|cell| cell.wide) else { return 0 };
    let same =
        |paragraph: &&Paragraph| paragraph.cell.is_some_and(|cell| (cell.table, cell.row) == (first.table, first.row));
    let cells: Vec<&Paragraph> = paragraphs[at..].iter().take_while(same).collect();
    let mut columns: Vec<usize> = cells.iter().filter_map(|cell| cell.cell.map(|cell| cell.column)).collect();
    columns.dedup();
    let length: usize = cells.iter().flat_map(|cell| &cell.pieces).map(length).sum();
    let plain = cells.iter().all(|cell| cell.heading.is_none());
    if columns.len() == cells.len() && length <= ROW && plain { cells.len() } else { 0 }
}

fn length(piece: &Piece) -> usize {
    if let What::Text(text) = &piece.what { text.chars().count() } else { 0 }
}

struct Page {
    writer: Writer,
    numbers: HashMap<(Kind, String), u32>,
    order: Vec<(Kind, String)>,
    /// Items of a numbered list of notes so far.
    listed: u32,
    /// The last heading says that notes follow.
    headed: bool,
}

impl Page {
    fn paragraph(&mut self, paragraph: &Paragraph) {
        let text: String = paragraph
            .pieces
            .iter()
            .filter_map(|p| if let What::Text(t) = &p.what { Some(t.as_str()) } else { None })
            .collect();
        if !text.trim().is_empty() {
            if lines::is_notes_heading(&text) {
                (self.headed, self.listed) = (true, 0);
            } else if paragraph.heading.is_some() {
                self.headed = false;
            }
        }
        // A list that Word numbers under "Endnotes" is the note list: its numbers are not in the text.
        let note = (self.headed && paragraph.list).then(|| {
            self.listed += 1;
            self.listed
        });
        let like = Segment {
            heading: paragraph.heading,
            list: paragraph.list,
            byline: paragraph.byline,
            cell: paragraph.cell.is_some_and(|cell| cell.wide),
            note,
            ..Segment::default()
        };
        self.pieces(&paragraph.pieces, &like);
        self.writer.close(paragraph.caption.then(String::new));
    }

    fn row(&mut self, cells: &[Paragraph]) {
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 && self.writer.is_open() {
                self.writer.write(" | ", Segment::default);
            }
            self.pieces(&cell.pieces, &Segment { cell: true, ..Segment::default() });
        }
        self.writer.close(None);
    }

    fn note(&mut self, number: u32, paragraphs: &[Paragraph]) {
        let like = Segment { note: Some(number), noted: true, ..Segment::default() };
        self.look(false, false, false);
        self.writer.write(&format!("[{number}] "), || like.clone());
        for (index, paragraph) in paragraphs.iter().enumerate() {
            if index > 0 {
                self.writer.close(None);
            }
            self.pieces(&paragraph.pieces, &Segment { noted: true, ..Segment::default() });
        }
        self.writer.close(None);
    }

    fn look(&mut self, bold: bool, italic: bool, raised: bool) {
        self.writer.fresh |= raised && !self.writer.raised;
        (self.writer.bold, self.writer.italic, self.writer.raised) = (bold, italic, raised);
    }

    fn pieces(&mut self, pieces: &[Piece], like: &Segment) {
        for piece in pieces {
            match &piece.what {
                What::Break => self.writer.breaks(),
                What::Text(text) => {
                    self.look(piece.bold, piece.italic, piece.raised);
                    let leading = text.starts_with(char::is_whitespace);
                    if leading {
                        self.writer.blank();
                    }
                    let from = self.writer.next_word();
                    self.writer.write(text.trim_start(), || like.clone());
                    if let Some(url) = &piece.link {
                        self.writer.link(from..self.writer.count, url.to_string());
                    }
                }
                What::Note(kind, id) => {
                    let key = (*kind, id.clone());
                    let next = u32::try_from(self.order.len() + 1).unwrap_or(u32::MAX);
                    let number = *self.numbers.entry(key.clone()).or_insert(next);
                    if number == next {
                        self.order.push(key);
                    }
                    // As bold as what stands before it, so that a marker ends no topic sentence.
                    self.look(self.writer.bold, false, false);
                    self.writer.write(&format!("[{number}]"), || like.clone());
                }
            }
        }
    }
}
