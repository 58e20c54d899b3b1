//! From an edition's text to its parts.
//!
//! Takes bytes, gives [`Parsed`]: every stretch of the text in reading order as a [`Block`] with its role, and the
//! edition's parts as indices into the blocks. Stages: `input` (bytes → text), `segments`, `markdown`, `html` and `docx`
//! (text → segments), `assemble` (segments → blocks), `notelist` (blocks of notes → references), `classify` (roles), `announce`
//! (takeaway → paragraphs), `crossref`. No block is ever dropped; what has no role is listed as unclassified.

mod announce;
mod assemble;
mod byline;
mod classify;
mod crossref;
mod docx;
mod frontmatter;
mod html;
mod input;
mod joins;
mod label;
mod lines;
mod listing;
mod markdown;
mod notelist;
mod rules;
mod scope;
mod segments;
mod timing;
mod truncation;
mod writer;

pub use input::MAX_BYTES;
pub use segments::Link;
pub use timing::{date_in, date_in_address, date_in_name};

use crate::Error;
use jiff::{Timestamp, civil::Date};
use segments::Segment;

/// What a text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Plain text.
    Text,
    /// A page or a part of one.
    Html,
    /// Markdown of any make (the desk's own form is read by [`crate::form`]).
    Markdown,
    /// A Word document.
    Docx,
}

/// What a block is in the edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The edition's title (again, where the page repeats it).
    Title,
    /// A line that holds the date and no more.
    DateLine,
    /// A line that states the data cut-off.
    Cutoff,
    /// The authors.
    Authors,
    /// The standing description.
    Standing,
    /// A notice.
    Notice,
    /// "Key Takeaways".
    TakeawaysHeading,
    /// A label over one or several takeaways: "Protests:".
    TakeawayLabel,
    /// A takeaway.
    Takeaway,
    /// A section's title.
    Heading,
    /// A section's scope statement.
    Scope,
    /// A paragraph of a section.
    Paragraph,
    /// An item of a list in a section.
    ListItem,
    /// A figure's caption.
    Figure,
    /// "Endnotes".
    NotesHeading,
    /// A note of the note list.
    Note,
    /// Not understood; listed in [`Parsed::unclassified`].
    Unclassified,
}

/// What was taken out of a block's text, and is put back at its offset in the round trip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inserted {
    /// A note marker.
    Marker {
        /// As printed, with brackets.
        printed: String,
        /// The note's number.
        number: u32,
    },
    /// Emphasis marks of Markdown, or a space that the page's markup put before punctuation.
    Other(String),
}

/// A stretch of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub role: Role,
    /// Line of the input (for HTML: of the extracted text) where it starts, from 1.
    pub line: usize,
    /// First code point in [`Parsed::text`].
    pub start: usize,
    /// Behind the last code point in [`Parsed::text`].
    pub end: usize,
    /// What stands before the text and belongs to a list or heading: `1. `, `## `.
    pub prefix: String,
    /// The text, white space normalised, without note markers.
    pub text: String,
    /// What was taken out of the text, by offset.
    pub inserted: Vec<(usize, Inserted)>,
    /// The next block follows without white space (paragraphs joined by commas).
    pub tight: bool,
    /// Depth of a heading as marked up.
    pub heading: Option<u8>,
    /// Marked up as an item of a list.
    pub list: bool,
    /// Set in italics as a whole.
    pub italic: bool,
    /// Address of the picture it is the caption of.
    pub figure: Option<String>,
    /// Code points of a bold beginning.
    pub bold: usize,
    /// Marked up as the authors' line.
    pub byline: bool,
    /// Stands in a table.
    pub cell: bool,
    /// Stood in brackets behind a title: a scope.
    pub scope: bool,
    /// The note that the markup says it is, where its number is not in the text.
    pub note: Option<u32>,
    /// For each code point of `text`, and its end, where it stands in [`Parsed::text`].
    pub source: Vec<u32>,
}

impl Block {
    /// Note markers: code points before the marker, and the note's number.
    pub fn markers(&self) -> impl Iterator<Item = (usize, u32)> {
        self.inserted.iter().filter_map(|(offset, inserted)| match inserted {
            Inserted::Marker { number, .. } => Some((*offset, *number)),
            Inserted::Other(_) => None,
        })
    }

    /// Where a code point of `text` stands in [`Parsed::text`].
    pub fn source_of(&self, offset: usize) -> usize {
        self.source.get(offset).or(self.source.last()).map_or(self.start, |at| *at as usize)
    }
}

/// What a reference points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceKind {
    /// An address.
    Document,
    /// The address of an earlier edition.
    Edition,
    /// Words.
    Text,
}

/// One reference of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedReference {
    /// As printed, white space normalised.
    pub printed: String,
    /// The whole address.
    pub url: Option<String>,
    /// Whether it is printed so that it can't be followed.
    pub defanged: bool,
    /// What it points to.
    pub kind: ReferenceKind,
    /// The date of the edition that it points to.
    pub edition_date: Option<Date>,
    /// First code point in [`Parsed::text`].
    pub start: usize,
    /// Behind the last code point in [`Parsed::text`].
    pub end: usize,
}

/// A note of the note list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedNote {
    /// Its number.
    pub number: u32,
    /// Its label as printed, without brackets: `iv`, `12`.
    pub label: String,
    /// Its block.
    pub block: usize,
    /// Its references.
    pub references: Vec<ParsedReference>,
    /// What stands before, between and behind the references: one more than there are references.
    pub between: Vec<String>,
}

/// A takeaway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedTakeaway {
    /// Its block.
    pub block: usize,
    /// Block of the label it is the first to stand under.
    pub label: Option<usize>,
    /// The paragraphs it announces (indices into [`Parsed::paragraphs`]), the likest first.
    pub announces: Vec<usize>,
}

/// A paragraph of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedParagraph {
    /// `p1`, `p2` … in reading order.
    pub id: String,
    /// Its block.
    pub block: usize,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedSection {
    /// Title; empty for text before the first heading.
    pub title: String,
    /// Depth, from 1.
    pub level: u8,
    /// Block of its title.
    pub heading: Option<usize>,
    /// Block of its scope statement.
    pub scope: Option<usize>,
    /// Its paragraphs: indices into [`Parsed::paragraphs`].
    pub paragraphs: Vec<usize>,
}

/// A reference to another edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrossReference {
    /// Index into [`Parsed::paragraphs`].
    pub paragraph: usize,
    /// The words, or the printed address.
    pub phrase: String,
    /// First code point of the words in the paragraph's text; `None` where only a note refers.
    pub offset: Option<usize>,
    /// Address of the edition, where it is known.
    pub url: Option<String>,
    /// Date of the edition, where it is known.
    pub date: Option<Date>,
}

/// What was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unclassified {
    /// Its block.
    pub block: usize,
    /// Line, from 1.
    pub line: usize,
    /// Why it has no place.
    pub reason: String,
}

/// An edition as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// What it was written in.
    pub form: Form,
    /// The text all offsets count in: the input, or what was extracted from the page.
    pub text: String,
    /// Title.
    pub title: Option<String>,
    /// Date.
    pub date: Option<Date>,
    /// Data cut-off.
    pub cutoff: Option<Timestamp>,
    /// Authors.
    pub authors: Vec<String>,
    /// Standing description.
    pub standing: Option<String>,
    /// Notices.
    pub notices: Vec<String>,
    /// Takeaways.
    pub takeaways: Vec<ParsedTakeaway>,
    /// Sections, flat and in order.
    pub sections: Vec<ParsedSection>,
    /// Paragraphs of all sections, in order.
    pub paragraphs: Vec<ParsedParagraph>,
    /// The note list.
    pub notes: Vec<ParsedNote>,
    /// References to other editions.
    pub cross_references: Vec<CrossReference>,
    /// What was not understood.
    pub unclassified: Vec<Unclassified>,
    /// Why the text is taken to be cut off, where it is.
    pub truncated: Option<String>,
    /// Everything, in reading order.
    pub blocks: Vec<Block>,
    /// Links that lead to other pages, in order.
    pub links: Vec<Link>,
    /// What the file holds besides its text and was left out, in words.
    pub left_out: Vec<String>,
}

impl Parsed {
    /// A paragraph's block.
    pub fn paragraph(&self, index: usize) -> &Block {
        &self.blocks[self.paragraphs[index].block]
    }

    /// The note of that number.
    pub fn note(&self, number: u32) -> Option<&ParsedNote> {
        self.notes.iter().find(|note| note.number == number)
    }

    /// Markers in the text, and how many of them have a note.
    pub fn markers_tied(&self) -> (usize, usize) {
        let markers = || self.blocks.iter().flat_map(Block::markers);
        (markers().count(), markers().filter(|(_, number)| self.note(*number).is_some()).count())
    }
}

/// Reads an edition; the form is found out where it is not given.
///
/// # Errors
/// Where the input is no text, or is beyond the bounds of size and depth.
pub fn parse(input: &[u8], form: Option<Form>) -> Result<Parsed, Error> {
    parse_near(input, form, None)
}

/// Reads an edition of about that day: it serves where the text names a day without a year, or none.
///
/// # Errors
/// As [`parse`].
pub fn parse_near(input: &[u8], form: Option<Form>, near: Option<Date>) -> Result<Parsed, Error> {
    if docx::is_ole(input) {
        return Err(docx::refuse_ole(input));
    }
    if form == Some(Form::Docx) || (form.is_none() && docx::is_zip(input)) {
        let read = docx::extract(input)?;
        let mut parsed = understood(read.text, read.segments, Form::Docx, near)?;
        parsed.left_out = read.left_out;
        return Ok(parsed);
    }
    let given = input::decode(input)?;
    let form = form.unwrap_or_else(|| input::form_of(&given));
    let (text, segments) = match form {
        Form::Html => html::extract(&given)?,
        Form::Markdown => markdown::of_markdown(given),
        Form::Text | Form::Docx => segments::of_text(given),
    };
    understood(text, segments, form, near)
}

fn understood(text: String, segments: Vec<Segment>, form: Form, near: Option<Date>) -> Result<Parsed, Error> {
    let characters: Vec<char> = text.chars().collect();
    let assembled = assemble::blocks(&characters, segments, form);
    if assembled.blocks.is_empty() {
        return Err(Error::Empty);
    }
    let mut parsed = classify::parts(form, text, assembled, near);
    announce::tie(&mut parsed);
    crossref::find(&mut parsed);
    parsed.truncated = truncation::reason(&parsed, characters.len());
    Ok(parsed)
}
