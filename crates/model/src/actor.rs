//! Actors: persons, organisations, states and groups.

use crate::id::{ActorId, DeskId};
use crate::noun::{Kind, Link, Noun};
use crate::place::Name;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    Person,
    #[default]
    Organisation,
    State,
    Group,
    Office,
}

/// Membership of an actor in another, from one day to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// What it belongs to.
    pub of: ActorId,
    /// First day, where known.
    #[serde(default)]
    pub from: Option<Date>,
    /// Last day, where known or ended.
    #[serde(default)]
    pub to: Option<Date>,
}

/// A person, organisation, state, group or office of the desk's register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Identifier.
    pub id: ActorId,
    /// The desk whose register this is.
    pub desk: DeskId,
    /// The form the house prints (checked by *name against register*).
    pub name: String,
    /// All names and transliterations, in all scripts.
    #[serde(default)]
    pub names: Vec<Name>,
    /// Spellings that the house does not print; a check offers `name` instead.
    #[serde(default)]
    pub avoid: Vec<String>,
    /// Abbreviation, e.g. `IRGC`.
    #[serde(default)]
    pub abbreviation: Option<String>,
    /// What it is.
    #[serde(default)]
    pub kind: ActorKind,
    /// What it belongs to.
    #[serde(default)]
    pub memberships: Vec<Membership>,
    /// A line about it.
    #[serde(default)]
    pub note: Option<String>,
}

impl Actor {
    /// Every spelling of its name, in all scripts: the house's own first, those that the house avoids last. Its abbreviation
    /// is none.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        let others = self.names.iter().map(|name| name.text.as_str());
        std::iter::once(self.name.as_str()).chain(others).chain(self.avoid.iter().map(String::as_str))
    }
}

impl Noun for Actor {
    const KIND: Kind = Kind::Actor;
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn desk(&self) -> Option<&DeskId> {
        Some(&self.desk)
    }
    fn title(&self) -> String {
        self.name.clone()
    }
    fn links(&self) -> Vec<Link> {
        self.memberships.iter().map(|m| Link::new("belongs_to", Kind::Actor, m.of.as_str())).collect()
    }
}
