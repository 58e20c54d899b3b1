//! Desks: standing publications.

use crate::id::{DeskId, SectionId};
use crate::likelihood::Scale;
use crate::noun::{Kind, Noun};
use serde::{Deserialize, Serialize};

/// How note labels are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum NoteStyle {
    /// i, ii, iii …
    #[default]
    Roman,
    /// 1, 2, 3 …
    Arabic,
}

/// How defanged addresses are spelt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Defanging {
    /// `example[.]com`
    #[default]
    Bracketed,
    /// `example [dot] com`
    BracketedWord,
    /// `example dot com`
    Word,
}

/// A standing part of each edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Short name.
    pub id: SectionId,
    /// Title as printed.
    pub title: String,
    /// What it covers and why, one paragraph.
    pub scope: String,
}

/// A type of event in the desk's codebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventType {
    /// Short name: `protest`.
    pub id: String,
    /// Words on the map and in forms.
    pub label: String,
    /// What is coded so, and what is not.
    pub definition: String,
    /// What may be counted of it: `participants`, `arrested` …
    #[serde(default)]
    pub counts: Vec<String>,
}

/// House style.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct HouseStyle {
    /// Note labels.
    #[serde(default)]
    pub notes: NoteStyle,
    /// Spelling of defanged addresses.
    #[serde(default)]
    pub defanging: Defanging,
    /// Abbreviations that need no explanation.
    #[serde(default)]
    pub known_abbreviations: Vec<String>,
    /// Checks that are not run on this desk.
    #[serde(default)]
    pub checks_off: Vec<String>,
}

/// A standing publication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk {
    /// Short name, as in its address.
    pub id: DeskId,
    /// Name of the publication.
    pub name: String,
    /// Who publishes it.
    pub publisher: String,
    /// BCP 47 language of its editions.
    pub language: String,
    /// IANA time zone that its days are counted in.
    pub time_zone: String,
    /// Printed before each edition's takeaways.
    pub standing: String,
    /// A label printed on every page, e.g. that the desk is an exercise.
    #[serde(default)]
    pub label: Option<String>,
    /// Publishing days, ISO: 1 Monday … 7 Sunday.
    #[serde(default)]
    pub publishing_days: Vec<u8>,
    /// Standing sections, in order.
    pub sections: Vec<Section>,
    /// Codebook.
    #[serde(default)]
    pub event_types: Vec<EventType>,
    /// Scale of likelihood.
    pub scale: Scale,
    /// House style.
    #[serde(default)]
    pub style: HouseStyle,
    /// An edition is approved by another person than the one who handed it in.
    #[serde(default)]
    pub two_persons: bool,
    /// Address that its messages come from.
    #[serde(default)]
    pub mail_from: Option<String>,
    /// Words that the inbox ranks by.
    #[serde(default)]
    pub interests: Vec<String>,
    /// Days after which a page that a published edition cites is captured again: 7 where nothing is said, 0 for never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub watch_days: Option<u32>,
}

impl Desk {
    /// A section by its short name.
    pub fn section(&self, id: &SectionId) -> Option<&Section> {
        self.sections.iter().find(|section| &section.id == id)
    }
}

impl Noun for Desk {
    const KIND: Kind = Kind::Desk;
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn desk(&self) -> Option<&DeskId> {
        Some(&self.id)
    }
    fn title(&self) -> String {
        self.name.clone()
    }
}
