//! Events: something that happened, as coded by a person.

use crate::citation::Passage;
use crate::id::{AccountId, ActorId, DeskId, DocumentId, EventId, LayerId};
use crate::noun::{Kind, Link, Noun};
use crate::place::{Point, Whereabouts};
use crate::visibility::Visibility;
use crate::when::When;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Credibility of information, Admiralty code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Credibility(u8);

impl Credibility {
    /// The grade, 1 (confirmed by other sources) to 6 (cannot be judged).
    pub fn new(grade: u8) -> Option<Self> {
        (1..=6).contains(&grade).then_some(Self(grade))
    }

    /// The grade as a number.
    pub const fn grade(self) -> u8 {
        self.0
    }

    /// The grade in words.
    pub const fn meaning(self) -> &'static str {
        match self.0 {
            1 => "confirmed by other sources",
            2 => "probably true",
            3 => "possibly true",
            4 => "doubtful",
            5 => "improbable",
            _ => "cannot be judged",
        }
    }
}

impl Default for Credibility {
    fn default() -> Self {
        Self(6)
    }
}

impl TryFrom<u8> for Credibility {
    type Error = String;
    fn try_from(grade: u8) -> Result<Self, Self::Error> {
        Self::new(grade).ok_or_else(|| format!("credibility is a grade from 1 to 6, not {grade}"))
    }
}

impl From<Credibility> for u8 {
    fn from(credibility: Credibility) -> Self {
        credibility.0
    }
}

/// Where an event's coding stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum EventStatus {
    /// Coded, not yet looked at by another.
    #[default]
    Coded,
    /// Looked at by another and found right.
    Confirmed,
    /// Disputed by a source.
    Disputed,
    /// Found not to have happened; kept, no longer shown.
    Withdrawn,
}

impl EventStatus {
    /// The status's name as it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Coded => "coded",
            Self::Confirmed => "confirmed",
            Self::Disputed => "disputed",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// An actor's part in an event.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Participant {
    /// What it did there: `actor`, `target`, `location_owner`, `mediator` … from the desk's codebook.
    pub role: String,
    /// Who.
    pub actor: ActorId,
}

/// A number that is reported of an event.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Count {
    /// Of what: `killed`, `injured`, `arrested`, `participants` …
    pub of: String,
    /// Lowest figure reported.
    pub low: u64,
    /// Highest figure reported; not below `low`.
    pub high: u64,
}

/// Evidence: a document, and the passage of it that says so.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// Which document.
    pub document: DocumentId,
    /// Which passage.
    #[serde(default)]
    pub passage: Option<Passage>,
}

impl Evidence {
    /// The thread to the document.
    pub fn link(&self) -> Link {
        Link::new("evidence", Kind::Document, self.document.as_str())
    }
}

/// Something that happened, as coded by a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Identifier.
    pub id: EventId,
    /// Its desk.
    pub desk: DeskId,
    /// Type, from the desk's codebook: `protest`, `poisoning` …
    #[serde(rename = "type")]
    pub event_type: String,
    /// When it happened.
    pub when: When,
    /// Where it happened.
    pub at: Whereabouts,
    /// One or two sentences about it.
    pub summary: String,
    /// Who took part.
    #[serde(default)]
    pub actors: Vec<Participant>,
    /// Numbers reported.
    #[serde(default)]
    pub counts: Vec<Count>,
    /// What it rests on.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// Credibility of the information.
    #[serde(default)]
    pub credibility: Credibility,
    /// Where its coding stands.
    #[serde(default)]
    pub status: EventStatus,
    /// Who may see it.
    #[serde(default)]
    pub visibility: Visibility,
    /// The layer it is drawn in.
    #[serde(default)]
    pub layer: Option<LayerId>,
    /// Who coded it.
    #[serde(default)]
    pub coded_by: Option<AccountId>,
}

impl Noun for Event {
    const KIND: Kind = Kind::Event;
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn desk(&self) -> Option<&DeskId> {
        Some(&self.desk)
    }
    fn title(&self) -> String {
        self.summary.clone()
    }
    fn sort_at(&self) -> Option<Timestamp> {
        Some(self.when.from)
    }
    fn status(&self) -> Option<&str> {
        Some(self.status.as_str())
    }
    fn point(&self) -> Option<Point> {
        Some(self.at.point)
    }
    fn links(&self) -> Vec<Link> {
        let mut links: Vec<Link> = self.evidence.iter().map(Evidence::link).collect();
        links.extend(self.actors.iter().map(|p| Link::new(&p.role, Kind::Actor, p.actor.as_str())));
        links.extend(self.at.place.iter().map(|place| Link::new("located", Kind::Place, place.as_str())));
        links.extend(self.layer.iter().map(|layer| Link::new("in_layer", Kind::Layer, layer.as_str())));
        links
    }
}
