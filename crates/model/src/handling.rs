//! How a desk handles a document: who decided about it, whose task it is, whether it shows what not everybody can bear.

use crate::id::AccountId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Who decided about a document, and when. What was decided is its [`Triage`](crate::document::Triage).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// Who decided: a login, or a part of the program.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Whose task a document is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assigned {
    /// Who is to look at it.
    pub to: AccountId,
    /// Who said so: a login, or a part of the program.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What a desk wrote down about a document beside its decision.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handling {
    /// Who took the decision that stands; `None` before the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Decided>,
    /// Whose task it is; `None` for nobody's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assigned: Option<Assigned>,
    /// Whether it is graphic, as a person said; `None` where nobody said anything and its own words of warning count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub graphic: Option<bool>,
}

impl Handling {
    /// Whether nothing is written down.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
