//! Calendars: the Solar Hijri (Persian) and the Islamic one, to and from the Gregorian.

use icu_calendar::cal::hijri::{TabularAlgorithm, TabularAlgorithmEpoch, TabularAlgorithmLeapYears, UmmAlQura};
use icu_calendar::cal::{Hijri, Persian};
use icu_calendar::{Date as CalendarDate, Iso};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A calendar that sources date in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Calendar {
    /// The Gregorian calendar, ISO 8601.
    Gregorian,
    /// Solar Hijri (Jalali), as used in Iran and Afghanistan.
    #[serde(rename = "solar_hijri")]
    Persian,
    /// Islamic, Umm al-Qura; the tabular (civil) one outside the years that Umm al-Qura is tabulated for.
    Islamic,
}

impl Calendar {
    /// The calendar's name as printed in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gregorian => "gregorian",
            Self::Persian => "solar_hijri",
            Self::Islamic => "islamic",
        }
    }

    /// The day of this calendar as a Gregorian date; `None` where there is no such day.
    pub fn to_gregorian(self, year: i32, month: u8, day: u8) -> Option<Date> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        match self {
            Self::Gregorian => {
                Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
            }
            Self::Persian => gregorian(CalendarDate::try_new_persian(year, month, day).ok()?.to_calendar(Iso)),
            Self::Islamic if (1300..=1500).contains(&year) => gregorian(
                CalendarDate::try_new_hijri_with_calendar(year, month, day, umm_al_qura()).ok()?.to_calendar(Iso),
            ),
            Self::Islamic => islamic_tabular(year, month, day),
        }
    }

    /// Year, month and day of a Gregorian date in this calendar.
    pub fn of_gregorian(self, date: Date) -> Option<(i32, u8, u8)> {
        let (year, month, day) =
            (i32::from(date.year()), u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
        let iso = CalendarDate::try_new_iso(year, month, day).ok()?;
        Some(match self {
            Self::Gregorian => (year, month, day),
            Self::Persian => parts(&iso.to_calendar(Persian)),
            Self::Islamic if (1883..2077).contains(&year) => parts(&iso.to_calendar(umm_al_qura())),
            Self::Islamic => parts(&iso.to_calendar(tabular())),
        })
    }

    /// First and last day of a month of this calendar.
    pub fn month_span(self, year: i32, month: u8) -> Option<(Date, Date)> {
        let first = self.to_gregorian(year, month, 1)?;
        let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        Some((first, self.to_gregorian(next_year, next_month, 1)?.yesterday().ok()?))
    }

    /// First and last day of a year of this calendar.
    pub fn year_span(self, year: i32) -> Option<(Date, Date)> {
        Some((self.to_gregorian(year, 1, 1)?, self.to_gregorian(year + 1, 1, 1)?.yesterday().ok()?))
    }
}

/// A day of the tabular Islamic calendar (civil epoch, type II leap years), which is computed rather than proclaimed.
pub fn islamic_tabular(year: i32, month: u8, day: u8) -> Option<Date> {
    gregorian(CalendarDate::try_new_hijri_with_calendar(year, month, day, tabular()).ok()?.to_calendar(Iso))
}

fn umm_al_qura() -> Hijri<UmmAlQura> {
    Hijri::new_umm_al_qura()
}

fn tabular() -> Hijri<TabularAlgorithm> {
    Hijri::new_tabular(TabularAlgorithmLeapYears::TypeII, TabularAlgorithmEpoch::Friday)
}

fn gregorian(iso: CalendarDate<Iso>) -> Option<Date> {
    let (year, month, day) = parts(&iso);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn parts<A: icu_calendar::AsCalendar>(date: &CalendarDate<A>) -> (i32, u8, u8) {
    (date.year().extended_year(), date.month().ordinal, date.day_of_month().0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn known_days_agree() {
        assert_eq!(Calendar::Persian.to_gregorian(1402, 3, 9), Some(date(2023, 5, 30)));
        assert_eq!(Calendar::Persian.to_gregorian(1402, 3, 1), Some(date(2023, 5, 22)));
        assert_eq!(Calendar::Islamic.to_gregorian(1444, 9, 1), Some(date(2023, 3, 23)));
        assert_eq!(Calendar::Islamic.of_gregorian(date(2023, 6, 21)), Some((1444, 12, 3)));
        assert_eq!(Calendar::Persian.to_gregorian(1402, 12, 30), None);
        assert_eq!(Calendar::Persian.to_gregorian(1403, 12, 30), Some(date(2025, 3, 20)));
        assert_eq!(Calendar::Persian.month_span(1402, 3), Some((date(2023, 5, 22), date(2023, 6, 21))));
    }

    proptest::proptest! {
        #[test]
        fn every_day_goes_there_and_back(days in 0i32..60_000) {
            let day = date(1900, 1, 1).saturating_add(jiff::Span::new().days(days));
            for calendar in [Calendar::Gregorian, Calendar::Persian, Calendar::Islamic] {
                let (year, month, of_month) = calendar.of_gregorian(day).unwrap();
                proptest::prop_assert_eq!(calendar.to_gregorian(year, month, of_month), Some(day));
            }
        }
    }
}
