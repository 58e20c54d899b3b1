//! The time of day beside a date, and its zone: `14:30 GMT`, `5 p.m.`, `ساعت ۱۳:۱۷`, `17h30`, `(UTC+3)`.

use super::Reading;
use jiff::civil::Time;
use jiff::tz::Offset;

/// A time of day as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) time: Time,
    pub(super) offset: Option<Offset>,
}

/// Words and signs between a date and the time of day.
const BETWEEN: &[&str] =
    &["at", "um", "ساعت", "الساعه", "على", "в", "о", "kl", "a", "alle", "las", "ore", "saat", "בשעה", "um", "h"];
const SIGNS: &[char] = &[',', '،', '-', '–', '—', '|', '•', '·', '@', '(', '/', 'T', '؛', ';', '.', '\u{202F}'];

/// The time of day beside the tokens `first..next`, behind them or before them.
pub(super) fn beside(reading: &Reading<'_>, first: usize, next: usize) -> Option<Clock> {
    behind(reading, next).or_else(|| before(reading, first))
}

fn behind(reading: &Reading<'_>, next: usize) -> Option<Clock> {
    // `2023-05-31T10:00`
    let glued = reading.is_glued(next) && reading.is_word(next, &["t"]);
    let begin = next + usize::from(glued);
    for at in begin..begin + 4 {
        if let Some((clock, _)) = read(reading, at) {
            return Some(clock);
        }
        let passes = reading.is_sign(at, SIGNS)
            || reading.is_word(at, BETWEEN)
            // `31 May 2023, Wednesday, 10:00`, `… года`
            || reading.get(at)?.word().is_some_and(|word| super::names::weekday(word, reading.language).is_some())
            || reading.is_word(at, &["года", "г", "року", "р", "م", "ه"]);
        if !passes {
            return None;
        }
    }
    None
}

fn before(reading: &Reading<'_>, first: usize) -> Option<Clock> {
    (first.saturating_sub(9)..first).find_map(|at| {
        let (clock, next) = read(reading, at)?;
        let between = |at: usize| {
            reading.is_sign(at, SIGNS)
                || reading.is_word(at, &["on", "am", "di", "del", "روز", "یوم", "من"])
                || reading
                    .get(at)
                    .and_then(super::Token::word)
                    .is_some_and(|word| super::names::weekday(word, reading.language).is_some())
        };
        (next <= first && first - next <= 3 && (next..first).all(between)).then_some(clock)
    })
}

/// A time of day that begins at a token, and what follows it.
fn read(reading: &Reading<'_>, at: usize) -> Option<(Clock, usize)> {
    let (hour, hour_digits) = reading.get(at)?.number().filter(|(_, digits)| *digits <= 2)?;
    let glued = |at: usize| reading.is_glued(at);
    let divided =
        (reading.is_sign(at + 1, &[':']) || reading.is_word(at + 1, &["h"]) && glued(at + 1)) && glued(at + 2);
    let minute = reading.get(at + 2).and_then(super::Token::number).filter(|(_, digits)| divided && *digits == 2);
    let (mut minute, mut second, mut next) = match minute {
        Some((minute, _)) => (Some(minute), 0, at + 3),
        None => (None, 0, at + 1),
    };
    if minute.is_some() && reading.is_sign(next, &[':']) && glued(next + 1) {
        let (seconds, _) = reading.get(next + 1)?.number().filter(|(_, digits)| *digits == 2)?;
        (second, next) = (seconds, next + 2);
        if reading.is_sign(next, &['.', ',']) && glued(next) && glued(next + 1) && is_number(reading, next + 1) {
            next += 2;
        }
    }
    let (hour, after) = match half(reading, next) {
        Some((afternoon, after)) => (hour % 12 + if afternoon { 12 } else { 0 }, after),
        None => (hour, next),
    };
    let uhr = reading.is_word(after, &["uhr", "h"]);
    if minute.is_none() && (after != next || uhr) && hour_digits <= 2 {
        minute = Some(0);
    }
    let time = Time::new(i8::try_from(hour).ok()?, i8::try_from(minute?).ok()?, i8::try_from(second).ok()?.min(59), 0);
    let next = after + usize::from(uhr);
    let (offset, next) = zone(reading, next).map_or((None, next), |(offset, next)| (Some(offset), next));
    Some((Clock { time: time.ok()?, offset }, next))
}

fn is_number(reading: &Reading<'_>, at: usize) -> bool {
    reading.get(at).is_some_and(|token| token.number().is_some())
}

/// `am`, `p.m.`; whether it is the afternoon.
fn half(reading: &Reading<'_>, at: usize) -> Option<(bool, usize)> {
    if reading.is_word(at, &["am", "pm"]) {
        return Some((reading.is_word(at, &["pm"]), at + 1));
    }
    let dotted = reading.is_word(at, &["a", "p"])
        && reading.is_sign(at + 1, &['.'])
        && reading.is_word(at + 2, &["m"])
        && reading.is_glued(at + 2);
    let next = at + 3 + usize::from(reading.is_sign(at + 3, &['.']) && reading.is_glued(at + 3));
    dotted.then(|| (reading.is_word(at, &["p"]), next))
}

fn zone(reading: &Reading<'_>, at: usize) -> Option<(Offset, usize)> {
    let bracket = usize::from(reading.is_sign(at, &['(']));
    let filler = usize::from(reading.is_word(at + bracket, &["به", "بتوقیت", "по"]));
    let at = at + bracket + filler + usize::from(filler == 1 && reading.is_word(at + bracket + filler, &["وقت"]));
    let name = reading.get(at).and_then(super::Token::word);
    let named = name.and_then(crate::clock::named);
    let sign = at + usize::from(named.is_some());
    if reading.is_sign(sign, &['+', '-', '−'])
        && (reading.is_glued(sign + 1) || named.is_some())
        && let Some((value, digits)) = reading.get(sign + 1).and_then(super::Token::number)
        && digits <= 4
        && !(reading.is_sign(sign, &['-']) && digits == 4 && named.is_none() && !reading.is_glued(sign))
    {
        let mark = if reading.is_sign(sign, &['+']) { '+' } else { '-' };
        let minutes = reading
            .get(sign + 3)
            .and_then(super::Token::number)
            .filter(|_| reading.is_sign(sign + 2, &[':']) && digits <= 2 && reading.is_glued(sign + 3));
        let (text, next) = match minutes {
            Some((minutes, _)) => (format!("{mark}{value:02}{minutes:02}"), sign + 4),
            None if digits <= 2 => (format!("{mark}{value:02}"), sign + 2),
            None => (format!("{mark}{value:04}"), sign + 2),
        };
        return crate::clock::offset(&text).map(|offset| (offset, next));
    }
    named.map(|offset| (offset, at + 1))
}
