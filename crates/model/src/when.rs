//! When something happened: an interval and how precisely it is known. (When we *knew* it is the record's matter.)

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// How precisely a time is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum TimePrecision {
    /// To the minute.
    Minute,
    /// To the hour.
    Hour,
    /// A part of a day: morning, night.
    PartOfDay,
    /// To the day.
    #[default]
    Day,
    /// To the week.
    Week,
    /// To the month.
    Month,
    /// To the year.
    Year,
}

impl TimePrecision {
    /// The precision's name as it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::PartOfDay => "part_of_day",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// A time as coded: it happened in `from..=to`, known to `precision`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct When {
    /// Earliest moment.
    pub from: Timestamp,
    /// Latest moment; not before `from`.
    pub to: Timestamp,
    /// How precisely it is known.
    pub precision: TimePrecision,
}

impl When {
    /// From the first moment of a day to the last second of another, in a time zone.
    ///
    /// # Errors
    /// Where a day lies beyond what the calendar of timestamps holds.
    pub fn days(from: Date, to: Date, zone: &TimeZone, precision: TimePrecision) -> Result<Self, jiff::Error> {
        let (from, to) = (from.at(0, 0, 0, 0), to.at(23, 59, 59, 0));
        Ok(Self { from: zone.to_timestamp(from)?, to: zone.to_timestamp(to)?, precision })
    }
}

/// The first moment of a day in UTC.
pub fn start_of_day(date: Date) -> Option<Timestamp> {
    TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok()
}
