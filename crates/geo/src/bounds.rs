//! Rectangles of degrees.

use sitrep_model::place::Point;
use sitrep_model::position::Shape;
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// A rectangle: west, south, east, north in degrees. It does not cross the antimeridian.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Least longitude.
    pub west: f64,
    /// Least latitude.
    pub south: f64,
    /// Greatest longitude.
    pub east: f64,
    /// Greatest latitude.
    pub north: f64,
}

/// A text that is no rectangle.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is no rectangle; write west,south,east,north in degrees, as in 35,24,63,40")]
pub struct NotBounds(String);

impl Bounds {
    /// The rectangle, if its sides are in range and in order.
    pub fn new(west: f64, south: f64, east: f64, north: f64) -> Option<Self> {
        let corners = Point::new(south, west).is_some() && Point::new(north, east).is_some();
        (corners && west <= east && south <= north).then_some(Self { west, south, east, north })
    }

    /// The smallest rectangle round points; `None` round none.
    pub fn of(points: impl IntoIterator<Item = Point>) -> Option<Self> {
        points.into_iter().fold(None, |so_far: Option<Self>, point| {
            let here =
                Self { west: point.longitude, south: point.latitude, east: point.longitude, north: point.latitude };
            Some(so_far.map_or(here, |bounds| bounds.joined(here)))
        })
    }

    /// The smallest rectangle round a shape.
    pub fn of_shape(shape: &Shape) -> Option<Self> {
        Self::of(crate::shape::vertices(shape).filter_map(|[lon, lat]| Point::new(lat, lon)))
    }

    /// The smallest rectangle round both.
    pub fn joined(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    /// The rectangle with a margin on each side: `share` of its size, `least` degrees at the least.
    pub fn padded(self, share: f64, least: f64) -> Self {
        let x = ((self.east - self.west) * share).max(least);
        let y = ((self.north - self.south) * share).max(least);
        Self {
            west: (self.west - x).max(-180.0),
            south: (self.south - y).max(-90.0),
            east: (self.east + x).min(180.0),
            north: (self.north + y).min(90.0),
        }
    }

    /// Whether a point lies in it.
    pub fn contains(&self, point: Point) -> bool {
        (self.west..=self.east).contains(&point.longitude) && (self.south..=self.north).contains(&point.latitude)
    }

    /// Its middle.
    pub fn centre(&self) -> Point {
        Point { latitude: f64::midpoint(self.south, self.north), longitude: f64::midpoint(self.west, self.east) }
    }
}

impl FromStr for Bounds {
    type Err = NotBounds;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let sides: Vec<f64> = text.split(',').map_while(|side| side.trim().parse().ok()).collect();
        let whole = text.matches(',').count() == 3;
        match sides.as_slice() {
            [west, south, east, north] if whole => Self::new(*west, *south, *east, *north),
            _ => None,
        }
        .ok_or_else(|| NotBounds(text.to_owned()))
    }
}

impl fmt::Display for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{},{},{}", self.west, self.south, self.east, self.north)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rectangle_is_read_as_it_is_written() {
        let bounds: Bounds = "35,24.5, 63,40".parse().expect("a rectangle");
        assert_eq!(bounds.to_string(), "35,24.5,63,40");
        assert!(bounds.contains(Point { latitude: 33.0, longitude: 44.0 }));
        for bad in ["", "1,2,3", "1,2,3,4,5", "a,b,c,d", "63,24,35,40", "0,0,0,91", "NaN,0,1,1"] {
            assert!(bad.parse::<Bounds>().is_err(), "{bad}");
        }
    }

    #[test]
    fn bounds_hold_what_they_were_made_of() {
        let points = [(35.7, 51.4), (33.5, 36.3)].map(|(latitude, longitude)| Point { latitude, longitude });
        let bounds = Bounds::of(points).expect("points");
        assert!(points.iter().all(|point| bounds.contains(*point)));
        assert_eq!(Bounds::of([]), None);
        assert_eq!(bounds.padded(0.0, 1.0).west, 35.3);
    }
}
