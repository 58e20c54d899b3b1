//! Web push: browsers of those who work on a desk are told of what its watches mark, soon after it is marked.
//!
//! A browser's subscription (its push service's address and its keys) is personal, so it lies in the vault, for each desk and
//! person. Whoever holds the address can send to that browser: it stands in no record, log or page.

mod sending;

use crate::alerts::{self, alerts};
use crate::clock::later;
use crate::error::Error;
use crate::ids;
use crate::newsroom::Newsroom;
use crate::vault;
use crate::who::Who;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sitrep_model::account::Role;
use sitrep_model::desk::Desk;
use sitrep_model::id::{AccountId, DeskId};
use sitrep_publish::couriers::web_push::{Notification, Receiver, Vapid};
use sitrep_publish::message::Alert;
use sitrep_store::Operations;
use std::collections::BTreeSet;

/// Subscriptions: `DESK/ACCOUNT/BROWSER`.
const SUBSCRIPTIONS: &str = "push";
/// Up to when a desk's browsers were told.
const TOLD: &str = "push-told";
const QUEUE: &str = "push";
/// Browsers of a person on a desk, at most.
const BROWSERS: usize = 10;
/// Longest address of a push service, in bytes.
const LONGEST: usize = 1_000;
/// Documents that are told of one by one; more together are told of as one.
const ONE_BY_ONE: usize = 3;
/// Seconds after which what has arrived counts as written.
const SETTLED: i64 = 10;
/// Seconds after which it is noted that there was nothing to tell.
const NOTED: i64 = 600;

/// What a browser says of its subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Browser {
    /// The push service's address for it.
    pub endpoint: String,
    /// Its public key, base64url.
    pub p256dh: String,
    /// The secret that it shares with the sender, base64url.
    pub auth: String,
    /// What it is called in its owner's list.
    pub name: String,
}

/// A browser that is told, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushLine {
    /// Its id: the beginning of the SHA-256 of its push service's address.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
    /// When its push service last took a notification.
    pub told: Option<Timestamp>,
    /// Why the last one could not be handed over.
    pub fault: Option<String>,
}

/// A subscription as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    endpoint: String,
    p256dh: String,
    auth: String,
    name: String,
    since: Timestamp,
    #[serde(default)]
    told: Option<Timestamp>,
    #[serde(default)]
    fault: Option<String>,
}

/// A notification that waits for one browser.
#[derive(Serialize, Deserialize)]
struct Waiting {
    desk: DeskId,
    /// The subscription's place in the vault.
    browser: String,
    notification: Notification,
}

impl Newsroom {
    /// The public key that browsers subscribe with: an uncompressed point on P-256, base64url.
    pub fn push_key(&self) -> String {
        self.vapid().public_key()
    }

    /// The asker's own browsers that are told of a desk's alerts, the earliest first.
    pub fn push_browsers(&self, who: &Who, desk: &DeskId) -> Result<Vec<PushLine>, Error> {
        let account = person(who, desk)?;
        let own = self.store().operate(|operations| own(operations, desk, &account))?;
        let line = |(id, kept): (String, Kept)| PushLine {
            id,
            name: kept.name,
            since: kept.since,
            told: kept.told,
            fault: kept.fault,
        };
        let mut lines: Vec<PushLine> = own.into_iter().map(line).collect();
        lines.sort_by_key(|line| line.since);
        Ok(lines)
    }

    /// Tells the asker's browser of a desk's alerts from now on; gives its id. A browser is one person's at a time.
    pub fn subscribe_browser(&self, who: &Who, desk: &DeskId, browser: &Browser) -> Result<String, Error> {
        let account = person(who, desk)?;
        Receiver::read(&browser.p256dh, &browser.auth).map_err(|error| Error::field("keys", error.to_string()))?;
        let id = ids::sha256(browser.endpoint.as_bytes()).chars().take(32).collect::<String>();
        let name: String = browser.name.trim().chars().filter(|c| !c.is_control()).take(200).collect();
        let now = self.now();
        self.store().operate(|operations| {
            let local = alerts::settings(operations, desk)?.push_local;
            check(&browser.endpoint, local)?;
            let all = operations.vault_list(SUBSCRIPTIONS, Some(&format!("{desk}/")))?;
            if all.is_empty() {
                // Nobody is told of what came before anybody asked.
                operations.vault_put(TOLD, desk.as_str(), now.to_string().as_bytes())?;
            }
            for (key, _) in &all {
                if key.ends_with(&format!("/{id}")) {
                    operations.vault_delete(SUBSCRIPTIONS, key)?;
                }
            }
            if own(operations, desk, &account)?.len() >= BROWSERS {
                return Err(Error::invalid(format!("{BROWSERS} of your browsers are told already: end one of them")));
            }
            let name = if name.is_empty() { "a browser".to_owned() } else { name.clone() };
            let kept = Kept {
                endpoint: browser.endpoint.clone(),
                p256dh: browser.p256dh.clone(),
                auth: browser.auth.clone(),
                name,
                since: now,
                told: None,
                fault: None,
            };
            vault::keep(operations, SUBSCRIPTIONS, &key(desk, &account, &id), &kept)
        })?;
        Ok(id)
    }

    /// Tells a browser of the asker's no more about a desk; on how many desks it is still told.
    pub fn end_browser(&self, who: &Who, desk: &DeskId, id: &str) -> Result<usize, Error> {
        let account = person(who, desk)?;
        self.store().operate(|operations| {
            if !operations.vault_delete(SUBSCRIPTIONS, &key(desk, &account, id))? {
                return Err(Error::not_found("browser", id));
            }
            let left = operations.vault_list(SUBSCRIPTIONS, None)?;
            Ok(left.iter().filter(|(key, _)| key.ends_with(&format!("/{account}/{id}"))).count())
        })
    }

    /// Queues a notification for each browser where a desk's watches have marked something since; how many.
    pub fn push_due(&self) -> Result<usize, Error> {
        let kept = self.read(|reader| Ok(reader.vault_list(SUBSCRIPTIONS, None)?))?;
        let desks: BTreeSet<DeskId> =
            kept.iter().filter_map(|(key, _)| key.split_once('/')).map(|(desk, _)| DeskId::from(desk)).collect();
        let mut queued = 0;
        for desk in desks {
            queued += self.push(&desk)?;
        }
        Ok(queued)
    }

    fn push(&self, desk: &DeskId) -> Result<usize, Error> {
        let until = later(self.now(), -SETTLED);
        let since = self.read(|reader| Ok(reader.vault_get(TOLD, desk.as_str())?))?;
        let since = since.and_then(|bytes| String::from_utf8_lossy(&bytes).parse::<Timestamp>().ok());
        let since = since.unwrap_or(until);
        if until <= since {
            return Ok(0);
        }
        let kept = self.desk(desk)?;
        let base = self.base().to_owned();
        let (alerts, left_out) = self.read(|reader| alerts(reader, &kept, &base, since, until))?;
        if alerts.is_empty() && until < later(since, NOTED) {
            return Ok(0);
        }
        let notifications = notifications(&kept, &base, &alerts, left_out);
        // What is queued and the mark up to where it tells stand or fall together.
        self.store().operate(|operations| {
            operations.vault_put(TOLD, desk.as_str(), until.to_string().as_bytes())?;
            let browsers = operations.vault_list(SUBSCRIPTIONS, Some(&format!("{desk}/")))?;
            for (browser, _) in &browsers {
                for notification in &notifications {
                    let waiting =
                        Waiting { desk: desk.clone(), browser: browser.clone(), notification: notification.clone() };
                    let waiting = serde_json::to_vec(&waiting).map_err(|error| Error::Internal(error.to_string()))?;
                    operations.job_put(QUEUE, &ids::id("push"), &waiting, self.now())?;
                }
            }
            Ok(browsers.len() * notifications.len())
        })
    }
}

/// The installation's key for push services out of the vault; made where there is none yet.
pub(crate) fn key_of_installation(operations: &mut Operations<'_>) -> Result<Vapid, Error> {
    const PLACE: (&str, &str) = ("installation", "push-key");
    if let Some(found) = operations.vault_get(PLACE.0, PLACE.1)? {
        let damaged = "the installation's key for push services is damaged: restore the vault from a backup";
        return Vapid::from_bytes(&found).ok_or_else(|| Error::Internal(damaged.to_owned()));
    }
    // Of 2^32 random numbers one is no key.
    loop {
        let bytes: [u8; 32] = rand::random();
        if let Some(key) = Vapid::from_bytes(&bytes) {
            operations.vault_put(PLACE.0, PLACE.1, &bytes)?;
            return Ok(key);
        }
    }
}

fn notifications(desk: &Desk, base: &str, alerts: &[Alert], left_out: usize) -> Vec<Notification> {
    let many = alerts.len() + left_out;
    if many <= ONE_BY_ONE {
        return alerts.iter().map(Notification::of).collect();
    }
    let watches: BTreeSet<String> = alerts.iter().flat_map(|alert| alert.watches.clone()).collect();
    let watches: Vec<String> = watches.into_iter().collect();
    vec![Notification::of_many(desk, many, &watches, &format!("{base}/newsroom/{}/inbox", desk.id))]
}

/// The person who asks, where they work on the desk.
fn person(who: &Who, desk: &DeskId) -> Result<AccountId, Error> {
    who.must_be(Role::Reader, desk)?;
    let account = who.account().map(|account| account.id.clone());
    account.ok_or_else(|| Error::Forbidden("only a person's browser can be told".to_owned()))
}

fn key(desk: &DeskId, account: &AccountId, id: &str) -> String {
    format!("{desk}/{account}/{id}")
}

/// A person's browsers on a desk, by id.
fn own(operations: &mut Operations<'_>, desk: &DeskId, account: &AccountId) -> Result<Vec<(String, Kept)>, Error> {
    let prefix = key(desk, account, "");
    let found = operations.vault_list(SUBSCRIPTIONS, Some(&prefix))?;
    let read = |(place, bytes): (String, Vec<u8>)| {
        Some((place.strip_prefix(&prefix)?.to_owned(), serde_json::from_slice(&bytes).ok()?))
    };
    Ok(found.into_iter().filter_map(read).collect())
}

/// Refuses what can't be a push service's address. What a name leads to is judged when it is asked.
fn check(endpoint: &str, local: bool) -> Result<(), Error> {
    let wrong = |why: &str| Error::field("endpoint", format!("the push service's address can't be used: {why}"));
    if endpoint.len() > LONGEST {
        return Err(wrong("it is too long"));
    }
    let address = url::Url::parse(endpoint).map_err(|_| wrong("it is none"))?;
    if address.scheme() != "https" && !(local && address.scheme() == "http") {
        return Err(wrong("it does not begin with https://"));
    }
    if !address.username().is_empty() || address.password().is_some() || address.host().is_none() {
        return Err(wrong("it names no host, or a login"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alert(number: usize) -> Alert {
        Alert {
            watches: vec!["Trains".to_owned(), format!("Watch {}", number % 2)],
            title: format!("Report {number}"),
            language: "en".to_owned(),
            outlet: "Daily".to_owned(),
            arrived: String::new(),
            words: Vec::new(),
            url: format!("https://desk.example/{number}"),
        }
    }

    #[test]
    fn a_few_documents_are_told_of_one_by_one_and_many_as_one() {
        let desk = "id = 'coast'\nname = 'Coast'\npublisher = ''\nlanguage = 'en'\ntime_zone = 'UTC'\nstanding = ''\n\
                    sections = []\nscale = { name = '', terms = [] }";
        let desk: Desk = toml::from_str(desk).unwrap();
        let told = |alerts: &[Alert], left_out| notifications(&desk, "https://desk.example", alerts, left_out);
        let alerts: Vec<Alert> = (0..4).map(alert).collect();
        assert!(told(&[], 0).is_empty());
        let few = told(&alerts[..3], 0);
        assert_eq!(few.iter().map(|one| one.body.as_str()).collect::<Vec<_>>(), ["Report 0", "Report 1", "Report 2"]);
        let many = told(&alerts, 7);
        assert_eq!((many.len(), many[0].title.as_str()), (1, "Coast: 11 watched documents"));
        assert_eq!(many[0].body, "Trains, Watch 0, Watch 1");
        assert_eq!(many[0].url, "https://desk.example/newsroom/coast/inbox");
    }

    #[test]
    fn a_push_services_address_is_on_the_web_and_secure() {
        assert!(check("https://push.example/send/1", false).is_ok());
        assert!(check("http://127.0.0.1:9/send/1", false).is_err());
        assert!(check("http://127.0.0.1:9/send/1", true).is_ok(), "where the desk allows it");
        assert!(check("https://login@push.example/", true).is_err());
        assert!(check(&format!("https://push.example/{}", "x".repeat(LONGEST)), false).is_err());
    }
}
