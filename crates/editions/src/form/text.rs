//! Text without markup: titles, standing descriptions, notices, scope statements.

use super::attributes::Attributes;
use super::cursor::{Cursor, Escaped, must_be_named, named};
use crate::Error;

/// A text with line ends as `\n` and without a byte order mark.
pub(super) fn plain_lines(text: &str) -> String {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Reads text to the end of the source, and the braces at its end.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<(String, Option<Attributes>), Error> {
    let mut text = String::new();
    // What the text holds up to its last character that is more than unescaped white space.
    let mut kept = 0;
    cursor.skip_blank();
    while let Some(c) = cursor.peek() {
        if c == '{' {
            let attributes = Attributes::read(cursor)?;
            cursor.skip_blank();
            if cursor.peek().is_some() {
                let message = "braces stand within a text that has no sentences of its own";
                return Err(cursor.error(message, "write \\{ for a brace in the text"));
            }
            text.truncate(kept);
            return Ok((text, Some(attributes)));
        }
        cursor.at += 1;
        match c {
            '\\' => {
                if let Escaped::Character { c, .. } = cursor.escaped()? {
                    text.push(c);
                }
                kept = text.len();
            }
            ' ' | '\t' => text.push(c),
            _ => {
                text.push(c);
                kept = text.len();
            }
        }
    }
    text.truncate(kept);
    Ok((text, None))
}

/// Writes text so that it is read again as it is. `next_line` is what begins a further line; without it the text
/// stays on one.
pub(super) fn write(text: &str, next_line: Option<&str>) -> String {
    let mut writer = Writer::new(next_line);
    let characters: Vec<char> = text.chars().collect();
    for at in 0..characters.len() {
        writer.character(&characters, at, false);
    }
    writer.finish()
}

/// Text being written, with every sign that means something escaped.
pub(super) struct Writer<'a> {
    out: String,
    next_line: Option<&'a str>,
    /// Nothing of the text stands on this line yet.
    fresh: bool,
    /// What was written last is emphasis by asterisks.
    asterisk: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(next_line: Option<&'a str>) -> Self {
        Self { out: String::new(), next_line, fresh: true, asterisk: false }
    }

    /// Writes markup.
    pub(super) fn markup(&mut self, markup: &str) {
        // Two runs of asterisks would be read as one.
        if self.asterisk && markup.starts_with('*') {
            self.out.push_str("\\u{}");
        }
        self.asterisk = markup.ends_with('*');
        self.out.push_str(markup);
    }

    /// Opens or closes emphasis before the character `next`.
    pub(super) fn italic(&mut self, next: Option<char>) {
        let before = self.out.chars().next_back();
        let within = before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric);
        let between = before.is_none_or(char::is_whitespace) && next.is_none_or(char::is_whitespace);
        self.markup(if within { "*" } else { "_" });
        if between {
            self.markup("\\u{}");
        }
    }

    /// Writes one character; `glued` where a sentence would be taken to end before it and does not.
    pub(super) fn character(&mut self, text: &[char], at: usize, glued: bool) {
        let Some(&c) = text.get(at) else { return };
        let next = text.get(at + 1).copied();
        let fresh = std::mem::replace(&mut self.fresh, false);
        self.asterisk = false;
        match c {
            _ if glued && c != ' ' => self.out.push_str(&named(c)),
            '\n' => match self.next_line {
                Some(next_line) => {
                    self.out.push_str("\\\n");
                    self.out.push_str(next_line);
                    self.fresh = true;
                }
                None => self.out.push_str(&named(c)),
            },
            c if must_be_named(c) => self.out.push_str(&named(c)),
            ' ' if glued || fresh || next.is_none_or(|next| next == '\n') => self.out.push_str("\\ "),
            '\\' | '*' | '_' | '[' | ']' | '{' | '}' => self.out.extend(['\\', c]),
            '#' | '-' | '>' | '!' | '+' | '^' if fresh => self.out.extend(['\\', c]),
            // Behind a marker that opens a line it would make a note.
            ':' if self.out.ends_with(']') => self.out.push_str("\\:"),
            // Behind a link's bracket it would make a marker.
            '^' if self.out.ends_with('[') => self.out.push_str("\\^"),
            // Behind a bracket of the text it would make a link.
            '(' if self.out.ends_with(']') => self.out.push_str("\\("),
            '.' | ')' if number_before(text, at) && next.is_none_or(|c| c == ' ' || c == '\n') => {
                self.out.extend(['\\', c]);
            }
            c => self.out.push(c),
        }
    }

    /// What was written; `\u{}` where it is nothing, or where a line would end in a backslash.
    pub(super) fn finish(mut self) -> String {
        if self.fresh && self.out.is_empty() || self.out.ends_with('\n') || self.out.ends_with("\n> ") {
            self.out.push_str("\\u{}");
        }
        self.out
    }
}

/// Whether nothing but digits stands between the line's beginning and `at`.
fn number_before(text: &[char], at: usize) -> bool {
    let digits = text[..at].iter().rev().take_while(|c| c.is_ascii_digit()).count();
    (1..=9).contains(&digits) && (digits == at || text[at - digits - 1] == '\n')
}
