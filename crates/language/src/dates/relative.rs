//! Words that count from the day of the text: yesterday, last week, three days ago; دیروز, أمس, вчера, אתמול.

use super::words::{COMING_BEFORE, COMING_BEHIND, DAY_WORDS, PAST_BEFORE, PAST_BEHIND, TO_COME, TWO, UNIT_WORDS, Unit};
use super::{Read, Reading, days_between, names};
use crate::calendar::Calendar;
use jiff::{Span, civil::Date};
use sitrep_model::when::TimePrecision;

/// Tokens around a weekday in which a word of [`TO_COME`] counts.
const REACH: usize = 9;

pub(super) fn read(reading: &Reading<'_>, at: usize) -> Option<Read> {
    ago(reading, at).or_else(|| span(reading, at)).or_else(|| day_word(reading, at)).or_else(|| weekday(reading, at))
}

fn shifted(date: Date, days: i64) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

fn day_word(reading: &Reading<'_>, at: usize) -> Option<Read> {
    let word = reading.get(at)?.word()?;
    let before_yesterday = matches!(word, "اول" | "الاول") && reading.is_word(at + 1, &["امس"]);
    if before_yesterday {
        return Some(Read::day(at, at + 2, Calendar::Gregorian, shifted(reading.reference, -2)?));
    }
    let senses = DAY_WORDS.get(word)?;
    let (_, days) = senses.iter().find(|(language, _)| language.is_empty() || *language == reading.language)?;
    Some(Read::day(at, at + 1, Calendar::Gregorian, shifted(reading.reference, *days)?))
}

/// `three days ago`, `۳ روز پیش`, `قبل 3 أيام`, `два дня назад`, `vor 3 Tagen`, `hace dos días`, `in two weeks`.
fn ago(reading: &Reading<'_>, at: usize) -> Option<Read> {
    const BEFORE: &[&str] = &["قبل", "منذ", "לפני", "vor", "hace", "ha", "fa", "il"];
    const AFTER: &[&str] = &["ago", "پیش", "قبل", "назад", "тому", "once", "fa", "temu", "geleden", "atras", "sedan"];
    let french = reading.is_word(at, &["il"]) && reading.is_word(at + 1, &["y"]) && reading.is_word(at + 2, &["a"]);
    let announced = french || reading.is_word(at, BEFORE) && !reading.is_word(at, &["il", "fa"]);
    let start = at + if french { 3 } else { usize::from(announced) };
    let (count, unit, mut next) = counted(reading, start)?;
    let behind = reading.is_word(next, AFTER);
    if !(announced || behind) {
        return None;
    }
    next += usize::from(behind);
    let count = i64::from(count);
    let today = reading.reference;
    let days = match unit {
        Unit::Moment => 0,
        Unit::Hour => count / 24,
        Unit::Day => count,
        Unit::Week => count * 7,
        Unit::Month => {
            let day = today.checked_sub(Span::new().try_months(count).ok()?).ok()?;
            return Some(month_of(day, at, next));
        }
        Unit::Year => {
            let day = today.checked_sub(Span::new().try_years(count).ok()?).ok()?;
            return Some(year_of(day, at, next));
        }
    };
    (days <= 400).then_some(())?;
    Some(Read::day(at, next, Calendar::Gregorian, shifted(today, -days)?))
}

/// A count and its unit.
fn counted(reading: &Reading<'_>, at: usize) -> Option<(u32, Unit, usize)> {
    let first = reading.get(at)?;
    if let Some((_, unit)) = first.word().and_then(|word| TWO.iter().find(|(two, _)| *two == word)) {
        return Some((2, *unit, at + 1));
    }
    // `قبل أسبوع`, `a week ago` without its article.
    if let Some(unit) = first.word().and_then(unit) {
        return Some((1, unit, at + 1));
    }
    let count = first.number().map(|(value, _)| value).or_else(|| names::count(first.word()?))?;
    let unit = unit(reading.get(at + 1)?.word()?)?;
    (count <= 9_999).then_some((count, unit, at + 2))
}

fn unit(word: &str) -> Option<Unit> {
    UNIT_WORDS
        .get(word)
        .or_else(|| UNIT_WORDS.get(word.strip_prefix("ال").or_else(|| word.strip_prefix('ה'))?))
        .copied()
}

fn month_of(day: Date, first: usize, next: usize) -> Read {
    let (from, to) = (day.first_of_month(), day.last_of_month());
    Read { from, to, precision: TimePrecision::Month, ..Read::day(first, next, Calendar::Gregorian, day) }
}

fn year_of(day: Date, first: usize, next: usize) -> Read {
    let (from, to) = (day.first_of_year(), day.last_of_year());
    Read { from, to, precision: TimePrecision::Year, ..Read::day(first, next, Calendar::Gregorian, day) }
}

/// `last week`, `هفته آینده`, `الأسبوع الماضي`, `на прошлой неделе`, `next month`, `سال گذشته`.
fn span(reading: &Reading<'_>, at: usize) -> Option<Read> {
    let (unit, steps, next) = stepped(reading, at)?;
    let today = reading.reference;
    match unit {
        Unit::Week => {
            let first = shifted(today, -since_week_began(reading, today) + 7 * steps)?;
            let to = shifted(first, 6)?;
            let read = Read::day(at, next, Calendar::Gregorian, first);
            Some(Read { to, precision: TimePrecision::Week, ..read })
        }
        Unit::Month if reading.language == "fa" => persian(reading, at, next, |year, month| {
            let month = i64::from(month) - 1 + steps;
            let year = year + i32::try_from(month.div_euclid(12)).ok()?;
            let span = Calendar::Persian.month_span(year, u8::try_from(month.rem_euclid(12) + 1).ok()?)?;
            Some((span, TimePrecision::Month))
        }),
        Unit::Year if reading.language == "fa" => persian(reading, at, next, |year, _| {
            Some((Calendar::Persian.year_span(year + i32::try_from(steps).ok()?)?, TimePrecision::Year))
        }),
        Unit::Month => {
            Some(month_of(today.first_of_month().checked_add(Span::new().try_months(steps).ok()?).ok()?, at, next))
        }
        Unit::Year => {
            Some(year_of(today.first_of_year().checked_add(Span::new().try_years(steps).ok()?).ok()?, at, next))
        }
        Unit::Moment | Unit::Hour | Unit::Day => None,
    }
}

/// A month or a year of the Solar Hijri calendar, in which a Persian text counts.
fn persian(
    reading: &Reading<'_>,
    first: usize,
    next: usize,
    step: impl Fn(i32, u8) -> Option<((Date, Date), TimePrecision)>,
) -> Option<Read> {
    let (year, month, _) = Calendar::Persian.of_gregorian(reading.reference)?;
    let ((from, to), precision) = step(year, month)?;
    Some(Read { first, next, calendar: Calendar::Persian, from, to, precision })
}

/// A unit with a word that steps from the present one: -1 for what has passed, 1 for what comes.
fn stepped(reading: &Reading<'_>, at: usize) -> Option<(Unit, i64, usize)> {
    let large = |unit: &Unit| matches!(unit, Unit::Week | Unit::Month | Unit::Year);
    let word = reading.get(at)?.word()?;
    if let Some(unit) = unit(word).filter(large) {
        if reading.is_listed(at + 1, &PAST_BEHIND) {
            return Some((unit, -1, at + 2));
        }
        let comes = reading.is_listed(at + 1, &COMING_BEHIND);
        return comes.then_some((unit, 1, at + 2));
    }
    let unit = reading.get(at + 1)?.word().and_then(unit).filter(large)?;
    let steps = match () {
        () if reading.is_word(at, &["this", "این"]) => 0,
        () if reading.is_listed(at, &PAST_BEFORE) => -1,
        () if reading.is_listed(at, &COMING_BEFORE) => 1,
        () => return None,
    };
    Some((unit, steps, at + 2))
}

fn since_monday(date: Date) -> i64 {
    let monday = jiff::civil::date(2024, 1, 1);
    days_between(monday, date).rem_euclid(7)
}

/// Days since the week began: on Saturday where Persian, Pashto and Arabic are written, on Sunday in Israel, else on
/// Monday (ISO 8601).
fn since_week_began(reading: &Reading<'_>, date: Date) -> i64 {
    let shift = match reading.language {
        "fa" | "ps" | "ar" => 2,
        "he" => 1,
        _ => 0,
    };
    (since_monday(date) + shift).rem_euclid(7)
}

/// A weekday: in a report the latest one up to the day of writing, unless a word for what comes stands beside it or the
/// sentence is about the time to come.
fn weekday(reading: &Reading<'_>, at: usize) -> Option<Read> {
    let coming = reading.is_listed(at, &COMING_BEFORE);
    let past = reading.is_listed(at, &PAST_BEFORE);
    let start = at + usize::from(coming || past);
    let named = |count: usize| -> Option<(i64, usize)> {
        let name: String = (start..start + count).map(|at| reading.get(at)?.word()).collect::<Option<String>>()?;
        Some((names::weekday(&name, reading.language)?, start + count))
    };
    let (wanted, mut next) = named(2).or_else(|| named(1))?;
    if is_dated(reading, next) {
        return None;
    }
    // A weekday of another week: `Monday of last week`, `شنبه هفته آینده`, `الاثنين من الأسبوع المقبل`.
    let of = next + usize::from(reading.is_word(next, &["of", "من", "на"]));
    if !(coming || past)
        && let Some((Unit::Week, steps, after)) = stepped(reading, of)
    {
        let began = shifted(reading.reference, -since_week_began(reading, reading.reference) + 7 * steps)?;
        let day = shifted(began, (wanted - since_monday(began)).rem_euclid(7))?;
        return Some(Read::day(at, after, Calendar::Gregorian, day));
    }
    let past_behind = reading.is_listed(next, &PAST_BEHIND);
    let coming_behind = reading.is_listed(next, &COMING_BEHIND);
    next += usize::from(past_behind || coming_behind);
    let back = (since_monday(reading.reference) - wanted).rem_euclid(7);
    let days = match () {
        () if coming || coming_behind => {
            if back == 0 {
                7
            } else {
                7 - back
            }
        }
        () if past || past_behind => {
            if back == 0 {
                -7
            } else {
                -back
            }
        }
        () if back != 0 && is_to_come(reading, at, next) => 7 - back,
        () => -back,
    };
    Some(Read::day(at, next, Calendar::Gregorian, shifted(reading.reference, days)?))
}

/// Before a date in full a weekday says nothing of its own.
fn is_dated(reading: &Reading<'_>, next: usize) -> bool {
    let sign = usize::from(reading.is_sign(next, &[',', '،', '(', '.']));
    let filler = next + sign + usize::from(reading.is_word(next + sign, &["the", "den", "le", "dem", "el", "מה"]));
    super::written::read(reading, filler).is_some_and(|reads| {
        reads.iter().all(|read| read.precision == TimePrecision::Day)
            && reads.first().is_some_and(|r| r.first == filler)
    }) || super::numeric::read(reading, filler).is_some()
}

/// Whether the words around, in the same clause, speak of the time to come.
fn is_to_come(reading: &Reading<'_>, first: usize, next: usize) -> bool {
    let ends = |at: usize| reading.is_sign(at, &['.', '!', '?', '؟', ';', '؛', ':', '«', '»', '"', '“', '”']);
    let speaks = |at: usize| {
        reading.is_listed(at, &TO_COME)
            || reading.language == "ar"
                && reading.get(at).and_then(super::Token::word).is_some_and(|word| {
                    word.chars().count() > 4 && ["سی", "ست", "سن"].iter().any(|start| word.starts_with(start))
                })
    };
    let before = (0..first).rev().take(REACH).take_while(|at| !ends(*at)).any(speaks);
    // What is said of the future behind the day on which it was said does not move that day, except where verbs come
    // last.
    let behind = reading.language == "fa"
        && (next..reading.len()).take(REACH).take_while(|at| !ends(*at) && !says(reading, *at)).any(speaks);
    before || behind
}

/// Verbs of saying, behind which somebody else's words begin.
fn says(reading: &Reading<'_>, at: usize) -> bool {
    reading.is_word(at, &["گفت", "گفتند", "افزود", "که", "اعلام", "خبر"])
}
