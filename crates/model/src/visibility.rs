//! Who may see a thing.

use serde::{Deserialize, Serialize};

/// Who may see an event, position or layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everybody, on the public map.
    Public,
    /// Only the newsroom.
    #[default]
    Newsroom,
}
