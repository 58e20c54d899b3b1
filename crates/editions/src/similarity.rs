//! How alike two texts are, by the words they share.

use std::collections::HashMap;

/// A text's words, lower case, counted.
pub(crate) struct Words {
    counts: HashMap<String, u32>,
    total: u32,
}

impl Words {
    pub(crate) fn of(text: &str) -> Self {
        let mut counts: HashMap<String, u32> = HashMap::new();
        let mut total = 0;
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            *counts.entry(word.to_lowercase()).or_default() += 1;
            total += 1;
        }
        Self { counts, total }
    }

    fn shared(&self, other: &Self) -> u32 {
        let (few, many) = if self.counts.len() <= other.counts.len() { (self, other) } else { (other, self) };
        few.counts.iter().map(|(word, count)| (*count).min(many.counts.get(word).copied().unwrap_or(0))).sum()
    }

    /// Shared words against all words of both, 0 to 1 (Dice).
    pub(crate) fn alike(&self, other: &Self) -> f64 {
        let all = self.total + other.total;
        if all == 0 { 1.0 } else { f64::from(2 * self.shared(other)) / f64::from(all) }
    }
}
