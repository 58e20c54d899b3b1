//! Which earlier document a text repeats.

mod postings;

use crate::fingerprint::Fingerprint;
use postings::Postings;
use std::collections::{HashMap, VecDeque};

/// Hashes of a document that it is found by.
const KEYS: usize = 32;

/// Documents compared in one look-up, at most: those that share most keys.
const COMPARED: usize = 48;

/// Documents remembered unless told otherwise.
const CAPACITY: usize = 1_000_000;

/// Fingerprints of the documents that came before, up to a number; then the oldest are forgotten. About 1.5 kB a document.
#[derive(Debug)]
pub struct Index {
    documents: VecDeque<Option<(Box<str>, Fingerprint)>>,
    /// Serial number of the first of `documents`.
    first: u32,
    serials: HashMap<Box<str>, u32>,
    postings: Postings,
    capacity: usize,
}

impl Default for Index {
    fn default() -> Self {
        Self::with_capacity(CAPACITY)
    }
}

impl Index {
    /// An index that remembers so many documents.
    pub fn with_capacity(capacity: usize) -> Self {
        Self {
            documents: VecDeque::new(),
            first: 0,
            serials: HashMap::new(),
            postings: Postings::default(),
            capacity: capacity.max(1),
        }
    }

    /// How many documents are remembered.
    pub fn len(&self) -> usize {
        self.serials.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.serials.is_empty()
    }

    /// Remembers a document; one that is known by this identifier is replaced.
    pub fn insert(&mut self, id: &str, fingerprint: &Fingerprint) {
        if let Some(serial) = self.serials.remove(id) {
            self.forget(serial);
        }
        while self.documents.len() >= self.capacity {
            self.forget_oldest();
        }
        let serial = self.first.wrapping_add(u32::try_from(self.documents.len()).unwrap_or(u32::MAX));
        self.documents.push_back(Some((id.into(), fingerprint.clone())));
        self.serials.insert(id.into(), serial);
        let (documents, first) = (&self.documents, self.first);
        let is_known = |serial: u32| known(documents, first, serial).is_some();
        for key in fingerprint.smallest(KEYS) {
            self.postings.add(*key, serial, is_known);
        }
    }

    /// Forgets a document.
    pub fn remove(&mut self, id: &str) {
        if let Some(serial) = self.serials.remove(id) {
            self.forget(serial);
        }
    }

    /// The document that most of the text stands in, and the share of the text that does; of equals the earliest.
    pub fn nearest(&self, fingerprint: &Fingerprint) -> Option<(String, f64)> {
        self.nearest_except(fingerprint, "")
    }

    /// The same, leaving out one document (the text's own earlier version).
    pub fn nearest_except(&self, fingerprint: &Fingerprint, id: &str) -> Option<(String, f64)> {
        let mut best: Option<(&str, f64)> = None;
        for serial in self.candidates(fingerprint) {
            let Some((known, other)) = known(&self.documents, self.first, serial).filter(|(known, _)| &**known != id)
            else {
                continue;
            };
            let overlap = fingerprint.overlap(other);
            if overlap > 0.0 && best.is_none_or(|(_, most)| overlap > most) {
                best = Some((known, overlap));
            }
        }
        best.map(|(id, overlap)| (id.to_owned(), overlap))
    }

    /// Documents that share keys with a fingerprint: those that share most, earliest first.
    fn candidates(&self, fingerprint: &Fingerprint) -> Vec<u32> {
        let mut shared: HashMap<u32, usize> = HashMap::new();
        for key in fingerprint.smallest(KEYS) {
            self.postings.each(*key, |serial| *shared.entry(serial).or_default() += 1);
        }
        let mut found: Vec<(u32, usize)> = shared.into_iter().collect();
        let age = |serial: u32| serial.wrapping_sub(self.first);
        found.sort_unstable_by_key(|(serial, count)| (std::cmp::Reverse(*count), age(*serial)));
        found.truncate(COMPARED);
        let mut serials: Vec<u32> = found.into_iter().map(|(serial, _)| serial).collect();
        serials.sort_unstable_by_key(|serial| age(*serial));
        serials
    }

    fn forget(&mut self, serial: u32) {
        let at = serial.wrapping_sub(self.first) as usize;
        if let Some(document) = self.documents.get_mut(at) {
            *document = None;
        }
    }

    fn forget_oldest(&mut self) {
        if let Some(Some((id, _))) = self.documents.pop_front() {
            self.serials.remove(&id);
        }
        self.first = self.first.wrapping_add(1);
    }
}

fn known(
    documents: &VecDeque<Option<(Box<str>, Fingerprint)>>,
    first: u32,
    serial: u32,
) -> Option<&(Box<str>, Fingerprint)> {
    documents.get(serial.wrapping_sub(first) as usize)?.as_ref()
}

#[cfg(test)]
mod tests;
