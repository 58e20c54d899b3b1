//! Words that were read already, joined into one text, and the tokenizer that takes them apart again: the index's own way
//! of taking tokens (as JSON) costs more than all the rest of indexing.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The name that the index knows the tokenizer by.
pub(super) const NAME: &str = "joined";

/// Stands before a word: at the next place; at the place of the word before; so far on that no phrase reaches across.
const NEXT: char = '\u{1F}';
const SAME: char = '\u{1E}';
const APART: char = '\u{1D}';
const GAP: usize = 100;

/// Words on their way into the index.
#[derive(Debug, Default)]
pub(super) struct Words(String);

impl Words {
    pub(super) fn push(&mut self, word: &str) {
        self.0.push(NEXT);
        self.0.push_str(word);
    }

    /// Another word at the same place.
    pub(super) fn push_same(&mut self, word: &str) {
        self.0.push(SAME);
        self.0.push_str(word);
    }

    /// What follows is no neighbour of what was.
    pub(super) fn part(&mut self) {
        self.0.push(APART);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn into_text(self) -> String {
        self.0
    }
}

/// Takes joined words apart.
#[derive(Debug, Clone, Default)]
pub(super) struct Joined {
    token: Token,
}

pub(super) struct Stream<'t> {
    rest: &'t str,
    next: usize,
    token: &'t mut Token,
}

impl Tokenizer for Joined {
    type TokenStream<'t> = Stream<'t>;

    fn token_stream<'t>(&'t mut self, text: &'t str) -> Stream<'t> {
        self.token.reset();
        Stream { rest: text, next: 0, token: &mut self.token }
    }
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            let Some(sign) = self.rest.chars().next() else { return false };
            let behind = &self.rest[sign.len_utf8()..];
            let end = memchr::memchr3(NEXT as u8, SAME as u8, APART as u8, behind.as_bytes()).unwrap_or(behind.len());
            let word = &behind[..end];
            self.rest = &behind[end..];
            match sign {
                APART => self.next += GAP,
                SAME => {}
                _ => self.next += 1,
            }
            if sign != APART {
                self.token.position = self.next.saturating_sub(1);
                self.token.text.clear();
                self.token.text.push_str(word);
                return true;
            }
        }
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_apart_where_they_were_joined() {
        let mut words = Words::default();
        words.push("one");
        words.push_same("uno");
        words.push("two");
        words.part();
        words.push("three");
        let mut joined = Joined::default();
        let text = words.into_text();
        let mut stream = joined.token_stream(&text);
        let mut found = Vec::new();
        while let Some(token) = stream.next() {
            found.push((token.text.clone(), token.position));
        }
        let expected = [("one", 0), ("uno", 0), ("two", 1), ("three", 102)];
        assert_eq!(found, expected.map(|(word, at)| (word.to_owned(), at)));
    }
}
