//! Leads.

use super::edition::Passage;
use super::map::{Count, Participant, When, Whereabouts};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What became of a lead.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum LeadState {
    /// Nobody answered yet.
    Waiting,
    /// An event was coded from it.
    Taken {
        /// The event's id.
        event: String,
        /// Who said yes.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// Somebody said no.
    Refused {
        /// Why.
        reason: String,
        /// Who said no.
        by: String,
        /// When.
        at: Timestamp,
    },
}

/// Who put a lead forward, and when.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Made {
    /// A login, or a part of the program.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Something that a document seems to report.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Lead {
    /// Identifier.
    pub id: String,
    /// Its desk.
    pub desk: String,
    /// Id of the document.
    pub document: String,
    /// The words of it that say so.
    pub passage: Option<Passage>,
    /// What seems to have happened.
    pub what: String,
    /// Type, from the desk's codebook.
    #[serde(rename = "type")]
    pub event_type: Option<String>,
    /// When it is said to have happened.
    pub when: Option<When>,
    /// Where it is said to have happened.
    pub at: Option<Whereabouts>,
    /// Who is said to have taken part.
    pub actors: Vec<Participant>,
    /// Numbers reported.
    pub counts: Vec<Count>,
    /// What became of it.
    pub state: LeadState,
    /// Who put it forward.
    pub made: Made,
}

/// A lead as it is put forward.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct LeadGiven {
    /// Identifier; left out for a new one.
    pub id: Option<String>,
    /// Id of the document; that of a lead that is kept stays.
    pub document: String,
    /// The words of it that say so.
    pub passage: Option<Passage>,
    /// What seems to have happened.
    pub what: String,
    /// Type, from the desk's codebook.
    #[serde(rename = "type")]
    pub event_type: Option<String>,
    /// When it is said to have happened.
    pub when: Option<When>,
    /// Where it is said to have happened.
    pub at: Option<Whereabouts>,
    /// Who is said to have taken part.
    #[serde(default)]
    pub actors: Vec<Participant>,
    /// Numbers reported.
    #[serde(default)]
    pub counts: Vec<Count>,
}
