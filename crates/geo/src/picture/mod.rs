//! The still picture of the map: for messages, printed editions, and readers without a script.

mod labels;
mod legend;
mod svg;
mod symbols;

pub use svg::svg;

use crate::bounds::Bounds;
use crate::outlines::{self, EXTENT};
use resvg::{tiny_skia, usvg};
use sitrep_model::place::Point;
use sitrep_model::position::Shape;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};
use thiserror::Error;

/// The lettering: Vazirmatn (SIL Open Font License), which has Latin and Arabic script.
const LETTERING: &[u8] = include_bytes!("../../fonts/Vazirmatn-Medium.ttf");

/// Longest side that is drawn, in pixels.
pub const LONGEST: u32 = 4096;

/// Something at a point.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Where.
    pub point: Point,
    /// `circle`, `square`, `triangle`, `diamond`, `cross`, `star`.
    pub shape: String,
    /// Number of a colour of the map's palette, `1` … `8`.
    pub colour: u8,
    /// Words beside it.
    pub label: Option<String>,
}

/// A line of the legend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegendLine {
    /// As [`Mark::shape`].
    pub shape: String,
    /// As [`Mark::colour`].
    pub colour: u8,
    /// Words.
    pub label: String,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// What is shown; more on two sides where the picture is of another proportion.
    pub bounds: Bounds,
    /// ISO 3166-1 alpha-2 code of the country that is set off; [`Map::fit`] takes the one with most marks.
    pub home: Option<String>,
    /// Lines and areas with their colours, below the marks.
    pub areas: Vec<(Shape, u8)>,
    /// Marks; those at one place are drawn beside each other.
    pub marks: Vec<Mark>,
    /// Legend; none is drawn where it is empty.
    pub legend: Vec<LegendLine>,
}

/// A picture that could not be drawn.
#[derive(Debug, Error)]
pub enum PictureError {
    /// Its size can't be drawn.
    #[error("a picture of {width} by {height} pixels can't be drawn; its sides are 1 to {LONGEST} pixels long")]
    Size {
        /// Width asked for.
        width: u32,
        /// Height asked for.
        height: u32,
    },
    /// The drawing was not understood.
    #[error("the map's drawing was not understood: {0}")]
    Drawing(#[from] usvg::Error),
    /// The picture was not encoded.
    #[error("the map's picture could not be written as PNG: {0}")]
    Encoding(String),
}

impl Map {
    /// A map without marks of the whole region.
    pub fn new(width: u32, height: u32) -> Self {
        let [west, south, east, north] = EXTENT;
        let bounds = Bounds { west: west + 13.0, south: south + 15.0, east: east - 16.0, north: north - 7.0 };
        Self { width, height, bounds, home: None, areas: Vec::new(), marks: Vec::new(), legend: Vec::new() }
    }

    /// Shows what is drawn, with a margin, and sets off the country that most of it is in. Without marks and areas, and
    /// for those outside of the region, the bounds stay.
    pub fn fit(&mut self) {
        let [west, south, east, north] = EXTENT;
        let region = Bounds { west, south, east, north };
        let points = self.marks.iter().map(|mark| mark.point).filter(|point| region.contains(*point));
        let areas = self.areas.iter().filter_map(|(shape, _)| Bounds::of_shape(shape));
        let areas = areas.filter(|bounds| region.contains(bounds.centre()));
        let whole = Bounds::of(points).into_iter().chain(areas).reduce(Bounds::joined);
        if let Some(whole) = whole {
            let padded = whole.padded(0.08, 1.2);
            self.bounds = Bounds {
                west: padded.west.max(west),
                south: padded.south.max(south),
                east: padded.east.min(east),
                north: padded.north.min(north),
            };
        }
        if self.home.is_none() {
            self.home = self.most_marked();
        }
    }

    /// The country with most marks.
    fn most_marked(&self) -> Option<String> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for mark in &self.marks {
            let country = outlines::countries().iter().find(|country| country.contains(mark.point));
            if let Some(country) = country.filter(|country| !country.iso.is_empty()) {
                *counts.entry(&country.iso).or_default() += 1;
            }
        }
        let most = counts.values().max().copied()?;
        counts.into_iter().find(|(_, count)| *count == most).map(|(iso, _)| iso.to_owned())
    }
}

static OPTIONS: LazyLock<usvg::Options<'static>> = LazyLock::new(|| {
    let mut fonts = usvg::fontdb::Database::new();
    fonts.load_font_data(LETTERING.to_vec());
    usvg::Options { fontdb: Arc::new(fonts), font_family: "Vazirmatn".to_owned(), ..usvg::Options::default() }
});

/// The map as PNG.
///
/// # Errors
/// Where its size is out of bounds.
pub fn png(map: &Map) -> Result<Vec<u8>, PictureError> {
    let size = || PictureError::Size { width: map.width, height: map.height };
    if map.width > LONGEST || map.height > LONGEST {
        return Err(size());
    }
    let mut pixels = tiny_skia::Pixmap::new(map.width, map.height).ok_or_else(size)?;
    let tree = usvg::Tree::from_str(&svg(map), &OPTIONS)?;
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| PictureError::Encoding(error.to_string()))
}

#[cfg(test)]
mod tests;
