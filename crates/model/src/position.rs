//! Positions: a point, line or area that an actor holds from one day to another.

use crate::event::Evidence;
use crate::id::{ActorId, DeskId, LayerId, PositionId};
use crate::noun::{Kind, Link, Noun};
use crate::place::Point;
use crate::visibility::Visibility;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// A shape on the map; coordinates are `[longitude, latitude]` in degrees as in GeoJSON (RFC 7946).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "coordinates")]
pub enum Shape {
    Point([f64; 2]),
    LineString(Vec<[f64; 2]>),
    Polygon(Vec<Vec<[f64; 2]>>),
}

impl Shape {
    /// A point to draw a label or symbol at: the first vertex of a line, the mean of an outer ring.
    pub fn anchor(&self) -> Option<Point> {
        match self {
            Self::Point([longitude, latitude]) => Point::new(*latitude, *longitude),
            Self::LineString(line) => line.first().and_then(|[lon, lat]| Point::new(*lat, *lon)),
            Self::Polygon(rings) => {
                let ring = rings.first()?;
                let n = ring.len() as f64;
                let (lon, lat) = ring.iter().fold((0.0, 0.0), |(x, y), [lon, lat]| (x + lon, y + lat));
                Point::new(lat / n, lon / n)
            }
        }
    }
}

/// What an actor holds or controls, and since when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Identifier.
    pub id: PositionId,
    /// Its desk.
    pub desk: DeskId,
    /// Name as printed.
    pub name: String,
    /// Who holds it.
    pub holder: ActorId,
    /// Where it is.
    pub shape: Shape,
    /// First day it is known to be held.
    pub from: Date,
    /// Last day, where it ended.
    #[serde(default)]
    pub to: Option<Date>,
    /// What it rests on.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// Who may see it.
    #[serde(default)]
    pub visibility: Visibility,
    /// The layer it is drawn in.
    #[serde(default)]
    pub layer: Option<LayerId>,
    /// A line about it.
    #[serde(default)]
    pub note: Option<String>,
}

impl Noun for Position {
    const KIND: Kind = Kind::Position;
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn desk(&self) -> Option<&DeskId> {
        Some(&self.desk)
    }
    fn title(&self) -> String {
        self.name.clone()
    }
    fn sort_at(&self) -> Option<Timestamp> {
        crate::when::start_of_day(self.from)
    }
    fn status(&self) -> Option<&str> {
        Some(if self.to.is_some() { "ended" } else { "held" })
    }
    fn point(&self) -> Option<Point> {
        self.shape.anchor()
    }
    fn links(&self) -> Vec<Link> {
        let mut links: Vec<Link> = self.evidence.iter().map(Evidence::link).collect();
        links.push(Link::new("held_by", Kind::Actor, self.holder.as_str()));
        links.extend(self.layer.iter().map(|layer| Link::new("in_layer", Kind::Layer, layer.as_str())));
        links
    }
}
