//! Bytes to text: byte order mark, the server's word, the document's own word, and where all of these are missing or
//! plainly wrong, what the bytes look like.

mod cyrillic;
mod wide;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use cyrillic::Cyrillic;
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, X_MAC_CYRILLIC};
use std::borrow::Cow;

/// How far into a document its own word about its encoding is looked for, in bytes.
const PRESCAN: usize = 64 * 1024;

/// A text and the encoding it was read with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte order mark; what could not be read stands as U+FFFD.
    pub text: String,
    /// The encoding's name in the WHATWG standard, or one of those that it does not have: `UTF-32`, `IBM855`,
    /// `ISO-2022-KR`.
    pub encoding: &'static str,
}

/// A text, and the name of its encoding.
type Read<'b> = (Cow<'b, str>, &'static str);

/// Reads bytes as text. `content_type` is the header as received; `top_level` the host's last label, which helps to
/// guess between the encodings of different countries.
pub fn decode(bytes: &[u8], content_type: Option<&str>, top_level: Option<&str>) -> Decoded {
    let (text, encoding) = decoded(bytes, content_type, top_level);
    Decoded { text: text.into_owned(), encoding }
}

/// The same without the encoding's name, and without a copy where the bytes are UTF-8.
pub fn text<'b>(bytes: &'b [u8], content_type: Option<&str>, top_level: Option<&str>) -> Cow<'b, str> {
    decoded(bytes, content_type, top_level).0
}

fn decoded<'b>(bytes: &'b [u8], content_type: Option<&str>, top_level: Option<&str>) -> Read<'b> {
    if let Some(text) = wide::utf_32(bytes) {
        return (Cow::Owned(text), "UTF-32");
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return read(bytes.get(mark..).unwrap_or_default(), encoding);
    }
    if let Some(encoding) = wide::unmarked_utf_16(bytes) {
        return read(bytes, encoding);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        // Escape sequences of ISO-2022-JP are valid UTF-8 too; everything else that is valid and not ASCII is UTF-8
        // whatever anybody says of it.
        if memchr::memchr(0x1B, bytes).is_some()
            && let Some(encoding) = declared(bytes, content_type).filter(|encoding| !encoding.is_ascii_compatible())
        {
            return read(bytes, encoding);
        }
        if let Some(text) = wide::iso_2022_kr(bytes) {
            return (Cow::Owned(text), "ISO-2022-KR");
        }
        if wide::is_iso_2022_jp(bytes) {
            return read(bytes, ISO_2022_JP);
        }
        return (Cow::Borrowed(text), UTF_8.name());
    }
    if document_label(bytes).is_some_and(|label| IBM_855.contains(&label.as_slice())) {
        return (Cow::Owned(cyrillic::ibm_855(bytes)), "IBM855");
    }
    match declared(bytes, content_type) {
        Some(encoding) if encoding == UTF_8 => {
            if mostly_utf_8(bytes) {
                read(bytes, UTF_8)
            } else {
                second_word(bytes).map_or_else(|| guess(bytes, top_level), |encoding| read(bytes, encoding))
            }
        }
        Some(encoding) => {
            let read = read(bytes, encoding);
            if unreadable(&read.0) && mostly_utf_8(bytes) { self::read(bytes, UTF_8) } else { read }
        }
        None if mostly_utf_8(bytes) => read(bytes, UTF_8),
        None => guess(bytes, top_level),
    }
}

/// The charset parameter of a `Content-Type` header.
pub fn of_content_type(header: &str) -> Option<&'static Encoding> {
    let lower = header.to_ascii_lowercase();
    let at = lower.find("charset")?;
    let rest = lower.get(at + "charset".len()..)?.trim_start().strip_prefix('=')?.trim_start();
    let label = rest.trim_start_matches(['"', '\'']).split(['"', '\'', ';', ',', ' ']).next()?;
    Encoding::for_label(label.trim().as_bytes())
}

fn declared(bytes: &[u8], content_type: Option<&str>) -> Option<&'static Encoding> {
    content_type.and_then(of_content_type).or_else(|| of_document(bytes))
}

/// The document's own word where the server's was wrong, if it says something else than UTF-8.
fn second_word(bytes: &[u8]) -> Option<&'static Encoding> {
    of_document(bytes).filter(|encoding| *encoding != UTF_8)
}

/// Names of code page 855, which the WHATWG standard does not have.
const IBM_855: &[&[u8]] = &[b"ibm855", b"cp855", b"ibm-855", b"csibm855", b"855"];

/// What an XML declaration or a `meta` element says.
fn of_document(bytes: &[u8]) -> Option<&'static Encoding> {
    let label = document_label(bytes)?;
    if matches!(label.as_slice(), b"maccyrillic" | b"mac-cyrillic" | b"macintosh-cyrillic") {
        return Some(X_MAC_CYRILLIC);
    }
    match Encoding::for_label(&label)? {
        // A document that can be scanned for ASCII is not in UTF-16, whatever it says.
        encoding if encoding == UTF_16BE || encoding == UTF_16LE => Some(UTF_8),
        encoding => Some(encoding),
    }
}

/// The same as written, in lower case.
fn document_label(bytes: &[u8]) -> Option<Vec<u8>> {
    let head = bytes.get(..PRESCAN.min(bytes.len()))?.to_ascii_lowercase();
    let start = head.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0);
    let head = &head[start..];
    if head.starts_with(b"<?xml") {
        let end = find(head, b"?>").or_else(|| find(head, b">"))?;
        label_after(&head[..end], b"encoding").or_else(|| meta_label(head))
    } else {
        meta_label(head)
    }
}

fn meta_label(head: &[u8]) -> Option<Vec<u8>> {
    let mut rest = head;
    while let Some(at) = find(rest, b"<meta") {
        rest = &rest[at + 5..];
        let end = rest.iter().position(|byte| *byte == b'>').unwrap_or(rest.len());
        if let Some(label) = label_after(&rest[..end], b"charset") {
            return Some(label);
        }
        rest = &rest[end..];
    }
    None
}

fn label_after(text: &[u8], word: &[u8]) -> Option<Vec<u8>> {
    let rest = text.get(find(text, word)? + word.len()..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let label: Vec<u8> = rest
        .iter()
        .skip_while(|byte| matches!(byte, b'"' | b'\''))
        .take_while(|byte| !matches!(byte, b'"' | b'\'' | b';' | b'/' | b'>' | b' '))
        .copied()
        .collect();
    (!label.is_empty()).then_some(label)
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(haystack, needle)
}

fn read<'b>(bytes: &'b [u8], encoding: &'static Encoding) -> Read<'b> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    (text, encoding.name())
}

/// Reads bytes by what they look like.
fn guess<'b>(bytes: &'b [u8], top_level: Option<&str>) -> Read<'b> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes.get(..512 * 1024).unwrap_or(bytes), true);
    let label = top_level.filter(|label| label.bytes().all(|byte| byte.is_ascii_lowercase())).map(str::as_bytes);
    let guessed = detector.guess(label, Utf8Detection::Allow);
    if cyrillic::may_be(guessed, bytes) {
        match cyrillic::guess(bytes) {
            Some(Cyrillic::Ibm855) => return (Cow::Owned(cyrillic::ibm_855(bytes)), "IBM855"),
            Some(Cyrillic::Standard(encoding)) => return read(bytes, encoding),
            None => {}
        }
    }
    read(bytes, guessed)
}

/// A few broken characters do not make a text something else than UTF-8: cut mid-character, or joined from parts.
fn mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut broken, mut whole) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > 0 && broken * 20 <= whole || broken == 1 && whole >= 3
}

fn unreadable(text: &str) -> bool {
    let bytes = text.as_bytes();
    // U+FFFD, and U+0080 to U+009F, in UTF-8.
    let wrong = memchr::memmem::find_iter(bytes, "\u{FFFD}").count()
        + memchr::memchr_iter(0xC2, bytes).filter(|at| bytes.get(at + 1).is_some_and(|byte| *byte <= 0x9F)).count();
    let foreign = bytes.iter().filter(|byte| **byte >= 0xC0).count();
    wrong * 10 > foreign
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_is_believed_before_the_document() {
        let bytes = b"<meta charset=windows-1252><p>\xcf\xf0\xe8\xe2\xe5\xf2";
        assert!(decode(bytes, Some("text/html; charset=\"windows-1251\""), None).text.ends_with("Привет"));
    }

    #[test]
    fn a_header_that_lies_about_utf_8_is_not_believed() {
        let text = "<p>صدای اعتراض در خیابان";
        assert_eq!(decode(text.as_bytes(), Some("text/html; charset=iso-8859-1"), None).text, text);
        let russian = b"<meta charset=\"koi8-r\"><p>\xf0\xd2\xc9\xd7\xc5\xd4 \xcd\xc9\xd2";
        assert!(decode(russian, Some("text/html; charset=utf-8"), None).text.ends_with("Привет мир"));
    }

    #[test]
    fn marks_and_unmarked_wide_encodings_are_seen() {
        let wide: Vec<u8> = "<a>é".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&wide, None, None).text, "<a>é");
        let wider: Vec<u8> = "<a>é".chars().flat_map(|c| (c as u32).to_be_bytes()).collect();
        assert_eq!(decode(&wider, None, None).text, "<a>é");
        assert_eq!(decode(b"\xef\xbb\xbfx", Some("text/plain; charset=latin1"), None).text, "x");
    }

    #[test]
    fn a_text_cut_inside_a_character_stays_utf_8() {
        let whole = "خبر تازه از تهران".as_bytes();
        assert_eq!(decode(&whole[..whole.len() - 1], None, None).encoding, "UTF-8");
    }
}
