//! The store: one handle to the record, the blobs and the search index.

use crate::batch;
use crate::blobs::Blobs;
use crate::engine::Pool;
use crate::error::Error;
use crate::head::Head;
use crate::migrations;
use crate::operations::Operations;
use crate::private;
use crate::reader::Reader;
use crate::search::Search;
use crate::settings::{Database, Settings};
use crate::writer::Writer;
use jiff::Timestamp;
use sitrep_model::change::Change;
use sitrep_model::id::DeskId;
use std::path::PathBuf;
use std::sync::Arc;

/// One handle to a store; clones share it.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    pool: Pool,
    blobs: Blobs,
    head: Head,
    data: PathBuf,
    search: Search,
}

/// Who writes what, when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRequest {
    /// When.
    pub at: Timestamp,
    /// When we knew; `None` for the same moment.
    pub recorded: Option<Timestamp>,
    /// Who: an account's login, or `program:<part>`.
    pub who: String,
    /// What: the verb, `edition.publish`.
    pub verb: String,
    /// Why, in the person's words.
    pub why: Option<String>,
    /// The desk.
    pub desk: Option<DeskId>,
}

impl Store {
    /// Opens a store, makes it where it is missing, and brings an older one up to date. A newer one is refused.
    pub fn open(settings: &Settings) -> Result<Self, Error> {
        private::folder(&settings.data)?;
        let pool = match &settings.database {
            Database::Sqlite => Pool::sqlite(settings.data.join("sitrep.sqlite")),
            Database::Postgres(url) => Pool::postgres(url.clone()),
        };
        pool.once(migrations::migrate)?;
        let blobs = Blobs::open(settings)?;
        let inner = Inner {
            pool,
            blobs,
            head: Head::default(),
            data: settings.data.clone(),
            search: Search::new(settings.data.join("search")),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Reads from one snapshot.
    pub fn read<T, E: From<Error>>(&self, f: impl FnOnce(&mut Reader<'_>) -> Result<T, E>) -> Result<T, E> {
        self.inner.pool.read(|session| f(&mut Reader { session }))
    }

    /// One transaction, one change of the record: `None` where nothing was put. An error rolls all of it back. Once this
    /// returns, the change has reached the disk. Must not be called from within itself.
    pub fn change<T, E: From<Error>>(
        &self,
        request: ChangeRequest,
        f: impl FnOnce(&mut Writer<'_>) -> Result<T, E>,
    ) -> Result<(T, Option<Change>), E> {
        let (value, change) = self.inner.pool.write(|session| batch::written(session, request, f))?;
        if let Some(change) = &change {
            self.inner.head.saw(change.seq);
        }
        Ok((value, change))
    }

    /// One transaction on the operational tables, outside the record.
    pub fn operate<T, E: From<Error>>(&self, f: impl FnOnce(&mut Operations<'_>) -> Result<T, E>) -> Result<T, E> {
        self.inner.pool.write(|session| f(&mut Operations::new(Reader { session })))
    }

    /// The record's last place; 0 before the first change. It costs microseconds. On SQLite another process's change is
    /// seen at once; on PostgreSQL at most a second late, mostly 50 ms. This process's own changes are seen at once.
    pub fn head(&self) -> Result<u64, Error> {
        self.inner.head.now(&self.inner.pool)
    }

    /// The blobs.
    pub fn blobs(&self) -> &Blobs {
        &self.inner.blobs
    }

    /// The data directory.
    pub fn data(&self) -> &std::path::Path {
        &self.inner.data
    }

    /// Remembers a place of the record that was seen.
    pub(crate) fn saw(&self, seq: u64) {
        self.inner.head.saw(seq);
    }

    pub(crate) fn search_index(&self) -> &Search {
        &self.inner.search
    }

    pub(crate) fn pool(&self) -> &Pool {
        &self.inner.pool
    }
}
