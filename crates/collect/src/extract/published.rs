//! When a page was published: what its metadata says, its `time` elements, what stands in the text above the report,
//! and its address, in this order; in any of the desk's calendars.

use super::metadata::{self, Metadata};
use crate::time_text;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use scraper::{Html, Selector};
use sitrep_language::dates;

/// Years in which the calendars of metadata overlap with a Gregorian year that an outlet means.
const FIRST_YEAR: i16 = 1990;

pub(super) fn published(
    html: &Html,
    metadata: &Metadata,
    address: Option<&str>,
    language: &str,
    zone: &TimeZone,
    reference: Date,
) -> Option<Timestamp> {
    let written = metadata.published.iter().find_map(|text| time(text, language, zone, reference));
    written
        .or_else(|| marked(html, language, zone, reference))
        .or_else(|| visible(html, language, zone, reference))
        .or_else(|| address.and_then(dates::in_address).and_then(|found| midnight(found.date, zone)))
}

pub(super) fn modified(metadata: &Metadata, language: &str, zone: &TimeZone, reference: Date) -> Option<Timestamp> {
    metadata.modified.iter().find_map(|text| time(text, language, zone, reference))
}

/// A written time; where it is none that machines write, a date as people write it.
fn time(text: &str, language: &str, zone: &TimeZone, reference: Date) -> Option<Timestamp> {
    let plausible = |time: &Timestamp| time.to_zoned_datetime(zone.clone()).year() >= FIRST_YEAR;
    time_text::read(text, zone).filter(plausible).or_else(|| spoken(text, language, zone, reference))
}

/// The first day named in a text, with the time of day beside it.
fn spoken(text: &str, language: &str, zone: &TimeZone, reference: Date) -> Option<Timestamp> {
    if text.chars().count() > 200 {
        return None;
    }
    let found = dates::find(text, language, reference)
        .into_iter()
        .find(|found| found.precision == sitrep_model::when::TimePrecision::Day && found.from.year() >= FIRST_YEAR)?;
    let western = sitrep_language::digits::western(text);
    match clock(&western) {
        Some(time) => zone.to_timestamp(found.from.to_datetime(time)).ok(),
        None => midnight(found.from, zone),
    }
}

fn clock(text: &str) -> Option<Time> {
    text.split(|c: char| !(c.is_ascii_digit() || c == ':')).find_map(|token| {
        let (hour, minute) = token.split_once(':')?;
        let minute = minute.get(..2).filter(|_| minute.len() == 2 || minute.as_bytes().get(2) == Some(&b':'))?;
        Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
    })
}

fn midnight(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_timestamp(date.to_datetime(Time::midnight())).ok()
}

/// Elements that are marked as holding the time of publication.
fn marked(html: &Html, language: &str, zone: &TimeZone, reference: Date) -> Option<Timestamp> {
    for selector in [
        "[itemprop~=datePublished]",
        "time[pubdate]",
        "article time",
        "main time",
        "time",
        "abbr.published",
        "[class*=publish] [datetime]",
    ] {
        let Ok(selector) = Selector::parse(selector) else { continue };
        for element in html.select(&selector).take(5) {
            let written = ["datetime", "content", "title", "data-time", "data-datetime"]
                .iter()
                .find_map(|name| element.attr(name));
            let found = written
                .and_then(|text| time(text, language, zone, reference))
                .or_else(|| spoken(&metadata::text_of(element), language, zone, reference));
            if found.is_some() {
                return found;
            }
        }
    }
    None
}

/// Short texts in elements whose names speak of dates, then any short text near the heading.
fn visible(html: &Html, language: &str, zone: &TimeZone, reference: Date) -> Option<Timestamp> {
    let named = [
        "[class*=date]",
        "[class*=Date]",
        "[id*=date]",
        "[class*=time]",
        "[class*=publish]",
        "[class*=meta]",
        "[class*=byline]",
        "[class*=tarikh]",
        "[class*=info]",
    ];
    for selector in named {
        let Ok(selector) = Selector::parse(selector) else { continue };
        for element in html.select(&selector).take(8) {
            if element.value().name() == "body" || element.value().name() == "html" {
                continue;
            }
            let text: String = element.text().take(40).flat_map(|text| [text, " "]).collect();
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if let Some(found) = spoken(&text, language, zone, reference) {
                return Some(found);
            }
        }
    }
    near_heading(html, language, zone, reference)
}

fn near_heading(html: &Html, language: &str, zone: &TimeZone, reference: Date) -> Option<Timestamp> {
    let heading = metadata::select(html, "h1, h2")?;
    let mut looked_at = 0;
    let mut seen_heading = false;
    for node in html.root_element().descendants() {
        seen_heading |= node.id() == heading.id();
        let Some(text) = node.value().as_text().filter(|_| seen_heading) else { continue };
        if text.trim().chars().count() < 6 {
            continue;
        }
        looked_at += 1;
        if looked_at > 25 {
            break;
        }
        if text.chars().count() < 120
            && let Some(found) = spoken(text, language, zone, reference)
        {
            return Some(found);
        }
    }
    None
}
