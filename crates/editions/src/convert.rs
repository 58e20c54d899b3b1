//! From what was read to the model's edition.

use crate::Error;
use crate::parse::{Block, Parsed, ParsedNote, ParsedReference, ParsedTakeaway, ReferenceKind, Role};
use jiff::civil::Date;
use sitrep_language::sentences::sentences;
use sitrep_model::citation::{Citation, Reference, Target};
use sitrep_model::edition::{
    CitationMark, Edition, EditionSection, EditionState, Mark, MarkKind, Paragraph, ParagraphKind, Sentence, Takeaway,
};
use sitrep_model::id::{CitationId, DeskId, EditionId, ParagraphId, SentenceId};
use std::collections::BTreeSet;

impl Parsed {
    /// The edition as the newsroom keeps it, drafting. `make` gives new identifiers for `edition`, `paragraph` and
    /// `sentence`; citations are named `c1`, `c2` … by their notes. Takeaways keep the first paragraph they announce.
    ///
    /// # Errors
    /// [`Error::NoDate`] where neither the text nor the caller gives a date.
    pub fn into_edition(
        self,
        desk: &DeskId,
        date: Option<Date>,
        make: &mut dyn FnMut(&str) -> String,
    ) -> Result<Edition, Error> {
        let date = self.date.or(date).ok_or(Error::NoDate)?;
        let id = EditionId(make("edition"));
        let mut made: Vec<Paragraph> = Vec::with_capacity(self.paragraphs.len());
        for index in 0..self.paragraphs.len() {
            let mut paragraph = paragraph(self.paragraph(index), make);
            paragraph.marks = self.marks(index);
            made.push(paragraph);
        }
        let takeaways = self
            .takeaways
            .iter()
            .map(|takeaway| Takeaway {
                body: paragraph(&self.labelled(takeaway), make),
                announces: takeaway.announces.first().map(|index| made[*index].id.clone()),
            })
            .collect();
        let citations = self.citations();
        let mut made = made.into_iter();
        let sections = self
            .sections
            .iter()
            .map(|section| EditionSection {
                section: None,
                title: section.title.clone(),
                level: section.level,
                scope: section.scope.map(|block| self.blocks[block].text.clone()),
                paragraphs: made.by_ref().take(section.paragraphs.len()).collect(),
            })
            .collect();
        Ok(Edition {
            id,
            desk: desk.clone(),
            slug: date.to_string(),
            title: self.title.unwrap_or_else(|| untitled(date)),
            date,
            cutoff: self.cutoff,
            authors: self.authors,
            standing: self.standing,
            notices: self.notices,
            takeaways,
            sections,
            citations,
            state: EditionState::Drafting,
            published: None,
            corrections: Vec::new(),
            origin_url: None,
        })
    }

    /// A takeaway's block, with the label over it at its head.
    fn labelled(&self, takeaway: &ParsedTakeaway) -> Block {
        let mut block = self.blocks[takeaway.block].clone();
        if let Some(label) = takeaway.label {
            let head = format!("{} ", self.blocks[label].text);
            let length = head.chars().count();
            block.text.insert_str(0, &head);
            block.inserted.iter_mut().for_each(|(offset, _)| *offset += length);
        }
        block
    }

    /// The page's links within a paragraph.
    fn links(&self, index: usize) -> impl Iterator<Item = Mark> {
        let block = self.paragraph(index);
        let within = |at: usize| block.source.partition_point(|source| (*source as usize) < at);
        self.links.iter().filter(|link| link.span.start >= block.start && link.span.end <= block.end).map(move |link| {
            let kind = MarkKind::Link { url: link.url.clone() };
            Mark { start: within(link.span.start), end: within(link.span.end), kind }
        })
    }

    fn marks(&self, index: usize) -> Vec<Mark> {
        let here = self.cross_references.iter().filter(|cross| cross.paragraph == index);
        let mut marks: Vec<Mark> = here
            .filter_map(|cross| {
                let start = cross.offset?;
                let (url, date) = (cross.url.clone(), cross.date);
                let kind = MarkKind::CrossReference { edition: None, sentence: None, url, date };
                Some(Mark { start, end: start + cross.phrase.chars().count(), kind })
            })
            .collect();
        let apart = |link: &Mark| !marks.iter().any(|mark| link.start < mark.end && mark.start < link.end);
        let links: Vec<Mark> = self.links(index).filter(|link| link.start < link.end && apart(link)).collect();
        marks.extend(links);
        marks.sort_by_key(|mark| mark.start);
        marks
    }

    /// One citation for each note, and an empty one for each marker whose note is missing.
    fn citations(&self) -> Vec<Citation> {
        let cited: BTreeSet<u32> = self.blocks.iter().flat_map(Block::markers).map(|(_, number)| number).collect();
        let missing = cited.iter().filter(|number| self.note(**number).is_none());
        let empty = |number: &u32| Citation {
            id: citation_id(*number),
            references: Vec::new(),
            label: Some(number.to_string()),
        };
        self.notes.iter().map(citation).chain(missing.map(empty)).collect()
    }
}

/// The title of an edition whose text has none.
pub fn untitled(date: Date) -> String {
    format!("Edition of {date}")
}

fn citation_id(number: u32) -> CitationId {
    CitationId(format!("c{number}"))
}

fn citation(note: &ParsedNote) -> Citation {
    let references = note.references.iter().map(reference).collect();
    Citation { id: citation_id(note.number), references, label: Some(note.label.clone()) }
}

fn reference(parsed: &ParsedReference) -> Reference {
    let target = match (&parsed.url, parsed.kind) {
        (Some(url), ReferenceKind::Edition) => {
            Target::Edition { edition: None, sentence: None, url: Some(url.clone()), date: parsed.edition_date }
        }
        (Some(url), _) => Target::Address { url: url.clone() },
        (None, _) => Target::Text,
    };
    Reference { target, printed: Some(parsed.printed.clone()), defanged: Some(parsed.defanged) }
}

fn paragraph(block: &Block, make: &mut dyn FnMut(&str) -> String) -> Paragraph {
    let id = ParagraphId(make("paragraph"));
    let spans = sentences(&block.text);
    let sentence = |span: std::ops::Range<usize>| Sentence {
        id: SentenceId(make("sentence")),
        start: span.start,
        end: span.end,
        events: Vec::new(),
        judgement: None,
    };
    Paragraph {
        id,
        kind: match block.role {
            Role::ListItem => ParagraphKind::ListItem,
            Role::Figure => ParagraphKind::Figure,
            _ => ParagraphKind::Prose,
        },
        text: block.text.clone(),
        sentences: spans.into_iter().map(sentence).collect(),
        marks: Vec::new(),
        citations: block
            .markers()
            .map(|(offset, number)| CitationMark { offset, citation: citation_id(number) })
            .collect(),
        campaign: None,
        figure: block.figure.clone().filter(|address| !address.is_empty()),
    }
}
