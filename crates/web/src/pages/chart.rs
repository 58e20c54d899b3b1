//! Counts by month, drawn as bars by the server. The same counts stand beside it as a table.

use sitrep_newsroom::archive::Month;

/// Height of the tallest bar and width of the picture, in its own units.
const HEIGHT: u32 = 96;
const WIDTH: usize = 640;
/// Widest that one bar and the gap behind it are.
const WIDEST: usize = 40;
/// Bars that are drawn at the most; longer spans are drawn by year.
const BARS: usize = 120;

/// A span of the chart: a month, or a year where there are many months.
pub(crate) struct Span {
    /// `November 2026` or `2026`.
    pub name: String,
    /// Editions.
    pub editions: usize,
    /// How often.
    pub times: u32,
}

/// The months as they are drawn and listed.
pub(crate) fn spans(months: &[Month]) -> Vec<Span> {
    let by_year = months.len() > BARS;
    let mut spans: Vec<Span> = Vec::new();
    for month in months {
        let name = if by_year { month.year.to_string() } else { name(*month) };
        match spans.last_mut().filter(|last| last.name == name) {
            Some(last) => {
                last.editions += month.editions;
                last.times = last.times.saturating_add(month.times);
            }
            None => spans.push(Span { name, editions: month.editions, times: month.times }),
        }
    }
    spans
}

fn name(month: Month) -> String {
    let first = jiff::civil::Date::new(month.year, month.month, 1);
    first.map(|first| first.strftime("%B %Y").to_string()).unwrap_or_default()
}

/// The bars as SVG, hidden from those who have the table read to them; nothing where there is no more than one bar.
pub(crate) fn bars(spans: &[Span]) -> Option<String> {
    let most = spans.iter().map(|span| span.times).max().filter(|most| *most > 0 && spans.len() > 1)?;
    // Few bars stay bars.
    let step = (WIDTH / spans.len()).min(WIDEST);
    let mut svg = format!(
        "<svg class=\"bars\" viewBox=\"0 0 {WIDTH} {}\" aria-hidden=\"true\" focusable=\"false\" preserveAspectRatio=\"none\">",
        HEIGHT + 1
    );
    for (place, span) in spans.iter().enumerate() {
        let height = (u64::from(span.times) * u64::from(HEIGHT)).div_ceil(u64::from(most));
        let (x, width) = (place * step, (step * 4 / 5).max(1));
        let y = u64::from(HEIGHT) - height;
        svg.push_str(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"><title>{}: {}</title></rect>",
            span.name, span.times
        ));
    }
    svg.push_str(&format!("<path d=\"M0 {HEIGHT}.5H{WIDTH}\"/></svg>"));
    Some(svg)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(year: i16, month: i8, times: u32) -> Month {
        Month { year, month, editions: 1, times }
    }

    #[test]
    fn the_tallest_bar_fills_the_height_and_something_is_never_drawn_as_nothing() {
        let spans = spans(&[month(2026, 10, 1000), month(2026, 11, 1)]);
        let svg = bars(&spans).unwrap();
        assert!(svg.contains("height=\"96\"><title>October 2026: 1000"), "{svg}");
        assert!(svg.contains("height=\"1\"><title>November 2026: 1"), "{svg}");
    }

    #[test]
    fn long_spans_are_counted_by_year() {
        let months: Vec<Month> = (0..240).map(|at| month(2000 + at / 12, (at % 12 + 1) as i8, 2)).collect();
        let spans = spans(&months);
        assert_eq!((spans.len(), spans[0].name.as_str(), spans[0].times), (20, "2000", 24));
    }
}
