//! Records out of an archive: gzipped one by one, gzipped as a whole, or plain.

use super::{Error, Record};
use flate2::bufread::GzDecoder;
use std::collections::VecDeque;
use std::io::Read;

/// Bytes of one archive when unpacked, at most.
const LARGEST: usize = 512 * 1024 * 1024;

/// Bytes of a record's fields, at most.
const LONGEST_HEAD: usize = 1024 * 1024;

/// All records of an archive; the first fault ends it.
pub fn read(bytes: &[u8]) -> Result<Vec<Record>, Error> {
    records(bytes).collect()
}

/// The records of an archive one by one. A damaged record is an error and the next one follows, where it can be found.
pub fn records(bytes: &[u8]) -> Records<'_> {
    Records { bytes, at: 0, unpacked: 0, ready: VecDeque::new(), plain: None, first: true }
}

/// See [`records`].
pub struct Records<'a> {
    bytes: &'a [u8],
    at: usize,
    unpacked: usize,
    ready: VecDeque<Result<Record, Error>>,
    /// Where the next record of an archive that is not compressed begins.
    plain: Option<usize>,
    first: bool,
}

impl Iterator for Records<'_> {
    type Item = Result<Record, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if std::mem::take(&mut self.first) {
            if let Some(other) = other_format(self.bytes) {
                self.at = self.bytes.len();
                return Some(Err(Error::NotWarc(other)));
            }
            self.plain = (!self.bytes.starts_with(b"\x1f\x8b")).then_some(0);
        }
        if let Some(at) = self.plain {
            let (record, next) = next_record(self.bytes, at, 0)?;
            self.plain = Some(next);
            return Some(record);
        }
        loop {
            if let Some(record) = self.ready.pop_front() {
                return Some(record);
            }
            if self.at >= self.bytes.len() {
                return None;
            }
            self.unpack();
        }
    }
}

impl Records<'_> {
    /// Unpacks the next gzip member and reads the records in it.
    fn unpack(&mut self) {
        let start = self.at;
        let rest = &self.bytes[start..];
        if !rest.starts_with(b"\x1f\x8b") {
            let next = next_member(rest, 0);
            if rest[..next].iter().any(|byte| !byte.is_ascii_whitespace() && *byte != 0) {
                self.ready.push_back(Err(Error::NoRecord { offset: start }));
            }
            self.at = start + next;
            return;
        }
        let mut decoder = GzDecoder::new(rest);
        let mut unpacked = Vec::new();
        let left = LARGEST.saturating_sub(self.unpacked);
        let outcome = decoder.by_ref().take(left as u64 + 1).read_to_end(&mut unpacked);
        self.unpacked = self.unpacked.saturating_add(unpacked.len());
        if unpacked.len() > left {
            self.at = self.bytes.len();
            self.ready.push_back(Err(Error::TooLarge(LARGEST)));
            return;
        }
        self.at = match &outcome {
            Ok(_) => self.bytes.len() - decoder.get_ref().len(),
            // Damaged: go on with what looks like the next member.
            Err(_) => start + next_member(rest, 2),
        };
        let mut at = 0;
        while let Some((record, next)) = next_record(&unpacked, at, start) {
            at = next;
            self.ready.push_back(record);
        }
        if let Err(error) = outcome {
            if matches!(self.ready.back(), Some(Err(Error::CutOff { .. }))) {
                self.ready.pop_back();
            }
            self.ready.push_back(Err(Error::Compression { offset: start, message: error.to_string() }));
        }
    }
}

fn other_format(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"PK\x03\x04") {
        Some("a ZIP archive, perhaps WACZ")
    } else if bytes.starts_with(b"filedesc://") {
        Some("an ARC file")
    } else if bytes.iter().all(u8::is_ascii_whitespace) {
        Some("nothing at all")
    } else if bytes.starts_with(b"\x1f\x8b") {
        let mut head = [0; 11];
        let read = GzDecoder::new(bytes).read(&mut head).unwrap_or(0);
        head[..read].starts_with(b"filedesc://").then_some("an ARC file")
    } else {
        let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0);
        (!bytes[start..].starts_with(b"WARC/")).then_some("something else")
    }
}

fn next_member(bytes: &[u8], from: usize) -> usize {
    let found = bytes.get(from..).and_then(|rest| rest.windows(3).position(|window| window == b"\x1f\x8b\x08"));
    found.map_or(bytes.len(), |at| at + from)
}

/// The record at or behind a position, and where the next one may begin; `None` at the end.
fn next_record(bytes: &[u8], at: usize, base: usize) -> Option<(Result<Record, Error>, usize)> {
    let blank = bytes.get(at..)?.iter().position(|byte| !matches!(byte, b'\r' | b'\n'))?;
    let start = at + blank;
    // Inside a compressed member its own place in the file counts.
    let offset = if base == 0 { start } else { base };
    if !bytes[start..].starts_with(b"WARC/") {
        return Some((Err(Error::NoRecord { offset }), resume(bytes, start + 1)));
    }
    let (fields, block) = match fields(bytes, start) {
        Some(read) => read,
        None => return Some((Err(Error::Field { offset, field: "end of its fields" }), resume(bytes, start + 5))),
    };
    let field =
        |name: &str| fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str());
    let Some(length) = field("Content-Length").and_then(|value| value.trim().parse::<usize>().ok()) else {
        return Some((Err(Error::Field { offset, field: "Content-Length" }), resume(bytes, block)));
    };
    let Some(kind) = field("WARC-Type").map(str::to_ascii_lowercase) else {
        return Some((Err(Error::Field { offset, field: "WARC-Type" }), resume(bytes, block)));
    };
    let Some(found) = block.checked_add(length).and_then(|end| bytes.get(block..end)) else {
        let missing = length.saturating_sub(bytes.len() - block);
        return Some((Err(Error::CutOff { offset, missing }), resume(bytes, block)));
    };
    Some((Ok(Record { offset, kind, fields, block: found.to_vec() }), block + length))
}

/// Where the next record seems to begin.
fn resume(bytes: &[u8], from: usize) -> usize {
    let found = bytes.get(from..).and_then(|rest| rest.windows(8).position(|window| window.starts_with(b"\nWARC/1.")));
    found.map_or(bytes.len(), |at| from + at)
}

/// The named fields of a record, and where its block begins. A line that begins with a blank goes on with the value
/// before it.
pub(super) fn fields(bytes: &[u8], start: usize) -> Option<(Vec<(String, String)>, usize)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut at = start;
    let mut first = true;
    loop {
        let rest = bytes.get(at..)?;
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        if at - start > LONGEST_HEAD {
            return None;
        }
        at += end + 1;
        let line = String::from_utf8_lossy(&rest[..end]);
        let line = line.trim_end_matches('\r');
        if std::mem::take(&mut first) {
            continue;
        }
        if line.is_empty() {
            return Some((fields, at));
        }
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
}
