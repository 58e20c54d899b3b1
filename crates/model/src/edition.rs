//! Editions: one dated update, and the states it goes through.
//!
//! All offsets count Unicode code points of the paragraph's `text`, which holds no note markers.

use crate::citation::{Citation, Target};
use crate::id::{
    AssessmentId, CampaignId, CitationId, DeskId, DocumentId, EditionId, EventId, ParagraphId, SectionId, SentenceId,
};
use crate::noun::{Kind, Link, Noun};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// Where an edition is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum EditionState {
    /// Being written.
    #[default]
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

impl EditionState {
    /// The state's name as it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Drafting => "drafting",
            Self::InReview => "in_review",
            Self::Approved => "approved",
            Self::Published => "published",
            Self::Corrected => "corrected",
            Self::Retracted => "retracted",
            Self::TakenDown => "taken_down",
        }
    }

    /// The states that may follow this one.
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Drafting => &[Self::InReview],
            Self::InReview => &[Self::Drafting, Self::Approved],
            Self::Approved => &[Self::Drafting, Self::Published],
            Self::Published | Self::Corrected => &[Self::Corrected, Self::Retracted, Self::TakenDown],
            Self::Retracted => &[Self::TakenDown],
            Self::TakenDown => &[],
        }
    }

    /// Whether readers know of it.
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Published | Self::Corrected | Self::Retracted | Self::TakenDown)
    }
}

/// What a stretch of a paragraph is, besides plain text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum MarkKind {
    /// Strong.
    Bold,
    /// Emphasised.
    Italic,
    /// A plain link that is not a citation.
    Link {
        /// Where to.
        url: String,
    },
    /// A reference in words to an earlier edition ("as previously assessed").
    CrossReference {
        /// The edition, where it is kept here.
        #[serde(default)]
        edition: Option<EditionId>,
        /// The sentence of it, where one is meant.
        #[serde(default)]
        sentence: Option<SentenceId>,
        /// Address, where known.
        #[serde(default)]
        url: Option<String>,
        /// Date, where known.
        #[serde(default)]
        date: Option<Date>,
    },
}

/// A marked stretch of a paragraph's text: `start..end`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// First code point.
    pub start: usize,
    /// Behind the last code point.
    pub end: usize,
    /// What it is.
    #[serde(flatten)]
    pub kind: MarkKind,
}

/// Where a citation stands: its marker is printed before the code point at `offset`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitationMark {
    /// Code points before the marker.
    pub offset: usize,
    /// Which citation of the edition.
    pub citation: CitationId,
}

/// What a sentence does to an assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssessmentStep {
    Made,
    Reaffirmed,
    Revised,
    Superseded,
    Resolved,
}

impl AssessmentStep {
    /// The step's name as it is stored and printed.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Reaffirmed => "reaffirmed",
            Self::Revised => "revised",
            Self::Superseded => "superseded",
            Self::Resolved => "resolved",
        }
    }
}

/// A sentence that carries a judgement of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// Which assessment.
    pub assessment: AssessmentId,
    /// What the sentence does to it.
    pub step: AssessmentStep,
}

/// A sentence of a paragraph: `start..end` of its text. Sentences don't overlap and stand in order; between them is
/// only white space.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// Stable identifier; empty in a text that was only parsed.
    pub id: SentenceId,
    /// First code point.
    pub start: usize,
    /// Behind the last code point.
    pub end: usize,
    /// The events on the map that it reports.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<EventId>,
    /// The judgement it carries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judgement: Option<Judgement>,
}

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum ParagraphKind {
    /// Prose; the first sentence is its topic sentence.
    #[default]
    Prose,
    /// An item of a list.
    ListItem,
    /// A figure's caption; `figure` says which picture.
    Figure,
    /// A quotation set apart.
    Quotation,
}

/// A paragraph of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Paragraph {
    /// Stable identifier; empty in a text that was only parsed.
    pub id: ParagraphId,
    /// What it is.
    #[serde(default)]
    pub kind: ParagraphKind,
    /// The text without note markers.
    pub text: String,
    /// Its sentences, in order.
    #[serde(default)]
    pub sentences: Vec<Sentence>,
    /// Its marked stretches, by start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
    /// Its note markers, by offset.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<CitationMark>,
    /// The campaign it follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<CampaignId>,
    /// Address of the figure's picture, where it is a figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figure: Option<String>,
}

impl Paragraph {
    /// The code points `start..end` of the text.
    pub fn slice(&self, start: usize, end: usize) -> String {
        self.text.chars().skip(start).take(end.saturating_sub(start)).collect()
    }

    /// A sentence's text.
    pub fn sentence_text(&self, sentence: &Sentence) -> String {
        self.slice(sentence.start, sentence.end)
    }

    /// The topic sentence: the first one of a prose paragraph.
    pub fn topic(&self) -> Option<String> {
        (self.kind == ParagraphKind::Prose).then(|| self.sentences.first().map(|s| self.sentence_text(s))).flatten()
    }

    /// The citations whose marker stands within, or right behind, a sentence (before the next one starts).
    pub fn citations_of(&self, sentence: &Sentence) -> impl Iterator<Item = &CitationMark> {
        let next = self.sentences.iter().map(|s| s.start).find(|start| *start >= sentence.end).unwrap_or(usize::MAX);
        let (start, first) = (sentence.start, self.sentences.first().is_some_and(|s| s.start == sentence.start));
        self.citations.iter().filter(move |mark| (mark.offset > start || first) && mark.offset <= next)
    }
}

/// A standing part of an edition, as it stands in this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct EditionSection {
    /// The desk's section, where it is one.
    #[serde(default)]
    pub section: Option<SectionId>,
    /// Its title as printed.
    pub title: String,
    /// Depth: 1 for a section, 2 for a subsection …
    pub level: u8,
    /// Its scope statement, where it has one.
    #[serde(default)]
    pub scope: Option<String>,
    /// Its paragraphs.
    #[serde(default)]
    pub paragraphs: Vec<Paragraph>,
}

/// A key takeaway. (Its text may hold note markers; most desks' don't.)
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Takeaway {
    /// The takeaway as a paragraph: same ids, sentences, marks and citations.
    #[serde(flatten)]
    pub body: Paragraph,
    /// The paragraph that it announces.
    #[serde(default)]
    pub announces: Option<ParagraphId>,
}

/// One public act on a published edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// When.
    pub at: Timestamp,
    /// What was wrong and what was done, for readers.
    pub note: String,
    /// The version of the edition that it replaced.
    pub replaces_version: u64,
}

/// One dated update.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Identifier.
    pub id: EditionId,
    /// Its desk.
    pub desk: DeskId,
    /// Its address within the desk: `2026-11-20`, or `2026-11-20-evening` where the day has several.
    pub slug: String,
    /// Title as printed.
    pub title: String,
    /// Its date.
    pub date: Date,
    /// Data cut-off: what came in later is not in it.
    #[serde(default)]
    pub cutoff: Option<Timestamp>,
    /// Authors as printed.
    #[serde(default)]
    pub authors: Vec<String>,
    /// The standing description as printed in this edition.
    #[serde(default)]
    pub standing: Option<String>,
    /// Notices, before the takeaways.
    #[serde(default)]
    pub notices: Vec<String>,
    /// Key takeaways.
    #[serde(default)]
    pub takeaways: Vec<Takeaway>,
    /// Sections, flat and in order; `level` nests them.
    #[serde(default)]
    pub sections: Vec<EditionSection>,
    /// Its citations; the notes' order is that of first appearance in the text, see [`Edition::note_order`].
    #[serde(default)]
    pub citations: Vec<Citation>,
    /// Its state.
    #[serde(default)]
    pub state: EditionState,
    /// When it was published.
    #[serde(default)]
    pub published: Option<Timestamp>,
    /// Public corrections, oldest first.
    #[serde(default)]
    pub corrections: Vec<Correction>,
    /// Where it was printed first, where it was imported.
    #[serde(default)]
    pub origin_url: Option<String>,
}

impl Edition {
    /// The documents that it cites, in order of citation; one may come several times.
    pub fn documents(&self) -> impl Iterator<Item = &DocumentId> {
        let references = self.citations.iter().flat_map(|citation| &citation.references);
        references.filter_map(|reference| match &reference.target {
            Target::Document { document, .. } => Some(document),
            _ => None,
        })
    }

    /// Every paragraph in reading order, takeaways first.
    pub fn paragraphs(&self) -> impl Iterator<Item = &Paragraph> {
        let takeaways = self.takeaways.iter().map(|takeaway| &takeaway.body);
        takeaways.chain(self.sections.iter().flat_map(|section| &section.paragraphs))
    }

    /// Every paragraph in reading order, takeaways first, to be changed.
    pub fn paragraphs_mut(&mut self) -> impl Iterator<Item = &mut Paragraph> {
        let takeaways = self.takeaways.iter_mut().map(|takeaway| &mut takeaway.body);
        takeaways.chain(self.sections.iter_mut().flat_map(|section| &mut section.paragraphs))
    }

    /// The citations in order of first appearance in the text: index 0 is note 1. Citations that no marker names are
    /// left out.
    pub fn note_order(&self) -> Vec<CitationId> {
        let mut order: Vec<CitationId> = Vec::new();
        for mark in self.paragraphs().flat_map(|paragraph| &paragraph.citations) {
            if !order.contains(&mark.citation) {
                order.push(mark.citation.clone());
            }
        }
        order
    }

    /// A citation by id.
    pub fn citation(&self, id: &CitationId) -> Option<&Citation> {
        self.citations.iter().find(|citation| &citation.id == id)
    }

    /// The paragraph and sentence of that sentence id.
    pub fn sentence(&self, id: &SentenceId) -> Option<(&Paragraph, &Sentence)> {
        self.paragraphs().find_map(|p| p.sentences.iter().find(|s| &s.id == id).map(|s| (p, s)))
    }
}

impl Noun for Edition {
    const KIND: Kind = Kind::Edition;
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn desk(&self) -> Option<&DeskId> {
        Some(&self.desk)
    }
    fn title(&self) -> String {
        self.title.clone()
    }
    fn sort_at(&self) -> Option<Timestamp> {
        self.published.or(self.cutoff).or_else(|| crate::when::start_of_day(self.date))
    }
    fn status(&self) -> Option<&str> {
        Some(self.state.as_str())
    }
    fn key(&self) -> Option<String> {
        Some(self.slug.clone())
    }
    fn links(&self) -> Vec<Link> {
        let mut links: Vec<Link> = Vec::new();
        for paragraph in self.paragraphs() {
            if let Some(campaign) = &paragraph.campaign {
                links.push(Link::new("follows", Kind::Campaign, campaign.as_str()).at(paragraph.id.as_str()));
            }
            for sentence in &paragraph.sentences {
                for event in &sentence.events {
                    links.push(Link::new("reports", Kind::Event, event.as_str()).at(sentence.id.as_str()));
                }
                if let Some(judgement) = &sentence.judgement {
                    let role = judgement.step.as_str();
                    links.push(
                        Link::new(role, Kind::Assessment, judgement.assessment.as_str()).at(sentence.id.as_str()),
                    );
                }
                for mark in paragraph.citations_of(sentence) {
                    let cited = self.citation(&mark.citation).map(Citation::links).unwrap_or_default();
                    links.extend(cited.into_iter().map(|link| link.at(sentence.id.as_str())));
                }
            }
            for mark in &paragraph.marks {
                if let MarkKind::CrossReference { edition: Some(edition), .. } = &mark.kind {
                    links.push(Link::new("refers_to", Kind::Edition, edition.as_str()).at(paragraph.id.as_str()));
                }
            }
        }
        links.sort();
        links.dedup();
        links
    }
}
