//! Legend and scale.

use super::Map;
use super::labels::{Box, text, width};
use super::symbols::{BORDER, HALO, LABEL, symbol};
use crate::mercator::Projection;

/// The legend at the lower right, or nothing.
pub(super) fn legend(map: &Map, unit: f64, taken: &mut Vec<Box>) -> String {
    if map.legend.is_empty() {
        return String::new();
    }
    let (size, line, pad) = (unit * 13.0, unit * 22.0, unit * 12.0);
    let widest = map.legend.iter().map(|entry| width(&entry.label, size)).fold(0.0, f64::max);
    let (across, high) = (widest + pad * 2.0 + unit * 24.0, line * map.legend.len() as f64 + pad * 1.2);
    let (left, top) = (f64::from(map.width) - across - unit * 12.0, f64::from(map.height) - high - unit * 12.0);
    taken.push([left, top, left + across, top + high]);
    let mut svg = format!(
        "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{across:.1}\" height=\"{high:.1}\" fill=\"{HALO}\" fill-opacity=\"0.92\" stroke=\"{BORDER}\"/>\n"
    );
    for (index, entry) in map.legend.iter().enumerate() {
        let y = top + pad * 0.6 + line * (index as f64 + 0.5);
        svg.push_str(&symbol(&entry.shape, entry.colour, left + pad + unit * 8.0, y, unit * 16.0));
        svg.push_str(&text(&entry.label, left + pad + unit * 24.0, y + size * 0.35, size, "start", "#1e1c18", 500));
    }
    svg
}

/// A bar of a round number of kilometres at the lower left.
pub(super) fn scale(map: &Map, projection: &Projection, unit: f64, taken: &mut Vec<Box>) -> String {
    let pixels = projection.pixels_a_kilometre();
    let most = f64::from(map.width) / 5.0 / pixels;
    let steps = [1000.0, 500.0, 200.0, 100.0, 50.0, 20.0, 10.0, 5.0, 2.0, 1.0];
    let Some(kilometres) = steps.into_iter().find(|step| *step <= most) else {
        return String::new();
    };
    let (left, y, long) = (unit * 16.0, f64::from(map.height) - unit * 18.0, kilometres * pixels);
    taken.push([left, y - unit * 20.0, left + long, y + unit * 6.0]);
    let tick = unit * 5.0;
    let bar = format!("M{left:.1} {:.1}v{tick:.1}h{long:.1}v-{tick:.1}", y - tick);
    let label = text(&format!("{kilometres} km"), left + long / 2.0, y - unit * 6.0, unit * 11.0, "middle", LABEL, 500);
    format!("<path d=\"{bar}\" fill=\"none\" stroke=\"{LABEL}\" stroke-width=\"{:.1}\"/>\n{label}", unit * 1.2)
}
