//! Character references in texts and values, by the WHATWG standard.

use super::length;
use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use memchr::memchr;

/// A text with its character references resolved, or none where it has none.
pub(super) fn resolved(text: &str, in_attribute: bool) -> Option<String> {
    let mut at = memchr(b'&', text.as_bytes())?;
    let mut out = String::with_capacity(text.len());
    let mut kept = 0;
    loop {
        if let Some((length, first, second)) = reference(&text[at + 1..], in_attribute) {
            out.push_str(&text[kept..at]);
            out.extend([Some(first), second].into_iter().flatten());
            kept = at + 1 + length;
        }
        let from = kept.max(at + 1);
        match memchr(b'&', &text.as_bytes()[from..]) {
            Some(found) => at = from + found,
            None => break,
        }
    }
    out.push_str(&text[kept..]);
    Some(out)
}

/// What a reference stands for, and its length behind the `&`.
fn reference(rest: &str, in_attribute: bool) -> Option<(usize, char, Option<char>)> {
    let bytes = rest.as_bytes();
    if bytes.first() == Some(&b'#') {
        return numbered(bytes);
    }
    let longest = length(bytes, |byte| byte.is_ascii_alphanumeric());
    let longest = longest + usize::from(bytes.get(longest) == Some(&b';'));
    let mut best = None;
    for end in 1..=longest {
        match NAMED_ENTITIES.get(&rest[..end]) {
            Some((0, _)) => {}
            Some((first, second)) => best = Some((end, *first, *second)),
            None => break,
        }
    }
    let (end, first, second) = best?;
    let goes_on = bytes.get(end).is_some_and(|byte| *byte == b'=' || byte.is_ascii_alphanumeric());
    if in_attribute && bytes[end - 1] != b';' && goes_on {
        return None;
    }
    Some((end, char::from_u32(first)?, char::from_u32(second).filter(|c| *c != '\0')))
}

fn numbered(bytes: &[u8]) -> Option<(usize, char, Option<char>)> {
    let hexadecimal = matches!(bytes.get(1), Some(b'x' | b'X'));
    let base = if hexadecimal { 16 } else { 10 };
    let start = 1 + usize::from(hexadecimal);
    let digits = length(&bytes[start..], |byte| char::from(byte).is_digit(base));
    let end = start + digits;
    let code = bytes[start..end].iter().filter_map(|byte| char::from(*byte).to_digit(base));
    let code = code.fold(0_u32, |code, digit| code.saturating_mul(base).saturating_add(digit));
    let replaced = code.checked_sub(0x80).and_then(|at| C1_REPLACEMENTS.get(at as usize)).copied().flatten();
    let known = replaced.or_else(|| char::from_u32(code).filter(|c| *c != '\0'));
    let whole = end + usize::from(bytes.get(end) == Some(&b';'));
    (digits > 0).then_some((whole, known.unwrap_or(char::REPLACEMENT_CHARACTER), None))
}
