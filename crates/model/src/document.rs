//! Documents: what a capture says.

use crate::capture::Removal;
use crate::handling::Handling;
use crate::id::{CaptureId, DeskId, DocumentId, SourceId, WatchId};
use crate::noun::{Kind, Link, Noun};
use crate::post::Post;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What the desk decided about a document in its inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Triage {
    /// Nobody looked yet.
    #[default]
    New,
    /// Kept for use.
    Kept,
    /// To be read later.
    Later,
    /// Not of interest.
    Dropped,
}

impl Triage {
    /// The decision's name as it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Kept => "kept",
            Self::Later => "later",
            Self::Dropped => "dropped",
        }
    }
}

/// How one document repeats another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reprint {
    /// The earlier document.
    pub of: DocumentId,
    /// Share of this text that stands in the earlier one, 0 to 1.
    pub overlap: f64,
}

/// How a document stands to its story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoryRelation {
    /// It opened the story.
    First,
    /// A further report of it, in words of its own.
    New,
    /// It repeats an earlier document of it.
    Reprint,
}

impl StoryRelation {
    /// The relation's name as it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::New => "new",
            Self::Reprint => "reprint",
        }
    }
}

/// A document's place among those that tell the same thing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InStory {
    /// The story, named by its first report.
    pub story: DocumentId,
    /// How the document stands to it.
    pub relation: StoryRelation,
    /// What it repeats or is most alike; `None` for a first.
    #[serde(default)]
    pub of: Option<DocumentId>,
    /// How sure that is, 0 to 1.
    pub likeness: f64,
}

/// A title in another language, stored beside the original, never in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translation {
    /// BCP 47 language of the translation.
    pub language: String,
    /// Title in that language.
    pub title: String,
    /// Text in that language, where there is one.
    #[serde(default)]
    pub text: Option<String>,
    /// Who made it: a person's account or an engine's name.
    pub by: String,
    /// When, where that was written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// Digest of the text that it was made of: a later reading of the page may say something else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
}

/// A watch that a document answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchMark {
    /// The watch.
    pub watch: WatchId,
    /// The words that answer it, as printed.
    pub words: Vec<String>,
}

/// What a capture says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Identifier.
    pub id: DocumentId,
    /// Its desk.
    pub desk: DeskId,
    /// Its source, where known.
    #[serde(default)]
    pub source: Option<SourceId>,
    /// The capture it was read from; `None` for a document known only by its address.
    #[serde(default)]
    pub capture: Option<CaptureId>,
    /// Canonical address.
    pub url: String,
    /// Title as printed by the outlet.
    pub title: String,
    /// Authors as printed.
    #[serde(default)]
    pub byline: Vec<String>,
    /// When the outlet says it was published.
    #[serde(default)]
    pub published: Option<Timestamp>,
    /// When the outlet says it was last changed.
    #[serde(default)]
    pub modified: Option<Timestamp>,
    /// When we had it first.
    pub arrived: Timestamp,
    /// BCP 47 language of the text.
    pub language: String,
    /// Main text, by paragraph.
    pub paragraphs: Vec<String>,
    /// SHA-256 of the paragraphs joined by `\n`, lower-case hex.
    pub text_sha256: String,
    /// Name and version of the reader that made this reading.
    pub reader: String,
    /// The earlier document that it repeats, where it does.
    #[serde(default)]
    pub reprint: Option<Reprint>,
    /// Its place in a story; `None` for documents kept before there were stories.
    #[serde(default)]
    pub story: Option<InStory>,
    /// Translations beside the original.
    #[serde(default)]
    pub translations: Vec<Translation>,
    /// The inbox decision.
    #[serde(default)]
    pub triage: Triage,
    /// Who decided, whose task it is, whether it is graphic.
    #[serde(default, skip_serializing_if = "Handling::is_empty")]
    pub handling: Handling,
    /// What it is as a post, where it was posted in a channel or on a network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<Post>,
    /// Something that readers see rests on it, so readers see it too.
    #[serde(default)]
    pub opened: bool,
    /// The watches that it answered when it arrived.
    #[serde(default)]
    pub marks: Vec<WatchMark>,
    /// That its capture's bytes were removed, and its text with them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<Removal>,
}

impl Document {
    /// The main text, paragraphs joined by a line break. Passage offsets count its Unicode code points.
    pub fn text(&self) -> String {
        self.paragraphs.join("\n")
    }

    /// The document without what its outlet wrote in it: title and address stay, for notes print them.
    #[must_use]
    pub fn without_text(self) -> Self {
        Self { paragraphs: Vec::new(), translations: Vec::new(), byline: Vec::new(), ..self }
    }
}

impl Noun for Document {
    const KIND: Kind = Kind::Document;
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
        Some(self.arrived)
    }
    fn status(&self) -> Option<&str> {
        Some(self.triage.as_str())
    }
    fn key(&self) -> Option<String> {
        Some(self.url.clone())
    }
    fn links(&self) -> Vec<Link> {
        let mut links = Vec::new();
        if let Some(source) = &self.source {
            links.push(Link::new("from", Kind::Source, source.as_str()));
        }
        if let Some(capture) = &self.capture {
            links.push(Link::new("read_from", Kind::Capture, capture.as_str()));
        }
        if let Some(reprint) = &self.reprint {
            links.push(Link::new("reprint_of", Kind::Document, reprint.of.as_str()));
        }
        if let Some(place) = self.story.as_ref().filter(|place| place.story != self.id) {
            links.push(Link::new("tells", Kind::Document, place.story.as_str()));
        }
        if let Some(assigned) = &self.handling.assigned {
            links.push(Link::new("assigned_to", Kind::Account, assigned.to.as_str()));
        }
        links.extend(self.marks.iter().map(|mark| Link::new("answers", Kind::Watch, mark.watch.as_str())));
        links
    }
}
