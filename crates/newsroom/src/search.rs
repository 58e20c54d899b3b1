//! Search: what the index finds, with the address parts that a page needs to open it at the right place.

use crate::error::Error;
use crate::newsroom::Newsroom;
use crate::who::Who;
use jiff::Timestamp;
use sitrep_model::Kind;
use sitrep_model::id::DeskId;
use sitrep_store::SearchQuery;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

/// How often work under way is looked at for what the index does not hold yet.
const LOOK: Duration = Duration::from_millis(200);
/// Changes that are worth an index's commit while work is under way, and which part of those that it holds already: each
/// commit costs every question its part until it is merged.
const BEHIND: u64 = 20_000;
const PART: u64 = 20;

/// What is searched for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Search {
    /// Words, names or a `"phrase"`, in any script.
    pub text: String,
    /// Only these kinds; empty for all.
    pub kinds: Vec<Kind>,
    /// As known at a moment.
    pub as_of: Option<Timestamp>,
    /// Valid time from here on.
    pub from: Option<Timestamp>,
    /// Valid time before this.
    pub to: Option<Timestamp>,
    /// The newest first, of those with all words; else the best first.
    pub newest: bool,
    /// Most hits.
    pub limit: usize,
    /// Hits before the first.
    pub offset: usize,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Results {
    /// How many there are in all.
    pub total: usize,
    /// Whether they were counted; a large number is estimated.
    pub counted: bool,
    /// The question as it was probably meant, where a word of it is misspelt.
    pub meant: Option<String>,
    /// One page of them.
    pub found: Vec<Found>,
}

/// One thing found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// The sentence, where it is one of an edition.
    pub anchor: Option<String>,
    /// The edition's slug, where it is one.
    pub slug: Option<String>,
    /// Its title.
    pub title: String,
    /// Words around what was found: HTML, escaped, with `<mark>`.
    pub snippet: String,
    /// Its language.
    pub language: Option<String>,
    /// Its valid time.
    pub date: Option<Timestamp>,
}

impl Newsroom {
    /// Brings the search index up to the record; another process that keeps it is left to it.
    pub fn index(&self) -> Result<(), Error> {
        if self.store().search_position()? < self.store().head()? {
            self.store().search_catch_up(&mut |_| {})?;
        }
        Ok(())
    }

    /// Does something that writes much, and brings the search index up to the record beside it and at its end.
    pub fn with_index<T>(&self, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        let (working, done) = mpsc::channel::<()>();
        std::thread::scope(|scope| {
            let follower = scope.spawn(move || {
                while done.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                    let indexed = self.store().search_position()?;
                    if self.store().head()?.saturating_sub(indexed) > BEHIND + indexed / PART {
                        self.index()?;
                    }
                }
                self.index()
            });
            let result = work();
            drop(working);
            let indexed =
                follower.join().map_err(|_| Error::Internal("the search index's thread broke off".to_owned()))?;
            result.and_then(|value| indexed.map(|()| value))
        })
    }

    /// Searches a desk. Readers find what is public.
    pub fn search(&self, who: &Who, desk: &DeskId, search: &Search) -> Result<Results, Error> {
        self.index()?;
        let query = SearchQuery {
            text: search.text.clone(),
            desk: Some(desk.clone()),
            kinds: search.kinds.clone(),
            public_only: !who.is_newsroom(desk),
            as_of: search.as_of,
            from: search.from,
            to: search.to,
            newest: search.newest,
            limit: search.limit,
            offset: search.offset,
        };
        let results = self.store().search(&query)?;
        self.read(|reader| {
            let mut found = Vec::with_capacity(results.hits.len());
            for hit in results.hits {
                let slug = match hit.kind {
                    Kind::Edition => reader.named(Kind::Edition, &hit.id, None)?.and_then(|named| named.key),
                    _ => None,
                };
                found.push(Found {
                    kind: hit.kind,
                    id: hit.id,
                    anchor: hit.anchor,
                    slug,
                    title: hit.title,
                    snippet: hit.snippet_html,
                    language: hit.language,
                    date: hit.date,
                });
            }
            let total = usize::try_from(results.total).unwrap_or(usize::MAX);
            Ok(Results { total, counted: results.counted, meant: results.meant, found })
        })
    }

    /// What a beginning of a word may become.
    pub fn suggest(&self, desk: &DeskId, prefix: &str, limit: usize) -> Result<Vec<String>, Error> {
        Ok(self.store().suggest(prefix, Some(desk), limit)?)
    }
}
