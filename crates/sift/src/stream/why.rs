//! Why documents stand together: in words for a reader, in numbers for choosing the factors.

use super::{Incoming, Stream};
use crate::asked::Asked;
use crate::glossary::Glossary;
use crate::likeness::Factors;
use crate::telling::Telling;

/// Things that are named as reasons, at most.
const REASONS: usize = 6;

impl Stream {
    /// The measures of a document beside each remembered one (for choosing the factors).
    pub fn measured(&mut self, document: &Incoming<'_>) -> Vec<(String, bool, Factors)> {
        let telling = self.listener.hear(document.title, document.text, document.language).telling;
        let numbers = self.vocabulary.numbers(&telling);
        let published = document.published.unwrap_or(self.latest);
        let all: Vec<u32> = (0..).take(self.documents.len()).map(|at| self.first.wrapping_add(at)).collect();
        self.weigh_again(&all);
        let asked = Asked::new(&telling, &numbers, published, &self.vocabulary);
        let measured = self
            .documents
            .iter()
            .flatten()
            .map(|kept| (kept.id.to_string(), telling.language == kept.told.language, self.measures(&asked, kept)));
        measured.collect()
    }

    /// What a document shares with an earlier one that tells most, in the document's own words.
    pub fn why(&self, document: &Incoming<'_>, of: &str) -> Vec<String> {
        let Some(kept) = self.by_id.get(of).and_then(|serial| self.kept(*serial)) else { return Vec::new() };
        let (telling, called) =
            Telling::read(&mut Glossary::default(), document.title, document.text, document.language, true);
        let known = self.vocabulary.telling(&kept.told);
        let mut shared: Vec<(f32, &str)> = Vec::new();
        for (said, number) in telling.features.iter().zip(self.vocabulary.numbers(&telling)) {
            let Some(known) = known.said(said.feature) else { continue };
            let Some(called) = called.get(&said.feature) else { continue };
            let (weight, _) = self.vocabulary.weight(said.feature, number, false);
            shared.push((said.much.min(known.much) * weight, called));
        }
        shared.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let mut words: Vec<String> = Vec::new();
        for (_, called) in shared {
            if words.len() < REASONS && !words.iter().any(|known| known == called) {
                words.push(called.to_owned());
            }
        }
        words
    }
}
