//! From a key to the documents that have it: one flat table with open addressing, eight bytes an entry. A map of lists
//! would take six times as much, and there are thirty keys a document. What many documents share stands in lists beside
//! it: rows of one key would make every search nearby long.

use rustc_hash::FxHashMap;

/// Documents kept for one key, at most: what more documents share is a formula and tells nothing.
const MOST: usize = 128;

/// Documents of one key that stand in the table; more stand in its list.
const FEW: usize = 6;

/// An entry that is free.
const FREE: u64 = u64::MAX;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Postings {
    entries: Vec<u64>,
    used: usize,
    /// Further documents of keys that have [`FEW`] in the table.
    many: FxHashMap<u32, Vec<u32>>,
}

impl Postings {
    /// Adds a document to a key. `is_known` tells which documents are still remembered; entries of others are dropped
    /// when the table grows.
    pub(super) fn add(&mut self, key: u32, serial: u32, is_known: impl Fn(u32) -> bool) {
        if self.used * 4 >= self.entries.len() * 3 {
            self.grow(&is_known);
        }
        self.place(key, serial, is_known);
    }

    /// Calls for every document of a key, forgotten ones perhaps among them.
    pub(super) fn each(&self, key: u32, mut call: impl FnMut(u32)) {
        let Some(mask) = self.entries.len().checked_sub(1) else { return };
        let mut at = spread(key) & mask;
        let mut met = 0;
        while self.entries[at] != FREE {
            let (of, serial) = parts(self.entries[at]);
            if of == key {
                call(serial);
                met += 1;
                if met == FEW {
                    return self.many.get(&key).into_iter().flatten().copied().for_each(call);
                }
            }
            at = (at + 1) & mask;
        }
    }

    fn place(&mut self, key: u32, serial: u32, is_known: impl Fn(u32) -> bool) {
        let Some(mask) = self.entries.len().checked_sub(1) else { return };
        let mut at = spread(key) & mask;
        let mut met = 0;
        while self.entries[at] != FREE {
            let (of, other) = parts(self.entries[at]);
            if of == key {
                // The place of a document that was forgotten is taken over.
                if !is_known(other) {
                    break;
                }
                met += 1;
                if met == FEW {
                    return self.list(key, serial, is_known);
                }
            }
            at = (at + 1) & mask;
        }
        self.used += usize::from(self.entries[at] == FREE);
        self.entries[at] = u64::from(key) << 32 | u64::from(serial);
    }

    fn list(&mut self, key: u32, serial: u32, is_known: impl Fn(u32) -> bool) {
        let list = self.many.entry(key).or_default();
        if list.len() + FEW < MOST {
            list.push(serial);
        } else if let Some(forgotten) = list.iter_mut().find(|other| !is_known(**other)) {
            *forgotten = serial;
        }
    }

    fn grow(&mut self, is_known: &impl Fn(u32) -> bool) {
        let old = std::mem::take(&mut self.entries);
        let many = std::mem::take(&mut self.many);
        let live: Vec<u64> = old.into_iter().filter(|entry| *entry != FREE && is_known(parts(*entry).1)).collect();
        let size = (live.len() * 2).max(1_024).next_power_of_two();
        self.entries = vec![FREE; size];
        self.used = 0;
        for entry in live {
            let (key, serial) = parts(entry);
            self.place(key, serial, is_known);
        }
        for (key, list) in many {
            for serial in list.into_iter().filter(|serial| is_known(*serial)) {
                self.place(key, serial, is_known);
            }
        }
    }
}

fn parts(entry: u64) -> (u32, u32) {
    (u32::try_from(entry >> 32).unwrap_or(u32::MAX), u32::try_from(entry & 0xFFFF_FFFF).unwrap_or(u32::MAX))
}

/// Keys are the smallest of many hashes: their low bits are as good as random, their high bits are zero.
fn spread(key: u32) -> usize {
    (u64::from(key).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 24) as usize
}
