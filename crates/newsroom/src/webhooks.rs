//! Posting digests of alerts to a program's address.
//!
//! A post stays in its queue until the address accepts it (any 2xx) or a day has passed: at least once, told apart by its id.

use crate::alerts::{self, AlertSettings};
use crate::clock::{doubled, later};
use crate::error::Error;
use crate::gather::blocking;
use crate::ids;
use crate::newsroom::Newsroom;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use sitrep_model::desk::Desk;
use sitrep_model::id::DeskId;
use sitrep_net::{Post, Request};
use sitrep_publish::message::Alert;
use sitrep_store::Operations;

const QUEUE: &str = "webhook";
/// Seconds that a post may take before another program may take it.
const LEASE: i64 = 300;
/// Attempts before a post is given up: about a day.
const ATTEMPTS: u64 = 11;
/// Longest pause after a failure, seconds.
const LONGEST_PAUSE: i64 = 60 << 8;

/// What waits in the queue. Address and key are the desk's at the time of sending.
#[derive(Serialize, Deserialize)]
struct Waiting {
    desk: DeskId,
    body: String,
}

/// Refuses what can't be posted to.
pub(crate) fn check(address: &str) -> Result<(), Error> {
    let parsed =
        url::Url::parse(address).map_err(|e| Error::field("webhook", format!("{address:?} is no address: {e}")))?;
    if !matches!(parsed.scheme(), "http" | "https") {
        return Err(Error::field("webhook", format!("{address:?} is not on the web: give an http or https address")));
    }
    Ok(())
}

/// A digest as JSON.
pub(crate) fn body(desk: &Desk, at: Timestamp, alerts: &[Alert], left_out: usize) -> Result<String, Error> {
    let digest = serde_json::json!({
        "id": ids::id("digest"), "desk": desk.id, "name": desk.name, "at": at.to_string(),
        "alerts": alerts, "left_out": left_out,
    });
    serde_json::to_string(&digest).map_err(|error| Error::Internal(error.to_string()))
}

pub(crate) fn queue(operations: &mut Operations<'_>, desk: &DeskId, body: &str, due: Timestamp) -> Result<(), Error> {
    let waiting = Waiting { desk: desk.clone(), body: body.to_owned() };
    let bytes = serde_json::to_vec(&waiting).map_err(|error| Error::Internal(error.to_string()))?;
    operations.job_put(QUEUE, &ids::id("post"), &bytes, due)?;
    Ok(())
}

/// The body's signature.
fn signature(key: &str, body: &str) -> Result<String, Error> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).map_err(|error| Error::Internal(error.to_string()))?;
    mac.update(body.as_bytes());
    Ok(format!("sha256={}", ids::hex(&mac.finalize().into_bytes())))
}

impl Newsroom {
    /// Posts the digests that are due; how many were accepted.
    pub async fn post_alerts(&self) -> Result<usize, Error> {
        let mut accepted = 0;
        loop {
            let newsroom = self.clone();
            let Some((key, attempts, waiting, settings)) = blocking(move || newsroom.take_post()).await? else {
                return Ok(accepted);
            };
            let outcome = self.post(&waiting, &settings).await;
            let newsroom = self.clone();
            accepted += usize::from(outcome.is_ok());
            blocking(move || newsroom.settle_post(&key, attempts, outcome.err())).await?;
        }
    }

    fn take_post(&self) -> Result<Option<(String, u64, Waiting, AlertSettings)>, Error> {
        let now = self.now();
        self.store().operate(|operations| {
            let Some(job) = operations.job_claim(QUEUE, now, later(now, LEASE))? else { return Ok(None) };
            let waiting: Waiting =
                serde_json::from_slice(&job.payload).map_err(|error| Error::Internal(error.to_string()))?;
            let settings = alerts::settings(operations, &waiting.desk)?;
            Ok(Some((job.key, job.attempts, waiting, settings)))
        })
    }

    async fn post(&self, waiting: &Waiting, settings: &AlertSettings) -> Result<(), String> {
        // The desk wants no more posts: nothing is owed to an address that was taken away.
        let Some(address) = &settings.webhook else { return Ok(()) };
        let post = Post { media_type: "application/json", body: waiting.body.clone().into_bytes() };
        let mut request = Request { local: settings.webhook_local, post: Some(post), ..Request::new(address) };
        if let Some(key) = &settings.webhook_key {
            let signature = signature(key, &waiting.body).map_err(|error| error.to_string())?;
            request.secrets.push(("X-Sitrep-Signature".to_owned(), signature.into()));
        }
        let answer = self.fetcher().fetch(&request).await.map_err(|error| error.to_string())?;
        match answer.status {
            200..=299 => Ok(()),
            status => Err(format!("the address answered {status}")),
        }
    }

    fn settle_post(&self, key: &str, attempts: u64, fault: Option<String>) -> Result<(), Error> {
        let due = later(self.now(), doubled(60, attempts, LONGEST_PAUSE));
        self.store().operate(|operations| {
            match fault {
                Some(fault) if attempts < ATTEMPTS => {
                    tracing::info!(%fault, "a digest is posted again later");
                    operations.job_retry(QUEUE, key, due, &fault)?;
                }
                fault => {
                    if let Some(fault) = fault {
                        tracing::warn!(%fault, "a digest could not be posted and is given up");
                    }
                    operations.job_done(QUEUE, key)?;
                }
            }
            Ok(())
        })
    }
}
