//! Parts of a desk.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A standing part of each edition.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Section {
    /// Short name.
    pub id: String,
    /// Title as printed.
    pub title: String,
    /// What it covers and why.
    pub scope: String,
}

/// A type of event in the desk's codebook.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct EventType {
    /// Short name.
    pub id: String,
    /// Words on the map and in forms.
    pub label: String,
    /// What is coded so, and what is not.
    pub definition: String,
    /// What may be counted of it.
    pub counts: Vec<String>,
}

/// A scale of likelihood, from the least to the most likely.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Scale {
    /// Its name and standard.
    pub name: String,
    /// Its terms.
    pub terms: Vec<Term>,
}

/// One term of a scale.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Term {
    /// The term that is printed.
    pub term: String,
    /// Other wordings of the same range.
    pub also: Vec<String>,
    /// Lowest probability, per cent.
    pub from: u8,
    /// Highest probability, per cent.
    pub to: u8,
}
