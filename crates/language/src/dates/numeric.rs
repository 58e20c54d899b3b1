//! Dates in figures: 2023-05-31, 31.05.2023, 1402/03/09, ۱۴۰۲/۰۳/۰۹.

use super::{Read, Reading};
use crate::digits;

const SIGNS: &[char] = &['/', '-', '.', '٫', '‐', '‑', '–', '؍'];

pub(super) fn read(reading: &Reading<'_>, at: usize) -> Option<Read> {
    let (first, first_digits) = reading.get(at)?.number()?;
    let sign = reading.get(at + 1)?.sign().filter(|sign| SIGNS.contains(sign))?;
    let (second, second_digits) = reading.get(at + 2)?.number()?;
    let again = reading.get(at + 3)?.sign().filter(|again| *again == sign)?;
    let (third, third_digits) = reading.get(at + 4)?.number()?;
    let glued = (at + 1..=at + 4).all(|at| reading.is_glued(at));
    // A fourth number makes it an address or a version.
    let longer = reading.is_sign(at + 5, &[again])
        && reading.is_glued(at + 5)
        && reading.is_glued(at + 6)
        && reading.get(at + 6).is_some_and(|token| token.number().is_some());
    let before = at > 1
        && reading.is_sign(at - 1, &[sign])
        && reading.is_glued(at)
        && reading.get(at - 2).is_some_and(|token| token.number().is_some());
    if !glued || longer || before || second_digits > 2 {
        return None;
    }
    let (year, month, day) = match (first_digits, third_digits) {
        (4, 1..=2) => (first, second, third),
        (1..=2, 4) if reading.language == "en" && sign == '/' && second > 12 => (third, first, second),
        (1..=2, 4) if reading.language == "en" && sign == '/' && first <= 12 => (third, first, second),
        (1..=2, 4) => (third, second, first),
        (2, 2) if reading.language == "fa" && (90..=99).contains(&first) => (1300 + first, second, third),
        _ => return None,
    };
    // Right-to-left lines are sometimes typed day first with the year last in visual order; both orders are tried.
    let (calendar, date) = reading.calendar_of(year, month, day).or_else(|| reading.calendar_of(year, day, month))?;
    Some(Read::day(at, at + 5, calendar, date))
}

/// Whether all of a text are digits of one of the three sets.
pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| digits::value(c).is_some())
}
