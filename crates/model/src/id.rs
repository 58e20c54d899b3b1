//! Identifiers: one type per noun, so that an event's id never stands where a document's is meant.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }
    )+};
}

ids! {
    /// A desk's short name, as in its address: `iran`.
    DeskId,
    /// A section's short name within its desk: `levant`.
    SectionId,
    /// A source.
    SourceId,
    /// A capture.
    CaptureId,
    /// A document.
    DocumentId,
    /// A story.
    StoryId,
    /// A gazetteer entry.
    PlaceId,
    /// An actor.
    ActorId,
    /// An event.
    EventId,
    /// A position.
    PositionId,
    /// A layer's short name within its desk.
    LayerId,
    /// A campaign's short name within its desk.
    CampaignId,
    /// An assessment.
    AssessmentId,
    /// An edition.
    EditionId,
    /// A paragraph: stable through versions and corrections of its edition, unique in the installation.
    ParagraphId,
    /// A sentence: stable through versions and corrections of its edition, unique in the installation.
    SentenceId,
    /// A citation, unique in its edition.
    CitationId,
    /// A subscriber.
    SubscriberId,
    /// A dispatch.
    DispatchId,
    /// A delivery.
    DeliveryId,
    /// An account.
    AccountId,
    /// A watch's short name within its desk.
    WatchId,
    /// A lead.
    LeadId,
}
