//! Dates with a month's name: May 31 · 3–5 May 2023 · ۹ خرداد ۱۴۰۲ · 31 أيار/مايو · 9 мая · نهم خرداد.

use super::names::{self, AND, Month, OF, TO, YEAR};
use super::{Read, Reading};
use sitrep_model::when::TimePrecision;

/// What makes a number an ordinal, written on to it.
const SUFFIXES: &[&str] = &["st", "nd", "rd", "th", "ام", "م", "е", "er", "o", "e", "a"];

const DASHES: &[char] = &['-', '–', '—', '‑', '−'];

pub(super) fn read(reading: &Reading<'_>, at: usize) -> Option<Vec<Read>> {
    year_first(reading, at)
        .or_else(|| day_first(reading, at))
        .or_else(|| month_first(reading, at))
        .or_else(|| month_alone(reading, at))
        .or_else(|| year_alone(reading, at).map(|read| vec![read]))
}

const DIVIDERS: &[char] = &['-', '/', '.', '‑'];

/// `2020年3月5日`, `2020. március 5.`, `2020 m. kovo 5 d.`, `2020-Mar-05`.
fn year_first(reading: &Reading<'_>, at: usize) -> Option<Vec<Read>> {
    let (year, digits) = reading.get(at)?.number()?;
    let year = i32::try_from(year).ok().filter(|year| digits == 4 && (1300..=2200).contains(year))?;
    if let Some(read) = east_asian(reading, at, year) {
        return Some(vec![read]);
    }
    let filler = usize::from(reading.is_word(at + 1, &["m", "gada"]));
    let sign = usize::from(reading.is_sign(at + 1 + filler, &['.', '-', ',', '/']));
    if sign == 0 && !matches!(reading.language, "lt" | "lv" | "hu" | "en" | "") {
        return None;
    }
    let (month, next) = month(reading, at + 1 + filler + sign).filter(|(month, _)| fits(*month, year))?;
    let (day, next) = day(reading, next + usize::from(reading.is_sign(next, &['-', '/']) && reading.is_glued(next)))?;
    // What follows may begin a date of its own: `in 2020, May 5, 2021`.
    if self::year(reading, next).is_some() {
        return None;
    }
    let date = month.calendar.to_gregorian(year, month.month, day)?;
    Some(vec![Read::day(at, next, month.calendar, date)])
}

/// Year, month and day, each before its sign: 年月日, 년월일.
fn east_asian(reading: &Reading<'_>, at: usize, year: i32) -> Option<Read> {
    let begins = |at: usize, signs: [char; 2]| {
        reading.get(at).and_then(super::Token::word).is_some_and(|word| word.starts_with(signs))
    };
    // Folding takes a syllable of Hangul apart.
    let part = |at: usize| reading.get(at)?.number().and_then(|(value, _)| u8::try_from(value).ok());
    if !begins(at + 1, ['年', 'ᄂ']) || !begins(at + 3, ['月', 'ᄋ']) || !begins(at + 5, ['日', 'ᄋ']) {
        return None;
    }
    let date = crate::calendar::Calendar::Gregorian.to_gregorian(year, part(at + 2)?, part(at + 4)?)?;
    Some(Read::day(at, at + 6, crate::calendar::Calendar::Gregorian, date))
}

/// How the days of a list hang together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    Range,
    List,
}

fn join(reading: &Reading<'_>, at: usize) -> Option<(Join, usize)> {
    if reading.is_sign(at, DASHES) || reading.is_word(at, TO) {
        return Some((Join::Range, at + 1));
    }
    (reading.is_word(at, AND) || reading.is_sign(at, &[',', '،'])).then_some((Join::List, at + 1))
}

/// A day of a month: a number, or an ordinal word of up to three words.
fn day(reading: &Reading<'_>, at: usize) -> Option<(u8, usize)> {
    if let Some((value, digits)) = reading.get(at)?.number() {
        let value = u8::try_from(value).ok().filter(|day| digits <= 2 && (1..=31).contains(day))?;
        let suffix = reading.is_glued(at + 1) && reading.is_word(at + 1, SUFFIXES);
        // `30. Juni`, `3. und 4. Mai`
        let dotted = reading.is_glued(at + 1)
            && reading.is_sign(at + 1, &['.'])
            && (reading.get(at + 2).is_some_and(|token| token.word().is_some()) || reading.is_sign(at + 2, DASHES));
        let suffix = suffix || dotted;
        let hyphenated =
            reading.is_glued(at + 1) && reading.is_sign(at + 1, &['-']) && reading.is_word(at + 2, &["го", "е"]);
        return Some((value, at + 1 + usize::from(suffix) + 2 * usize::from(hyphenated)));
    }
    (1..=3).rev().find_map(|count| Some((names::ordinal(&joined(reading, at, count)?)?, at + count)))
}

/// The words from there on, written together.
fn joined(reading: &Reading<'_>, at: usize, count: usize) -> Option<String> {
    (at..at + count).map(|at| reading.get(at)?.word()).collect()
}

/// A month's name, with the second name of a pair (`حزيران/يونيو`), a full stop, and the word for month.
fn month(reading: &Reading<'_>, at: usize) -> Option<(Month, usize)> {
    let named = |at: usize| {
        (1..=2)
            .rev()
            .find_map(|count| Some((names::month(&joined(reading, at, count)?, reading.language)?, at + count)))
    };
    if reading.is_word(at, &["thang"]) {
        // Vietnamese counts months.
        let (value, _) = reading.get(at + 1)?.number().filter(|(value, _)| (1..=12).contains(value))?;
        let month =
            Month { calendar: crate::calendar::Calendar::Gregorian, month: u8::try_from(value).ok()?, doubtful: false };
        return Some((month, at + 2));
    }
    let (found, mut next) = named(at)?;
    let latin = reading.get(at)?.word().is_some_and(|word| word.is_ascii());
    if latin && !reading.get(at)?.is_capital() && reading.language == "en" {
        return None;
    }
    let abbreviated = latin && reading.get(at)?.word().is_some_and(|word| word.len() <= 4);
    if abbreviated && reading.is_sign(next, &['.']) && reading.is_glued(next) {
        next += 1;
    }
    if reading.is_sign(next, &['/', '('])
        && let Some((pair, after)) = named(next + 1)
        && pair.month == found.month
    {
        next = after + usize::from(reading.is_sign(next, &['(']) && reading.is_sign(after, &[')']));
    }
    next += usize::from(reading.is_word(next, &["ماه"]));
    Some((found, next))
}

/// A year of four digits, after a comma or the word for it.
fn year(reading: &Reading<'_>, at: usize) -> Option<(i32, usize)> {
    let comma = reading.is_sign(at, &[',', '،']);
    let word = reading.is_word(at + usize::from(comma), YEAR);
    let at = at + usize::from(comma) + usize::from(word);
    let (value, digits) = reading.get(at)?.number()?;
    // Thai texts count from the death of the Buddha.
    let value = if reading.language == "th" && (2400..=2700).contains(&value) { value - 543 } else { value };
    let plausible = digits == 4 && ((1300..=1500).contains(&value) || (1800..=2200).contains(&value));
    plausible.then_some((i32::try_from(value).ok()?, at + 1))
}

fn day_first(reading: &Reading<'_>, at: usize) -> Option<Vec<Read>> {
    let (first, mut next) = day(reading, at)?;
    let mut days = vec![(first, at, next, Join::List)];
    while let Some((how, after)) = join(reading, next)
        && let Some((more, end)) = day(reading, after)
        && days.len() < 4
    {
        days.push((more, after, end, how));
        next = end;
    }
    next += usize::from(reading.is_word(next, OF));
    // `5-Mar-2020`, `5/March/2020`
    let divided =
        days.len() == 1 && reading.is_sign(next, DIVIDERS) && reading.is_glued(next) && reading.is_glued(next + 1);
    let (month, mut next) = month(reading, next + usize::from(divided))?;
    let again = reading.is_sign(next, DIVIDERS) && reading.is_glued(next);
    if divided && !again {
        return None;
    }
    let stated = year(reading, next + usize::from(divided)).filter(|(year, _)| fits(month, *year));
    next = stated.map_or(next, |(_, after)| after);
    let year = stated.map(|(year, _)| year);
    let mut reads: Vec<Read> = Vec::new();
    let count = days.len();
    for (index, (value, start, end, how)) in days.into_iter().enumerate() {
        let end = if index + 1 == count { next } else { end };
        let date = reading.resolve(month.calendar, year, month.month, value)?;
        match reads.last_mut() {
            Some(last) if how == Join::Range && last.to <= date => {
                last.to = date;
                last.next = end;
            }
            _ => reads.push(Read::day(start, end, month.calendar, date)),
        }
    }
    Some(reads)
}

/// Whether a year is one of the month's calendar.
fn fits(month: Month, year: i32) -> bool {
    (month.calendar == crate::calendar::Calendar::Gregorian) == (year >= 1800)
}

fn month_first(reading: &Reading<'_>, at: usize) -> Option<Vec<Read>> {
    let (first_month, next) = month(reading, at)?;
    let (first_day, mut next) = day(reading, next)?;
    // `May 2 people`: a lower-case word that is a unit speaks against a day, but is too rare to be looked for.
    let mut ends: Vec<(Month, u8, usize, usize, Join)> = vec![(first_month, first_day, at, next, Join::List)];
    while let Some((how, after)) = join(reading, next) {
        let again = month(reading, after);
        let (in_month, from) = again.unwrap_or((first_month, after));
        let Some((more, end)) = day(reading, from) else {
            break;
        };
        if again.is_none() && how == Join::List && !ends_a_list(reading, end) {
            break;
        }
        if again.is_some() && how == Join::List {
            break;
        }
        ends.push((in_month, more, after, end, how));
        next = end;
    }
    let stated = year(reading, next).filter(|(year, _)| fits(first_month, *year));
    next = stated.map_or(next, |(_, after)| after);
    let year = stated.map(|(year, _)| year);
    let mut reads: Vec<Read> = Vec::new();
    let count = ends.len();
    for (index, (month, value, start, end, how)) in ends.into_iter().enumerate() {
        let end = if index + 1 == count { next } else { end };
        let date = reading.resolve(month.calendar, year, month.month, value)?;
        match reads.last_mut() {
            Some(last) if how == Join::Range && last.to <= date => {
                last.to = date;
                last.next = end;
            }
            _ => reads.push(Read::day(start, end, month.calendar, date)),
        }
    }
    Some(reads)
}

/// `May 8 and 10.` lists two days, `May 8 and 10 people` does not.
fn ends_a_list(reading: &Reading<'_>, at: usize) -> bool {
    match reading.get(at) {
        None => true,
        Some(token) if token.sign().is_some() => !reading.is_sign(at, &['%', '.']) || !reading.is_glued(at + 1),
        Some(_) if year(reading, at).is_some() => true,
        Some(token) => token.is_word(&["in", "at", "and", "to", "with", "by", "that", "during", "after"]),
    }
}

/// A month with or without a year, known to the month only.
fn month_alone(reading: &Reading<'_>, at: usize) -> Option<Vec<Read>> {
    let (month, next) = month(reading, at)?;
    let stated = year(reading, next).filter(|(year, _)| fits(month, *year));
    let opens_sentence = at == 0 || reading.is_sign(at - 1, &['.', '!', '?', '؟', '"', '“']);
    let token = reading.get(at)?;
    let latin = token.word().is_some_and(|word| word.is_ascii());
    let long_enough = token.word().is_some_and(|word| word.chars().count() > 3);
    if stated.is_none() {
        let sure = if latin { token.is_capital() && !opens_sentence } else { !month.doubtful && long_enough };
        if !sure {
            return None;
        }
    }
    let year = match stated {
        Some((year, _)) => year,
        None => month.calendar.of_gregorian(reading.resolve(month.calendar, None, month.month, 1)?)?.0,
    };
    let (from, to) = month.calendar.month_span(year, month.month)?;
    let next = stated.map_or(next, |(_, after)| after);
    Some(vec![Read { first: at, next, calendar: month.calendar, from, to, precision: TimePrecision::Month }])
}

/// A year behind a word that says it is one.
fn year_alone(reading: &Reading<'_>, at: usize) -> Option<Read> {
    const BEFORE: &[&str] =
        &["in", "since", "during", "late", "early", "mid", "year", "until", "سال", "عام", "سنه", "منذ", "از", "в", "с"];
    let (value, digits) = reading.get(at)?.number()?;
    let announced = at > 0 && reading.is_word(at - 1, BEFORE);
    let russian = reading.is_word(at + 1, &["год", "года", "году"]);
    let plain = !reading.is_sign(at + 1, &['/', '-', '.']) || !reading.is_glued(at + 2);
    if digits != 4 || !(announced || russian) || !plain {
        return None;
    }
    let (calendar, _) = reading.calendar_of(value, 1, 1)?;
    let (from, to) = calendar.year_span(i32::try_from(value).ok()?)?;
    Some(Read { first: at, next: at + 1, calendar, from, to, precision: TimePrecision::Year })
}
