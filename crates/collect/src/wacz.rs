//! Captures as one file that other programs replay: WACZ 1.1 (Web Archive Collection Zipped), a ZIP file that holds WARC
//! records, their index (CDXJ, in ZipNum blocks), a list of pages, and a manifest with the digest of each of them.

mod index;
mod manifest;
mod reading;
mod writing;

pub use index::surt;
pub use reading::{Archive, Checked};
pub use writing::{About, MOST_CAPTURES, Writer};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A page that a reader of the file begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Identifier: the capture's, where we wrote the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The address that answered.
    pub url: String,
    /// When.
    pub ts: Timestamp,
    /// Title as printed by the outlet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// Why a file is not written or not read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No ZIP file, or a damaged one.
    #[error("this is no WACZ file that can be read: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// A part that must be there.
    #[error("it has no {0}: it is no WACZ file, or was cut off")]
    Missing(&'static str),
    /// A part that says nothing that can be understood.
    #[error("its {part} can't be read: {why}")]
    Part {
        /// Its path.
        part: String,
        /// What is wrong.
        why: String,
    },
    /// More than is taken.
    #[error("it has more than {limit} {what}, which is refused: divide it")]
    TooMuch {
        /// Of what.
        what: &'static str,
        /// The most that is taken.
        limit: u64,
    },
    /// The records.
    #[error(transparent)]
    Records(#[from] crate::warc::Error),
    /// The file can't be written.
    #[error("writing stopped: {0}")]
    Writing(#[from] std::io::Error),
}

#[cfg(test)]
mod tests;
