//! Dates in running text, in the calendar they are written in, and dates in addresses.

mod address;
mod clock;
mod names;
mod numeric;
mod relative;
mod tokens;
mod words;
mod written;

pub use address::{AddressDate, in_address};

use crate::calendar::Calendar;
use foldhash::fast::RandomState;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use serde::{Serialize, Serializer};
use sitrep_model::when::TimePrecision;
use std::collections::HashMap;
use tokens::Token;
use words::List;

/// A date found in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FoundDate {
    /// First code point.
    pub start: usize,
    /// Behind the last code point.
    pub end: usize,
    /// As it stands there.
    pub text: String,
    /// The calendar it is written in.
    pub calendar: Calendar,
    /// First day, Gregorian.
    pub from: Date,
    /// Last day, Gregorian; the same as `from` for a single day.
    pub to: Date,
    /// How precise it is.
    pub precision: TimePrecision,
    /// The time of day that stands beside it.
    #[serde(serialize_with = "as_text")]
    pub time: Option<Time>,
    /// The offset from UTC that stands beside that time.
    #[serde(serialize_with = "as_text")]
    pub offset: Option<Offset>,
}

fn as_text<T: std::fmt::Display, S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.collect_str(value),
        None => serializer.serialize_none(),
    }
}

/// Things by folded words.
type ByWord<T> = HashMap<String, T, RandomState>;

/// What the readers of the single forms share.
pub(super) struct Reading<'a> {
    tokens: &'a [Token],
    language: &'a str,
    reference: Date,
}

/// A date as read: tokens `first..next`.
pub(super) struct Read {
    first: usize,
    next: usize,
    calendar: Calendar,
    from: Date,
    to: Date,
    precision: TimePrecision,
}

impl Read {
    fn day(first: usize, next: usize, calendar: Calendar, date: Date) -> Self {
        Self { first, next, calendar, from: date, to: date, precision: TimePrecision::Day }
    }
}

/// Every date in a text, in order. `language` is a BCP 47 code (`en`, `fa`, `ar`, `ru`, `he`; it decides only what is
/// ambiguous), `reference` the day the text is of: relative words count from it, and a date without a year is the one
/// nearest to it that is not more than 31 days after it.
pub fn find(text: &str, language: &str, reference: Date) -> Vec<FoundDate> {
    let characters: Vec<char> = text.chars().collect();
    let tokens = tokens::tokens(&characters);
    let reading = Reading { tokens: &tokens, language, reference };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let reads = numeric::read(&reading, at)
            .map(|read| vec![read])
            .or_else(|| written::read(&reading, at))
            .or_else(|| relative::read(&reading, at).map(|read| vec![read]));
        let Some(reads) = reads else {
            at += 1;
            continue;
        };
        let next = reads.iter().map(|read| read.next).max().unwrap_or(at + 1);
        let count = reads.len();
        for read in reads {
            let alone = count == 1 && read.precision == TimePrecision::Day;
            let clock = alone.then(|| clock::beside(&reading, read.first, read.next)).flatten();
            let (Some(first), Some(last)) = (tokens.get(read.first), tokens.get(read.next.saturating_sub(1))) else {
                continue;
            };
            found.push(FoundDate {
                start: first.start,
                end: last.end,
                text: characters[first.start..last.end].iter().collect(),
                calendar: read.calendar,
                from: read.from,
                to: read.to,
                precision: read.precision,
                time: clock.map(|clock| clock.time),
                offset: clock.and_then(|clock| clock.offset),
            });
        }
        at = next.max(at + 1);
    }
    found
}

impl Reading<'_> {
    fn len(&self) -> usize {
        self.tokens.len()
    }

    fn get(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    fn is_word(&self, at: usize, words: &[&str]) -> bool {
        self.get(at).is_some_and(|token| token.is_word(words))
    }

    /// Whether a word is one of a list.
    fn is_listed(&self, at: usize, words: &List) -> bool {
        self.get(at).and_then(Token::word).is_some_and(|word| words.contains(word))
    }

    fn is_sign(&self, at: usize, signs: &[char]) -> bool {
        self.get(at).and_then(Token::sign).is_some_and(|sign| signs.contains(&sign))
    }

    /// Whether nothing stands between a token and the one before it.
    fn is_glued(&self, at: usize) -> bool {
        at > 0 && self.get(at).zip(self.get(at - 1)).is_some_and(|(token, before)| token.start == before.end)
    }

    /// The day in that calendar; without a year the nearest to the reference that is not more than 31 days after it.
    fn resolve(&self, calendar: Calendar, year: Option<i32>, month: u8, day: u8) -> Option<Date> {
        if let Some(year) = year {
            return calendar.to_gregorian(year, month, day);
        }
        let (now, ..) = calendar.of_gregorian(self.reference)?;
        let days = (now - 5..=now + 1).filter_map(|year| calendar.to_gregorian(year, month, day));
        days.filter(|date| days_between(self.reference, *date) <= 31)
            .min_by_key(|date| days_between(self.reference, *date).abs())
    }

    /// The calendar of a numeric date whose year is written with four digits: the one in which it lies nearest to the
    /// reference.
    fn calendar_of(&self, year: u32, month: u32, day: u32) -> Option<(Calendar, Date)> {
        let candidates: &[Calendar] = match year {
            1300..=1500 => &[Calendar::Persian, Calendar::Islamic],
            1800..=2200 => &[Calendar::Gregorian],
            _ => &[],
        };
        let (year, month, day) = (i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        let dated = candidates.iter().filter_map(|c| Some((*c, c.to_gregorian(year, month, day)?)));
        dated.min_by_key(|(_, date)| days_between(self.reference, *date).abs())
    }
}

/// Days from one date to another; negative where the other is earlier.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

#[cfg(test)]
mod tests;
