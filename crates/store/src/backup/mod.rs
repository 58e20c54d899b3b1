//! Backups: a whole installation as one folder of plain files, from either database and for either database.
//!
//! The same folder is what saves an installation ([`Store::backup`](crate::Store::backup) and [`Store::restore`](crate::Store::restore)) and what carries it from
//! SQLite to PostgreSQL or back ([`Store::backup`](crate::Store::backup) and [`Store::import`](crate::Store::import)): one format and one way through the code, so
//! that every backup proves that the move works, and the other way round. Only the record is carried; versions and links
//! are made from it again and their digest compared.
//!
//! ```text
//! manifest.json      format, the store's version, the record's head and digest, counts, length and SHA-256 of each file
//!                    below, what was missing already; sealed by the SHA-256 of its own canonical form without `seal`
//! record.jsonl       a line per change, in order: {"change": {…}, "payloads": ["…", …]}; payloads stand as they were hashed
//! operations.jsonl   a line per row beside the record: {"vault": …}, {"token": …} or {"job": …}; bytes in hex
//! blobs.txt          a line per blob, in order: its SHA-256, its length
//! blobs/ab/cdef…     the blobs
//! ```
//!
//! The record is not compressed: the file of a later backup begins with the bytes of the earlier one, which is what
//! programs that keep many backups make use of. The folder holds secrets and addresses: only its owner may read it.

mod check;
mod load;
mod make;
mod manifest;

pub use check::{BackupCheck, check_backup};
pub use load::{RestoreReport, Tables};
pub use manifest::{BackupCounts, FileSeal, Manifest};

/// The format that this program writes.
pub(crate) const FORMAT: u64 = 1;
/// The record's file.
pub(crate) const RECORD: &str = "record.jsonl";
/// The file of what stands beside the record.
pub(crate) const OPERATIONS: &str = "operations.jsonl";
/// The list of blobs.
pub(crate) const BLOBS: &str = "blobs.txt";
/// The blobs' folder.
pub(crate) const BLOB_FOLDER: &str = "blobs";
/// Changes written or read between two words of progress.
pub(crate) const BATCH: usize = 200;
