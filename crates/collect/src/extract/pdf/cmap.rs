//! What the codes of a font mean (ISO 32000-1, 9.10.3): single codes and ranges, in bounded number.

use super::object::{Lexer, Value};
use std::collections::HashMap;

/// Codes and ranges of one font, at most.
const MOST: usize = 200_000;

#[derive(Debug, Default)]
pub(super) struct Cmap {
    single: HashMap<u32, String>,
    /// First and last code, and what the first means in UTF-16; sorted by first.
    ranges: Vec<(u32, u32, Vec<u16>)>,
    /// Length in bytes, lowest and highest code of each stretch that codes are taken from.
    spaces: Vec<(usize, u32, u32)>,
}

impl Cmap {
    pub(super) fn parse(bytes: &[u8]) -> Self {
        let mut cmap = Self::default();
        let mut lexer = Lexer::of_content(bytes);
        let mut operands: Vec<Value> = Vec::new();
        while let Some(value) = lexer.next() {
            let Value::Word(word) = &value else {
                operands.push(value);
                if operands.len() > MOST || cmap.single.len() + cmap.ranges.len() > MOST {
                    break;
                }
                continue;
            };
            match word.as_slice() {
                b"endbfchar" => cmap.singles(&operands),
                b"endbfrange" => cmap.add_ranges(&operands),
                b"endcodespacerange" => cmap.add_spaces(&operands),
                _ => {}
            }
            operands.clear();
        }
        cmap.ranges.sort_by_key(|range| range.0);
        cmap
    }

    fn singles(&mut self, operands: &[Value]) {
        for pair in operands.chunks_exact(2) {
            if let (Some((_, code)), Value::Text(text)) = (code(&pair[0]), &pair[1]) {
                self.single.insert(code, String::from_utf16_lossy(&units(text)));
            }
        }
    }

    fn add_ranges(&mut self, operands: &[Value]) {
        for three in operands.chunks_exact(3) {
            let (Some((_, low)), Some((_, high))) = (code(&three[0]), code(&three[1])) else { continue };
            match &three[2] {
                Value::Text(text) if low <= high => self.ranges.push((low, high, units(text))),
                Value::List(list) => {
                    for (code, text) in (low..=high).zip(list.iter()) {
                        if let Value::Text(text) = text {
                            self.single.insert(code, String::from_utf16_lossy(&units(text)));
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn add_spaces(&mut self, operands: &[Value]) {
        for pair in operands.chunks_exact(2).take(MOST) {
            if let (Some((length, low)), Some((_, high))) = (code(&pair[0]), code(&pair[1])) {
                self.spaces.push((length, low, high));
            }
        }
        self.spaces.truncate(256);
        self.spaces.sort_by_key(|space| space.0);
    }

    /// What a code means.
    pub(super) fn meaning(&self, code: u32) -> Option<String> {
        if let Some(text) = self.single.get(&code) {
            return Some(text.clone());
        }
        let after = self.ranges.partition_point(|range| range.0 <= code);
        let (low, _, text) = self.ranges[..after].last().filter(|range| code <= range.1)?;
        let mut text = text.clone();
        let last = text.last_mut()?;
        *last = last.wrapping_add((code - low) as u16);
        Some(String::from_utf16_lossy(&text))
    }

    /// The next code of a string and its length in bytes, by the stretches that codes are taken from.
    pub(super) fn next_code(&self, bytes: &[u8]) -> Option<(u32, usize)> {
        self.spaces.iter().find_map(|(length, low, high)| {
            let code = number(bytes.get(..*length)?);
            (*low..=*high).contains(&code).then_some((code, *length))
        })
    }

    /// Whether it says how long codes are.
    pub(super) fn has_spaces(&self) -> bool {
        !self.spaces.is_empty()
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |code, byte| (code << 8) | u32::from(*byte))
}

fn code(value: &Value) -> Option<(usize, u32)> {
    match value {
        Value::Text(bytes) if (1..=4).contains(&bytes.len()) => Some((bytes.len(), number(bytes))),
        _ => None,
    }
}

fn units(text: &[u8]) -> Vec<u16> {
    match text {
        [one] => vec![u16::from(*one)],
        more => more.chunks_exact(2).take(64).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect(),
    }
}
