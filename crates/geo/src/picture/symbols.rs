//! Symbols and colours: the same as on the interactive map (`crates/web/styles/symbols.svg`, `tokens.css`).

/// Water round the land.
pub(super) const WATER: &str = "#dbe6ea";
/// Land.
pub(super) const LAND: &str = "#f6f3ea";
/// The country set off.
pub(super) const HOME: &str = "#fdfcf7";
/// Borders.
pub(super) const BORDER: &str = "#a49c8b";
/// Lettering.
pub(super) const LABEL: &str = "#5a554b";
/// What surrounds a symbol, so that it stands out.
pub(super) const HALO: &str = "#fcfbf7";

/// A colour of the palette; the neutral one for numbers that have none.
pub(super) fn colour(number: u8) -> &'static str {
    match number {
        1 => "#c4480f",
        2 => "#0067a5",
        3 => "#007f62",
        4 => "#dd9500",
        5 => "#b04f88",
        6 => "#3a9bd6",
        8 => "#8a7400",
        _ => "#3f3d39",
    }
}

/// A symbol in a square of 16, as a path; a circle for names that have none.
pub(super) fn path(shape: &str) -> &'static str {
    match shape {
        "square" => "M3 3h10v10H3z",
        "triangle" => "M8 2l6.5 11.5h-13z",
        "diamond" => "M8 1.5L14.5 8 8 14.5 1.5 8z",
        "cross" => "M6 2h4v4h4v4h-4v4H6v-4H2V6h4z",
        "star" => "M8 1l2 4.9 5.2.4-4 3.4 1.3 5.1L8 12l-4.5 2.8 1.3-5.1-4-3.4L6 5.9z",
        _ => "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11z",
    }
}

/// A symbol with its middle at a pixel, `size` pixels across.
pub(super) fn symbol(shape: &str, number: u8, x: f64, y: f64, size: f64) -> String {
    let scale = size / 16.0;
    format!(
        "<path d=\"{}\" transform=\"translate({:.1} {:.1}) scale({scale:.3})\" fill=\"{}\" stroke=\"{HALO}\" stroke-width=\"1.6\" paint-order=\"stroke\" stroke-linejoin=\"round\"/>\n",
        path(shape),
        x - size / 2.0,
        y - size / 2.0,
        colour(number)
    )
}
