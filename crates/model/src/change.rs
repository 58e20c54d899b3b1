//! Changes: every write, in one append-only, hash-chained record.

use crate::id::DeskId;
use crate::noun::Kind;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a change wrote: one version of one object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Write {
    /// Kind of the object.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// Its version, from 1.
    pub version: u64,
    /// SHA-256 of the version's canonical form, lower-case hex; of nothing for a deletion.
    pub sha256: String,
    /// The object is gone from here on.
    #[serde(default)]
    pub deleted: bool,
}

/// One change: all that one verb wrote in one transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Place in the record, from 1 without gaps.
    pub seq: u64,
    /// When it was appended.
    pub at: Timestamp,
    /// When we knew: as `at`, except for what was imported with an earlier time.
    pub recorded: Timestamp,
    /// Who: an account's login, or `program:<part>`.
    pub who: String,
    /// What: the verb, `edition.publish`.
    pub verb: String,
    /// Why, in the person's words.
    #[serde(default)]
    pub why: Option<String>,
    /// The desk.
    #[serde(default)]
    pub desk: Option<DeskId>,
    /// What it wrote.
    pub writes: Vec<Write>,
    /// Hash of the change before; 64 zeros for the first.
    pub previous: String,
    /// SHA-256 of this change's canonical form without `hash`, lower-case hex.
    pub hash: String,
}
