//! New identifiers and secrets: random, short enough to read out.

use jiff::Timestamp;
use rand::Rng;

/// Letters that aren't mistaken for one another, in the order in which a database sorts them.
const LETTERS: &[u8] = b"23456789abcdefghjkmnpqrstuvwxyz";

/// Letters of an identifier that say when it was made: enough until the year 2240.
const WHEN: usize = 8;
/// And those that tell it from others of the same hundredth of a second: some nine hundred million.
const WHICH: usize = 6;

/// Random letters and digits.
pub(crate) fn letters(length: usize) -> String {
    let mut random = rand::rng();
    (0..length).map(|_| char::from(LETTERS[random.random_range(0..LETTERS.len())])).collect()
}

/// A new identifier: `ev-7k2m9xq4vn`.
pub(crate) fn id(prefix: &str) -> String {
    format!("{prefix}-{}", letters(10))
}

/// A new identifier of what comes in large numbers: those made one after the other stand one after the other, so that a database
/// that takes in many changes few of its pages. `doc-3nq5vd2c7k2m9x`.
pub(crate) fn in_order(prefix: &str, now: Timestamp) -> String {
    let hundredths = u64::try_from(now.as_millisecond() / 10).unwrap_or(0);
    format!("{prefix}-{}{}", in_letters(hundredths), letters(WHICH))
}

/// The last places of a number, with letters for digits.
fn in_letters(mut number: u64) -> String {
    let mut written = [LETTERS[0]; WHEN];
    for place in written.iter_mut().rev() {
        *place = LETTERS[(number % LETTERS.len() as u64) as usize];
        number /= LETTERS.len() as u64;
    }
    written.iter().copied().map(char::from).collect()
}

/// A secret of 160 bits that goes into a link or cookie.
pub(crate) fn secret() -> String {
    letters(33)
}

/// SHA-256 as lower-case hex.
pub fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    hex(&Sha256::digest(bytes))
}

/// Bytes as lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A short name for addresses, made from words: `isna-rail-budget`.
pub fn slug(words: &str) -> String {
    let mut slug = String::new();
    for c in words.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
        if slug.len() >= 48 {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_later_is_sorted_behind() {
        let moments = [0, 1, 30, 31, 1_000_000, 179_580_000_000, 179_580_000_001, 852_891_037_440];
        let written = moments.map(in_letters);
        assert!(written.is_sorted_by(|a, b| a < b), "{written:?}");
        assert!(written.iter().all(|letters| letters.len() == WHEN));
    }
}
