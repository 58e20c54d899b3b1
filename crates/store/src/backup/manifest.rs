//! The manifest, and the lines of the files beside it.

use super::FORMAT;
use crate::canonical::{self, hex, unhex};
use crate::engine::{Row, Value, values};
use crate::error::Error;
use crate::migrations;
use crate::verify::Damage;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sitrep_model::change::Change;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The manifest's file.
pub(crate) const MANIFEST: &str = "manifest.json";

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Form of the folder, from 1.
    pub format: u64,
    /// Version of the store it was made from.
    pub store_version: u64,
    /// Place of the record's last change; 0 for none.
    pub head: u64,
    /// That change's hash.
    pub head_hash: String,
    /// Digest of the store, as `Store::digest` gives it.
    pub digest: crate::Digest,
    /// How much there is of everything.
    pub counts: BackupCounts,
    /// Length and digest of each file but the blobs, by name.
    pub files: BTreeMap<String, FileSeal>,
    /// Blobs that the record speaks of and that could not be read when the backup was made.
    pub missing: Vec<Damage>,
    /// SHA-256 of the canonical form of all of the above.
    pub seal: String,
}

/// How much there is of everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BackupCounts {
    /// Changes of the record.
    pub changes: u64,
    /// Versions they wrote.
    pub writes: u64,
    /// Blobs.
    pub blobs: u64,
    /// Bytes of all blobs.
    pub blob_bytes: u64,
    /// Entries of the vault.
    pub vault: u64,
    /// Sessions and one-time tokens.
    pub tokens: u64,
    /// Jobs that wait.
    pub jobs: u64,
}

/// A file's length and digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSeal {
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256, lower-case hex.
    pub sha256: String,
}

impl Manifest {
    /// Reads the manifest of a backup. One that a newer program wrote is refused.
    pub fn read(backup: &Path) -> Result<Self, Error> {
        let path = backup.join(MANIFEST);
        let text = fs::read_to_string(&path).map_err(Error::file(&path))?;
        let fault = |fault: String| Error::BackupDamaged {
            path: backup.to_owned(),
            damage: vec![Damage { place: MANIFEST.to_owned(), fault }],
            damaged: 1,
        };
        let json: Json = serde_json::from_str(&text).map_err(|e| fault(format!("it can't be read: {e}")))?;
        // Asked before anything else is expected of it: a newer form may have other fields.
        let format = json.get("format").and_then(Json::as_u64).unwrap_or_default();
        if format > FORMAT {
            return Err(Error::NewerBackup { path: backup.to_owned(), found: format, known: FORMAT });
        }
        let manifest: Self = serde_json::from_value(json).map_err(|e| fault(format!("it can't be read: {e}")))?;
        if manifest.sealed()? != manifest.seal {
            return Err(fault("it was altered: its seal is not that of what it says".to_owned()));
        }
        if manifest.store_version > migrations::known() {
            return Err(Error::Newer { found: manifest.store_version, known: migrations::known() });
        }
        Ok(manifest)
    }

    /// The seal it should bear.
    pub(crate) fn sealed(&self) -> Result<String, Error> {
        Ok(canonical::sha256(canonical::of(&Self { seal: String::new(), ..self.clone() })?.as_bytes()))
    }
}

/// A line of the record's file.
#[derive(Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) change: Change,
    /// What each of its writes says, in their order; nothing for a deletion.
    pub(crate) payloads: Vec<String>,
}

/// A line of what stands beside the record.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Beside {
    Vault { realm: String, id: String, value: String },
    Token { realm: String, digest: String, value: String, expires: i64 },
    Job(Waiting),
}

/// A job that waits.
#[derive(Serialize, Deserialize)]
pub(crate) struct Waiting {
    queue: String,
    key: String,
    payload: String,
    due: i64,
    lease_until: Option<i64>,
    attempts: u64,
    error: Option<String>,
}

impl Beside {
    /// Realm, id, value.
    pub(crate) fn of_vault(row: &Row) -> Result<Self, Error> {
        Ok(Self::Vault { realm: row.text(0)?.to_owned(), id: row.text(1)?.to_owned(), value: hex(row.bytes(2)?) })
    }

    /// Realm, digest, value, when it expires.
    pub(crate) fn of_token(row: &Row) -> Result<Self, Error> {
        Ok(Self::Token {
            realm: row.text(0)?.to_owned(),
            digest: row.text(1)?.to_owned(),
            value: hex(row.bytes(2)?),
            expires: row.integer(3)?,
        })
    }

    /// Queue, key, payload, due, lease, attempts, error.
    pub(crate) fn of_job(row: &Row) -> Result<Self, Error> {
        Ok(Self::Job(Waiting {
            queue: row.text(0)?.to_owned(),
            key: row.text(1)?.to_owned(),
            payload: hex(row.bytes(2)?),
            due: row.integer(3)?,
            lease_until: row.integer_or_none(4),
            attempts: row.unsigned(5)?,
            error: row.text_or_none(6).map(str::to_owned),
        }))
    }

    /// The values of the statement that enters it; `None` where its bytes are no hex.
    pub(crate) fn values(&self) -> Option<Vec<Value>> {
        Some(match self {
            Self::Vault { realm, id, value } => values![realm.as_str(), id.as_str(), unhex(value)?.as_slice()].to_vec(),
            Self::Token { realm, digest, value, expires } => {
                values![realm.as_str(), digest.as_str(), unhex(value)?.as_slice(), *expires].to_vec()
            }
            Self::Job(job) => values![
                job.queue.as_str(),
                job.key.as_str(),
                unhex(&job.payload)?.as_slice(),
                job.due,
                job.lease_until,
                job.attempts,
                job.error.as_deref()
            ]
            .to_vec(),
        })
    }
}
