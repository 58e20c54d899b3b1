//! Captures as WARC 1.1 records: one exchange is a response record (a revisit record, where an earlier capture has the
//! same body) and its request, each gzipped by itself, so that an index can point to either. Reading survives what other
//! programs wrote.

mod http;
mod reading;
mod requisites;
mod streaming;
mod writing;

pub use http::{Response, answered, response, response_after};
pub use reading::{Records, read, records};
pub use requisites::{PICTURE, PRINT, Requisites, requisites};
pub use streaming::{LARGEST_RECORD, Stream, stream};
pub use writing::{Exchange, Repeated, digest, info, write};

/// A record as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Where it begins: in the file, or in the stream that was compressed as a whole.
    pub offset: usize,
    /// What it holds: `response`, `request`, `warcinfo`, …
    pub kind: String,
    /// Named fields in order.
    pub fields: Vec<(String, String)>,
    /// The block as it was recorded.
    pub block: Vec<u8>,
}

impl Record {
    /// A named field, whatever the case of its name.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The address that it is about, without the brackets that some programs put around it.
    pub fn target(&self) -> Option<&str> {
        self.field("WARC-Target-URI").map(|uri| uri.trim().trim_start_matches('<').trim_end_matches('>'))
    }
}

/// Why an archive is not read, or not further.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Another format.
    #[error("this is not a WARC file ({0}): give one whose records begin with \"WARC/1\"")]
    NotWarc(&'static str),
    /// A record that does not begin as records do.
    #[error("at byte {offset} no record begins: the length of the record before it may be wrong")]
    NoRecord {
        /// Where it was expected.
        offset: usize,
    },
    /// A record whose fields can't be read.
    #[error("the record at byte {offset} has no usable {field}: it was cut off or written wrongly")]
    Field {
        /// Where the record begins.
        offset: usize,
        /// What is missing or unreadable.
        field: &'static str,
    },
    /// The file ends inside a record.
    #[error("the record at byte {offset} is cut off: {missing} bytes of it are missing")]
    CutOff {
        /// Where the record begins.
        offset: usize,
        /// How much is missing.
        missing: usize,
    },
    /// Compression that can't be undone.
    #[error("the compressed data at byte {offset} is damaged: {message}")]
    Compression {
        /// Where the compressed member begins.
        offset: usize,
        /// What the decompressor said.
        message: String,
    },
    /// More than is read.
    #[error("it holds more than {0} bytes when unpacked, which is refused: divide the archive")]
    TooLarge(usize),
    /// One record that is more than is read.
    #[error("the record of {target} holds {length} bytes, more than the {limit} that are read of one")]
    RecordTooLarge {
        /// What it is about.
        target: String,
        /// Its length as it says.
        length: u64,
        /// The most that is read.
        limit: u64,
    },
    /// The archive can't be read from where it is.
    #[error("reading stopped: {0}")]
    Reading(String),
    /// An answer without its body.
    #[error("the body is not in these records: they say that it was that of an earlier capture")]
    Repeats,
    /// No response in a capture.
    #[error("there is no HTTP response in these records")]
    NoResponse,
    /// A response whose head can't be read.
    #[error("the recorded response has no readable status line")]
    NoStatus,
}

#[cfg(test)]
mod tests;
