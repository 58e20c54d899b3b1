//! The edition as JSON, for other programs: every part has an id and an address. The field names are a contract; new
//! fields may be added, none is renamed.

use crate::formats::{self, Format, is_gone};
use crate::{Error, links};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use sitrep_editions::Manuscript;
use sitrep_editions::notes::PrintedReference;
use sitrep_model::citation::{Passage, Target};
use sitrep_model::edition::{EditionSection, EditionState, Mark, Paragraph, ParagraphKind, Sentence};

/// The form's entry in the registry.
pub(super) const FORMAT: Format =
    Format { id: "json", extension: "json", media_type: "application/json", label: "JSON", render };

/// The schema's name and version, in every file.
pub const SCHEMA: &str = "sitrep-edition/1";

/// The schema itself (JSON Schema, draft 2020-12): what each field means.
pub const JSON_SCHEMA: &str = include_str!("edition.schema.json");

/// An edition.
#[derive(Debug, Serialize)]
pub struct Edition<'m> {
    /// `sitrep-edition/1`.
    pub schema: &'static str,
    /// Identifier.
    pub id: &'m str,
    /// Public address.
    pub url: String,
    /// Address within the desk.
    pub slug: &'m str,
    /// Title as printed.
    pub title: &'m str,
    /// Its date.
    pub date: Date,
    /// BCP 47 language.
    pub language: &'m str,
    /// The publication.
    pub desk: Desk<'m>,
    /// `published`, `corrected`, `retracted`, `taken_down`; in a preview also an earlier state.
    pub state: EditionState,
    /// When it was published, RFC 3339.
    pub published: Option<Timestamp>,
    /// Data cut-off, RFC 3339: what came in later is not in it.
    pub cutoff: Option<Timestamp>,
    /// Authors as printed.
    pub authors: &'m [String],
    /// Public corrections, newest first. Empty, as all parts are, where the edition was taken down.
    pub corrections: Vec<Correction<'m>>,
    /// When and why it was retracted or taken down.
    pub withdrawn: Option<Correction<'m>>,
    /// The standing description.
    pub standing: Option<&'m str>,
    /// Notices.
    pub notices: &'m [String],
    /// Key takeaways.
    pub takeaways: Vec<Takeaway<'m>>,
    /// Sections, flat and in order.
    pub sections: Vec<Section<'m>>,
    /// Notes by number.
    pub notes: Vec<Note<'m>>,
    /// Alternative text of the map's picture.
    pub map: Option<&'m str>,
}

/// A publication.
#[derive(Debug, Serialize)]
pub struct Desk<'m> {
    /// Short name.
    pub id: &'m str,
    /// Name.
    pub name: &'m str,
    /// Who publishes it.
    pub publisher: &'m str,
    /// Printed on every page, e.g. that the desk is an exercise.
    pub label: Option<&'m str>,
}

/// A public correction.
#[derive(Debug, Serialize)]
pub struct Correction<'m> {
    /// When, RFC 3339.
    pub at: Timestamp,
    /// What was wrong and what was done.
    pub note: &'m str,
}

/// A key takeaway.
#[derive(Debug, Serialize)]
pub struct Takeaway<'m> {
    /// As a paragraph.
    #[serde(flatten)]
    pub body: Body<'m>,
    /// Id of the paragraph it announces.
    pub announces: Option<&'m str>,
}

/// A section or subsection.
#[derive(Debug, Serialize)]
pub struct Section<'m> {
    /// The desk's short name of it, where it is a standing section.
    pub id: Option<&'m str>,
    /// Title as printed.
    pub title: &'m str,
    /// Depth, from 1.
    pub level: u8,
    /// Scope statement.
    pub scope: Option<&'m str>,
    /// Paragraphs.
    pub paragraphs: Vec<Body<'m>>,
}

/// A paragraph. All offsets count Unicode code points of `text`.
#[derive(Debug, Serialize)]
pub struct Body<'m> {
    /// Identifier, stable through corrections.
    pub id: &'m str,
    /// Public address.
    pub url: String,
    /// `prose`, `list_item`, `figure`, `quotation`.
    pub kind: ParagraphKind,
    /// The text without note markers.
    pub text: &'m str,
    /// Sentences in order.
    pub sentences: Vec<Phrase<'m>>,
    /// Marked stretches: `is` is `bold`, `italic`, `link`, `cross_reference`.
    pub marks: &'m [Mark],
    /// Note markers.
    pub citations: Vec<Marker<'m>>,
    /// Id of the campaign it follows.
    pub campaign: Option<&'m str>,
    /// The figure's picture.
    pub figure: Option<&'m str>,
}

/// A sentence.
#[derive(Debug, Serialize)]
pub struct Phrase<'m> {
    /// Identifier, stable through corrections.
    pub id: &'m str,
    /// Address of what it rests on.
    pub url: String,
    /// First code point.
    pub start: usize,
    /// Behind the last code point.
    pub end: usize,
    /// Ids of the events it reports.
    pub events: Vec<&'m str>,
    /// Id of the assessment it carries.
    pub assessment: Option<&'m str>,
    /// What it does to it: `made`, `reaffirmed`, `revised`, `superseded`, `resolved`.
    pub step: Option<&'static str>,
}

/// A note marker.
#[derive(Debug, Serialize)]
pub struct Marker<'m> {
    /// Code points of the text before it.
    pub offset: usize,
    /// The note's number.
    pub note: u32,
    /// Id of the citation.
    pub citation: &'m str,
}

/// A note.
#[derive(Debug, Serialize)]
pub struct Note<'m> {
    /// Number, from 1.
    pub number: u32,
    /// Label as printed.
    pub label: &'m str,
    /// References in order.
    pub references: Vec<Reference<'m>>,
}

/// A reference.
#[derive(Debug, Serialize)]
pub struct Reference<'m> {
    /// `document`, `address`, `edition`, `assessment`, `text`.
    pub kind: &'static str,
    /// As printed.
    pub printed: &'m str,
    /// Where it leads; absent where it is printed defanged or leads nowhere.
    pub url: Option<&'m str>,
    /// Id of the document, edition or assessment.
    pub id: Option<&'m str>,
    /// Title of the document, edition or assessment.
    pub title: Option<&'m str>,
    /// Name of the document's source.
    pub source: Option<&'m str>,
    /// BCP 47 language of the document.
    pub language: Option<&'m str>,
    /// The cited passage.
    pub passage: Option<&'m Passage>,
    /// Date of the edition.
    pub date: Option<Date>,
}

fn render(manuscript: &Manuscript<'_>) -> Result<Vec<u8>, Error> {
    let mut json = serde_json::to_vec_pretty(&edition(manuscript))?;
    json.push(b'\n');
    Ok(json)
}

/// The edition as it is written.
pub fn edition<'m>(manuscript: &'m Manuscript<'m>) -> Edition<'m> {
    let (desk, edition, gone) = (manuscript.desk, manuscript.edition, is_gone(manuscript));
    let corrections = formats::corrections(manuscript).map(|c| Correction { at: c.at, note: &c.note });
    let takeaway = |takeaway: &'m sitrep_model::edition::Takeaway| Takeaway {
        body: body(manuscript, &takeaway.body),
        announces: takeaway.announces.as_ref().map(|id| id.as_str()),
    };
    let notes = manuscript.notes.notes.iter().map(|note| Note {
        number: note.number,
        label: &note.label,
        references: note.references.iter().map(|printed| reference(manuscript, printed)).collect(),
    });
    Edition {
        schema: SCHEMA,
        id: edition.id.as_str(),
        url: manuscript.address(),
        slug: &edition.slug,
        title: &edition.title,
        date: edition.date,
        language: &desk.language,
        desk: Desk { id: desk.id.as_str(), name: &desk.name, publisher: &desk.publisher, label: desk.label.as_deref() },
        state: edition.state,
        published: edition.published,
        cutoff: edition.cutoff,
        authors: &edition.authors,
        corrections: corrections.collect(),
        withdrawn: formats::reason(manuscript).map(|c| Correction { at: c.at, note: &c.note }),
        standing: edition.standing.as_deref().filter(|_| !gone),
        notices: if gone { &[] } else { &edition.notices },
        takeaways: edition.takeaways.iter().filter(|_| !gone).map(takeaway).collect(),
        sections: edition.sections.iter().filter(|_| !gone).map(|part| section(manuscript, part)).collect(),
        notes: notes.filter(|_| !gone).collect(),
        map: manuscript.picture.filter(|_| !gone).map(|picture| picture.alternative.as_str()),
    }
}

fn section<'m>(manuscript: &Manuscript<'m>, section: &'m EditionSection) -> Section<'m> {
    Section {
        id: section.section.as_ref().map(|id| id.as_str()),
        title: &section.title,
        level: section.level,
        scope: section.scope.as_deref(),
        paragraphs: section.paragraphs.iter().map(|paragraph| body(manuscript, paragraph)).collect(),
    }
}

fn body<'m>(manuscript: &Manuscript<'m>, paragraph: &'m Paragraph) -> Body<'m> {
    let marker = |mark: &'m sitrep_model::edition::CitationMark| {
        let note = manuscript.notes.of(&mark.citation)?.number;
        Some(Marker { offset: mark.offset, note, citation: mark.citation.as_str() })
    };
    let phrase = |sentence: &'m Sentence| Phrase {
        id: sentence.id.as_str(),
        url: format!("{}{}", manuscript.base, links::sentence_path(&manuscript.desk.id, sentence.id.as_str())),
        start: sentence.start,
        end: sentence.end,
        events: sentence.events.iter().map(|event| event.as_str()).collect(),
        assessment: sentence.judgement.as_ref().map(|judgement| judgement.assessment.as_str()),
        step: sentence.judgement.as_ref().map(|judgement| judgement.step.as_str()),
    };
    Body {
        id: paragraph.id.as_str(),
        url: format!("{}#p-{}", manuscript.address(), paragraph.id),
        kind: paragraph.kind,
        text: &paragraph.text,
        sentences: paragraph.sentences.iter().map(phrase).collect(),
        marks: &paragraph.marks,
        citations: paragraph.citations.iter().filter_map(marker).collect(),
        campaign: paragraph.campaign.as_ref().map(|id| id.as_str()),
        figure: paragraph.figure.as_deref(),
    }
}

fn reference<'m>(manuscript: &Manuscript<'m>, printed: &'m PrintedReference) -> Reference<'m> {
    let mut reference = Reference {
        kind: printed.kind.as_str(),
        printed: &printed.text,
        url: printed.url.as_deref(),
        id: None,
        title: None,
        source: None,
        language: None,
        passage: None,
        date: None,
    };
    match &printed.target {
        Target::Document { document, passage } => {
            let known = manuscript.cited.documents.get(document);
            reference.id = Some(document.as_str());
            reference.title = known.map(|known| known.title.as_str());
            reference.source = known.and_then(|known| known.source.as_deref());
            reference.language = known.and_then(|known| known.language.as_deref());
            reference.passage = passage.as_ref();
        }
        Target::Edition { edition, date, .. } => {
            let known = edition.as_ref().and_then(|edition| manuscript.cited.editions.get(edition));
            reference.id = edition.as_ref().map(|id| id.as_str());
            reference.title = known.map(|known| known.title.as_str());
            reference.date = known.map(|known| known.date).or(*date);
        }
        Target::Assessment { assessment } => {
            let known = manuscript.cited.assessments.get(assessment);
            reference.id = Some(assessment.as_str());
            reference.title = known.map(|known| known.statement.as_str());
        }
        Target::Address { .. } | Target::Text => {}
    }
    reference
}
