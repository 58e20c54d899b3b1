//! What can go wrong with the store, said to the person who meets it.

use crate::verify::Damage;
use sitrep_model::Kind;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// What went wrong.
#[derive(Debug, Error)]
pub enum Error {
    /// The object changed since it was read. Version 0 means it is not there.
    #[error("{} {id} is at version {found}, not at {expected}: read it again and repeat the change", kind.as_str())]
    Stale {
        /// Kind of the object.
        kind: Kind,
        /// Its id.
        id: String,
        /// The version the change was made for; 0 for none.
        expected: u64,
        /// The version that is there; 0 for none.
        found: u64,
    },
    /// Another object of this kind has this key in this desk.
    #[error("another {} already has the key {key:?}: {by}", kind.as_str())]
    KeyTaken {
        /// Kind of the object.
        kind: Kind,
        /// The key.
        key: String,
        /// Id of the object that has it.
        by: String,
    },
    /// The store was written by a newer program.
    #[error(
        "this store is at version {found}, and this program knows versions up to {known}: install the newer program"
    )]
    Newer {
        /// The store's version.
        found: u64,
        /// The last version this program knows.
        known: u64,
    },
    /// The database refused or could not be reached.
    #[error("the database: {0}")]
    Database(String),
    /// The file system refused.
    #[error("{}: {source}", path.display())]
    File {
        /// Which file or directory.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The server that keeps the blobs refused or could not be reached.
    #[error("the blobs at {place}: {fault}")]
    BlobStorage {
        /// Server and bucket.
        place: String,
        /// Why.
        fault: String,
    },
    /// Something stored does not read as what it should be.
    #[error("damaged at {place}: {fault}; `sitrep verify` names all that is damaged")]
    Damaged {
        /// Where.
        place: String,
        /// What is wrong.
        fault: String,
    },
    /// A backup is taken into an empty installation only.
    #[error("this installation is not empty: {0}; take the backup into a new one")]
    NotEmpty(String),
    /// The backup was written by a newer program.
    #[error("backup {}: it has form {found}, and this program knows forms up to {known}: install the newer program", path.display())]
    NewerBackup {
        /// The backup.
        path: PathBuf,
        /// Its form.
        found: u64,
        /// The last form this program knows.
        known: u64,
    },
    /// Something in the backup is not as its manifest says.
    #[error("backup {} is damaged in {damaged} places: {}; nothing was taken in, use another backup", path.display(), named(damage))]
    BackupDamaged {
        /// The backup.
        path: PathBuf,
        /// What is damaged, as far as it is named.
        damage: Vec<Damage>,
        /// How many damages in all.
        damaged: u64,
    },
    /// What was asked for makes no sense.
    #[error("{0}")]
    Invalid(String),
    /// The search index refused.
    #[error("the search index: {0}; it can be deleted and is made again")]
    Search(String),
}

/// The first few damages, for one line.
fn named(damage: &[Damage]) -> String {
    let mut named: Vec<String> =
        damage.iter().take(5).map(|damage| format!("{}: {}", damage.place, damage.fault)).collect();
    if damage.len() > named.len() {
        named.push("…".to_owned());
    }
    named.join("; ")
}

impl Error {
    pub(crate) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }

    pub(crate) fn damaged(place: impl Into<String>, fault: impl Into<String>) -> Self {
        Self::Damaged { place: place.into(), fault: fault.into() }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error.to_string())
    }
}

impl From<postgres::Error> for Error {
    fn from(error: postgres::Error) -> Self {
        match error.as_db_error() {
            Some(db) => Self::Database(format!("{} ({})", db.message(), db.code().code())),
            None => Self::Database(error.to_string()),
        }
    }
}

impl From<tantivy::TantivyError> for Error {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Search(error.to_string())
    }
}
