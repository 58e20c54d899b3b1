//! New identifiers and secrets: random, short enough to read out.

use rand::Rng;

/// Letters that aren't mistaken for one another.
const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// Random letters and digits.
pub(crate) fn letters(length: usize) -> String {
    let mut random = rand::rng();
    (0..length).map(|_| char::from(LETTERS[random.random_range(0..LETTERS.len())])).collect()
}

/// A new identifier: `ev-7k2m9xq4vn`.
pub(crate) fn id(prefix: &str) -> String {
    format!("{prefix}-{}", letters(10))
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
