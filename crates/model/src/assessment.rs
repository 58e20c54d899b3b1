//! Assessments: standing judgements, and every step of their life.

use crate::edition::AssessmentStep;
use crate::event::Evidence;
use crate::id::{AssessmentId, CampaignId, DeskId, EditionId, EventId, SectionId, SentenceId};
use crate::noun::{Kind, Link, Noun};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// Confidence: it speaks of the evidence, never of the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    Low,
    Moderate,
    High,
}

impl Confidence {
    /// The level's name as it is stored and printed.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Moderate => "moderate",
            Self::High => "high",
        }
    }
}

/// How a resolved assessment came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It came as judged.
    Occurred,
    /// It did not.
    DidNotOccur,
    /// It can no longer be told.
    Undecidable,
}

/// One step in an assessment's life. The judgement's wording and likelihood are those that hold from this step on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What was done.
    pub step: AssessmentStep,
    /// When it was done.
    pub at: Timestamp,
    /// The edition it was done in.
    #[serde(default)]
    pub edition: Option<EditionId>,
    /// The sentence of it.
    #[serde(default)]
    pub sentence: Option<SentenceId>,
    /// Term on the desk's likelihood scale that holds from here.
    pub likelihood: String,
    /// Confidence that holds from here.
    pub confidence: Confidence,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

/// A judgement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// Identifier.
    pub id: AssessmentId,
    /// Its desk.
    pub desk: DeskId,
    /// The section it belongs to.
    #[serde(default)]
    pub section: Option<SectionId>,
    /// The campaign it speaks of.
    #[serde(default)]
    pub campaign: Option<CampaignId>,
    /// The judgement in one sentence.
    pub statement: String,
    /// Term on the desk's likelihood scale, as it holds now.
    pub likelihood: String,
    /// Confidence, as it holds now.
    pub confidence: Confidence,
    /// Until when it speaks.
    #[serde(default)]
    pub horizon: Option<Date>,
    /// Documents it rests on.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// Events it rests on.
    #[serde(default)]
    pub events: Vec<EventId>,
    /// What would change it.
    #[serde(default)]
    pub would_change: Vec<String>,
    /// Its life, oldest step first.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// How it came out, once resolved.
    #[serde(default)]
    pub outcome: Option<Outcome>,
    /// The assessment that took its place.
    #[serde(default)]
    pub superseded_by: Option<AssessmentId>,
}

impl Assessment {
    /// Whether it still stands.
    pub fn is_open(&self) -> bool {
        self.outcome.is_none() && self.superseded_by.is_none()
    }
}

impl Noun for Assessment {
    const KIND: Kind = Kind::Assessment;
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn desk(&self) -> Option<&DeskId> {
        Some(&self.desk)
    }
    fn title(&self) -> String {
        self.statement.clone()
    }
    fn sort_at(&self) -> Option<Timestamp> {
        self.steps.last().map(|step| step.at)
    }
    fn status(&self) -> Option<&str> {
        Some(match (&self.outcome, &self.superseded_by) {
            (Some(_), _) => "resolved",
            (None, Some(_)) => "superseded",
            (None, None) => "open",
        })
    }
    fn links(&self) -> Vec<Link> {
        let mut links: Vec<Link> = self.evidence.iter().map(Evidence::link).collect();
        links.extend(self.events.iter().map(|event| Link::new("rests_on", Kind::Event, event.as_str())));
        links.extend(self.campaign.iter().map(|campaign| Link::new("speaks_of", Kind::Campaign, campaign.as_str())));
        links.extend(self.superseded_by.iter().map(|a| Link::new("superseded_by", Kind::Assessment, a.as_str())));
        for step in &self.steps {
            if let Some(edition) = &step.edition {
                let link = Link::new(step.step.as_str(), Kind::Edition, edition.as_str());
                links.push(match &step.sentence {
                    Some(sentence) => link.at(sentence.as_str()),
                    None => link,
                });
            }
        }
        links.sort();
        links.dedup();
        links
    }
}
