//! What remains of a text for comparing: a sample of the runs of three words in it.
//!
//! Each run is hashed; kept are those whose hash is below a bound, and the bound is halved until few enough are left. Two
//! texts sample the same runs wherever they share them, so that the share of one that stands in the other can be
//! estimated whatever else was added to either (which a fixed number of smallest hashes can't do).

use crate::sieve::Sieve;
use sitrep_language::fold::{self, is_alphanumeric};

/// Words in a run.
const RUN: usize = 3;

/// Runs kept of a text, at most.
const MOST: usize = 256;

/// The layout of [`Fingerprint::to_bytes`].
const LAYOUT: u8 = 1;

/// A text's fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fingerprint {
    /// Hashes below 2^(32 − halvings) are kept.
    halvings: u8,
    /// Ascending, each once.
    hashes: Vec<u32>,
}

impl Fingerprint {
    /// The fingerprint of a text: neither spelling variants (ی for ي, case, diacritics) nor punctuation and lines matter.
    pub fn of(text: &str) -> Self {
        let mut kept: Vec<u32> = Vec::with_capacity(MOST * 2);
        let mut halvings = 0_u8;
        let mut window = [0_u64; RUN];
        let mut count = 0_usize;
        words(text, |word| {
            window.rotate_left(1);
            window[RUN - 1] = word;
            count += 1;
            if count < RUN {
                return;
            }
            let hash = run(&window);
            if below(hash, halvings) {
                kept.push(hash);
                if kept.len() >= MOST * 2 {
                    shrink(&mut kept, &mut halvings);
                }
            }
        });
        // A text shorter than a run is one run.
        if (1..RUN).contains(&count) {
            kept.push(run(&window));
        }
        shrink(&mut kept, &mut halvings);
        Self { halvings, hashes: kept }
    }

    /// The share of this text that stands in the other, 0 to 1.
    pub fn overlap(&self, other: &Self) -> f64 {
        let halvings = self.halvings.max(other.halvings);
        let (own, others) = (self.sample(halvings), other.sample(halvings));
        if own.is_empty() {
            // So much longer a text samples nothing of this one: nothing can be said.
            return 0.0;
        }
        let (mut at, mut common) = (0, 0_usize);
        for hash in own {
            while others.get(at).is_some_and(|known| known < hash) {
                at += 1;
            }
            common += usize::from(others.get(at) == Some(hash));
        }
        common as f64 / own.len() as f64
    }

    /// Whether there was no word in the text.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// Runs of words that are kept of the text.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Bytes to keep.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(2 + self.hashes.len() * 4);
        bytes.extend([LAYOUT, self.halvings]);
        bytes.extend(self.hashes.iter().flat_map(|hash| hash.to_le_bytes()));
        bytes
    }

    /// A fingerprint from its bytes; `None` for anything else, and for those of another layout.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (head, rest) = bytes.split_at_checked(2)?;
        let (chunks, remainder) = rest.as_chunks::<4>();
        let hashes: Vec<u32> = chunks.iter().map(|chunk| u32::from_le_bytes(*chunk)).collect();
        let halvings = head[1];
        let ordered = hashes.windows(2).all(|pair| pair[0] < pair[1]);
        let fits = halvings < 32 && hashes.iter().all(|hash| below(*hash, halvings));
        (head[0] == LAYOUT && remainder.is_empty() && hashes.len() <= MOST && ordered && fits)
            .then_some(Self { halvings, hashes })
    }

    /// The smallest hashes, which the index is keyed by.
    pub(crate) fn smallest(&self, count: usize) -> &[u32] {
        self.hashes.get(..count.min(self.hashes.len())).unwrap_or_default()
    }

    fn sample(&self, halvings: u8) -> &[u32] {
        if halvings <= self.halvings {
            return &self.hashes;
        }
        let end = self.hashes.partition_point(|hash| below(*hash, halvings));
        self.hashes.get(..end).unwrap_or_default()
    }
}

/// A fingerprint made ready for being compared with many: which of them can share much of it at all.
pub(crate) struct Sought<'a> {
    fingerprint: &'a Fingerprint,
    sieve: Sieve,
}

impl<'a> Sought<'a> {
    pub(crate) fn new(fingerprint: &'a Fingerprint) -> Self {
        let mut sieve = Sieve::new();
        fingerprint.hashes.iter().for_each(|hash| sieve.add(*hash));
        Self { fingerprint, sieve }
    }

    /// No more than this share of the fingerprint's text stands in the other.
    pub(crate) fn at_most(&self, other: &Fingerprint) -> f64 {
        let halvings = self.fingerprint.halvings.max(other.halvings);
        let own = self.fingerprint.sample(halvings).len();
        let common = other.sample(halvings).iter().filter(|hash| self.sieve.may_have(**hash)).count();
        if own == 0 { 0.0 } else { common as f64 / own as f64 }
    }
}

/// The hashes of all runs of words of a text, in order.
pub(crate) fn run_hashes(text: &str) -> Vec<u32> {
    let (mut hashes, mut window, mut count) = (Vec::new(), [0_u64; RUN], 0_usize);
    words(text, |word| {
        window.rotate_left(1);
        window[RUN - 1] = word;
        count += 1;
        if count >= RUN {
            hashes.push(run(&window));
        }
    });
    hashes
}

fn below(hash: u32, halvings: u8) -> bool {
    hash.leading_zeros() >= u32::from(halvings)
}

/// Orders the hashes, drops what is there twice, and halves the bound until few enough are left.
fn shrink(kept: &mut Vec<u32>, halvings: &mut u8) {
    kept.sort_unstable();
    kept.dedup();
    while kept.len() > MOST && *halvings < 31 {
        *halvings += 1;
        kept.truncate(kept.partition_point(|hash| below(*hash, *halvings)));
    }
}

/// Hashes of the words of a text, in order. A character of a script without spaces is a word.
fn words(text: &str, mut each: impl FnMut(u64)) {
    if text.is_ascii() {
        return ascii_words(text.as_bytes(), each);
    }
    let mut word = FNV;
    let mut open = false;
    for c in fold::fold(text).chars() {
        let alone = is_unspaced(c);
        if open && (alone || !is_alphanumeric(c)) {
            each(word);
            word = FNV;
            open = false;
        }
        if alone {
            each(step(FNV, c));
        } else if is_alphanumeric(c) {
            word = step(word, c);
            open = true;
        }
    }
    if open {
        each(word);
    }
}

/// The same for ASCII, several times as fast: folding changes nothing there but case, and drops apostrophes.
fn ascii_words(text: &[u8], mut each: impl FnMut(u64)) {
    let mut word = FNV;
    let mut open = false;
    for byte in text {
        if byte.is_ascii_alphanumeric() {
            word = step(word, char::from(byte.to_ascii_lowercase()));
            open = true;
        } else if open && !matches!(byte, b'\'' | b'`') {
            each(word);
            word = FNV;
            open = false;
        }
    }
    if open {
        each(word);
    }
}

fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{0E00}'..='\u{0E7F}')
}

// The hashes are kept for years: FNV-1a and the finaliser of MurmurHash3, written out, never a library's default.
const FNV: u64 = 0xCBF2_9CE4_8422_2325;

fn step(hash: u64, c: char) -> u64 {
    (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01B3)
}

fn run(window: &[u64; RUN]) -> u32 {
    let mixed = window.iter().fold(0x9E37_79B9_7F4A_7C15, |hash: u64, word| mix(hash.rotate_left(17) ^ word));
    u32::try_from(mixed >> 32).unwrap_or(u32::MAX)
}

fn mix(mut hash: u64) -> u64 {
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    hash ^ hash >> 33
}

#[cfg(test)]
mod tests;
