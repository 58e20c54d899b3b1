//! Search: an index beside the tables, made from them, that follows the record. It can be deleted at any time and is made
//! again. One process writes it; every process reads it.

mod collect;
mod compose;
mod directory;
mod follow;
mod index;
mod joined;
mod lookup;
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
use compose::{Composed, Marked};
use index::Snapshot;
use jiff::Timestamp;
use parse::Question;
use sitrep_model::Kind;
use sitrep_model::id::DeskId;
use snippet::Looked;
use std::collections::HashSet;
use std::sync::Mutex;
use tantivy::schema::Value as _;
use tantivy::{Score, TantivyDocument};
use units::Shown;

/// Hits with all words that make it needless to look for places with some of them.
const ENOUGH: u64 = 10;
/// Farthest page that is turned to.
const FARTHEST: usize = 10_000;
/// The first places are put in order once more with the texts at hand; pages behind them keep the index's order.
const LOOKED_INTO: usize = 20;

/// What is searched for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SearchQuery {
    /// Words, `"phrases"`, `-without`, `section:…`, `outlet:…`, `actor:…`, `place:…`, `campaign:…`, `type:…`,
    /// `kind:…`, `date:2026-02`, `after:2026-02-20`, `before:…`.
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
    /// The newest first, of those that have all that is asked for; else the best first.
    pub newest: bool,
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
    /// The question as it was probably meant, where a word of it is misspelt.
    pub meant: Option<String>,
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
        let snapshot = opened.snapshot();
        let position = snapshot.standing.as_ref().map_or(0, |standing| standing.seq);
        let question = parse::read(&query.text);
        let filter = filter(query, &question);
        let wanted = query.offset.saturating_add(query.limit).min(FARTHEST);
        let asked =
            Asked { snapshot: &snapshot, filter: &filter, wanted: wanted.max(LOOKED_INTO), newest: query.newest };
        let mut results = SearchResults { position, counted: true, ..SearchResults::default() };
        let Some(strict) = compose::compose(&opened.fields, &snapshot, &question, Reading::All)? else {
            return Ok(results);
        };
        (results.total, results.counted) = collect::count(&snapshot, &strict.queries, &filter)?;
        let mut places = if results.total > 0 { asked.best(&strict)? } else { Vec::new() };
        if strict.nearly && results.total > 0 {
            results.reading = Reading::Nearly;
        }
        if results.total < ENOUGH
            && !query.newest
            && strict.marked.parts > 1
            && let Some(loose) = compose::compose(&opened.fields, &snapshot, &question, Reading::Some)?
        {
            let (total, counted) = collect::count(&snapshot, &loose.queries, &filter)?;
            if total > results.total {
                asked.add(&mut places, asked.best(&loose)?);
                (results.total, results.counted, results.reading) = (total, counted, Reading::Some);
            }
        }
        results.hits = asked.show(places, &strict.marked, query.offset..wanted)?;
        results.meant = strict.meant;
        Ok(results)
    }

    /// The last change that the search index knows; 0 where there is none.
    pub fn search_position(&self) -> Result<u64, Error> {
        let opened = self.search_index().opened()?;
        Ok(opened.and_then(|opened| Some(opened.snapshot().standing.as_ref()?.seq)).unwrap_or(0))
    }
}

fn filter(query: &SearchQuery, question: &Question) -> Filter {
    let mask = |kinds: &[Kind]| match kinds {
        [] => u64::from(u32::MAX),
        kinds => kinds.iter().copied().map(schema::bit).fold(0, |mask, bit| mask | bit),
    };
    let later = |a: Option<Timestamp>, b: Option<Timestamp>| a.max(b).map(Timestamp::as_microsecond);
    let earlier =
        |a: Option<Timestamp>, b: Option<Timestamp>| a.into_iter().chain(b).min().map(Timestamp::as_microsecond);
    Filter {
        kinds: mask(&query.kinds) & mask(&question.kinds),
        public: query.public_only,
        desk: query.desk.as_ref().map(|desk| schema::number(desk.as_str())),
        at: query.as_of.map(Timestamp::as_microsecond),
        from: later(query.from, question.from),
        to: earlier(query.to, question.to),
    }
}

/// The score of the last of so many units, the best first, each once; `None` where there are fewer.
fn floor(found: &mut [Found], limit: usize) -> Option<Score> {
    found.sort_unstable();
    let mut seen = HashSet::new();
    found.iter().filter(|found| seen.insert(found.address)).nth(limit.checked_sub(1)?).map(|last| last.score)
}

struct Asked<'a> {
    snapshot: &'a Snapshot,
    filter: &'a Filter,
    wanted: usize,
    newest: bool,
}

/// A place that was found.
struct Place {
    found: Found,
    /// It has all that was asked for.
    whole: bool,
}

impl Asked<'_> {
    /// The best units, one of each group.
    fn best(&self, composed: &Composed<'_>) -> Result<Vec<Place>, Error> {
        // Several stretches of one document may be found: more are taken than are shown.
        let limit = self.wanted.saturating_mul(2).saturating_add(20);
        let (searcher, columns) = (&self.snapshot.searcher, &self.snapshot.columns);
        let mut found: Vec<Found> = Vec::new();
        for query in &composed.queries {
            let floor = floor(&mut found, limit).filter(|_| !self.newest).unwrap_or(Score::MIN);
            let (filter, newest) = (self.filter, self.newest);
            let best = Best { columns, filter, newest, limit, floor, taken: Mutex::default() };
            searcher.search_with_statistics_provider(query.as_ref(), &best, &composed.statistics)?;
            found.extend(best.into_found());
        }
        found.sort();
        let mut seen = HashSet::new();
        found.retain(|found| seen.insert(found.group));
        found.truncate(self.wanted);
        Ok(found.into_iter().map(|found| Place { found, whole: true }).collect())
    }

    fn add(&self, places: &mut Vec<Place>, more: Vec<Place>) {
        let seen: HashSet<u64> = places.iter().map(|place| place.found.group).collect();
        let new = more.into_iter().filter(|place| !seen.contains(&place.found.group));
        places.extend(new.map(|place| Place { whole: false, ..place }));
        places.truncate(self.wanted);
    }

    /// The hits of a range of places, the first of them put in order by what stands in their texts.
    fn show(&self, mut places: Vec<Place>, marked: &Marked, range: std::ops::Range<usize>) -> Result<Vec<Hit>, Error> {
        let range = range.start.min(places.len())..range.end.min(places.len());
        let field = schema::schema().1.shown;
        let shown = |place: &Place| -> Result<Shown, Error> {
            let document: TantivyDocument = self.snapshot.searcher.doc(place.found.address)?;
            let text = document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default();
            serde_json::from_str(text).map_err(|e| Error::Search(e.to_string()))
        };
        let behind = places.split_off(LOOKED_INTO.min(places.len()));
        let mut first: Vec<(Place, Shown, Looked)> = Vec::with_capacity(places.len());
        if range.start < LOOKED_INTO {
            for mut place in places {
                let shown = shown(&place)?;
                let looked = Looked::at(&shown, marked);
                if !self.newest {
                    place.found.score *= looked.weight(&shown, marked);
                }
                first.push((place, shown, looked));
            }
            first.sort_by(|(a, ..), (b, ..)| b.whole.cmp(&a.whole).then_with(|| a.found.cmp(&b.found)));
        }
        let mut hits = Vec::with_capacity(range.len());
        for (place, shown, looked) in first.into_iter().skip(range.start).take(range.len()) {
            hits.push(hit(&place.found, shown, &looked));
        }
        let from = range.start.saturating_sub(LOOKED_INTO);
        for place in behind.into_iter().skip(from).take(range.len() - hits.len()) {
            let shown = shown(&place)?;
            let looked = Looked::at(&shown, marked);
            hits.push(hit(&place.found, shown, &looked));
        }
        Ok(hits)
    }
}

fn hit(found: &Found, shown: Shown, looked: &Looked) -> Hit {
    let (snippet_html, sentence) = looked.snippet(&shown);
    let paragraph = (shown.kind == Kind::Edition && !shown.anchor.is_empty()).then_some(shown.anchor);
    Hit {
        kind: shown.kind,
        id: shown.id,
        anchor: sentence.or(paragraph),
        desk: (!shown.desk.is_empty()).then_some(DeskId(shown.desk)),
        title: shown.title,
        snippet_html,
        language: shown.language,
        date: (shown.date != NO_TIME).then(|| Timestamp::from_microsecond(shown.date).ok()).flatten(),
        score: found.score,
    }
}
