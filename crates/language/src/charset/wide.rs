//! Encodings that are not one byte a letter and that nothing marks: UTF-16 and UTF-32 without a mark, and the Korean and
//! Japanese ones that switch by escape sequences.

use encoding_rs::{EUC_KR, Encoding, UTF_16BE, UTF_16LE};

/// UTF-16 without its mark: text has no NUL, and of UTF-16 nearly every other byte is one where letters are Latin, and
/// every blank and line end has one elsewhere.
pub(super) fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes.get(..4)? {
        [b'<', 0, second, 0] if *second != 0 => return Some(UTF_16LE),
        [0, b'<', 0, second] if *second != 0 => return Some(UTF_16BE),
        _ => {}
    }
    let sample = bytes.get(..8_192).unwrap_or(bytes);
    let (mut first, mut second) = (0_usize, 0_usize);
    for pair in sample.chunks_exact(2) {
        first += usize::from(pair[0] == 0);
        second += usize::from(pair[1] == 0);
    }
    let pairs = sample.len() / 2;
    if pairs < 4 || (first + second) * 16 < pairs {
        return None;
    }
    // Units without a pair of surrogates gone wrong and with hardly any control characters.
    let reads = |encoding: &'static Encoding| {
        let (text, errors) = encoding.decode_without_bom_handling(sample);
        !errors && text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count() * 50 < pairs
    };
    match (first, second) {
        (0, _) if reads(UTF_16LE) => Some(UTF_16LE),
        (_, 0) if reads(UTF_16BE) => Some(UTF_16BE),
        _ if second > 8 * first && reads(UTF_16LE) => Some(UTF_16LE),
        _ if first > 8 * second && reads(UTF_16BE) => Some(UTF_16BE),
        _ => None,
    }
}

pub(super) fn utf_32(bytes: &[u8]) -> Option<String> {
    let (little, skip) = match bytes.get(..4)? {
        [0xFF, 0xFE, 0, 0] => (true, 4),
        [0, 0, 0xFE, 0xFF] => (false, 4),
        [b'<', 0, 0, 0] => (true, 0),
        [0, 0, 0, b'<'] => (false, 0),
        _ => return None,
    };
    let text = bytes.get(skip..)?.chunks_exact(4).map(|unit| {
        let unit = <[u8; 4]>::try_from(unit).unwrap_or_default();
        let scalar = if little { u32::from_le_bytes(unit) } else { u32::from_be_bytes(unit) };
        char::from_u32(scalar).unwrap_or(char::REPLACEMENT_CHARACTER)
    });
    Some(text.collect())
}

/// Korean between shifts (ISO-2022-KR, RFC 1557): the same rows as EUC-KR, without its high bits.
pub(super) fn iso_2022_kr(bytes: &[u8]) -> Option<String> {
    const HEADER: &[u8] = b"\x1b$)C";
    let at = memchr::memmem::find(bytes.get(..1_024).unwrap_or(bytes), HEADER).filter(|_| bytes.is_ascii())?;
    let mut shifted = false;
    let mut plain = Vec::with_capacity(bytes.len());
    plain.extend_from_slice(&bytes[..at]);
    for byte in &bytes[at + HEADER.len()..] {
        match byte {
            0x0E => shifted = true,
            0x0F => shifted = false,
            0x21..=0x7E if shifted => plain.push(byte | 0x80),
            _ => plain.push(*byte),
        }
    }
    let (text, _) = EUC_KR.decode_without_bom_handling(&plain);
    Some(text.into_owned())
}

/// Whether ASCII bytes switch to Japanese and back (ISO-2022-JP, RFC 1468).
pub(super) fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    let escape = |sequence: &[u8]| bytes.windows(3).any(|window| window == sequence);
    memchr::memchr(0x1B, bytes).is_some()
        && bytes.is_ascii()
        && (escape(b"\x1b$B") || escape(b"\x1b$@"))
        && (escape(b"\x1b(B") || escape(b"\x1b(J"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unmarked_utf_16_is_seen_by_its_blanks() {
        for text in ["Date,Bid,Ask\r\n07/19/2015", "Привет, мир и все его люди", "سلام بر همه مردم"]
        {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(unmarked_utf_16(&little), Some(UTF_16LE), "{text}");
            assert_eq!(unmarked_utf_16(&big), Some(UTF_16BE), "{text}");
        }
        assert_eq!(unmarked_utf_16(b"plain text with no NUL in it"), None);
        assert_eq!(unmarked_utf_16(b"\x00\x01\x00\x00\x02\x00\x00\x03\x00"), None);
    }

    #[test]
    fn escapes_and_shifts_are_read() {
        assert_eq!(iso_2022_kr(b"\x1b$)C\x0eGQ19\x0f 1").as_deref(), Some("한국 1"));
        assert!(is_iso_2022_jp(b"a \x1b$B%3%s\x1b(B b"));
        assert!(!is_iso_2022_jp(b"a \x1b[0m b"));
    }
}
