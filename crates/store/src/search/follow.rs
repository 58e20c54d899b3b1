//! Following the record: what was written since goes into the index, in one commit that says how far it goes.

use super::index::{self, Opened, Standing};
use super::schema::{self, Fields, OPEN, object_term, open_term};
use super::units::{self, KINDS, Unit};
use super::words;
use crate::engine::values;
use crate::error::Error;
use crate::reader::Reader;
use crate::sql;
use crate::store::Store;
use sitrep_model::Kind;
use std::collections::BTreeMap;
use std::sync::Arc;
use tantivy::collector::DocSetCollector;
use tantivy::directory::error::LockError;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{IndexWriter, Searcher, TantivyDocument, TantivyError, Term};

/// Memory for units that are not on disk yet, at most: each time it is full, a part of the index is written that has to be merged
/// with the others later.
const MEMORY: usize = 120_000_000;
/// Objects and versions read at a time.
const OBJECTS: u64 = 2000;
const VERSIONS: u64 = 50;

/// What a catching-up did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SearchReport {
    /// The last change that is in the index.
    pub position: u64,
    /// Objects that were read again.
    pub objects: u64,
    /// Another process is writing the index: nothing was done, and nothing needs to be.
    pub busy: bool,
}

impl Store {
    /// Brings the search index to the record's head, and makes it where it is missing, of another form, or of another
    /// record. `progress` hears how many objects were read.
    pub fn search_catch_up(&self, progress: &mut dyn FnMut(u64)) -> Result<SearchReport, Error> {
        let search = self.search_index();
        let _alone = search.follow();
        let opened = search.opened()?;
        let standing = opened.as_ref().and_then(|opened| opened.snapshot().standing.clone());
        self.read(|reader| {
            let (head, hash) = reader.head()?;
            let standing = match standing {
                Some(standing) if is_of_record(reader, &standing)? => Some(standing),
                _ => None,
            };
            if standing.as_ref().is_some_and(|standing| standing.seq == head) {
                return Ok(SearchReport { position: head, ..SearchReport::default() });
            }
            let position = standing.map_or(0, |standing| standing.seq);
            let (index, before) = match opened.filter(|_| position > 0) {
                Some(opened) => (search.to_write()?, Some(opened)),
                None => (search.make()?, None),
            };
            let Some(writer) = writer(&index)? else {
                return Ok(SearchReport { position, busy: true, ..SearchReport::default() });
            };
            // Between the look and the lock another process may have moved the index on.
            if index::standing(&index).map_or(0, |standing| standing.seq) != position {
                return Ok(SearchReport { position, busy: true, ..SearchReport::default() });
            }
            let fields = schema::schema().1;
            let mut follower = Follower { reader, fields, writer, before, words: words::Reader::default(), position };
            let objects = follower.all(head, progress)?;
            follower.commit(position == 0, &Standing { seq: head, hash, form: index::form() })?;
            if let Some(opened) = search.opened()? {
                opened.reload()?;
            }
            Ok(SearchReport { position: head, objects, busy: false })
        })
    }

    /// Makes the search index again from the tables.
    pub fn search_rebuild(&self, progress: &mut dyn FnMut(u64)) -> Result<SearchReport, Error> {
        let search = self.search_index();
        {
            let _alone = search.follow();
            if search.opened()?.is_some() && writer(&search.to_write()?).is_ok_and(|writer| writer.is_none()) {
                return Ok(SearchReport { busy: true, ..SearchReport::default() });
            }
            search.make()?;
        }
        self.search_catch_up(progress)
    }
}

/// Whether the change that the index stands at is the record's.
fn is_of_record(reader: &mut Reader<'_>, standing: &Standing) -> Result<bool, Error> {
    if standing.form != index::form() {
        return Ok(false);
    }
    let rows = reader.session.query(sql::search::HASH, &values![standing.seq])?;
    Ok(match rows.first() {
        Some(row) => row.text(0)? == standing.hash,
        None => false,
    })
}

/// The index's one writer; `None` where another process has it.
fn writer(index: &tantivy::Index) -> Result<Option<IndexWriter>, Error> {
    match index.writer_with_num_threads(1, MEMORY) {
        Ok(writer) => Ok(Some(writer)),
        Err(TantivyError::LockFailure(LockError::LockBusy, _)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

struct Follower<'f, 's> {
    reader: &'f mut Reader<'s>,
    fields: Fields,
    writer: IndexWriter,
    /// The index as it stood at `position`.
    before: Option<Arc<Opened>>,
    words: words::Reader,
    position: u64,
}

/// A unit that still stands, and since when; `None` where only the index knows.
struct Span {
    unit: Unit,
    from: Option<i64>,
}

/// What stands of an object at one point of its history, by anchor, and what will stand from a later moment on.
#[derive(Default)]
struct Spans {
    open: BTreeMap<String, Span>,
    coming: Vec<(i64, Unit)>,
}

impl Follower<'_, '_> {
    fn all(&mut self, head: u64, progress: &mut dyn FnMut(u64)) -> Result<u64, Error> {
        let mut done = 0;
        if self.position == 0 {
            for kind in KINDS {
                let mut after = String::new();
                loop {
                    let rows = self
                        .reader
                        .session
                        .query(sql::search::OBJECTS, &values![kind.as_str(), after.as_str(), OBJECTS])?;
                    let Some(last) = rows.last() else { break };
                    after = last.text(0)?.to_owned();
                    for row in &rows {
                        self.object(kind, row.text(0)?)?;
                        done += 1;
                    }
                    progress(done);
                }
            }
            return Ok(done);
        }
        for (kind, id) in self.touched(head)? {
            self.object(kind, &id)?;
            done += 1;
            progress(done);
        }
        Ok(done)
    }

    /// The objects written since, and the assessments whose edition was.
    fn touched(&mut self, head: u64) -> Result<Vec<(Kind, String)>, Error> {
        let rows = self.reader.session.query(sql::search::TOUCHED, &values![self.position, head])?;
        let mut touched = Vec::with_capacity(rows.len());
        for row in &rows {
            let kind = crate::reader::kind(row, 0)?;
            if KINDS.contains(&kind) {
                touched.push((kind, row.text(1)?.to_owned()));
            }
        }
        let editions: Vec<String> =
            touched.iter().filter(|(kind, _)| *kind == Kind::Edition).map(|(_, id)| id.clone()).collect();
        for edition in editions {
            let rows = self.reader.session.query(sql::search::ASSESSMENTS, &values![edition.as_str()])?;
            for row in &rows {
                touched.push((Kind::Assessment, row.text(0)?.to_owned()));
            }
        }
        touched.sort();
        touched.dedup();
        Ok(touched)
    }

    fn object(&mut self, kind: Kind, id: &str) -> Result<(), Error> {
        let key = values![kind.as_str(), id];
        let hidden = kind == Kind::Edition && self.count(sql::search::TAKEN_DOWN, id)? > 0;
        let known = match self.position {
            0 => 0,
            position => {
                let key = values![kind.as_str(), id, position];
                self.reader.session.query(sql::search::BEFORE, &key)?.first().map_or(Ok(0), |row| row.unsigned(0))?
            }
        };
        // What an assessment's units are depends on its editions, and what was taken down is hidden from all of history.
        let whole = known == 0 || hidden || kind == Kind::Assessment;
        if whole && known > 0 {
            self.writer.delete_term(Term::from_field_text(self.fields.object, &object_term(kind, id)));
        }
        let mut spans = Spans::default();
        let mut next = if whole { 1 } else { known };
        loop {
            let [kind_value, id_value] = key.clone();
            let values = [kind_value, id_value, next.into(), VERSIONS.into()];
            let rows = self.reader.session.query(sql::search::VERSIONS, &values)?;
            for row in &rows {
                let (version, from) = (row.unsigned(0)?, row.integer(1)?);
                let units = if row.flag(2)? { Vec::new() } else { self.units(kind, row.text(3)?, hidden)? };
                if !whole && version == known {
                    // It is in the index; when it came there is looked up if it ends.
                    let standing =
                        units.into_iter().map(|(_, unit)| (unit.shown.anchor.clone(), Span { unit, from: None }));
                    spans.open = standing.collect();
                } else {
                    self.turn(&mut spans, units, from)?;
                }
                next = version + 1;
            }
            if (rows.len() as u64) < VERSIONS {
                break;
            }
        }
        self.arrive(&mut spans, OPEN)?;
        for standing in spans.open.into_values() {
            if let Some(from) = standing.from {
                self.add(&standing.unit, (from, OPEN))?;
            }
        }
        Ok(())
    }

    fn count(&mut self, sql: &str, id: &str) -> Result<u64, Error> {
        self.reader.session.query(sql, &values![id])?.first().map_or(Ok(0), |row| row.unsigned(0))
    }

    /// A version's units, each with the moment from which it stands, where that is later than the version.
    fn units(&mut self, kind: Kind, payload: &str, hidden: bool) -> Result<Vec<(Option<i64>, Unit)>, Error> {
        let mut units: Vec<(Option<i64>, Unit)> =
            units::of_payload(kind, payload)?.into_iter().map(|unit| (None, unit)).collect();
        for (_, unit) in &mut units {
            unit.public &= !hidden;
        }
        if kind == Kind::Assessment {
            let mut public_from: Option<i64> = None;
            for edition in units::editions_of(payload)? {
                let rows = self.reader.session.query(sql::search::PUBLIC_FROM, &values![edition.as_str()])?;
                let moment = rows.first().and_then(|row| row.integer_or_none(0));
                public_from = [public_from, moment].into_iter().flatten().min();
            }
            if let Some(moment) = public_from {
                let public: Vec<_> =
                    units.iter().map(|(_, unit)| (Some(moment), Unit { public: true, ..unit.clone() })).collect();
                units.extend(public);
            }
        }
        Ok(units)
    }

    /// One version takes another's place: units that are in both go on standing.
    fn turn(&mut self, spans: &mut Spans, units: Vec<(Option<i64>, Unit)>, from: i64) -> Result<(), Error> {
        self.arrive(spans, from)?;
        spans.coming.clear();
        let mut next: BTreeMap<String, Span> = BTreeMap::new();
        for (moment, unit) in units {
            match moment {
                Some(moment) if moment > from => spans.coming.push((moment, unit)),
                _ => {
                    next.insert(unit.shown.anchor.clone(), Span { unit, from: Some(from) });
                }
            }
        }
        self.replace(&mut spans.open, next, from)
    }

    /// Lets stand what was to stand from a moment before this one.
    fn arrive(&mut self, spans: &mut Spans, before: i64) -> Result<(), Error> {
        for (moment, unit) in std::mem::take(&mut spans.coming) {
            if moment >= before {
                continue;
            }
            let anchor = unit.shown.anchor.clone();
            if let Some(standing) = spans.open.remove(&anchor) {
                self.close(&standing, moment)?;
            }
            spans.open.insert(anchor, Span { unit, from: Some(moment) });
        }
        Ok(())
    }

    fn replace(
        &mut self,
        open: &mut BTreeMap<String, Span>,
        mut next: BTreeMap<String, Span>,
        at: i64,
    ) -> Result<(), Error> {
        for (anchor, before) in std::mem::take(open) {
            match next.get_mut(&anchor) {
                Some(after) if after.unit == before.unit => after.from = before.from,
                _ => self.close(&before, at)?,
            }
        }
        *open = next;
        Ok(())
    }

    fn close(&mut self, standing: &Span, until: i64) -> Result<(), Error> {
        let from = match standing.from {
            Some(from) => from,
            None => {
                let shown = &standing.unit.shown;
                let term = Term::from_field_text(self.fields.open, &open_term(shown.kind, &shown.id, &shown.anchor));
                let from =
                    self.before.as_ref().map(|opened| since(&opened.snapshot().searcher, &term)).transpose()?.flatten();
                self.writer.delete_term(term);
                // An index that lacks what it should hold still must not lose the past.
                from.unwrap_or(i64::MIN)
            }
        };
        if from < until { self.add(&standing.unit, (from, until)) } else { Ok(()) }
    }

    fn add(&mut self, unit: &Unit, known: (i64, i64)) -> Result<(), Error> {
        let document: TantivyDocument = schema::document(&self.fields, &mut self.words, unit, known)?;
        self.writer.add_document(document)?;
        Ok(())
    }

    /// Lasts what was added. An index that was made whole becomes one segment: each costs every question its part.
    fn commit(mut self, whole: bool, standing: &Standing) -> Result<(), Error> {
        let payload = serde_json::to_string(standing).map_err(|e| Error::Search(e.to_string()))?;
        let mut prepared = self.writer.prepare_commit()?;
        prepared.set_payload(&payload);
        prepared.commit()?;
        if whole {
            let segments = self.writer.index().searchable_segment_ids()?;
            if segments.len() > 1 {
                self.writer.merge(&segments).wait()?;
            }
        }
        self.writer.wait_merging_threads()?;
        Ok(())
    }
}

/// Since when the unit of that term stands.
fn since(searcher: &Searcher, term: &Term) -> Result<Option<i64>, Error> {
    let query = TermQuery::new(term.clone(), IndexRecordOption::Basic);
    let Some(address) = searcher.search(&query, &DocSetCollector)?.into_iter().next() else { return Ok(None) };
    let column = searcher.segment_reader(address.segment_ord).fast_fields().i64("known_from")?;
    Ok(column.first(address.doc_id))
}
