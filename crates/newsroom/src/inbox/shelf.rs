//! What the inbox is ranked and filtered by, of each document of a desk: worked out once, kept in memory, and followed by
//! the record's position.
//!
//! A desk's newest documents are held, older ones are found by search and by the lists of their sources and watches.

use crate::catalogue::all;
use crate::error::Error;
use crate::newsroom::Newsroom;
use crate::processors::divided;
use jiff::Timestamp;
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
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// Documents of a desk that are held, the newest.
const HELD: usize = 30_000;
/// Changes that are looked through one by one; behind more than these everything is worked out anew.
const FOLLOWED: usize = 2_000;
/// Documents read at a time.
const BATCH: usize = 500;

/// A document as the inbox is ranked and filtered by.
#[derive(Debug, Clone)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
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
        let now = self.read(|reader| match kept.take() {
            Some(shelf) => shelf.follow(reader, desk),
            None => Shelf::work_out(reader, desk),
        })?;
        let answer = ask(&now);
        *kept = Some(now);
        Ok(answer)
    }

    /// Works out the inboxes of all desks, so that the first who opens one need not wait.
    pub fn prepare_inboxes(&self) -> Result<(), Error> {
        for desk in self.desks()? {
            self.on_shelf(&desk.id, |_| ())?;
        }
        Ok(())
    }
}

impl Shelf {
    fn work_out(reader: &mut Reader<'_>, desk: &DeskId) -> Result<Self, Error> {
        let seen = reader.position()?;
        let interests = reader.get::<Desk>(desk.as_str())?.map(|found| found.value.interests).unwrap_or_default();
        let (list, names) = (compile(&interests), Arc::new(Names::of(reader, desk)?));
        let mut shelf = Self { entries: HashMap::new(), interests, names, list, seen };
        let mut query = Query { desk: Some(desk.clone()), limit: BATCH, ..Query::default() };
        while shelf.entries.len() < HELD {
            let page: Page<Versioned<Document>> = reader.list(&query)?;
            let entries = divided(&page.items, |found| shelf.entry(&found.value))?;
            shelf.entries.extend(entries.into_iter().map(|entry| (entry.id.clone(), entry)));
            match page.next {
                Some(next) => query.after = Some(next),
                None => break,
            }
        }
        Ok(shelf)
    }

    /// The shelf with what was written since.
    fn follow(mut self, reader: &mut Reader<'_>, desk: &DeskId) -> Result<Self, Error> {
        let since = reader.changes(self.seen, FOLLOWED + 1)?;
        let Some(last) = since.last().map(|change| change.seq) else { return Ok(self) };
        let writes = || since.iter().flat_map(|change| &change.writes);
        let interests_may_differ = writes().any(|write| write.kind == Kind::Desk && write.id == desk.as_str());
        if since.len() > FOLLOWED || interests_may_differ {
            return Self::work_out(reader, desk);
        }
        let documents: BTreeSet<&str> =
            writes().filter(|write| write.kind == Kind::Document).map(|write| write.id.as_str()).collect();
        for id in documents {
            match reader.get::<Document>(id)?.filter(|found| &found.value.desk == desk) {
                Some(found) => drop(self.entries.insert(found.value.id.clone(), self.entry(&found.value))),
                None => drop(self.entries.remove(&DocumentId::from(id))),
            }
        }
        if writes().any(|write| matches!(write.kind, Kind::Source | Kind::Watch)) {
            self.names = Arc::new(Names::of(reader, desk)?);
        }
        self.seen = last;
        self.let_go();
        Ok(self)
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
        let mut found: Vec<Spoken> = Vec::new();
        for (title, part) in [(true, document.title.as_str()), (false, text)] {
            let asked = Text { title: "", body: part, language: &document.language, source: None };
            for mark in self.list.marks(&asked) {
                let Ok(interest) = mark.watch.parse::<u16>() else { continue };
                let words = mark.words.join(" ");
                let known = found.iter().any(|s| s.interest == interest || fold::fold(&s.words) == fold::fold(&words));
                if !known {
                    found.push(Spoken { interest, title, words: words.into() });
                }
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
