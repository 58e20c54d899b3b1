//! The only SQL: one append-only, hash-chained record of changes, the versions and links made from it, operational
//! tables, blobs, and the search index; and the backups of all of it.
//!
//! This crate must not know: who may do what, HTTP, the clock. Times come with each request. Calls block: async
//! callers wrap them in `spawn_blocking`.

mod archive_file;
mod backup;
mod batch;
mod blobs;
mod canonical;
mod chain;
mod digest;
mod engine;
mod error;
mod head;
mod migrations;
mod operations;
mod private;
mod projection;
mod query;
mod reader;
mod readmodel;
mod rebuild;
mod search;
mod settings;
mod sql;
mod store;
mod verify;
mod writer;

pub use archive_file::{ArchiveFile, Cell, Column, Table};
pub use backup::{BackupCheck, BackupCounts, FileSeal, Manifest, RestoreReport, Tables, check_backup};
pub use batch::Batch;
pub use blobs::Blobs;
pub use error::Error;
pub use operations::{Job, JobInfo, Operations};
pub use query::{Cursor, Order, Page, Query, Versioned};
pub use reader::{Backlink, Named, Outline, Reader, VersionInfo};
pub use rebuild::RebuildReport;
pub use search::{Hit, Reading, SearchQuery, SearchReport, SearchResults};
#[cfg(feature = "s3")]
pub use settings::S3Settings;
pub use settings::{BlobSettings, Database, Settings};
pub use store::{ChangeRequest, Store};
pub use verify::{Damage, VerifyReport};
pub use writer::{Expected, Writer};

/// A digest of a whole store: SHA-256, lower-case hex.
pub type Digest = String;
