//! Watches: standing queries over what comes in.

use crate::id::{DeskId, WatchId};
use crate::noun::{Kind, Noun};
use serde::{Deserialize, Serialize};

/// A standing query of a desk. Documents that answer it are marked as they arrive, and each raises an alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watch {
    /// Identifier: `desk/watch`.
    pub id: WatchId,
    /// Its desk.
    pub desk: DeskId,
    /// What it is called in the inbox.
    pub title: String,
    /// What is looked for, in the language of standing queries.
    pub query: String,
    /// Why the desk watches it.
    #[serde(default)]
    pub note: Option<String>,
    /// Nothing is marked any more; what was marked stays so.
    #[serde(default)]
    pub retired: bool,
}

impl WatchId {
    /// The watch's short name within its desk.
    pub fn name(&self) -> &str {
        self.as_str().rsplit('/').next().unwrap_or_default()
    }
}

impl Noun for Watch {
    const KIND: Kind = Kind::Watch;
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn desk(&self) -> Option<&DeskId> {
        Some(&self.desk)
    }
    fn title(&self) -> String {
        self.title.clone()
    }
    fn status(&self) -> Option<&str> {
        Some(if self.retired { "retired" } else { "standing" })
    }
}
