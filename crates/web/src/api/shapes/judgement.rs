//! An assessment and its life.

use super::edition::AssessmentStep;
use super::map::Evidence;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Confidence: it speaks of the evidence, never of the event.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Little or poor evidence.
    Low,
    /// Credible evidence, not enough for more.
    Moderate,
    /// Good evidence of several kinds.
    High,
}

/// How a resolved assessment came out.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It came as judged.
    Occurred,
    /// It did not.
    DidNotOccur,
    /// It can no longer be told.
    Undecidable,
}

/// One step in an assessment's life.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Step {
    /// What was done.
    pub step: AssessmentStep,
    /// When.
    pub at: Timestamp,
    /// Id of the edition that it was done in.
    pub edition: Option<String>,
    /// Id of the sentence.
    pub sentence: Option<String>,
    /// Term on the desk's scale that holds from here.
    pub likelihood: String,
    /// Confidence that holds from here.
    pub confidence: Confidence,
    /// Why.
    pub reason: Option<String>,
}

/// A judgement.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Assessment {
    /// Identifier; empty or left out for a new one.
    pub id: String,
    /// Its desk.
    pub desk: String,
    /// The section it belongs to.
    pub section: Option<String>,
    /// The campaign it speaks of.
    pub campaign: Option<String>,
    /// The judgement in one sentence.
    pub statement: String,
    /// Term on the desk's scale, as it holds now.
    pub likelihood: String,
    /// Confidence, as it holds now.
    pub confidence: Confidence,
    /// Until when it speaks.
    pub horizon: Option<Date>,
    /// Documents it rests on.
    pub evidence: Vec<Evidence>,
    /// Ids of events it rests on.
    pub events: Vec<String>,
    /// What would change it.
    pub would_change: Vec<String>,
    /// Its life, oldest step first.
    pub steps: Vec<Step>,
    /// How it came out, once resolved.
    pub outcome: Option<Outcome>,
    /// Id of the assessment that took its place.
    pub superseded_by: Option<String>,
}
