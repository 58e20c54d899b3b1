//! The drawing: water, land, areas, lettering, marks.

use super::labels::{self, Box};
use super::symbols::{BORDER, HOME, LAND, WATER, colour, symbol};
use super::{Map, legend};
use crate::mercator::Projection;
use crate::outlines::{self, Country};
use sitrep_model::position::Shape;
use std::collections::HashMap;

/// The map as SVG.
pub fn svg(map: &Map) -> String {
    let (width, height) = (f64::from(map.width.max(1)), f64::from(map.height.max(1)));
    let projection = Projection::fit(map.bounds, width, height);
    // Lettering and symbols grow with the picture, not with the map.
    let unit = (width.min(height * 1.5) / 1000.0).clamp(0.5, 4.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\">\n<rect width=\"{0}\" height=\"{1}\" fill=\"{WATER}\"/>\n",
        map.width, map.height
    );
    for country in outlines::countries() {
        svg.push_str(&land(map, &projection, country, unit));
    }
    for (shape, number) in &map.areas {
        svg.push_str(&area(&projection, shape, *number, unit));
    }
    let mut taken: Vec<Box> = Vec::new();
    let places = places(map, &projection, unit);
    let reach = unit * 8.0;
    taken.extend(places.iter().map(|(x, y)| [x - reach, y - reach, x + reach, y + reach]));
    let scale = legend::scale(map, &projection, unit, &mut taken);
    let legend = legend::legend(map, unit, &mut taken);
    svg.push_str(&labels::labels(map, &projection, unit, &mut taken));
    for (mark, (x, y)) in map.marks.iter().zip(&places) {
        svg.push_str(&symbol(&mark.shape, mark.colour, *x, *y, unit * 15.0));
    }
    svg.push_str(&scale);
    svg.push_str(&legend);
    svg.push_str("</svg>\n");
    svg
}

fn land(map: &Map, projection: &Projection, country: &Country, unit: f64) -> String {
    let rings = country.rings.iter().filter_map(|ring| path(map, projection, ring));
    let path: String = rings.collect();
    if path.is_empty() {
        return String::new();
    }
    let home = map.home.as_deref() == Some(country.iso.as_str()) && !country.iso.is_empty();
    let (fill, wide) = if home { (HOME, 1.4) } else { (LAND, 0.8) };
    format!(
        "<path d=\"{path}\" fill=\"{fill}\" fill-rule=\"evenodd\" stroke=\"{BORDER}\" stroke-width=\"{:.1}\" stroke-linejoin=\"round\"/>\n",
        unit * wide
    )
}

/// A ring, unless all of it lies outside of the picture.
fn path(map: &Map, projection: &Projection, ring: &[[f64; 2]]) -> Option<String> {
    let pixels: Vec<(f64, f64)> = ring.iter().map(|[lon, lat]| projection.pixel(*lon, *lat)).collect();
    let (width, height) = (f64::from(map.width), f64::from(map.height));
    let beyond = |outside: &dyn Fn(&(f64, f64)) -> bool| pixels.iter().all(outside);
    if beyond(&|p| p.0 < 0.0) || beyond(&|p| p.0 > width) || beyond(&|p| p.1 < 0.0) || beyond(&|p| p.1 > height) {
        return None;
    }
    Some(line(&pixels) + "Z")
}

fn line(pixels: &[(f64, f64)]) -> String {
    let step = |(index, (x, y)): (usize, &(f64, f64))| format!("{}{x:.1} {y:.1}", if index == 0 { 'M' } else { 'L' });
    pixels.iter().enumerate().map(step).collect()
}

fn area(projection: &Projection, shape: &Shape, number: u8, unit: f64) -> String {
    let pixels =
        |line: &[[f64; 2]]| -> Vec<(f64, f64)> { line.iter().map(|[lon, lat]| projection.pixel(*lon, *lat)).collect() };
    let colour = colour(number);
    match shape {
        Shape::Point(_) => String::new(),
        Shape::LineString(points) => format!(
            "<path d=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{:.1}\" stroke-linejoin=\"round\" stroke-linecap=\"round\"/>\n",
            line(&pixels(points)),
            unit * 2.6
        ),
        Shape::Polygon(rings) => {
            let path: String = rings.iter().map(|ring| line(&pixels(ring)) + "Z").collect();
            format!(
                "<path d=\"{path}\" fill=\"{colour}\" fill-opacity=\"0.22\" fill-rule=\"evenodd\" stroke=\"{colour}\" stroke-width=\"{:.1}\" stroke-linejoin=\"round\"/>\n",
                unit * 1.6
            )
        }
    }
}

/// Where each mark is drawn: those that would cover each other stand in a spiral round their place, as seeds in a
/// sunflower.
fn places(map: &Map, projection: &Projection, unit: f64) -> Vec<(f64, f64)> {
    let mut crowd: HashMap<(i64, i64), u32> = HashMap::new();
    let cell = unit * 9.0;
    let golden = 2.399_963_229_728_653;
    let place = |mark: &super::Mark| {
        let (x, y) = projection.point(mark.point);
        let count = crowd.entry(((x / cell).round() as i64, (y / cell).round() as i64)).or_default();
        let (turn, far) = (f64::from(*count) * golden, f64::from(*count).sqrt() * unit * 8.5);
        *count += 1;
        (x + far * turn.cos(), y + far * turn.sin())
    };
    map.marks.iter().map(place).collect()
}
