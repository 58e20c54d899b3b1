//! The frame of a message: headers, alternatives, boundaries.

use super::{Envelope, mailbox};
use crate::Error;
use jiff::Timestamp;
use lettre::Message;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, MultiPart, SinglePart};
use std::time::SystemTime;
use url::Url;

/// A picture that the HTML shows by its content id.
pub(super) struct Inline<'a> {
    pub(super) content_id: String,
    pub(super) png: &'a [u8],
}

/// What a message says, and its headers beside those of the envelope.
pub(super) struct Letter<'a> {
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
    pub(super) picture: Option<Inline<'a>>,
    pub(super) headers: Vec<(&'static str, String)>,
}

/// The message's bytes.
pub(super) fn compose(envelope: &Envelope, letter: Letter<'_>) -> Result<Vec<u8>, Error> {
    let message_id = message_id(&envelope.message_id)?;
    let boundary = |part: u8| format!("=_sitrep_{part}_{:016x}", digest(&message_id));
    let html = SinglePart::builder().header(ContentType::TEXT_HTML).body(letter.html);
    let alternatives = MultiPart::alternative()
        .boundary(boundary(1))
        .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(letter.text));
    let body = match letter.picture {
        None => alternatives.singlepart(html),
        Some(inline) => {
            let png = ContentType::parse("image/png").map_err(|error| Error::Message(error.to_string()))?;
            let picture = Attachment::new_inline_with_name(inline.content_id, "map.png".to_owned());
            let related = MultiPart::related().boundary(boundary(2)).singlepart(html);
            alternatives.multipart(related.singlepart(picture.body(inline.png.to_vec(), png)))
        }
    };
    let subject: String = letter.subject.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut message = Message::builder()
        .from(mailbox(&envelope.from)?)
        .to(mailbox(&envelope.to)?)
        .subject(subject)
        .message_id(Some(message_id))
        .date(sent(envelope.date));
    for (name, value) in letter.headers {
        message = message.raw_header(header(name, value)?);
    }
    message.multipart(body).map(|message| message.formatted()).map_err(|error| Error::Message(error.to_string()))
}

/// The headers by which a subscriber leaves with one click (RFC 2369, RFC 8058).
pub(super) fn leaving(envelope: &Envelope) -> Result<Vec<(&'static str, String)>, Error> {
    let Some(leave) = &envelope.leave_url else {
        return Ok(Vec::new());
    };
    let leave = web_address(leave)?;
    Ok(vec![
        ("List-Unsubscribe", format!("<{leave}>")),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()),
    ])
}

/// An address on the web, in ASCII and without what would end a header.
pub(super) fn web_address(address: &str) -> Result<String, Error> {
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    url.map(|url| url.to_string()).ok_or_else(|| Error::Link { address: address.to_owned() })
}

/// A number that tells messages apart (FNV-1a).
pub(super) fn digest(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn header(name: &'static str, value: String) -> Result<HeaderValue, Error> {
    let plain = value.is_ascii() && !value.contains(char::is_control);
    let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|error| Error::Message(error.to_string()))?;
    // Addresses must not be folded or encoded: what reads these headers expects them whole.
    Ok(if plain {
        HeaderValue::dangerous_new_pre_encoded(name, value.clone(), value)
    } else {
        HeaderValue::new(name, value.replace(char::is_control, " "))
    })
}

fn message_id(given: &str) -> Result<String, Error> {
    let bare = given.trim().trim_start_matches('<').trim_end_matches('>');
    let good =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_graphic() && !"<>@()[]\\,;:\"".contains(c));
    match bare.split_once('@') {
        Some((left, right)) if good(left) && good(right) => Ok(format!("<{bare}>")),
        _ => Err(Error::Message(format!(
            "`{}` is no message id; give one like <unique@example.org>",
            given.escape_debug()
        ))),
    }
}

/// A moment as the mail library takes it, which knows none before 1970 or after 9999.
fn sent(at: Timestamp) -> SystemTime {
    let seconds = u64::try_from(at.as_second()).unwrap_or(0).min(253_402_300_799);
    SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(seconds)
}
