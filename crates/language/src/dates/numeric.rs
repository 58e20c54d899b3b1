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
    let tight = (at + 1..=at + 4).all(|at| reading.is_glued(at));
    // `5. 3. 2020`, `2020. 03. 05.`
    let spaced = sign == '.'
        && (reading.is_glued(at + 1) && reading.is_glued(at + 3))
        && !reading.is_glued(at + 2)
        && !reading.is_glued(at + 4)
        && (first_digits == 4 || third_digits == 4);
    let glued = tight || spaced;
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
        (1..=2, 2) if reading.language == "en" && sign == '/' && first <= 12 => {
            (century(reading, third), first, second)
        }
        (1..=2, 2) if sign != '-' && (second_digits == 2 || reading.language != "en" && first_digits == 1) => {
            (century(reading, third), second, first)
        }
        _ => return None,
    };
    // Right-to-left lines are sometimes typed day first with the year last in visual order; both orders are tried.
    let (calendar, date) = reading.calendar_of(year, month, day).or_else(|| reading.calendar_of(year, day, month))?;
    Some(Read::day(at, at + 5, calendar, date))
}

/// The year that two figures stand for: not more than one year after the reference.
fn century(reading: &Reading<'_>, year: u32) -> u32 {
    let now = u32::try_from(reading.reference.year()).unwrap_or(2000);
    let this = now - now % 100 + year;
    if this > now + 1 { this - 100 } else { this }
}

/// Whether all of a text are digits of one of the three sets.
pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| digits::value(c).is_some())
}
