//! The contract's edition from one that a desk keeps: its own form, not a text that had to be understood.

use super::{CrossReference, Edition, Marker, Note, Paragraph, Reference, Section, Takeaway};
use crate::manuscript::Manuscript;
use crate::notes::{PrintedKind, PrintedReference};
use sitrep_model::citation::Target;
use sitrep_model::edition::{self, MarkKind};
use std::collections::HashMap;

impl From<&Manuscript<'_>> for Edition {
    fn from(manuscript: &Manuscript<'_>) -> Self {
        let kept = manuscript.edition;
        let bodies = || kept.sections.iter().flat_map(|section| &section.paragraphs);
        // Where a paragraph has no id of its own yet, its place is its name, as for a text that was understood.
        let names: HashMap<*const edition::Paragraph, String> = bodies()
            .enumerate()
            .map(|(at, body)| {
                let own = body.id.as_str();
                let name = if own.is_empty() { format!("p{}", at + 1) } else { own.to_owned() };
                (std::ptr::from_ref(body), name)
            })
            .collect();
        let name = |body: &edition::Paragraph| names.get(&std::ptr::from_ref(body)).cloned().unwrap_or_default();
        let takeaway = |takeaway: &edition::Takeaway| {
            let announced = takeaway.announces.as_ref().map(|id| id.as_str().to_owned());
            Takeaway {
                text: takeaway.body.text.clone(),
                label: None,
                paragraphs: announced.iter().cloned().collect(),
                paragraph: announced,
            }
        };
        let section = |section: &edition::EditionSection| Section {
            title: section.title.clone(),
            level: section.level,
            scope: section.scope.clone(),
            paragraphs: section.paragraphs.iter().map(|body| paragraph(manuscript, body, name(body))).collect(),
        };
        Self {
            title: Some(kept.title.clone()),
            date: Some(kept.date),
            cutoff: kept.cutoff,
            authors: kept.authors.clone(),
            standing: kept.standing.clone(),
            notices: kept.notices.clone(),
            takeaways: kept.takeaways.iter().map(takeaway).collect(),
            sections: kept.sections.iter().map(section).collect(),
            notes: notes(manuscript),
            cross_references: bodies().flat_map(|body| cross_references(manuscript, body, &name(body))).collect(),
            unclassified: Vec::new(),
            truncated: None,
            left_out: Vec::new(),
        }
    }
}

fn paragraph(manuscript: &Manuscript<'_>, body: &edition::Paragraph, id: String) -> Paragraph {
    let marker = |mark: &edition::CitationMark| {
        let note = manuscript.notes.of(&mark.citation)?.number;
        Some(Marker { offset: mark.offset, note })
    };
    Paragraph {
        id,
        topic: body.sentences.first().map(|first| body.sentence_text(first)),
        text: body.text.clone(),
        citations: body.citations.iter().filter_map(marker).collect(),
        line: 0,
    }
}

fn notes(manuscript: &Manuscript<'_>) -> Vec<Note> {
    let reference = |printed: &PrintedReference| {
        let (url, edition_date) = match &printed.target {
            Target::Address { url } => (Some(url.clone()), None),
            Target::Edition { url, date, .. } => (url.clone(), *date),
            _ => (printed.url.clone(), None),
        };
        let kind = match printed.kind {
            PrintedKind::Document | PrintedKind::Address => "document",
            PrintedKind::Edition => "edition",
            PrintedKind::Assessment | PrintedKind::Text => "text",
        };
        let defanged = url.is_some() && printed.url.is_none();
        Reference { printed: printed.text.clone(), url, defanged, kind: kind.to_owned(), edition_date }
    };
    let note = |note: &crate::notes::Note| Note {
        number: note.number,
        label: note.label.clone(),
        references: note.references.iter().map(reference).collect(),
    };
    manuscript.notes.notes.iter().map(note).collect()
}

/// References to other editions, in words and in notes.
fn cross_references(manuscript: &Manuscript<'_>, body: &edition::Paragraph, id: &str) -> Vec<CrossReference> {
    let in_words = body.marks.iter().filter_map(|mark| {
        let MarkKind::CrossReference { edition, url, date, .. } = &mark.kind else { return None };
        let target = url.clone().or_else(|| date.map(|date| date.to_string()));
        let target = target.or_else(|| edition.as_ref().map(|edition| edition.to_string()));
        let phrase = body.text.chars().take(mark.end).skip(mark.start).collect();
        Some(CrossReference { paragraph: id.to_owned(), phrase, target })
    });
    let cited = body.citations.iter().filter_map(|mark| manuscript.notes.of(&mark.citation));
    let in_notes = cited.flat_map(|note| &note.references).filter_map(|reference| {
        let Target::Edition { edition, url, date, .. } = &reference.target else { return None };
        let target = url.clone().or_else(|| date.map(|date| date.to_string()));
        let target = target.or_else(|| edition.as_ref().map(|edition| edition.to_string()));
        Some(CrossReference { paragraph: id.to_owned(), phrase: reference.text.clone(), target })
    });
    in_words.chain(in_notes).collect()
}
