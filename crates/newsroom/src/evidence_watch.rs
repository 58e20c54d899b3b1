//! Evidence watch: pages and posts that published editions cite are captured again on a schedule. What changed or vanished is
//! shown with the difference and with every published sentence that rests on it.
//!
//! A post is asked for by itself, through its kind: a channel's public page, or the interface of a source that has its key.
//! Files are not under watch.
//!
//! The schedule is a queue of jobs, one a document, filled by following the record; how a page fares stands beside the
//! record, as the health of sources does. What was captured is in the record.

mod finding;
mod looking;

pub use finding::{FINDINGS, Finding, Findings, Resting};

use crate::catalogue::all;
use crate::clock::later;
use crate::error::Error;
use crate::gather::post::Post;
use crate::newsroom::Newsroom;
use crate::vault;
use crate::who::Who;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sitrep_model::document::Document;
use sitrep_model::edition::{Edition, EditionState};
use sitrep_model::id::{CaptureId, DeskId};
use sitrep_model::source::Source;
use sitrep_model::{Kind, Noun};
use sitrep_store::{Operations, Reader, Versioned};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The queue, and where its state is kept.
const QUEUE: &str = "evidence-watch";
const FARING: &str = "evidence-faring";
const PLACE: &str = "place";
/// Days between two looks where the desk says nothing.
const USUAL_DAYS: u32 = 7;
/// A page that stays the same is looked at more and more rarely, up to this many times the desk's days.
const RAREST: u32 = 8;
/// Looks of one round: the rest waits for the next.
const A_ROUND: usize = 20;
/// Seconds that a look may take before another program takes it up.
const LEASE: i64 = 600;
/// Changes of the record followed at a time.
const BATCH: usize = 200;
const DAY: i64 = 86_400;

/// How a cited page fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Faring {
    /// Not looked at again yet.
    #[default]
    Waiting,
    /// It says what it said when it was cited.
    Same,
    /// It says something else.
    Changed,
    /// It is not there any more.
    Vanished,
    /// It could not be reached, which may pass.
    Unreachable,
}

/// A page or post under watch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watched {
    /// The version of the document that the page is held against: the one that was cited.
    pub version: u64,
    /// How it fares.
    pub faring: Faring,
    /// Since when.
    pub since: Option<Timestamp>,
    /// When it was last looked at.
    pub looked: Option<Timestamp>,
    /// When it is looked at next.
    pub due: Timestamp,
    /// Looks in a row that found it the same.
    pub unchanged: u32,
    /// Looks in a row that could not reach it.
    pub failures: u32,
    /// In words, where it did not stay the same.
    pub words: Option<String>,
    /// The capture that shows it, where there is one.
    pub capture: Option<CaptureId>,
}

/// What a job of the queue says.
#[derive(Serialize, Deserialize)]
struct Errand {
    desk: DeskId,
    document: String,
}

impl Errand {
    fn key(desk: &DeskId, document: &str) -> String {
        format!("{desk}/{document}")
    }
}

impl Newsroom {
    /// One round: what was published since is taken under watch, then what is due is looked at. Gives how many looks were
    /// made.
    pub async fn watch_evidence(&self, who: &Who) -> Result<usize, Error> {
        let newsroom = self.clone();
        crate::gather::blocking(move || newsroom.follow_citations()).await?;
        for made in 0..A_ROUND {
            let newsroom = self.clone();
            let Some(errand) = crate::gather::blocking(move || newsroom.next_errand()).await? else { return Ok(made) };
            if let Err(error) = self.look_again(who, &errand.desk, &errand.document).await {
                tracing::warn!(document = errand.document, %error, "a cited page could not be looked at again");
                let newsroom = self.clone();
                crate::gather::blocking(move || newsroom.put_off(&errand, &error.to_string())).await?;
            }
        }
        Ok(A_ROUND)
    }

    /// Takes every document that a newly published version of an edition cites under watch.
    fn follow_citations(&self) -> Result<(), Error> {
        let place = self.read(|reader| Ok(reader.vault_get(QUEUE, PLACE)?))?;
        let mut place = place.and_then(|bytes| String::from_utf8(bytes).ok()?.parse().ok()).unwrap_or(0);
        if self.store().head()? <= place {
            return Ok(());
        }
        let rhythms: Vec<(DeskId, u32)> =
            self.desks()?.iter().map(|desk| (desk.id.clone(), days(desk.watch_days))).collect();
        let now = self.now();
        loop {
            let (cited, last) = self.read(|reader| newly_cited(reader, place))?;
            let Some(last) = last else { return Ok(()) };
            self.store().operate(|operations| -> Result<(), Error> {
                for (desk, document, version) in cited {
                    let days = rhythms.iter().find(|(of, _)| of == &desk).map_or(0, |(_, days)| *days);
                    if days > 0 {
                        begin(operations, &desk, &document, version, now, days)?;
                    }
                }
                operations.vault_put(QUEUE, PLACE, last.to_string().as_bytes())?;
                Ok(())
            })?;
            place = last;
        }
    }

    fn next_errand(&self) -> Result<Option<Errand>, Error> {
        let now = self.now();
        loop {
            let job = self.store().operate(|operations| operations.job_claim(QUEUE, now, later(now, LEASE)))?;
            let Some(job) = job else { return Ok(None) };
            match serde_json::from_slice::<Errand>(&job.payload) {
                Ok(errand) if self.is_watched(&errand)? => return Ok(Some(errand)),
                _ => {
                    self.store().operate(|operations| operations.job_done(QUEUE, &job.key))?;
                }
            }
        }
    }

    /// Whether something public still cites it, on a desk that wants it watched, and it can be asked for.
    fn is_watched(&self, errand: &Errand) -> Result<bool, Error> {
        let desk = self.desk(&errand.desk)?;
        if days(desk.watch_days) == 0 {
            return Ok(false);
        }
        self.read(|reader| {
            let found: Option<Versioned<Document>> = reader.get(&errand.document)?;
            let Some(document) = found.map(|found| found.value) else { return Ok(false) };
            Ok(can_be_asked(reader, &mut BTreeMap::new(), &document)? && !citing(reader, &errand.document)?.is_empty())
        })
    }

    fn put_off(&self, errand: &Errand, why: &str) -> Result<(), Error> {
        let key = Errand::key(&errand.desk, &errand.document);
        let due = later(self.now(), DAY);
        self.store().operate(|operations| operations.job_retry(QUEUE, &key, due, why))?;
        Ok(())
    }
}

/// Days between two looks; 0 where the desk wants none.
fn days(set: Option<u32>) -> u32 {
    set.unwrap_or(USUAL_DAYS).min(3650)
}

/// What editions that became public cite: desk, document, and its version. With the place of the last change that was
/// read.
type Cited = (Vec<(DeskId, String, u64)>, Option<u64>);

fn newly_cited(reader: &mut Reader<'_>, after: u64) -> Result<Cited, Error> {
    let changes = reader.changes(after, BATCH)?;
    let last = changes.last().map(|change| change.seq);
    let mut cited = Vec::new();
    let mut sources = BTreeMap::new();
    for write in changes.iter().flat_map(|change| &change.writes).filter(|write| write.kind == Kind::Edition) {
        let edition: Option<Versioned<Edition>> = reader.get(&write.id)?;
        let Some(edition) = edition.map(|edition| edition.value).filter(stands) else { continue };
        for document in edition.documents() {
            let found: Option<Versioned<Document>> = reader.get(document.as_str())?;
            if let Some(found) = found
                && can_be_asked(reader, &mut sources, &found.value)?
            {
                cited.push((edition.desk.clone(), document.0.clone(), found.version));
            }
        }
    }
    Ok((cited, last))
}

/// Whether what a document was read from can be asked for again: a page at its address, a post through a kind that has what
/// it needs for that. A desk's sources are read once, and only where a post asks for them.
fn can_be_asked(
    reader: &mut Reader<'_>,
    sources: &mut BTreeMap<DeskId, Vec<Source>>,
    document: &Document,
) -> Result<bool, Error> {
    if document.capture.is_none() || document.post.is_none() {
        return Ok(document.capture.is_some());
    }
    let of_desk = match sources.entry(document.desk.clone()) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(new) => new.insert(all(reader, Some(&document.desk))?),
    };
    Ok(Post::at(&document.url, of_desk).is_some_and(|post| post.can_be_asked().is_ok()))
}

fn stands(edition: &Edition) -> bool {
    edition.state.is_public() && edition.state != EditionState::TakenDown
}

/// The public editions that cite a document.
fn citing(reader: &mut Reader<'_>, document: &str) -> Result<Vec<Edition>, Error> {
    let mut editions: Vec<Edition> = Vec::new();
    for link in reader.links_to(Kind::Document, document, None)? {
        if link.kind != Kind::Edition || editions.iter().any(|edition| edition.id() == link.id) {
            continue;
        }
        let found: Option<Versioned<Edition>> = reader.get(&link.id)?;
        editions.extend(found.map(|found| found.value).filter(stands));
    }
    Ok(editions)
}

/// Takes a document under watch; its first look comes somewhere within the desk's days, so that the looks of one edition
/// are spread.
fn begin(
    operations: &mut Operations<'_>,
    desk: &DeskId,
    document: &str,
    version: u64,
    now: Timestamp,
    days: u32,
) -> Result<(), Error> {
    let due = later(now, spread(document, i64::from(days) * DAY));
    let errand = Errand { desk: desk.clone(), document: document.to_owned() };
    let payload = serde_json::to_vec(&errand).map_err(|error| Error::Internal(error.to_string()))?;
    let new = operations.job_put(QUEUE, &Errand::key(desk, document), &payload, due)?;
    if new && watched(operations, desk, document)?.is_none() {
        let watched = Watched {
            version,
            faring: Faring::Waiting,
            since: None,
            looked: None,
            due,
            unchanged: 0,
            failures: 0,
            words: None,
            capture: None,
        };
        keep(operations, desk, document, &watched)?;
    }
    Ok(())
}

/// A moment within a span of seconds, always the same for the same name.
fn spread(name: &str, span: i64) -> i64 {
    let hash = name
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    i64::try_from(hash % u64::try_from(span.max(1)).unwrap_or(1)).unwrap_or(0)
}

fn realm(desk: &DeskId) -> String {
    format!("{FARING}:{desk}")
}

fn watched(operations: &mut Operations<'_>, desk: &DeskId, document: &str) -> Result<Option<Watched>, Error> {
    vault::read(operations, &realm(desk), document)
}

fn keep(operations: &mut Operations<'_>, desk: &DeskId, document: &str, watched: &Watched) -> Result<(), Error> {
    vault::keep(operations, &realm(desk), document, watched)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_spread_over_the_days_and_stay_where_they_are() {
        let week = 7 * DAY;
        let at: Vec<i64> = (0..1000).map(|n| spread(&format!("doc-{n}"), week)).collect();
        assert!(at.iter().all(|at| (0..week).contains(at)));
        for day in 0..7 {
            let on = at.iter().filter(|at| **at / DAY == day).count();
            assert!((90..200).contains(&on), "{on} looks on day {day}");
        }
        assert_eq!(spread("doc-1", week), at[1]);
    }
}
