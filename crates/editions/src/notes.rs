//! Notes as they are printed: numbered in order of first appearance, links of hostile outlets defanged.

use jiff::{Timestamp, civil::Date};
use sitrep_language::address;
use sitrep_model::citation::{Citation, Reference, Target};
use sitrep_model::desk::{Defanging, HouseStyle, NoteStyle};
use sitrep_model::edition::Edition;
use sitrep_model::id::{AssessmentId, CitationId, DocumentId, EditionId};
use sitrep_model::roman::roman;
use std::collections::HashMap;

/// What is known of a cited document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CitedDocument {
    /// Title as printed by the outlet.
    pub title: String,
    /// Canonical address.
    pub url: String,
    /// Its source's name.
    pub source: Option<String>,
    /// When the outlet published it.
    pub published: Option<Timestamp>,
    /// BCP 47 language.
    pub language: Option<String>,
    /// Its source's links are printed defanged.
    pub defanged: bool,
}

/// What is known of a cited edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitedEdition {
    /// Its date.
    pub date: Date,
    /// Its slug.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Its public address.
    pub url: String,
}

/// What is known of a cited assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitedAssessment {
    /// Its statement.
    pub statement: String,
    /// Its public address.
    pub url: String,
}

/// Everything an edition cites, by id, as the caller looked it up.
#[derive(Debug, Clone, Default)]
pub struct Cited {
    /// Documents.
    pub documents: HashMap<DocumentId, CitedDocument>,
    /// Editions.
    pub editions: HashMap<EditionId, CitedEdition>,
    /// Assessments.
    pub assessments: HashMap<AssessmentId, CitedAssessment>,
    /// Hosts (without `www.`) whose plain addresses are printed defanged.
    pub defanged_hosts: Vec<String>,
}

/// What a printed reference points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrintedKind {
    /// A document of the desk.
    Document,
    /// A plain address.
    Address,
    /// An edition.
    Edition,
    /// An assessment.
    Assessment,
    /// Words.
    Text,
}

impl PrintedKind {
    /// The kind's name as it is printed in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Address => "address",
            Self::Edition => "edition",
            Self::Assessment => "assessment",
            Self::Text => "text",
        }
    }
}

/// A reference as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedReference {
    /// As printed.
    pub text: String,
    /// Where it leads, where it may be followed: never for what is defanged.
    pub url: Option<String>,
    /// What it points to.
    pub kind: PrintedKind,
    /// The target itself.
    pub target: Target,
}

/// A numbered note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its number, from 1.
    pub number: u32,
    /// Its label in the desk's style: `iv` or `4`.
    pub label: String,
    /// The citation it stands for (the first of those that share it).
    pub citation: CitationId,
    /// Its references.
    pub references: Vec<PrintedReference>,
}

impl Note {
    /// The references in one line, divided by ` ; `.
    pub fn text(&self) -> String {
        self.references.iter().map(|reference| reference.text.as_str()).collect::<Vec<_>>().join(" ; ")
    }
}

/// An edition's notes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notes {
    /// In order.
    pub notes: Vec<Note>,
    numbers: HashMap<CitationId, u32>,
}

impl Notes {
    /// The note of a citation; `None` for one that no marker names.
    pub fn of(&self, citation: &CitationId) -> Option<&Note> {
        let number = self.numbers.get(citation)?;
        self.notes.get(usize::try_from(*number).ok()?.checked_sub(1)?)
    }
}

/// The label of a note.
pub fn label(number: u32, style: NoteStyle) -> String {
    match style {
        NoteStyle::Roman => roman(number).unwrap_or_else(|| number.to_string()),
        NoteStyle::Arabic => number.to_string(),
    }
}

/// Numbers an edition's citations; the same references cited twice in a row share a note.
pub fn notes(edition: &Edition, cited: &Cited, style: &HouseStyle) -> Notes {
    let by_id: HashMap<&CitationId, &Citation> =
        edition.citations.iter().map(|citation| (&citation.id, citation)).collect();
    let mut made = Notes::default();
    let mut last: Option<&[Reference]> = None;
    for mark in edition.paragraphs().flat_map(|paragraph| &paragraph.citations) {
        if made.numbers.contains_key(&mark.citation) {
            last = by_id.get(&mark.citation).map(|citation| citation.references.as_slice());
            continue;
        }
        let references = by_id.get(&mark.citation).map_or(&[][..], |citation| citation.references.as_slice());
        // Only the note made last can be shared: an earlier one would break the order of first appearance.
        if !references.is_empty()
            && last == Some(references)
            && let Some(note) = made.notes.last()
        {
            let shared = by_id.get(&note.citation).is_some_and(|citation| citation.references == references);
            if shared {
                made.numbers.insert(mark.citation.clone(), note.number);
                continue;
            }
        }
        last = Some(references);
        let number = u32::try_from(made.notes.len() + 1).unwrap_or(u32::MAX);
        made.numbers.insert(mark.citation.clone(), number);
        made.notes.push(Note {
            number,
            label: label(number, style.notes),
            citation: mark.citation.clone(),
            references: references.iter().map(|reference| print(reference, cited, style.defanging)).collect(),
        });
    }
    made
}

/// A reference as it is printed.
pub fn print(reference: &Reference, cited: &Cited, spelling: Defanging) -> PrintedReference {
    let target = reference.target.clone();
    let addressed = |url: &str, rule: bool, kind: PrintedKind| {
        let defanged = reference.defanged.unwrap_or(rule);
        let text = match &reference.printed {
            Some(printed) => printed.clone(),
            None if defanged => address::defang(url, spelling),
            None => url.to_owned(),
        };
        let url = (!defanged && !url.is_empty()).then(|| url.to_owned());
        PrintedReference { text, url, kind, target: target.clone() }
    };
    match &reference.target {
        Target::Document { document, .. } => match cited.documents.get(document) {
            Some(found) => addressed(&found.url, found.defanged, PrintedKind::Document),
            None => {
                let text = reference.printed.clone().unwrap_or_else(|| document.to_string());
                PrintedReference { text, url: None, kind: PrintedKind::Document, target }
            }
        },
        Target::Address { url } => {
            let hostile = cited.defanged_hosts.contains(&address::host(url));
            addressed(url, hostile, PrintedKind::Address)
        }
        Target::Edition { edition, url, date, .. } => {
            let known = edition.as_ref().and_then(|edition| cited.editions.get(edition));
            let address = known.map(|known| known.url.clone()).or_else(|| url.clone());
            match address {
                Some(address) => addressed(&address, false, PrintedKind::Edition),
                None => {
                    let printed = reference.printed.clone();
                    let text =
                        printed.unwrap_or_else(|| date.map_or_else(String::new, |date| format!("Edition of {date}")));
                    PrintedReference { text, url: None, kind: PrintedKind::Edition, target }
                }
            }
        }
        Target::Assessment { assessment } => match cited.assessments.get(assessment) {
            Some(found) => PrintedReference {
                text: reference.printed.clone().unwrap_or_else(|| found.statement.clone()),
                url: Some(found.url.clone()),
                kind: PrintedKind::Assessment,
                target,
            },
            None => {
                let text = reference.printed.clone().unwrap_or_else(|| assessment.to_string());
                PrintedReference { text, url: None, kind: PrintedKind::Assessment, target }
            }
        },
        Target::Text => {
            let text = reference.printed.clone().unwrap_or_default();
            PrintedReference { text, url: None, kind: PrintedKind::Text, target }
        }
    }
}
