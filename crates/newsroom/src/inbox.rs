//! The inbox: what came in, by story, what matters to the desk on top, and why it stands there in words.

mod acts;
mod ranking;
mod readers;
mod shelf;
pub(crate) mod undo;
mod views;

pub use acts::triage_named;
pub use ranking::{Reason, ReasonKind};
pub use readers::DocumentReader;
pub(crate) use shelf::Shelves;
pub use undo::Undone;
pub use views::SavedView;

use crate::error::Error;
use crate::newsroom::{Newsroom, must};
use crate::search::Search;
use crate::who::Who;
use ranking::{Ranking, of_arrival, of_origins};
use shelf::{Entry, Names, Shelf, in_order, is_graphic, origins};
use sitrep_model::Kind;
use sitrep_model::account::Role;
use sitrep_model::document::{Document, Triage};
use sitrep_model::id::{AccountId, DeskId, DocumentId, SourceId, WatchId};
use sitrep_model::source::Reliability;
use sitrep_store::{Reader, Versioned};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Documents of a story that its entry shows, at most.
const SHOWN: usize = 24;
/// Documents that words are looked for among, at most.
const HITS: usize = 2_000;

/// Whose task something is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskOf {
    /// Somebody's.
    Anybody,
    /// Nobody's.
    Nobody,
    /// That person's.
    One(AccountId),
}

/// What of the inbox is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InboxQuery {
    /// Only with this decision.
    pub show: Option<Triage>,
    /// Only from this source.
    pub source: Option<SourceId>,
    /// Only in this language (BCP 47 primary subtag).
    pub language: Option<String>,
    /// Only what answers this watch.
    pub watch: Option<WatchId>,
    /// Only such tasks.
    pub task: Option<TaskOf>,
    /// Only what these words find, in any script.
    pub words: String,
    /// By arrival, the newest first; else what matters most first.
    pub newest: bool,
    /// Stories on a page.
    pub limit: usize,
    /// `next` of the page before.
    pub after: Option<String>,
}

/// One page of the inbox.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct InboxPage {
    /// Stories, what matters most on top.
    pub stories: Vec<InboxStory>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Documents that are held, by decision.
    pub counts: BTreeMap<&'static str, usize>,
    /// Languages that they are in, with how many.
    pub languages: BTreeMap<String, usize>,
    /// Sources that they come from: id, name, how many; those with most first.
    pub sources: Vec<(SourceId, String, usize)>,
    /// Watches that they answer: id, title, how many; those with most first.
    pub watches: Vec<(WatchId, String, usize)>,
}

/// Documents that tell the same thing.
#[derive(Debug, Clone, PartialEq)]
pub struct InboxStory {
    /// Those that are asked for, the earliest on top.
    pub lines: Vec<InboxLine>,
    /// How many more are asked for and not shown.
    pub more: usize,
    /// Documents that tell it, whatever was decided about them.
    pub documents: usize,
    /// Outlets that report it in words of their own.
    pub origins: Vec<String>,
    /// Why it stands where it stands.
    pub reasons: Vec<Reason>,
}

/// One document of the inbox.
#[derive(Debug, Clone, PartialEq)]
pub struct InboxLine {
    /// The document and its version.
    pub document: Versioned<Document>,
    /// Who published it.
    pub outlet: String,
    /// The source's reliability.
    pub grade: Reliability,
    /// Published sentences, events and assessments that rest on it.
    pub used: usize,
    /// Leads that were made of it.
    pub leads: usize,
    /// It shows what not everybody can bear.
    pub graphic: bool,
    /// Titles of the watches that it answers.
    pub watches: Vec<String>,
    /// The name of whose task it is.
    pub task_of: Option<String>,
    /// Who opened it, the last at the end.
    pub readers: Vec<DocumentReader>,
}

/// A story in its place.
struct Ranked<'s> {
    rank: i64,
    story: &'s DocumentId,
    /// Its documents, in order of arrival.
    told: Vec<&'s Entry>,
    /// The one that brings it here.
    best: &'s Entry,
}

/// A story of the page.
struct Chosen {
    /// Its documents, and whether each is graphic.
    documents: Vec<(DocumentId, bool)>,
    story: InboxStory,
}

impl Newsroom {
    /// One page of the inbox.
    pub fn inbox(&self, who: &Who, desk: &DeskId, asked: &InboxQuery) -> Result<InboxPage, Error> {
        who.must_be(Role::Reader, desk)?;
        let hits = self.hits(who, desk, &asked.words)?;
        let after = asked.after.as_deref().map(place).transpose()?;
        let (mut page, chosen, names) = self.on_shelf(desk, |shelf| {
            let ranking = Ranking { shelf, asker: who.account().map(|account| &account.id) };
            let wanted =
                |entry: &Entry| asked.takes(entry) && hits.as_ref().is_none_or(|h| h.contains(entry.id.as_str()));
            let mut ranked = ranked(&ranking, &wanted, asked.newest);
            ranked.retain(|story| after.as_ref().is_none_or(|(rank, id)| (story.rank, story.story) < (*rank, id)));
            let more = ranked.len() > asked.limit;
            ranked.truncate(asked.limit);
            let next = ranked.last().filter(|_| more).map(|last| format!("{}~{}", last.rank, last.story));
            let chosen: Vec<Chosen> = ranked.iter().map(|story| chosen(&ranking, story, &wanted)).collect();
            (InboxPage { next, ..overview(shelf, asked.show) }, chosen, shelf.names.clone())
        })?;
        self.read(|reader| {
            for Chosen { documents, mut story } in chosen {
                for (id, graphic) in documents {
                    let found: Option<Versioned<Document>> = reader.get(id.as_str())?;
                    if let Some(document) = found.filter(|found| &found.value.desk == desk) {
                        story.lines.push(line(reader, document, &names, graphic)?);
                    }
                }
                if !story.lines.is_empty() {
                    page.stories.push(story);
                }
            }
            Ok::<(), Error>(())
        })?;
        self.tell_readers(desk, page.stories.iter_mut().flat_map(|story| &mut story.lines))?;
        Ok(page)
    }

    /// One document as the inbox shows it, and why it is there; documents too old for the shelf have no reasons.
    pub fn inbox_line(&self, who: &Who, desk: &DeskId, id: &str) -> Result<(InboxLine, Vec<Reason>), Error> {
        who.must_be(Role::Reader, desk)?;
        let (names, reasons) = self.on_shelf(desk, |shelf| {
            let ranking = Ranking { shelf, asker: who.account().map(|account| &account.id) };
            let mut reasons = Vec::new();
            if let Some(entry) = shelf.entries.get(&DocumentId::from(id)) {
                reasons = ranking.reasons(entry);
                let told = shelf.entries.values().filter(|other| other.story == entry.story).collect();
                reasons.extend(of_origins(origins(&in_order(told)).len()).map(|(_, reason)| reason));
            }
            (shelf.names.clone(), reasons)
        })?;
        let mut found = self.read(|reader| {
            let document = must::<Document>(reader, desk, id)?;
            let graphic = is_graphic(&document.value, &document.value.text());
            line(reader, document, &names, graphic)
        })?;
        self.tell_readers(desk, [&mut found])?;
        Ok((found, reasons))
    }

    /// The documents of the same story that nobody decided about yet, and the document itself.
    pub fn undecided_of_story(&self, who: &Who, desk: &DeskId, id: &str) -> Result<Vec<DocumentId>, Error> {
        who.must_be(Role::Reader, desk)?;
        let own = DocumentId::from(id);
        let mut ids = self.on_shelf(desk, |shelf| {
            let Some(entry) = shelf.entries.get(&own) else { return Vec::new() };
            let open = |other: &&Entry| other.story == entry.story && other.triage == Triage::New && other.id != own;
            shelf.entries.values().filter(open).map(|other| other.id.clone()).collect::<Vec<_>>()
        })?;
        ids.sort_unstable();
        ids.insert(0, own);
        Ok(ids)
    }

    fn hits(&self, who: &Who, desk: &DeskId, words: &str) -> Result<Option<HashSet<String>>, Error> {
        if words.trim().is_empty() {
            return Ok(None);
        }
        let search =
            Search { text: words.trim().to_owned(), kinds: vec![Kind::Document], limit: HITS, ..Search::default() };
        Ok(Some(self.search(who, desk, &search)?.found.into_iter().map(|found| found.id).collect()))
    }
}

fn place(cursor: &str) -> Result<(i64, DocumentId), Error> {
    let read = cursor.split_once('~').and_then(|(rank, id)| Some((rank.parse().ok()?, DocumentId::from(id))));
    read.ok_or_else(|| Error::field("after", "this page's cursor is none of ours: begin at the first page"))
}

impl InboxQuery {
    /// Whether a document is asked for, whatever words are looked for.
    fn takes(&self, entry: &Entry) -> bool {
        self.show.is_none_or(|show| entry.triage == show)
            && self.source.as_ref().is_none_or(|source| entry.source.as_ref() == Some(source))
            && self.language.as_ref().is_none_or(|language| **language == *entry.language)
            && self.watch.as_ref().is_none_or(|watch| entry.watches.contains(watch))
            && match &self.task {
                None => true,
                Some(TaskOf::Anybody) => entry.assigned.is_some(),
                Some(TaskOf::Nobody) => entry.assigned.is_none(),
                Some(TaskOf::One(account)) => entry.assigned.as_ref() == Some(account),
            }
    }
}

/// The stories that are asked for, in order.
fn ranked<'s>(ranking: &Ranking<'s>, wanted: &dyn Fn(&Entry) -> bool, newest: bool) -> Vec<Ranked<'s>> {
    let mut stories: HashMap<&DocumentId, Vec<&Entry>> = HashMap::new();
    for entry in ranking.shelf.entries.values() {
        stories.entry(&entry.story).or_default().push(entry);
    }
    let mut ranked: Vec<Ranked<'s>> = Vec::new();
    for (story, told) in stories {
        let rank = |entry: &&Entry| ranking.points(entry).saturating_add(of_arrival(entry.arrived));
        let open = told.iter().copied().filter(|entry| wanted(entry));
        let Some(best) = open.clone().max_by_key(|entry| (rank(entry), &entry.id)) else { continue };
        let told_by = of_origins(origins(&told).len()).map_or(0, |(more, _)| more);
        let rank = match newest {
            true => open.map(|entry| entry.arrived.as_microsecond()).max().unwrap_or_default(),
            false => rank(&best).saturating_add(told_by),
        };
        ranked.push(Ranked { rank, story, told, best });
    }
    ranked.sort_unstable_by(|a, b| (b.rank, b.story).cmp(&(a.rank, a.story)));
    ranked
}

/// What the page shows of a story, without its documents.
fn chosen(ranking: &Ranking<'_>, ranked: &Ranked<'_>, wanted: &dyn Fn(&Entry) -> bool) -> Chosen {
    let told = in_order(ranked.told.clone());
    let open: Vec<&Entry> = told.iter().copied().filter(|entry| wanted(entry)).collect();
    let origins: Vec<String> = origins(&told).into_iter().map(|outlet| ranking.shelf.names.outlet(outlet)).collect();
    let mut reasons = ranking.reasons(ranked.best);
    reasons.extend(of_origins(origins.len()).map(|(_, reason)| reason));
    let documents: Vec<_> = open.iter().take(SHOWN).map(|entry| (entry.id.clone(), entry.graphic)).collect();
    let more = open.len() - documents.len();
    Chosen { documents, story: InboxStory { lines: Vec::new(), more, documents: told.len(), origins, reasons } }
}

/// How much there is of what, among documents with a decision.
fn overview(shelf: &Shelf, show: Option<Triage>) -> InboxPage {
    let mut page = InboxPage::default();
    let mut sources: HashMap<&SourceId, usize> = HashMap::new();
    let mut watches: HashMap<&WatchId, usize> = HashMap::new();
    for entry in shelf.entries.values() {
        *page.counts.entry(entry.triage.as_str()).or_default() += 1;
        if show.is_some_and(|show| entry.triage != show) {
            continue;
        }
        *page.languages.entry(entry.language.to_string()).or_default() += 1;
        if let Some(source) = &entry.source {
            *sources.entry(source).or_default() += 1;
        }
        for watch in &entry.watches {
            *watches.entry(watch).or_default() += 1;
        }
    }
    page.sources = sources.into_iter().map(|(id, many)| (id.clone(), shelf.names.outlet(id.as_str()), many)).collect();
    page.sources.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.1.cmp(&b.1)));
    page.watches = watches.into_iter().map(|(id, many)| (id.clone(), shelf.names.watch(id), many)).collect();
    page.watches.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.1.cmp(&b.1)));
    page
}

fn line(
    reader: &mut Reader<'_>,
    document: Versioned<Document>,
    names: &Names,
    graphic: bool,
) -> Result<InboxLine, Error> {
    let used = reader.links_to(Kind::Document, document.value.id.as_str(), None)?;
    let source = document.value.source.as_ref().and_then(|id| names.sources.get(id));
    let watches = document.value.marks.iter().map(|mark| names.watch(&mark.watch)).collect();
    Ok(InboxLine {
        outlet: source.map_or_else(|| sitrep_language::address::host(&document.value.url), |(name, _)| name.clone()),
        grade: source.map(|(_, grade)| *grade).unwrap_or_default(),
        used: used.iter().filter(|link| !matches!(link.kind, Kind::Document | Kind::Lead)).count(),
        leads: used.iter().filter(|link| link.kind == Kind::Lead).count(),
        graphic,
        watches,
        task_of: None,
        readers: Vec::new(),
        document,
    })
}
