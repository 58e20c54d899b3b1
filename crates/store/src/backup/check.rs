//! Walking a backup, and naming what is damaged in it.

use super::manifest::{Beside, Entry, Manifest};
use super::{BATCH, BLOB_FOLDER, BLOBS, OPERATIONS, RECORD};
use crate::blobs::Blobs;
use crate::canonical::hex;
use crate::chain::{self, Chain, Spoken};
use crate::error::Error;
use crate::verify::Damage;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead as _, BufReader, ErrorKind, Read as _};
use std::path::Path;

/// Damages named before the rest is only counted.
const NAMED: usize = 1000;
/// Longest line that is read of the list of blobs, and bytes read of a file at a time.
const BUFFER: usize = 1 << 16;

/// What a walk through a backup found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupCheck {
    /// What it says it holds.
    pub manifest: Manifest,
    /// What is damaged; the first thousand.
    pub damage: Vec<Damage>,
    /// How many damages in all.
    pub damaged: u64,
}

impl BackupCheck {
    /// Nothing is damaged.
    pub fn is_clean(&self) -> bool {
        self.damaged == 0
    }

    fn add(&mut self, damage: impl IntoIterator<Item = Damage>) {
        for damage in damage {
            self.damaged += 1;
            if self.damage.len() < NAMED {
                self.damage.push(damage);
            }
        }
    }

    fn name(&mut self, place: impl Into<String>, fault: impl Into<String>) {
        self.add([Damage { place: place.into(), fault: fault.into() }]);
    }
}

/// Walks a backup: the manifest, each file's digest, the chain, every blob. No store is needed. `progress` hears how many
/// of how many steps are done. A manifest that can't be read or was altered is an error, because nothing can be held
/// against it.
pub fn check_backup(backup: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<BackupCheck, Error> {
    let manifest = Manifest::read(backup)?;
    let mut check = BackupCheck { manifest, damage: Vec::new(), damaged: 0 };
    let total = check.manifest.counts.changes + check.manifest.counts.blobs;
    let mut whole = BTreeSet::new();
    for name in [RECORD, OPERATIONS, BLOBS] {
        if sealed(backup, name, &mut check)? {
            whole.insert(name);
        }
    }
    let mut wanted = BTreeSet::new();
    if backup.join(RECORD).is_file() {
        let mut spoken = Spoken::default();
        record(backup, &mut check, &mut spoken, &mut |done| progress(done, total))?;
        wanted = spoken.wanted();
    }
    if whole.contains(OPERATIONS) {
        for line in lines::<Beside>(backup, OPERATIONS)? {
            if let Err(error) = line {
                check.name(OPERATIONS, error.to_string());
            }
        }
    }
    if whole.contains(BLOBS) {
        let before = check.manifest.counts.changes;
        blobs(backup, &mut check, &mut wanted, &mut |done| progress(before + done, total))?;
    }
    for missing in &check.manifest.missing {
        wanted.remove(missing.place.trim_start_matches("blob "));
    }
    for name in wanted {
        check.name(format!("blob {name}"), "the record speaks of it and it is not in the backup");
    }
    Ok(check)
}

/// Whether a file is as the manifest says.
fn sealed(backup: &Path, name: &str, check: &mut BackupCheck) -> Result<bool, Error> {
    let path = backup.join(name);
    let mut file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            check.name(name, "it is missing");
            return Ok(false);
        }
        Err(error) => return Err(Error::file(&path)(error)),
    };
    let (mut sum, mut length, mut buffer) = (Sha256::new(), 0, vec![0; BUFFER]);
    loop {
        let read = file.read(&mut buffer).map_err(Error::file(&path))?;
        if read == 0 {
            break;
        }
        sum.update(&buffer[..read]);
        length += read as u64;
    }
    let Some(seal) = check.manifest.files.get(name) else {
        check.name(name, "the manifest does not speak of it");
        return Ok(false);
    };
    if length != seal.bytes {
        let fault = format!("it has {length} bytes of {}", seal.bytes);
        check.name(name, fault);
        return Ok(false);
    }
    let same = hex(&sum.finalize()) == seal.sha256;
    if !same {
        check.name(name, "it was altered: its digest is not that of the manifest");
    }
    Ok(same)
}

fn record(
    backup: &Path,
    check: &mut BackupCheck,
    spoken: &mut Spoken,
    progress: &mut dyn FnMut(u64),
) -> Result<(), Error> {
    let mut chain = Chain::new();
    let (mut changes, mut writes) = (0, 0);
    for entry in lines::<Entry>(backup, RECORD)? {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                check.name(RECORD, error.to_string());
                continue;
            }
        };
        check.add(entry.faults(&mut chain)?);
        for payload in &entry.payloads {
            spoken.hear(payload);
        }
        changes += 1;
        writes += entry.payloads.len() as u64;
        if changes % BATCH as u64 == 0 {
            progress(changes);
        }
    }
    let manifest = &check.manifest;
    let same = (chain.seq, &chain.hash) == (manifest.head, &manifest.head_hash)
        && (changes, writes) == (manifest.counts.changes, manifest.counts.writes);
    if !same {
        let fault = format!("it ends at change {} of {}", chain.seq, manifest.head);
        check.name(RECORD, fault);
    }
    Ok(())
}

fn blobs(
    backup: &Path,
    check: &mut BackupCheck,
    wanted: &mut BTreeSet<String>,
    progress: &mut dyn FnMut(u64),
) -> Result<(), Error> {
    let copies = Blobs::standing(&backup.join(BLOB_FOLDER));
    for (done, name) in blob_names(backup)?.into_iter().enumerate() {
        wanted.remove(&name);
        match copies.get(&name) {
            Ok(Some(_)) => {}
            Ok(None) => check.name(format!("blob {name}"), "it is missing"),
            Err(Error::Damaged { place, fault }) => check.name(place, fault),
            Err(error) => check.name(format!("blob {name}"), error.to_string()),
        }
        progress(done as u64 + 1);
    }
    Ok(())
}

/// The names in the list of blobs.
pub(super) fn blob_names(backup: &Path) -> Result<Vec<String>, Error> {
    let path = backup.join(BLOBS);
    let file = File::open(&path).map_err(Error::file(&path))?;
    let name = |line: std::io::Result<String>| {
        let line = line.map_err(Error::file(&path))?;
        Ok(line.split(' ').next().unwrap_or_default().to_owned())
    };
    BufReader::new(file).lines().map(name).collect()
}

/// The lines of a file, each read as JSON; one that does not read says which it is.
pub(super) fn lines<T: serde::de::DeserializeOwned>(
    backup: &Path,
    name: &'static str,
) -> Result<impl Iterator<Item = Result<T, Error>>, Error> {
    let path = backup.join(name);
    let file = File::open(&path).map_err(Error::file(&path))?;
    Ok(BufReader::with_capacity(BUFFER, file).lines().enumerate().map(move |(n, line)| {
        let line = line.map_err(Error::file(&path))?;
        serde_json::from_str(&line)
            .map_err(|e| Error::Invalid(format!("line {} of {} can't be read: {e}", n + 1, path.display())))
    }))
}

impl Entry {
    /// What is wrong with it and its place in the chain.
    pub(super) fn faults(&self, chain: &mut Chain) -> Result<Vec<Damage>, Error> {
        let change = &self.change;
        let mut faults = chain.follow(change)?;
        if change.writes.len() != self.payloads.len() {
            let fault = format!("it wrote {} versions and {} are here", change.writes.len(), self.payloads.len());
            faults.push(Damage { place: format!("change {}", change.seq), fault });
        }
        let pairs = change.writes.iter().zip(&self.payloads);
        faults.extend(pairs.filter_map(|(write, payload)| chain::altered(change.seq, write, payload)));
        Ok(faults)
    }
}
