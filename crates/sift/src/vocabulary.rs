//! Every feature of the remembered documents under a number of its own: in how many of them it stands, in which, and how
//! much it tells, learned from the stream: what every document speaks of tells nothing.

use crate::telling::{Expected, Feature, Said, Telling};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;

/// Documents that the expectations before the first document count for.
const BEFORE: f32 = 90.0;

/// Documents kept under one feature, at most: the latest.
const POSTED: usize = 256;

/// Counts whose weights are kept ready.
const READY: usize = 64;

/// A number that no feature has.
pub(crate) const UNKNOWN: u32 = u32::MAX >> 1;

/// A feature of a remembered document, by its number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Held {
    pub(crate) number: u32,
    pub(crate) in_title: bool,
    /// How much the document speaks of it.
    pub(crate) much: f32,
}

/// What a remembered document tells, ascending by feature.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// Numbers of the features, each with whether it stands in the title in the lowest bit: what is looked through most
    /// stands close together.
    numbers: Box<[u32]>,
    much: Box<[f32]>,
    /// Two letters of the language.
    pub(crate) language: [u8; 2],
    /// Its script has capitals.
    pub(crate) cased: bool,
}

impl Told {
    /// The features whose numbers `is_wanted`.
    pub(crate) fn held(&self, is_wanted: impl Fn(u32) -> bool) -> impl Iterator<Item = Held> {
        let all = self.numbers.iter().zip(&self.much);
        all.filter(move |(packed, _)| is_wanted(**packed >> 1)).map(|(packed, much)| Held {
            number: packed >> 1,
            in_title: packed & 1 == 1,
            much: *much,
        })
    }

    fn numbers(&self) -> impl Iterator<Item = u32> {
        self.numbers.iter().map(|packed| packed >> 1)
    }
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    feature: Feature,
    /// Documents in scripts without capitals, and in those with them.
    counts: [u32; 2],
}

/// Documents under a feature: most features stand in one.
#[derive(Debug, Default)]
enum Posted {
    #[default]
    None,
    One(u32),
    #[expect(clippy::box_collection, reason = "there is one of these for every feature, and few are of many documents")]
    Many(Box<VecDeque<u32>>),
}

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    numbers: FxHashMap<Feature, u32>,
    entries: Vec<Entry>,
    posted: Vec<Posted>,
    free: Vec<u32>,
    documents: u32,
    learned: u64,
    /// The weights of small counts, for each expectation.
    ready: [Vec<f32>; 3],
}

impl Vocabulary {
    /// The numbers of a document's features, [`UNKNOWN`] for those that no remembered document has.
    pub(crate) fn numbers(&self, telling: &Telling) -> Vec<u32> {
        let number = |said: &Said| self.numbers.get(&said.feature).copied().unwrap_or(UNKNOWN);
        telling.features.iter().map(number).collect()
    }

    /// Learns from a document of that serial, by which it is found from here on.
    pub(crate) fn learn(&mut self, telling: &Telling, numbers: &[u32], serial: u32) -> Told {
        self.documents += 1;
        self.learned += 1;
        let mut held = Vec::with_capacity(telling.features.len());
        for (said, number) in telling.features.iter().zip(numbers) {
            let number = if *number == UNKNOWN { self.add(said.feature) } else { *number };
            let at = number as usize;
            self.entries[at].counts[usize::from(telling.cased)] += 1;
            if said.feature.is_key() {
                self.posted[at].add(serial);
            }
            held.push(number << 1 | u32::from(said.in_title));
        }
        self.make_ready();
        let much = telling.features.iter().map(|said| said.much).collect();
        Told { numbers: held.into(), much, language: telling.language, cased: telling.cased }
    }

    fn add(&mut self, feature: Feature) -> u32 {
        let entry = Entry { feature, counts: [0; 2] };
        let number = if let Some(number) = self.free.pop() {
            self.entries[number as usize] = entry;
            number
        } else {
            self.entries.push(entry);
            self.posted.push(Posted::None);
            u32::try_from(self.entries.len() - 1).unwrap_or(UNKNOWN)
        };
        self.numbers.insert(feature, number);
        number
    }

    /// Forgets a document. One that was edited may stand anywhere among the documents of a feature; another is the first
    /// there, as the oldest is forgotten first.
    pub(crate) fn forget(&mut self, told: &Told, serial: u32, edited: bool) {
        for number in told.numbers() {
            self.posted[number as usize].remove(serial, edited);
        }
        self.uncount(told);
    }

    /// No longer counts what a document told; it is still found by what others or its new form tell too.
    pub(crate) fn uncount(&mut self, told: &Told) {
        self.documents = self.documents.saturating_sub(1);
        for number in told.numbers() {
            let at = number as usize;
            let entry = &mut self.entries[at];
            let side = &mut entry.counts[usize::from(told.cased)];
            *side = side.saturating_sub(1);
            if entry.counts == [0; 2] {
                self.numbers.remove(&entry.feature);
                self.posted[at] = Posted::None;
                self.free.push(number);
            }
        }
        self.make_ready();
    }

    fn make_ready(&mut self) {
        let documents = self.documents;
        for (ready, expected) in self.ready.iter_mut().zip([Expected::Rare, Expected::Known, Expected::Frequent]) {
            ready.clear();
            ready.extend((0_u16..).take(READY).map(|count| weight(documents, f32::from(count), expected)));
        }
    }

    /// Whether documents are found under a feature's number.
    pub(crate) fn is_posted(&self, number: u32) -> bool {
        match self.posted.get(number as usize) {
            None | Some(Posted::None) => false,
            Some(Posted::One(_)) => true,
            Some(Posted::Many(serials)) => !serials.is_empty(),
        }
    }

    /// Documents under a feature's number, oldest first but for edited ones.
    pub(crate) fn posted(&self, number: u32) -> impl Iterator<Item = u32> {
        let (one, many) = match self.posted.get(number as usize) {
            Some(Posted::One(serial)) => (Some(*serial), None),
            Some(Posted::Many(serials)) => (None, Some(serials)),
            _ => (None, None),
        };
        one.into_iter().chain(many.into_iter().flat_map(|serials| serials.iter().copied()))
    }

    /// Features of the remembered documents.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Documents in the window.
    pub(crate) const fn documents(&self) -> u32 {
        self.documents
    }

    /// Documents learned from since the stream began.
    pub(crate) const fn learned(&self) -> u64 {
        self.learned
    }

    /// The feature of a number.
    pub(crate) fn feature(&self, number: u32) -> Option<Feature> {
        self.entries.get(number as usize).map(|entry| entry.feature)
    }

    /// What a remembered document tells, as it was learned.
    pub(crate) fn telling(&self, told: &Told) -> Telling {
        let said = told.held(|_| true).filter_map(|held| {
            Some(Said { feature: self.feature(held.number)?, much: held.much, in_title: held.in_title })
        });
        Telling { features: said.collect(), language: told.language, cased: told.cased }
    }

    /// Inverse document frequency of a feature, natural logarithm; before much was seen, what the lexicon knows is expected
    /// to be frequent. And whether it was met in a script with capitals (`cased`), or in one without.
    pub(crate) fn weight(&self, feature: Feature, number: u32, cased: bool) -> (f32, bool) {
        let counts = self.entries.get(number as usize).map_or([0; 2], |entry| entry.counts);
        let count = counts[0] + counts[1];
        let ready = self.ready[feature.expected() as usize].get(count as usize);
        let weight = ready.copied().unwrap_or_else(|| weight(self.documents, count as f32, feature.expected()));
        (weight, counts[usize::from(cased)] > 0)
    }
}

fn weight(documents: u32, count: f32, expected: Expected) -> f32 {
    let expected = match expected {
        Expected::Frequent => 0.1,
        Expected::Known => 0.02,
        Expected::Rare => 0.005,
    };
    ((documents as f32 + BEFORE + 1.0) / (count + BEFORE * expected + 0.5)).ln().max(0.0)
}

impl Posted {
    fn add(&mut self, serial: u32) {
        match self {
            Self::None => *self = Self::One(serial),
            Self::One(known) if *known == serial => {}
            Self::One(known) => *self = Self::Many(Box::new([*known, serial].into())),
            Self::Many(serials) => {
                if serials.back() == Some(&serial) {
                    return;
                }
                if serials.len() >= POSTED {
                    serials.pop_front();
                }
                serials.push_back(serial);
            }
        }
    }

    fn remove(&mut self, serial: u32, anywhere: bool) {
        match self {
            Self::One(known) if *known == serial => *self = Self::None,
            Self::Many(serials) if anywhere => serials.retain(|known| *known != serial),
            Self::Many(serials) if serials.front() == Some(&serial) => _ = serials.pop_front(),
            _ => {}
        }
    }
}
