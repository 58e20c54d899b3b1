//! Messages: files of one (`.eml`, as a Maildir keeps them) or of many (mbox). A message is its own capture.

use super::markup::lines;
use super::saying::paragraphs;
use super::settings::{Form, minutes, required};
use super::{Answer, Ask, Error, Found, Item, Kind, Origin, Own, Said, Sample, fetched, files, no_address};
use crate::html;
use jiff::Timestamp;
use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{Message, MessageParser, PartType};
use sha2::{Digest, Sha256};
use sitrep_model::source::Collection;
use std::fmt::Write as _;

pub(super) const KIND: Kind = Kind {
    id: "mail",
    label: "Mail",
    what: "Messages in files: .eml, a Maildir or a folder of them, mbox; newsletters and statements that come by mail.",
    origin: Origin::Files,
    settings: &[required("path", "File or folder", "Below the folder for incoming files.", Form::Path), minutes(10)],
    plan: files,
    read,
    recognise: no_address,
    one: fetched,
    takes,
    sample: Sample {
        collection: || Collection::of("mail").told("path", "list.mbox"),
        content_type: "application/mbox",
        body: Some(|| include_bytes!("samples/list.mbox").to_vec()),
        finds: &["mid:one@ministry.example", "mid:two%20words@ministry.example"],
    },
};

/// Messages of a mailbox, at most.
const MOST: usize = 100_000;

/// Fields with which messages begin.
const FIELDS: &[&str] = &[
    "return-path:",
    "received:",
    "delivered-to:",
    "x-",
    "from:",
    "to:",
    "date:",
    "message-id:",
    "subject:",
    "mime-version:",
    "dkim-signature:",
    "authentication-results:",
    "arc-",
    "reply-to:",
    "content-type:",
    "list-",
];

fn takes(name: &str, head: &[u8]) -> bool {
    let (name, text) =
        (name.to_ascii_lowercase(), String::from_utf8_lossy(&head[..head.len().min(400)]).to_ascii_lowercase());
    let begins = text.starts_with("from ") || FIELDS.iter().any(|field| text.trim_start().starts_with(field));
    let named = [".eml", ".mbox", ".mbx"].iter().any(|end| name.ends_with(end));
    // A Maildir's files are named by time and host, with flags behind a colon.
    let in_maildir = name.contains(":2,") || !name.rsplit('/').next().unwrap_or_default().contains('.');
    begins && (named || in_maildir || name.rsplit('.').next().is_some_and(|end| end.len() > 5))
}

pub(super) fn read(_: &Collection, _: &Ask, answer: &Answer<'_>) -> Result<Found, Error> {
    let mut found = Found::default();
    if !answer.body.starts_with(b"From ") {
        let said =
            message(answer.body).map_err(|why| Error::Unreadable(format!("{} is no message: {why}", answer.url)))?;
        found.title = said.byline.first().cloned();
        found.items.push(Item::Said(Box::new(said)));
        return Ok(found);
    }
    for (place, entry) in MessageIterator::new(answer.body).take(MOST).enumerate() {
        let name = || format!("{}, message {}", answer.url, place + 1);
        match entry.map_err(|error| error.to_string()).and_then(|entry| message(entry.contents())) {
            Ok(said) => found.items.push(Item::Said(Box::new(said))),
            Err(why) => found.faults.push((name(), why)),
        }
    }
    // The same message in two folders of a mailbox is one.
    let mut seen = std::collections::BTreeSet::new();
    found.items.retain(|item| seen.insert(item.url().to_owned()));
    if found.items.is_empty() && found.faults.is_empty() {
        return Err(Error::Unreadable(format!("{} holds no messages", answer.url)));
    }
    Ok(found)
}

fn message(bytes: &[u8]) -> Result<Said, String> {
    let message = MessageParser::default().parse(bytes).ok_or("it has no readable head")?;
    if message.from().is_none() && message.subject().is_none() && message.date().is_none() {
        return Err("it has neither a sender nor a subject nor a date".to_owned());
    }
    let byline: Vec<String> = message
        .from()
        .and_then(|from| from.first())
        .and_then(|from| from.name().or_else(|| from.address()))
        .map(str::to_owned)
        .into_iter()
        .collect();
    let published = message.date().and_then(|date| Timestamp::from_second(date.to_timestamp()).ok());
    let said = Said {
        url: name(&message, bytes),
        title: message.subject().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "),
        published,
        paragraphs: text(&message),
        own: Some(Own { media_type: "message/rfc822".to_owned(), bytes: bytes.to_vec() }),
        byline,
        ..Said::default()
    };
    let by = said.byline.first().cloned().unwrap_or_else(|| "A message".to_owned());
    Ok(said.completed(None, &by))
}

/// RFC 2392: `mid:` and the message's own name; by its bytes where it has none.
fn name(message: &Message<'_>, bytes: &[u8]) -> String {
    let mut name = String::new();
    match message.message_id().map(str::trim).filter(|id| !id.is_empty()) {
        Some(id) => {
            name.push_str("mid:");
            for byte in id.bytes().take(500) {
                match byte {
                    b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'@' | b'.' | b'-' | b'_' | b'+' | b'=' | b'$' | b'!' => {
                        name.push(char::from(byte))
                    }
                    _ => {
                        let _ = write!(name, "%{byte:02X}");
                    }
                }
            }
        }
        None => {
            name.push_str("urn:sha256:");
            for byte in Sha256::digest(bytes) {
                let _ = write!(name, "{byte:02x}");
            }
        }
    }
    name
}

/// What the message says: its plain text where it has one, else what its HTML shows.
fn text(message: &Message<'_>) -> Vec<String> {
    let plain = message.text_part(0).and_then(|part| match &part.body {
        PartType::Text(text) => Some(text.as_ref()),
        _ => None,
    });
    if let Some(plain) = plain.filter(|plain| !plain.trim().is_empty()) {
        return unwrapped(plain);
    }
    let html = message.html_part(0).and_then(|part| match &part.body {
        PartType::Html(html) => Some(html.as_ref()),
        _ => None,
    });
    let Some(html) = html else { return Vec::new() };
    let page = html::parse(html);
    let body = crate::extract::body_of(page.root_element());
    body.map(|body| paragraphs(&lines(body))).unwrap_or_default()
}

/// Plain text is wrapped at some seventy characters; a paragraph ends at an empty line.
fn unwrapped(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n");
    let blocks = text.split("\n\n").map(|block| block.split_whitespace().collect::<Vec<_>>().join(" "));
    blocks.filter(|block| !block.is_empty()).collect()
}
