//! Which sources are looked at when, and many of them at once.

use super::{Gathered, blocking};
use crate::error::Error;
use crate::ids;
use crate::newsroom::Newsroom;
use crate::sources::{self, Health};
use crate::who::Who;
use jiff::Timestamp;
use sitrep_collect::kinds::{self, Origin};
use sitrep_collect::plan;
use sitrep_model::account::Role;
use sitrep_model::id::{DeskId, SourceId};
use sitrep_model::source::Source;
use std::fs::{self, File, TryLockError};
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Sources that are looked at together. Most of the time each waits for its server.
const AT_A_TIME: usize = 48;

/// A source that is being looked at or waits for its turn, until dropped: two looks at once would capture the same twice.
pub(super) struct Looking {
    newsroom: Newsroom,
    source: SourceId,
    /// Nothing is done where somebody has looked before its turn came.
    pub(super) only_if_due: bool,
}

impl Looking {
    /// `None` where somebody in this process looks at it already, or is about to.
    pub(super) fn at(newsroom: &Newsroom, source: &SourceId) -> Option<Self> {
        let first = newsroom.looking().insert(source.clone());
        first.then(|| Self { newsroom: newsroom.clone(), source: source.clone(), only_if_due: false })
    }
}

impl Drop for Looking {
    fn drop(&mut self) {
        self.newsroom.looking().remove(&self.source);
    }
}

/// The folder in the data directory with a file for each source, which is locked while the source is looked at.
const TURNS: &str = "looking";

impl Newsroom {
    /// The turn at a source among all processes with this data directory, until it is dropped or the process ends in
    /// whatever way; `None` where another has it. The files stay: one that is taken away could be locked twice.
    pub(super) fn turn_at(&self, source: &SourceId) -> Result<Option<File>, Error> {
        let folder = self.store().data().join(TURNS);
        let path = folder.join(ids::sha256(source.as_str().as_bytes()));
        let fault =
            |error: std::io::Error| Error::File { path: path.display().to_string(), message: error.to_string() };
        fs::create_dir_all(&folder).map_err(fault)?;
        let file = File::options().create(true).append(true).open(&path).map_err(fault)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(fault(error)),
        }
    }
}

/// See [`super::next_look`].
pub(super) fn next_look(source: &Source, health: &Health) -> Option<Timestamp> {
    let every = kinds::every_minutes(&source.collection)?;
    // What a look had to leave undone is not left for long.
    let next = match health.waiting {
        0 => plan::next_look(plan::interval(every, health.arrivals.rhythm().as_ref()), health.failures, health.looked),
        _ => plan::next_look(1, health.failures, health.looked),
    };
    next.max(health.not_before)
}

/// Whether a source is to be looked at by now.
pub(super) fn is_due(source: &Source, health: &Health, now: Timestamp) -> bool {
    next_look(source, health).is_none_or(|next| next <= now)
}

fn is_collected(source: &Source) -> bool {
    !source.retired && kinds::kind(&source.collection.how).is_ok_and(|kind| kind.origin != Origin::Hand)
}

impl Newsroom {
    /// Looks at every source of every desk that is due. One that fails does not hold up the others.
    pub async fn gather_due(&self, who: &Who) -> Result<usize, Error> {
        let newsroom = self.clone();
        let due = blocking(move || newsroom.due_sources()).await?;
        let looked = self.look_at_all(who, due).await;
        Ok(looked.into_iter().filter_map(|(_, gathered)| Some(gathered.ok()?.documents.len())).sum())
    }

    /// Looks at all sources of a desk now, whether due or not.
    pub async fn gather_desk(&self, who: &Who, desk: &DeskId) -> Result<Gathered, Error> {
        who.must_be(Role::Analyst, desk)?;
        let (newsroom, of) = (self.clone(), desk.clone());
        let sources = blocking(move || newsroom.sources(&of)).await?;
        let sources = sources.into_iter().filter(is_collected);
        let sources = sources.filter_map(|source| Some((Looking::at(self, &source.id)?, source))).collect();
        let mut all = Gathered::default();
        for (source, gathered) in self.look_at_all(who, sources).await {
            match gathered {
                Ok(gathered) => all.add(gathered),
                Err(error) => all.refused.push((source.name.clone(), error.to_string())),
            }
        }
        Ok(all)
    }

    /// Looks at sources, many at a time: a slow one does not hold up the others. Gives what each brought, in order.
    async fn look_at_all(&self, who: &Who, sources: Vec<(Looking, Source)>) -> Vec<(Source, Result<Gathered, Error>)> {
        let turns = Arc::new(Semaphore::new(AT_A_TIME));
        let mut looks = JoinSet::new();
        for (place, (looking, source)) in sources.into_iter().enumerate() {
            let (newsroom, who, turns) = (self.clone(), who.clone(), Arc::clone(&turns));
            looks.spawn(async move {
                // The semaphore is never closed: without a turn the look goes on all the same.
                let _turn = turns.acquire().await.ok();
                let gathered = newsroom.look_at(looking, &who, &source.desk, source.id.as_str()).await;
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

    fn due_sources(&self) -> Result<Vec<(Looking, Source)>, Error> {
        let (now, looking) = (self.now(), self.looking().clone());
        let mut due = Vec::new();
        for desk in self.desks()? {
            let sources = self.sources(&desk.id)?;
            self.store().operate(|operations| -> Result<(), Error> {
                for source in sources.into_iter().filter(is_collected).filter(|source| !looking.contains(&source.id)) {
                    if is_due(&source, &sources::health(operations, &source.id)?, now)
                        && let Some(mut looking) = Looking::at(self, &source.id)
                    {
                        looking.only_if_due = true;
                        due.push((looking, source));
                    }
                }
                Ok(())
            })?;
        }
        Ok(due)
    }
}
