//! Looking at sources: feeds read, and what is new in them captured; addresses that a person pastes.
//!
//! What is captured is kept by [`crate::keeping`] in one transaction with the mark that its address was seen. Whatever the moment at which the program is killed, an entry is either collected whole or found again.

use crate::clock::later;
use crate::error::Error;
use crate::newsroom::Newsroom;
use crate::sources::{self, Health};
use crate::who::Who;
use jiff::Timestamp;
use sitrep_collect::{feed, plan};
use sitrep_model::account::Role;
use sitrep_model::document::Document;
use sitrep_model::id::{DeskId, DocumentId, SourceId};
use sitrep_model::source::{Collection, Source};
use sitrep_net::Request;
use sitrep_store::Versioned;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

pub use crate::keeping::{Keeping, Received};

/// Sources that are looked at together.
const AT_A_TIME: usize = 8;
/// Refused entries that a source's page lists.
const LISTED: usize = 20;

/// What a look at a source brought.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Gathered {
    /// New documents.
    pub documents: Vec<DocumentId>,
    /// Entries that were known already.
    pub known: usize,
    /// Entries that could not be collected: address and reason.
    pub refused: Vec<(String, String)>,
}

impl Newsroom {
    /// Looks at every source of every desk that is due. One that fails does not hold up the others.
    pub async fn gather_due(&self, who: &Who) -> Result<usize, Error> {
        let newsroom = self.clone();
        let due = blocking(move || newsroom.due_sources()).await?;
        let looked = self.look_at_all(who, due).await;
        Ok(looked.into_iter().filter_map(|(_, gathered)| Some(gathered.ok()?.documents.len())).sum())
    }

    /// Looks at sources, several at a time: a slow one does not hold up the others. Gives what each brought, in order.
    async fn look_at_all(&self, who: &Who, sources: Vec<Source>) -> Vec<(Source, Result<Gathered, Error>)> {
        let turns = Arc::new(Semaphore::new(AT_A_TIME));
        let mut looks = JoinSet::new();
        for (place, source) in sources.into_iter().enumerate() {
            let (newsroom, who, turns) = (self.clone(), who.clone(), Arc::clone(&turns));
            looks.spawn(async move {
                // The semaphore is never closed: without a turn the look goes on all the same.
                let _turn = turns.acquire().await.ok();
                let gathered = newsroom.gather_source(&who, &source.desk, source.id.as_str()).await;
                if let Err(error) = &gathered {
                    tracing::warn!(source = source.id.as_str(), %error, "a source could not be collected");
                }
                (place, source, gathered)
            });
        }
        let mut looked = Vec::new();
        while let Some(look) = looks.join_next().await {
            match look {
                Ok(look) => looked.push(look),
                Err(error) => tracing::error!(%error, "a look at a source failed"),
            }
        }
        looked.sort_by_key(|(place, ..)| *place);
        looked.into_iter().map(|(_, source, gathered)| (source, gathered)).collect()
    }

    fn due_sources(&self) -> Result<Vec<Source>, Error> {
        let now = self.now();
        let mut due = Vec::new();
        for desk in self.desks()? {
            let sources = self.sources(&desk.id)?;
            self.store().operate(|operations| -> Result<(), Error> {
                for source in sources.into_iter().filter(|source| !source.retired) {
                    let Collection::Feed { every_minutes, .. } = source.collection else { continue };
                    let health = sources::health(operations, &source.id)?;
                    if plan::next_look(every_minutes, health.failures, health.looked).is_none_or(|next| next <= now) {
                        due.push(source);
                    }
                }
                Ok(())
            })?;
        }
        Ok(due)
    }

    /// Looks at all sources of a desk now, whether due or not.
    pub async fn gather_desk(&self, who: &Who, desk: &DeskId) -> Result<Gathered, Error> {
        who.must_be(Role::Analyst, desk)?;
        let (newsroom, of) = (self.clone(), desk.clone());
        let mut sources = blocking(move || newsroom.sources(&of)).await?;
        sources.retain(|source| !source.retired && matches!(source.collection, Collection::Feed { .. }));
        let mut all = Gathered::default();
        for (source, gathered) in self.look_at_all(who, sources).await {
            match gathered {
                Ok(gathered) => {
                    all.documents.extend(gathered.documents);
                    all.known += gathered.known;
                    all.refused.extend(gathered.refused);
                }
                Err(error) => all.refused.push((source.name.clone(), error.to_string())),
            }
        }
        Ok(all)
    }

    /// Looks at a source's feed and captures what is new in it.
    pub async fn gather_source(&self, who: &Who, desk: &DeskId, id: &str) -> Result<Gathered, Error> {
        who.must_be(Role::Analyst, desk)?;
        let (newsroom, of, name) = (self.clone(), desk.clone(), id.to_owned());
        let (source, health) = blocking(move || newsroom.source_and_health(&of, &name)).await?;
        let Collection::Feed { url, .. } = source.collection.clone() else {
            return Err(Error::invalid(format!("{} is not collected by itself: paste addresses of it", source.name)));
        };
        let outcome = self.gather_feed(who, &source, &url, &health).await;
        let mut next = Health { looked: Some(self.now()), ..health };
        let result = match outcome {
            Ok((gathered, etag, last_modified)) => {
                next.succeeded = next.looked;
                next.failures = 0;
                next.fault = None;
                next.etag = etag;
                next.last_modified = last_modified;
                next.collected += gathered.documents.len() as u64;
                if !gathered.documents.is_empty() {
                    next.heard = next.looked;
                }
                next.refused.splice(0..0, gathered.refused.iter().cloned());
                next.refused.truncate(LISTED);
                Ok(gathered)
            }
            Err(error) => {
                next.failures = next.failures.saturating_add(1);
                next.fault = Some(error.to_string());
                Err(error)
            }
        };
        let newsroom = self.clone();
        blocking(move || newsroom.store().operate(|operations| sources::keep_health(operations, &source.id, &next)))
            .await?;
        result
    }

    fn source_and_health(&self, desk: &DeskId, id: &str) -> Result<(Source, Health), Error> {
        self.store().operate(|operations| {
            let source = crate::newsroom::must::<Source>(operations, desk, id)?.value;
            let health = sources::health(operations, &source.id)?;
            Ok((source, health))
        })
    }

    async fn gather_feed(
        &self,
        who: &Who,
        source: &Source,
        url: &str,
        health: &Health,
    ) -> Result<(Gathered, Option<String>, Option<String>), Error> {
        let request = Request {
            url: url.to_owned(),
            local: source.local,
            if_none_match: health.etag.clone(),
            if_modified_since: health.last_modified.clone(),
        };
        let fetched = self.fetcher().fetch(&request).await?;
        if fetched.status == 304 {
            return Ok((Gathered::default(), health.etag.clone(), health.last_modified.clone()));
        }
        if !(200..300).contains(&fetched.status) {
            return Err(Error::invalid(format!("{url} answered with status {}", fetched.status)));
        }
        let read = feed::parse(&fetched.body, fetched.header("content-type"), Some(&fetched.final_url))
            .map_err(|error| Error::invalid(format!("{url} can't be read as a feed: {error}")))?;
        let mut gathered = Gathered::default();
        // Feeds list the newest first; the record takes them in the order they appeared.
        for entry in read.entries.iter().rev() {
            let Some(address) = entry.url.as_deref() else { continue };
            let (newsroom, desk, seen) = (self.clone(), source.desk.clone(), address.to_owned());
            if blocking(move || newsroom.is_seen(&desk, &seen)).await? {
                gathered.known += 1;
                continue;
            }
            match self.capture(who, &source.desk, Some(source), address).await {
                Ok(document) => gathered.documents.push(document.value.id),
                Err(error) => gathered.refused.push((address.to_owned(), error.to_string())),
            }
        }
        // While something is missing, the next look must see the whole feed again.
        let complete = gathered.refused.is_empty();
        let etag = fetched.header("etag").filter(|_| complete).map(str::to_owned);
        let last_modified = fetched.header("last-modified").filter(|_| complete).map(str::to_owned);
        Ok((gathered, etag, last_modified))
    }

    /// Captures an address that a person pasted, and reads it.
    pub async fn paste(&self, who: &Who, desk: &DeskId, url: &str) -> Result<Versioned<Document>, Error> {
        who.must_be(Role::Analyst, desk)?;
        let url = sitrep_language::address::refang(url.trim()).map_or_else(|| url.trim().to_owned(), |found| found.url);
        let (newsroom, of) = (self.clone(), desk.clone());
        let sources = blocking(move || newsroom.sources(&of)).await?;
        let local = sources.iter().find(|source| source.local && is_below(source, &url));
        let source = local.or_else(|| sources::of_address(&sources, &url));
        self.capture(who, desk, source, &url).await
    }

    async fn capture(
        &self,
        who: &Who,
        desk: &DeskId,
        source: Option<&Source>,
        url: &str,
    ) -> Result<Versioned<Document>, Error> {
        let request = Request {
            url: url.to_owned(),
            local: source.is_some_and(|source| source.local),
            if_none_match: None,
            if_modified_since: None,
        };
        let fetched = self.fetcher().fetch(&request).await?;
        if !(200..300).contains(&fetched.status) {
            return Err(Error::invalid(format!("{url} answered with status {}", fetched.status)));
        }
        let received = Received::of(fetched, url, self.now());
        let (newsroom, who, desk, source) = (self.clone(), who.clone(), desk.clone(), source.cloned());
        let keeping = Keeping { entry: Some(url.to_owned()), ..Keeping::default() };
        blocking(move || newsroom.keep(&who, &desk, source.as_ref(), &received, &keeping)).await
    }
}

/// Whether an address is on the host and under the first folder of a source's feed.
fn is_below(source: &Source, url: &str) -> bool {
    let Collection::Feed { url: feed, .. } = &source.collection else { return false };
    let folder = |address: &str| {
        let parsed = url::Url::parse(address).ok()?;
        let first = parsed.path_segments()?.next()?.to_owned();
        Some((parsed.host_str()?.to_owned(), parsed.port(), first))
    };
    folder(feed).is_some() && folder(feed) == folder(url)
}

/// Runs what blocks where it may.
pub(crate) async fn blocking<T: Send + 'static>(
    f: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    match tokio::task::spawn_blocking(f).await {
        Ok(result) => result,
        Err(error) => Err(Error::Internal(error.to_string())),
    }
}

/// When a source that is looked at so often is due again.
pub fn next_look(health: &Health, every_minutes: u32) -> Option<Timestamp> {
    health.looked.map(|looked| {
        plan::next_look(every_minutes, health.failures, Some(looked))
            .unwrap_or_else(|| later(looked, i64::from(every_minutes) * 60))
    })
}

/// The source of an id, for lists.
pub fn source_name(sources: &[Source], id: Option<&SourceId>) -> Option<String> {
    id.and_then(|id| sources.iter().find(|source| &source.id == id)).map(|source| source.name.clone())
}
