//! Writing: all puts of one transaction become one change of the record.

use crate::canonical;
use crate::engine::{Session, values};
use crate::error::Error;
use crate::operations::Operations;
use crate::projection::Projection;
use crate::reader::Reader;
use crate::readmodel::{self, Written};
use crate::sql;
use crate::store::ChangeRequest;
use jiff::Timestamp;
use sitrep_model::change::{Change, Write};
use sitrep_model::{Kind, Noun};
use std::ops::{Deref, DerefMut};

/// What the writer takes the stored version to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// It is not there.
    New,
    /// It is this one.
    Version(u64),
    /// Whatever it is.
    Any,
}

/// Writes within one transaction, and reads what it wrote.
pub struct Writer<'s> {
    reader: Reader<'s>,
    request: ChangeRequest,
    /// The record's head, once something was written.
    head: Option<(u64, String)>,
    writes: Vec<Write>,
}

impl<'s> Deref for Writer<'s> {
    type Target = Reader<'s>;
    fn deref(&self) -> &Self::Target {
        &self.reader
    }
}

impl DerefMut for Writer<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.reader
    }
}

/// The version that stands.
struct Standing {
    version: u64,
    deleted: bool,
    sha256: String,
}

impl<'s> Writer<'s> {
    pub(crate) fn new(reader: Reader<'s>, request: ChangeRequest) -> Self {
        Self { reader, request, head: None, writes: Vec::new() }
    }

    /// Writes a version and gives its number. What equals the standing version makes no new one.
    pub fn put<N: Noun>(&mut self, value: &N, expected: Expected) -> Result<u64, Error> {
        let payload = canonical::of(value)?;
        let projection = Projection::of(value)?;
        let standing = self.standing(N::KIND, value.id(), expected)?;
        let sha256 = canonical::sha256(payload.as_bytes());
        if let Some(standing) = &standing
            && !standing.deleted
            && standing.sha256 == sha256
        {
            return Ok(standing.version);
        }
        if let (Some(digest), Some(key)) = (&projection.key_digest, &projection.key) {
            let rows = self.session.query(sql::version::HOLDER, &values![N::KIND.as_str(), digest.as_str()])?;
            if let Some(by) = rows.first().map(|row| row.text(0)).transpose()?.filter(|by| *by != value.id()) {
                return Err(Error::KeyTaken { kind: N::KIND, key: key.clone(), by: by.to_owned() });
            }
        }
        let version = standing.map_or(0, |standing| standing.version) + 1;
        let write = Write { kind: N::KIND, id: value.id().to_owned(), version, sha256, deleted: false };
        self.append(write, &payload, Some(&projection))?;
        Ok(version)
    }

    /// Writes that an object is gone from here on. Its earlier versions stay.
    pub fn delete(&mut self, kind: Kind, id: &str, expected: Expected) -> Result<(), Error> {
        match self.standing(kind, id, expected)? {
            Some(standing) if !standing.deleted => {
                let sha256 = canonical::sha256(b"");
                let write = Write { kind, id: id.to_owned(), version: standing.version + 1, sha256, deleted: true };
                self.append(write, "", None)
            }
            _ => Ok(()),
        }
    }

    /// The operational tables within this same transaction: a job queued here is queued exactly when the change is.
    pub fn operations(&mut self) -> Operations<'_> {
        Operations::new(Reader { session: self.reader.session })
    }

    /// When the request says it is.
    pub fn at(&self) -> Timestamp {
        self.request.at
    }

    fn standing(&mut self, kind: Kind, id: &str, expected: Expected) -> Result<Option<Standing>, Error> {
        // The record is locked before the first look, so that what is seen is what is written on.
        if self.head.is_none() {
            self.session.lock_record()?;
            self.head = Some(self.reader.head()?);
        }
        let rows = self.session.query(sql::version::LAST, &values![kind.as_str(), id])?;
        let standing = match rows.first() {
            Some(row) => {
                Some(Standing { version: row.unsigned(0)?, deleted: row.flag(2)?, sha256: row.text(3)?.to_owned() })
            }
            None => None,
        };
        let found = standing.as_ref().filter(|standing| !standing.deleted).map_or(0, |standing| standing.version);
        let wanted = match expected {
            Expected::New => 0,
            Expected::Version(version) => version,
            Expected::Any => found,
        };
        if wanted != found {
            return Err(Error::Stale { kind, id: id.to_owned(), expected: wanted, found });
        }
        Ok(standing)
    }

    fn append(&mut self, write: Write, payload: &str, projection: Option<&Projection>) -> Result<(), Error> {
        let seq = self.head.as_ref().map_or(0, |(seq, _)| *seq) + 1;
        let ordinal = self.writes.len() as u64;
        let recorded = self.request.recorded.unwrap_or(self.request.at);
        append_write(self.session, seq, ordinal, &write, payload)?;
        readmodel::apply(
            self.session,
            &Written { seq, ordinal, kind: write.kind, id: &write.id, version: write.version, recorded, projection },
        )?;
        self.writes.push(write);
        Ok(())
    }

    /// Ends the change: `None` where nothing was written.
    pub(crate) fn finish(mut self) -> Result<Option<Change>, Error> {
        let Some((seq, previous)) = self.head.take() else { return Ok(None) };
        if self.writes.is_empty() {
            return Ok(None);
        }
        let request = self.request;
        let mut change = Change {
            seq: seq + 1,
            at: whole_microseconds(request.at)?,
            recorded: whole_microseconds(request.recorded.unwrap_or(request.at))?,
            who: request.who,
            verb: request.verb,
            why: request.why,
            desk: request.desk,
            writes: self.writes,
            previous,
            hash: String::new(),
        };
        change.hash = canonical::change_hash(&change)?;
        append_change(self.reader.session, &change)?;
        Ok(Some(change))
    }
}

/// Enters one write and its payload into the record.
pub(crate) fn append_write(
    session: &mut Session,
    seq: u64,
    ordinal: u64,
    write: &Write,
    payload: &str,
) -> Result<(), Error> {
    let (kind, id, sha256) = (write.kind.as_str(), write.id.as_str(), write.sha256.as_str());
    session.execute(
        sql::record::APPEND_WRITE,
        &values![seq, ordinal, kind, id, write.version, sha256, write.deleted, payload],
    )?;
    Ok(())
}

/// Enters a change, whose writes are entered already, into the record.
pub(crate) fn append_change(session: &mut Session, change: &Change) -> Result<(), Error> {
    session.execute(
        sql::record::APPEND,
        &values![
            change.seq,
            change.at,
            change.recorded,
            change.who.as_str(),
            change.verb.as_str(),
            change.why.as_deref(),
            change.desk.as_ref().map(sitrep_model::id::DeskId::as_str),
            change.previous.as_str(),
            change.hash.as_str()
        ],
    )?;
    Ok(())
}

/// Times are stored, and so hashed, in whole microseconds.
fn whole_microseconds(at: Timestamp) -> Result<Timestamp, Error> {
    Timestamp::from_microsecond(at.as_microsecond()).map_err(|e| Error::Invalid(e.to_string()))
}
