//! A desk's archive as readers look through it: by day, section, campaign, outlet, actor and place.
//!
//! What each public version of each edition can be found by is worked out once and kept in memory, beside the position of the
//! record that it was worked out at. When the record has grown, only what was written since is looked at again; only
//! a change of the register's names works everything out anew.

mod facets;
mod kept;
mod names;
mod questions;
mod register;
mod tally;

pub use facets::{Excerpt, Facet, FacetKind, outlet};
pub use names::FacetName;
pub use questions::{DayLine, FacetLine, FacetPage, Found, Month, Year};
pub(crate) use register::Named;

use crate::catalogue::all;
use crate::error::Error;
use crate::newsroom::Newsroom;
use crate::processors::{divided, threads};
use facets::{Outlets, facets};
use jiff::Timestamp;
use jiff::civil::Date;
use register::Register;
use serde::{Deserialize, Serialize};
use sitrep_model::actor::Actor;
use sitrep_model::document::Document;
use sitrep_model::edition::{Edition, EditionState};
use sitrep_model::id::DeskId;
use sitrep_model::place::Place;
use sitrep_model::{Kind, Noun};
use sitrep_store::{Outline, Reader, Versioned};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::{Arc, PoisonError};
use tally::Tally;

/// Changes that are looked through one by one; behind more than these everything is worked out anew.
const FOLLOWED: usize = 50_000;
/// Changes that are read at a time.
const READ: usize = 1000;
/// Threads that work out an archive at the most.
const THREADS: usize = 4;

/// One public version of an edition.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) slug: String,
    pub(super) title: String,
    pub(super) date: Date,
    pub(super) state: EditionState,
    pub(super) sort_at: Timestamp,
    pub(super) version: u64,
    pub(super) changed: Timestamp,
    pub(super) recorded: Timestamp,
    pub(super) until: Option<Timestamp>,
    /// Facets by their number, with how often.
    facets: Tally,
}

impl Entry {
    /// Whether it is what we knew at a moment; now, where none is given.
    pub(super) fn stood(&self, at: Option<Timestamp>) -> bool {
        match at {
            None => self.until.is_none(),
            Some(at) => self.recorded <= at && self.until.is_none_or(|until| at < until),
        }
    }
}

/// A desk's archive.
#[derive(Clone)]
pub struct Archive {
    /// Newest first.
    entries: Vec<Arc<Entry>>,
    facets: Numbers,
    register: Arc<Register>,
    /// Editions that are taken down now: of none of their versions is anything told.
    taken_down: BTreeSet<String>,
    /// The position of the record up to which it is kept on disk; 0 where it is not.
    on_disk: u64,
    /// Editions that were taken in since.
    since_then: usize,
}

/// Facets by number, so that an edition keeps few bytes for each.
#[derive(Default, Clone)]
struct Numbers {
    all: Vec<Facet>,
    of: HashMap<Facet, u32>,
}

impl Numbers {
    fn number(&mut self, facet: Facet) -> u32 {
        if let Some(known) = self.of.get(&facet) {
            return *known;
        }
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(facet.clone());
        self.of.insert(facet, number);
        number
    }
}

/// Archives by desk, each with the position of the record that it was worked out at.
pub(crate) type Kept = HashMap<DeskId, (u64, Arc<Archive>)>;

/// What was worked out of one version.
type Described = (Entry, BTreeMap<Facet, u32>);

impl Newsroom {
    /// A desk's archive as it is now.
    pub(crate) fn archive(&self, desk: &DeskId) -> Result<Arc<Archive>, Error> {
        if let Some((at, known)) = self.kept_archive(desk)
            && at == self.store().head()?
        {
            return Ok(known);
        }
        let _one = self.building().lock().unwrap_or_else(PoisonError::into_inner);
        let head = self.store().head()?;
        let known = match self.kept_archive(desk) {
            Some((at, known)) if at == head => return Ok(known),
            Some(known) => Some(known),
            None => self.archive_on_disk(desk)?,
        };
        let followed = match known {
            Some((at, known)) => self.follow(desk, at, &known)?,
            None => None,
        };
        let mut archive = match followed {
            Some(archive) => archive,
            None => Arc::new(self.work_out(desk)?),
        };
        self.keep_on_disk(desk, head, &mut archive);
        self.archives().lock().unwrap_or_else(PoisonError::into_inner).insert(desk.clone(), (head, archive.clone()));
        Ok(archive)
    }

    fn kept_archive(&self, desk: &DeskId) -> Option<(u64, Arc<Archive>)> {
        self.archives().lock().unwrap_or_else(PoisonError::into_inner).get(desk).cloned()
    }

    /// Works out the archives of all desks, so that the first reader who asks for one need not wait. Takes some milliseconds
    /// for each edition.
    pub fn prepare_archives(&self) -> Result<(), Error> {
        for desk in self.desks()? {
            self.archive(&desk.id)?;
        }
        Ok(())
    }

    fn work_out(&self, desk: &DeskId) -> Result<Archive, Error> {
        let (register, outlines) = self.read(|reader| {
            let outlines: Vec<Outline> = reader.outlines(Kind::Edition, desk)?.into_iter().filter(is_public).collect();
            Ok((register(reader, desk)?, outlines))
        })?;
        let mut archive = Archive::empty(register);
        self.shelve(&mut archive, &outlines)?;
        Ok(archive)
    }

    /// The archive with what was written behind a position of the record; nothing where it must be worked out anew.
    fn follow(&self, desk: &DeskId, after: u64, known: &Arc<Archive>) -> Result<Option<Arc<Archive>>, Error> {
        let written = self.read(|reader| {
            let Some(editions) = touched(reader, after)? else { return Ok(None) };
            let mut outlines = Vec::new();
            for id in &editions {
                outlines.extend(versions_of(reader, desk, id)?);
            }
            Ok(Some((editions, outlines)))
        })?;
        let Some((editions, outlines)) = written else { return Ok(None) };
        let known_ones = known.entries.iter().any(|entry| editions.contains(&entry.id));
        if outlines.is_empty() && !known_ones {
            return Ok(Some(known.clone()));
        }
        let mut archive = Archive::clone(known);
        archive.entries.retain(|entry| !editions.contains(&entry.id));
        self.shelve(&mut archive, &outlines)?;
        Ok(Some(Arc::new(archive)))
    }

    /// Works out what versions can be found by, on several threads, and takes them in.
    fn shelve(&self, archive: &mut Archive, outlines: &[Outline]) -> Result<(), Error> {
        let share = outlines.len().div_ceil(threads(THREADS)).max(1);
        let shares: Vec<&[Outline]> = outlines.chunks(share).collect();
        let register = archive.register.clone();
        for part in divided(&shares, |share| self.describe(share, &register))? {
            for (entry, facets) in part? {
                archive.put(entry, facets);
            }
        }
        archive.since_then += outlines.len();
        archive.settle();
        Ok(())
    }

    fn describe(&self, outlines: &[Outline], register: &Register) -> Result<Vec<Described>, Error> {
        self.read(|reader| {
            let mut outlets = Outlets::new();
            let mut found = Vec::with_capacity(outlines.len());
            for outline in outlines {
                let version: Option<Versioned<Edition>> = reader.get_version(&outline.id, outline.version)?;
                let Some(edition) = version.map(|version| version.value) else { continue };
                look_up(reader, &edition, &mut outlets)?;
                found.push(describe(outline, &edition, register, &outlets));
            }
            Ok(found)
        })
    }
}

impl Archive {
    fn empty(register: Register) -> Self {
        Self {
            entries: Vec::new(),
            facets: Numbers::default(),
            register: Arc::new(register),
            taken_down: BTreeSet::new(),
            on_disk: 0,
            since_then: 0,
        }
    }

    /// What the register knows of a text's names: where each stands, in bytes.
    pub(crate) fn names_in(&self, text: &str) -> Vec<(Range<usize>, &Named)> {
        self.register.find(text)
    }

    fn put(&mut self, entry: Entry, facets: BTreeMap<Facet, u32>) {
        let numbered = facets.into_iter().map(|(facet, times)| (self.facets.number(facet), times));
        self.entries.push(Arc::new(Entry { facets: Tally::of(numbered.collect()), ..entry }));
    }

    fn settle(&mut self) {
        self.entries.sort_by(|a, b| (b.sort_at, &b.id, b.version).cmp(&(a.sort_at, &a.id, a.version)));
        let gone = |entry: &&Arc<Entry>| entry.until.is_none() && entry.state == EditionState::TakenDown;
        self.taken_down = self.entries.iter().filter(gone).map(|entry| entry.id.clone()).collect();
    }
}

fn register(reader: &mut Reader<'_>, desk: &DeskId) -> Result<Register, Error> {
    let actors: Vec<Actor> = all(reader, Some(desk))?;
    let places: Vec<Place> = all(reader, None)?;
    Ok(Register::new(&actors, &places))
}

/// The editions that were written behind a position; nothing where a name of the register was, or too much.
fn touched(reader: &mut Reader<'_>, after: u64) -> Result<Option<BTreeSet<String>>, Error> {
    let mut editions = BTreeSet::new();
    let (mut at, mut seen) = (after, 0);
    loop {
        let changes = reader.changes(at, READ)?;
        let Some(last) = changes.last().map(|change| change.seq) else { return Ok(Some(editions)) };
        (at, seen) = (last, seen + changes.len());
        for write in changes.into_iter().flat_map(|change| change.writes) {
            match write.kind {
                Kind::Actor | Kind::Place => return Ok(None),
                Kind::Edition => drop(editions.insert(write.id)),
                _ => {}
            }
        }
        if seen > FOLLOWED {
            return Ok(None);
        }
    }
}

fn is_public(outline: &Outline) -> bool {
    let states = crate::reading::PUBLIC.map(EditionState::as_str);
    !outline.deleted && outline.status.as_deref().is_some_and(|status| states.contains(&status))
}

/// An edition's public versions, with when each stood.
fn versions_of(reader: &mut Reader<'_>, desk: &DeskId, id: &str) -> Result<Vec<Outline>, Error> {
    let history = reader.history(Kind::Edition, id)?;
    let until = history.iter().skip(1).map(|next| Some(next.recorded)).chain([None]);
    let outlines = history.iter().zip(until).map(|(info, until)| Outline {
        id: id.to_owned(),
        version: info.version,
        at: info.at,
        status: info.status.clone(),
        recorded: info.recorded,
        until,
        deleted: info.deleted,
    });
    let outlines: Vec<Outline> = outlines.filter(is_public).collect();
    let now: Option<Versioned<Edition>> = reader.get(id)?;
    Ok(if now.is_some_and(|now| &now.value.desk == desk) { outlines } else { Vec::new() })
}

/// The moment by which an edition stands in the archive.
fn moment(edition: &Edition) -> Timestamp {
    edition.sort_at().unwrap_or(Timestamp::UNIX_EPOCH)
}

fn describe(outline: &Outline, edition: &Edition, register: &Register, outlets: &Outlets) -> Described {
    let entry = Entry {
        id: outline.id.clone(),
        slug: edition.slug.clone(),
        title: edition.title.clone(),
        date: edition.date,
        state: edition.state,
        sort_at: moment(edition),
        version: outline.version,
        changed: outline.at,
        recorded: outline.recorded,
        until: outline.until,
        facets: Tally::default(),
    };
    (entry, facets(edition, register, outlets))
}

/// Looks up where the documents come from that an edition cites. A document's address doesn't change.
fn look_up(reader: &mut Reader<'_>, edition: &Edition, outlets: &mut Outlets) -> Result<(), Error> {
    for id in edition.documents() {
        if outlets.contains_key(id) {
            continue;
        }
        let found: Option<Versioned<Document>> = reader.get(id.as_str())?;
        if let Some(outlet) = found.and_then(|found| outlet(&found.value.url)) {
            outlets.insert(id.clone(), outlet);
        }
    }
    Ok(())
}
