//! Alerts: what watches marked, sent to those who work on a desk. Addresses stand in the vault, outside the record.

use crate::clock::later;
use crate::dispatches::{self, Letter};
use crate::error::Error;
use crate::ids;
use crate::newsroom::Newsroom;
use crate::sources::outlet;
use crate::vault;
use crate::webhooks;
use crate::who::Who;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use sitrep_model::account::Role;
use sitrep_model::desk::Desk;
use sitrep_model::document::Document;
use sitrep_model::id::DeskId;
use sitrep_model::watch::Watch;
use sitrep_publish::message::{self, Alert};
use sitrep_store::{Operations, Order, Page, Query, Reader, Versioned};

const SETTINGS: &str = "alerts";
const SENT: &str = "alerts-sent";
/// Most documents named in one digest; of the others their number.
const NAMED: usize = 100;
/// Documents read at a time.
const BATCH: usize = 500;
/// Most addresses of a desk.
const ADDRESSES: usize = 50;
/// Shortest time between two digests, in minutes.
const OFTEN: u32 = 5;

/// Where a desk's alerts go.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertSettings {
    /// Addresses that get the digest.
    pub mail: Vec<String>,
    /// Minutes between two digests, at least.
    pub every_minutes: u32,
    /// Where each digest is posted as JSON.
    #[serde(default)]
    pub webhook: Option<String>,
    /// With which the posts are signed (HMAC-SHA256 over the body, header `X-Sitrep-Signature: sha256=…`).
    #[serde(default)]
    pub webhook_key: Option<String>,
    /// That address may be on this machine or its private network.
    #[serde(default)]
    pub webhook_local: bool,
    /// Browsers may name a push service that is on this machine or its private network.
    #[serde(default)]
    pub push_local: bool,
}

impl Newsroom {
    /// Where a desk's alerts go.
    pub fn alert_settings(&self, who: &Who, desk: &DeskId) -> Result<AlertSettings, Error> {
        who.must_be(Role::Chief, desk)?;
        self.store().operate(|operations| settings(operations, desk))
    }

    /// Sets where a desk's alerts go. Digests begin with what arrives from now on.
    pub fn set_alerts(&self, who: &Who, desk: &DeskId, wanted: &AlertSettings) -> Result<(), Error> {
        who.must_be(Role::Chief, desk)?;
        let mail: Vec<String> = wanted.mail.iter().map(|address| address.trim().to_owned()).collect();
        let mail: Vec<String> = mail.into_iter().filter(|address| !address.is_empty()).collect();
        if mail.len() > ADDRESSES {
            return Err(Error::field("mail", format!("at most {ADDRESSES} addresses: use a list at your mail server")));
        }
        if let Some(wrong) = mail.iter().find(|address| !message::is_address(address)) {
            return Err(Error::field("mail", format!("{wrong:?} is no address")));
        }
        let given = |text: &Option<String>| text.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
        let webhook = given(&wanted.webhook);
        if let Some(address) = &webhook {
            webhooks::check(address)?;
        }
        let kept = AlertSettings {
            mail,
            every_minutes: wanted.every_minutes.max(OFTEN),
            webhook,
            webhook_key: given(&wanted.webhook_key),
            webhook_local: wanted.webhook_local,
            push_local: wanted.push_local,
        };
        let now = self.now();
        self.store().operate(|operations| {
            vault::keep(operations, SETTINGS, desk.as_str(), &kept)?;
            if operations.vault_get(SENT, desk.as_str())?.is_none() {
                operations.vault_put(SENT, desk.as_str(), now.to_string().as_bytes())?;
            }
            Ok(())
        })
    }

    /// Queues the digests that are due, one letter to each address and one post; how many.
    pub fn alert_due(&self) -> Result<usize, Error> {
        let desks = self.store().operate(|operations| -> Result<_, Error> {
            Ok(operations.vault_list(SETTINGS, None)?.into_iter().map(|(desk, _)| DeskId(desk)).collect::<Vec<_>>())
        })?;
        let mut queued = 0;
        for desk in desks {
            queued += self.alert(&desk)?;
        }
        Ok(queued)
    }

    fn alert(&self, desk: &DeskId) -> Result<usize, Error> {
        let now = self.now();
        let (settings, since) = self.store().operate(|operations| -> Result<_, Error> {
            let sent = operations.vault_get(SENT, desk.as_str())?;
            let sent = sent.and_then(|bytes| String::from_utf8_lossy(&bytes).parse::<Timestamp>().ok());
            Ok((settings(operations, desk)?, sent.unwrap_or(now)))
        })?;
        if (settings.mail.is_empty() && settings.webhook.is_none())
            || now < later(since, i64::from(settings.every_minutes) * 60)
        {
            return Ok(0);
        }
        let kept = self.desk(desk)?;
        let base = self.base().to_owned();
        let (alerts, left_out) = self.read(|reader| alerts(reader, &kept, &base, since, now))?;
        let mut letters = Vec::new();
        if !alerts.is_empty() {
            for to in &settings.mail {
                letters.push(letter(&kept, to, &base, now, &alerts, left_out)?);
            }
        }
        let post = settings.webhook.as_ref().filter(|_| !alerts.is_empty());
        let post = post.map(|_| webhooks::body(&kept, now, &alerts, left_out)).transpose()?;
        // The letters, the post and the mark up to where they tell stand or fall together: nothing is told twice, nothing left out.
        self.store().operate(|operations| -> Result<(), Error> {
            operations.vault_put(SENT, desk.as_str(), now.to_string().as_bytes())?;
            for letter in &letters {
                dispatches::post_within(operations, &ids::id("letter"), letter, now)?;
            }
            if let Some(body) = &post {
                webhooks::queue(operations, desk, body, now)?;
            }
            Ok(())
        })?;
        Ok(letters.len() + usize::from(post.is_some()))
    }
}

pub(crate) fn settings(operations: &mut Operations<'_>, desk: &DeskId) -> Result<AlertSettings, Error> {
    Ok(vault::read(operations, SETTINGS, desk.as_str())?.unwrap_or_default())
}

fn letter(
    desk: &Desk,
    to: &str,
    base: &str,
    now: Timestamp,
    alerts: &[Alert],
    left_out: usize,
) -> Result<Letter, Error> {
    let envelope = dispatches::envelope(desk, to, &format!("alerts-{}", ids::letters(12)), base, now, None);
    let bytes = message::alerts(desk, &envelope, alerts, left_out)
        .map_err(|error| Error::Form { form: "alerts".to_owned(), fault: error.to_string() })?;
    let message = String::from_utf8_lossy(&bytes).into_owned();
    Ok(Letter { from: dispatches::sender(desk), to: to.to_owned(), message, attempts: 0 })
}

/// What was marked between two moments, oldest first, and how many more there are.
pub(crate) fn alerts(
    reader: &mut Reader<'_>,
    desk: &Desk,
    base: &str,
    since: Timestamp,
    until: Timestamp,
) -> Result<(Vec<Alert>, usize), Error> {
    let zone = TimeZone::get(&desk.time_zone).unwrap_or(TimeZone::UTC);
    let mut query = Query {
        desk: Some(desk.id.clone()),
        from: Some(since),
        to: Some(until),
        order: Order::OldestFirst,
        limit: BATCH,
        ..Query::default()
    };
    let sources = crate::sources::sources(reader, &desk.id)?;
    let (mut alerts, mut left_out) = (Vec::new(), 0);
    loop {
        let page: Page<Versioned<Document>> = reader.list(&query)?;
        for Versioned { value: document, .. } in page.items {
            if document.marks.is_empty() {
                continue;
            }
            if alerts.len() == NAMED {
                left_out += 1;
                continue;
            }
            let mut watches = Vec::new();
            for mark in &document.marks {
                let found = reader.get::<Watch>(mark.watch.as_str())?;
                watches.push(found.map_or_else(|| mark.watch.to_string(), |found| found.value.title));
            }
            let source = document.source.as_ref().and_then(|id| sources.iter().find(|source| &source.id == id));
            alerts.push(Alert {
                watches,
                outlet: outlet(source, &document.url),
                arrived: zone.to_datetime(document.arrived).strftime("%-d %B %Y, %H:%M").to_string(),
                words: document.marks.iter().flat_map(|mark| mark.words.clone()).collect(),
                url: format!("{base}/newsroom/{}/inbox?show=all&doc={}", desk.id, document.id),
                title: document.title,
                language: document.language,
            });
        }
        match page.next {
            Some(next) => query.after = Some(next),
            None => return Ok((alerts, left_out)),
        }
    }
}
