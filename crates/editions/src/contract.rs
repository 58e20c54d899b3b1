//! What `edition parse` prints: these names are a contract with other programs.

mod kept;

use crate::parse::{Parsed, ParsedNote, ReferenceKind};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use sitrep_language::sentences::sentences;

/// An edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    pub title: Option<String>,
    pub date: Option<Date>,
    /// RFC 3339.
    pub cutoff: Option<Timestamp>,
    pub authors: Vec<String>,
    pub standing: Option<String>,
    pub notices: Vec<String>,
    pub takeaways: Vec<Takeaway>,
    pub sections: Vec<Section>,
    pub notes: Vec<Note>,
    pub cross_references: Vec<CrossReference>,
    pub unclassified: Vec<Unclassified>,
    /// Why the text is taken to be cut off; `null` where it is whole.
    pub truncated: Option<String>,
    /// What the file holds besides its text and was not read: macros, comments, deleted text.
    pub left_out: Vec<String>,
}

/// A key takeaway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Takeaway {
    pub text: String,
    /// The label over it, where it is the first under one.
    pub label: Option<String>,
    /// The paragraph it announces.
    pub paragraph: Option<String>,
    /// Every paragraph it announces, the likest first.
    pub paragraphs: Vec<String>,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub title: String,
    pub level: u8,
    pub scope: Option<String>,
    pub paragraphs: Vec<Paragraph>,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    pub id: String,
    /// Its topic sentence.
    pub topic: Option<String>,
    /// Without note markers.
    pub text: String,
    pub citations: Vec<Marker>,
    /// Line of the input, from 1.
    pub line: usize,
}

/// A note marker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marker {
    /// Code points of the paragraph's text before it.
    pub offset: usize,
    /// The note's number.
    pub note: u32,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub number: u32,
    pub label: String,
    pub references: Vec<Reference>,
}

/// A reference of a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    pub printed: String,
    pub url: Option<String>,
    pub defanged: bool,
    /// `document`, `edition` or `text`.
    pub kind: String,
    pub edition_date: Option<Date>,
}

/// A reference to another edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrossReference {
    pub paragraph: String,
    pub phrase: String,
    /// The edition's address, or its date where no address is known.
    pub target: Option<String>,
}

/// What was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unclassified {
    pub line: usize,
    pub reason: String,
    pub text: String,
}

impl From<&Parsed> for Edition {
    fn from(parsed: &Parsed) -> Self {
        let id = |index: usize| parsed.paragraphs[index].id.clone();
        let takeaway = |takeaway: &crate::parse::ParsedTakeaway| {
            let paragraphs: Vec<String> = takeaway.announces.iter().map(|index| id(*index)).collect();
            let text = parsed.blocks[takeaway.block].text.clone();
            let label = takeaway.label.map(|label| parsed.blocks[label].text.clone());
            Takeaway { text, label, paragraph: paragraphs.first().cloned(), paragraphs }
        };
        let section = |section: &crate::parse::ParsedSection| Section {
            title: section.title.clone(),
            level: section.level,
            scope: section.scope.map(|block| parsed.blocks[block].text.clone()),
            paragraphs: section.paragraphs.iter().map(|index| paragraph(parsed, *index)).collect(),
        };
        let cross = |cross: &crate::parse::CrossReference| CrossReference {
            paragraph: id(cross.paragraph),
            phrase: cross.phrase.clone(),
            target: cross.url.clone().or_else(|| cross.date.map(|date| date.to_string())),
        };
        let unclassified = |unknown: &crate::parse::Unclassified| Unclassified {
            line: unknown.line,
            reason: unknown.reason.clone(),
            text: parsed.blocks[unknown.block].text.clone(),
        };
        Self {
            title: parsed.title.clone(),
            date: parsed.date,
            cutoff: parsed.cutoff,
            authors: parsed.authors.clone(),
            standing: parsed.standing.clone(),
            notices: parsed.notices.clone(),
            takeaways: parsed.takeaways.iter().map(takeaway).collect(),
            sections: parsed.sections.iter().map(section).collect(),
            notes: parsed.notes.iter().map(note).collect(),
            cross_references: parsed.cross_references.iter().map(cross).collect(),
            unclassified: parsed.unclassified.iter().map(unclassified).collect(),
            truncated: parsed.truncated.clone(),
            left_out: parsed.left_out.clone(),
        }
    }
}

fn paragraph(parsed: &Parsed, index: usize) -> Paragraph {
    let block = parsed.paragraph(index);
    let topic =
        sentences(&block.text).first().map(|first| block.text.chars().take(first.end).skip(first.start).collect());
    let citations = block.markers().map(|(offset, note)| Marker { offset, note }).collect();
    Paragraph { id: parsed.paragraphs[index].id.clone(), topic, text: block.text.clone(), citations, line: block.line }
}

fn note(note: &ParsedNote) -> Note {
    let references = note.references.iter().map(|reference| Reference {
        printed: reference.printed.clone(),
        url: reference.url.clone(),
        defanged: reference.defanged,
        kind: match reference.kind {
            ReferenceKind::Document => "document",
            ReferenceKind::Edition => "edition",
            ReferenceKind::Text => "text",
        }
        .to_owned(),
        edition_date: reference.edition_date,
    });
    Note { number: note.number, label: note.label.clone(), references: references.collect() }
}
