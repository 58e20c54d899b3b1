//! A source and how it fares.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A name in one language and script.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Name {
    /// The name as written.
    pub text: String,
    /// BCP 47 language, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// Whose voice a source is.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Affiliation {
    /// A state.
    State,
    /// A party.
    Party,
    /// Armed forces.
    Military,
    /// An armed group.
    Militia,
    /// Opponents of a government.
    Opposition,
    /// Nobody's but its own.
    Independent,
    /// Scholars.
    Academic,
    /// An international body.
    International,
    /// Not known.
    Unknown,
}

/// Reliability of a source, Admiralty code.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
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
    F,
}

/// How a source is collected: a kind, and what it is told.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Collection {
    /// The kind: `feed`, `telegram`, `pasted` … as the operator's guide lists them.
    pub how: String,
    /// What it is told, by name: words, numbers, yes or no, or lists of words.
    #[serde(flatten)]
    pub settings: std::collections::BTreeMap<String, serde_json::Value>,
}

/// What is done where an outlet's robots.txt asks programs to stay away.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Robots {
    /// The pages are left alone.
    Obeyed,
    /// The desk decided otherwise.
    Overruled,
}

/// An outlet, agency, channel or person of a desk.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Source {
    /// Identifier; empty or left out for a new one.
    pub id: String,
    /// Its desk.
    pub desk: String,
    /// The name it is printed under.
    pub name: String,
    /// Names in other scripts.
    pub names: Vec<Name>,
    /// BCP 47 language it writes in.
    pub language: String,
    /// ISO 3166-1 alpha-2 country.
    pub country: Option<String>,
    /// Whose voice it is.
    pub affiliation: Affiliation,
    /// Reliability, Admiralty code.
    pub reliability: Reliability,
    /// How it is collected.
    pub collection: Collection,
    /// Host names whose addresses are this source's.
    pub hosts: Vec<String>,
    /// Links are printed defanged and never made clickable.
    pub defanged: bool,
    /// Its pages may be on this machine or network.
    pub local: bool,
    /// What is done where its robots.txt asks programs to stay away; `obeyed` where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub robots: Option<Robots>,
    /// The proxy through which it is asked: `http://host:port` or `socks5://host:port`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy: Option<String>,
    /// Its pages are captured with their requisites, a picture and a print, through a browser.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub requisites: bool,
    /// IANA time zone of the outlet.
    pub time_zone: Option<String>,
    /// A line about it.
    pub note: Option<String>,
    /// No longer collected.
    pub retired: bool,
}

/// How a source fares.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Health {
    /// When it was last looked at.
    pub looked: Option<Timestamp>,
    /// When that last went well.
    pub succeeded: Option<Timestamp>,
    /// Failures in a row since then.
    pub failures: u32,
    /// The last failure, in words.
    pub fault: Option<String>,
    /// Documents collected from it in all.
    pub collected: u64,
    /// When it last said something new.
    pub heard: Option<Timestamp>,
    /// Entries that could not be collected: address and reason.
    pub refused: Vec<Vec<String>>,
    /// The server asked not to be looked at before then.
    #[serde(default)]
    pub not_before: Option<Timestamp>,
    /// How much the last look left to be asked for.
    #[serde(default)]
    pub waiting: usize,
    /// In which hours (since 1970, UTC) something was said, and how many things.
    #[serde(default)]
    pub arrivals: Vec<Vec<i64>>,
}
