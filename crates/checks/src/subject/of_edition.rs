//! The view on an edition of the newsroom: it is printed as plain text, and findings carry their paragraph.

use super::{Marker, Note, Part, Passage, Reference, Settings, Subject};
use crate::origin::Origin;
use crate::wording;
use jiff::tz::TimeZone;
use sitrep_editions::Manuscript;
use sitrep_editions::notes::PrintedReference;
use sitrep_language::address;
use sitrep_language::sentences::sentences;
use sitrep_model::actor::Actor;
use sitrep_model::citation::Target;
use sitrep_model::edition::{MarkKind, Paragraph, ParagraphKind};
use sitrep_model::id::{DocumentId, ParagraphId};
use std::collections::HashMap;
use std::ops::Range;

/// The text being printed.
#[derive(Default)]
struct Printing {
    text: String,
    count: usize,
    passages: Vec<Passage>,
}

impl Printing {
    fn push(&mut self, c: char) {
        self.text.push(c);
        self.count += 1;
    }

    fn write(&mut self, text: &str) -> Range<usize> {
        let start = self.count;
        text.chars().for_each(|c| self.push(c));
        start..self.count
    }

    /// A passage of its own, without markers.
    fn plain(&mut self, part: Part, text: &str, section: Option<usize>) {
        if text.trim().is_empty() {
            return;
        }
        let span = self.write(text);
        let mut made = Passage::new(part, text.to_owned(), (span.start..=span.end).collect(), sentences(text));
        made.section = section;
        self.passages.push(made);
        self.write("\n\n");
    }

    fn paragraph(&mut self, part: Part, paragraph: &Paragraph, manuscript: &Manuscript<'_>, section: Option<usize>) {
        let mut at: Vec<usize> = Vec::new();
        let mut markers: Vec<Marker> = Vec::new();
        let mut marks = paragraph.citations.iter().peekable();
        let mut characters = paragraph.text.chars();
        let mut offset = 0;
        loop {
            while let Some(mark) = marks.next_if(|mark| mark.offset <= offset) {
                let note = manuscript.notes.of(&mark.citation);
                let label = note.map_or_else(|| mark.citation.to_string(), |note| note.label.clone());
                let span = self.write(&format!("[{label}]"));
                markers.push(Marker { offset: mark.offset, number: note.map_or(0, |note| note.number), span });
            }
            at.push(self.count);
            let Some(c) = characters.next() else { break };
            self.push(c);
            offset += 1;
        }
        let spans = paragraph.sentences.iter().map(|sentence| sentence.start..sentence.end).collect();
        let mut made = Passage::new(part, paragraph.text.clone(), at, spans);
        made.markers = markers;
        made.section = section;
        made.paragraph = Some(paragraph.id.clone());
        let refers = |kind: &MarkKind| matches!(kind, MarkKind::CrossReference { .. });
        made.cross_references = paragraph.marks.iter().filter(|m| refers(&m.kind)).map(|m| m.start).collect();
        self.passages.push(made);
        self.write("\n\n");
    }
}

impl Subject {
    /// The view on an edition, measured by its desk and the desk's register of names. `late` are the documents that
    /// came in after the edition's data cut-off.
    pub fn of_edition(manuscript: &Manuscript<'_>, register: &[Actor], late: &[DocumentId]) -> Self {
        let edition = manuscript.edition;
        let mut printing = Printing::default();
        printing.plain(Part::Title, &edition.title, None);
        for text in edition.standing.iter().chain(&edition.notices) {
            printing.plain(Part::Front, text, None);
        }
        for takeaway in &edition.takeaways {
            printing.paragraph(Part::Takeaway, &takeaway.body, manuscript, None);
        }
        for (index, section) in edition.sections.iter().enumerate() {
            printing.plain(Part::Heading, &section.title, Some(index));
            printing.plain(Part::Scope, section.scope.as_deref().unwrap_or_default(), Some(index));
            for paragraph in &section.paragraphs {
                let part = match paragraph.kind {
                    ParagraphKind::Prose => Part::Paragraph,
                    ParagraphKind::ListItem => Part::ListItem,
                    ParagraphKind::Figure | ParagraphKind::Quotation => Part::Apart,
                };
                printing.paragraph(part, paragraph, manuscript, Some(index));
            }
        }
        tie(&mut printing.passages, manuscript);
        let notes = notes(&mut printing, manuscript, late);
        let characters: Vec<char> = printing.text.chars().collect();
        let subject = Self {
            date: Some(edition.date),
            language: manuscript.desk.language.clone(),
            passages: printing.passages,
            notes,
            truncated: None,
            settings: Settings::default(),
            origin: Origin::same(&characters),
            characters,
            text: printing.text,
        };
        subject.for_desk(manuscript.desk, register).with_defanged_hosts(&manuscript.cited.defanged_hosts)
    }
}

/// Ties each takeaway to the paragraph it names, and to those that open with its wording.
fn tie(passages: &mut [Passage], manuscript: &Manuscript<'_>) {
    let index: HashMap<ParagraphId, usize> =
        passages.iter().enumerate().filter_map(|(at, passage)| Some((passage.paragraph.clone()?, at))).collect();
    for takeaway in &manuscript.edition.takeaways {
        let announced = takeaway.announces.as_ref().and_then(|id| index.get(id)).copied();
        if let Some(passage) = index.get(&takeaway.body.id).and_then(|at| passages.get_mut(*at)) {
            passage.announces.extend(announced);
        }
    }
    let topics: Vec<(usize, String)> = passages
        .iter()
        .enumerate()
        .filter(|(_, passage)| passage.part == Part::Paragraph)
        .filter_map(|(at, passage)| Some((at, passage.slice(passage.sentences.first()?).to_owned())))
        .collect();
    for passage in passages.iter_mut().filter(|passage| passage.part == Part::Takeaway) {
        let sentences: Vec<String> = passage.sentences.iter().map(|range| passage.slice(range).to_owned()).collect();
        let opens = |topic: &str| sentences.iter().any(|sentence| wording::alike(sentence, topic) >= 0.8);
        let opened: Vec<usize> = topics.iter().filter(|(_, topic)| opens(topic)).map(|(at, _)| *at).collect();
        passage.announces.extend(opened);
    }
}

fn notes(printing: &mut Printing, manuscript: &Manuscript<'_>, late: &[DocumentId]) -> Vec<Note> {
    let mut notes = Vec::new();
    for note in &manuscript.notes.notes {
        let start = printing.count;
        printing.write(&format!("[{}] ", note.label));
        let mut references = Vec::new();
        for (index, printed) in note.references.iter().enumerate() {
            if index > 0 {
                printing.write(" ; ");
            }
            let span = printing.write(&printed.text);
            references.push(reference(printed, span, manuscript, late));
        }
        let span = start..printing.count;
        notes.push(Note { number: note.number, label: note.label.clone(), references, span });
        printing.write("\n\n");
    }
    notes
}

fn reference(
    printed: &PrintedReference,
    span: Range<usize>,
    manuscript: &Manuscript<'_>,
    late: &[DocumentId],
) -> Reference {
    let known = match &printed.target {
        Target::Document { document, .. } => manuscript.cited.documents.get(document),
        _ => None,
    };
    let came_late = matches!(&printed.target, Target::Document { document, .. } if late.contains(document));
    let passage = match &printed.target {
        Target::Document { passage, .. } => passage.as_ref().map(|passage| passage.exact.clone()),
        _ => None,
    };
    Reference {
        printed: printed.text.clone(),
        url: printed.url.clone().or_else(|| address::refang(&printed.text).map(|found| found.url)),
        defanged: address::is_defanged(&printed.text),
        computed: false,
        edition: matches!(printed.target, Target::Edition { .. }),
        published: known.and_then(|found| found.published).map(|at| TimeZone::UTC.to_datetime(at).date()),
        passage,
        late: came_late,
        span,
    }
}
