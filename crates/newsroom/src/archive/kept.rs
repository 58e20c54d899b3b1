//! The archive on disk, so that a start need not read every edition again. It is derived and can be deleted at any time:
//! what is of another form, another record or damaged is not read.

use super::facets::Facet;
use super::{Archive, Entry, register};
use crate::error::Error;
use crate::ids;
use crate::newsroom::Newsroom;
use serde::{Deserialize, Serialize};
use sitrep_model::id::DeskId;
use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How an archive was worked out. The number is raised with every change of what editions are found by.
const FORM: &str = concat!("1-", env!("CARGO_PKG_VERSION"));
/// Editions that may have come in since it was written last, besides a hundredth of those that are in it.
const SINCE: usize = 50;
/// Changes that may have.
const BEHIND: u64 = 10_000;

#[derive(Serialize, Deserialize)]
struct Written<'a> {
    form: Cow<'a, str>,
    desk: Cow<'a, str>,
    /// The change up to which it goes, and its hash.
    seq: u64,
    hash: String,
    facets: Cow<'a, [Facet]>,
    entries: Vec<Cow<'a, Entry>>,
}

impl Newsroom {
    fn kept_file(&self, desk: &DeskId) -> PathBuf {
        let name: String = ids::sha256(desk.as_str().as_bytes()).chars().take(16).collect();
        self.store().data().join("archive").join(format!("{name}.json"))
    }

    /// The archive as it was written, with the position of the record up to which it goes.
    pub(super) fn archive_on_disk(&self, desk: &DeskId) -> Result<Option<(u64, Arc<Archive>)>, Error> {
        let Ok(bytes) = fs::read(self.kept_file(desk)) else { return Ok(None) };
        let Ok(written) = serde_json::from_slice::<Written<'_>>(&bytes) else { return Ok(None) };
        if written.form != FORM || written.desk != desk.as_str() || self.change_hash(written.seq)? != written.hash {
            return Ok(None);
        }
        let numbers = written.facets.len();
        if written.entries.iter().any(|entry| entry.facets.iter().any(|(number, _)| *number as usize >= numbers)) {
            return Ok(None);
        }
        let mut archive = Archive::empty(self.read(|reader| register(reader, desk))?);
        for facet in written.facets.into_owned() {
            archive.facets.number(facet);
        }
        archive.entries = written.entries.into_iter().map(|entry| Arc::new(entry.into_owned())).collect();
        archive.on_disk = written.seq;
        archive.settle();
        Ok(Some((written.seq, Arc::new(archive))))
    }

    /// Writes the archive where much has come since it was written last. Where that fails, a later start takes longer.
    pub(super) fn keep_on_disk(&self, desk: &DeskId, seq: u64, archive: &mut Arc<Archive>) {
        let few = archive.since_then <= SINCE + archive.entries.len() / 100;
        let near = archive.on_disk > 0 && seq - archive.on_disk.min(seq) <= BEHIND;
        if seq == 0 || (few && (near || archive.entries.is_empty())) {
            return;
        }
        match self.write_archive(desk, seq, archive) {
            Ok(()) => {
                let archive = Arc::make_mut(archive);
                (archive.on_disk, archive.since_then) = (seq, 0);
            }
            Err(error) => tracing::warn!(%error, %desk, "the archive could not be written beside the store"),
        }
    }

    fn write_archive(&self, desk: &DeskId, seq: u64, archive: &Archive) -> Result<(), Error> {
        let written = Written {
            form: FORM.into(),
            desk: desk.as_str().into(),
            seq,
            hash: self.change_hash(seq)?,
            facets: Cow::Borrowed(&archive.facets.all),
            entries: archive.entries.iter().map(|entry| Cow::Borrowed(&**entry)).collect(),
        };
        let bytes = serde_json::to_vec(&written).map_err(|error| Error::Internal(error.to_string()))?;
        let path = self.kept_file(desk);
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
