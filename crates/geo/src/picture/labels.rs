//! Lettering that does not cover what is marked.

use super::Map;
use super::symbols::{HALO, LABEL};
use crate::mercator::Projection;
use crate::outlines::{self, Country};

/// A rectangle of pixels: left, top, right, bottom.
pub(super) type Box = [f64; 4];

/// Names of countries and of marks, in places that are still free.
pub(super) fn labels(map: &Map, projection: &Projection, unit: f64, taken: &mut Vec<Box>) -> String {
    let mut svg = String::new();
    for mark in &map.marks {
        let Some(label) = mark.label.as_deref().filter(|label| !label.is_empty()) else { continue };
        let (x, y) = projection.point(mark.point);
        let size = unit * 12.0;
        let width = width(label, size);
        let right =
            (x + unit * 10.0, "start", [x + unit * 9.0, y - size * 0.6, x + unit * 10.0 + width, y + size * 0.6]);
        let left = (x - unit * 10.0, "end", [x - unit * 10.0 - width, y - size * 0.6, x - unit * 9.0, y + size * 0.6]);
        let place = [right, left].into_iter().find(|(_, _, place)| is_free(map, place, taken));
        if let Some((at, anchor, place)) = place {
            taken.push(place);
            svg.push_str(&text(label, at, y + size * 0.35, size, anchor, "#1e1c18", 500));
        }
    }
    for country in outlines::countries() {
        svg.push_str(&name(map, projection, unit, country, taken).unwrap_or_default());
    }
    svg
}

fn name(map: &Map, projection: &Projection, unit: f64, country: &Country, taken: &mut Vec<Box>) -> Option<String> {
    let home = map.home.as_deref() == Some(country.iso.as_str());
    let size = unit * if home { 17.0 } else { 13.0 };
    let label = country.name.as_str();
    let width = width(label, size);
    // The widest free stretch of the land on a few lines of the picture.
    let mut stretches = stretches(map, projection, country);
    stretches.sort_by(|a, b| (b.1 - b.0).total_cmp(&(a.1 - a.0)));
    let needed = if home { width } else { width * 1.05 };
    for (left, right, y) in stretches {
        if right - left < needed {
            break;
        }
        let middle = f64::midpoint(left, right);
        for x in [middle, left + width * 0.6, right - width * 0.6] {
            let place = [x - width / 2.0, y - size * 0.7, x + width / 2.0, y + size * 0.5];
            let on_land = left <= place[0] && place[2] <= right;
            if on_land && is_free(map, &place, taken) {
                taken.push(place);
                return Some(text(label, x, y + size * 0.3, size, "middle", LABEL, 500));
            }
        }
    }
    None
}

/// Horizontal stretches of a country's land: from, to, and the line's height, in pixels.
fn stretches(map: &Map, projection: &Projection, country: &Country) -> Vec<(f64, f64, f64)> {
    let (width, height) = (f64::from(map.width), f64::from(map.height));
    let mut found = Vec::new();
    for line in 1..24 {
        let y = height * f64::from(line) / 24.0;
        let mut crossings: Vec<f64> = Vec::new();
        for ring in &country.rings {
            let mut before = ring.last().map(|[lon, lat]| projection.pixel(*lon, *lat));
            for [lon, lat] in ring {
                let (x2, y2) = projection.pixel(*lon, *lat);
                if let Some((x1, y1)) = before
                    && (y1 <= y) != (y2 <= y)
                {
                    crossings.push(x1 + (y - y1) * (x2 - x1) / (y2 - y1));
                }
                before = Some((x2, y2));
            }
        }
        crossings.sort_by(f64::total_cmp);
        for pair in crossings.chunks_exact(2) {
            if let [from, to] = pair {
                found.push((from.max(4.0), to.min(width - 4.0), y));
            }
        }
    }
    found
}

fn is_free(map: &Map, place: &Box, taken: &[Box]) -> bool {
    let inside = place[0] > 2.0
        && place[1] > 2.0
        && place[2] < f64::from(map.width) - 2.0
        && place[3] < f64::from(map.height) - 2.0;
    let apart = |other: &Box| place[2] < other[0] || other[2] < place[0] || place[3] < other[1] || other[3] < place[1];
    inside && taken.iter().all(apart)
}

/// About how wide a text comes out.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|c| if c.is_uppercase() { 0.68 } else { 0.54 }).sum::<f64>() * size
}

/// A text with a halo.
pub(super) fn text(text: &str, x: f64, y: f64, size: f64, anchor: &str, colour: &str, weight: u16) -> String {
    format!(
        "<text x=\"{x:.1}\" y=\"{y:.1}\" font-family=\"Vazirmatn\" font-size=\"{size:.1}\" font-weight=\"{weight}\" text-anchor=\"{anchor}\" fill=\"{colour}\" stroke=\"{HALO}\" stroke-width=\"{:.1}\" stroke-linejoin=\"round\" paint-order=\"stroke\">{}</text>\n",
        size / 5.0,
        escape(text)
    )
}

/// A text as XML has it.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
