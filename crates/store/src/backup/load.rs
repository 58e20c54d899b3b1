//! Taking a backup in: into an empty installation, on either database, whole or not at all.

use super::check::{blob_names, check_backup, lines};
use super::manifest::{Beside, Entry, Manifest};
use super::{BATCH, BLOB_FOLDER, OPERATIONS, RECORD};
use crate::blobs::Blobs;
use crate::chain::Chain;
use crate::digest;
use crate::engine::Session;
use crate::error::Error;
use crate::migrations;
use crate::reader::Reader;
use crate::rebuild::replay;
use crate::sql;
use crate::store::Store;
use crate::writer::{append_change, append_write};
use std::path::Path;

/// How the tables that were made compare with those that the backup was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tables {
    /// They are the same, by digest.
    Same,
    /// The backup is of an older form, whose digest can't be compared.
    OlderForm,
    /// They differ: those of the backed-up installation were not what its record says. What stands here was made from
    /// the record, which is whole.
    Differ,
}

/// What was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoreReport {
    /// What the backup held.
    pub manifest: Manifest,
    /// The store's digest now.
    pub digest: crate::Digest,
    /// Whether the tables are the same.
    pub tables: Tables,
    /// Tokens and jobs that were left out.
    pub left_out: u64,
}

/// Why a backup is taken in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Restore,
    Move,
}

impl Store {
    /// Brings a lost installation back, into this empty one. Sessions, one-time tokens and waiting jobs are left out:
    /// what was signed out, used or sent since the backup was made must not be so a second time. Deliveries that stand as
    /// queued in the record may have been sent since, too: ask a person before sending.
    ///
    /// The whole backup is walked first; one that is damaged is refused and its damage named. The record is taken in by
    /// one transaction, so that a cut-off leaves an empty installation (and blobs that the next attempt makes use of).
    /// `progress` hears how many of how many steps are done.
    pub fn restore(&self, backup: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<RestoreReport, Error> {
        self.take_in(backup, Purpose::Restore, progress)
    }

    /// Moves an installation into this empty one, from either database to either: as [`Store::restore`], and all that
    /// waits comes along. The installation that it comes from must not go on.
    pub fn import(&self, backup: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<RestoreReport, Error> {
        self.take_in(backup, Purpose::Move, progress)
    }

    fn take_in(
        &self,
        backup: &Path,
        purpose: Purpose,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<RestoreReport, Error> {
        self.pool().read(must_be_empty)?;
        let counts = Manifest::read(backup)?.counts;
        let walked = counts.changes + counts.blobs;
        let total = 2 * walked;
        let check = check_backup(backup, &mut |done, _| progress(done, total))?;
        if !check.is_clean() {
            return Err(Error::BackupDamaged { path: backup.to_owned(), damage: check.damage, damaged: check.damaged });
        }
        let manifest = check.manifest;
        self.take_blobs(backup, &mut |done| progress(walked + done, total))?;
        let (digest, left_out) = self.pool().write(|session| {
            session.lock_record()?;
            must_be_empty(session)?;
            record(session, backup, &manifest, &mut |done| progress(walked + counts.blobs + done, total))?;
            let left_out = operations(session, backup, purpose)?;
            Ok::<_, Error>((digest::of_store(&mut Reader { session })?, left_out))
        })?;
        self.saw(manifest.head);
        let tables = match digest == manifest.digest {
            true => Tables::Same,
            false if manifest.store_version < migrations::known() => Tables::OlderForm,
            false => Tables::Differ,
        };
        progress(total, total);
        Ok(RestoreReport { manifest, digest, tables, left_out })
    }

    fn take_blobs(&self, backup: &Path, progress: &mut dyn FnMut(u64)) -> Result<(), Error> {
        let copies = Blobs::standing(&backup.join(BLOB_FOLDER));
        for (done, name) in blob_names(backup)?.into_iter().enumerate() {
            // What an attempt that was cut off has brought already is read rather than written again.
            if self.blobs().get(&name)?.is_none() {
                let bytes = copies.get(&name)?;
                let bytes = bytes.ok_or_else(|| Error::damaged(format!("blob {name}"), "the backup lost it"))?;
                self.blobs().put(&bytes)?;
            }
            progress(done as u64 + 1);
        }
        Ok(())
    }
}

fn must_be_empty(session: &mut Session) -> Result<(), Error> {
    let (head, _) = Reader { session }.head()?;
    if head > 0 {
        return Err(Error::NotEmpty(format!("its record is at change {head}")));
    }
    for (sql, what) in [(sql::vault::ANY, "its vault"), (sql::token::ANY, "its tokens"), (sql::job::ANY, "its queues")]
    {
        if !session.query(sql, &[])?.is_empty() {
            return Err(Error::NotEmpty(format!("{what} hold something already")));
        }
    }
    Ok(())
}

fn record(
    session: &mut Session,
    backup: &Path,
    manifest: &Manifest,
    progress: &mut dyn FnMut(u64),
) -> Result<(), Error> {
    let mut chain = Chain::new();
    for entry in lines::<Entry>(backup, RECORD)? {
        let entry = entry?;
        // Walked once already; what is entered is looked at nevertheless, because files can change in between.
        if let Some(damage) = entry.faults(&mut chain)?.into_iter().next() {
            return Err(Error::damaged(damage.place, damage.fault));
        }
        let change = &entry.change;
        for (ordinal, (write, payload)) in (0..).zip(change.writes.iter().zip(&entry.payloads)) {
            append_write(session, change.seq, ordinal, write, payload)?;
            replay(session, change, ordinal, write, payload)?;
        }
        append_change(session, change)?;
        if change.seq % BATCH as u64 == 0 {
            progress(change.seq);
        }
    }
    if (chain.seq, &chain.hash) != (manifest.head, &manifest.head_hash) {
        return Err(Error::damaged(RECORD, format!("it ends at change {} of {}", chain.seq, manifest.head)));
    }
    Ok(())
}

/// Enters what stands beside the record; how many rows were left out.
fn operations(session: &mut Session, backup: &Path, purpose: Purpose) -> Result<u64, Error> {
    let mut left_out = 0;
    for line in lines::<Beside>(backup, OPERATIONS)? {
        let line = line?;
        let sql = match &line {
            Beside::Vault { .. } => sql::vault::PUT,
            _ if purpose == Purpose::Restore => {
                left_out += 1;
                continue;
            }
            Beside::Token { .. } => sql::token::PUT,
            Beside::Job(_) => sql::job::RESTORE,
        };
        let values = line.values().ok_or_else(|| Error::damaged(OPERATIONS, "bytes that are no hex"))?;
        session.execute(sql, &values)?;
    }
    Ok(left_out)
}
