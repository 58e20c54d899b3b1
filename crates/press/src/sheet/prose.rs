//! Paragraphs: sentences, marks and note markers as spans that are printed alike.

use super::direction::{Direction, Tongue, foreign, stretches};
use super::links;
use super::text::{line, pieces, spaced};
use serde::Serialize;
use sitrep_editions::Manuscript;
use sitrep_model::edition::Paragraph;
use sitrep_model::id::{CitationId, ParagraphId};
use sitrep_model::run::Content;
use std::collections::{HashMap, HashSet};

/// A text of its own: a paragraph, a title.
#[derive(Debug, Default, Serialize)]
pub(super) struct Block {
    /// Its language, where its direction is not the page's.
    tongue: Option<Tongue>,
    spans: Vec<Span>,
}

/// What is printed alike.
#[derive(Debug, Default, Serialize)]
pub(super) struct Span {
    /// The text in pieces between which a line may break. A marker has none.
    pieces: Vec<String>,
    /// Its language, where its direction is not that of the text around.
    tongue: Option<Tongue>,
    bold: bool,
    italic: bool,
    /// Where it leads.
    pub(super) link: Option<String>,
    /// The note it marks.
    marker: Option<Marker>,
}

/// A note marker.
#[derive(Debug, Serialize)]
struct Marker {
    number: u32,
    label: String,
    /// The first of its note: the note leads back to it.
    first: bool,
    /// Another marker stands right before it.
    follows: bool,
}

impl Span {
    /// A text that is only text, with its language where that is not the one around.
    pub(super) fn of(text: &str, tongue: Option<Tongue>) -> Self {
        Self { pieces: pieces(text), tongue, ..Self::default() }
    }

    fn is_space(&self) -> bool {
        self.marker.is_none() && self.pieces.iter().all(|piece| piece == " ")
    }
}

/// Makes the spans of one edition and remembers which notes were marked.
pub(super) struct Prose<'m> {
    pub(super) manuscript: &'m Manuscript<'m>,
    /// The page's direction.
    pub(super) direction: Direction,
    marked: HashSet<u32>,
    /// The names of paragraphs that takeaways announce, until the paragraph has taken its name.
    names: HashMap<&'m ParagraphId, String>,
}

impl<'m> Prose<'m> {
    pub(super) fn new(manuscript: &'m Manuscript<'m>, direction: Direction) -> Self {
        let announced: HashSet<&ParagraphId> =
            manuscript.edition.takeaways.iter().filter_map(|takeaway| takeaway.announces.as_ref()).collect();
        let ids = manuscript.edition.sections.iter().flat_map(|section| &section.paragraphs).map(|p| &p.id);
        let known = ids.enumerate().filter(|(_, id)| announced.contains(id) && !id.as_str().is_empty());
        let names = known.map(|(index, id)| (id, format!("p-{index}"))).collect();
        Self { manuscript, direction, marked: HashSet::new(), names }
    }

    /// The name of a paragraph that is announced.
    pub(super) fn name(&self, id: &ParagraphId) -> Option<String> {
        self.names.get(id).cloned()
    }

    /// The same, once: two paragraphs of one name can't be told apart.
    pub(super) fn announced(&mut self, id: &ParagraphId) -> Option<String> {
        self.names.remove(id)
    }

    /// Whether a note was marked so far.
    pub(super) fn is_marked(&self, number: u32) -> bool {
        self.marked.contains(&number)
    }

    /// A text without marks; `None` where nothing of it is seen.
    pub(super) fn plain(&self, text: &str) -> Option<Block> {
        let text = line(text);
        if text.is_empty() {
            return None;
        }
        let tongue = foreign(&text, self.direction, None);
        let direction = tongue.as_ref().map_or(self.direction, |tongue| tongue.dir);
        Some(Block { tongue, spans: self.spans(&text, direction) })
    }

    /// A text's spans within a text of that direction.
    pub(super) fn spans(&self, text: &str, within: Direction) -> Vec<Span> {
        stretches(text, within).into_iter().map(|(text, tongue)| Span::of(text, tongue)).collect()
    }

    /// A paragraph; its topic sentence is bold where it has one.
    pub(super) fn paragraph(&mut self, paragraph: &Paragraph, topic: bool) -> Block {
        let tongue = foreign(&paragraph.text, self.direction, None);
        let direction = tongue.as_ref().map_or(self.direction, |tongue| tongue.dir);
        let mut spans: Vec<Span> = Vec::new();
        let mut after_space = true;
        for run in paragraph.runs() {
            match run.content {
                Content::Marker(citation) => {
                    // White space between two markers is no text: `.ii, iii`.
                    if let [.., Span { marker: Some(_), .. }, between] = spans.as_slice()
                        && between.is_space()
                    {
                        spans.pop();
                    }
                    let follows = spans.last().is_some_and(|span| span.marker.is_some());
                    spans.extend(self.marker(citation, follows));
                    after_space = false;
                }
                Content::Text { text, bold, italic, link } => {
                    let text = spaced(&text);
                    let text = if after_space { text.trim_start_matches(' ') } else { &text };
                    after_space = if text.is_empty() { after_space } else { text.ends_with(' ') };
                    let target = link.and_then(|kind| links::of_mark(kind, self.manuscript));
                    let bold = bold || (topic && run.sentence == Some(0));
                    for span in self.spans(text, direction) {
                        spans.push(Span { bold, italic, link: target.clone(), ..span });
                    }
                }
            }
        }
        Block { tongue, spans }
    }

    fn marker(&mut self, citation: &CitationId, follows: bool) -> Option<Span> {
        let note = self.manuscript.notes.of(citation)?;
        let first = self.marked.insert(note.number);
        let marker = Marker { number: note.number, label: line(&note.label), first, follows };
        Some(Span { marker: Some(marker), ..Span::default() })
    }
}
