//! What is derived from a desk's record and kept in a file beside the store, so that a start need not make it again. It can be
//! deleted at any time: what is of another form, another record or damaged is not read.

use crate::error::Error;
use crate::ids;
use crate::newsroom::Newsroom;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sitrep_model::id::DeskId;
use std::fs;
use std::path::{Path, PathBuf};

/// A kind of such files.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Derived {
    /// The folder of the store's data that they are in.
    pub(crate) folder: &'static str,
    /// How they are made: another with every change of what is in them.
    pub(crate) form: &'static str,
}

#[derive(Serialize)]
struct Written<'a, T> {
    form: &'a str,
    desk: &'a str,
    seq: u64,
    hash: String,
    what: &'a T,
}

#[derive(Deserialize)]
struct Found<T> {
    form: String,
    desk: String,
    /// The change up to which it goes, and its hash.
    seq: u64,
    hash: String,
    what: T,
}

impl Newsroom {
    fn derived_file(&self, kind: Derived, desk: &DeskId) -> PathBuf {
        let name: String = ids::sha256(desk.as_str().as_bytes()).chars().take(16).collect();
        self.store().data().join(kind.folder).join(format!("{name}.json"))
    }

    /// What was kept of a desk, with the position of the record up to which it goes.
    pub(crate) fn derived<T: DeserializeOwned>(&self, kind: Derived, desk: &DeskId) -> Result<Option<(u64, T)>, Error> {
        let Ok(bytes) = fs::read(self.derived_file(kind, desk)) else { return Ok(None) };
        let Ok(found) = serde_json::from_slice::<Found<T>>(&bytes) else { return Ok(None) };
        let is_ours = found.form == kind.form && found.desk == desk.as_str();
        Ok((is_ours && self.change_hash(found.seq)? == found.hash).then_some((found.seq, found.what)))
    }

    /// Keeps what was derived of a desk up to a position of the record.
    pub(crate) fn keep_derived<T: Serialize>(
        &self,
        kind: Derived,
        desk: &DeskId,
        seq: u64,
        what: &T,
    ) -> Result<(), Error> {
        let written = Written { form: kind.form, desk: desk.as_str(), seq, hash: self.change_hash(seq)?, what };
        let bytes = serde_json::to_vec(&written).map_err(|error| Error::Internal(error.to_string()))?;
        let path = self.derived_file(kind, desk);
        replace(&path, &bytes).map_err(|error| Error::Internal(format!("{}: {error}", path.display())))
    }

    /// The hash of a change; empty where there is no such change.
    fn change_hash(&self, seq: u64) -> Result<String, Error> {
        let Some(before) = seq.checked_sub(1) else { return Ok(String::new()) };
        let change = self.read(|reader| Ok(reader.changes(before, 1)?))?.into_iter().next();
        Ok(change.filter(|change| change.seq == seq).map(|change| change.hash).unwrap_or_default())
    }
}

/// Writes a file whole or not at all.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let fresh = path.with_extension(format!("{}.new", std::process::id()));
    fs::write(&fresh, bytes)?;
    fs::rename(&fresh, path)
}
