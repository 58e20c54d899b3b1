//! Objects of a PDF file as they are written (ISO 32000-1, 7.3). What is broken is read as far as it goes; nesting is bounded.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

pub(super) type Dict = BTreeMap<Vec<u8>, Value>;

/// Lists and dictionaries inside one another, at most.
const DEEPEST: usize = 64;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Number(f64),
    Name(Vec<u8>),
    Text(Vec<u8>),
    List(Rc<Vec<Value>>),
    Dict(Rc<Dict>),
    /// Another object of the file, by number.
    Reference(u32),
    /// A dictionary, and where the bytes stand that it describes.
    Stream(Rc<Dict>, Range<usize>),
    /// A keyword or an operator.
    Word(Vec<u8>),
}

impl Value {
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// A whole number that is not negative.
    pub(super) fn count(&self) -> Option<usize> {
        self.number().filter(|number| (0.0..1e12).contains(number)).map(|number| number as usize)
    }

    pub(super) fn name(&self) -> Option<&[u8]> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    pub(super) fn list(&self) -> &[Self] {
        match self {
            Self::List(list) => list,
            _ => &[],
        }
    }

    /// The dictionary, that of a stream too.
    pub(super) fn dict(&self) -> Option<&Rc<Dict>> {
        match self {
            Self::Dict(dict) | Self::Stream(dict, _) => Some(dict),
            _ => None,
        }
    }

    pub(super) fn is_word(&self, word: &[u8]) -> bool {
        matches!(self, Self::Word(written) if written == word)
    }
}

/// Reads objects one after another.
#[derive(Debug, Clone)]
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
    /// Whether `1 0 R` means an object: in a file it does, in a page's content it can't.
    references: bool,
    depth: usize,
}

fn is_white(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'a> Lexer<'a> {
    pub(super) fn of_file(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at: at.min(bytes.len()), references: true, depth: 0 }
    }

    pub(super) fn of_content(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, references: false, depth: 0 }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(super) fn skip_white(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|byte| byte != b'\n' && byte != b'\r') {
                    self.at += 1;
                }
            } else if is_white(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// The next object; nothing at the end, or where it is nested too deeply.
    pub(super) fn next(&mut self) -> Option<Value> {
        self.skip_white();
        let byte = self.peek()?;
        match byte {
            b'/' => Some(Value::Name(self.name())),
            b'(' => Some(Value::Text(self.literal())),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => self.nested(Self::dict),
            b'<' => Some(Value::Text(self.hexadecimal())),
            b'[' => self.nested(Self::list),
            b'0'..=b'9' | b'+' | b'-' | b'.' => Some(self.number()),
            _ if is_delimiter(byte) => {
                self.at += 1;
                Some(Value::Word(vec![byte]))
            }
            _ => Some(self.word()),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Option<Value>) -> Option<Value> {
        if self.depth >= DEEPEST {
            self.at = self.bytes.len();
            return None;
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn list(&mut self) -> Option<Value> {
        self.at += 1;
        let mut list = Vec::new();
        loop {
            self.skip_white();
            match self.peek() {
                None => break,
                Some(b']') => {
                    self.at += 1;
                    break;
                }
                Some(_) => match self.next() {
                    Some(value) => list.push(value),
                    None => break,
                },
            }
        }
        Some(Value::List(Rc::new(list)))
    }

    fn dict(&mut self) -> Option<Value> {
        self.at += 2;
        let mut dict = Dict::new();
        loop {
            self.skip_white();
            match self.peek() {
                None => break,
                Some(b'>') => {
                    self.at += if self.bytes.get(self.at + 1) == Some(&b'>') { 2 } else { 1 };
                    break;
                }
                Some(b'/') => {
                    let key = self.name();
                    self.skip_white();
                    if self.peek() == Some(b'>') {
                        continue;
                    }
                    match self.next() {
                        Some(value) => drop(dict.insert(key, value)),
                        None => break,
                    }
                }
                // What is no key is passed over, as far as the end of the object.
                Some(_) => {
                    if self.next().is_none_or(|value| value.is_word(b"endobj") || value.is_word(b"stream")) {
                        break;
                    }
                }
            }
        }
        Some(Value::Dict(Rc::new(dict)))
    }

    fn name(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut name = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| !is_white(*byte) && !is_delimiter(*byte)) {
            self.at += 1;
            let escaped = (byte == b'#')
                .then(|| Some(hex(*self.bytes.get(self.at)?)? * 16 + hex(*self.bytes.get(self.at + 1)?)?))
                .flatten();
            if escaped.is_some() {
                self.at += 2;
            }
            name.push(escaped.unwrap_or(byte));
        }
        name
    }

    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut text = Vec::new();
        let mut open = 1_usize;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        break;
                    }
                }
                b'\\' => {
                    self.escape(&mut text);
                    continue;
                }
                b'\r' => {
                    if self.peek() == Some(b'\n') {
                        self.at += 1;
                    }
                    text.push(b'\n');
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        text
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit) = self.peek().filter(|digit| (b'0'..=b'7').contains(digit)) else { break };
                    self.at += 1;
                    code = code * 8 + u32::from(digit - b'0');
                }
                text.push((code & 0xff) as u8);
            }
            _ => text.push(byte),
        }
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut text = Vec::new();
        let mut high = None;
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == b'>' {
                break;
            }
            let Some(digit) = hex(byte) else { continue };
            match high.take() {
                Some(first) => text.push(first * 16 + digit),
                None => high = Some(digit),
            }
        }
        if let Some(first) = high {
            text.push(first * 16);
        }
        text
    }

    /// A number, or a reference that begins with one.
    fn number(&mut self) -> Value {
        let number = self.plain_number();
        if self.references && number >= 0.0 && number.fract() == 0.0 && number <= f64::from(u32::MAX) {
            let after = self.at;
            self.skip_white();
            if self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
                self.plain_number();
                self.skip_white();
                let ends = self.bytes.get(self.at + 1).is_none_or(|byte| is_white(*byte) || is_delimiter(*byte));
                if self.peek() == Some(b'R') && ends {
                    self.at += 1;
                    return Value::Reference(number as u32);
                }
            }
            self.at = after;
        }
        Value::Number(number)
    }

    fn plain_number(&mut self) -> f64 {
        let (mut negative, mut value, mut scale) = (false, 0.0_f64, 0.0_f64);
        let start = self.at;
        while let Some(byte) = self.peek() {
            match byte {
                b'-' if self.at == start => negative = true,
                b'+' | b'-' => {}
                b'.' if scale == 0.0 => scale = 1.0,
                b'0'..=b'9' => {
                    let digit = f64::from(byte - b'0');
                    if scale == 0.0 {
                        value = value * 10.0 + digit;
                    } else {
                        scale /= 10.0;
                        value += digit * scale;
                    }
                }
                _ => break,
            }
            self.at += 1;
        }
        let value = if value.is_finite() { value.min(1e15) } else { 1e15 };
        if negative { -value } else { value }
    }

    fn word(&mut self) -> Value {
        let start = self.at;
        while self.peek().is_some_and(|byte| !is_white(byte) && !is_delimiter(byte)) {
            self.at += 1;
        }
        match &self.bytes[start..self.at] {
            b"true" => Value::Bool(true),
            b"false" => Value::Bool(false),
            b"null" => Value::Null,
            word => Value::Word(word.to_vec()),
        }
    }
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
