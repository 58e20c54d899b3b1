//! Sources: outlets, agencies, channels and persons, and how they are collected.

use crate::id::{DeskId, SourceId};
use crate::noun::{Kind, Noun};
use crate::place::Name;
use serde::{Deserialize, Serialize};

/// Whose voice a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Affiliation {
    State,
    Party,
    Military,
    Militia,
    Opposition,
    Independent,
    Academic,
    International,
    #[default]
    Unknown,
}

/// Reliability of a source, Admiralty code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
pub enum Reliability {
    /// Reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged.
    #[default]
    F,
}

impl Reliability {
    /// The grade in words.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::A => "reliable",
            Self::B => "usually reliable",
            Self::C => "fairly reliable",
            Self::D => "not usually reliable",
            Self::E => "unreliable",
            Self::F => "cannot be judged",
        }
    }
}

/// How a source is collected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Collection {
    /// An RSS, Atom or JSON feed; the linked pages are captured too.
    Feed {
        /// The feed's address.
        url: String,
        /// Minutes between two looks.
        #[serde(default = "half_an_hour")]
        every_minutes: u32,
    },
    /// Nothing is fetched by itself: addresses are pasted by a person.
    Pasted,
}

fn half_an_hour() -> u32 {
    30
}

/// An outlet, agency, channel or person of a desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Identifier, e.g. `iran-isna`.
    pub id: SourceId,
    /// Its desk.
    pub desk: DeskId,
    /// The name it is printed under.
    pub name: String,
    /// Names in other scripts.
    #[serde(default)]
    pub names: Vec<Name>,
    /// BCP 47 language it writes in.
    pub language: String,
    /// ISO 3166-1 alpha-2 country.
    #[serde(default)]
    pub country: Option<String>,
    /// Whose voice it is.
    #[serde(default)]
    pub affiliation: Affiliation,
    /// Reliability, Admiralty code.
    #[serde(default)]
    pub reliability: Reliability,
    /// How it is collected.
    pub collection: Collection,
    /// Host names whose addresses are this source's, without `www.`.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Links are printed defanged and never made clickable.
    #[serde(default)]
    pub defanged: bool,
    /// Its pages may be on this machine or network (the outlet simulator); everything else is refused there.
    #[serde(default)]
    pub local: bool,
    /// IANA time zone of the outlet, for times without one.
    #[serde(default)]
    pub time_zone: Option<String>,
    /// A line about it.
    #[serde(default)]
    pub note: Option<String>,
    /// No longer collected.
    #[serde(default)]
    pub retired: bool,
}

impl Noun for Source {
    const KIND: Kind = Kind::Source;
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn desk(&self) -> Option<&DeskId> {
        Some(&self.desk)
    }
    fn title(&self) -> String {
        self.name.clone()
    }
    fn status(&self) -> Option<&str> {
        Some(if self.retired { "retired" } else { "active" })
    }
}
