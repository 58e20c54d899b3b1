//! Dates and moments as readers see them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A day: `20 November 2026`.
pub(crate) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// A moment in a desk's time zone, with the zone's abbreviation; in UTC where the zone is unknown.
pub(crate) fn moment(at: Timestamp, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    at.to_zoned_datetime(zone).strftime("%-d %B %Y, %H:%M %Z").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_in_the_desks_zone() {
        let at: Timestamp = "2026-11-20T19:05:00Z".parse().unwrap();
        assert_eq!(moment(at, "America/New_York"), "20 November 2026, 14:05 EST");
        assert_eq!(moment(at, "No/Where"), "20 November 2026, 19:05 UTC");
        assert_eq!(day(jiff::civil::date(2026, 3, 1)), "1 March 2026");
    }
}
