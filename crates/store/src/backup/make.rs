//! Making a backup while the installation runs: the record on one snapshot, then the blobs, which never change.

use super::manifest::{BackupCounts, Beside, Entry, FileSeal, MANIFEST, Manifest};
use super::{BATCH, BLOB_FOLDER, BLOBS, FORMAT, OPERATIONS, RECORD};
use crate::blobs::Blobs;
use crate::canonical::hex;
use crate::chain::{self, Chain, Spoken};
use crate::digest;
use crate::engine::{Row, values};
use crate::error::Error;
use crate::migrations;
use crate::private;
use crate::reader::Reader;
use crate::sql;
use crate::store::Store;
use crate::verify::Damage;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

impl Store {
    /// Writes a backup into a new folder: the record and what stands beside it as they are at one moment, and every blob
    /// they speak of. Others may read and write meanwhile. The folder has its name only once it is whole and has reached
    /// the disk; what a cut-off leaves beside it is called `.name-…` and can be deleted. `progress` hears how many of how
    /// many steps are done.
    ///
    /// A record that is damaged is refused, because it could not be restored. A blob that is missing or damaged is named
    /// in [`Manifest::missing`], and the rest is saved.
    pub fn backup(&self, to: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<Manifest, Error> {
        let draft = draft(to)?;
        let mut making = Making::default();
        let mut manifest = self.read(|reader| making.record(reader, self.blobs(), draft.path(), progress))?;
        making.blobs(self.blobs(), draft.path(), &mut manifest, progress)?;
        manifest.seal = manifest.sealed()?;
        let text = serde_json::to_string_pretty(&manifest).map_err(|e| Error::Invalid(e.to_string()))?;
        let path = draft.path().join(MANIFEST);
        let mut file = File::create(&path).map_err(Error::file(&path))?;
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(Error::file(&path))?;
        finish(draft, to)?;
        Ok(manifest)
    }
}

/// The folder that it grows in, beside the one that it will be.
fn draft(to: &Path) -> Result<TempDir, Error> {
    let name = to.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| Error::Invalid(format!("{}: a backup needs a name", to.display())))?;
    if to.exists() {
        return Err(Error::Invalid(format!("{} is there already: give the backup a new name", to.display())));
    }
    let parent = parent(to);
    fs::create_dir_all(&parent).map_err(Error::file(&parent))?;
    // Made so that only its owner may enter it.
    private::passing_folder(&format!(".{name}-"), &parent)
}

fn parent(to: &Path) -> PathBuf {
    match to.parent() {
        Some(parent) if parent != Path::new("") => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn finish(draft: TempDir, to: &Path) -> Result<(), Error> {
    sync(draft.path())?;
    fs::rename(draft.path(), to).map_err(Error::file(to))?;
    // It has its name: there is nothing left to clear away.
    let _ = draft.keep();
    sync(&parent(to))
}

fn sync(folder: &Path) -> Result<(), Error> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(Error::file(folder))
}

/// A file of lines that knows its length and digest.
struct Lines {
    path: PathBuf,
    to: BufWriter<File>,
    sum: Sha256,
    bytes: u64,
}

impl Lines {
    fn create(path: PathBuf) -> Result<Self, Error> {
        let file = File::create(&path).map_err(Error::file(&path))?;
        Ok(Self { path, to: BufWriter::new(file), sum: Sha256::new(), bytes: 0 })
    }

    fn json(&mut self, line: &impl Serialize) -> Result<(), Error> {
        let line = serde_json::to_string(line).map_err(|e| Error::Invalid(e.to_string()))?;
        self.line(line)
    }

    fn line(&mut self, mut line: String) -> Result<(), Error> {
        line.push('\n');
        self.sum.update(&line);
        self.bytes += line.len() as u64;
        self.to.write_all(line.as_bytes()).map_err(Error::file(&self.path))
    }

    fn seal(mut self) -> Result<FileSeal, Error> {
        self.to.flush().and_then(|()| self.to.get_ref().sync_all()).map_err(Error::file(&self.path))?;
        Ok(FileSeal { bytes: self.bytes, sha256: hex(&self.sum.finalize()) })
    }
}

#[derive(Default)]
struct Making {
    counts: BackupCounts,
    /// Blobs that the record speaks of.
    spoken: Spoken,
    /// Names of blobs that stand anywhere else in what is saved.
    mentioned: BTreeSet<String>,
    there: HashSet<String>,
}

impl Making {
    fn record(
        &mut self,
        reader: &mut Reader<'_>,
        blobs: &Blobs,
        folder: &Path,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Manifest, Error> {
        // A blob is there before the change that speaks of it, and so before this snapshot.
        let (head, head_hash) = reader.head()?;
        self.there = blobs.names()?.into_iter().collect();
        let total = head + self.there.len() as u64;
        let mut lines = Lines::create(folder.join(RECORD))?;
        let mut chain = Chain::new();
        while chain.seq < head {
            let before = chain.seq;
            self.changes(reader, &mut chain, &mut lines)?;
            if chain.seq == before {
                return Err(Error::damaged(format!("change {}", before + 1), "it is missing"));
            }
            progress(chain.seq, total);
        }
        let mut files = BTreeMap::from([(RECORD.to_owned(), lines.seal()?)]);
        let mut lines = Lines::create(folder.join(OPERATIONS))?;
        self.counts.vault = self.beside(reader, sql::vault::ALL, Beside::of_vault, &mut lines)?;
        self.counts.tokens = self.beside(reader, sql::token::ALL, Beside::of_token, &mut lines)?;
        self.counts.jobs = self.beside(reader, sql::job::ALL, Beside::of_job, &mut lines)?;
        files.insert(OPERATIONS.to_owned(), lines.seal()?);
        Ok(Manifest {
            format: FORMAT,
            store_version: migrations::known(),
            head,
            head_hash,
            digest: digest::of_store(reader)?,
            counts: self.counts,
            files,
            missing: Vec::new(),
            seal: String::new(),
        })
    }

    fn changes(&mut self, reader: &mut Reader<'_>, chain: &mut Chain, lines: &mut Lines) -> Result<(), Error> {
        let after = chain.seq;
        let changes = reader.changes(after, BATCH)?;
        let Some(last) = changes.last().map(|change| change.seq) else { return Ok(()) };
        let rows = reader.session.query(sql::record::PAYLOADS, &values![after, last])?;
        let mut rows = rows.iter().peekable();
        for change in changes {
            refuse(chain.follow(&change)?)?;
            let mut payloads = Vec::with_capacity(change.writes.len());
            for write in &change.writes {
                let row = rows.next_if(|row| row.unsigned(0).is_ok_and(|seq| seq == change.seq));
                let row = row.ok_or_else(|| Error::damaged(chain::place(write), "what it says is missing"))?;
                let payload = row.text(7)?;
                refuse(chain::altered(change.seq, write, payload))?;
                self.spoken.hear(payload);
                mentions(payload.as_bytes(), &self.there, &mut self.mentioned);
                payloads.push(payload.to_owned());
            }
            self.counts.changes += 1;
            self.counts.writes += payloads.len() as u64;
            lines.json(&Entry { change, payloads })?;
        }
        match rows.next() {
            Some(row) => Err(Error::damaged(format!("change {}", row.unsigned(0)?), "it is missing")),
            None => Ok(()),
        }
    }

    /// One table beside the record, whose third column holds the bytes; how many rows it has.
    fn beside(
        &mut self,
        reader: &mut Reader<'_>,
        sql: &str,
        read: fn(&Row) -> Result<Beside, Error>,
        lines: &mut Lines,
    ) -> Result<u64, Error> {
        let rows = reader.session.query(sql, &[])?;
        for row in &rows {
            mentions(row.bytes(2)?, &self.there, &mut self.mentioned);
            lines.json(&read(row)?)?;
        }
        Ok(rows.len() as u64)
    }

    fn blobs(
        self,
        from: &Blobs,
        folder: &Path,
        manifest: &mut Manifest,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), Error> {
        let copies = Blobs::files(&folder.join(BLOB_FOLDER))?;
        let mut names = self.spoken.wanted();
        names.extend(self.mentioned.iter().filter(|name| !self.spoken.is_gone(name)).cloned());
        let total = manifest.head + names.len() as u64;
        let mut list = Lines::create(folder.join(BLOBS))?;
        for (done, name) in names.into_iter().enumerate() {
            let missing = |fault: String| Damage { place: format!("blob {name}"), fault };
            match from.get(&name) {
                Ok(Some(bytes)) => {
                    copies.put(&bytes)?;
                    manifest.counts.blobs += 1;
                    manifest.counts.blob_bytes += bytes.len() as u64;
                    list.line(format!("{name} {}", bytes.len()))?;
                }
                Ok(None) => manifest.missing.push(missing("the record speaks of it and it is not there".to_owned())),
                Err(Error::Damaged { fault, .. } | Error::Invalid(fault)) => manifest.missing.push(missing(fault)),
                Err(error) => return Err(error),
            }
            progress(manifest.head + done as u64 + 1, total);
        }
        manifest.files.insert(BLOBS.to_owned(), list.seal()?);
        Ok(())
    }
}

fn refuse(damage: impl IntoIterator<Item = Damage>) -> Result<(), Error> {
    match damage.into_iter().next() {
        Some(damage) => Err(Error::damaged(damage.place, damage.fault)),
        None => Ok(()),
    }
}

/// The names of blobs that stand in a text, in whatever field.
fn mentions(text: &[u8], there: &HashSet<String>, to: &mut BTreeSet<String>) {
    let is_hex = |byte: &u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte);
    for run in text.split(|byte| !is_hex(byte)).filter(|run| run.len() == 64) {
        if let Some(name) = std::str::from_utf8(run).ok().and_then(|name| there.get(name)) {
            to.insert(name.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blob_is_found_wherever_its_name_stands() {
        let (name, other) = ("ab".repeat(32), "cd".repeat(32));
        let there = HashSet::from([name.clone(), other.clone()]);
        let found = |text: &str| {
            let mut to = BTreeSet::new();
            mentions(text.as_bytes(), &there, &mut to);
            to.into_iter().collect::<Vec<_>>()
        };
        assert_eq!(found(&format!("{{\"picture\":\"{name}\"}}")), [name.as_str()]);
        assert_eq!(found(&format!("{name},{other}")), [name.as_str(), other.as_str()]);
        assert!(found(&format!("{name}{other} {}", "ef".repeat(32))).is_empty());
    }
}
