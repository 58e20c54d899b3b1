//! A store for one story, gone when the story ends.

use sitrep_model::change::Change;
use sitrep_store::{BlobSettings, ChangeRequest, Database, Error, Expected, Settings, Store, Writer};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// A store, the folder it is in, and the schema it has on a server.
pub(crate) struct Stage {
    pub(crate) store: Store,
    pub(crate) settings: Settings,
    schema: Option<String>,
    _folder: tempfile::TempDir,
}

impl Stage {
    pub(crate) fn sqlite() -> Self {
        Self::at(Database::Sqlite, None)
    }

    /// A schema of its own on the server, if there is a server.
    pub(crate) fn postgres() -> Option<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let server = server()?;
        let schema = format!("story_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        execute(&format!("CREATE SCHEMA {schema}"));
        let url = format!("{server}?options=-csearch_path%3D{schema}");
        Some(Self::at(Database::Postgres(url), Some(schema)))
    }

    /// Another, empty one on the other database; on the same where there is only one.
    pub(crate) fn other(&self) -> Self {
        if self.schema.is_some() { Self::sqlite() } else { Self::postgres().unwrap_or_else(Self::sqlite) }
    }

    /// Another, empty one on the same database.
    pub(crate) fn same(&self) -> Self {
        if self.schema.is_some() { Self::postgres().unwrap() } else { Self::sqlite() }
    }

    fn at(database: Database, schema: Option<String>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings { data: folder.path().join("data"), database, blobs: BlobSettings::Files };
        let store = Store::open(&settings).unwrap();
        Self { store, settings, schema, _folder: folder }
    }

    /// Whether another process shares a server with it rather than a file.
    pub(crate) fn is_on_a_server(&self) -> bool {
        self.schema.is_some()
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
            Some(schema) => execute(&format!("SET search_path = {schema}; {sql}")),
            None => {
                let connection = rusqlite::Connection::open(self.settings.data.join("sitrep.sqlite")).unwrap();
                connection.execute_batch(sql).unwrap();
            }
        }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Some(schema) = &self.schema {
            execute(&format!("DROP SCHEMA {schema} CASCADE"));
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

/// The server for tests, if there is one.
pub(crate) fn server() -> Option<&'static str> {
    static SERVER: OnceLock<Option<String>> = OnceLock::new();
    let found = SERVER.get_or_init(|| match std::env::var("SITREP_TEST_POSTGRES") {
        Ok(url) => Some(url),
        Err(_) => ["root", "postgres"]
            .map(|user| format!("postgres://{user}@127.0.0.1:5432/test"))
            .into_iter()
            .find(|url| postgres::Client::connect(url, postgres::NoTls).is_ok()),
    });
    found.as_deref()
}

fn execute(sql: &str) {
    let mut client = postgres::Client::connect(server().unwrap(), postgres::NoTls).unwrap();
    client.batch_execute(sql).unwrap();
}
