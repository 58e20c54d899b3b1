//! An edition. Every offset counts Unicode code points of its paragraph's text, which holds no note markers.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where an edition is on its way.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EditionState {
    /// Being written.
    Drafting,
    /// Handed in for review.
    InReview,
    /// Approved, not yet out.
    Approved,
    /// Out.
    Published,
    /// Out, and corrected since.
    Corrected,
    /// Withdrawn as wrong; its text stays readable, marked.
    Retracted,
    /// Taken down; a tombstone stays.
    TakenDown,
}

/// What a stretch of a paragraph is.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum MarkKind {
    /// Strong.
    Bold,
    /// Emphasised.
    Italic,
    /// A plain link that is no citation.
    Link {
        /// Where to.
        url: String,
    },
    /// A reference in words to an earlier edition.
    CrossReference {
        /// The edition's id, where it is kept here.
        edition: Option<String>,
        /// The sentence of it.
        sentence: Option<String>,
        /// Address, where known.
        url: Option<String>,
        /// Date, where known.
        date: Option<Date>,
    },
}

/// A marked stretch of a paragraph's text.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Mark {
    /// First code point.
    pub start: usize,
    /// Behind the last one.
    pub end: usize,
    /// What it is.
    #[serde(flatten)]
    pub kind: MarkKind,
}

/// Where a citation's marker stands.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct CitationMark {
    /// Code points before the marker.
    pub offset: usize,
    /// The citation's id.
    pub citation: String,
}

/// What is done to an assessment.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssessmentStep {
    /// First judged.
    Made,
    /// Said again, unchanged.
    Reaffirmed,
    /// Changed.
    Revised,
    /// Replaced by another.
    Superseded,
    /// It came out, one way or the other.
    Resolved,
}

/// What a sentence does to an assessment.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Judgement {
    /// The assessment's id.
    pub assessment: String,
    /// What is done.
    pub step: AssessmentStep,
}

/// A sentence of a paragraph.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Sentence {
    /// Stable identifier; empty for a new sentence.
    pub id: String,
    /// First code point.
    pub start: usize,
    /// Behind the last one.
    pub end: usize,
    /// Ids of the events that it reports.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<String>,
    /// The judgement it carries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judgement: Option<Judgement>,
}

/// What a paragraph is.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ParagraphKind {
    /// Prose; the first sentence is its topic sentence.
    Prose,
    /// An item of a list.
    ListItem,
    /// A figure's caption.
    Figure,
    /// A quotation set apart.
    Quotation,
}

/// A paragraph.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Paragraph {
    /// Stable identifier; empty for a new paragraph.
    pub id: String,
    /// What it is.
    pub kind: ParagraphKind,
    /// The text without note markers.
    pub text: String,
    /// Its sentences, in order.
    pub sentences: Vec<Sentence>,
    /// Its marked stretches, by start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
    /// Its note markers, by offset.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<CitationMark>,
    /// Id of the campaign that it follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<String>,
    /// Address of the figure's picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figure: Option<String>,
}

/// A section as it stands in an edition.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct EditionSection {
    /// The desk's section, where it is one.
    pub section: Option<String>,
    /// Its title as printed.
    pub title: String,
    /// Depth: 1 for a section, 2 for a subsection.
    pub level: u8,
    /// Its scope statement.
    pub scope: Option<String>,
    /// Its paragraphs.
    pub paragraphs: Vec<Paragraph>,
}

/// A key takeaway: a paragraph that announces another one.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Takeaway {
    /// The takeaway's own text.
    #[serde(flatten)]
    pub body: Paragraph,
    /// Id of the paragraph that it announces.
    pub announces: Option<String>,
}

/// A passage of a document (W3C Web Annotation, TextQuoteSelector).
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Passage {
    /// The words.
    pub exact: String,
    /// Up to 32 code points before them.
    #[serde(default)]
    pub prefix: String,
    /// Up to 32 code points after them.
    #[serde(default)]
    pub suffix: String,
}

/// What a reference points to.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Target {
    /// A document of the desk.
    Document {
        /// Its id.
        document: String,
        /// The passage that carries the statement.
        passage: Option<Passage>,
    },
    /// A plain address.
    Address {
        /// The address, refanged and whole.
        url: String,
    },
    /// An edition: of this installation, or known by address and date only.
    Edition {
        /// Its id.
        edition: Option<String>,
        /// The sentence that is meant.
        sentence: Option<String>,
        /// Its address.
        url: Option<String>,
        /// Its date.
        date: Option<Date>,
    },
    /// An assessment of the desk.
    Assessment {
        /// Its id.
        assessment: String,
    },
    /// Free text.
    Text,
}

/// One reference of a note.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Reference {
    /// What it points to.
    #[serde(flatten)]
    pub target: Target,
    /// How it is printed, where that is not computed.
    pub printed: Option<String>,
    /// Printed defanged; nothing means as the source's rule says.
    pub defanged: Option<bool>,
}

/// A citation: it becomes one numbered note.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Citation {
    /// Identifier, unique in its edition.
    pub id: String,
    /// The note's references, in order.
    pub references: Vec<Reference>,
    /// The label as an imported edition printed it.
    pub label: Option<String>,
}

/// One public act on a published edition.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Correction {
    /// When.
    pub at: Timestamp,
    /// What was wrong and what was done, for readers.
    pub note: String,
    /// The version of the edition that it replaced.
    pub replaces_version: u64,
}

/// One dated update.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Edition {
    /// Identifier.
    pub id: String,
    /// Its desk.
    pub desk: String,
    /// Its address within the desk.
    pub slug: String,
    /// Title as printed.
    pub title: String,
    /// Its date.
    pub date: Date,
    /// Data cut-off.
    pub cutoff: Option<Timestamp>,
    /// Authors as printed.
    pub authors: Vec<String>,
    /// The standing description as printed in this edition.
    pub standing: Option<String>,
    /// Notices, before the takeaways.
    pub notices: Vec<String>,
    /// Key takeaways.
    pub takeaways: Vec<Takeaway>,
    /// Sections, flat and in order.
    pub sections: Vec<EditionSection>,
    /// Its citations; notes are numbered by first appearance in the text.
    pub citations: Vec<Citation>,
    /// Its state.
    pub state: EditionState,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// Public corrections, oldest first.
    pub corrections: Vec<Correction>,
    /// Where it was printed first, where it was imported.
    pub origin_url: Option<String>,
}
