//! What a file says of itself: title, authors, times, language. Its list of properties (ISO 32000-1, 14.3.3) speaks first,
//! then its XMP.

use super::file::File;
use super::object::Value;
use crate::entities;
use crate::extract::published::scan::{Piece, Pieces, attribute};

#[derive(Debug, Default)]
pub(super) struct About {
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    /// Times as RFC 3339 writes them.
    pub(super) created: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) language: Option<String>,
}

/// Bytes of XMP that are read.
const LONGEST_XMP: usize = 1 << 20;

/// Characters of a title or a name.
const LONGEST: usize = 500;

/// A string of text (7.9.2.2): UTF-16 or UTF-8 with their marks, else by its own table, read as Windows-1252.
pub(super) fn words(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units: Vec<u16> = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    };
    text.chars().filter(|c| !c.is_control()).collect()
}

pub(super) fn read(file: &File<'_>) -> About {
    let info = file.entry(&file.trailer, b"Info");
    let word = |key: &[u8]| {
        let value = info.dict().map_or(Value::Null, |info| file.entry(info, key));
        match value {
            Value::Text(bytes) => Some(words(&bytes)).filter(|text| !text.trim().is_empty()),
            _ => None,
        }
    };
    let mut about = About {
        title: word(b"Title"),
        authors: word(b"Author").map(|names| divided(&names)).unwrap_or_default(),
        created: word(b"CreationDate").and_then(|text| time(&text)),
        modified: word(b"ModDate").and_then(|text| time(&text)),
        language: None,
    };
    if let Some(root) = file.catalogue().dict() {
        if let Value::Text(tag) = file.entry(root, b"Lang") {
            about.language = Some(words(&tag)).filter(|tag| tag.len() <= 35 && !tag.is_empty());
        }
        if let Some(xmp) = file.unpack(&file.entry(root, b"Metadata")) {
            by_xmp(&String::from_utf8_lossy(&xmp[..xmp.len().min(LONGEST_XMP)]), &mut about);
        }
    }
    about.title = about.title.filter(|title| is_title(title));
    about.authors.retain(|name| is_name(name));
    about
}

/// Names apart: by semicolons, or by commas where each part is a whole name.
fn divided(names: &str) -> Vec<String> {
    let by_commas = names.split(',').all(|name| (2..=5).contains(&name.split_whitespace().count()));
    names
        .split(|c| c == ';' || (by_commas && c == ','))
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .take(50)
        .collect()
}

/// Whether it is a title, not what a program put in its place.
fn is_title(title: &str) -> bool {
    let lower = title.trim().to_lowercase();
    let file = [".doc", ".pdf", ".indd", ".qxd", ".ppt", ".xls", ".odt", ".rtf", ".tex", ".htm"];
    let put = ["microsoft word", "powerpoint", "untitled", "slide 1", "title", "document", "بدون عنوان"];
    let is_code = !lower.contains(' ') && lower.chars().any(|c| c.is_ascii_digit() || c == '_');
    title.chars().count() <= LONGEST
        && lower.chars().any(char::is_alphabetic)
        && !file.iter().any(|end| lower.contains(end))
        && !put.iter().any(|name| lower == *name || (name.contains(' ') && lower.starts_with(name)))
        && !is_code
}

/// Whether it is a name, not that of a machine's account.
fn is_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    let accounts = [
        "user",
        "admin",
        "administrator",
        "owner",
        "windows user",
        "microsoft office user",
        "hp",
        "pc",
        "lenovo",
        "asus",
        "dell",
        "unknown",
        "author",
    ];
    lower.chars().any(char::is_alphabetic) && name.chars().count() <= LONGEST && !accounts.contains(&lower.as_str())
}

/// `D:20230530141700+03'30'` (7.9.4) as RFC 3339 writes it; a time without a zone keeps none.
fn time(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches("D:");
    let digits: String = text.chars().take_while(char::is_ascii_digit).take(14).collect();
    let part = |from: usize, to: usize, otherwise: &'static str| digits.get(from..to).unwrap_or(otherwise).to_owned();
    digits.get(..4)?;
    let zone: String = text[digits.len()..].chars().filter(|c| *c != '\'').collect();
    let zone = match zone.as_bytes() {
        [b'Z', ..] => "Z".to_owned(),
        [b'+' | b'-', rest @ ..] if rest.len() >= 4 && rest[..4].iter().all(u8::is_ascii_digit) => {
            format!("{}:{}", &zone[..3], &zone[3..5])
        }
        [b'+' | b'-', rest @ ..] if rest.len() == 2 && rest.iter().all(u8::is_ascii_digit) => format!("{zone}:00"),
        _ => String::new(),
    };
    let (month, day) = (part(4, 6, "01"), part(6, 8, "01"));
    let (hour, minute, second) = (part(8, 10, "00"), part(10, 12, "00"), part(12, 14, "00"));
    Some(format!("{}-{month}-{day}T{hour}:{minute}:{second}{zone}", &digits[..4]))
}

fn by_xmp(xml: &str, about: &mut About) {
    let mut path: Vec<&str> = Vec::new();
    let is_known = !about.authors.is_empty();
    for piece in Pieces::new(xml) {
        match piece {
            Piece::Open { name, attributes } => {
                // Simple properties may stand as attributes.
                for (property, place) in
                    [("xmp:CreateDate", &mut about.created), ("xmp:ModifyDate", &mut about.modified)]
                {
                    if let Some(value) = attribute(attributes, property).filter(|_| place.is_none()) {
                        *place = Some(value.to_owned());
                    }
                }
                if !attributes.trim_end().ends_with('/') && path.len() < 64 {
                    path.push(name);
                }
            }
            Piece::Close { name } => {
                if let Some(at) = path.iter().rposition(|open| *open == name) {
                    path.truncate(at);
                }
            }
            Piece::Text(text) if !text.trim().is_empty() && text.len() <= 4_000 => {
                let text = entities::decode(text.trim()).into_owned();
                let within = |property: &str| path.iter().any(|open| open.eq_ignore_ascii_case(property));
                if within("dc:title") {
                    about.title.get_or_insert(text);
                } else if within("dc:creator") {
                    if !is_known && about.authors.len() < 50 && !about.authors.contains(&text) {
                        about.authors.push(text);
                    }
                } else if within("xmp:CreateDate") {
                    about.created.get_or_insert(text);
                } else if within("xmp:ModifyDate") {
                    about.modified.get_or_insert(text);
                }
            }
            _ => {}
        }
    }
}
