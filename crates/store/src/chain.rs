//! The record's chain, followed change by change: what breaks it is named.

use crate::canonical;
use crate::error::Error;
use crate::verify::Damage;
use serde_json::Value as Json;
use sitrep_model::change::{Change, Write};
use std::collections::BTreeSet;

/// How far a record was followed.
pub(crate) struct Chain {
    /// The hash that the next change names as the one before it.
    pub(crate) hash: String,
    /// The last change's place.
    pub(crate) seq: u64,
}

impl Chain {
    pub(crate) fn new() -> Self {
        Self { hash: canonical::genesis(), seq: 0 }
    }

    /// Follows one change more and gives what is wrong with it.
    pub(crate) fn follow(&mut self, change: &Change) -> Result<Vec<Damage>, Error> {
        let place = format!("change {}", change.seq);
        let expected = self.seq + 1;
        let mut faults = Vec::new();
        if change.seq != expected {
            faults.push(format!("change {expected} should stand before it and is missing"));
        }
        if change.previous != self.hash {
            faults.push("it does not follow the change before it: one of the two was altered".to_owned());
        }
        if canonical::change_hash(change)? != change.hash {
            faults.push("it was altered: its hash is not that of what it says".to_owned());
        }
        self.hash.clone_from(&change.hash);
        self.seq = change.seq;
        Ok(faults.into_iter().map(|fault| Damage { place: place.clone(), fault }).collect())
    }
}

/// What is wrong with a write's payload, if anything is.
pub(crate) fn altered(seq: u64, write: &Write, payload: &str) -> Option<Damage> {
    (canonical::sha256(payload.as_bytes()) != write.sha256).then(|| Damage {
        place: place(write),
        fault: format!("what change {seq} wrote was altered: its hash is not that of what it says"),
    })
}

/// How a write is named to a person.
pub(crate) fn place(write: &Write) -> String {
    format!("{} {} version {}", write.kind.as_str(), write.id, write.version)
}

/// The blobs that a record speaks of: those that must be there, and those whose removal it holds.
#[derive(Debug, Default)]
pub(crate) struct Spoken {
    wanted: BTreeSet<String>,
    gone: BTreeSet<String>,
}

impl Spoken {
    /// Takes in what a payload speaks of.
    pub(crate) fn hear(&mut self, payload: &str) {
        if let Ok(json) = serde_json::from_str::<Json>(payload) {
            self.names(&json);
        }
    }

    /// Nouns name blobs in fields called `blob` or `…_blob`, and those that a decision removed in `gone_blob`.
    fn names(&mut self, json: &Json) {
        match json {
            Json::Object(fields) => {
                for (key, value) in fields {
                    match value {
                        Json::String(name) if (key == "blob" || key.ends_with("_blob")) && name.len() == 64 => {
                            let to = if key == "gone_blob" { &mut self.gone } else { &mut self.wanted };
                            to.insert(name.clone());
                        }
                        other => self.names(other),
                    }
                }
            }
            Json::Array(items) => items.iter().for_each(|item| self.names(item)),
            _ => {}
        }
    }

    /// Whether the record holds the blob's removal.
    pub(crate) fn is_gone(&self, name: &str) -> bool {
        self.gone.contains(name)
    }

    /// The blobs that must be there.
    pub(crate) fn wanted(&self) -> BTreeSet<String> {
        self.wanted.difference(&self.gone).cloned().collect()
    }
}
