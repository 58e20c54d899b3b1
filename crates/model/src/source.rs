//! Sources: outlets, agencies, channels and persons, and how they are collected.

use crate::id::{DeskId, SourceId};
use crate::noun::{Kind, Noun};
use crate::place::Name;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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

/// What a kind of collection is told: one value of a setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Setting {
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(i64),
    /// A word, an address, a rule.
    Text(String),
    /// Several of them.
    List(Vec<String>),
}

/// How a source is collected: a kind by its id, and what that kind is told. Which kinds there are, and what each may be
/// told, is the collector's knowledge; desk files write `{ how = "feed", url = "…", every_minutes = 30 }`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collection {
    /// Id of the kind: `feed`, `telegram`, `pasted` …
    pub how: String,
    /// What it is told, by name.
    #[serde(flatten)]
    pub settings: BTreeMap<String, Setting>,
}

impl Collection {
    /// A kind that is told nothing yet.
    pub fn of(how: impl Into<String>) -> Self {
        Self { how: how.into(), settings: BTreeMap::new() }
    }

    /// Nothing is fetched by itself: addresses are pasted by a person.
    pub fn pasted() -> Self {
        Self::of("pasted")
    }

    /// An RSS, Atom or JSON feed; the linked pages are captured too.
    pub fn feed(url: impl Into<String>, every_minutes: u32) -> Self {
        Self::of("feed")
            .with("url", Setting::Text(url.into()))
            .with("every_minutes", Setting::Number(every_minutes.into()))
    }

    /// The same, told one thing more.
    #[must_use]
    pub fn with(mut self, name: &str, value: Setting) -> Self {
        self.settings.insert(name.to_owned(), value);
        self
    }

    /// The same, told one word more.
    #[must_use]
    pub fn told(self, name: &str, value: impl Into<String>) -> Self {
        self.with(name, Setting::Text(value.into()))
    }

    /// A setting that is a word and not empty.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.settings.get(name) {
            Some(Setting::Text(text)) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// A setting that is a number.
    pub fn number(&self, name: &str) -> Option<i64> {
        match self.settings.get(name) {
            Some(Setting::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// A setting that is yes or no; what is not told is no.
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.settings.get(name), Some(Setting::Flag(true)))
    }

    /// A setting that is several words.
    pub fn list(&self, name: &str) -> &[String] {
        match self.settings.get(name) {
            Some(Setting::List(list)) => list,
            _ => &[],
        }
    }
}

/// What the collector does where an outlet's `robots.txt` asks programs to leave pages alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Robots {
    /// It leaves them alone.
    #[default]
    Obeyed,
    /// The desk decided otherwise; the record says who and when.
    Overruled,
}

impl Robots {
    /// Whether it is what holds where nothing is said.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
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
    /// What is done where its `robots.txt` asks programs to stay away.
    #[serde(default, skip_serializing_if = "Robots::is_default")]
    pub robots: Robots,
    /// The proxy through which it is asked: `http://host:port` (CONNECT) or `socks5://host:port`; the proxy resolves names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy: Option<String>,
    /// Its pages are opened in a browser too, and captured with their requisites, a picture and a print.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub requisites: bool,
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

impl Source {
    /// A source of which nothing is known but what it is called, how it writes and how it is collected.
    pub fn new(id: SourceId, desk: DeskId, name: String, language: String, collection: Collection) -> Self {
        Self {
            id,
            desk,
            name,
            names: Vec::new(),
            language,
            country: None,
            affiliation: Affiliation::default(),
            reliability: Reliability::default(),
            collection,
            hosts: Vec::new(),
            defanged: false,
            local: false,
            robots: Robots::default(),
            proxy: None,
            requisites: false,
            time_zone: None,
            note: None,
            retired: false,
        }
    }
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
