//! Subscribers. Their addresses are personal data and live outside the change record, where they can be erased;
//! what is kept in versions is that somebody subscribed, confirmed and left.

use crate::id::{DeskId, SectionId, SubscriberId};
use crate::noun::{Kind, Noun};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where a subscription stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum SubscriberState {
    /// Asked for, not confirmed.
    #[default]
    Pending,
    /// Confirmed (double opt-in).
    Confirmed,
    /// Left.
    Left,
    /// Its mail can't be delivered.
    Bounced,
}

impl SubscriberState {
    /// The state's name as it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Confirmed => "confirmed",
            Self::Left => "left",
            Self::Bounced => "bounced",
        }
    }
}

/// Somebody who asked for a desk's updates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscriber {
    /// Identifier.
    pub id: SubscriberId,
    /// The desk.
    pub desk: DeskId,
    /// SHA-256 of the installation's pepper and the lower-cased address, hex: tells the same address again.
    pub address_digest: String,
    /// Only these sections; empty means all.
    #[serde(default)]
    pub sections: Vec<SectionId>,
    /// Where it stands.
    #[serde(default)]
    pub state: SubscriberState,
    /// When it was asked for.
    pub asked: Timestamp,
    /// When it was confirmed.
    #[serde(default)]
    pub confirmed: Option<Timestamp>,
    /// When it ended.
    #[serde(default)]
    pub left: Option<Timestamp>,
}

impl Noun for Subscriber {
    const KIND: Kind = Kind::Subscriber;
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn desk(&self) -> Option<&DeskId> {
        Some(&self.desk)
    }
    fn title(&self) -> String {
        format!("Subscriber {}", self.id)
    }
    fn sort_at(&self) -> Option<Timestamp> {
        Some(self.asked)
    }
    fn status(&self) -> Option<&str> {
        Some(self.state.as_str())
    }
    fn key(&self) -> Option<String> {
        Some(self.address_digest.clone())
    }
}
