//! The archive on disk, so that a start need not read every edition again.

use super::facets::Facet;
use super::{Archive, Entry, register};
use crate::beside::Derived;
use crate::error::Error;
use crate::newsroom::Newsroom;
use serde::{Deserialize, Serialize};
use sitrep_model::id::DeskId;
use std::borrow::Cow;
use std::sync::Arc;

/// How an archive was worked out. The number is raised with every change of what editions are found by.
const ARCHIVES: Derived = Derived { folder: "archive", form: concat!("3-", env!("CARGO_PKG_VERSION")) };
/// Editions that may have come in since it was written last, besides a hundredth of those that are in it.
const SINCE: usize = 50;
/// Changes that may have.
const BEHIND: u64 = 10_000;

#[derive(Serialize, Deserialize)]
struct Written<'a> {
    facets: Cow<'a, [Facet]>,
    entries: Vec<Cow<'a, Entry>>,
}

impl Newsroom {
    /// The archive as it was written, with the position of the record up to which it goes.
    pub(super) fn archive_on_disk(&self, desk: &DeskId) -> Result<Option<(u64, Arc<Archive>)>, Error> {
        let Some((seq, written)) = self.derived::<Written<'_>>(ARCHIVES, desk)? else { return Ok(None) };
        let numbers = written.facets.len();
        if written.entries.iter().any(|entry| entry.facets.iter().any(|(number, _)| number as usize >= numbers)) {
            return Ok(None);
        }
        let mut archive = Archive::empty(self.read(|reader| register(reader, desk))?);
        for facet in written.facets.into_owned() {
            archive.facets.number(facet);
        }
        archive.entries = written.entries.into_iter().map(|entry| Arc::new(entry.into_owned())).collect();
        archive.on_disk = seq;
        archive.settle();
        Ok(Some((seq, Arc::new(archive))))
    }

    /// Writes the archive where much has come since it was written last. Where that fails, a later start takes longer.
    pub(super) fn keep_on_disk(&self, desk: &DeskId, seq: u64, archive: &mut Arc<Archive>) {
        let few = archive.since_then <= SINCE + archive.entries.len() / 100;
        let near = archive.on_disk > 0 && seq - archive.on_disk.min(seq) <= BEHIND;
        if seq == 0 || (few && (near || archive.entries.is_empty())) {
            return;
        }
        let written = Written {
            facets: Cow::Borrowed(&archive.facets.all),
            entries: archive.entries.iter().map(|entry| Cow::Borrowed(&**entry)).collect(),
        };
        match self.keep_derived(ARCHIVES, desk, seq, &written) {
            Ok(()) => {
                let archive = Arc::make_mut(archive);
                (archive.on_disk, archive.since_then) = (seq, 0);
            }
            Err(error) => tracing::warn!(%error, %desk, "the archive could not be written beside the store"),
        }
    }
}
