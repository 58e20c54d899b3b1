//! Looking at sources: each kind of collection plans and reads ([`sitrep_collect::kinds`]), and here is asked, captured and
//! remembered; addresses that a person pastes.
//!
//! What is captured is kept by [`crate::keeping`] in one transaction with the mark that its address was seen, and what a
//! source is to be asked next is written only after that. Whatever the moment at which the program is killed, an entry is
//! either collected whole or found again.

mod due;
mod files;
mod look;
mod paste;
pub(crate) mod post;
pub(crate) mod requisites;
pub(crate) mod secrets;
mod state;

use crate::clock::later;
use crate::error::Error;
use crate::newsroom::Newsroom;
use crate::sources::{self, Health};
use crate::who::Who;
use due::Looking;
use jiff::Timestamp;
use look::{Look, Outcome};
use sitrep_collect::kinds::{self, Origin};
use sitrep_model::account::Role;
use sitrep_model::id::{DeskId, DocumentId, SourceId};
use sitrep_model::source::Source;

pub use crate::keeping::{Keeping, Received};
pub use files::{HandedIn, Incoming, TakenFile, Told};
pub use requisites::{CapturedViews, PageRequisites};
pub use secrets::SecretKind;

/// Refused entries that a source's page lists.
const LISTED: usize = 20;

/// What a look at a source brought.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Gathered {
    /// New documents, and those whose text has changed.
    pub documents: Vec<DocumentId>,
    /// Entries that were known already.
    pub known: usize,
    /// Entries that could not be collected: address and reason.
    pub refused: Vec<(String, String)>,
}

impl Gathered {
    fn add(&mut self, other: Self) {
        self.documents.extend(other.documents);
        self.known += other.known;
        self.refused.extend(other.refused);
    }
}

fn busy(source: &str) -> Error {
    Error::invalid(format!("{source} is being looked at just now, or waits for its turn"))
}

impl Newsroom {
    /// Looks at a source now and collects what is new.
    pub async fn gather_source(&self, who: &Who, desk: &DeskId, id: &str) -> Result<Gathered, Error> {
        who.must_be(Role::Analyst, desk)?;
        let looking = Looking::at(self, &SourceId::from(id)).ok_or_else(|| busy(id))?;
        self.look_at(looking, who, desk, id).await
    }

    /// Looks at a source that nobody else looks at meanwhile.
    async fn look_at(&self, looking: Looking, who: &Who, desk: &DeskId, id: &str) -> Result<Gathered, Error> {
        let (newsroom, of, name) = (self.clone(), desk.clone(), id.to_owned());
        let (_turn, source, health, state) = blocking(move || {
            // Read only then: another process may have looked just before.
            let turn = newsroom.turn_at(&SourceId::from(name.as_str()))?.ok_or_else(|| busy(&name))?;
            let (source, health, state) = newsroom.source_and_state(&of, &name)?;
            Ok((turn, source, health, state))
        })
        .await?;
        if looking.only_if_due && !due::is_due(&source, &health, self.now()) {
            return Ok(Gathered::default());
        }
        let kind = kinds::kind(&source.collection.how).map_err(|error| Error::invalid(error.to_string()))?;
        if kind.origin == Origin::Hand {
            return Err(Error::invalid(format!("{} is not collected by itself: paste addresses of it", source.name)));
        }
        let outcome = Look::new(self, who, &source, kind, state).run().await;
        let next = self.fared(health, &outcome);
        let (newsroom, id) = (self.clone(), source.id.clone());
        blocking(move || newsroom.store().operate(|operations| sources::keep_health(operations, &id, &next))).await?;
        outcome.map(|outcome| outcome.gathered)
    }

    /// A source's health after a look.
    fn fared(&self, health: Health, outcome: &Result<Outcome, Error>) -> Health {
        let now = self.now();
        let mut next = Health { looked: Some(now), not_before: None, ..health };
        match outcome {
            Ok(outcome) => {
                next.succeeded = next.looked;
                next.failures = 0;
                next.fault = None;
                next.waiting = outcome.waiting;
                next.collected += outcome.gathered.documents.len() as u64;
                if !outcome.gathered.documents.is_empty() {
                    next.heard = next.looked;
                }
                outcome.said_at.iter().for_each(|at| next.arrivals.note(*at, now));
                let refused = &outcome.gathered.refused;
                next.refused.retain(|(address, _)| !refused.iter().any(|(again, _)| again == address));
                next.refused.splice(0..0, refused.iter().cloned());
                next.refused.truncate(LISTED);
            }
            Err(error) => {
                next.failures = next.failures.saturating_add(1);
                next.fault = Some(error.to_string());
                if let Error::Fetch(sitrep_net::Error::Busy { retry_after: Some(wait), .. }) = error {
                    next.not_before = Some(later(now, i64::try_from(wait.as_secs()).unwrap_or(i64::MAX)));
                }
            }
        }
        next
    }

    fn source_and_state(&self, desk: &DeskId, id: &str) -> Result<(Source, Health, state::State), Error> {
        self.store().operate(|operations| {
            let source = crate::newsroom::must::<Source>(operations, desk, id)?.value;
            let health = sources::health(operations, &source.id)?;
            let state = state::of(operations, &source.id)?;
            Ok((source, health, state))
        })
    }
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

/// When a source is due again; `None` for one that is due now or is never looked at by itself.
pub fn next_look(source: &Source, health: &Health) -> Option<Timestamp> {
    due::next_look(source, health)
}

/// The source of an id, for lists.
pub fn source_name(sources: &[Source], id: Option<&SourceId>) -> Option<String> {
    id.and_then(|id| sources.iter().find(|source| &source.id == id)).map(|source| source.name.clone())
}
