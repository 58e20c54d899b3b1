//! Points in time as feeds and pages write them in their metadata: RFC 3339 and ISO 8601 in all their half forms,
//! RFC 822 and its misspellings, asctime.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use serde::{Serialize, Serializer};
use sitrep_language::clock::offset;
use std::borrow::Cow;

/// A point in time as it was written: the clock that stood beside it is kept, so that it still names the day that its
/// outlet meant. Serialised it is RFC 3339 with that offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The point in time.
    pub at: Timestamp,
    /// How far the outlet's clock is from UTC.
    pub offset: Offset,
}

impl Moment {
    /// The civil time of a zone; `None` where the two can't be brought together.
    pub(crate) fn of(civil: DateTime, zone: &TimeZone) -> Option<Self> {
        let at = zone.to_timestamp(civil).ok()?;
        Some(Self { at, offset: zone.to_offset(at) })
    }

    /// A point in time, told by the clock of a zone.
    pub(crate) fn told_in(at: Timestamp, zone: &TimeZone) -> Self {
        Self { at, offset: zone.to_offset(at) }
    }

    /// The same point in time by the nearest clock (in whole hours from this one) on which it falls on the given day,
    /// where that is the day before or after.
    pub(crate) fn on_neighbouring_day(self, day: Date) -> Option<Self> {
        (1..=14).flat_map(|hours| [hours, -hours]).find_map(|hours| {
            let offset = Offset::from_seconds(self.offset.seconds() + hours * 3_600).ok()?;
            let moved = Self { at: self.at, offset };
            (moved.date() == day && (-10..=12).contains(&(offset.seconds() / 3_600))).then_some(moved)
        })
    }

    /// The day that it was there.
    pub fn date(self) -> Date {
        self.offset.to_datetime(self.at).date()
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.offset == Offset::UTC { self.at.fmt(f) } else { self.at.display_with_offset(self.offset).fmt(f) }
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads a point in time; a text without a zone is taken to be in `zone`, a bare date as its midnight there.
pub(crate) fn read(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    moment(text, zone).map(|moment| moment.at)
}

/// The same, with the clock that it was written by.
pub(crate) fn moment(text: &str, zone: &TimeZone) -> Option<Moment> {
    let text = match text.trim() {
        text if text.is_ascii() => Cow::Borrowed(text),
        text => Cow::Owned(sitrep_language::digits::western(text)),
    };
    if text.len() < 4 || text.len() > 100 {
        return None;
    }
    iso(&text, zone).or_else(|| words(&text, zone)).and_then(plausible)
}

/// Years that an outlet cannot mean are misreadings.
fn plausible(moment: Moment) -> Option<Moment> {
    (-2_208_988_800..=4_102_444_800).contains(&moment.at.as_second()).then_some(moment)
}

fn at(date: Date, time: Time, offset: Option<Offset>, zone: &TimeZone) -> Option<Moment> {
    let civil = DateTime::from_parts(date, time);
    match offset {
        Some(offset) => Some(Moment { at: offset.to_timestamp(civil).ok()?, offset }),
        None => Moment::of(civil, zone),
    }
}

/// `2023`, `2023-05`, `20230530`, `2023-05-30 13:17`, `2023-05-30T13:17:05.25+0330`.
fn iso(text: &str, zone: &TimeZone) -> Option<Moment> {
    let (day, rest) = match text.split_once(['T', 't', ' ']) {
        Some((day, rest)) => (day, rest.trim()),
        None => (text, ""),
    };
    let number = |part: &str| part.parse::<i16>().ok();
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    let date = match parts.as_slice() {
        [year] if year.len() == 4 && rest.is_empty() => Date::new(number(year)?, 1, 1).ok()?,
        [all] if all.len() == 8 && all.bytes().all(|byte| byte.is_ascii_digit()) => {
            Date::new(number(&all[..4])?, all[4..6].parse().ok()?, all[6..].parse().ok()?).ok()?
        }
        [year, month] if year.len() == 4 => Date::new(number(year)?, month.parse().ok()?, 1).ok()?,
        [year, month, day] if year.len() == 4 => {
            Date::new(number(year)?, month.parse().ok()?, day.parse().ok()?).ok()?
        }
        _ => return None,
    };
    if rest.is_empty() {
        return at(date, Time::midnight(), None, zone);
    }
    let clock_end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ','))).unwrap_or(rest.len());
    let time = clock(&rest[..clock_end])?;
    at(date, time, offset(rest[clock_end..].trim()), zone)
}

fn clock(text: &str) -> Option<Time> {
    let text = text.split(['.', ',']).next()?;
    let mut parts = text.split(':');
    let hour: i8 = parts.next()?.parse().ok()?;
    let minute: i8 = parts.next()?.parse().ok()?;
    let second: i8 = parts.next().map_or(Some(0), |part| part.parse().ok())?;
    Time::new(if hour == 24 { 0 } else { hour }, minute, second.min(59), 0).ok()
}

/// Texts with the month as an English word, in any order: RFC 822, asctime, `May 30, 2023 1:17 pm EST`.
fn words(text: &str, zone: &TimeZone) -> Option<Moment> {
    let (mut year, mut month, mut day, mut time, mut east) = (None, None, None, None, None);
    let mut afternoon = None;
    for token in text.split([' ', ',', '\t', '\n']).filter(|token| !token.is_empty()) {
        let lower = token.to_ascii_lowercase();
        if token.contains(':') && !token.starts_with(['+', '-']) {
            let end = token.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.'))).unwrap_or(token.len());
            time = clock(&token[..end]);
            match &lower[end..] {
                "am" => afternoon = Some(false),
                "pm" => afternoon = Some(true),
                tail => east = east.or_else(|| offset(tail)),
            }
        } else if let Some(found) = lower.get(..3).and_then(|head| MONTHS.iter().position(|name| *name == head)) {
            month = month.or(i8::try_from(found + 1).ok());
        } else if lower.starts_with(|c: char| c.is_ascii_digit()) && token.contains('-') {
            // `30-May-2023`
            for part in token.split('-') {
                number(part, &mut year, &mut day);
                let name = part.to_ascii_lowercase();
                if let Some(found) = name.get(..3).and_then(|head| MONTHS.iter().position(|name| *name == head)) {
                    month = i8::try_from(found + 1).ok();
                }
            }
        } else if lower.starts_with(|c: char| c.is_ascii_digit()) {
            number(lower.trim_end_matches(|c: char| !c.is_ascii_digit()), &mut year, &mut day);
        } else if matches!(lower.as_str(), "am" | "a.m.") {
            afternoon = Some(false);
        } else if matches!(lower.as_str(), "pm" | "p.m.") {
            afternoon = Some(true);
        } else {
            east = east.or_else(|| offset(&lower));
        }
    }
    let date = Date::new(year?, month?, day.unwrap_or(1)).ok()?;
    let mut time: Time = time.unwrap_or_else(Time::midnight);
    if let Some(afternoon) = afternoon {
        let hour = time.hour() % 12 + if afternoon { 12 } else { 0 };
        time = Time::new(hour, time.minute(), time.second(), 0).ok()?;
    }
    at(date, time, east, zone)
}

/// A number is the day first, where it can be one, and then the year, of two digits or four.
fn number(text: &str, year: &mut Option<i16>, day: &mut Option<i8>) {
    let Ok(value) = text.parse::<i16>() else { return };
    if text.len() <= 2 && day.is_none() && (1..=31).contains(&value) {
        *day = i8::try_from(value).ok();
    } else if text.len() == 4 {
        *year = Some(value);
    } else if text.len() == 2 && year.is_none() {
        *year = Some(if value < 70 { 2000 + value } else { 1900 + value });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(read(text, &TimeZone::UTC).map(|time| time.to_string()).as_deref(), Some(expected), "{text}");
    }

    #[test]
    fn times_of_feeds_and_pages_are_read() {
        check("2023-05-30T13:17:05+03:30", "2023-05-30T09:47:05Z");
        check("2023-05-30T13:17:05+0330", "2023-05-30T09:47:05Z");
        check("2023-05-30 13:17", "2023-05-30T13:17:00Z");
        check("20230530", "2023-05-30T00:00:00Z");
        check("2003-12", "2003-12-01T00:00:00Z");
        check("Tue, 30 May 2023 13:17:05 GMT", "2023-05-30T13:17:05Z");
        check("Tue, 30 May 23 13:17 EST", "2023-05-30T18:17:00Z");
        check("Sat Jan  3 00:00:00 2004", "2004-01-03T00:00:00Z");
        check("May 30, 2023 1:17 pm", "2023-05-30T13:17:00Z");
        check("30-May-2023 13:17 +0200", "2023-05-30T11:17:00Z");
        assert_eq!(read("yesterday", &TimeZone::UTC), None);
    }
}
