//! What every noun that is kept in versions has in common.

use crate::id::DeskId;
use crate::place::Point;
use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// The kinds of things that are kept in versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Account,
    Actor,
    Assessment,
    Campaign,
    Capture,
    Delivery,
    Desk,
    Dispatch,
    Document,
    Edition,
    Event,
    Layer,
    Lead,
    Place,
    Position,
    Publication,
    Source,
    Subscriber,
    Watch,
}

impl Kind {
    /// Every kind, in alphabetical order.
    pub const ALL: [Self; 19] = [
        Self::Account,
        Self::Actor,
        Self::Assessment,
        Self::Campaign,
        Self::Capture,
        Self::Delivery,
        Self::Desk,
        Self::Dispatch,
        Self::Document,
        Self::Edition,
        Self::Event,
        Self::Layer,
        Self::Lead,
        Self::Place,
        Self::Position,
        Self::Publication,
        Self::Source,
        Self::Subscriber,
        Self::Watch,
    ];

    /// The kind's name as it is stored and printed.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Actor => "actor",
            Self::Assessment => "assessment",
            Self::Campaign => "campaign",
            Self::Capture => "capture",
            Self::Delivery => "delivery",
            Self::Desk => "desk",
            Self::Dispatch => "dispatch",
            Self::Document => "document",
            Self::Edition => "edition",
            Self::Event => "event",
            Self::Layer => "layer",
            Self::Lead => "lead",
            Self::Place => "place",
            Self::Position => "position",
            Self::Publication => "publication",
            Self::Source => "source",
            Self::Subscriber => "subscriber",
            Self::Watch => "watch",
        }
    }

    /// The kind of that name, if there is one.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// One thread from an object to another: followed in both directions by the store's link table.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Link {
    /// What the other object is to this one: `cites`, `evidence`, `located`, `actor`, `made_in` …
    pub role: String,
    /// The other object's kind.
    pub kind: Kind,
    /// The other object's id.
    pub id: String,
    /// The part of *this* object that the thread starts from: a sentence or citation id.
    pub anchor: Option<String>,
}

impl Link {
    /// A thread from the whole object.
    pub fn new(role: &str, kind: Kind, id: impl Into<String>) -> Self {
        Self { role: role.to_owned(), kind, id: id.into(), anchor: None }
    }

    /// The same thread, starting from a part of the object.
    pub fn at(mut self, anchor: impl Into<String>) -> Self {
        self.anchor = Some(anchor.into());
        self
    }
}

/// An object that is kept in versions in the change record.
pub trait Noun: Serialize + DeserializeOwned + Clone + Send + 'static {
    /// Its kind.
    const KIND: Kind;
    /// Its identifier, unique among its kind in the installation.
    fn id(&self) -> &str;
    /// The desk it belongs to; `None` for what all desks share.
    fn desk(&self) -> Option<&DeskId>;
    /// One line that names it to a person, in its own language.
    fn title(&self) -> String;
    /// The moment that lists are ordered by (valid time), if it has one.
    fn sort_at(&self) -> Option<Timestamp> {
        None
    }
    /// The state lists are filtered by: an edition's state, an event's status …
    fn status(&self) -> Option<&str> {
        None
    }
    /// A natural key, unique among its kind in its desk: an edition's slug, a document's canonical address.
    fn key(&self) -> Option<String> {
        None
    }
    /// Where it is, for the map index.
    fn point(&self) -> Option<Point> {
        None
    }
    /// Its threads to other objects.
    fn links(&self) -> Vec<Link> {
        Vec::new()
    }
}
