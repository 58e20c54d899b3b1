//! Words that count from the day of the text: yesterday, last week, three days ago, Monday; دیروز, أمس, вчера, אתמול.

use super::{Read, Reading, days_between, names};
use crate::calendar::Calendar;
use crate::fold::fold;
use jiff::{Span, civil::Date};
use sitrep_model::when::TimePrecision;
use std::collections::HashMap;
use std::sync::LazyLock;

const DAYS: &[(i64, &str)] = &[
    (0, "today tonight امروز امشب اليوم الليلة сегодня сьогодні היום הלילה"),
    (-1, "yesterday دیروز دیشب أمس البارحة вчера вчора אתמול"),
    (-2, "پریروز позавчера позавчора שלשום"),
    (1, "tomorrow فردا غدا غدًا завтра מחר"),
    (2, "پسفردا послезавтра"),
];

static DAY_WORDS: LazyLock<HashMap<String, i64>> =
    LazyLock::new(|| DAYS.iter().flat_map(|(days, words)| words.split(' ').map(|word| (fold(word), *days))).collect());

pub(super) fn read(reading: &Reading<'_>, at: usize) -> Option<Read> {
    ago(reading, at)
        .or_else(|| last_span(reading, at))
        .or_else(|| day_word(reading, at))
        .or_else(|| weekday(reading, at))
}

fn shifted(date: Date, days: i64) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

fn day_word(reading: &Reading<'_>, at: usize) -> Option<Read> {
    let word = reading.get(at)?.word()?;
    if matches!(word, "اول" | "الاول") && reading.is_word(at + 1, &["امس"]) {
        return Some(Read::day(at, at + 2, Calendar::Gregorian, shifted(reading.reference, -2)?));
    }
    let days = *DAY_WORDS.get(word)?;
    Some(Read::day(at, at + 1, Calendar::Gregorian, shifted(reading.reference, days)?))
}

/// `three days ago`, `۳ روز پیش`, `قبل 3 أيام`, `два дня назад`.
fn ago(reading: &Reading<'_>, at: usize) -> Option<Read> {
    const BEFORE: &[&str] = &["قبل", "منذ", "לפני"];
    const AFTER: &[&str] = &["ago", "پیش", "قبل", "назад", "тому"];
    let announced = reading.is_word(at, BEFORE);
    let start = at + usize::from(announced);
    if announced && reading.is_word(start, &["یومین", "یومان", "יומיים"]) {
        return Some(Read::day(at, start + 1, Calendar::Gregorian, shifted(reading.reference, -2)?));
    }
    let counted = reading.get(start)?;
    let count = counted.number().map(|(value, _)| value).or_else(|| names::count(counted.word()?))?;
    let unit = match reading.get(start + 1)?.word()? {
        "day" | "days" | "روز" | "ایام" | "یوم" | "یوما" | "день" | "дня" | "днеи" | "ימים" => {
            1
        }
        "week" | "weeks" | "هفته" | "اسابیع" | "اسبوع" | "неделю" | "недели" | "недель" | "שבועות" => {
            7
        }
        _ => return None,
    };
    let behind = reading.is_word(start + 2, AFTER);
    if !(announced || behind) || count > 400 {
        return None;
    }
    let date = shifted(reading.reference, -i64::from(count) * unit)?;
    Some(Read::day(at, start + 2 + usize::from(behind), Calendar::Gregorian, date))
}

/// `last week`, `هفته گذشته`, `الأسبوع الماضي`, `на прошлой неделе`; months too.
fn last_span(reading: &Reading<'_>, at: usize) -> Option<Read> {
    const PAIRS: &[(&[&str], &[&str], TimePrecision)] = &[
        (&["last", "past", "previous"], &["week"], TimePrecision::Week),
        (&["last", "past", "previous"], &["month"], TimePrecision::Month),
        (&["هفته"], &["گذشته", "پیش", "قبل"], TimePrecision::Week),
        (&["ماه"], &["گذشته", "پیش", "قبل"], TimePrecision::Month),
        (&["الاسبوع"], &["الماضی", "الفاىت", "المنصرم"], TimePrecision::Week),
        (&["الشهر"], &["الماضی", "المنصرم"], TimePrecision::Month),
        (&["прошлои"], &["неделе"], TimePrecision::Week),
        (&["прошлом"], &["месяце"], TimePrecision::Month),
    ];
    let found =
        PAIRS.iter().find(|(first, second, _)| reading.is_word(at, first) && reading.is_word(at + 1, second))?;
    let today = reading.reference;
    let (from, to) = if found.2 == TimePrecision::Week {
        let monday = shifted(today, -since_monday(today) - 7)?;
        (monday, shifted(monday, 6)?)
    } else {
        let before = today.first_of_month().yesterday().ok()?;
        (before.first_of_month(), before.last_of_month())
    };
    Some(Read { first: at, next: at + 2, calendar: Calendar::Gregorian, from, to, precision: found.2 })
}

fn since_monday(date: Date) -> i64 {
    let monday = jiff::civil::date(2024, 1, 1);
    days_between(monday, date).rem_euclid(7)
}

/// A weekday: the latest one up to the reference, unless `next` stands before it.
fn weekday(reading: &Reading<'_>, at: usize) -> Option<Read> {
    let coming = reading.is_word(at, &["next", "coming"]);
    let past = reading.is_word(at, &["last"]);
    let start = at + usize::from(coming || past);
    let named = |count: usize| -> Option<(i64, usize)> {
        let name: String = (start..start + count).map(|at| reading.get(at)?.word()).collect::<Option<String>>()?;
        Some((names::weekday(&name)?, start + count))
    };
    let (wanted, mut next) = named(2).or_else(|| named(1))?;
    // Before a date in full a weekday says nothing of its own.
    let comma = usize::from(reading.is_sign(next, &[',', '،']));
    if super::written::read(reading, next + comma).is_some() || super::numeric::read(reading, next + comma).is_some() {
        return None;
    }
    let back = (since_monday(reading.reference) - wanted).rem_euclid(7);
    let mut days = if coming { if back == 0 { 7 } else { 7 - back } } else { -back };
    if back == 0 && (past || reading.is_word(next, &["گذشته", "الماضی"])) {
        days = -7;
    }
    if reading.is_word(next, &["گذشته", "الماضی"]) {
        next += 1;
    } else if reading.is_word(next, &["اینده", "المقبل", "القادم"]) {
        days = if back == 0 { 7 } else { 7 - back };
        next += 1;
    }
    Some(Read::day(at, next, Calendar::Gregorian, shifted(reading.reference, days)?))
}
