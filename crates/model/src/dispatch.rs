//! Dispatches and deliveries: one sending of one edition, and each message of it.

use crate::id::{DeliveryId, DeskId, DispatchId, EditionId, SubscriberId};
use crate::noun::{Kind, Link, Noun};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One sending of one edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispatch {
    /// Identifier.
    pub id: DispatchId,
    /// The desk.
    pub desk: DeskId,
    /// The edition.
    pub edition: EditionId,
    /// When it was ordered.
    pub at: Timestamp,
    /// How many subscribers it goes to.
    pub recipients: u64,
}

impl Noun for Dispatch {
    const KIND: Kind = Kind::Dispatch;
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn desk(&self) -> Option<&DeskId> {
        Some(&self.desk)
    }
    fn title(&self) -> String {
        format!("Dispatch of {}", self.edition)
    }
    fn sort_at(&self) -> Option<Timestamp> {
        Some(self.at)
    }
    fn key(&self) -> Option<String> {
        Some(self.edition.as_str().to_owned())
    }
    fn links(&self) -> Vec<Link> {
        vec![Link::new("sends", Kind::Edition, self.edition.as_str())]
    }
}

/// Where a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// To be sent.
    #[default]
    Queued,
    /// Handed to the server; the answer is not recorded yet. After a crash it is *in doubt* and never sent again by
    /// itself.
    Sending,
    /// Accepted by the server.
    Sent,
    /// Refused for good.
    Refused,
    /// It was being sent when the program was stopped: a person decides.
    InDoubt,
    /// Not sent, because the subscriber left before.
    Skipped,
}

impl DeliveryState {
    /// The state's name as it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Refused => "refused",
            Self::InDoubt => "in_doubt",
            Self::Skipped => "skipped",
        }
    }
}

/// One message of a dispatch to one subscriber.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// Identifier.
    pub id: DeliveryId,
    /// The desk.
    pub desk: DeskId,
    /// The dispatch.
    pub dispatch: DispatchId,
    /// The subscriber.
    pub subscriber: SubscriberId,
    /// Where it is.
    #[serde(default)]
    pub state: DeliveryState,
    /// Attempts made.
    #[serde(default)]
    pub attempts: u32,
    /// Not before this moment.
    pub due: Timestamp,
    /// The server's last answer.
    #[serde(default)]
    pub answer: Option<String>,
}

impl Noun for Delivery {
    const KIND: Kind = Kind::Delivery;
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn desk(&self) -> Option<&DeskId> {
        Some(&self.desk)
    }
    fn title(&self) -> String {
        format!("Delivery {}", self.id)
    }
    fn sort_at(&self) -> Option<Timestamp> {
        Some(self.due)
    }
    fn status(&self) -> Option<&str> {
        Some(self.state.as_str())
    }
    fn key(&self) -> Option<String> {
        Some(format!("{}:{}", self.dispatch, self.subscriber))
    }
    fn links(&self) -> Vec<Link> {
        vec![
            Link::new("of", Kind::Dispatch, self.dispatch.as_str()),
            Link::new("to", Kind::Subscriber, self.subscriber.as_str()),
        ]
    }
}
