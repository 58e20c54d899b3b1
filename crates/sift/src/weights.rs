//! How much each thing tells, learned from the stream: what every document speaks of tells nothing.

use crate::telling::{Expected, Feature, Telling};
use std::collections::HashMap;

/// Documents that the expectations before the first document count for.
const BEFORE: f32 = 90.0;

/// In how many of the documents of the window each feature stands.
#[derive(Debug, Default)]
pub(crate) struct Weights {
    counts: HashMap<Feature, u32>,
    documents: u32,
}

impl Weights {
    pub(crate) fn learn(&mut self, telling: &Telling) {
        self.documents += 1;
        for said in &telling.features {
            *self.counts.entry(said.feature).or_default() += 1;
        }
    }

    pub(crate) fn forget(&mut self, telling: &Telling) {
        self.documents = self.documents.saturating_sub(1);
        for said in &telling.features {
            if let Some(count) = self.counts.get_mut(&said.feature) {
                *count -= 1;
                if *count == 0 {
                    self.counts.remove(&said.feature);
                }
            }
        }
    }

    /// Inverse document frequency, natural logarithm; before much was seen, what the
    /// lexicon knows is expected to be frequent.
    pub(crate) fn of(&self, feature: Feature) -> f32 {
        let count = self.counts.get(&feature).copied().unwrap_or(0) as f32;
        let expected = match feature.expected() {
            Expected::Frequent => 0.1,
            Expected::Known => 0.02,
            Expected::Rare => 0.005,
        };
        ((self.documents as f32 + BEFORE + 1.0) / (count + BEFORE * expected + 0.5)).ln().max(0.0)
    }
}
