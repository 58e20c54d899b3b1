//! Questions to one snapshot.

use crate::engine::{Row, Session, values};
use crate::error::Error;
use crate::projection::key_digest;
use crate::query::{self, Columns, Page, Query, Versioned};
use crate::sql;
use jiff::Timestamp;
use sitrep_model::change::{Change, Write};
use sitrep_model::id::DeskId;
use sitrep_model::{Kind, Link, Noun};

/// Reads from one snapshot of the store.
pub struct Reader<'s> {
    pub(crate) session: &'s mut Session,
}

/// One version in an object's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionInfo {
    /// From 1.
    pub version: u64,
    /// The change that wrote it.
    pub seq: u64,
    /// When it was written.
    pub at: Timestamp,
    /// Since when we knew it so.
    pub recorded: Timestamp,
    /// Who wrote it.
    pub who: String,
    /// By which verb.
    pub verb: String,
    /// Why.
    pub why: Option<String>,
    /// It is a deletion.
    pub deleted: bool,
    /// The state it was in, where its kind has states.
    pub status: Option<String>,
}

/// One version as lists know it, without what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// The object.
    pub id: String,
    /// From 1.
    pub version: u64,
    /// When it was written.
    pub at: Timestamp,
    /// The state it was in, where its kind has states.
    pub status: Option<String>,
    /// Since when we knew it so.
    pub recorded: Timestamp,
    /// Until when we knew it so; nothing where we still do.
    pub until: Option<Timestamp>,
    /// It is a deletion.
    pub deleted: bool,
}

/// An object as lists name it, without what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The object.
    pub id: String,
    /// From 1.
    pub version: u64,
    /// Its natural key, where its kind has one.
    pub key: Option<String>,
    /// Its title.
    pub title: String,
    /// Its state, where its kind has states.
    pub status: Option<String>,
}

/// A thread that ends here.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Backlink {
    /// What this object is to the other.
    pub role: String,
    /// Kind of the object the thread starts from.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// The part of it that the thread starts from.
    pub anchor: Option<String>,
}

impl Reader<'_> {
    /// The object as it is now.
    pub fn get<N: Noun>(&mut self, id: &str) -> Result<Option<Versioned<N>>, Error> {
        self.one(sql::version::CURRENT, &values![N::KIND.as_str(), id])
    }

    /// The object as it was known at a moment of recorded time.
    pub fn get_as_of<N: Noun>(&mut self, id: &str, at: Timestamp) -> Result<Option<Versioned<N>>, Error> {
        self.one(sql::version::AS_OF, &values![N::KIND.as_str(), id, at])
    }

    /// One version of the object; `None` for a deletion.
    pub fn get_version<N: Noun>(&mut self, id: &str, version: u64) -> Result<Option<Versioned<N>>, Error> {
        self.one(sql::version::ONE, &values![N::KIND.as_str(), id, version])
    }

    /// The object that has this natural key in this desk.
    pub fn by_key<N: Noun>(&mut self, desk: Option<&DeskId>, key: &str) -> Result<Option<Versioned<N>>, Error> {
        let digest = key_digest(desk.map(DeskId::as_str), &key.replace('\0', "\u{FFFD}"));
        self.one(sql::version::BY_KEY, &values![N::KIND.as_str(), digest])
    }

    /// The id of the object that has this natural key in this desk.
    pub fn id_by_key(&mut self, kind: Kind, desk: Option<&DeskId>, key: &str) -> Result<Option<String>, Error> {
        let digest = key_digest(desk.map(DeskId::as_str), &key.replace('\0', "\u{FFFD}"));
        let rows = self.session.query(sql::version::HOLDER, &values![kind.as_str(), digest])?;
        rows.first().map(|row| Ok(row.text(0)?.to_owned())).transpose()
    }

    fn one<N: Noun>(&mut self, sql: &str, values: &[crate::engine::Value]) -> Result<Option<Versioned<N>>, Error> {
        self.session.query(sql, values)?.first().map(versioned).transpose()
    }

    /// One page of a list.
    pub fn list<N: Noun>(&mut self, query: &Query) -> Result<Page<Versioned<N>>, Error> {
        let statement = query::list(N::KIND, query, Columns::Whole)?;
        let mut rows = self.session.query(&statement.sql, &statement.values)?;
        let more = rows.len() > query.limit;
        rows.truncate(query.limit);
        let next = match rows.last() {
            Some(last) if more => Some(query::cursor(query.order, last.integer(4)?, last.text(5)?, last.text(6)?)),
            _ => None,
        };
        Ok(Page { items: rows.iter().map(versioned).collect::<Result<_, _>>()?, next })
    }

    /// The objects of a list's first page, as lists name them.
    pub fn named_list(&mut self, kind: Kind, query: &Query) -> Result<Vec<Named>, Error> {
        let statement = query::list(kind, query, Columns::Named)?;
        let rows = self.session.query(&statement.sql, &statement.values)?;
        rows.iter().take(query.limit).map(named).collect()
    }

    /// An object as lists name it: now, or as known at a moment.
    pub fn named(&mut self, kind: Kind, id: &str, as_of: Option<Timestamp>) -> Result<Option<Named>, Error> {
        let rows = match as_of {
            None => self.session.query(sql::version::NAMED, &values![kind.as_str(), id])?,
            Some(at) => self.session.query(sql::version::NAMED_THEN, &values![kind.as_str(), id, at])?,
        };
        rows.first().map(named).transpose()
    }

    /// How many objects a list would have on all its pages.
    pub fn count<N: Noun>(&mut self, query: &Query) -> Result<u64, Error> {
        let statement = query::count(N::KIND, query);
        let rows = self.session.query(&statement.sql, &statement.values)?;
        rows.first().map_or(Ok(0), |row| row.unsigned(0))
    }

    /// Every version of an object, oldest first.
    pub fn history(&mut self, kind: Kind, id: &str) -> Result<Vec<VersionInfo>, Error> {
        let rows = self.session.query(sql::version::HISTORY, &values![kind.as_str(), id])?;
        let info = |row: &Row| {
            Ok(VersionInfo {
                version: row.unsigned(0)?,
                seq: row.unsigned(1)?,
                at: row.time(2)?,
                recorded: row.time(3)?,
                who: row.text(4)?.to_owned(),
                verb: row.text(5)?.to_owned(),
                why: row.text_or_none(6).map(str::to_owned),
                deleted: row.flag(7)?,
                status: row.text_or_none(8).map(str::to_owned),
            })
        };
        rows.iter().map(info).collect()
    }

    /// Every version of a desk's objects of a kind, by id and version.
    pub fn outlines(&mut self, kind: Kind, desk: &DeskId) -> Result<Vec<Outline>, Error> {
        let rows = self.session.query(sql::version::OUTLINES, &values![kind.as_str(), desk.as_str()])?;
        let outline = |row: &Row| {
            Ok(Outline {
                id: row.text(0)?.to_owned(),
                version: row.unsigned(1)?,
                at: row.time(2)?,
                status: row.text_or_none(3).map(str::to_owned),
                recorded: row.time(4)?,
                until: row.integer_or_none(5).and_then(|at| Timestamp::from_microsecond(at).ok()),
                deleted: row.flag(6)?,
            })
        };
        rows.iter().map(outline).collect()
    }

    /// Who points to an object: now, or as known at a moment.
    pub fn links_to(&mut self, kind: Kind, id: &str, as_of: Option<Timestamp>) -> Result<Vec<Backlink>, Error> {
        let rows = match as_of {
            None => self.session.query(sql::link::BACK, &values![kind.as_str(), id])?,
            Some(at) => self.session.query(sql::link::BACK_THEN, &values![kind.as_str(), id, at])?,
        };
        let back = |row: &Row| {
            let Link { role, kind, id, anchor } = link(row)?;
            Ok(Backlink { role, kind, id, anchor })
        };
        rows.iter().map(back).collect()
    }

    /// What an object points to: now, or as known at a moment.
    pub fn links_from(&mut self, kind: Kind, id: &str, as_of: Option<Timestamp>) -> Result<Vec<Link>, Error> {
        let rows = match as_of {
            None => self.session.query(sql::link::OPEN, &values![kind.as_str(), id])?,
            Some(at) => self.session.query(sql::link::OPEN_THEN, &values![kind.as_str(), id, at])?,
        };
        rows.iter().map(link).collect()
    }

    /// The record behind a place, at most `limit` changes.
    pub fn changes(&mut self, after: u64, limit: usize) -> Result<Vec<Change>, Error> {
        let rows = self.session.query(sql::record::AFTER, &values![after, limit as u64])?;
        let mut changes: Vec<Change> = rows.iter().map(change).collect::<Result<_, _>>()?;
        let Some(last) = changes.last().map(|change| change.seq) else { return Ok(changes) };
        let mut writes = self.session.query(sql::record::WRITES, &values![after, last])?.into_iter().peekable();
        for change in &mut changes {
            while let Some(row) = writes.next_if(|row| row.unsigned(0).is_ok_and(|seq| seq <= change.seq)) {
                if row.unsigned(0)? == change.seq {
                    change.writes.push(write(&row)?);
                }
            }
        }
        Ok(changes)
    }

    /// Place of the record's last change; 0 before the first.
    pub fn position(&mut self) -> Result<u64, Error> {
        Ok(self.head()?.0)
    }

    /// Place and hash of the record's last change; 0 and 64 zeros before the first.
    pub(crate) fn head(&mut self) -> Result<(u64, String), Error> {
        match self.session.query(sql::record::HEAD, &[])?.first() {
            Some(row) => Ok((row.unsigned(0)?, row.text(1)?.to_owned())),
            None => Ok((0, crate::canonical::genesis())),
        }
    }
}

fn versioned<N: Noun>(row: &Row) -> Result<Versioned<N>, Error> {
    let (version, seq) = (row.unsigned(0)?, row.unsigned(1)?);
    let value = serde_json::from_str(row.text(3)?).map_err(|e| {
        Error::damaged(format!("change {seq}, version {version} of a {}", N::KIND.as_str()), e.to_string())
    })?;
    Ok(Versioned { value, version, seq, recorded: row.time(2)? })
}

/// Id, version, key, title, status.
fn named(row: &Row) -> Result<Named, Error> {
    Ok(Named {
        id: row.text(0)?.to_owned(),
        version: row.unsigned(1)?,
        key: row.text_or_none(2).map(str::to_owned),
        title: row.text(3)?.to_owned(),
        status: row.text_or_none(4).map(str::to_owned),
    })
}

pub(crate) fn kind(row: &Row, column: usize) -> Result<Kind, Error> {
    let name = row.text(column)?;
    Kind::parse(name).ok_or_else(|| Error::damaged("a kind", format!("{name:?} is none that this program knows")))
}

/// Role, kind, id, anchor.
pub(crate) fn link(row: &Row) -> Result<Link, Error> {
    let anchor = row.text(3)?;
    Ok(Link {
        role: row.text(0)?.to_owned(),
        kind: kind(row, 1)?,
        id: row.text(2)?.to_owned(),
        anchor: (!anchor.is_empty()).then(|| anchor.to_owned()),
    })
}

fn change(row: &Row) -> Result<Change, Error> {
    Ok(Change {
        seq: row.unsigned(0)?,
        at: row.time(1)?,
        recorded: row.time(2)?,
        who: row.text(3)?.to_owned(),
        verb: row.text(4)?.to_owned(),
        why: row.text_or_none(5).map(str::to_owned),
        desk: row.text_or_none(6).map(DeskId::from),
        writes: Vec::new(),
        previous: row.text(7)?.to_owned(),
        hash: row.text(8)?.to_owned(),
    })
}

/// Sequence, ordinal, kind, id, version, hash, deleted.
pub(crate) fn write(row: &Row) -> Result<Write, Error> {
    Ok(Write {
        kind: kind(row, 2)?,
        id: row.text(3)?.to_owned(),
        version: row.unsigned(4)?,
        sha256: row.text(5)?.to_owned(),
        deleted: row.flag(6)?,
    })
}
