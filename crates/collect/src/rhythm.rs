//! How often a source says something, learned from when it did; and whether it has fallen silent against that.
//!
//! Outlets sleep at night and on their days off, so the mean gap says little about silence. What is kept is in which hours
//! something came; the gaps between such hours are what this source's usual silences look like.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Hours remembered, newest.
const REMEMBERED: usize = 400;
/// Hours in which something came before a rhythm is spoken of.
const FEWEST: usize = 6;
/// Days that must lie between the first and the last of them.
const SPAN: i64 = 2;
/// Days in which there are at least two weekends.
const WEEKENDS: i64 = 15;
/// Days after which what was said no longer counts.
const OLDEST: i64 = 90;

/// In which hours (since 1970, UTC) something came, and how many things, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Arrivals(Vec<(i64, u32)>);

/// A source's usual rhythm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rhythm {
    /// Things a day, on average.
    pub a_day: f64,
    /// The longest silence that is usual, with a margin: half as much again.
    pub silence: SignedDuration,
}

impl Arrivals {
    /// Notes that something came. What names a time to come, or one long past, counts as coming now.
    pub fn note(&mut self, at: Timestamp, now: Timestamp) {
        let (hour, this) = (hour(at), hour(now));
        let hour = if (this - OLDEST * 24..=this).contains(&hour) { hour } else { this };
        match self.0.binary_search_by_key(&hour, |(known, _)| *known) {
            Ok(place) => self.0[place].1 = self.0[place].1.saturating_add(1),
            Err(place) => self.0.insert(place, (hour, 1)),
        }
        let surplus = self.0.len().saturating_sub(REMEMBERED);
        self.0.drain(..surplus);
    }

    /// The rhythm, once there is enough to speak of one.
    pub fn rhythm(&self) -> Option<Rhythm> {
        let (first, last) = (self.0.first()?.0, self.0.last()?.0);
        if self.0.len() < FEWEST || last - first < SPAN * 24 {
            return None;
        }
        let mut gaps: Vec<i64> = self.0.windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
        gaps.sort_unstable_by(|a, b| b.cmp(a));
        // Where at least two weekends are in sight, the one longest gap may have been an outage or a holiday.
        let leave = usize::from(last - first >= WEEKENDS * 24 && gaps.len() > FEWEST);
        let longest = gaps.get(leave).copied().unwrap_or_default();
        let things: u64 = self.0.iter().map(|(_, count)| u64::from(*count)).sum();
        let days = (last - first + 1) as f64 / 24.0;
        let silence = SignedDuration::from_mins((longest * 90).max(120) + 60);
        Some(Rhythm { a_day: things as f64 / days, silence })
    }

    /// For how long a source has been silent, where that is longer than it usually is.
    pub fn silent_for(&self, now: Timestamp) -> Option<SignedDuration> {
        let (last, _) = self.0.last()?;
        // Something came at some time in that hour; its end is the kindest reading.
        let since = Timestamp::from_second((last + 1) * 3600).ok()?;
        let silent = now.duration_since(since);
        (silent > self.rhythm()?.silence).then_some(silent)
    }
}

impl Rhythm {
    /// The rhythm in words: `about 14 a day`, `about one every 3 days`.
    pub fn in_words(&self) -> String {
        if self.a_day >= 1.5 {
            return format!("about {} a day", self.a_day.round());
        }
        let days = (1.0 / self.a_day.max(1e-6)).round();
        if days <= 1.0 { "about one a day".to_owned() } else { format!("about one every {days} days") }
    }
}

fn hour(at: Timestamp) -> i64 {
    at.as_second().div_euclid(3600)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: i64, hour: i64) -> Timestamp {
        let start: Timestamp = "2026-11-02T00:00:00Z".parse().unwrap();
        Timestamp::from_second(start.as_second() + (day * 24 + hour) * 3600).unwrap()
    }

    /// A newsroom that writes from 6 to 17 on five days a week.
    fn office() -> Arrivals {
        let mut arrivals = Arrivals::default();
        for day in (0..21).filter(|day| day % 7 < 5) {
            for hour in 6..18 {
                arrivals.note(at(day, hour), at(21, 0));
            }
        }
        arrivals
    }

    #[test]
    fn nights_and_days_off_are_no_silence_and_a_missing_day_is() {
        let arrivals = office();
        assert_eq!(arrivals.rhythm().unwrap().in_words(), "about 10 a day");
        assert_eq!(arrivals.silent_for(at(19, 5)), None, "the night");
        let friday = arrivals.clone();
        assert_eq!(friday.silent_for(at(20, 12)), None, "the weekend is as usual");
        assert!(friday.silent_for(at(23, 0)).is_some(), "nothing on Monday nor Tuesday");
    }

    #[test]
    fn a_rhythm_is_spoken_of_only_when_it_is_known() {
        let mut arrivals = Arrivals::default();
        for hour in 0..5 {
            arrivals.note(at(0, hour), at(0, 5));
        }
        assert_eq!(arrivals.rhythm(), None);
        assert_eq!(arrivals.silent_for(at(300, 0)), None);
        let mut weekly = Arrivals::default();
        for week in 0..8 {
            weekly.note(at(week * 7, 9), at(60, 0));
        }
        assert_eq!(weekly.rhythm().unwrap().in_words(), "about one every 6 days");
        assert_eq!(weekly.silent_for(at(49 + 8, 0)), None);
        assert!(weekly.silent_for(at(49 + 12, 0)).is_some());
    }

    #[test]
    fn times_that_cannot_be_count_as_now() {
        let mut arrivals = Arrivals::default();
        arrivals.note(at(400, 0), at(1, 0));
        arrivals.note(at(-4_000, 0), at(1, 0));
        assert_eq!(arrivals.0, [(hour(at(1, 0)), 2)]);
    }
}
