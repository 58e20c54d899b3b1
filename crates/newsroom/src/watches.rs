//! Watch lists: a desk's standing queries, and the documents that they mark as they arrive.

use crate::catalogue::all;
use crate::error::Error;
use crate::ids;
use crate::newsroom::{Newsroom, must};
use crate::processors::divided;
use crate::who::Who;
use serde::Serialize;
use sitrep_model::Kind;
use sitrep_model::account::Role;
use sitrep_model::actor::Actor;
use sitrep_model::document::{Document, WatchMark};
use sitrep_model::id::{DeskId, WatchId};
use sitrep_model::place::Place;
use sitrep_model::source::Source;
use sitrep_model::watch::Watch;
use sitrep_sift::watch::{Field, Query as StandingQuery, Text, WatchList};
use sitrep_store::{Expected, Order, Page, Query, Reader, Versioned};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Changes of the record that are looked through before a list is simply compiled anew.
const LOOKED_THROUGH: usize = 500;
/// Documents that a query is tried on before it is kept.
const TRIED: usize = 500;
/// Most documents shown of a trial.
const SHOWN: usize = 20;

/// A desk's watches, compiled, and the place in the record up to which that holds.
#[derive(Debug, Default)]
pub(crate) struct Standing {
    list: WatchList,
    seen: u64,
}

/// A watch, and how many documents it marked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WatchLine {
    /// The watch.
    pub watch: Watch,
    /// Its version.
    pub version: u64,
    /// Documents marked since it stands.
    pub marked: u64,
    /// Those of them that nobody decided about yet.
    pub open: u64,
}

/// What a query finds among the newest documents.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// How many documents were looked at.
    pub tried: usize,
    /// How many answer.
    pub answered: usize,
    /// The newest of them, with the words that answer.
    pub documents: Vec<(Document, Vec<String>)>,
}

impl Newsroom {
    /// One page of a desk's watches, by title.
    pub fn watches(&self, who: &Who, desk: &DeskId, page: &Query) -> Result<Page<WatchLine>, Error> {
        who.must_be(Role::Reader, desk)?;
        let query = Query { desk: Some(desk.clone()), order: Order::Title, ..page.clone() };
        self.read(|reader| {
            let found: Page<Versioned<Watch>> = reader.list(&query)?;
            let mut items = Vec::with_capacity(found.items.len());
            for Versioned { value: watch, version, .. } in found.items {
                let mut marked = answering(desk, &watch.id);
                let all = reader.count::<Document>(&marked)?;
                marked.status = vec!["new".to_owned()];
                let open = reader.count::<Document>(&marked)?;
                items.push(WatchLine { watch, version, marked: all, open });
            }
            Ok(Page { items, next: found.next })
        })
    }

    /// A watch of a desk.
    pub fn watch(&self, who: &Who, desk: &DeskId, id: &str) -> Result<Versioned<Watch>, Error> {
        who.must_be(Role::Reader, desk)?;
        self.read(|reader| must::<Watch>(reader, desk, id))
    }

    /// One page of the documents that a watch marked, newest first.
    pub fn marked(
        &self,
        who: &Who,
        desk: &DeskId,
        watch: &WatchId,
        page: &Query,
    ) -> Result<Page<Versioned<Document>>, Error> {
        who.must_be(Role::Reader, desk)?;
        let query = Query { after: page.after.clone(), limit: page.limit, ..answering(desk, watch) };
        self.read(|reader| Ok(reader.list(&query)?))
    }

    /// Keeps a watch: new with version 0, else the version it was read at. A new one gets its id from its title.
    pub fn save_watch(&self, who: &Who, watch: &Watch, version: u64) -> Result<Watch, Error> {
        who.must_be(Role::Analyst, &watch.desk)?;
        let mut watch = Watch { title: watch.title.trim().to_owned(), ..watch.clone() };
        if watch.title.is_empty() {
            return Err(Error::field("title", "a watch needs a title: the inbox names it"));
        }
        if version == 0 && watch.id.as_str().is_empty() {
            watch.id = WatchId(format!("{}/{}", watch.desk, ids::slug(&watch.title)));
        }
        let query = StandingQuery::parse(&watch.query).map_err(|error| refused(&error))?;
        let expected = if version == 0 { Expected::New } else { Expected::Version(version) };
        self.write(who, "watch.save", Some(&watch.desk), None, |writer| {
            for (field, id) in query.named() {
                if names(writer, &watch.desk, field, id)?.is_empty() {
                    let noun = if field == Field::Actor { "actor" } else { "place" };
                    return Err(Error::field("query", format!("there is no {noun} {id:?} in the register")));
                }
            }
            writer.put(&watch, expected)?;
            Ok(())
        })?;
        Ok(watch)
    }

    /// What a query would have marked among a desk's newest documents. Nothing is written.
    pub fn try_watch(&self, who: &Who, desk: &DeskId, query: &str) -> Result<Trial, Error> {
        who.must_be(Role::Reader, desk)?;
        let query = StandingQuery::parse(query).map_err(|error| refused(&error))?;
        let newest = Query { desk: Some(desk.clone()), limit: TRIED, ..Query::default() };
        self.read(|reader| {
            let names = names_of(reader, desk, [&query])?;
            let list = WatchList::compile([("trial", &query)], |field, id| named(&names, field, id));
            let found: Page<Versioned<Document>> = reader.list(&newest)?;
            let tried = found.items.len();
            let mut documents = Vec::new();
            let mut answered = 0;
            for Versioned { value, .. } in found.items {
                if let Some(mark) = list.marks(&text(&value.title, &value.text(), &value.language, &value.source)).pop()
                {
                    answered += 1;
                    if documents.len() < SHOWN {
                        documents.push((value, mark.words));
                    }
                }
            }
            Ok(Trial { tried, answered, documents })
        })
    }

    /// The watches that pages answer as they arrive, page by page.
    pub(crate) fn marks<'s>(
        &self,
        desk: &DeskId,
        source: Option<&Source>,
        pages: impl IntoIterator<Item = Said<'s>>,
    ) -> Result<Vec<Vec<WatchMark>>, Error> {
        let mut standing = self.standing();
        let kept = standing.entry(desk.clone()).or_default();
        self.read(|reader| refresh(kept, reader, desk))?;
        let list = &kept.list;
        let spoken = source.map(|source| source.language.as_str()).unwrap_or_default();
        let source = source.map(|source| source.id.clone());
        let pages: Vec<Said<'_>> = pages.into_iter().collect();
        divided(&pages, |page| {
            let marks = list.marks(&text(page.title, page.text, page.language.unwrap_or(spoken), &source));
            marks.into_iter().map(|mark| WatchMark { watch: WatchId(mark.watch), words: mark.words }).collect()
        })
    }
}

/// What a page says, as watches look at it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Said<'a> {
    pub(crate) title: &'a str,
    pub(crate) language: Option<&'a str>,
    pub(crate) text: &'a str,
}

fn answering(desk: &DeskId, watch: &WatchId) -> Query {
    let linked = Some((Some("answers".to_owned()), Kind::Watch, watch.as_str().to_owned()));
    Query { desk: Some(desk.clone()), linked, ..Query::default() }
}

fn text<'t>(
    title: &'t str,
    body: &'t str,
    language: &'t str,
    source: &'t Option<sitrep_model::id::SourceId>,
) -> Text<'t> {
    Text { title, body, language, source: source.as_ref().map(sitrep_model::id::SourceId::as_str) }
}

/// Compiles a desk's watches again where something that they are made of has changed since.
fn refresh(kept: &mut Standing, reader: &mut Reader<'_>, desk: &DeskId) -> Result<(), Error> {
    let since = reader.changes(kept.seen, LOOKED_THROUGH)?;
    let Some(last) = since.last().map(|change| change.seq) else { return Ok(()) };
    let matters = |kind: Kind| matches!(kind, Kind::Watch | Kind::Actor | Kind::Place);
    let changed = since.iter().flat_map(|change| &change.writes).any(|write| matters(write.kind));
    if !changed && since.len() < LOOKED_THROUGH {
        kept.seen = last;
        return Ok(());
    }
    let watches: Vec<Watch> = all(reader, Some(desk))?;
    let standing: Vec<(String, StandingQuery)> = watches
        .into_iter()
        .filter(|watch| !watch.retired)
        .filter_map(|watch| StandingQuery::parse(&watch.query).ok().map(|query| (watch.id.0, query)))
        .collect();
    let names = names_of(reader, desk, standing.iter().map(|(_, query)| query))?;
    kept.list = WatchList::compile(standing.iter().map(|(id, query)| (id.as_str(), query)), |field, id| {
        named(&names, field, id)
    });
    kept.seen = reader.position()?;
    Ok(())
}

type Names = HashMap<(Field, String), Vec<String>>;

fn named(names: &Names, field: Field, id: &str) -> Vec<String> {
    names.get(&(field, id.to_owned())).cloned().unwrap_or_default()
}

fn names_of<'q>(
    reader: &mut Reader<'_>,
    desk: &DeskId,
    queries: impl IntoIterator<Item = &'q StandingQuery>,
) -> Result<Names, Error> {
    let mut found = Names::new();
    for (field, id) in queries.into_iter().flat_map(StandingQuery::named) {
        if let Entry::Vacant(unknown) = found.entry((field, id.to_owned())) {
            unknown.insert(names(reader, desk, field, id)?);
        }
    }
    Ok(found)
}

/// Every name of an actor or place; none where there is no such thing.
fn names(reader: &mut Reader<'_>, desk: &DeskId, field: Field, id: &str) -> Result<Vec<String>, Error> {
    Ok(match field {
        Field::Actor => match reader.get::<Actor>(id)?.filter(|found| &found.value.desk == desk) {
            Some(Versioned { value, .. }) => {
                value.spellings().chain(value.abbreviation.as_deref()).map(str::to_owned).collect()
            }
            None => Vec::new(),
        },
        Field::Place => {
            let found = reader.get::<Place>(id)?;
            found.map_or_else(Vec::new, |found| found.value.spellings().map(str::to_owned).collect())
        }
        Field::Source | Field::Language => Vec::new(),
    })
}

/// Refuses a list of watches at the first that can't be read.
pub(crate) fn check_all(watches: &[Watch]) -> Result<(), Error> {
    for watch in watches {
        StandingQuery::parse(&watch.query)
            .map_err(|error| Error::invalid(format!("watches.toml: watch {}: {error}; {}", watch.id, error.hint)))?;
    }
    Ok(())
}

fn refused(error: &sitrep_sift::watch::QueryError) -> Error {
    Error::field("query", format!("{error}; {}", error.hint))
}
