//! The index on disk: opened, made, and known to stand at one place of the record.

use super::schema::{FORM, Fields, schema};
use super::words::{Tongue, split, stem};
use crate::canonical::sha256;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use sitrep_language::{fold::fold, transliterate::search_keys};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};
use tantivy::directory::MmapDirectory;
use tantivy::{Index, IndexReader, ReloadPolicy, Searcher};

/// How often it is looked whether another process moved the index on.
const LOOK: Duration = Duration::from_millis(100);
/// Blocks of stored units kept unpacked, per segment.
const BLOCKS: usize = 64;

/// Where the index stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Standing {
    /// The last change that is in it.
    pub(super) seq: u64,
    /// That change's hash: an index of another record is made again.
    pub(super) hash: String,
    /// How it was made.
    pub(super) form: String,
}

/// The index of one store.
pub(crate) struct Search {
    folder: PathBuf,
    opened: Mutex<Option<Arc<Opened>>>,
    /// One follower at a time in this process.
    following: Mutex<()>,
}

/// An index that can be asked.
pub(super) struct Opened {
    pub(super) index: Index,
    pub(super) fields: Fields,
    reader: IndexReader,
    seen: Mutex<(Instant, Option<Seen>)>,
}

/// What the commit file looked like.
type Seen = (SystemTime, u64);

impl Search {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder, opened: Mutex::new(None), following: Mutex::new(()) }
    }

    /// Keeps this process's other followers waiting.
    pub(super) fn follow(&self) -> MutexGuard<'_, ()> {
        self.following.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The index as it is on disk; `None` where there is none of this form.
    pub(super) fn opened(&self) -> Result<Option<Arc<Opened>>, Error> {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(opened) = opened.as_ref() {
            opened.look(&self.folder)?;
            if self.commit_file().exists() {
                return Ok(Some(Arc::clone(opened)));
            }
        }
        *opened = None;
        if !self.commit_file().exists() {
            return Ok(None);
        }
        let (wanted, fields) = schema();
        let Ok(index) = Index::open_in_dir(&self.folder) else { return Ok(None) };
        if index.schema() != wanted || standing(&index).is_none_or(|standing| standing.form != form()) {
            return Ok(None);
        }
        let found = Arc::new(Opened::new(index, fields, &self.folder)?);
        *opened = Some(Arc::clone(&found));
        Ok(Some(found))
    }

    /// Makes an empty index in place of what is there.
    pub(super) fn make(&self) -> Result<Index, Error> {
        *self.opened.lock().unwrap_or_else(PoisonError::into_inner) = None;
        match fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(Error::file(&self.folder)(error)),
            _ => {}
        }
        fs::create_dir_all(&self.folder).map_err(Error::file(&self.folder))?;
        let directory = MmapDirectory::open(&self.folder).map_err(|e| Error::Search(e.to_string()))?;
        Ok(Index::open_or_create(directory, schema().0)?)
    }

    fn commit_file(&self) -> PathBuf {
        self.folder.join("meta.json")
    }
}

impl Opened {
    fn new(index: Index, fields: Fields, folder: &Path) -> Result<Self, Error> {
        let seen = seen(folder);
        let reader =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).doc_store_cache_num_blocks(BLOCKS).try_into()?;
        Ok(Self { index, fields, reader, seen: Mutex::new((Instant::now(), seen)) })
    }

    pub(super) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// Takes in what was committed since, at bounded age.
    fn look(&self, folder: &Path) -> Result<(), Error> {
        let mut last = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if last.0.elapsed() < LOOK {
            return Ok(());
        }
        let now = seen(folder);
        if now != last.1 && now.is_some() {
            self.reader.reload()?;
        }
        *last = (Instant::now(), now);
        Ok(())
    }

    /// Takes in what was committed just now.
    pub(super) fn reload(&self) -> Result<(), Error> {
        Ok(self.reader.reload()?)
    }
}

fn seen(folder: &Path) -> Option<Seen> {
    let meta = fs::metadata(folder.join("meta.json")).ok()?;
    Some((meta.modified().ok()?, meta.len()))
}

/// Where an index stands; `None` before its first commit.
pub(super) fn standing(index: &Index) -> Option<Standing> {
    serde_json::from_str(&index.load_metas().ok()?.payload?).ok()
}

/// How words are read, in a few characters: another reading of words asks for another index.
pub(super) fn form() -> String {
    use std::sync::OnceLock;
    static PROBE: OnceLock<String> = OnceLock::new();
    const TEXT: &str = "Raisi's forces, Qasem Soleimani, poisonings in Khuzestan; رئیسی رئيسي می‌شود خامنه‌ای کتاب‌ها \
                        الحكومة السورية; Раиси протестов Исфахан; ראיסי طهران ۱۴۰۲ Chabahar Sharif Ghazni dozens were";
    let probe = PROBE.get_or_init(|| {
        let mut read = String::new();
        for word in split(TEXT) {
            let folded = fold(word.surface);
            for part in
                [stem(word.surface, &folded, Tongue::Persian), stem(word.surface, &folded, Tongue::Arabic), folded]
            {
                read.push_str(&part);
                read.push(' ');
            }
            read.push_str(&search_keys(word.surface).join(","));
        }
        sha256(read.as_bytes()).chars().take(16).collect()
    });
    format!("{FORM}-{probe}")
}
