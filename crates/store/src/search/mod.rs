//! Search: an index beside the tables, made from them, that follows the record. It can be deleted at any time and is made
//! again. One process writes it; every process reads it.

mod collect;
mod compose;
mod follow;
mod index;
mod names;
mod parse;
mod schema;
mod snippet;
mod suggest;
mod units;
mod words;

pub use compose::Reading;
pub use follow::SearchReport;
pub(crate) use index::Search;

use crate::error::Error;
use crate::projection::NO_TIME;
use crate::store::Store;
use collect::{Best, Filter, Found};
use compose::Composed;
use jiff::Timestamp;
use sitrep_model::Kind;
use sitrep_model::id::DeskId;
use std::collections::HashSet;
use tantivy::schema::Value as _;
use tantivy::{Searcher, TantivyDocument};
use units::Shown;

/// Hits with all words that make it needless to look for places with some of them.
const ENOUGH: u64 = 10;
/// Farthest page that is turned to.
const FARTHEST: usize = 10_000;

/// What is searched for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SearchQuery {
    /// Words, `"phrases"`, `-without`, `section:…`, `outlet:…`, `actor:…`, `place:…`, `campaign:…`, `type:…`.
    pub text: String,
    /// Only this desk's.
    pub desk: Option<DeskId>,
    /// Only these kinds; empty for all that are searched: editions, documents, events, assessments.
    pub kinds: Vec<Kind>,
    /// Only what readers may see.
    pub public_only: bool,
    /// As known at this moment of recorded time; `None` for now.
    pub as_of: Option<Timestamp>,
    /// Valid time from here on.
    pub from: Option<Timestamp>,
    /// Valid time before this.
    pub to: Option<Timestamp>,
    /// Most hits.
    pub limit: usize,
    /// Hits left out before them.
    pub offset: usize,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SearchResults {
    /// How many places there are in all.
    pub total: u64,
    /// Whether they were counted; a large number is estimated.
    pub counted: bool,
    /// How strictly the question was taken.
    pub reading: Reading,
    /// The best of them.
    pub hits: Vec<Hit>,
    /// The last change that the index knows.
    pub position: u64,
}

/// One place that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Kind of the object.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// The sentence (or paragraph) of an edition where it opens.
    pub anchor: Option<String>,
    /// The desk.
    pub desk: Option<DeskId>,
    /// The object's title.
    pub title: String,
    /// The text around, as HTML: escaped, what was asked for in `<mark>`.
    pub snippet_html: String,
    /// Language of the text, where it is known.
    pub language: Option<String>,
    /// The object's moment in lists.
    pub date: Option<Timestamp>,
    /// How well it answers; comparable within one search.
    pub score: f32,
}

impl Store {
    /// Searches. The index answers as far as it has followed the record: see `SearchResults::position`.
    pub fn search(&self, query: &SearchQuery) -> Result<SearchResults, Error> {
        let Some(opened) = self.search_index().opened()? else { return Ok(SearchResults::default()) };
        let searcher = opened.searcher();
        let position = index::standing(&opened.index).map_or(0, |standing| standing.seq);
        let question = parse::read(&query.text);
        let filter = filter(query);
        let wanted = query.offset.saturating_add(query.limit).min(FARTHEST);
        let none = SearchResults { position, counted: true, ..SearchResults::default() };
        let Some(strict) = compose::compose(&opened.fields, &searcher, &question, Reading::All)? else {
            return Ok(none);
        };
        let asked = Asked { searcher: &searcher, filter: &filter, wanted };
        let (mut total, mut counted) = collect::count(&searcher, strict.query.as_ref(), &filter)?;
        let mut found = if total > 0 { asked.best(&strict)? } else { Vec::new() };
        let mut reading = Reading::All;
        for next in [Reading::Some, Reading::Nearly] {
            let needless = match next {
                Reading::Some => total >= ENOUGH || strict.parts < 2,
                _ => total > 0,
            };
            if needless {
                continue;
            }
            let Some(loose) = compose::compose(&opened.fields, &searcher, &question, next)? else { continue };
            let (loose_total, loose_counted) = collect::count(&searcher, loose.query.as_ref(), &filter)?;
            if loose_total > total {
                asked.add(&mut found, asked.best(&loose)?);
                (total, counted, reading) = (loose_total, loose_counted, next);
            }
        }
        let hits = asked.show(found.into_iter().skip(query.offset).take(query.limit))?;
        Ok(SearchResults { total, counted, reading, hits, position })
    }

    /// The last change that the search index knows; 0 where there is none.
    pub fn search_position(&self) -> Result<u64, Error> {
        let opened = self.search_index().opened()?;
        Ok(opened.and_then(|opened| index::standing(&opened.index)).map_or(0, |standing| standing.seq))
    }
}

fn filter(query: &SearchQuery) -> Filter {
    let kinds = query.kinds.iter().copied().map(schema::bit).fold(0, |mask, bit| mask | bit);
    Filter {
        kinds: if query.kinds.is_empty() { u64::from(u32::MAX) } else { kinds },
        public: query.public_only,
        desk: query.desk.as_ref().map(|desk| schema::number(desk.as_str())),
        at: query.as_of.map(Timestamp::as_microsecond),
        from: query.from.map(Timestamp::as_microsecond),
        to: query.to.map(Timestamp::as_microsecond),
    }
}

struct Asked<'a> {
    searcher: &'a Searcher,
    filter: &'a Filter,
    wanted: usize,
}

/// A found unit, and the words to mark in it.
struct Place {
    found: Found,
    marked: std::rc::Rc<compose::Marked>,
}

impl Asked<'_> {
    /// The best units, one of each group.
    fn best(&self, composed: &Composed) -> Result<Vec<Place>, Error> {
        // Several stretches of one document may be found: more are taken than are shown.
        let limit = self.wanted.saturating_mul(2).saturating_add(20);
        let found = self.searcher.search(composed.query.as_ref(), &Best { filter: self.filter, limit })?;
        let marked = std::rc::Rc::new(composed.marked.clone());
        let mut seen = HashSet::new();
        let mut places: Vec<Place> = Vec::new();
        for found in found {
            if places.len() < self.wanted && seen.insert(found.group) {
                places.push(Place { found, marked: std::rc::Rc::clone(&marked) });
            }
        }
        Ok(places)
    }

    fn add(&self, found: &mut Vec<Place>, more: Vec<Place>) {
        let seen: HashSet<u64> = found.iter().map(|place| place.found.group).collect();
        found.extend(more.into_iter().filter(|place| !seen.contains(&place.found.group)));
        found.truncate(self.wanted);
    }

    fn show(&self, places: impl Iterator<Item = Place>) -> Result<Vec<Hit>, Error> {
        let field = schema::schema().1.shown;
        places
            .map(|place| {
                let document: TantivyDocument = self.searcher.doc(place.found.address)?;
                let bytes = document.get_first(field).and_then(|value| value.as_bytes()).unwrap_or_default();
                let shown: Shown = serde_json::from_slice(bytes).map_err(|e| Error::Search(e.to_string()))?;
                let (snippet_html, sentence) = snippet::of(&shown, &place.marked);
                let paragraph = (shown.kind == Kind::Edition && !shown.anchor.is_empty()).then_some(shown.anchor);
                Ok(Hit {
                    kind: shown.kind,
                    id: shown.id,
                    anchor: sentence.or(paragraph),
                    desk: (!shown.desk.is_empty()).then_some(DeskId(shown.desk)),
                    title: shown.title,
                    snippet_html,
                    language: shown.language,
                    date: (shown.date != NO_TIME).then(|| Timestamp::from_microsecond(shown.date).ok()).flatten(),
                    score: place.found.score,
                })
            })
            .collect()
    }
}
