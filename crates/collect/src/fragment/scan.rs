//! Where tags begin and end in a source, however badly it is written.

use super::DROPPED;
use crate::entities;
use memchr::{memchr, memchr3};
use std::borrow::Cow;

/// What is told of each piece of the source.
pub(super) trait Visitor {
    /// Text as it stands in the source, references unresolved.
    fn text(&mut self, raw: &str);
    /// A start tag; `closed` where it closes itself.
    fn open(&mut self, name: &str, attributes: &str, closed: bool);
    /// An end tag.
    fn close(&mut self, name: &str);
}

/// Goes through a source once, telling of texts and tags as they come; what is in dropped elements is not told.
pub(super) fn walk(html: &str, visitor: &mut impl Visitor) {
    let mut rest = html;
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        visitor.text(&rest[..at]);
        rest = &rest[at..];
        if !matches!(rest.as_bytes().get(1), Some(b'!' | b'?')) {
            rest = tag(rest, visitor);
        } else if let Some(comment) = rest.strip_prefix("<!--") {
            // A comment that never ends was none: it goes no further than its first `>`.
            rest = match comment.find("-->").map(|end| end + 3).or_else(|| comment.find('>').map(|end| end + 1)) {
                Some(end) => &comment[end..],
                None => "",
            };
        } else if let Some(section) = rest.strip_prefix("<![CDATA[") {
            let end = section.find("]]>").unwrap_or(section.len());
            visitor.text(&section[..end]);
            rest = section.get(end + 3..).unwrap_or_default();
        } else {
            match rest.find('>') {
                Some(end) => rest = &rest[end + 1..],
                None => {
                    visitor.text("&lt;");
                    rest = &rest[1..];
                }
            }
        }
    }
    visitor.text(rest);
}

/// Reads the tag that the text begins with; what follows it.
fn tag<'a>(text: &'a str, visitor: &mut impl Visitor) -> &'a str {
    let closing = text.as_bytes().get(1) == Some(&b'/');
    let inside = &text[1 + usize::from(closing)..];
    let length =
        inside.bytes().take(40).take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':')).count();
    if length == 0 || !inside.as_bytes()[0].is_ascii_alphabetic() {
        visitor.text("&lt;");
        return &text[1..];
    }
    let name = &inside[..length];
    let lower = name.bytes().any(|byte| byte.is_ascii_uppercase()).then(|| name.to_ascii_lowercase());
    let name = lower.as_deref().unwrap_or(name);
    let behind = &inside[length..];
    // A quote that never ends was none.
    let end = tag_end(behind.as_bytes()).or_else(|| behind.find('>')).unwrap_or(behind.len());
    let attributes = &inside[length..length + end];
    let rest = inside.get(length + end + 1..).unwrap_or_default();
    if closing {
        visitor.close(name);
        return rest;
    }
    let closed = attributes.ends_with('/');
    if DROPPED.contains(&name) && !closed {
        return after(rest, name);
    }
    visitor.open(name, attributes, closed);
    rest
}

/// Where the `>` of a tag stands, quoted values skipped; `None` where a tag or a quoted value never ends.
pub(crate) fn tag_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = memchr3(b'>', b'"', b'\'', &bytes[at..]) {
        at += found;
        if bytes[at] == b'>' {
            return Some(at);
        }
        let opens = bytes[..at].iter().rfind(|byte| !byte.is_ascii_whitespace()) == Some(&b'=');
        let closed = if opens { memchr(bytes[at], &bytes[at + 1..]).map(|end| end + 1) } else { Some(0) };
        at += closed? + 1;
    }
    None
}

/// Elements whose content is no markup: where they never end, nothing follows them.
const RAW: &[&str] = &["script", "style", "textarea", "noembed", "noframes", "xmp"];

/// What follows the end tag of an element whose content is dropped. Where markup never ends, only its tag is dropped.
fn after<'a>(text: &'a str, name: &str) -> &'a str {
    let mut rest = text;
    while let Some(at) = rest.find("</") {
        rest = &rest[at + 2..];
        if rest.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name)) {
            return rest.find('>').map_or("", |end| &rest[end + 1..]);
        }
    }
    if RAW.contains(&name) { "" } else { text }
}

/// The attributes of a tag, names in lower case, values with references resolved.
pub(super) fn attributes(text: &str) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
    let mut found: Vec<(Cow<str>, Cow<str>)> = Vec::new();
    let mut rest = text;
    while found.len() < 50 {
        rest =
            rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/' || c == '"' || c == '\'' || c == '=');
        if rest.is_empty() {
            break;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '=' || c == '/').unwrap_or(rest.len());
        let name = match &rest[..end] {
            name if name.bytes().any(|byte| byte.is_ascii_uppercase()) => Cow::Owned(name.to_ascii_lowercase()),
            name => Cow::Borrowed(name),
        };
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(given) = rest.strip_prefix('=') {
            let given = given.trim_start();
            let quote = given.chars().next().filter(|c| matches!(c, '"' | '\''));
            (value, rest) = match quote {
                Some(quote) => given[1..].split_once(quote).unwrap_or((&given[1..], "")),
                None => given.split_at(given.find(|c: char| c.is_ascii_whitespace()).unwrap_or(given.len())),
            };
        }
        if !found.iter().any(|(known, _)| *known == name) {
            found.push((name, entities::decode(value)));
        }
    }
    found
}
