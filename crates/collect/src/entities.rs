//! Character references of HTML and XML, as strangers write them.

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use memchr::memchr;
use std::borrow::Cow;

/// Longest name of a reference that is looked up, in bytes.
const LONGEST: usize = 32;

/// The text with its references resolved; what is none stays as it stands.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    decode_with(text, |_| None)
}

/// The same, with a document's own entities.
pub(crate) fn decode_with<'a>(text: &'a str, own: impl Fn(&str) -> Option<String>) -> Cow<'a, str> {
    if memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match reference(rest) {
            Some(found) => {
                match found.value {
                    Value::Chars(first, second) => out.extend([Some(first), second].into_iter().flatten()),
                    Value::Name(name) => match own(name) {
                        Some(text) => out.push_str(&text),
                        None => out.push_str(&rest[..found.length]),
                    },
                }
                found.length
            }
            None => {
                out.push('&');
                1
            }
        };
        rest = &rest[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Whether the text, which begins with `&`, begins with a reference that HTML knows; its length in bytes.
pub(crate) fn known(text: &str) -> Option<usize> {
    reference(text).filter(|found| matches!(found.value, Value::Chars(..))).map(|found| found.length)
}

struct Found<'a> {
    value: Value<'a>,
    length: usize,
}

enum Value<'a> {
    Chars(char, Option<char>),
    /// A name that is not HTML's.
    Name(&'a str),
}

fn reference(text: &str) -> Option<Found<'_>> {
    let rest = text.strip_prefix('&')?;
    if let Some(number) = rest.strip_prefix('#') {
        let (digits, base) = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => (hexadecimal, 16),
            None => (number, 10),
        };
        let length = digits.bytes().take_while(|byte| (*byte as char).is_digit(base)).count();
        if length == 0 {
            return None;
        }
        let whole = text.len() - digits.len() + length;
        let whole = whole + usize::from(digits.as_bytes().get(length) == Some(&b';'));
        let code = u32::from_str_radix(digits.get(..length.min(10))?, base).unwrap_or(0xFFFD);
        return Some(Found { value: Value::Chars(character(code), None), length: whole });
    }
    let length = rest.bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    if length == 0 || rest.as_bytes().get(length) != Some(&b';') {
        return None;
    }
    if let Some(usual) = usual(rest.as_bytes().get(..length)?) {
        return Some(Found { value: Value::Chars(usual, None), length: length + 2 });
    }
    let value = match NAMED_ENTITIES.get(rest.get(..=length)?) {
        Some((first, second)) if *first != 0 => {
            Value::Chars(character(*first), (*second != 0).then(|| character(*second)))
        }
        _ => Value::Name(rest.get(..length)?),
    };
    Some(Found { value, length: length + 2 })
}

/// What the names stand for that nearly all references have.
fn usual(name: &[u8]) -> Option<char> {
    Some(match name {
        b"lt" => '<',
        b"gt" => '>',
        b"amp" => '&',
        b"quot" => '"',
        b"apos" => '\'',
        b"nbsp" => '\u{A0}',
        _ => return None,
    })
}

/// Numbers 128 to 159 mean the characters of windows-1252, as in HTML.
fn character(code: u32) -> char {
    let replaced = code.checked_sub(0x80).and_then(|at| C1_REPLACEMENTS.get(at as usize)).copied().flatten();
    match replaced.or_else(|| char::from_u32(code)) {
        Some(c) if c >= ' ' || matches!(c, '\t' | '\n' | '\r') => c,
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_and_the_rest_stays() {
        assert_eq!(decode("a &amp; b &#8217; &#x6F; &eacute; &#146;"), "a & b ’ o é ’");
        assert_eq!(decode("R&D &unknown; &; &#; x&amp"), "R&D &unknown; &; &#; x&amp");
        assert_eq!(decode("&#1114112; &#0;"), "\u{FFFD} \u{FFFD}");
    }

    #[test]
    fn entities_of_the_document_are_asked_for() {
        assert_eq!(decode_with("&outlet; &lt;", |name| (name == "outlet").then(|| "IRNA".to_owned())), "IRNA <");
    }
}
