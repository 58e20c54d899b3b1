//! A line for a footnote.

use super::{Style, Work};
use crate::dates;

pub(super) const STYLE: Style =
    Style { extension: "cite.txt", media_type: "text/plain; charset=utf-8", label: "Text", render };

fn render(work: &Work) -> String {
    let creators = work.creators().join(", ");
    let mut parts = vec![creators, format!("“{}”", work.title)];
    // Desks print their name in each title; it isn't said twice.
    if !work.title.contains(&work.series) {
        parts.push(work.series.clone());
    }
    if !work.authors.is_empty() {
        parts.push(work.publisher.clone());
    }
    parts.push(dates::day(work.date));
    parts.push(work.address.clone());
    let head = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let quote = work.quote.as_ref().map(|quote| format!(": “{quote}”")).unwrap_or_else(|| ".".to_owned());
    let remarks = [&work.standing, &work.label].into_iter().flatten().map(|remark| format!(" ({remark})"));
    format!("{head}{quote}{}\n", remarks.collect::<String>())
}
