//! Layers: named selections of events or positions, with their symbols.

use crate::id::{DeskId, LayerId};
use crate::noun::{Kind, Noun};
use crate::visibility::Visibility;
use serde::{Deserialize, Serialize};

/// What a layer draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LayerOf {
    Events,
    Positions,
}

/// One line of a legend: a type of event (or an actor's positions) and how it is drawn. Shape and colour both tell
/// it apart (WCAG 1.4.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Symbol {
    /// Event type, or actor id of a position's holder.
    pub of: String,
    /// Words in the legend.
    pub label: String,
    /// `circle`, `square`, `triangle`, `diamond`, `cross`, `star`.
    pub shape: String,
    /// Name of a colour token: `1` … `8` of the map's palette.
    pub colour: u8,
}

/// A named selection of events or positions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layer {
    /// Identifier: `desk/layer`.
    pub id: LayerId,
    /// Its desk.
    pub desk: DeskId,
    /// Title in the legend.
    pub title: String,
    /// What it shows and does not show, for readers.
    pub description: String,
    /// Events or positions.
    pub of: LayerOf,
    /// Its symbols.
    pub symbols: Vec<Symbol>,
    /// Who may see it.
    #[serde(default)]
    pub visibility: Visibility,
}

impl Noun for Layer {
    const KIND: Kind = Kind::Layer;
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn desk(&self) -> Option<&DeskId> {
        Some(&self.desk)
    }
    fn title(&self) -> String {
        self.title.clone()
    }
}
