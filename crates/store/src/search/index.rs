//! The index on disk: opened, made, and known to stand at one place of the record.

use super::collect::Columns;
use super::directory::Folder;
use super::joined::{self, Joined};
use super::lookup::Lookup;
use super::names;
use super::schema::{FORM, Fields, schema};
use super::words::{Tongue, folded, split, stems};
use crate::canonical::sha256;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};
use tantivy::directory::MmapDirectory;
use tantivy::{Index, IndexReader, IndexSettings, ReloadPolicy, Searcher};

/// How often it is looked whether another process moved the index on.
const LOOK: Duration = Duration::from_millis(100);
/// Blocks of stored units kept unpacked, per segment, and their bytes: small ones, as a search unpacks one for each unit
/// that it shows.
const BLOCKS: usize = 256;
const BLOCK: usize = 8192;
/// Words of which the index's spellings are remembered.
const REMEMBERED: usize = 20_000;

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
    index: Index,
    pub(super) fields: Fields,
    reader: IndexReader,
    seen: Mutex<(Instant, Option<Seen>)>,
    snapshot: Mutex<Arc<Snapshot>>,
}

/// The index as it was committed last, with what every question needs of it.
pub(super) struct Snapshot {
    pub(super) searcher: Searcher,
    /// The columns of each segment, in the searcher's order.
    pub(super) columns: Vec<Columns>,
    pub(super) standing: Option<Standing>,
    /// Units, closed ones too.
    pub(super) units: u64,
    /// What was found out about words.
    lookups: Mutex<HashMap<String, Arc<Lookup>>>,
}

impl Snapshot {
    fn of(index: &Index, reader: &IndexReader) -> tantivy::Result<Self> {
        // Read before the searcher is taken: it may say too little of what is there, never too much.
        let standing = standing(index);
        reader.reload()?;
        let searcher = reader.searcher();
        let columns = searcher.segment_readers().iter().map(Columns::of).collect::<tantivy::Result<_>>()?;
        let units = searcher.segment_readers().iter().map(|segment| u64::from(segment.max_doc())).sum();
        Ok(Self { searcher, columns, standing, units, lookups: Mutex::default() })
    }

    /// What the index knows about a word, found out once.
    pub(super) fn lookup(
        &self,
        word: &str,
        find: impl FnOnce() -> tantivy::Result<Lookup>,
    ) -> tantivy::Result<Arc<Lookup>> {
        let lock = || self.lookups.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(word) {
            return Ok(Arc::clone(known));
        }
        let found = Arc::new(find()?);
        let mut lookups = lock();
        if lookups.len() >= REMEMBERED {
            lookups.clear();
        }
        lookups.insert(word.to_owned(), Arc::clone(&found));
        Ok(found)
    }
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
        let asked = Folder::open(&self.folder).ok().and_then(|folder| Index::open(folder).ok());
        let Some(index) = asked.map(taking_words_apart) else { return Ok(None) };
        if index.schema() != wanted || standing(&index).is_none_or(|standing| standing.form != form()) {
            return Ok(None);
        }
        let found = Arc::new(Opened::new(index, fields, &self.folder)?);
        *opened = Some(Arc::clone(&found));
        Ok(Some(found))
    }

    /// The index that is there, to be written.
    pub(super) fn to_write(&self) -> Result<Index, Error> {
        Ok(taking_words_apart(Index::open_in_dir(&self.folder)?))
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
        let settings = IndexSettings { docstore_blocksize: BLOCK, ..IndexSettings::default() };
        Ok(taking_words_apart(Index::builder().schema(schema().0).settings(settings).open_or_create(directory)?))
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
        let snapshot = Mutex::new(Arc::new(Snapshot::of(&index, &reader)?));
        Ok(Self { index, fields, reader, seen: Mutex::new((Instant::now(), seen)), snapshot })
    }

    pub(super) fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes in what was committed since, at bounded age.
    fn look(&self, folder: &Path) -> Result<(), Error> {
        let mut last = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if last.0.elapsed() < LOOK {
            return Ok(());
        }
        let now = seen(folder);
        if now != last.1 && now.is_some() {
            self.reload()?;
        }
        *last = (Instant::now(), now);
        Ok(())
    }

    /// Takes in what was committed just now.
    pub(super) fn reload(&self) -> Result<(), Error> {
        let snapshot = Arc::new(Snapshot::of(&self.index, &self.reader)?);
        *self.snapshot.lock().unwrap_or_else(PoisonError::into_inner) = snapshot;
        Ok(())
    }
}

/// An index that knows how the words of its fields are joined.
pub(super) fn taking_words_apart(index: Index) -> Index {
    index.tokenizers().register(joined::NAME, Joined::default());
    index
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
                        الحكومة السورية; Раиси протестов Исфахан; ראיסי طهران ۱۴۰۲ Chabahar Sharif Ghazni dozens were U.S. حملات حمله کارگران نمایندگان הממשלה ממשלות";
    let probe = PROBE.get_or_init(|| {
        let mut read = String::new();
        for word in split(TEXT) {
            let folded = folded(word.surface);
            for part in stems(word.surface, &folded, Tongue::Persian)
                .into_iter()
                .chain(stems(word.surface, &folded, Tongue::Arabic))
                .chain(names::terms(word.surface, &folded))
                .chain([folded])
            {
                read.push_str(&part);
                read.push(' ');
            }
        }
        sha256(read.as_bytes()).chars().take(16).collect()
    });
    format!("{FORM}-{probe}")
}
