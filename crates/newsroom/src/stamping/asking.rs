//! Asking the authority, one capture after the other, and again later where it can't be had.

use super::{Kept, StampSettings, TOKENS, digest};
use crate::clock::{doubled, later};
use crate::error::Error;
use crate::gather::blocking;
use crate::newsroom::Newsroom;
use crate::signing::statement;
use crate::vault;
use crate::who::Who;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sitrep_model::Kind;
use sitrep_model::account::Permission;
use sitrep_model::capture::Capture;
use sitrep_net::{Post, Request};
use sitrep_store::{Operations, Order, Query, Versioned};
use sitrep_timestamp::{LARGEST, QUERY, Question};

/// The queue, and where it is told how far the record was followed and how the authority fares.
const QUEUE: &str = "time-stamp";
const PLACE: &str = "place";
const FARING: &str = "authority";
/// Captures of one round: the rest waits for the next.
const A_ROUND: usize = 200;
/// Seconds that an answer may take before another program may ask.
const LEASE: i64 = 300;
/// How often a capture is asked for in vain before it is given up.
const ATTEMPTS: u64 = 16;
/// Longest pause after a failure, seconds.
const LONGEST_PAUSE: i64 = 3_600;
/// Changes of the record followed at a time, and captures listed.
const BATCH: usize = 500;

/// What a round brought.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Stamping {
    /// Captures that have a token now.
    pub stamped: usize,
    /// Why the round ended before its time.
    pub fault: Option<String>,
}

/// How the authority fares: after a failure nobody asks it before a pause is over.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Faring {
    failures: u32,
    not_before: Option<Timestamp>,
}

/// From here on captures are stamped, where nothing was before.
pub(crate) fn begin(operations: &mut Operations<'_>, head: u64) -> Result<(), Error> {
    if operations.vault_get(QUEUE, PLACE)?.is_none() {
        operations.vault_put(QUEUE, PLACE, head.to_string().as_bytes())?;
    }
    Ok(())
}

impl Newsroom {
    /// One round: captures that were made since are queued, then the authority is asked for what is due. The first failure
    /// ends the round, so that an authority that is away is asked once, and then after a pause.
    pub async fn stamp_due(&self) -> Result<Stamping, Error> {
        let Some(settings) = self.stamps().cloned() else { return Ok(Stamping::default()) };
        let newsroom = self.clone();
        if blocking(move || newsroom.follow_captures()).await? {
            return Ok(Stamping::default());
        }
        let mut round = Stamping::default();
        while round.stamped < A_ROUND {
            let newsroom = self.clone();
            let Some((capture, attempts)) = blocking(move || newsroom.next_unstamped()).await? else { break };
            let outcome = self.ask_for_stamp(&settings, &capture).await;
            let fault = outcome.as_ref().err().cloned();
            let (newsroom, from) = (self.clone(), settings.url.clone());
            blocking(move || newsroom.settle_stamp(&capture, attempts, from, outcome)).await?;
            if fault.is_some() {
                round.fault = fault;
                break;
            }
            round.stamped += 1;
        }
        Ok(round)
    }

    /// Asks for a time stamp for every capture that has none, those of before there was an authority and those that were
    /// given up too; until all have one or the authority fails.
    pub async fn stamp_all(&self, who: &Who) -> Result<Stamping, Error> {
        who.must(Permission::Operator, None)?;
        if self.stamps().is_none() {
            return Err(Error::invalid("no time-stamp authority is named: give its address with --tsa or SITREP_TSA"));
        }
        let newsroom = self.clone();
        blocking(move || newsroom.queue_unstamped()).await?;
        let mut all = Stamping::default();
        loop {
            let round = self.stamp_due().await?;
            all.stamped += round.stamped;
            if round.fault.is_some() || round.stamped == 0 {
                return Ok(Stamping { fault: round.fault, ..all });
            }
        }
    }

    /// Queues what was captured since; says whether the authority is to be left alone for now.
    fn follow_captures(&self) -> Result<bool, Error> {
        let now = self.now();
        let (place, faring) = self.store().operate(|operations| -> Result<_, Error> {
            let place = operations.vault_get(QUEUE, PLACE)?;
            Ok((place, vault::read::<Faring>(operations, QUEUE, FARING)?.unwrap_or_default()))
        })?;
        let mut place: u64 = place.and_then(|bytes| String::from_utf8(bytes).ok()?.parse().ok()).unwrap_or(0);
        while self.store().head()? > place {
            let changes = self.read(|reader| Ok(reader.changes(place, BATCH)?))?;
            let Some(last) = changes.last().map(|change| change.seq) else { break };
            self.store().operate(|operations| -> Result<(), Error> {
                let captured = |write: &&sitrep_model::change::Write| write.kind == Kind::Capture && write.version == 1;
                for write in changes.iter().flat_map(|change| &change.writes).filter(captured) {
                    // Another program may have followed the record farther.
                    if operations.vault_get(TOKENS, &write.id)?.is_none() {
                        operations.job_put(QUEUE, &write.id, b"", now)?;
                        vault::keep(operations, TOKENS, &write.id, &Kept::default())?;
                    }
                }
                Ok(operations.vault_put(QUEUE, PLACE, last.to_string().as_bytes())?)
            })?;
            place = last;
        }
        Ok(faring.not_before.is_some_and(|not_before| now < not_before))
    }

    fn queue_unstamped(&self) -> Result<(), Error> {
        let now = self.now();
        let mut query = Query { order: Order::OldestFirst, limit: BATCH, ..Query::default() };
        loop {
            let page = self.read(|reader| Ok(reader.list::<Capture>(&query)?))?;
            self.store().operate(|operations| -> Result<(), Error> {
                for capture in page.items.iter().map(|found| &found.value).filter(|found| found.removed.is_none()) {
                    let kept: Kept = vault::read(operations, TOKENS, capture.id.as_str())?.unwrap_or_default();
                    if kept.token.is_none() {
                        operations.job_done(QUEUE, capture.id.as_str())?;
                        operations.job_put(QUEUE, capture.id.as_str(), b"", now)?;
                        vault::keep(operations, TOKENS, capture.id.as_str(), &Kept { given_up: false, ..kept })?;
                    }
                }
                operations.vault_delete(QUEUE, FARING)?;
                Ok(())
            })?;
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(()),
            }
        }
    }

    fn next_unstamped(&self) -> Result<Option<(Capture, u64)>, Error> {
        let now = self.now();
        loop {
            let job = self.store().operate(|operations| operations.job_claim(QUEUE, now, later(now, LEASE)))?;
            let Some(job) = job else { return Ok(None) };
            let found: Option<Versioned<Capture>> = self.read(|reader| Ok(reader.get(&job.key)?))?;
            if let Some(capture) = found.map(|found| found.value).filter(|capture| capture.removed.is_none()) {
                return Ok(Some((capture, job.attempts)));
            }
            // Its bytes were removed meanwhile: there is nothing left to vouch for.
            self.store().operate(|operations| -> Result<(), Error> {
                operations.job_done(QUEUE, &job.key)?;
                operations.vault_delete(TOKENS, &job.key)?;
                Ok(())
            })?;
        }
    }

    /// The token, or what is wrong in words.
    async fn ask_for_stamp(&self, settings: &StampSettings, capture: &Capture) -> Result<Vec<u8>, String> {
        let statement = statement(capture).map_err(|error| error.to_string())?;
        let question = Question::new(digest(&statement), rand::random(), settings.policy.as_deref());
        let question = question.map_err(|error| error.to_string())?;
        let request = Request {
            local: settings.local,
            post: Some(Post { media_type: QUERY, body: question.bytes().to_vec() }),
            fields: vec![("accept", "application/timestamp-reply".to_owned())],
            most: Some(LARGEST as u64),
            ..Request::new(&settings.url)
        };
        let answer = self.fetcher().fetch(&request).await.and_then(sitrep_net::Fetched::accepted);
        let answer = answer.map_err(|error| error.to_string())?;
        let accepted = question.accept(&answer.body, self.now());
        accepted
            .map(|(token, _)| token)
            .map_err(|error| format!("the answer of {} was not taken: {error}", settings.url))
    }

    fn settle_stamp(
        &self,
        capture: &Capture,
        attempts: u64,
        from: String,
        outcome: Result<Vec<u8>, String>,
    ) -> Result<(), Error> {
        let (id, now) = (capture.id.as_str(), self.now());
        self.store().operate(|operations| -> Result<(), Error> {
            let faring: Faring = vault::read(operations, QUEUE, FARING)?.unwrap_or_default();
            let fault = match outcome {
                Ok(token) => {
                    let token = Some(STANDARD.encode(token));
                    vault::keep(operations, TOKENS, id, &Kept { from, token, ..Kept::default() })?;
                    operations.job_done(QUEUE, id)?;
                    if faring.failures > 0 {
                        operations.vault_delete(QUEUE, FARING)?;
                    }
                    return Ok(());
                }
                Err(fault) => fault,
            };
            let failures = faring.failures.saturating_add(1);
            let not_before = later(now, doubled(10, failures.into(), LONGEST_PAUSE));
            if failures == 1 {
                tracing::warn!(%fault, "the time-stamp authority fails; it is asked again later");
            }
            vault::keep(operations, QUEUE, FARING, &Faring { failures, not_before: Some(not_before) })?;
            let given_up = attempts >= ATTEMPTS;
            if given_up {
                operations.job_done(QUEUE, id)?;
            } else {
                operations.job_retry(QUEUE, id, not_before, &fault)?;
            }
            vault::keep(operations, TOKENS, id, &Kept { from, token: None, fault: Some(fault), given_up })
        })
    }
}
