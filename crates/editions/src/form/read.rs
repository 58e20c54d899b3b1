//! From the desk's Markdown form to an edition.

use super::attributes::Attributes;
use super::blocks::{Block, Shape, blocks};
use super::cursor::{Cursor, Source};
use super::inline::{self, Inline};
use super::write::{TAKEAWAYS, kind_name};
use super::{front, references, text};
use crate::Error;
use sitrep_model::desk::Desk;
use sitrep_model::edition::{
    AssessmentStep, Edition, EditionSection, Judgement, Paragraph, ParagraphKind, Sentence, Takeaway,
};
use sitrep_model::id::{AssessmentId, CampaignId, EditionId, EventId, ParagraphId, SectionId, SentenceId};
use std::collections::HashSet;
use std::ops::Range;

const STEPS: [AssessmentStep; 5] = [
    AssessmentStep::Made,
    AssessmentStep::Reaffirmed,
    AssessmentStep::Revised,
    AssessmentStep::Superseded,
    AssessmentStep::Resolved,
];

/// Reads an edition of that desk. `make` gives identifiers that the text leaves out: it is called with `edition`,
/// `paragraph` and `sentence`, in reading order.
///
/// # Errors
/// [`Error::Form`] with the line, what is wrong and what to do; [`Error::Empty`], [`Error::TooLarge`].
pub fn read(text: &str, desk: &Desk, make: &mut dyn FnMut(&str) -> String) -> Result<Edition, Error> {
    if text.len() > crate::parse::MAX_BYTES {
        return Err(Error::TooLarge { bytes: text.len(), limit: crate::parse::MAX_BYTES });
    }
    let text = text::plain_lines(text);
    let (front, line, body) = front::split(&text)?;
    let edition = Edition {
        id: EditionId(front.id.filter(|id| !id.is_empty()).unwrap_or_else(|| make("edition"))),
        desk: desk.id.clone(),
        slug: front.slug.unwrap_or_else(|| front.date.to_string()),
        title: front.title.unwrap_or_else(|| format!("{}, {}", desk.name, front.date)),
        date: front.date,
        cutoff: front.cutoff,
        authors: front.authors,
        standing: None,
        notices: Vec::new(),
        takeaways: Vec::new(),
        sections: Vec::new(),
        citations: Vec::new(),
        state: front.state,
        published: front.published,
        corrections: front.corrections,
        origin_url: front.origin_url,
    };
    let mut reader = Reader { edition, desk, make, place: Place::Front, ids: HashSet::new() };
    for block in blocks(body, line) {
        reader.block(block)?;
    }
    Ok(reader.edition)
}

/// The desk's section of that title.
pub(super) fn section_titled(desk: &Desk, title: &str) -> Option<SectionId> {
    desk.sections.iter().find(|section| section.title == title).map(|section| section.id.clone())
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    Front,
    Takeaways,
    Section,
}

struct Reader<'a> {
    edition: Edition,
    desk: &'a Desk,
    make: &'a mut dyn FnMut(&str) -> String,
    place: Place,
    ids: HashSet<String>,
}

impl Reader<'_> {
    fn block(&mut self, block: Block) -> Result<(), Error> {
        let source = block.source;
        match block.shape {
            Shape::Note => self.note(&source),
            Shape::Heading(hashes) => self.heading(hashes, &source),
            Shape::Paragraph(_) if source.characters.starts_with(&['{', '.']) => self.described(&source),
            shape => self.paragraph(shape, &source),
        }
    }

    fn note(&mut self, source: &Source) -> Result<(), Error> {
        let citation = references::read(source)?;
        if self.edition.citation(&citation.id).is_some() {
            let message = format!("there are two notes [^{}]", citation.id);
            return Err(Cursor::new(source).error(message, "join their references with a semicolon, or rename one"));
        }
        self.edition.citations.push(citation);
        Ok(())
    }

    fn heading(&mut self, hashes: usize, source: &Source) -> Result<(), Error> {
        let mut cursor = Cursor::new(source);
        let (title, attributes) = text::read(&mut cursor)?;
        let attributes = attributes.unwrap_or_default();
        if let Some(key) = attributes.foreign(&["level"], &["takeaways", "section"]) {
            return Err(cursor.error(format!("a heading has no “{key}”"), "behind a title stands {#section}"));
        }
        let is = |class: &str| attributes.classes.iter().any(|name| name == class);
        let titled = title.trim().eq_ignore_ascii_case(TAKEAWAYS) && attributes.id.is_none() && !is("section");
        if is("takeaways") || titled {
            self.place = Place::Takeaways;
            return Ok(());
        }
        let level = match attributes.value("level") {
            None => u8::try_from(hashes).ok(),
            Some(level) => level.parse().ok(),
        };
        let level =
            level.ok_or_else(|| cursor.error("a heading's depth is no number up to 255", "write one # to six"))?;
        let section = match attributes.id {
            Some(none) if none == "-" => None,
            Some(id) => Some(SectionId(id)),
            None => section_titled(self.desk, &title),
        };
        self.place = Place::Section;
        self.edition.sections.push(EditionSection { section, title, level, scope: None, paragraphs: Vec::new() });
        Ok(())
    }

    /// A text that begins with `{.standing}`, `{.notice}` or `{.scope}`.
    fn described(&mut self, source: &Source) -> Result<(), Error> {
        let mut cursor = Cursor::new(source);
        let opening = cursor.clone();
        let attributes = Attributes::read(&mut cursor)?;
        let hint = "write {.standing} or {.notice} before the first heading, {.scope} right behind a section's title";
        let (text, behind) = text::read(&mut cursor)?;
        if behind.is_some() {
            return Err(cursor.error("braces stand behind a text that has no address", "write \\{ for a brace"));
        }
        let class = attributes.classes.first().map_or("", String::as_str);
        let front = self.place == Place::Front;
        match (class, self.edition.sections.last_mut()) {
            ("standing", _) if front && self.edition.standing.is_none() => self.edition.standing = Some(text),
            ("standing", _) if front => return Err(opening.error("there are two standing descriptions", hint)),
            ("notice", _) if front => self.edition.notices.push(text),
            ("scope", Some(section)) if section.scope.is_none() && section.paragraphs.is_empty() => {
                section.scope = Some(text);
            }
            _ => return Err(opening.error(format!("“.{class}” has no place here"), hint)),
        }
        Ok(())
    }

    fn paragraph(&mut self, shape: Shape, source: &Source) -> Result<(), Error> {
        let mut cursor = Cursor::new(source);
        if self.place == Place::Front {
            let hint = "put {.standing} or {.notice} on a line before it, or a heading";
            return Err(cursor.error("a text before the first heading is not said to be anything", hint));
        }
        let takeaways = self.place == Place::Takeaways;
        let (kind, inline, figure) = match shape {
            Shape::Figure if !takeaways => {
                let (inline, figure) = inline::read_figure(&mut cursor)?;
                (ParagraphKind::Figure, inline, figure)
            }
            Shape::Paragraph(number) if takeaways && number > 0 => {
                cursor.at = number;
                (ParagraphKind::Prose, inline::read(&mut cursor, false)?, None)
            }
            Shape::Item if takeaways => (ParagraphKind::Prose, inline::read(&mut cursor, false)?, None),
            _ if takeaways => {
                let hint = "begin each with a number and a full stop: `1. `";
                return Err(cursor.error("a text among the takeaways is none", hint));
            }
            Shape::Item => (ParagraphKind::ListItem, inline::read(&mut cursor, false)?, None),
            Shape::Quotation => (ParagraphKind::Quotation, inline::read(&mut cursor, false)?, None),
            _ => (ParagraphKind::Prose, inline::read(&mut cursor, false)?, None),
        };
        let alone = inline.text.is_empty() && inline.citations.is_empty() && source.characters.first() == Some(&'{');
        if alone {
            let hint = "braces stand right under their paragraph, without an empty line between";
            return Err(Cursor::new(source).error("braces stand alone", hint));
        }
        self.add(kind, inline, figure, source)
    }

    fn add(
        &mut self,
        kind: ParagraphKind,
        inline: Inline,
        figure: Option<String>,
        source: &Source,
    ) -> Result<(), Error> {
        let own = inline.own.unwrap_or_default();
        let place = Cursor { at: own.at, ..Cursor::new(source) };
        let id = self.id(own.id.clone(), "paragraph", &place)?;
        let mut sentences = Vec::with_capacity(inline.sentences.len());
        for (span, attributes) in inline.sentences {
            sentences.push(self.sentence(span, attributes, source)?);
        }
        let named = own.value("kind").map(|name| {
            let kinds =
                [ParagraphKind::Prose, ParagraphKind::ListItem, ParagraphKind::Figure, ParagraphKind::Quotation];
            let found = kinds.into_iter().find(|kind| kind_name(*kind) == name);
            found.ok_or_else(|| place.error(format!("there is no kind “{name}”"), "leave it out"))
        });
        let paragraph = Paragraph {
            id: ParagraphId(id),
            kind: named.transpose()?.unwrap_or(kind),
            text: inline.text,
            sentences,
            marks: inline.marks,
            citations: inline.citations,
            campaign: own.value("campaign").map(CampaignId::from),
            figure: figure.or_else(|| own.value("figure").map(str::to_owned)),
        };
        let announces = own.value("announces").map(ParagraphId::from);
        if self.place == Place::Takeaways {
            self.edition.takeaways.push(Takeaway { body: paragraph, announces });
        } else if announces.is_some() {
            let hint = "`announces` stands behind a takeaway and names a paragraph";
            return Err(place.error("a paragraph announces nothing", hint));
        } else if let Some(section) = self.edition.sections.last_mut() {
            section.paragraphs.push(paragraph);
        }
        Ok(())
    }

    fn sentence(
        &mut self,
        span: Range<usize>,
        attributes: Option<Attributes>,
        source: &Source,
    ) -> Result<Sentence, Error> {
        let attributes = attributes.unwrap_or_default();
        let place = Cursor { at: attributes.at, ..Cursor::new(source) };
        let id = SentenceId(self.id(attributes.id.clone(), "sentence", &place)?);
        let mut judgement = None;
        for step in STEPS {
            let Some(assessment) = attributes.value(step.as_str()) else { continue };
            if judgement.is_some() {
                return Err(place.error("a sentence takes two steps at once", "give each step a sentence of its own"));
            }
            judgement = Some(Judgement { assessment: AssessmentId::from(assessment), step });
        }
        let events = attributes.values("events").unwrap_or_default();
        let events = events.iter().map(|id| EventId::from(id.as_str())).collect();
        Ok(Sentence { id, start: span.start, end: span.end, events, judgement })
    }

    fn id(&mut self, given: Option<String>, kind: &str, place: &Cursor<'_>) -> Result<String, Error> {
        let Some(id) = given else {
            return Ok((self.make)(kind));
        };
        if self.ids.insert(id.clone()) {
            return Ok(id);
        }
        Err(place.error(format!("the id “{id}” is used twice"), "leave one of them out; a new one is made"))
    }
}
