//! What the inbox is ranked and filtered by, of each document of a desk: worked out once, kept in memory and in a file beside
//! the store, and followed by the record's position.
//!
//! A desk's newest documents are held, older ones are found by search and by the lists of their sources and watches.

use crate::beside::Derived;
use crate::catalogue::all;
use crate::error::Error;
use crate::newsroom::Newsroom;
use crate::processors::divided;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sitrep_language::{fold, tag};
use sitrep_model::Kind;
use sitrep_model::desk::Desk;
use sitrep_model::document::{Document, StoryRelation, Triage};
use sitrep_model::id::{AccountId, DeskId, DocumentId, SourceId, WatchId};
use sitrep_model::source::{Reliability, Source};
use sitrep_model::watch::Watch;
use sitrep_sift::graphic;
use sitrep_sift::watch::{Pattern, Query as Interest, Text, WatchList};
use sitrep_store::{Page, Query, Reader, Versioned};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// Documents of a desk that are held, the newest.
const HELD: usize = 30_000;
/// Documents that are read again one by one; where more were written since, all are worked out anew.
const FOLLOWED: usize = 10_000;
/// Documents read at a time.
const BATCH: usize = 500;
/// Changes looked through at a time.
const CHANGES: usize = 2_000;

/// How shelves were worked out. The number is raised with every change of what is in an entry.
const INBOXES: Derived = Derived { folder: "inbox", form: concat!("1-", env!("CARGO_PKG_VERSION")) };
/// Documents that may have been written since a shelf was kept on disk.
const SINCE: usize = 1_000;

/// A document as the inbox is ranked and filtered by.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) id: DocumentId,
    pub(super) arrived: Timestamp,
    pub(super) triage: Triage,
    pub(super) source: Option<SourceId>,
    /// The source's id, or the address's host: who published it.
    pub(super) outlet: Box<str>,
    pub(super) language: Box<str>,
    /// The story's first report; its own id where it has no story.
    pub(super) story: DocumentId,
    pub(super) relation: StoryRelation,
    pub(super) watches: Box<[WatchId]>,
    pub(super) assigned: Option<AccountId>,
    pub(super) graphic: bool,
    pub(super) interests: Box<[Spoken]>,
}

/// One of the desk's interests that a document speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Spoken {
    /// Its place in the desk's list.
    pub(super) interest: u16,
    /// In the title.
    pub(super) title: bool,
    /// The words as printed.
    pub(super) words: Box<str>,
}

/// A desk's documents for the inbox.
pub(crate) struct Shelf {
    pub(super) entries: HashMap<DocumentId, Entry>,
    pub(super) interests: Vec<String>,
    pub(super) names: Arc<Names>,
    list: WatchList,
    seen: u64,
    /// Whether it was kept on disk, and documents that were taken in since.
    on_disk: bool,
    since_then: usize,
}

/// A shelf as it is kept on disk.
#[derive(Serialize, Deserialize)]
struct Written<'a> {
    interests: Cow<'a, [String]>,
    entries: Vec<Cow<'a, Entry>>,
}

/// What sources and watches are called.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) sources: HashMap<SourceId, (String, Reliability)>,
    pub(super) watches: HashMap<WatchId, String>,
}

impl Names {
    fn of(reader: &mut Reader<'_>, desk: &DeskId) -> Result<Self, Error> {
        let sources: Vec<Source> = all(reader, Some(desk))?;
        let watches: Vec<Watch> = all(reader, Some(desk))?;
        Ok(Self {
            sources: sources.into_iter().map(|source| (source.id, (source.name, source.reliability))).collect(),
            watches: watches.into_iter().map(|watch| (watch.id, watch.title)).collect(),
        })
    }

    /// Who published something: a source's name, or the host that is known instead.
    pub(super) fn outlet(&self, outlet: &str) -> String {
        self.sources.get(&SourceId::from(outlet)).map_or_else(|| outlet.to_owned(), |(name, _)| name.clone())
    }

    /// What a watch is called.
    pub(super) fn watch(&self, watch: &WatchId) -> String {
        self.watches.get(watch).cloned().unwrap_or_else(|| watch.name().to_owned())
    }
}

/// Shelves by desk.
pub(crate) type Shelves = HashMap<DeskId, Arc<Mutex<Option<Shelf>>>>;

impl Newsroom {
    /// Asks a desk's shelf as it is now.
    pub(super) fn on_shelf<T>(&self, desk: &DeskId, ask: impl FnOnce(&Shelf) -> T) -> Result<T, Error> {
        let kept = self.shelves().entry(desk.clone()).or_default().clone();
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        let known = match kept.take() {
            Some(shelf) => Some(shelf),
            None => self.shelf_on_disk(desk)?,
        };
        let mut now = self.read(|reader| match known {
            Some(shelf) => shelf.follow(reader, desk),
            None => Shelf::work_out(reader, desk),
        })?;
        self.keep_shelf(desk, &mut now);
        let answer = ask(&now);
        *kept = Some(now);
        Ok(answer)
    }

    /// The shelf as it was kept, where the desk is interested in the same still.
    fn shelf_on_disk(&self, desk: &DeskId) -> Result<Option<Shelf>, Error> {
        let Some((seen, written)) = self.derived::<Written<'_>>(INBOXES, desk)? else { return Ok(None) };
        let mut shelf = self.read(|reader| Shelf::empty(reader, desk))?;
        if shelf.interests != *written.interests {
            return Ok(None);
        }
        (shelf.seen, shelf.on_disk) = (seen, true);
        let entries = written.entries.into_iter().map(Cow::into_owned);
        shelf.entries = entries.map(|entry| (entry.id.clone(), entry)).collect();
        Ok(Some(shelf))
    }

    /// Keeps the shelf on disk where many documents have come since that was done. Where it fails, a later start takes longer.
    fn keep_shelf(&self, desk: &DeskId, shelf: &mut Shelf) {
        if shelf.since_then <= SINCE && (shelf.on_disk || shelf.entries.is_empty()) {
            return;
        }
        let entries = shelf.entries.values().map(Cow::Borrowed).collect();
        let written = Written { interests: Cow::Borrowed(&shelf.interests), entries };
        match self.keep_derived(INBOXES, desk, shelf.seen, &written) {
            Ok(()) => (shelf.on_disk, shelf.since_then) = (true, 0),
            Err(error) => tracing::warn!(%error, %desk, "the inbox could not be written beside the store"),
        }
    }

    /// Takes what was written since into the inboxes that are held, so that whoever opens one in the morning need not wait for
    /// the night's documents.
    pub fn follow_inboxes(&self) -> Result<(), Error> {
        let head = self.store().head()?;
        let held: Vec<DeskId> = self.shelves().keys().cloned().collect();
        for desk in held {
            let kept = self.shelves().entry(desk.clone()).or_default().clone();
            let is_behind =
                kept.lock().unwrap_or_else(PoisonError::into_inner).as_ref().is_some_and(|shelf| shelf.seen < head);
            if is_behind {
                self.prepare_inbox(&desk)?;
            }
        }
        Ok(())
    }

    /// Works out the inboxes of all desks, so that the first who opens one need not wait.
    pub fn prepare_inboxes(&self) -> Result<(), Error> {
        self.desks()?.iter().try_for_each(|desk| self.prepare_inbox(&desk.id))
    }

    /// Works out one desk's.
    pub fn prepare_inbox(&self, desk: &DeskId) -> Result<(), Error> {
        self.on_shelf(desk, |_| ())
    }
}

impl Shelf {
    /// The shelf of a desk without documents.
    fn empty(reader: &mut Reader<'_>, desk: &DeskId) -> Result<Self, Error> {
        let seen = reader.position()?;
        let interests = interests(reader, desk)?;
        let (list, names) = (compile(&interests), Arc::new(Names::of(reader, desk)?));
        Ok(Self { entries: HashMap::new(), interests, names, list, seen, on_disk: false, since_then: 0 })
    }

    fn work_out(reader: &mut Reader<'_>, desk: &DeskId) -> Result<Self, Error> {
        let mut shelf = Self::empty(reader, desk)?;
        let mut query = Query { desk: Some(desk.clone()), limit: BATCH, ..Query::default() };
        while shelf.entries.len() < HELD {
            let page: Page<Versioned<Document>> = reader.list(&query)?;
            shelf.take_in(&page.items)?;
            match page.next {
                Some(next) => query.after = Some(next),
                None => break,
            }
        }
        Ok(shelf)
    }

    /// The shelf with what was written since.
    fn follow(mut self, reader: &mut Reader<'_>, desk: &DeskId) -> Result<Self, Error> {
        let mut documents: BTreeSet<String> = BTreeSet::new();
        let (mut renamed, mut desk_changed) = (false, false);
        loop {
            let since = reader.changes(self.seen, CHANGES)?;
            let Some(last) = since.last().map(|change| change.seq) else { break };
            for write in since.into_iter().flat_map(|change| change.writes) {
                match write.kind {
                    Kind::Document => drop(documents.insert(write.id)),
                    Kind::Source | Kind::Watch => renamed = true,
                    Kind::Desk => desk_changed |= write.id == desk.as_str(),
                    _ => {}
                }
            }
            if documents.len() > FOLLOWED {
                return Self::work_out(reader, desk);
            }
            self.seen = last;
        }
        if desk_changed && interests(reader, desk)? != self.interests {
            return Self::work_out(reader, desk);
        }
        let documents: Vec<String> = documents.into_iter().collect();
        for ids in documents.chunks(BATCH) {
            let mut standing = Vec::with_capacity(ids.len());
            for id in ids {
                match reader.get::<Document>(id)?.filter(|found| &found.value.desk == desk) {
                    Some(found) => standing.push(found),
                    None => drop(self.entries.remove(&DocumentId::from(id.as_str()))),
                }
            }
            self.take_in(&standing)?;
        }
        if renamed {
            self.names = Arc::new(Names::of(reader, desk)?);
        }
        self.let_go();
        Ok(self)
    }

    /// Takes documents in, in the place of what was known of them.
    fn take_in(&mut self, documents: &[Versioned<Document>]) -> Result<(), Error> {
        let entries = divided(documents, |found| self.entry(&found.value))?;
        self.since_then += entries.len();
        self.entries.extend(entries.into_iter().map(|entry| (entry.id.clone(), entry)));
        Ok(())
    }

    /// Lets the oldest go once a tenth more is held than need be.
    fn let_go(&mut self) {
        if self.entries.len() > HELD + HELD / 10 {
            let mut arrived: Vec<Timestamp> = self.entries.values().map(|entry| entry.arrived).collect();
            arrived.sort_unstable_by(|a, b| b.cmp(a));
            let oldest = arrived.get(HELD).copied().unwrap_or(Timestamp::MIN);
            self.entries.retain(|_, entry| entry.arrived > oldest);
        }
    }

    fn entry(&self, document: &Document) -> Entry {
        let place = document.story.as_ref();
        let text = document.text();
        Entry {
            id: document.id.clone(),
            arrived: document.arrived,
            triage: document.triage,
            outlet: match &document.source {
                Some(source) => source.as_str().into(),
                None => sitrep_language::address::host(&document.url).into(),
            },
            source: document.source.clone(),
            language: tag::primary(&document.language).into(),
            story: place.map_or_else(|| document.id.clone(), |place| place.story.clone()),
            relation: place.map_or(StoryRelation::First, |place| place.relation),
            watches: document.marks.iter().map(|mark| mark.watch.clone()).collect(),
            assigned: document.handling.assigned.as_ref().map(|assigned| assigned.to.clone()),
            graphic: is_graphic(document, &text),
            interests: self.spoken(document, &text),
        }
    }

    /// The desk's interests that a document speaks of. What answers two of them by the same words counts once.
    fn spoken(&self, document: &Document, text: &str) -> Box<[Spoken]> {
        let asked = Text { title: &document.title, body: text, language: &document.language, source: None };
        let mut marks = self.list.marks(&asked);
        marks.sort_by_key(|mark| !mark.title);
        let mut found: Vec<Spoken> = Vec::new();
        for mark in marks {
            let Ok(interest) = mark.watch.parse::<u16>() else { continue };
            let words = mark.words.join(" ");
            if !found.iter().any(|known| fold::fold(&known.words) == fold::fold(&words)) {
                found.push(Spoken { interest, title: mark.title, words: words.into() });
            }
        }
        found.into()
    }
}

/// A story's documents in order of arrival, the first report on top.
pub(super) fn in_order(mut told: Vec<&Entry>) -> Vec<&Entry> {
    told.sort_by(|a, b| a.arrived.cmp(&b.arrived).then_with(|| (b.id == b.story).cmp(&(a.id == a.story))));
    told
}

/// The outlets that report a story in words of their own, in order of their first such report. Of a story that only copies
/// are held of, the first copy's.
pub(super) fn origins<'e>(story: &[&'e Entry]) -> Vec<&'e str> {
    let mut origins: Vec<&str> = Vec::new();
    for entry in story.iter().filter(|entry| entry.relation != StoryRelation::Reprint) {
        if !origins.contains(&&*entry.outlet) {
            origins.push(&entry.outlet);
        }
    }
    if origins.is_empty() {
        origins.extend(story.first().map(|entry| &*entry.outlet));
    }
    origins
}

/// Whether a document is graphic: as a person said, else by its own words of warning.
pub(super) fn is_graphic(document: &Document, text: &str) -> bool {
    document.handling.graphic.unwrap_or_else(|| graphic::warns(&document.title, text))
}

/// What a desk is interested in.
fn interests(reader: &mut Reader<'_>, desk: &DeskId) -> Result<Vec<String>, Error> {
    Ok(reader.get::<Desk>(desk.as_str())?.map(|found| found.value.interests).unwrap_or_default())
}

fn compile(interests: &[String]) -> WatchList {
    let queries: Vec<(String, Interest)> = interests
        .iter()
        .enumerate()
        .filter_map(|(number, interest)| {
            let words: Vec<Pattern> = fold::spans(interest)
                .into_iter()
                .map(|(span, folded)| Pattern {
                    written: interest[span].to_owned(),
                    folded,
                    begins: false,
                    exact: false,
                })
                .collect();
            (!words.is_empty()).then(|| (number.to_string(), Interest::Words { words, title: false }))
        })
        .collect();
    WatchList::compile(queries.iter().map(|(number, query)| (number.as_str(), query)), |_, _| Vec::new())
}
