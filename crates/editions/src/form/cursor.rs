//! Characters of a form with their lines, and a place among them.

use crate::Error;

/// A block's characters, each with its line.
#[derive(Debug, Clone, Default)]
pub(super) struct Source {
    pub characters: Vec<char>,
    pub lines: Vec<usize>,
}

impl Source {
    /// Adds a line's characters; a soft line break before it is a space, one behind a backslash stays one.
    pub(super) fn add(&mut self, line: &str, number: usize) {
        if !self.characters.is_empty() {
            let hard = self.characters.iter().rev().take_while(|c| **c == '\\').count() % 2 == 1;
            self.push(if hard { '\n' } else { ' ' }, number.saturating_sub(1));
        }
        for c in line.chars() {
            self.push(c, number);
        }
    }

    fn push(&mut self, c: char, line: usize) {
        self.characters.push(c);
        self.lines.push(line);
    }
}

/// What a backslash and what follows it stand for.
pub(super) enum Escaped {
    /// A character; `glued` where no sentence ends before it.
    Character { c: char, glued: bool },
    /// `\u{}`: nothing.
    Nothing,
}

/// A place in a source.
#[derive(Clone)]
pub(super) struct Cursor<'a> {
    pub source: &'a Source,
    pub at: usize,
    pub end: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        Self { source, at: 0, end: source.characters.len() }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.ahead(0)
    }

    pub(super) fn ahead(&self, count: usize) -> Option<char> {
        let at = self.at + count;
        if at < self.end { self.source.characters.get(at).copied() } else { None }
    }

    /// The character before this place.
    pub(super) fn before(&self) -> Option<char> {
        self.at.checked_sub(1).and_then(|at| self.source.characters.get(at)).copied()
    }

    pub(super) fn take(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    pub(super) fn take_if(&mut self, wanted: char) -> bool {
        let is = self.peek() == Some(wanted);
        self.at += usize::from(is);
        is
    }

    pub(super) fn skip_blank(&mut self) {
        while self.peek().is_some_and(|c| matches!(c, ' ' | '\t' | '\n')) {
            self.at += 1;
        }
    }

    pub(super) fn starts_with(&self, text: &str) -> bool {
        text.chars().enumerate().all(|(index, c)| self.ahead(index) == Some(c))
    }

    pub(super) fn error(&self, message: impl Into<String>, hint: impl Into<String>) -> Error {
        let lines = &self.source.lines;
        let line = lines.get(self.at.min(lines.len().saturating_sub(1))).copied().unwrap_or(1);
        Error::Form { line, message: message.into(), hint: hint.into() }
    }

    /// What stands behind a backslash that was just taken.
    pub(super) fn escaped(&mut self) -> Result<Escaped, Error> {
        match self.take() {
            None => Err(self.error("a backslash ends the text", "write \\\\ for a backslash")),
            Some('u') if self.peek() == Some('{') => self.code_point(),
            Some(' ') => Ok(Escaped::Character { c: ' ', glued: true }),
            Some(c) if c == '\n' || c.is_ascii_punctuation() => Ok(Escaped::Character { c, glued: false }),
            Some(c) => Err(self.error(format!("a backslash before “{c}” means nothing"), "write \\\\ for a backslash")),
        }
    }

    fn code_point(&mut self) -> Result<Escaped, Error> {
        let hint = "write \\u{…} with the number of a character in hexadecimal digits";
        self.at += 1;
        let mut digits = String::new();
        loop {
            match self.take() {
                Some('}') => break,
                Some(c) if c.is_ascii_hexdigit() && digits.len() < 8 => digits.push(c),
                _ => return Err(self.error("\\u{ is not closed", hint)),
            }
        }
        if digits.is_empty() {
            return Ok(Escaped::Nothing);
        }
        let found = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
        found
            .map(|c| Escaped::Character { c, glued: true })
            .ok_or_else(|| self.error(format!("there is no character {digits}"), hint))
    }

    /// A text in double quotes; the opening one was just taken.
    pub(super) fn quoted(&mut self) -> Result<String, Error> {
        self.until('"', "a quotation mark is not closed", "close it with \"; write \\\" for one within the text")
    }

    /// Text up to an unescaped sign, which is taken.
    pub(super) fn until(&mut self, sign: char, message: &str, hint: &str) -> Result<String, Error> {
        let start = self.clone();
        let mut text = String::new();
        loop {
            match self.take() {
                None => return Err(start.error(message, hint)),
                Some(c) if c == sign => return Ok(text),
                Some('\\') => {
                    if let Escaped::Character { c, .. } = self.escaped()? {
                        text.push(c);
                    }
                }
                Some(c) => text.push(c),
            }
        }
    }

    /// A word of an attribute or reference: plain, or in quotation marks. The second is whether it was quoted.
    pub(super) fn word(&mut self) -> Result<(String, bool), Error> {
        if self.take_if('"') {
            return Ok((self.quoted()?, true));
        }
        let mut word = String::new();
        while let Some(c) = self.peek().filter(|c| is_plain(*c)) {
            word.push(c);
            self.at += 1;
        }
        Ok((word, false))
    }
}

/// Characters that a word may hold without quotation marks.
fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '/' | '@' | '+' | '~' | '%' | '?' | '&' | '!' | '*')
}

/// A word as it is written: plain where it may be.
pub(super) fn word(text: &str) -> String {
    if !text.is_empty() && text.chars().all(is_plain) { text.to_owned() } else { quoted(text) }
}

/// A text in double quotes.
pub(super) fn quoted(text: &str) -> String {
    let mut written = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => written.extend(['\\', c]),
            c if must_be_named(c) => written.push_str(&named(c)),
            c => written.push(c),
        }
    }
    // White space at either end of a line would be lost with the line.
    written.push('"');
    written
}

/// Characters that a line of text does not carry safely.
pub(super) fn must_be_named(c: char) -> bool {
    c.is_control() || c == '\u{FEFF}'
}

/// A character by its number.
pub(super) fn named(c: char) -> String {
    format!("\\u{{{:x}}}", u32::from(c))
}
