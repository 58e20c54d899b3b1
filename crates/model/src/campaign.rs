//! Campaigns: a line of effort of an actor toward an objective.

use crate::id::{ActorId, CampaignId, DeskId, SectionId};
use crate::noun::{Kind, Link, Noun};
use serde::{Deserialize, Serialize};

/// A line of effort, followed in a section for months.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Campaign {
    /// Identifier.
    pub id: CampaignId,
    /// Its desk.
    pub desk: DeskId,
    /// Title.
    pub title: String,
    /// Whose effort it is.
    #[serde(default)]
    pub actor: Option<ActorId>,
    /// Toward what.
    pub objective: String,
    /// The section that follows it.
    #[serde(default)]
    pub section: Option<SectionId>,
}

impl Noun for Campaign {
    const KIND: Kind = Kind::Campaign;
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn desk(&self) -> Option<&DeskId> {
        Some(&self.desk)
    }
    fn title(&self) -> String {
        self.title.clone()
    }
    fn links(&self) -> Vec<Link> {
        self.actor.iter().map(|actor| Link::new("effort_of", Kind::Actor, actor.as_str())).collect()
    }
}
