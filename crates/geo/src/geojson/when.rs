//! An event's time as it is printed on its card: no more precisely than it is known.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sitrep_model::when::{TimePrecision, When};

/// The day of a moment in a zone.
pub fn day_of(at: Timestamp, zone: &TimeZone) -> Date {
    zone.to_datetime(at).date()
}

/// A time as printed, in a zone.
pub fn printed(when: &When, zone: &TimeZone) -> String {
    let (from, to) = (zone.to_datetime(when.from), zone.to_datetime(when.to));
    let (first, last) = (from.date(), to.date());
    match when.precision {
        TimePrecision::Minute => format!("{}, {}", day(first), from.strftime("%H:%M")),
        TimePrecision::Hour => format!("{}, about {}", day(first), from.strftime("%H:00")),
        TimePrecision::PartOfDay => format!("{}, {}", day(first), part(from.hour())),
        TimePrecision::Day => days(first, last),
        TimePrecision::Week => format!("week of {}", day(first)),
        TimePrecision::Month => first.strftime("%B %Y").to_string(),
        TimePrecision::Year => first.strftime("%Y").to_string(),
    }
}

/// A day.
pub(super) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// From one day to another; what both share is printed once.
pub(super) fn days(first: Date, last: Date) -> String {
    if last <= first {
        return day(first);
    }
    if first.year() != last.year() {
        return format!("{} – {}", day(first), day(last));
    }
    if first.month() != last.month() {
        return format!("{} – {}", first.strftime("%-d %B"), day(last));
    }
    format!("{}–{}", first.day(), day(last))
}

fn part(hour: i8) -> &'static str {
    match hour {
        5..=11 => "morning",
        12..=16 => "afternoon",
        17..=20 => "evening",
        _ => "night",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_printed_as_precisely_as_they_are_known() {
        let zone = TimeZone::get("Asia/Tehran").expect("a zone");
        let mut when = When {
            from: "2026-11-03T05:00:00Z".parse().expect("a moment"),
            to: "2026-11-05T05:00:00Z".parse().expect("a moment"),
            precision: TimePrecision::Minute,
        };
        for (precision, expected) in [
            (TimePrecision::Minute, "3 November 2026, 08:30"),
            (TimePrecision::Hour, "3 November 2026, about 08:00"),
            (TimePrecision::PartOfDay, "3 November 2026, morning"),
            (TimePrecision::Day, "3–5 November 2026"),
            (TimePrecision::Week, "week of 3 November 2026"),
            (TimePrecision::Month, "November 2026"),
            (TimePrecision::Year, "2026"),
        ] {
            when.precision = precision;
            assert_eq!(printed(&when, &zone), expected);
        }
    }
}
