//! What is checked: one view on a text that was parsed, and on an edition of the newsroom.

mod of_edition;
mod of_parsed;
mod of_source;

use crate::origin::Origin;
use crate::rule::Rule;
use jiff::civil::Date;
use regex::Regex;
use sitrep_model::actor::Actor;
use sitrep_model::desk::{Desk, HouseStyle};
use sitrep_model::finding::{Anchor, Finding, Fix};
use sitrep_model::id::ParagraphId;
use sitrep_model::likelihood::Scale;
use std::ops::Range;

/// What a passage is in its edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The title, a date line, the authors.
    Title,
    /// Standing description or notice.
    Front,
    /// A takeaway.
    Takeaway,
    /// A section's title.
    Heading,
    /// A section's scope statement.
    Scope,
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A figure's caption, or a quotation set apart.
    Apart,
    /// Page furniture and what was not understood.
    Other,
}

/// A note marker in a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// Code points of the passage's text before it.
    pub offset: usize,
    /// The note's number.
    pub number: u32,
    /// Where it stands in the checked text, brackets included.
    pub span: Range<usize>,
}

/// A stretch of prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What it is.
    pub part: Part,
    /// Its text without note markers.
    pub text: String,
    /// For each code point of `text`, and its end, where it stands in the checked text.
    pub at: Vec<usize>,
    /// Its sentences, in code points of `text`.
    pub sentences: Vec<Range<usize>>,
    /// Its note markers, in order.
    pub markers: Vec<Marker>,
    /// Index of its section.
    pub section: Option<usize>,
    /// Of a takeaway: the passages it announces.
    pub announces: Vec<usize>,
    /// Where it refers to an earlier edition in words, in code points of `text`.
    pub cross_references: Vec<usize>,
    /// The newsroom's paragraph.
    pub paragraph: Option<ParagraphId>,
    /// Byte positions of the code points of `text`.
    starts: Vec<usize>,
}

/// A reference of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// As printed.
    pub printed: String,
    /// The whole address.
    pub url: Option<String>,
    /// Printed so that it can't be followed.
    pub defanged: bool,
    /// It is printed by the desk's rule, not as it is written here.
    pub computed: bool,
    /// It is an edition that is cited.
    pub edition: bool,
    /// The day its document is known to be of, where the newsroom keeps it.
    pub published: Option<Date>,
    /// What tells it from another with the same print: the passage it points to.
    pub passage: Option<String>,
    /// The newsroom knows that it came in after the data cut-off.
    pub late: bool,
    /// Where it stands in the checked text.
    pub span: Range<usize>,
}

/// A note of the note list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its number.
    pub number: u32,
    /// Its label without brackets.
    pub label: String,
    /// Its references.
    pub references: Vec<Reference>,
    /// Where it stands in the checked text, label included.
    pub span: Range<usize>,
}

/// What a desk asks of its editions.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Scale of likelihood.
    pub scale: Scale,
    /// House style.
    pub style: HouseStyle,
    /// Whether a desk stands behind these settings; without one the edition is measured by itself.
    pub of_desk: bool,
    /// The register of names.
    pub register: Vec<Actor>,
    /// Hosts, without `www.`, whose links are printed defanged.
    pub defanged_hosts: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        let style = HouseStyle::default();
        Self { scale: Scale::icd_203(), style, of_desk: false, register: Vec::new(), defanged_hosts: Vec::new() }
    }
}

/// An edition as the rules see it.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The text that all spans count in.
    pub text: String,
    /// Its date.
    pub date: Option<Date>,
    /// BCP 47 language; empty where it is not known.
    pub language: String,
    /// All its prose in reading order.
    pub passages: Vec<Passage>,
    /// Its notes.
    pub notes: Vec<Note>,
    /// Why the text is taken to be cut off, where it is.
    pub truncated: Option<String>,
    /// What the desk asks.
    pub settings: Settings,
    characters: Vec<char>,
    /// Where the checked text came from, where that is another text.
    origin: Origin,
}

impl Passage {
    fn new(part: Part, text: String, at: Vec<usize>, sentences: Vec<Range<usize>>) -> Self {
        let mut starts: Vec<usize> = text.char_indices().map(|(byte, _)| byte).collect();
        starts.push(text.len());
        Self {
            part,
            text,
            at,
            sentences,
            markers: Vec::new(),
            section: None,
            announces: Vec::new(),
            cross_references: Vec::new(),
            paragraph: None,
            starts,
        }
    }

    /// The code points of a range of the text.
    pub fn slice(&self, range: &Range<usize>) -> &str {
        let byte = |at: usize| self.starts.get(at).or(self.starts.last()).copied().unwrap_or(0);
        self.text.get(byte(range.start)..byte(range.end)).unwrap_or_default()
    }

    /// Code points before a byte position.
    pub fn code_point(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start < byte)
    }

    /// Where a pattern matches, in code points.
    pub fn matches(&self, pattern: &Regex) -> Vec<Range<usize>> {
        pattern.find_iter(&self.text).map(|m| self.code_point(m.start())..self.code_point(m.end())).collect()
    }

    /// A range of the text in the checked text.
    pub fn span(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.at.get(range.start).or(self.at.last()).copied().unwrap_or(0);
        let last = range.end.saturating_sub(1).max(range.start);
        let end = self.at.get(last).copied().map_or(start, |at| at + 1);
        start..end.max(start)
    }

    /// The markers that belong to a sentence: within it, or behind it before the next one starts. (A marker at the
    /// very beginning of a passage belongs to the passage before it, from which a line break cut it off.)
    pub fn markers_of(&self, sentence: usize) -> impl Iterator<Item = &Marker> {
        let start = self.sentences.get(sentence).map_or(0, |range| range.start);
        let next = self.sentences.get(sentence + 1).map_or(usize::MAX, |range| range.start);
        self.markers.iter().filter(move |marker| marker.offset > start && marker.offset <= next)
    }

    /// Whether it is prose of a section.
    pub fn is_body(&self) -> bool {
        matches!(self.part, Part::Paragraph | Part::ListItem)
    }
}

impl Subject {
    /// The same, measured by a desk and its register of names.
    pub fn for_desk(mut self, desk: &Desk, register: &[Actor]) -> Self {
        self.settings.scale = desk.scale.clone();
        self.settings.style = desk.style.clone();
        self.settings.of_desk = true;
        self.settings.register = register.to_vec();
        self.language = desk.language.clone();
        self
    }

    /// The same with hosts whose links are never printed whole.
    pub fn with_defanged_hosts(mut self, hosts: &[String]) -> Self {
        self.settings.defanged_hosts = hosts.to_vec();
        self
    }

    /// The same with the days that documents are of, by id, for references that name one (`document:…`).
    pub fn with_documents(mut self, published: &dyn Fn(&str) -> Option<Date>) -> Self {
        for reference in self.notes.iter_mut().flat_map(|note| &mut note.references) {
            let id = reference.printed.strip_prefix("document:").and_then(|rest| rest.split_whitespace().next());
            reference.published = reference.published.or_else(|| published(id?));
        }
        self
    }

    /// The note of that number.
    pub fn note(&self, number: u32) -> Option<&Note> {
        self.notes.iter().find(|note| note.number == number)
    }

    /// The checked text from one code point to another.
    pub fn slice(&self, span: &Range<usize>) -> String {
        self.characters.get(span.start..span.end.min(self.characters.len())).unwrap_or_default().iter().collect()
    }

    /// A finding of a rule at a span of the checked text.
    pub(crate) fn finding(&self, rule: &Rule, span: Range<usize>, message: String, hint: &str) -> Finding {
        let given = self.origin.span(&span);
        let (line, column) = self.origin.place(given.start);
        let (end_line, end_column) = self.origin.place(given.end);
        Finding {
            rule: rule.id.to_owned(),
            severity: rule.severity,
            line,
            start: given.start,
            end: given.end,
            column,
            end_line,
            end_column,
            excerpt: self.origin.excerpt(&given).unwrap_or_else(|| self.slice(&span)),
            message,
            hint: (!hint.is_empty()).then(|| hint.to_owned()),
            fix: None,
            anchor: self.anchor(&span),
        }
    }

    /// The change that puts other words in a span; `None` where the given text has markup within it.
    pub(crate) fn fix(&self, label: &str, span: Range<usize>, replacement: String) -> Option<Fix> {
        let replacement = self.origin.written(&span, &replacement)?;
        let given = self.origin.span(&span);
        Some(Fix { label: label.to_owned(), start: given.start, end: given.end, replacement })
    }

    fn anchor(&self, span: &Range<usize>) -> Option<Anchor> {
        let inside = |passage: &&Passage| {
            passage.paragraph.is_some()
                && passage.at.first().is_some_and(|first| *first <= span.start)
                && passage.at.last().is_some_and(|last| span.start <= *last)
        };
        let passage = self.passages.iter().find(inside)?;
        let start = passage.at.partition_point(|at| *at < span.start);
        let end = passage.at.partition_point(|at| *at < span.end).min(passage.at.len().saturating_sub(1));
        Some(Anchor { paragraph: passage.paragraph.clone()?, start, end: end.max(start) })
    }
}
