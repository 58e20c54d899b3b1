//! How much each thing tells, learned from the stream: what every document speaks of tells nothing.

use crate::telling::{Expected, Feature, Telling};
use rustc_hash::FxHashMap;

/// Documents that the expectations before the first document count for.
const BEFORE: f32 = 90.0;

/// In how many of the documents of the window each feature stands.
#[derive(Debug, Default)]
pub(crate) struct Weights {
    /// In scripts without capitals, and in those with them.
    counts: FxHashMap<Feature, [u32; 2]>,
    documents: u32,
    learned: u64,
}

impl Weights {
    pub(crate) fn learn(&mut self, telling: &Telling) {
        self.documents += 1;
        self.learned += 1;
        for said in &telling.features {
            self.counts.entry(said.feature).or_default()[usize::from(telling.cased)] += 1;
        }
    }

    pub(crate) fn forget(&mut self, telling: &Telling) {
        self.documents = self.documents.saturating_sub(1);
        for said in &telling.features {
            if let Some(count) = self.counts.get_mut(&said.feature) {
                let side = &mut count[usize::from(telling.cased)];
                *side = side.saturating_sub(1);
                if *count == [0; 2] {
                    self.counts.remove(&said.feature);
                }
            }
        }
    }

    /// Documents in the window.
    pub(crate) const fn documents(&self) -> u32 {
        self.documents
    }

    /// Documents learned from since the stream began.
    pub(crate) const fn learned(&self) -> u64 {
        self.learned
    }

    /// Inverse document frequency, natural logarithm; before much was seen, what the lexicon knows is expected to be frequent.
    pub(crate) fn of(&self, feature: Feature) -> f32 {
        self.both(feature, false).0
    }

    /// The same, and whether the feature was met in a script with capitals (`cased`), or in one without.
    pub(crate) fn both(&self, feature: Feature, cased: bool) -> (f32, bool) {
        let counts = self.counts.get(&feature).copied().unwrap_or_default();
        let count = (counts[0] + counts[1]) as f32;
        let expected = match feature.expected() {
            Expected::Frequent => 0.1,
            Expected::Known => 0.02,
            Expected::Rare => 0.005,
        };
        let weight = ((self.documents as f32 + BEFORE + 1.0) / (count + BEFORE * expected + 0.5)).ln().max(0.0);
        (weight, counts[usize::from(cased)] > 0)
    }
}
