//! How alike two texts are, by the words they share.

use foldhash::quality::FixedState;
use std::hash::{BuildHasher, Hasher};

/// A text's words, lower case, counted: the fingerprint of each and how often it stands there, in the fingerprints' order.
pub(crate) struct Words {
    counts: Vec<(u64, u32)>,
    total: u32,
}

impl Words {
    pub(crate) fn of(text: &str) -> Self {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let mut prints: Vec<u64> = words.map(fingerprint).collect();
        prints.sort_unstable();
        let mut counts: Vec<(u64, u32)> = Vec::with_capacity(prints.len());
        for same in prints.chunk_by(|a, b| a == b) {
            counts.push((same[0], u32::try_from(same.len()).unwrap_or(u32::MAX)));
        }
        let total = u32::try_from(prints.len()).unwrap_or(u32::MAX);
        Self { counts, total }
    }

    fn shared(&self, other: &Self) -> u32 {
        let (mut shared, mut rest) = (0, other.counts.as_slice());
        for (word, count) in &self.counts {
            while let Some(((first, times), behind)) = rest.split_first()
                && first <= word
            {
                shared += if first == word { *count.min(times) } else { 0 };
                rest = behind;
            }
        }
        shared
    }

    /// Shared words against all words of both, 0 to 1 (Dice).
    pub(crate) fn alike(&self, other: &Self) -> f64 {
        let all = self.total + other.total;
        if all == 0 { 1.0 } else { f64::from(2 * self.shared(other)) / f64::from(all) }
    }
}

/// The same for a word however it is capitalised.
fn fingerprint(word: &str) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    for letter in word.chars().flat_map(char::to_lowercase) {
        hasher.write_u32(u32::from(letter));
    }
    hasher.finish()
}
