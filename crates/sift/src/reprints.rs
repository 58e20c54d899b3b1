//! Which earlier document a text repeats.

mod postings;

use crate::fingerprint::{Fingerprint, Sought};
use postings::Postings;
use std::cmp::Reverse;
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
        let (known, share) = self.most_of(fingerprint, id, 0.0)?;
        Some((known.to_owned(), share))
    }

    /// The same, where at least that share of the text stands in one; others are left without counting all.
    pub fn nearest_from(&self, fingerprint: &Fingerprint, least: f64) -> Option<(&str, f64)> {
        self.most_of(fingerprint, "", least)
    }

    fn most_of(&self, fingerprint: &Fingerprint, id: &str, least: f64) -> Option<(&str, f64)> {
        let candidates = self.candidates(fingerprint);
        if candidates.is_empty() {
            return None;
        }
        let sought = Sought::new(fingerprint);
        let mut best: Option<(&str, f64, u32)> = None;
        for age in candidates {
            let Some(Some((known, other))) = self.documents.get(age as usize) else { continue };
            let bound = best.map_or(least, |(_, most, _)| most.max(least));
            if **known == *id || sought.at_most(other) < bound {
                continue;
            }
            let overlap = fingerprint.overlap(other);
            let is_better =
                |(_, most, of): (&str, f64, u32)| overlap > most || overlap.total_cmp(&most).is_eq() && age < of;
            if overlap > 0.0 && overlap >= least && best.is_none_or(is_better) {
                best = Some((known, overlap, age));
            }
        }
        best.map(|(id, overlap, _)| (id, overlap))
    }

    /// Documents that share keys with a fingerprint, by their ages from the oldest on: those that share most, earliest
    /// first.
    fn candidates(&self, fingerprint: &Fingerprint) -> Vec<u32> {
        let mut met: Vec<u32> = Vec::new();
        for key in fingerprint.smallest(KEYS) {
            self.postings.each(*key, |serial| met.push(serial.wrapping_sub(self.first)));
        }
        let mut found = counted(&met);
        if found.len() > COMPARED {
            found.select_nth_unstable(COMPARED);
            found.truncate(COMPARED);
        }
        found.sort_unstable();
        found.into_iter().map(|(_, age)| age).collect()
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

/// How often each number is met.
fn counted(met: &[u32]) -> Vec<(Reverse<u32>, u32)> {
    // With open addressing, several times as fast as a map of the library: nothing is kept of it.
    let mut table = vec![(0_u32, 0_u32); (met.len() * 2).next_power_of_two().max(2)];
    for number in met {
        let mut at = (number.wrapping_mul(0x9E37_79B9) >> 8) as usize & (table.len() - 1);
        while table[at].1 != 0 && table[at].0 != *number {
            at = (at + 1) & (table.len() - 1);
        }
        table[at] = (*number, table[at].1 + 1);
    }
    table.into_iter().filter(|(_, count)| *count > 0).map(|(number, count)| (Reverse(count), number)).collect()
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
