//! Bytes to text, and which form the text has.

use super::Form;
use crate::Error;

/// The largest input that is read.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The text of an input in UTF-8, or UTF-16 with a byte order mark.
pub(super) fn decode(input: &[u8]) -> Result<String, Error> {
    if input.len() > MAX_BYTES {
        return Err(Error::TooLarge { bytes: input.len(), limit: MAX_BYTES });
    }
    let text = match input {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        _ => {
            let input = input.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(input);
            std::str::from_utf8(input).map_err(|error| Error::NotText { byte: error.valid_up_to() })?.to_owned()
        }
    };
    if let Some(byte) = text.find('\0') {
        return Err(Error::NotText { byte });
    }
    if text.trim().is_empty() {
        return Err(Error::Empty);
    }
    Ok(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text })
}

/// UTF-16 with a byte order mark as text; `None` where it is none.
pub(super) fn decode_utf16(bytes: &[u8]) -> Option<String> {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes).ok(),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes).ok(),
        _ => None,
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Error> {
    let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair)).collect();
    String::from_utf16(&units).map_err(|_| Error::NotText { byte: 0 })
}

/// Which form a text most likely has.
pub(super) fn form_of(text: &str) -> Form {
    let head: String = text.chars().take(4000).collect::<String>().to_lowercase();
    let tags = ["<p", "<div", "<html", "<!doctype", "<main", "<article", "<h1", "<h2", "<body", "</"];
    if tags.iter().map(|tag| head.matches(tag).count()).sum::<usize>() >= 3
        || head.trim_start().starts_with("<!doctype")
    {
        return Form::Html;
    }
    let marks = text.lines().filter(|line| line.starts_with("# ") || line.starts_with("## ") || line.starts_with("[^"));
    if text.starts_with("+++") || marks.count() >= 2 { Form::Markdown } else { Form::Text }
}
