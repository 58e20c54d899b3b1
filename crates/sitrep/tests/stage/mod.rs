//! A place for an installation, gone when the test ends.
#![allow(dead_code, reason = "not every test binary asks for all of it")]

use serde_json::Value;
use sitrep_testkit::database::Schema;
use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The example desk.
pub(crate) const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../desks/iran");

/// A data directory, and the schema that goes with it.
pub(crate) struct Place {
    folder: tempfile::TempDir,
    schema: Option<Schema>,
    taken: OnceCell<Value>,
}

impl Place {
    pub(crate) fn sqlite() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), schema: None, taken: OnceCell::new() }
    }

    pub(crate) fn postgres(schema: Schema) -> Self {
        Self { schema: Some(schema), ..Self::sqlite() }
    }

    /// A folder for the test's own files.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The data directory.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The database's address; empty for SQLite.
    pub(crate) fn database(&self) -> &str {
        self.schema.as_ref().map_or("", Schema::url)
    }

    /// The command, to be given more.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sitrep"));
        command.args(arguments).env("SITREP_DATA", self.data()).env("SITREP_DATABASE", self.database());
        command
    }

    /// Exit code, and all that was said.
    pub(crate) fn run(&self, arguments: &[&str]) -> (i32, String) {
        let output = self.command(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        (output.status.code().unwrap_or(-1), said)
    }

    /// The JSON that a command prints that must go well.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let output = self.command(arguments).output().unwrap();
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {complaint}");
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {complaint}"))
    }

    /// An installation with the example desk.
    pub(crate) fn example(&self) {
        self.json(&["init", "--json"]);
        let taken = self.json(&["desk", "import", EXAMPLE, "--json"]);
        let _ = self.taken.set(taken["happenings"].clone());
    }

    /// What the example desk had.
    pub(crate) fn taken(&self) -> &Value {
        self.taken.get().unwrap()
    }

    /// The store's digest.
    pub(crate) fn digest(&self) -> String {
        self.json(&["verify", "--json"])["digest"].as_str().unwrap().to_owned()
    }

    /// Whether nothing is damaged.
    pub(crate) fn is_clean(&self) -> bool {
        self.json(&["verify", "--json"])["clean"] == true
    }
}

impl Place {
    /// The newsroom over this place's store, in this process.
    pub(crate) fn newsroom(&self, mail: std::net::SocketAddr) -> sitrep_newsroom::Newsroom {
        use sitrep_net::{FetchSettings, MailSettings, Security};
        use sitrep_store::{BlobSettings, Database, Settings, Store};
        let database = match self.database() {
            "" => Database::Sqlite,
            url => Database::Postgres(url.to_owned()),
        };
        let store = Store::open(&Settings { data: self.data(), database, blobs: BlobSettings::Files }).unwrap();
        let settings = sitrep_newsroom::Settings {
            base: "http://127.0.0.1:8080".to_owned(),
            fetch: FetchSettings::default(),
            mail: Some(MailSettings::new(mail.ip().to_string(), mail.port(), Security::Plain)),
            stamps: None,
            browser: sitrep_newsroom::Browser::find(None),
            clock: sitrep_newsroom::Clock::System(now),
        };
        sitrep_newsroom::Newsroom::open(store, settings).unwrap()
    }
}

#[allow(clippy::disallowed_methods, reason = "the binary beside which this runs has the machine's clock too")]
fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}
