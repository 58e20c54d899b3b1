//! Outlines of countries for still pictures, from Natural Earth (public domain); made by `crates/web/basemap.mjs`.

use serde::Deserialize;
use sitrep_model::place::Point;
use std::sync::LazyLock;

/// West, south, east, north of what the outlines cover.
pub(crate) const EXTENT: [f64; 4] = [20.0, 8.0, 80.0, 48.0];

/// A country.
#[derive(Debug)]
pub(crate) struct Country {
    /// ISO 3166-1 alpha-2 code; empty where it has none.
    pub(crate) iso: String,
    /// Name.
    pub(crate) name: String,
    /// Rings, longitude first; holes and parts alike.
    pub(crate) rings: Vec<Vec<[f64; 2]>>,
}

#[derive(Deserialize)]
struct Line {
    iso: String,
    name: String,
    rings: Vec<Vec<i32>>,
}

static COUNTRIES: LazyLock<Vec<Country>> = LazyLock::new(|| {
    let lines: Vec<Line> = serde_json::from_str(include_str!("../data/outlines.json")).unwrap_or_default();
    lines.into_iter().map(country).collect()
});

/// Every country that has land in the extent.
pub(crate) fn countries() -> &'static [Country] {
    &COUNTRIES
}

fn country(line: Line) -> Country {
    let degrees = |pair: &[i32]| match pair {
        [east, north] => Some([f64::from(*east) / 100.0, f64::from(*north) / 100.0]),
        _ => None,
    };
    let rings = line.rings.iter().map(|ring| ring.chunks_exact(2).filter_map(degrees).collect()).collect();
    Country { iso: line.iso, name: line.name, rings }
}

impl Country {
    /// Whether a point lies on it (even-odd over its rings).
    pub(crate) fn contains(&self, point: Point) -> bool {
        let (x, y) = (point.longitude, point.latitude);
        let mut inside = false;
        for ring in &self.rings {
            let mut before = ring.last().copied();
            for [x2, y2] in ring.iter().copied() {
                if let Some([x1, y1]) = before
                    && (y1 > y) != (y2 > y)
                    && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
                {
                    inside = !inside;
                }
                before = Some([x2, y2]);
            }
        }
        inside
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cities_lie_in_their_countries() {
        for (iso, latitude, longitude) in
            [("IR", 35.7, 51.4), ("SY", 33.51, 36.29), ("IQ", 33.3, 44.4), ("LB", 33.89, 35.55)]
        {
            let point = Point { latitude, longitude };
            let found: Vec<_> =
                countries().iter().filter(|country| country.contains(point)).map(|c| c.iso.as_str()).collect();
            assert_eq!(found, [iso]);
        }
    }
}
