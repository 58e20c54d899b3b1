//! Stories: which documents tell the same thing, who was first, who copied whom, and how many independent origins there are.
//!
//! A document's place is written with the document. The stream that decides it is kept in memory and made again from the
//! newest documents after a restart.

use crate::error::Error;
use crate::newsroom::{Newsroom, look};
use crate::processors::divided;
use crate::sources::outlet;
use jiff::Timestamp;
use sitrep_model::Kind;
use sitrep_model::document::{Document, InStory, StoryRelation, Triage};
use sitrep_model::id::{DeskId, DocumentId};
use sitrep_model::source::Source;
use sitrep_sift::Heard;
use sitrep_sift::account::{self, Told};
use sitrep_sift::stream::{Arrival, Placed, Relation, Stream};
use sitrep_store::{Order, Page, Query, Reader, Versioned, Writer};
use std::collections::BTreeMap;
use std::ops::Range;

/// The role of the thread from a document to the first report of its story.
pub(crate) const TELLS: &str = "tells";

/// Newest documents that the stream is made from after a restart, at most.
const RECALLED: usize = 4_000;

/// Documents read at a time for it.
const PAGE: usize = 500;

/// Documents of a story that are shown, at most.
const SHOWN: usize = 200;

/// A document of a story.
#[derive(Debug, Clone, PartialEq)]
pub struct StoryLine {
    /// The document.
    pub id: DocumentId,
    /// Its title.
    pub title: String,
    /// Its language.
    pub language: String,
    /// When we had it.
    pub arrived: Timestamp,
    /// What was decided about it.
    pub triage: Triage,
    /// Who published it.
    pub outlet: String,
    /// How it stands to the story.
    pub relation: StoryRelation,
    /// The title of what it repeats.
    pub of: Option<String>,
}

/// A story as it is shown: its documents in order of arrival, and where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct StoryView {
    /// The story, named by its first report.
    pub id: DocumentId,
    /// Its documents, the first report on top.
    pub lines: Vec<StoryLine>,
    /// Outlets that report it in words of their own: independent origins, not outlets.
    pub origins: Vec<String>,
}

impl Newsroom {
    /// Reads what the desk's stream places a document by. It takes longer than placing, and needs neither stream nor store.
    pub(crate) fn hear(&self, title: &str, text: &str, language: &str) -> Heard {
        let mut listener = self.listeners().pop().unwrap_or_default();
        let heard = listener.hear(title, text, language);
        self.listeners().push(listener);
        heard
    }

    /// A document's place in a story: as it was for a document that is known, else found by the desk's stream.
    pub(crate) fn place_in_story(
        &self,
        writer: &mut Writer<'_>,
        document: &Document,
        heard: &Heard,
    ) -> Result<Option<InStory>, Error> {
        let mut streams = self.streams();
        if !streams.contains_key(&document.desk) {
            let recalled = self.recall(writer, &document.desk)?;
            streams.insert(document.desk.clone(), recalled);
        }
        let Some(stream) = streams.get_mut(&document.desk) else { return Ok(None) };
        let placed = stream.place_heard(&arrival(document, heard));
        Ok(Some(document.story.clone().unwrap_or_else(|| in_story(&document.id, placed))))
    }

    /// The stream as it was: made from the newest documents, each in the story that it was put into.
    fn recall(&self, reader: &mut Reader<'_>, desk: &DeskId) -> Result<Stream, Error> {
        let mut newest: Vec<Document> = Vec::new();
        let mut after = None;
        while newest.len() < RECALLED {
            let query =
                Query { desk: Some(desk.clone()), order: Order::NewestFirst, limit: PAGE, after, ..Query::default() };
            let page: Page<Versioned<Document>> = reader.list(&query)?;
            newest.extend(page.items.into_iter().map(|found| found.value));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let heard = divided(&newest, |document| self.hear(&document.title, &document.text(), &document.language))?;
        let mut stream = Stream::default();
        for (document, heard) in newest.iter().zip(&heard).rev() {
            let story = document.story.as_ref().map_or(&document.id, |place| &place.story);
            stream.recall(&arrival(document, heard), story.as_str());
        }
        Ok(stream)
    }

    /// Forgets the desk's stream and what re-prints are found by, which are made again from what is kept: a document was placed
    /// and not kept.
    pub(crate) fn forget_placed(&self, desk: &DeskId) {
        self.streams().remove(desk);
        self.reprints().remove(desk);
    }
}

fn arrival<'a>(document: &'a Document, heard: &'a Heard) -> Arrival<'a> {
    Arrival {
        id: document.id.as_str(),
        url: &document.url,
        published: Some(document.published.unwrap_or(document.arrived).as_second()),
        heard,
    }
}

fn in_story(id: &DocumentId, placed: Placed) -> InStory {
    let is_itself = placed.of.as_deref() == Some(id.as_str());
    let relation = match placed.relation {
        Relation::First => StoryRelation::First,
        Relation::Update if is_itself && placed.story == id.as_str() => StoryRelation::First,
        Relation::New => StoryRelation::New,
        Relation::Update if is_itself => StoryRelation::New,
        // Another address of a page that is kept already.
        Relation::Reprint | Relation::Update => StoryRelation::Reprint,
    };
    let of = placed.of.filter(|_| !is_itself).map(DocumentId);
    let likeness = (placed.likeness * 100.0).round() / 100.0;
    InStory { story: DocumentId(placed.story), relation, of, likeness }
}

/// The story that a document is in, as known at a moment; `None` where it has none.
pub(crate) fn view(
    reader: &mut Reader<'_>,
    document: &Document,
    as_of: Option<Timestamp>,
) -> Result<Option<StoryView>, Error> {
    let Some(place) = &document.story else { return Ok(None) };
    let links = reader.links_to(Kind::Document, place.story.as_str(), as_of)?;
    let others = links.into_iter().filter(|link| link.role == TELLS && link.kind == Kind::Document).map(|link| link.id);
    let ids: Vec<String> = std::iter::once(place.story.to_string()).chain(others).take(SHOWN).collect();
    let mut documents: Vec<Document> = Vec::with_capacity(ids.len());
    for id in &ids {
        let found: Option<Versioned<Document>> = look(reader, id, as_of)?;
        documents.extend(found.map(|found| found.value).filter(|found| found.desk == document.desk));
    }
    documents.sort_by(|a, b| a.arrived.cmp(&b.arrived).then_with(|| (b.id == place.story).cmp(&(a.id == place.story))));
    let mut outlets: BTreeMap<String, String> = BTreeMap::new();
    for document in &documents {
        let source = match &document.source {
            Some(source) => look::<Source>(reader, source.as_str(), as_of)?.map(|found| found.value),
            None => None,
        };
        outlets.insert(document.id.to_string(), outlet(source.as_ref(), &document.url));
    }
    let told: Vec<Told> = documents.iter().map(|document| told(document, &outlets)).collect();
    let titles: BTreeMap<&str, &str> = documents.iter().map(|d| (d.id.as_str(), d.title.as_str())).collect();
    let lines = documents.iter().map(|document| line(document, &outlets, &titles)).collect();
    Ok(Some(StoryView { id: place.story.clone(), lines, origins: account::account(&told).origins }))
}

fn told(document: &Document, outlets: &BTreeMap<String, String>) -> Told {
    let place = document.story.as_ref();
    Told {
        id: document.id.to_string(),
        outlet: outlets.get(document.id.as_str()).cloned().unwrap_or_default(),
        relation: match place.map(|place| place.relation) {
            Some(StoryRelation::Reprint) => Relation::Reprint,
            Some(StoryRelation::New) => Relation::New,
            _ => Relation::First,
        },
        of: place.and_then(|place| place.of.as_ref()).map(ToString::to_string),
    }
}

fn line(document: &Document, outlets: &BTreeMap<String, String>, titles: &BTreeMap<&str, &str>) -> StoryLine {
    let place = document.story.as_ref();
    let relation = place.map_or(StoryRelation::First, |place| place.relation);
    let of = place.and_then(|place| place.of.as_ref()).and_then(|of| titles.get(of.as_str()));
    StoryLine {
        id: document.id.clone(),
        title: document.title.clone(),
        language: document.language.clone(),
        arrived: document.arrived,
        triage: document.triage,
        outlet: outlets.get(document.id.as_str()).cloned().unwrap_or_default(),
        of: of.filter(|_| relation == StoryRelation::Reprint).map(|title| (*title).to_owned()),
        relation,
    }
}

/// Documents that a sentence cites, and the independent origins that stand behind them: who prints another's text is no
/// second source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CitedOrigins {
    /// Documents that are cited.
    pub documents: usize,
    /// Outlets behind them, each once.
    pub origins: Vec<String>,
}

/// The independent origins behind cited documents, each with the name of who published it.
pub(crate) fn cited_origins<'a>(cited: impl Iterator<Item = (&'a Document, Option<&'a Source>)>) -> CitedOrigins {
    let mut seen: Vec<(Document, String)> = Vec::new();
    for (document, source) in cited {
        if !seen.iter().any(|(known, _)| known.id == document.id) {
            seen.push((document.clone(), outlet(source, &document.url)));
        }
    }
    seen.sort_by_key(|(document, _)| document.arrived);
    let outlets: BTreeMap<String, String> = seen.iter().map(|(d, outlet)| (d.id.to_string(), outlet.clone())).collect();
    let told: Vec<Told> = seen.iter().map(|(document, _)| told(document, &outlets)).collect();
    CitedOrigins { documents: told.len(), origins: account::account(&told).origins }
}

/// What a re-print added to the document that it repeats; nothing for a document that repeats none.
pub(crate) fn added(
    reader: &mut Reader<'_>,
    document: &Document,
    as_of: Option<Timestamp>,
) -> Result<Vec<Range<usize>>, Error> {
    let place = document.story.as_ref().filter(|place| place.relation == StoryRelation::Reprint);
    let Some(of) = place.and_then(|place| place.of.as_ref()) else { return Ok(Vec::new()) };
    let earlier: Option<Versioned<Document>> = look(reader, of.as_str(), as_of)?;
    Ok(earlier.map_or_else(Vec::new, |earlier| account::added(&document.text(), &earlier.value.text())))
}
