//! Fonts, as far as text needs them: what each code means, and how wide its glyph is.

use super::cmap::Cmap;
use super::file::File;
use super::glyph_names;
use super::object::{Dict, Value};
use std::collections::HashMap;

/// Codes of one font whose widths are kept, at most.
const MOST_WIDTHS: usize = 70_000;

#[derive(Debug)]
pub(super) struct Font {
    /// Of fonts with codes of one byte.
    table: Option<Vec<Option<String>>>,
    unicode: Cmap,
    /// How long codes are, where the font says so itself.
    codes: Option<Cmap>,
    /// Whether codes are UTF-16.
    is_unicode: bool,
    widths: HashMap<u32, f64>,
    otherwise: f64,
    pub(super) bold: bool,
}

/// One code of a string.
pub(super) struct Code {
    pub(super) code: u32,
    /// In bytes.
    pub(super) length: usize,
}

impl Font {
    pub(super) fn read(file: &File<'_>, dict: &Dict) -> Self {
        let unicode = file.unpack(&file.entry(dict, b"ToUnicode")).map(|bytes| Cmap::parse(&bytes)).unwrap_or_default();
        let name = file.entry(dict, b"BaseFont").name().map(<[u8]>::to_vec).unwrap_or_default();
        let bold = ["Bold", "Black", "Heavy", "Semibold", "bold"]
            .iter()
            .any(|word| memchr::memmem::find(&name, word.as_bytes()).is_some());
        if file.entry(dict, b"Subtype").name() == Some(b"Type0") {
            return Self::composite(file, dict, unicode, bold);
        }
        let (widths, otherwise) = simple_widths(file, dict, &name);
        let table = Some(simple_table(file, dict));
        Self { table, unicode, codes: None, is_unicode: false, widths, otherwise, bold }
    }

    fn composite(file: &File<'_>, dict: &Dict, unicode: Cmap, bold: bool) -> Self {
        let encoding = file.entry(dict, b"Encoding");
        let codes = file.unpack(&encoding).map(|bytes| Cmap::parse(&bytes)).filter(Cmap::has_spaces);
        let is_unicode = encoding.name().is_some_and(|name| {
            let has = |part: &[u8]| memchr::memmem::find(name, part).is_some();
            has(b"UCS2") || has(b"UTF16")
        });
        let below = file.entry(dict, b"DescendantFonts").list().first().map(|font| file.follow(font));
        let (mut widths, mut otherwise) = (HashMap::new(), 1_000.0);
        if let Some(below) = below.as_ref().and_then(Value::dict) {
            otherwise = file.entry(below, b"DW").number().unwrap_or(1_000.0);
            composite_widths(file, &file.entry(below, b"W"), &mut widths);
        }
        Self { table: None, unicode, codes, is_unicode, widths, otherwise, bold }
    }

    /// The first code of a string that has any bytes.
    pub(super) fn next_code(&self, bytes: &[u8]) -> Code {
        if self.table.is_some() {
            return Code { code: u32::from(bytes[0]), length: 1 };
        }
        if let Some((code, length)) = self.codes.as_ref().and_then(|codes| codes.next_code(bytes)) {
            return Code { code, length };
        }
        match bytes {
            [high, low, ..] => Code { code: u32::from(*high) << 8 | u32::from(*low), length: 2 },
            _ => Code { code: u32::from(bytes[0]), length: 1 },
        }
    }

    /// What a code means; nothing where the file doesn't say.
    pub(super) fn meaning(&self, code: u32) -> Option<String> {
        let written = self.unicode.meaning(code).filter(|text| !text.chars().all(|c| c == '\0' || c == '\u{fffd}'));
        written.or_else(|| match &self.table {
            Some(table) => table.get(code as usize).cloned().flatten(),
            None if self.is_unicode => char::from_u32(code).map(String::from),
            None => None,
        })
    }

    /// The width of a code's glyph, in thousandths of the font's size.
    pub(super) fn width(&self, code: u32) -> f64 {
        self.widths.get(&code).copied().unwrap_or(self.otherwise)
    }
}

fn simple_table(file: &File<'_>, dict: &Dict) -> Vec<Option<String>> {
    let encoding = file.entry(dict, b"Encoding");
    if let Some(name) = encoding.name() {
        return glyph_names::encoding(name);
    }
    let Some(described) = encoding.dict() else {
        if file.entry(dict, b"Subtype").name() == Some(b"TrueType") {
            return glyph_names::encoding(b"WinAnsiEncoding");
        }
        // A font that brings its own table is mostly one of TeX's: its ligatures stand here.
        let mut table = glyph_names::encoding(b"StandardEncoding");
        for (code, ligature) in [(11, "ff"), (12, "fi"), (13, "fl"), (14, "ffi"), (15, "ffl"), (0x7b, "–"), (0x7c, "—")]
        {
            table[code] = Some(ligature.to_owned());
        }
        return table;
    };
    let base = file.entry(described, b"BaseEncoding");
    let mut table = glyph_names::encoding(base.name().unwrap_or(b"StandardEncoding"));
    let mut code = 0_usize;
    for value in file.entry(described, b"Differences").list().iter().take(1_024) {
        match value {
            Value::Number(_) => code = value.count().unwrap_or(0),
            Value::Name(name) => {
                if let Some(place) = table.get_mut(code) {
                    *place = glyph_names::meaning(name);
                }
                code += 1;
            }
            _ => {}
        }
    }
    table
}

fn simple_widths(file: &File<'_>, dict: &Dict, name: &[u8]) -> (HashMap<u32, f64>, f64) {
    // The glyphs of a font that is made of drawings are measured in units of its own.
    let unit = match file.entry(dict, b"FontMatrix").list() {
        [first, ..] => file.follow(first).number().unwrap_or(0.001) * 1_000.0,
        [] => 1.0,
    };
    let first = file.entry(dict, b"FirstChar").count().unwrap_or(0);
    let listed = file.entry(dict, b"Widths");
    let widths: HashMap<u32, f64> = listed
        .list()
        .iter()
        .take(256)
        .enumerate()
        .filter_map(|(index, width)| Some(((first + index) as u32, file.follow(width).number()? * unit)))
        .collect();
    if !widths.is_empty() {
        let descriptor = file.entry(dict, b"FontDescriptor");
        let missing = descriptor.dict().and_then(|dict| file.entry(dict, b"MissingWidth").number()).unwrap_or(0.0);
        return (widths, missing * unit);
    }
    // The standard fonts may come without widths: these are about theirs.
    if memchr::memmem::find(name, b"Courier").is_some() {
        return (HashMap::new(), 600.0);
    }
    let about = |byte: u8| match byte {
        b' ' | b'.' | b',' | b':' | b';' | b'!' | b'\'' | b'i' | b'j' | b'l' | b'f' | b't' | b'I' => 265.0,
        b'(' | b')' | b'-' | b'r' => 333.0,
        b'm' | b'M' | b'W' | b'%' | b'@' => 850.0,
        b'A'..=b'Z' | b'w' => 680.0,
        _ => 520.0,
    };
    ((0..=255).map(|byte| (u32::from(byte), about(byte))).collect(), 500.0)
}

fn composite_widths(file: &File<'_>, listed: &Value, widths: &mut HashMap<u32, f64>) {
    let listed = listed.list();
    let mut at = 0;
    let mut left = MOST_WIDTHS;
    while let (Some(first), Some(next)) = (listed.get(at), listed.get(at + 1)) {
        let Some(first) = file.follow(first).count() else { return };
        match file.follow(next) {
            Value::List(each) => {
                for (index, width) in each.iter().take(left).enumerate() {
                    left -= 1;
                    if let Some(width) = file.follow(width).number() {
                        widths.insert((first + index) as u32, width);
                    }
                }
                at += 2;
            }
            last => {
                let (Some(last), Some(width)) = (last.count(), listed.get(at + 2).map(|width| file.follow(width)))
                else {
                    return;
                };
                for code in (first..=last).take(left) {
                    left -= 1;
                    widths.insert(code as u32, width.number().unwrap_or(0.0));
                }
                at += 3;
            }
        }
        if left == 0 {
            return;
        }
    }
}
