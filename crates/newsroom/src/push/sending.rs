//! Handing notifications over to browsers' push services.
//!
//! A notification stays in its queue until the service takes it, the subscription ends, or there is no more point in it: at least
//! once. A service that answers *gone* (404, 410) ends the subscription.

use super::{Kept, QUEUE, SUBSCRIPTIONS, Waiting};
use crate::alerts;
use crate::clock::{doubled, later};
use crate::dispatches::sender;
use crate::error::Error;
use crate::gather::blocking;
use crate::newsroom::Newsroom;
use crate::vault;
use sitrep_model::account::{Account, Permission, Role};
use sitrep_model::desk::Desk;
use sitrep_net::{Post, Request};
use sitrep_publish::couriers::web_push::{self, Once, Receiver};
use sitrep_store::Versioned;

/// Seconds that handing over may take before another program may do it.
const LEASE: i64 = 300;
/// Attempts before a notification is given up: about four hours.
const ATTEMPTS: u64 = 8;
/// Longest pause after a failure, seconds.
const LONGEST_PAUSE: i64 = 60 << 8;
/// Longest wait that a service's own word is followed for, in seconds.
const LONGEST_WAIT: i64 = 4 * 3600;

/// A claimed notification with what it takes to send it.
struct Taken {
    key: String,
    attempts: u64,
    waiting: Waiting,
    kept: Kept,
    local: bool,
    contact: String,
}

/// What a push service made of it.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    /// It took it.
    Accepted,
    /// There is no such subscription any more.
    Gone,
    /// Not now; after so many seconds, where it said.
    Later(Option<i64>, String),
    /// Never.
    Refused(String),
}

impl Newsroom {
    /// Hands over the notifications that are due; how many were taken.
    pub async fn send_pushes(&self) -> Result<usize, Error> {
        let mut accepted = 0;
        loop {
            let newsroom = self.clone();
            let Some(taken) = blocking(move || newsroom.take_push()).await? else { return Ok(accepted) };
            let outcome = self.hand_over(&taken).await;
            accepted += usize::from(outcome == Outcome::Accepted);
            let newsroom = self.clone();
            blocking(move || newsroom.settle_push(&taken, outcome)).await?;
        }
    }

    /// The next notification whose browser is still to be told.
    fn take_push(&self) -> Result<Option<Taken>, Error> {
        let now = self.now();
        self.store().operate(|operations| {
            while let Some(job) = operations.job_claim(QUEUE, now, later(now, LEASE))? {
                let waiting: Waiting =
                    serde_json::from_slice(&job.payload).map_err(|error| Error::Internal(error.to_string()))?;
                let kept: Option<Kept> = vault::read(operations, SUBSCRIPTIONS, &waiting.browser)?;
                let account = waiting.browser.split('/').nth(1).unwrap_or_default().to_owned();
                let account: Option<Versioned<Account>> = operations.get(&account)?;
                let may = |account: &Account| account.may(Permission::Desk(Role::Reader), Some(&waiting.desk));
                match kept.filter(|_| account.is_some_and(|found| may(&found.value))) {
                    Some(kept) => {
                        let local = alerts::settings(operations, &waiting.desk)?.push_local;
                        let desk: Option<Versioned<Desk>> = operations.get(waiting.desk.as_str())?;
                        let contact = contact(self.base(), desk.as_ref().map(|found| &found.value));
                        let (key, attempts) = (job.key, job.attempts);
                        return Ok(Some(Taken { key, attempts, waiting, kept, local, contact }));
                    }
                    None => {
                        // Whoever left the desk, or ended it, is told nothing more of it.
                        operations.vault_delete(SUBSCRIPTIONS, &waiting.browser)?;
                        operations.job_done(QUEUE, &job.key)?;
                    }
                }
            }
            Ok(None)
        })
    }

    async fn hand_over(&self, taken: &Taken) -> Outcome {
        let request = match self.sealed(taken) {
            Ok(request) => request,
            Err(error) => return Outcome::Refused(error.to_string()),
        };
        match self.fetcher().fetch(&request).await {
            Ok(answer) => outcome(answer.status),
            Err(sitrep_net::Error::Busy { status, retry_after, .. }) => {
                let wait = retry_after.and_then(|wait| i64::try_from(wait.as_secs()).ok());
                Outcome::Later(wait.map(|wait| wait.min(LONGEST_WAIT)), format!("the push service answered {status}"))
            }
            // Errors name the host at most; the address itself is nobody's to read.
            Err(error) => Outcome::Later(None, error.to_string().replace(&taken.kept.endpoint, "the push service")),
        }
    }

    fn sealed(&self, taken: &Taken) -> Result<Request, Error> {
        let refused = |error: sitrep_publish::Error| Error::invalid(error.to_string());
        let kept = &taken.kept;
        let receiver = Receiver::read(&kept.p256dh, &kept.auth).map_err(refused)?;
        let address = url::Url::parse(&kept.endpoint).map_err(|error| Error::invalid(error.to_string()))?;
        if address.scheme() != "https" && !taken.local {
            return Err(Error::invalid(
                "the push service is on this machine or network, which the desk does not allow",
            ));
        }
        let origin = address.origin().ascii_serialization();
        let once = Once::new(rand::random(), &rand::random());
        let once = once.ok_or_else(|| Error::Internal("the random bytes are no key".to_owned()))?;
        let with = (self.vapid(), origin.as_str(), taken.contact.as_str());
        let errand = web_push::errand(&taken.waiting.notification, &receiver, with, self.now().as_second(), once);
        let errand = errand.map_err(refused)?;
        let post = Post { media_type: "application/octet-stream", body: errand.body };
        let mut request =
            Request { local: taken.local, post: Some(post), fields: errand.fields, ..Request::new(&kept.endpoint) };
        request.secrets.push(("Authorization".to_owned(), errand.authorization.into()));
        Ok(request)
    }

    fn settle_push(&self, taken: &Taken, outcome: Outcome) -> Result<(), Error> {
        let now = self.now();
        let pause = doubled(60, taken.attempts, LONGEST_PAUSE);
        let browser = &taken.waiting.browser;
        self.store().operate(|operations| {
            let fault = match outcome {
                Outcome::Accepted => None,
                Outcome::Gone => {
                    tracing::info!("a browser's push service knows its subscription no more: it is ended");
                    operations.vault_delete(SUBSCRIPTIONS, browser)?;
                    operations.job_done(QUEUE, &taken.key)?;
                    return Ok(());
                }
                Outcome::Later(wait, fault) if taken.attempts < ATTEMPTS => {
                    tracing::info!(%fault, "a notification is handed over again later");
                    operations.job_retry(QUEUE, &taken.key, later(now, wait.unwrap_or(0).max(pause)), &fault)?;
                    return Ok(());
                }
                Outcome::Later(_, fault) | Outcome::Refused(fault) => {
                    tracing::warn!(%fault, "a notification could not be handed over and is given up");
                    Some(fault)
                }
            };
            operations.job_done(QUEUE, &taken.key)?;
            // Its owner may have ended it meanwhile.
            if let Some(mut kept) = vault::read::<Kept>(operations, SUBSCRIPTIONS, browser)? {
                if fault.is_none() {
                    kept.told = Some(now);
                }
                kept.fault = fault;
                vault::keep(operations, SUBSCRIPTIONS, browser, &kept)?;
            }
            Ok(())
        })
    }
}

/// Whom a push service may turn to: this installation, or where it has no secure address, the desk's mailbox.
fn contact(base: &str, desk: Option<&Desk>) -> String {
    if base.starts_with("https://") {
        return base.to_owned();
    }
    let sender = desk.map_or_else(|| "sitrep@localhost".to_owned(), sender);
    let bare = sender.rsplit_once('<').map_or(sender.as_str(), |(_, address)| address.trim_end_matches('>'));
    format!("mailto:{bare}")
}

fn outcome(status: u16) -> Outcome {
    match status {
        200..=299 => Outcome::Accepted,
        404 | 410 => Outcome::Gone,
        429 | 500..=599 => Outcome::Later(None, format!("the push service answered {status}")),
        status => Outcome::Refused(format!("the push service answered {status}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_push_services_answer_takes_puts_off_refuses_or_ends() {
        assert_eq!(outcome(201), Outcome::Accepted);
        assert_eq!((outcome(404), outcome(410)), (Outcome::Gone, Outcome::Gone));
        assert!(matches!((outcome(429), outcome(502)), (Outcome::Later(..), Outcome::Later(..))));
        assert!(matches!((outcome(302), outcome(413)), (Outcome::Refused(_), Outcome::Refused(_))));
    }
}
