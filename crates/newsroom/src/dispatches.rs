//! Sending: one dispatch of an edition, one delivery to each subscriber, each sent at most once.
//!
//! A delivery is written as *sending* before the mail server is spoken to, and as *sent* after its answer. What was being
//! sent when the program was killed is *in doubt*: a person decides, the program never sends it again by itself.

use crate::clock::later;
use crate::error::Error;
use crate::gather::blocking;
use crate::newsroom::{Newsroom, must};
use crate::subscribe;
use crate::who::Who;
use jiff::Timestamp;
use sitrep_editions::Manuscript;
use sitrep_model::account::Role;
use sitrep_model::desk::Desk;
use sitrep_model::dispatch::{Delivery, DeliveryState, Dispatch};
use sitrep_model::edition::Edition;
use sitrep_model::id::{DeliveryId, DeskId, DispatchId};
use sitrep_model::subscriber::{Subscriber, SubscriberState};
use sitrep_net::MailError;
use sitrep_publish::message::{self, Envelope};
use sitrep_store::{Expected, Operations, Order, Page, Query, Versioned, Writer};

/// Seconds after which a message that is being sent counts as in doubt.
const DOUBT: i64 = 600;
/// Attempts before a message that the server puts off is given up.
const ATTEMPTS: u32 = 8;
/// Deliveries looked at, at a time.
const BATCH: usize = 200;
/// The queue of single messages: confirmations.
const LETTERS: &str = "letter";

/// What a round of sending did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Sent {
    /// Accepted by the server.
    pub sent: usize,
    /// Put off.
    pub put_off: usize,
    /// Refused for good, or left in doubt.
    pub failed: usize,
}

/// A message that goes to one person outside of any dispatch.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub(crate) struct Letter {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) message: String,
    #[serde(default)]
    pub(crate) attempts: u32,
}

/// A delivery with its message, ready for the mail server.
struct Message {
    delivery: Versioned<Delivery>,
    to: String,
    bytes: Vec<u8>,
}

/// Queues the dispatch of an edition: one delivery for each confirmed subscriber of its desk, once.
pub(crate) fn queue(writer: &mut Writer<'_>, edition: &Edition) -> Result<(), Error> {
    let id = DispatchId(format!("dispatch-{}", edition.id));
    if writer.get::<Dispatch>(id.as_str())?.is_some() {
        return Ok(());
    }
    let at = writer.at();
    let mut query = Query {
        desk: Some(edition.desk.clone()),
        status: vec![SubscriberState::Confirmed.as_str().to_owned()],
        order: Order::OldestFirst,
        limit: 500,
        ..Query::default()
    };
    let mut recipients = 0;
    loop {
        let page: Page<Versioned<Subscriber>> = writer.list(&query)?;
        for subscriber in page.items {
            let subscriber = subscriber.value;
            let wanted = subscriber.sections.is_empty()
                || edition.sections.iter().any(|part| {
                    !part.paragraphs.is_empty()
                        && part.section.as_ref().is_some_and(|section| subscriber.sections.contains(section))
                });
            if !wanted {
                continue;
            }
            recipients += 1;
            let delivery = Delivery {
                id: DeliveryId(format!("{id}:{}", subscriber.id)),
                desk: edition.desk.clone(),
                dispatch: id.clone(),
                subscriber: subscriber.id,
                state: DeliveryState::Queued,
                attempts: 0,
                due: at,
                answer: None,
            };
            writer.put(&delivery, Expected::New)?;
        }
        match page.next {
            Some(next) => query.after = Some(next),
            None => break,
        }
    }
    let dispatch = Dispatch { id, desk: edition.desk.clone(), edition: edition.id.clone(), at, recipients };
    writer.put(&dispatch, Expected::New)?;
    Ok(())
}

/// Queues a letter within a verb's transaction.
pub(crate) fn post(writer: &mut Writer<'_>, key: &str, letter: &Letter) -> Result<(), Error> {
    let at = writer.at();
    post_within(&mut writer.operations(), key, letter, at)
}

/// Queues a letter outside of the record.
pub(crate) fn post_within(
    operations: &mut Operations<'_>,
    key: &str,
    letter: &Letter,
    due: Timestamp,
) -> Result<(), Error> {
    let bytes = serde_json::to_vec(letter).map_err(|e| Error::Internal(e.to_string()))?;
    operations.job_put(LETTERS, key, &bytes, due)?;
    Ok(())
}

/// Makes an edition's message for nobody: it must be possible before the edition appears.
pub(crate) fn rehearse(manuscript: &Manuscript<'_>, base: &str) -> Result<(), Error> {
    let at = manuscript.edition.published.unwrap_or_default();
    let envelope =
        envelope(manuscript.desk, "reader@example.org", "rehearsal", base, at, Some(format!("{base}/leave")));
    message::edition(manuscript, &envelope)
        .map(drop)
        .map_err(|error| Error::Form { form: "message".to_owned(), fault: error.to_string() })
}

pub(crate) fn envelope(
    desk: &Desk,
    to: &str,
    id: &str,
    base: &str,
    date: Timestamp,
    leave_url: Option<String>,
) -> Envelope {
    let from = sender(desk);
    let host = url::Url::parse(base).ok().and_then(|url| url.host_str().map(str::to_owned));
    let host = host.unwrap_or_else(|| "localhost".to_owned());
    Envelope { from, to: to.to_owned(), message_id: format!("{id}@{host}"), date, leave_url }
}

pub(crate) fn sender(desk: &Desk) -> String {
    desk.mail_from.clone().unwrap_or_else(|| format!("{}@localhost", desk.id))
}

impl Newsroom {
    /// Sends what is due. Stops early where no mail server is set.
    pub async fn send_due(&self) -> Result<Sent, Error> {
        let mut sent = Sent::default();
        if self.mailer().is_none() {
            return Ok(sent);
        }
        self.send_letters(&mut sent).await?;
        let newsroom = self.clone();
        let desks = blocking(move || newsroom.desks()).await?;
        for desk in desks {
            let newsroom = self.clone();
            let id = desk.id.clone();
            blocking(move || newsroom.doubt(&id)).await?;
            loop {
                let newsroom = self.clone();
                let id = desk.id.clone();
                let due = blocking(move || newsroom.due(&id)).await?;
                if due.is_empty() {
                    break;
                }
                for delivery in due {
                    self.deliver(&desk, delivery, &mut sent).await?;
                }
            }
        }
        Ok(sent)
    }

    fn due(&self, desk: &DeskId) -> Result<Vec<Versioned<Delivery>>, Error> {
        let now = self.now();
        let query = Query {
            desk: Some(desk.clone()),
            status: vec![DeliveryState::Queued.as_str().to_owned()],
            to: Some(later(now, 1)),
            order: Order::OldestFirst,
            limit: BATCH,
            ..Query::default()
        };
        let page: Page<Versioned<Delivery>> = self.read(|reader| Ok(reader.list(&query)?))?;
        Ok(page.items.into_iter().filter(|delivery| delivery.value.due <= now).collect())
    }

    /// What has been *sending* for long was being sent by a program that is gone.
    fn doubt(&self, desk: &DeskId) -> Result<(), Error> {
        let before = later(self.now(), -DOUBT);
        let status = vec![DeliveryState::Sending.as_str().to_owned()];
        let query = Query { desk: Some(desk.clone()), status, limit: BATCH, ..Query::default() };
        let page: Page<Versioned<Delivery>> = self.read(|reader| Ok(reader.list(&query)?))?;
        for delivery in page.items.into_iter().filter(|delivery| delivery.recorded < before) {
            self.set(&delivery, DeliveryState::InDoubt, None, None)?;
        }
        Ok(())
    }

    async fn deliver(&self, desk: &Desk, delivery: Versioned<Delivery>, sent: &mut Sent) -> Result<(), Error> {
        let (newsroom, kept) = (self.clone(), desk.clone());
        let Some(Message { delivery, to, bytes }) = blocking(move || newsroom.take(&kept, delivery)).await? else {
            return Ok(());
        };
        let Some(mailer) = self.mailer() else { return Ok(()) };
        let outcome = mailer.send(&sender(desk), &to, &bytes).await;
        let (state, answer, due) = match outcome {
            Ok(answer) => {
                sent.sent += 1;
                (DeliveryState::Sent, answer, None)
            }
            Err(MailError::Temporary(fault)) if delivery.value.attempts < ATTEMPTS => {
                sent.put_off += 1;
                let wait = 60 * 2_i64.pow(delivery.value.attempts.min(8));
                (DeliveryState::Queued, fault.to_string(), Some(later(self.now(), wait)))
            }
            Err(MailError::InDoubt(fault)) => {
                sent.failed += 1;
                (DeliveryState::InDoubt, fault.to_string(), None)
            }
            Err(MailError::Temporary(fault) | MailError::Refused(fault)) => {
                sent.failed += 1;
                (DeliveryState::Refused, fault.to_string(), None)
            }
        };
        let newsroom = self.clone();
        blocking(move || newsroom.set(&delivery, state, Some(answer), due).map(drop)).await
    }

    /// Marks a delivery as being sent and makes its message; `None` where somebody else took it or it isn't wanted.
    fn take(&self, desk: &Desk, delivery: Versioned<Delivery>) -> Result<Option<Message>, Error> {
        let subscriber: Option<Versioned<Subscriber>> =
            self.read(|reader| Ok(reader.get(delivery.value.subscriber.as_str())?))?;
        let confirmed = subscriber.filter(|s| s.value.state == SubscriberState::Confirmed);
        let address = match &confirmed {
            Some(subscriber) => self.address(&subscriber.value.id)?,
            None => None,
        };
        let (Some(subscriber), Some(to)) = (confirmed, address) else {
            self.set(&delivery, DeliveryState::Skipped, None, None)?;
            return Ok(None);
        };
        let edition = self.read(|reader| {
            let dispatch = must::<Dispatch>(reader, &desk.id, delivery.value.dispatch.as_str())?;
            must::<Edition>(reader, &desk.id, dispatch.value.edition.as_str())
        })?;
        let leave = subscribe::leave_url(self, desk, &subscriber.value.id);
        let message_id = delivery.value.id.as_str().replace(':', ".");
        let at = edition.value.published.unwrap_or_else(|| self.now());
        let envelope = envelope(desk, &to, &message_id, self.base(), at, Some(leave));
        let picture = self.published_picture(desk, &edition)?;
        let bytes = self.print(desk, &edition.value, None, |manuscript| {
            let manuscript = manuscript.clone().with_picture(Some(&picture));
            message::edition(&manuscript, &envelope)
                .map_err(|error| Error::Form { form: "message".to_owned(), fault: error.to_string() })
        })?;
        match self.set(&delivery, DeliveryState::Sending, None, None) {
            Ok(delivery) => Ok(Some(Message { delivery, to, bytes })),
            Err(Error::Stale { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn set(
        &self,
        delivery: &Versioned<Delivery>,
        state: DeliveryState,
        answer: Option<String>,
        due: Option<Timestamp>,
    ) -> Result<Versioned<Delivery>, Error> {
        let verb = format!("delivery.{}", state.as_str());
        let desk = delivery.value.desk.clone();
        self.write(&Who::Program("courier"), &verb, Some(&desk), None, |writer| {
            let attempts = delivery.value.attempts + u32::from(state == DeliveryState::Sending);
            let value = Delivery {
                state,
                attempts,
                due: due.unwrap_or(delivery.value.due),
                answer: answer.or_else(|| delivery.value.answer.clone()),
                ..delivery.value.clone()
            };
            let version = writer.put(&value, Expected::Version(delivery.version))?;
            Ok(Versioned { value, version, seq: 0, recorded: writer.at() })
        })
    }

    /// After a loss: what the record still has as queued may have been sent since. A person decides about each.
    pub fn doubt_all_deliveries(&self) -> Result<usize, Error> {
        let mut doubtful = 0;
        for desk in self.desks()? {
            loop {
                let status = [DeliveryState::Queued, DeliveryState::Sending].map(|state| state.as_str().to_owned());
                let query =
                    Query { desk: Some(desk.id.clone()), status: status.to_vec(), limit: BATCH, ..Query::default() };
                let page: Page<Versioned<Delivery>> = self.read(|reader| Ok(reader.list(&query)?))?;
                if page.items.is_empty() {
                    break;
                }
                for delivery in &page.items {
                    self.set(delivery, DeliveryState::InDoubt, None, None)?;
                    doubtful += 1;
                }
            }
        }
        Ok(doubtful)
    }

    /// A person decides about a message in doubt: send it (again), or leave it.
    pub fn resolve_delivery(&self, who: &Who, desk: &DeskId, id: &str, send: bool) -> Result<(), Error> {
        who.must_be(Role::Editor, desk)?;
        let found = self.read(|reader| must::<Delivery>(reader, desk, id))?;
        if found.value.state != DeliveryState::InDoubt {
            return Err(Error::invalid("only a message in doubt is decided about"));
        }
        let state = if send { DeliveryState::Queued } else { DeliveryState::Skipped };
        self.write(who, "delivery.resolve", Some(desk), None, |writer| {
            let delivery = Delivery { state, due: writer.at(), ..found.value.clone() };
            writer.put(&delivery, Expected::Version(found.version))?;
            Ok(())
        })
    }

    /// Sends letters: a letter leaves its queue before the server is spoken to, so that none is ever sent twice.
    async fn send_letters(&self, sent: &mut Sent) -> Result<(), Error> {
        let Some(mailer) = self.mailer() else { return Ok(()) };
        loop {
            let newsroom = self.clone();
            let Some((key, letter)) = blocking(move || newsroom.take_letter()).await? else { return Ok(()) };
            match mailer.send(&letter.from, &letter.to, letter.message.as_bytes()).await {
                Ok(_) => sent.sent += 1,
                Err(MailError::Temporary(fault)) if letter.attempts < ATTEMPTS => {
                    tracing::info!(%fault, "a letter was put off");
                    sent.put_off += 1;
                    let newsroom = self.clone();
                    blocking(move || newsroom.put_off_letter(&key, letter)).await?;
                }
                Err(error) => {
                    tracing::warn!(%error, "a letter could not be sent");
                    sent.failed += 1;
                }
            }
        }
    }

    fn take_letter(&self) -> Result<Option<(String, Letter)>, Error> {
        let now = self.now();
        self.store().operate(|operations| {
            let Some(job) = operations.job_claim(LETTERS, now, later(now, DOUBT))? else { return Ok(None) };
            operations.job_done(LETTERS, &job.key)?;
            let letter = serde_json::from_slice(&job.payload).map_err(|e| Error::Internal(e.to_string()))?;
            Ok(Some((job.key, letter)))
        })
    }

    fn put_off_letter(&self, key: &str, mut letter: Letter) -> Result<(), Error> {
        letter.attempts += 1;
        let due = later(self.now(), 60 * 2_i64.pow(letter.attempts.min(8)));
        let bytes = serde_json::to_vec(&letter).map_err(|e| Error::Internal(e.to_string()))?;
        self.store().operate(|operations| {
            operations.job_put(LETTERS, key, &bytes, due)?;
            Ok(())
        })
    }

    /// The deliveries of a dispatch, by state: how many of each.
    pub fn delivery_counts(
        &self,
        who: &Who,
        desk: &DeskId,
        dispatch: &str,
    ) -> Result<Vec<(DeliveryState, u64)>, Error> {
        who.must_be(Role::Reader, desk)?;
        let states = [
            DeliveryState::Queued,
            DeliveryState::Sending,
            DeliveryState::Sent,
            DeliveryState::Refused,
            DeliveryState::InDoubt,
            DeliveryState::Skipped,
        ];
        self.read(|reader| {
            let mut counts = Vec::new();
            for state in states {
                let query = Query {
                    desk: Some(desk.clone()),
                    status: vec![state.as_str().to_owned()],
                    linked: Some((Some("of".to_owned()), sitrep_model::Kind::Dispatch, dispatch.to_owned())),
                    ..Query::default()
                };
                let count = reader.count::<Delivery>(&query)?;
                if count > 0 {
                    counts.push((state, count));
                }
            }
            Ok(counts)
        })
    }
}
