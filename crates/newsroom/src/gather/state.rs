//! What the collector remembers of a source between two looks; beside the record, for it changes with every look.

use crate::error::Error;
use crate::vault;
use serde::{Deserialize, Serialize};
use sitrep_collect::kinds::{Ask, Memory};
use sitrep_model::id::SourceId;
use sitrep_store::Operations;
use std::collections::BTreeMap;

const STATE: &str = "source-state";

/// Addresses whose validators or failures are remembered, at most.
const REMEMBERED: usize = 2_000;

/// What is remembered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    /// The kind's own memory.
    #[serde(default)]
    pub(super) memory: Memory,
    /// What a look had still to ask.
    #[serde(default)]
    pub(super) pending: Vec<Ask>,
    /// Validators (RFC 9110: `ETag`, `Last-Modified`) by address.
    #[serde(default)]
    pub(super) validators: BTreeMap<String, Validators>,
    /// How often entries were asked for in vain.
    #[serde(default)]
    pub(super) failed: BTreeMap<String, u32>,
}

/// A copy's validators.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Validators {
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
}

impl State {
    /// Forgets at random what is more than is remembered; the worst that follows is that something is asked for again.
    fn trim(&mut self) {
        while self.validators.len() > REMEMBERED {
            self.validators.pop_first();
        }
        while self.failed.len() > REMEMBERED {
            self.failed.pop_first();
        }
    }
}

pub(super) fn of(operations: &mut Operations<'_>, source: &SourceId) -> Result<State, Error> {
    Ok(vault::read(operations, STATE, source.as_str())?.unwrap_or_default())
}

pub(super) fn keep(operations: &mut Operations<'_>, source: &SourceId, state: &mut State) -> Result<(), Error> {
    state.trim();
    vault::keep(operations, STATE, source.as_str(), state)
}
