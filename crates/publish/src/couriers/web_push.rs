//! By web push: from a notification to the request that a browser's push service takes (RFC 8030).
//!
//! The push service carries it and can't read it ([`sealing`], RFC 8291); it knows who sends it by the installation's own key
//! ([`vapid`], RFC 8292). Randomness and the time come from outside.

mod sealing;
mod vapid;

pub use sealing::{Once, Receiver};
pub use vapid::Vapid;

use crate::Error;
use crate::direction::is_right_to_left;
use crate::message::Alert;
use serde::{Deserialize, Serialize};
use sitrep_model::desk::Desk;

/// Seconds that a push service keeps what it can't hand over at once.
const KEPT: u32 = 4 * 3600;
/// Longest title and text, in code points: a push service takes 4096 bytes in all.
const LONGEST: usize = 160;
/// Longest address of the newsroom that a notification opens, in bytes.
const LONGEST_ADDRESS: usize = 1_500;

/// What a browser shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notification {
    /// The line on top: what was watched.
    pub title: String,
    /// The line below: a document's title.
    pub body: String,
    /// BCP 47 language of that line.
    pub language: String,
    /// Direction of that line: `ltr` or `rtl`.
    pub direction: String,
    /// The newsroom's page that it opens.
    pub url: String,
    /// A later one of the same name takes its place.
    pub tag: String,
}

impl Notification {
    /// What tells of one document that was marked.
    pub fn of(alert: &Alert) -> Self {
        let direction = if is_right_to_left(&alert.title) { "rtl" } else { "ltr" };
        Self {
            title: alert.watches.join(", "),
            body: alert.title.clone(),
            language: alert.language.clone(),
            direction: direction.to_owned(),
            url: alert.url.clone(),
            tag: alert.url.clone(),
        }
    }

    /// What tells of many at once; it opens a page where all of them are.
    pub fn of_many(desk: &Desk, many: usize, watches: &[String], url: &str) -> Self {
        Self {
            title: format!("{}: {many} watched documents", desk.name),
            body: watches.join(", "),
            language: "en".to_owned(),
            direction: "ltr".to_owned(),
            url: url.to_owned(),
            tag: desk.id.0.clone(),
        }
    }
}

/// A request on its way to a push service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errand {
    /// Header fields that anybody may see.
    pub fields: Vec<(&'static str, String)>,
    /// The `Authorization`, by which the push service knows the sender.
    pub authorization: String,
    /// The sealed notification.
    pub body: Vec<u8>,
}

/// The errand that carries a notification to a receiver.
///
/// `origin` is that of the receiver's address (`https://push.example`), `contact` the sender's (`mailto:` or `https:`), `now` the
/// moment in seconds since 1970.
///
/// # Errors
/// Where the receiver's keys are none, or the notification's address is too long to be carried.
pub fn errand(
    notification: &Notification,
    receiver: &Receiver,
    (vapid, origin, contact): (&Vapid, &str, &str),
    now: i64,
    once: Once,
) -> Result<Errand, Error> {
    if notification.url.len() > LONGEST_ADDRESS {
        return Err(Error::Push("its address is too long to be carried".to_owned()));
    }
    let short = Notification { title: cut(&notification.title), body: cut(&notification.body), ..notification.clone() };
    let told = serde_json::to_vec(&short).map_err(|error| Error::Push(error.to_string()))?;
    let body = sealing::seal(&told, receiver, once)?;
    let fields =
        vec![("TTL", KEPT.to_string()), ("Urgency", "normal".to_owned()), ("Content-Encoding", "aes128gcm".to_owned())];
    Ok(Errand { fields, authorization: vapid.authorization(origin, contact, now)?, body })
}

/// A line that is short enough, with a sign that there was more.
fn cut(line: &str) -> String {
    if line.chars().count() <= LONGEST {
        return line.to_owned();
    }
    line.chars().take(LONGEST - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_title_is_cut_and_a_long_address_refused() {
        let title = "ر".repeat(5_000);
        let mut notification = Notification {
            title: title.clone(),
            body: title,
            language: "fa".to_owned(),
            direction: "rtl".to_owned(),
            url: "https://desk.example/newsroom".to_owned(),
            tag: "doc".to_owned(),
        };
        let (_, receiver) = sealing::example();
        let vapid = Vapid::from_bytes(&[7; 32]).unwrap();
        let with = (&vapid, "https://push.example", "mailto:desk@example.org");
        let sent = errand(&notification, &receiver, with, 0, Once::new([1; 16], &[2; 32]).unwrap()).unwrap();
        assert!(sent.body.len() < 4096, "{}", sent.body.len());
        assert!(sent.fields.contains(&("Content-Encoding", "aes128gcm".to_owned())));
        notification.url.push_str(&"x".repeat(LONGEST_ADDRESS));
        assert!(errand(&notification, &receiver, with, 0, Once::new([1; 16], &[2; 32]).unwrap()).is_err());
    }
}
