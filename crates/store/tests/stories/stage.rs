//! A store for one story, gone when the story ends.

use sitrep_model::change::Change;
use sitrep_store::{BlobSettings, ChangeRequest, Database, Error, Expected, Settings, Store, Writer};
use sitrep_testkit::database::Schema;

/// A store, the folder it is in, and the schema it has on a server.
pub(crate) struct Stage {
    pub(crate) store: Store,
    pub(crate) settings: Settings,
    schema: Option<Schema>,
    _folder: tempfile::TempDir,
}

impl Stage {
    pub(crate) fn sqlite() -> Self {
        Self::at(Database::Sqlite, None)
    }

    /// A schema of its own on the server, if there is a server.
    pub(crate) fn postgres() -> Option<Self> {
        let schema = Schema::make()?;
        Some(Self::at(Database::Postgres(schema.url().to_owned()), Some(schema)))
    }

    /// Another, empty one on the other database; on the same where there is only one.
    pub(crate) fn other(&self) -> Self {
        if self.schema.is_some() { Self::sqlite() } else { Self::postgres().unwrap_or_else(Self::sqlite) }
    }

    /// Another, empty one on the same database.
    pub(crate) fn same(&self) -> Self {
        if self.schema.is_some() { Self::postgres().unwrap() } else { Self::sqlite() }
    }

    fn at(database: Database, schema: Option<Schema>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings { data: folder.path().join("data"), database, blobs: BlobSettings::Files };
        let store = Store::open(&settings).unwrap();
        Self { store, settings, schema, _folder: folder }
    }

    /// The store opened once more, as another process would.
    pub(crate) fn again(&self) -> Store {
        Store::open(&self.settings).unwrap()
    }

    /// One change at a second of the story.
    pub(crate) fn change<T>(
        &self,
        second: i64,
        f: impl FnOnce(&mut Writer<'_>) -> Result<T, Error>,
    ) -> Result<(T, Option<Change>), Error> {
        self.store.change(request(second), f)
    }

    /// Writes one object, whatever stood there.
    pub(crate) fn put<N: sitrep_model::Noun>(&self, second: i64, noun: &N) -> u64 {
        self.change(second, |writer| writer.put(noun, Expected::Any)).unwrap().0
    }

    /// Does to the database what no program of ours would.
    pub(crate) fn tamper(&self, sql: &str) {
        match &self.schema {
            Some(schema) => schema.tamper(sql),
            None => {
                let connection = rusqlite::Connection::open(self.settings.data.join("sitrep.sqlite")).unwrap();
                connection.execute_batch(sql).unwrap();
            }
        }
    }
}

/// Who changes what at a second of the story.
pub(crate) fn request(second: i64) -> ChangeRequest {
    ChangeRequest {
        at: crate::made::at(second),
        recorded: None,
        who: "teller".to_owned(),
        verb: "story.tell".to_owned(),
        why: Some("to see".to_owned()),
        desk: Some("iran".into()),
    }
}
