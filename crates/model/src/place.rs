//! Places: gazetteer entries and points.

use crate::id::DeskId;
use crate::id::PlaceId;
use crate::noun::{Kind, Noun};
use serde::{Deserialize, Serialize};

/// A point on WGS 84, in degrees.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Latitude, −90 to 90.
    pub latitude: f64,
    /// Longitude, −180 to 180.
    pub longitude: f64,
}

impl Point {
    /// The point, if both coordinates are finite and in range.
    pub fn new(latitude: f64, longitude: f64) -> Option<Self> {
        ((-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude))
            .then_some(Self { latitude, longitude })
    }
}

/// A name in one language and script.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Name {
    /// The name as written.
    pub text: String,
    /// BCP 47 language, where known: `fa`, `ar`, `ru`, `en`, `he`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// What kind of place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    Country,
    Province,
    District,
    #[default]
    City,
    Village,
    Neighbourhood,
    Facility,
    BorderCrossing,
    Airport,
    Port,
    Natural,
}

/// How precisely a location is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum PlacePrecision {
    /// The very point.
    Exact,
    /// A neighbourhood or facility.
    Neighbourhood,
    /// A town or city.
    #[default]
    City,
    /// A district.
    District,
    /// A province.
    Province,
    /// A country.
    Country,
}

/// A gazetteer entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Identifier, e.g. `ir-isfahan`.
    pub id: PlaceId,
    /// The name it is printed under in the installation's language.
    pub name: String,
    /// All names, in all scripts (the printed one among them).
    pub names: Vec<Name>,
    /// What it is.
    pub kind: PlaceKind,
    /// Its representative point.
    pub point: Point,
    /// Inhabitants, where known.
    #[serde(default)]
    pub population: Option<u64>,
    /// ISO 3166-1 alpha-2 code of its country.
    #[serde(default)]
    pub country: Option<String>,
    /// Administrative path from the country down: `["Iran", "Isfahan"]`.
    #[serde(default)]
    pub admin: Vec<String>,
}

impl Place {
    /// Every name of it, in all scripts, its own first.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.names.iter().map(|name| name.text.as_str()))
    }
}

impl Noun for Place {
    const KIND: Kind = Kind::Place;
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn desk(&self) -> Option<&DeskId> {
        None
    }
    fn title(&self) -> String {
        self.name.clone()
    }
    fn point(&self) -> Option<Point> {
        Some(self.point)
    }
}

/// Where something is: a gazetteer entry, a point, or both, with precision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Whereabouts {
    /// The gazetteer entry.
    #[serde(default)]
    pub place: Option<PlaceId>,
    /// The name as printed in lists and on the map's card.
    pub name: String,
    /// The point it is drawn at.
    pub point: Point,
    /// How precisely it is known.
    #[serde(default)]
    pub precision: PlacePrecision,
}

impl Whereabouts {
    /// At a place of the gazetteer.
    pub fn at(place: &Place, precision: PlacePrecision) -> Self {
        Self { place: Some(place.id.clone()), name: place.name.clone(), point: place.point, precision }
    }
}
