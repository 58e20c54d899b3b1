//! Dates that an address carries: `/1402/03/09/`, `1402030100152`, `iran-update-may-3-2023`, `20230531`.

use super::numeric::is_digits;
use crate::calendar::Calendar;
use jiff::civil::Date;
use serde::Serialize;

/// The date in an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AddressDate {
    /// The day, Gregorian.
    pub date: Date,
    /// The calendar it is written in.
    pub calendar: Calendar,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The date that an address carries in its path or query, where it carries one to the day.
pub fn in_address(url: &str) -> Option<AddressDate> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.find(['/', '?']).map(|at| &rest[at..])?;
    let path = path.split('#').next().unwrap_or(path).to_lowercase();
    let parts: Vec<&str> = path.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    parts.windows(3).find_map(in_three).or_else(|| parts.iter().find_map(|part| compact(part)))
}

/// Three neighbouring parts: year, month, day in one of the usual orders.
fn in_three(parts: &[&str]) -> Option<AddressDate> {
    let [first, second, third] = parts else {
        return None;
    };
    // The day may run into the time: 2023-05-31t10.
    let third = third.split('t').next().unwrap_or(third);
    if is_digits(first) && first.len() == 4 && third.len() <= 2 {
        return dated(number(first)?, month(second)?, number(third)?);
    }
    if is_digits(third) && third.len() == 4 {
        if first.len() <= 2 && is_digits(first) && !is_digits(second) {
            return dated(number(third)?, month(second)?, number(first)?);
        }
        // `29-10-2021`, where only one order makes a day of it.
        if first.len() <= 2 && second.len() == 2 && is_digits(first) && is_digits(second) {
            let (first, second) = (number(first)?, number(second)?);
            let (month, day) = if first > 12 { (second, first) } else { (first, second) };
            return if first > 12 || second > 12 || first == second { dated(number(third)?, month, day) } else { None };
        }
        if second.len() <= 2 && is_digits(second) && !is_digits(first) {
            return dated(number(third)?, month(first)?, number(second)?);
        }
    }
    None
}

fn number(part: &str) -> Option<u32> {
    (part.len() <= 4 && is_digits(part)).then(|| part.parse().ok()).flatten()
}

fn month(part: &str) -> Option<u32> {
    if is_digits(part) {
        return number(part).filter(|_| part.len() <= 2);
    }
    let named =
        |(name, _): &(&&str, u32)| part == **name || (part.len() >= 3 && part.len() <= 4 && name.starts_with(part));
    MONTHS.iter().zip(1..).find(named).map(|(_, month)| month)
}

/// A run of digits that begins with a day: eight alone, or a time or running number behind them.
fn compact(part: &str) -> Option<AddressDate> {
    if !is_digits(part) || !part.is_ascii() || !matches!(part.len(), 8 | 12 | 13 | 14) {
        return None;
    }
    let found = dated(number(&part[..4])?, number(&part[4..6])?, number(&part[6..8])?)?;
    // Thirteen digits are a Persian agency's number; a Gregorian date has a time behind it, or nothing.
    let time = |from: usize, below: u32| part.get(from..from + 2).and_then(number).is_none_or(|value| value < below);
    let timed = part.len() != 13 && time(8, 24) && time(10, 60);
    (found.calendar == Calendar::Persian || timed).then_some(found)
}

fn dated(year: u32, month: u32, day: u32) -> Option<AddressDate> {
    let calendar = match year {
        1370..=1420 => Calendar::Persian,
        1421..=1460 => Calendar::Islamic,
        1990..=2100 => Calendar::Gregorian,
        _ => return None,
    };
    let date = calendar.to_gregorian(i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
    Some(AddressDate { date, calendar })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn addresses_carry_dates_of_three_calendars() {
        for (url, expected) in [
            ("https://www.tasnimnews.com/fa/news/1402/03/09/2903839", Some(date(2023, 5, 30))),
            ("https://www.isna.ir/news/1402030100152", Some(date(2023, 5, 22))),
            ("https://www.presstv.ir/Detail/2023/04/06/701083/Iran-Iraq", Some(date(2023, 4, 6))),
            ("https://www.criticalthreats.org/analysis/iran-update-may-3-2023", Some(date(2023, 5, 3))),
            ("https://a.example/iran-update-3-may-2023-evening", Some(date(2023, 5, 3))),
            ("https://a.example/x/20230531.html", Some(date(2023, 5, 31))),
            ("https://a.example/2023/may/31/story", Some(date(2023, 5, 31))),
            ("https://a.example/2023-05-31T10:00", Some(date(2023, 5, 31))),
            ("https://a.example/meldungen/29-10-2021", Some(date(2021, 10, 29))),
            ("https://a.example/meldungen/09-10-2021", None),
            ("https://www.irna.ir/news/85106100/%D8%AA", None),
            ("https://sana.sy/?p=1919175", None),
            ("https://t.me/channel/12345678", None),
            ("https://example.com", None),
        ] {
            assert_eq!(in_address(url).map(|found| found.date), expected, "{url}");
        }
    }
}
