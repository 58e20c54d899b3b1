//! When a source is looked at again.

use crate::rhythm::Rhythm;
use jiff::{Span, Timestamp};

/// A source that fails is looked at more and more rarely, but at least this often, in minutes.
const RAREST: i64 = 24 * 60;

/// How many times the wished interval a quiet source waits, at most.
const STRETCH: u32 = 8;

/// Minutes between two looks: as wished, and longer for a source that seldom says anything, so that four looks fall between
/// two things that it says.
pub fn interval(every_minutes: u32, rhythm: Option<&Rhythm>) -> u32 {
    let Some(rhythm) = rhythm else { return every_minutes };
    let gap = 24.0 * 60.0 / rhythm.a_day.max(1e-3);
    // A float that is too large for the type becomes its greatest value.
    let quarter = (gap / 4.0) as u32;
    quarter.clamp(every_minutes, every_minutes.saturating_mul(STRETCH))
}

/// The next look at a source whose rhythm is `every_minutes` and whose last `failures` looks all failed; `None` for
/// one that was never looked at, which is due at once.
pub fn next_look(every_minutes: u32, failures: u32, last: Option<Timestamp>) -> Option<Timestamp> {
    let every = i64::from(every_minutes.max(1));
    // A rhythm of days stays one of days: failures never make it more frequent.
    let waited = every.saturating_mul(1 << failures.min(12)).min(RAREST.max(every));
    last.and_then(|last| last.checked_add(Span::new().minutes(waited)).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(every: u32, failures: u32) -> String {
        let last: Timestamp = "2026-11-10T08:00:00Z".parse().unwrap();
        next_look(every, failures, Some(last)).unwrap().to_string()
    }

    #[test]
    fn a_source_that_fails_is_looked_at_more_and_more_rarely() {
        assert_eq!(next_look(15, 0, None), None);
        assert_eq!(after(15, 0), "2026-11-10T08:15:00Z");
        assert_eq!(after(15, 2), "2026-11-10T09:00:00Z");
        assert_eq!(after(15, 4_000_000), "2026-11-11T08:00:00Z");
        assert_eq!(after(0, 0), "2026-11-10T08:01:00Z");
    }

    #[test]
    fn a_quiet_source_is_looked_at_less_and_a_busy_one_as_wished() {
        let rhythm = |a_day| Rhythm { a_day, silence: jiff::SignedDuration::from_hours(24) };
        assert_eq!(interval(15, None), 15);
        assert_eq!(interval(15, Some(&rhythm(400.0))), 15);
        assert_eq!(interval(15, Some(&rhythm(6.0))), 60);
        assert_eq!(interval(15, Some(&rhythm(0.1))), 120);
    }

    #[test]
    fn a_rhythm_of_days_is_kept_whatever_fails() {
        assert_eq!(after(3 * 24 * 60, 5), "2026-11-13T08:00:00Z");
    }
}
