//! Records out of an archive of any length, one in memory at a time: gzipped one by one, gzipped as a whole, or plain.
//!
//! What is damaged inside a compressed archive ends the reading, for a stream can't be searched again; [`super::records`]
//! finds what follows, where the whole archive is at hand.

use super::reading::fields;
use super::{Error, Record};
use flate2::bufread::GzDecoder;
use std::io::{self, BufRead, BufReader, Read};

/// Bytes of one record's block, at most.
pub const LARGEST_RECORD: u64 = 128 * 1024 * 1024;

/// Bytes of a record's fields, at most.
const LONGEST_HEAD: u64 = 1024 * 1024;

/// Line breaks between records, at most.
const MOST_BLANK: u64 = 64 * 1024;

/// The records of an archive, in order. A record that is too large is an error and the next one follows; any other error
/// ends the reading.
pub fn stream<R: BufRead>(from: R) -> Stream<R> {
    Stream { from: Some(From::Start(Counted { inner: from, at: 0 })), first: true }
}

/// See [`stream`].
pub struct Stream<R: BufRead> {
    from: Option<From<R>>,
    first: bool,
}

enum From<R: BufRead> {
    Start(Counted<R>),
    Plain(Counted<R>),
    /// A gzip member, and where it begins.
    Packed(Box<BufReader<GzDecoder<Counted<R>>>>, usize),
}

/// A reader that knows how far it came.
struct Counted<R> {
    inner: R,
    at: usize,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.at += read;
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount;
        self.inner.consume(amount);
    }
}

impl<R: BufRead> Iterator for Stream<R> {
    type Item = Result<Record, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut from = self.from.take()?;
        loop {
            let (again, found) = match from {
                From::Start(mut start) => match packed(&mut start) {
                    Ok(None) => return None,
                    Ok(Some(true)) => {
                        let at = start.at;
                        (From::Packed(Box::new(BufReader::new(GzDecoder::new(start))), at), None)
                    }
                    Ok(Some(false)) if self.first => (From::Plain(start), None),
                    Ok(Some(false)) => return Some(Err(Error::NoRecord { offset: start.at })),
                    Err(error) => return Some(Err(reading(&error))),
                },
                From::Plain(mut plain) => {
                    let at = plain.at;
                    match record(&mut plain, at, self.first) {
                        Ok(None) => return None,
                        Ok(Some(found)) => (From::Plain(plain), Some(found)),
                        Err(error) => return Some(Err(error)),
                    }
                }
                From::Packed(mut member, at) => match record(&mut *member, at, self.first) {
                    Ok(None) => (From::Start(member.into_inner().into_inner()), None),
                    Ok(Some(found)) => (From::Packed(member, at), Some(found)),
                    Err(error) => return Some(Err(error)),
                },
            };
            from = again;
            if let Some(found) = found {
                self.first = false;
                self.from = Some(from);
                return Some(found);
            }
        }
    }
}

/// Whether a gzip member follows; `None` at the end. Padding between members is passed over.
fn packed(from: &mut impl BufRead) -> io::Result<Option<bool>> {
    let mut passed = 0_u64;
    loop {
        let ahead = from.fill_buf()?;
        let Some(first) = ahead.first().copied() else { return Ok(None) };
        let padding = ahead.iter().take_while(|byte| matches!(byte, 0 | b'\r' | b'\n')).count();
        if padding == 0 || passed > MOST_BLANK {
            return Ok(Some(first == 0x1f));
        }
        passed += padding as u64;
        from.consume(padding);
    }
}

/// The next record; `None` at the end. The inner result is that of a record which is left out.
fn record(from: &mut impl BufRead, offset: usize, first: bool) -> Result<Option<Result<Record, Error>>, Error> {
    if packed(from).map_err(|error| reading(&error))?.is_none() {
        return Ok(None);
    }
    let head = head(from, offset, first)?;
    let fault = |field| Error::Field { offset, field };
    let (fields, _) = fields(&head, 0).ok_or_else(|| fault("end of its fields"))?;
    let mut record = Record { offset, kind: String::new(), fields, block: Vec::new() };
    record.kind = record.field("WARC-Type").map(str::to_ascii_lowercase).ok_or_else(|| fault("WARC-Type"))?;
    let length = record.field("Content-Length").and_then(|value| value.trim().parse::<u64>().ok());
    let length = length.ok_or_else(|| fault("Content-Length"))?;
    if length > LARGEST_RECORD {
        let passed = io::copy(&mut from.take(length), &mut io::sink()).map_err(|error| reading(&error))?;
        whole(offset, length, passed)?;
        let target = record.target().unwrap_or("(no address)").chars().take(200).collect();
        return Ok(Some(Err(Error::RecordTooLarge { target, length, limit: LARGEST_RECORD })));
    }
    let read = from.take(length).read_to_end(&mut record.block).map_err(|error| reading(&error))?;
    whole(offset, length, read as u64)?;
    Ok(Some(Ok(record)))
}

/// The lines up to the blank one.
fn head(from: &mut impl BufRead, offset: usize, first: bool) -> Result<Vec<u8>, Error> {
    let mut head = Vec::new();
    loop {
        let before = head.len();
        let left = LONGEST_HEAD.saturating_sub(before as u64);
        from.take(left).read_until(b'\n', &mut head).map_err(|error| reading(&error))?;
        if before == 0 && !head.starts_with(b"WARC/") {
            let other = Error::NotWarc("something else");
            return Err(if first { other } else { Error::NoRecord { offset } });
        }
        // Nothing more came: the end stands within the fields.
        if head.len() == before || !head.ends_with(b"\n") {
            return Err(Error::Field { offset, field: "end of its fields" });
        }
        if matches!(&head[before..], b"\n" | b"\r\n") {
            return Ok(head);
        }
    }
}

fn whole(offset: usize, length: u64, read: u64) -> Result<(), Error> {
    let missing = usize::try_from(length.saturating_sub(read)).unwrap_or(usize::MAX);
    if missing == 0 { Ok(()) } else { Err(Error::CutOff { offset, missing }) }
}

fn reading(error: &io::Error) -> Error {
    Error::Reading(error.to_string())
}
