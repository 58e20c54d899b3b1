//! Subscribers: asking (double opt-in), confirming, leaving with one click (RFC 8058). Addresses are kept in the vault,
//! where they can be erased; the record knows that somebody came and left.

use crate::clock::later;
use crate::dispatches::{self, Letter};
use crate::error::Error;
use crate::ids;
use crate::newsroom::Newsroom;
use crate::who::Who;
use sitrep_model::account::Role;
use sitrep_model::desk::Desk;
use sitrep_model::id::{DeskId, SectionId, SubscriberId};
use sitrep_model::subscriber::{Subscriber, SubscriberState};
use sitrep_publish::message;
use sitrep_store::{Expected, Page, Query, Versioned};

const ADDRESSES: &str = "subscriber";
const CONFIRM: &str = "confirm";
/// Seconds that a confirmation link holds: a week.
const HOLDS: i64 = 7 * 24 * 3600;
/// Confirmations sent to one address, and from one network address, within an hour.
const PER_HOUR: u64 = 3;
const PER_HOUR_FROM: u64 = 30;

/// The link that leaves a desk's updates.
pub(crate) fn leave_url(newsroom: &Newsroom, desk: &Desk, subscriber: &SubscriberId) -> String {
    let token = newsroom.leave_token(subscriber);
    format!("{}/{}/leave/{subscriber}/{token}", newsroom.base(), desk.id)
}

impl Newsroom {
    fn leave_token(&self, subscriber: &SubscriberId) -> String {
        self.peppered(&format!("leave {subscriber}")).chars().take(32).collect()
    }

    /// Asks for a desk's updates. The answer is the same whether the address is known or not; a message with a link goes
    /// out, unless too many were asked for.
    pub fn subscribe(&self, desk: &DeskId, address: &str, sections: Vec<SectionId>, from: &str) -> Result<(), Error> {
        let kept = self.desk(desk)?;
        let address = checked(address)?;
        if let Some(unknown) = sections.iter().find(|section| kept.section(section).is_none()) {
            return Err(Error::field(
                "sections",
                format!("this desk has no section {unknown:?}", unknown = unknown.as_str()),
            ));
        }
        let digest = self.peppered(&format!("{desk}\n{}", address.to_lowercase()));
        let now = self.now();
        let hour = jiff::Timestamp::from_second(now.as_second() - now.as_second().rem_euclid(3600)).unwrap_or(now);
        let (by_address, by_sender) = self.store().operate(|operations| -> Result<_, Error> {
            Ok((operations.hit("subscribe", &digest, hour)?, operations.hit("subscribe-from", from, hour)?))
        })?;
        if by_sender > PER_HOUR_FROM {
            return Err(Error::TooMany { minutes: 60 });
        }
        if by_address > PER_HOUR {
            return Ok(());
        }
        let secret = ids::secret();
        let confirm = format!("{}/{desk}/confirm/{secret}", self.base());
        self.write(&Who::Stranger, "subscriber.ask", Some(desk), None, |writer| {
            let known: Option<Versioned<Subscriber>> = writer.by_key(Some(desk), &digest)?;
            if known
                .as_ref()
                .is_some_and(|k| k.value.state == SubscriberState::Confirmed && k.value.sections == sections)
            {
                return Ok(());
            }
            let confirmed = known.as_ref().is_some_and(|known| known.value.state == SubscriberState::Confirmed);
            let id = known.as_ref().map_or_else(|| SubscriberId(ids::id("sub")), |known| known.value.id.clone());
            if !confirmed {
                let subscriber = Subscriber {
                    id: id.clone(),
                    desk: desk.clone(),
                    address_digest: digest.clone(),
                    sections: sections.clone(),
                    state: SubscriberState::Pending,
                    asked: writer.at(),
                    confirmed: None,
                    left: None,
                };
                let expected = known.as_ref().map_or(Expected::New, |known| Expected::Version(known.version));
                writer.put(&subscriber, expected)?;
            }
            // What was asked for holds once the link is followed, not before.
            let wished = serde_json::to_vec(&(&id, &sections)).map_err(|e| Error::Internal(e.to_string()))?;
            let mut operations = writer.operations();
            operations.vault_put(ADDRESSES, id.as_str(), address.as_bytes())?;
            operations.token_put(CONFIRM, &ids::sha256(secret.as_bytes()), &wished, later(now, HOLDS))?;
            let envelope =
                dispatches::envelope(&kept, &address, &format!("confirm-{}", ids::letters(12)), self.base(), now, None);
            let bytes = message::confirmation(&kept, &envelope, &confirm)
                .map_err(|error| Error::Form { form: "confirmation".to_owned(), fault: error.to_string() })?;
            let letter = Letter {
                from: dispatches::sender(&kept),
                to: address.clone(),
                message: String::from_utf8_lossy(&bytes).into_owned(),
                attempts: 0,
            };
            dispatches::post(writer, &ids::id("letter"), &letter)
        })
    }

    /// Confirms what was asked for. A link works once.
    pub fn confirm(&self, desk: &DeskId, secret: &str) -> Result<(), Error> {
        let digest = ids::sha256(secret.as_bytes());
        let now = self.now();
        self.write(&Who::Stranger, "subscriber.confirm", Some(desk), None, |writer| {
            let wished = writer.operations().token_take(CONFIRM, &digest, now)?;
            let gone = || Error::invalid("this link was used already or is older than a week: subscribe once more");
            let (id, sections): (SubscriberId, Vec<SectionId>) =
                wished.and_then(|bytes| serde_json::from_slice(&bytes).ok()).ok_or_else(gone)?;
            let found: Versioned<Subscriber> = writer.get(id.as_str())?.ok_or_else(gone)?;
            let subscriber = Subscriber {
                sections,
                state: SubscriberState::Confirmed,
                confirmed: Some(now),
                left: None,
                ..found.value
            };
            writer.put(&subscriber, Expected::Version(found.version))?;
            Ok(())
        })
    }

    /// Whether a leaving link is one of ours.
    pub fn may_leave(&self, subscriber: &str, token: &str) -> bool {
        self.leave_token(&SubscriberId::from(subscriber)) == token
    }

    /// Leaves: the address is erased at once.
    pub fn leave(&self, desk: &DeskId, subscriber: &str, token: &str) -> Result<(), Error> {
        if !self.may_leave(subscriber, token) {
            return Err(Error::invalid("this is not a link from one of our messages"));
        }
        self.write(&Who::Stranger, "subscriber.leave", Some(desk), None, |writer| {
            let Some(found) = writer.get::<Subscriber>(subscriber)? else { return Ok(()) };
            let left = Subscriber { state: SubscriberState::Left, left: Some(writer.at()), ..found.value };
            writer.put(&left, Expected::Version(found.version))?;
            writer.operations().vault_delete(ADDRESSES, subscriber)?;
            Ok(())
        })
    }

    /// A subscriber's address, where it was not erased.
    pub(crate) fn address(&self, subscriber: &SubscriberId) -> Result<Option<String>, Error> {
        let found = self.read(|reader| Ok(reader.vault_get(ADDRESSES, subscriber.as_str())?))?;
        Ok(found.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// A desk's subscribers with their addresses, for its chief.
    pub fn subscribers(
        &self,
        who: &Who,
        desk: &DeskId,
        query: &Query,
    ) -> Result<Page<(Subscriber, Option<String>)>, Error> {
        who.must_be(Role::Chief, desk)?;
        let query = Query { desk: Some(desk.clone()), ..query.clone() };
        let page: Page<Versioned<Subscriber>> = self.read(|reader| Ok(reader.list(&query)?))?;
        let mut items = Vec::with_capacity(page.items.len());
        for found in page.items {
            let address = self.address(&found.value.id)?;
            items.push((found.value, address));
        }
        Ok(Page { items, next: page.next })
    }
}

/// An address as it can be written to (RFC 5321, without comments or quoted local parts).
fn checked(address: &str) -> Result<String, Error> {
    let address = address.trim();
    let wrong = || Error::field("address", format!("{address:?} is no e-mail address"));
    let (local, domain) = address.rsplit_once('@').ok_or_else(wrong)?;
    let clean = |part: &str| {
        !part.is_empty() && part.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\\\"@".contains(c))
    };
    let dots = |part: &str| !part.starts_with('.') && !part.ends_with('.') && !part.contains("..");
    if !clean(local) || !clean(domain) || !dots(local) || !dots(domain) || local.len() > 64 || address.len() > 254 {
        return Err(wrong());
    }
    Ok(address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_break_a_header_are_refused() {
        assert!(checked("reader@example.org").is_ok());
        for bad in ["", "reader", "a@", "@b", "a@b\r\nBcc: x@y", "a b@c", "a@b,c@d", ".a@b", "<a@b>"] {
            assert!(checked(bad).is_err(), "{bad}");
        }
    }
}
