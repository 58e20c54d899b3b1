//! Leads: something that a document seems to report, waiting for a person's yes, no or edit.

use crate::citation::Passage;
use crate::event::{Count, Participant};
use crate::id::{DeskId, DocumentId, EventId, LeadId};
use crate::noun::{Kind, Link, Noun};
use crate::place::{Point, Whereabouts};
use crate::when::When;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What became of a lead.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum LeadState {
    /// Nobody answered yet.
    #[default]
    Waiting,
    /// A person said yes: an event was coded from it.
    Taken {
        /// The event.
        event: EventId,
        /// Who said so: a login, or a part of the program.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// A person said no.
    Refused {
        /// Why.
        reason: String,
        /// Who said so: a login, or a part of the program.
        by: String,
        /// When.
        at: Timestamp,
    },
}

impl LeadState {
    /// The state's name, as lists are filtered by it.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Taken { .. } => "taken",
            Self::Refused { .. } => "refused",
        }
    }

    /// When it was answered.
    pub const fn at(&self) -> Option<Timestamp> {
        match self {
            Self::Waiting => None,
            Self::Taken { at, .. } | Self::Refused { at, .. } => Some(*at),
        }
    }

    /// The event that was coded from it.
    pub const fn event(&self) -> Option<&EventId> {
        if let Self::Taken { event, .. } = self { Some(event) } else { None }
    }
}

/// Who put a lead forward, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// A login, or a part of the program.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Something that a document seems to report: who, what, where, when, how many. Nothing but *what* has to be known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lead {
    /// Identifier.
    pub id: LeadId,
    /// Its desk.
    pub desk: DeskId,
    /// The document that seems to report it.
    pub document: DocumentId,
    /// The words of it that say so.
    #[serde(default)]
    pub passage: Option<Passage>,
    /// What seems to have happened, in a sentence or two.
    pub what: String,
    /// Type, from the desk's codebook.
    #[serde(rename = "type", default)]
    pub event_type: Option<String>,
    /// When it is said to have happened.
    #[serde(default)]
    pub when: Option<When>,
    /// Where it is said to have happened.
    #[serde(default)]
    pub at: Option<Whereabouts>,
    /// Who is said to have taken part.
    #[serde(default)]
    pub actors: Vec<Participant>,
    /// Numbers reported.
    #[serde(default)]
    pub counts: Vec<Count>,
    /// What became of it.
    #[serde(default)]
    pub state: LeadState,
    /// Who put it forward.
    pub made: Made,
}

impl Lead {
    /// Whether it still waits for an answer.
    pub fn is_waiting(&self) -> bool {
        self.state == LeadState::Waiting
    }
}

impl Noun for Lead {
    const KIND: Kind = Kind::Lead;
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn desk(&self) -> Option<&DeskId> {
        Some(&self.desk)
    }
    fn title(&self) -> String {
        self.what.clone()
    }
    fn sort_at(&self) -> Option<Timestamp> {
        Some(self.made.at)
    }
    fn status(&self) -> Option<&str> {
        Some(self.state.as_str())
    }
    fn point(&self) -> Option<Point> {
        self.at.as_ref().map(|at| at.point)
    }
    fn links(&self) -> Vec<Link> {
        let mut links = vec![Link::new("seems_reported", Kind::Document, self.document.as_str())];
        links.extend(self.state.event().map(|event| Link::new("taken_as", Kind::Event, event.as_str())));
        links.extend(self.actors.iter().map(|part| Link::new(&part.role, Kind::Actor, part.actor.as_str())));
        let place = self.at.as_ref().and_then(|at| at.place.as_ref());
        links.extend(place.map(|place| Link::new("located", Kind::Place, place.as_str())));
        links
    }
}
