//! One written time: as machines write it, or as people do.

use crate::time_text::{self, Moment};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use sitrep_language::dates;
use sitrep_model::when::TimePrecision;

/// Before this day nothing was published on the web.
const FIRST_YEAR: i16 = 1992;

/// Reads times of one page.
pub(super) struct Reader<'a> {
    language: &'a str,
    zone: &'a TimeZone,
    received: Date,
}

/// A day that a text names.
struct Day {
    moment: Moment,
    /// Where it stands and how long it is, in code points.
    start: usize,
    length: usize,
    /// Whether the year stands with it.
    whole: bool,
}

/// A day with its year has so many figures.
const FIGURES: usize = 5;

/// Whether a text has the figures of a day with its year. Looking for days in a text costs a thousand times as much.
pub(super) fn may_be_whole(text: &str) -> bool {
    text.chars().filter(|c| sitrep_language::digits::value(*c).is_some()).nth(FIGURES - 1).is_some()
}

impl<'a> Reader<'a> {
    pub(super) const fn new(language: &'a str, zone: &'a TimeZone, received: Date) -> Self {
        Self { language, zone, received }
    }

    /// A time of metadata: as machines write it, else as people do.
    pub(super) fn of_machine(&self, text: &str) -> Option<Moment> {
        let found = time_text::moment(text, self.zone).filter(|_| text.trim().len() >= 8);
        found.or_else(|| self.epoch(text)).filter(|moment| self.is_plausible(*moment)).or_else(|| self.of_people(text))
    }

    /// The first day that a text names in figures or words, with the time of day beside it.
    pub(super) fn of_people(&self, text: &str) -> Option<Moment> {
        self.whole_days(text).next().map(|day| day.moment)
    }

    /// The same, where words that count from the day of receipt, and days without a year, will do.
    pub(super) fn of_people_loosely(&self, text: &str) -> Option<Moment> {
        let days = self.days(text);
        days.iter().find(|day| day.whole).or_else(|| days.first()).map(|day| day.moment)
    }

    /// The last day that a text names.
    pub(super) fn last_of_people(&self, text: &str) -> Option<Moment> {
        self.whole_days(text).next_back().map(|day| day.moment)
    }

    /// A day that makes up at least the given part (one of so many) of a line, or opens it.
    pub(super) fn of_line(&self, text: &str, part: usize) -> Option<Moment> {
        let length = text.chars().count();
        let fits = |day: &Day| day.length * part >= length || day.start <= 12 || part > 2 && length <= 60;
        self.whole_days(text).find(fits).map(|day| day.moment)
    }

    /// Each day whose year stands with it.
    fn whole_days(&self, text: &str) -> impl DoubleEndedIterator<Item = Day> {
        let days = if may_be_whole(text) { self.days(text) } else { Vec::new() };
        days.into_iter().filter(|day| day.whole)
    }

    /// Each day that a text names.
    fn days(&self, text: &str) -> Vec<Day> {
        if text.len() > 1_200 {
            return Vec::new();
        }
        let found = dates::find(text, self.language, self.received);
        let days = found.into_iter().filter(|found| found.precision == TimePrecision::Day && found.from == found.to);
        days.filter_map(|found| {
            let time = found.time.unwrap_or_else(Time::midnight);
            let civil = found.from.to_datetime(time);
            let moment = match found.offset {
                Some(offset) => offset.to_timestamp(civil).ok().map(|at| Moment { at, offset })?,
                None => Moment::of(civil, self.zone)?,
            };
            let whole = may_be_whole(&found.text);
            Some(Day { moment, start: found.start, length: found.end - found.start, whole })
        })
        .filter(|day| self.is_plausible(day.moment))
        .collect()
    }

    pub(super) fn of_day(&self, date: Date) -> Option<Moment> {
        Moment::of(date.to_datetime(Time::midnight()), self.zone).filter(|moment| self.is_plausible(*moment))
    }

    /// Seconds or milliseconds since 1970.
    fn epoch(&self, text: &str) -> Option<Moment> {
        let text = text.trim();
        let seconds = match text.len() {
            10 => text.parse::<i64>().ok()?,
            13 => text.parse::<i64>().ok()? / 1_000,
            _ => return None,
        };
        Some(Moment::told_in(Timestamp::from_second(seconds).ok()?, self.zone))
    }

    /// Neither before the web nor after the page was received; two days are for clocks and zones.
    pub(super) fn is_plausible(&self, moment: Moment) -> bool {
        let latest = self.received.checked_add(SignedDuration::from_hours(48)).unwrap_or(self.received);
        moment.date().year() >= FIRST_YEAR && moment.date() <= latest
    }
}
