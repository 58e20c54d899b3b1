//! What readers ask of an archive.

use super::facets::{Excerpt, Facet, FacetKind, Outlets, excerpts};
use super::{Archive, Entry};
use crate::error::Error;
use crate::newsroom::Newsroom;
use jiff::Timestamp;
use jiff::civil::Date;
use sitrep_model::edition::{Edition, EditionState};
use sitrep_model::id::DeskId;
use sitrep_store::Versioned;
use std::collections::BTreeMap;

/// An edition on its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayLine {
    /// Its id.
    pub id: String,
    /// Its slug.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Its date.
    pub date: Date,
    /// Its version in the record.
    pub version: u64,
    /// Its state.
    pub state: EditionState,
    /// Since when it stands so.
    pub recorded: Timestamp,
    /// When that was written here: later, where it was brought in from elsewhere.
    pub changed: Timestamp,
}

/// A year of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Year {
    /// The year that was asked for; the newest with editions, where none was; nothing in an empty archive.
    pub year: Option<i16>,
    /// Its editions, newest first.
    pub days: Vec<DayLine>,
    /// Every year with editions and how many, newest first.
    pub years: Vec<(i16, usize)>,
}

/// One facet in a list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetLine {
    /// The facet.
    pub facet: Facet,
    /// Editions that it is in.
    pub editions: usize,
    /// How often in all.
    pub times: u32,
    /// Date of the first edition that it is in.
    pub first: Date,
    /// Date of the last.
    pub last: Date,
}

/// A month and how often something came in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    /// The year.
    pub year: i16,
    /// The month, 1 to 12.
    pub month: i8,
    /// Editions that it is in.
    pub editions: usize,
    /// How often.
    pub times: u32,
}

/// An edition that a facet is in, with the sentences.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The edition, as known then.
    pub edition: Versioned<Edition>,
    /// How often it is in it.
    pub times: u32,
    /// The sentences, in reading order.
    pub excerpts: Vec<Excerpt>,
}

/// Editions that a facet is in.
#[derive(Debug, Clone, PartialEq)]
pub struct FacetPage {
    /// In sum.
    pub line: FacetLine,
    /// By month, oldest first, without gaps.
    pub months: Vec<Month>,
    /// One page of the editions, newest first.
    pub found: Vec<Found>,
}

impl Newsroom {
    /// Every public edition of a desk as known at a moment, newest first.
    pub fn archive_days(&self, desk: &DeskId, as_of: Option<Timestamp>) -> Result<Vec<DayLine>, Error> {
        self.archive_newest(desk, as_of, usize::MAX)
    }

    /// The newest of them.
    pub fn archive_newest(&self, desk: &DeskId, as_of: Option<Timestamp>, most: usize) -> Result<Vec<DayLine>, Error> {
        let archive = self.archive(desk)?;
        let stood = archive.entries.iter().filter(|entry| entry.stood(as_of));
        Ok(stood.take(most).map(|entry| archive.line(entry)).collect())
    }

    /// One year of them: the newest that has some, where none is asked for.
    pub fn archive_year(&self, desk: &DeskId, year: Option<i16>, as_of: Option<Timestamp>) -> Result<Year, Error> {
        let archive = self.archive(desk)?;
        let stood = || archive.entries.iter().filter(|entry| entry.stood(as_of));
        let mut years: BTreeMap<i16, usize> = BTreeMap::new();
        for entry in stood() {
            *years.entry(entry.date.year()).or_default() += 1;
        }
        let year = year.or_else(|| years.keys().next_back().copied());
        let days = stood().filter(|entry| Some(entry.date.year()) == year).map(|entry| archive.line(entry)).collect();
        Ok(Year { year, days, years: years.into_iter().rev().collect() })
    }

    /// All facets of a kind with their counts, those that are in most editions first.
    pub fn archive_facets(
        &self,
        desk: &DeskId,
        kind: FacetKind,
        as_of: Option<Timestamp>,
    ) -> Result<Vec<FacetLine>, Error> {
        let archive = self.archive(desk)?;
        let mut lines: BTreeMap<u32, FacetLine> = BTreeMap::new();
        for entry in archive.told(as_of) {
            for (number, times) in entry.facets.iter() {
                let Some(facet) = archive.facets.all.get(number as usize).filter(|facet| kind.holds(facet)) else {
                    continue;
                };
                let line = lines.entry(number).or_insert_with(|| empty(facet.clone(), entry.date));
                add(line, entry, times);
            }
        }
        let mut lines: Vec<FacetLine> = lines.into_values().collect();
        lines.sort_by(|a, b| (b.editions, b.times).cmp(&(a.editions, a.times)).then_with(|| a.facet.cmp(&b.facet)));
        Ok(lines)
    }

    /// Where a facet is: in sum, by month, and one page of editions with the sentences. Nothing where it is in none.
    pub fn archive_facet(
        &self,
        desk: &DeskId,
        facet: &Facet,
        as_of: Option<Timestamp>,
        offset: usize,
        limit: usize,
    ) -> Result<Option<FacetPage>, Error> {
        let archive = self.archive(desk)?;
        let Some(number) = archive.facets.of.get(facet).copied() else { return Ok(None) };
        let hits: Vec<(&Entry, u32)> =
            archive.told(as_of).filter_map(|entry| Some((entry, entry.facets.times(number)?))).collect();
        let Some((newest, _)) = hits.first() else { return Ok(None) };
        let mut line = empty(facet.clone(), newest.date);
        hits.iter().for_each(|(entry, times)| add(&mut line, entry, *times));
        let months = months(&hits);
        let shown: Vec<(&Entry, u32)> = hits.into_iter().skip(offset).take(limit).collect();
        let found = self.read(|reader| {
            let mut found = Vec::with_capacity(shown.len());
            for (entry, times) in shown {
                let version: Option<Versioned<Edition>> = reader.get_version(&entry.id, entry.version)?;
                let Some(edition) = version else { continue };
                let mut outlets = Outlets::new();
                super::look_up(reader, &edition.value, &mut outlets)?;
                let excerpts = excerpts(&edition.value, facet, &archive.register, &outlets);
                found.push(Found { edition, times, excerpts });
            }
            Ok(found)
        })?;
        Ok(Some(FacetPage { line, months, found }))
    }
}

impl Archive {
    /// Entries as known at a moment, without what is taken down.
    fn told(&self, as_of: Option<Timestamp>) -> impl Iterator<Item = &Entry> {
        self.entries.iter().map(AsRef::as_ref).filter(move |entry: &&Entry| self.is_told(entry, as_of))
    }

    /// Every edition with everything that it can be found by now, and how often.
    pub(crate) fn all_told(&self) -> impl Iterator<Item = (&str, &Facet, u32)> {
        self.told(None).flat_map(|entry| {
            let facet =
                |(number, times): (u32, u32)| Some((entry.id.as_str(), self.facets.all.get(number as usize)?, times));
            entry.facets.iter().filter_map(facet)
        })
    }

    /// Place, slug and date of each edition that readers can read, as known at a moment, newest first, from a place on.
    pub(crate) fn readable(&self, from: usize, as_of: Option<Timestamp>) -> impl Iterator<Item = (usize, &str, Date)> {
        let entries = self.entries.iter().enumerate().skip(from);
        let readable = entries.filter(move |(_, entry)| self.is_told(entry, as_of));
        readable.map(|(at, entry)| (at, entry.slug.as_str(), entry.date))
    }

    /// The place of an edition among them, found by its moment: an archive may be long.
    pub(crate) fn place(&self, edition: &Edition, as_of: Option<Timestamp>) -> Option<usize> {
        let moment = super::moment(edition);
        let from = self.entries.partition_point(|entry| entry.sort_at > moment);
        let alike = self.entries[from..].iter().take_while(|entry| entry.sort_at == moment);
        let found = alike.enumerate().find(|(_, entry)| entry.slug == edition.slug && self.is_told(entry, as_of));
        found.map(|(at, _)| from + at)
    }

    /// Whether readers can read it, as known at a moment.
    fn is_told(&self, entry: &Entry, as_of: Option<Timestamp>) -> bool {
        entry.stood(as_of) && !self.taken_down.contains(&entry.id)
    }

    fn line(&self, entry: &Entry) -> DayLine {
        let gone = self.taken_down.contains(&entry.id);
        DayLine {
            id: entry.id.clone(),
            slug: entry.slug.clone(),
            title: entry.title.clone(),
            date: entry.date,
            version: entry.version,
            state: if gone { EditionState::TakenDown } else { entry.state },
            recorded: entry.recorded,
            changed: entry.changed,
        }
    }
}

fn empty(facet: Facet, date: Date) -> FacetLine {
    FacetLine { facet, editions: 0, times: 0, first: date, last: date }
}

fn add(line: &mut FacetLine, entry: &Entry, times: u32) {
    line.editions += 1;
    line.times = line.times.saturating_add(times);
    line.first = line.first.min(entry.date);
    line.last = line.last.max(entry.date);
}

/// Longest span that is counted by month; behind it only the months with something in them are told.
const MONTHS: usize = 12 * 60;

fn months(hits: &[(&Entry, u32)]) -> Vec<Month> {
    let mut counted: BTreeMap<(i16, i8), (usize, u32)> = BTreeMap::new();
    for (entry, times) in hits {
        let month = counted.entry((entry.date.year(), entry.date.month())).or_default();
        *month = (month.0 + 1, month.1.saturating_add(*times));
    }
    let (Some((first, _)), Some((last, _))) = (counted.first_key_value(), counted.last_key_value()) else {
        return Vec::new();
    };
    let place = |(year, month): (i16, i8)| i32::from(year) * 12 + i32::from(month) - 1;
    let (from, to) = (place(*first), place(*last));
    if usize::try_from(to - from).is_ok_and(|span| span < MONTHS) {
        for at in from..=to {
            let key = (i16::try_from(at.div_euclid(12)), i8::try_from(at.rem_euclid(12) + 1));
            if let (Ok(year), Ok(month)) = key {
                counted.entry((year, month)).or_default();
            }
        }
    }
    let month = |((year, month), (editions, times))| Month { year, month, editions, times };
    counted.into_iter().map(month).collect()
}
