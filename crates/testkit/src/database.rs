//! A schema of its own on the PostgreSQL server for tests, gone when dropped.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// A schema on the server for tests.
#[derive(Debug)]
pub struct Schema {
    name: String,
    url: String,
}

impl Schema {
    /// Makes one, if there is a server: the one that `SITREP_TEST_POSTGRES` names, else one on this machine. `None` where
    /// there is none; the test says `skipped:` then.
    ///
    /// # Panics
    /// Where a server is there and refuses: that is a failed test.
    pub fn make() -> Option<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let server = server()?;
        let name = format!("story_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        execute(server, &format!("CREATE SCHEMA {name}"));
        let url = format!("{server}?options=-csearch_path%3D{name}");
        Some(Self { name, url })
    }

    /// The address of the database, that leads into this schema.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Does to the schema what no program of ours would.
    ///
    /// # Panics
    /// Where the server refuses.
    pub fn tamper(&self, sql: &str) {
        if let Some(server) = server() {
            execute(server, &format!("SET search_path = {}; {sql}", self.name));
        }
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        if let Some(server) = server() {
            execute(server, &format!("DROP SCHEMA {} CASCADE", self.name));
        }
    }
}

/// The server for tests, if there is one.
fn server() -> Option<&'static str> {
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

#[allow(clippy::panic, reason = "for tests: a server that refuses is a failed test")]
fn execute(server: &str, sql: &str) {
    let done = postgres::Client::connect(server, postgres::NoTls).and_then(|mut client| client.batch_execute(sql));
    if let Err(error) = done {
        panic!("{sql}: {error}");
    }
}
