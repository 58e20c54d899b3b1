//! A text as the words, numbers and signs that dates are made of.

use crate::digits;
use crate::fold::fold;

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// A word, folded.
    Word { folded: String, capital: bool },
    /// A number of so many digits, up to nine.
    Number { value: u32, digits: usize },
    /// Anything else that is not white space.
    Sign(char),
}

/// A token and where it stands, in code points.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub what: What,
    pub start: usize,
    pub end: usize,
}

impl Token {
    pub(super) fn word(&self) -> Option<&str> {
        match &self.what {
            What::Word { folded, .. } => Some(folded),
            _ => None,
        }
    }

    pub(super) fn is_word(&self, words: &[&str]) -> bool {
        self.word().is_some_and(|word| words.contains(&word))
    }

    pub(super) fn is_capital(&self) -> bool {
        matches!(self.what, What::Word { capital: true, .. })
    }

    pub(super) fn number(&self) -> Option<(u32, usize)> {
        match self.what {
            What::Number { value, digits } => Some((value, digits)),
            _ => None,
        }
    }

    pub(super) fn sign(&self) -> Option<char> {
        match self.what {
            What::Sign(sign) => Some(sign),
            _ => None,
        }
    }
}

pub(super) fn tokens(characters: &[char]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&c) = characters.get(at) {
        let start = at;
        if digits::value(c).is_some() {
            while characters.get(at).is_some_and(|c| digits::value(*c).is_some()) {
                at += 1;
            }
            let value =
                characters[start..at].iter().take(9).filter_map(|c| digits::value(*c)).fold(0, |sum, d| sum * 10 + d);
            tokens.push(Token { what: What::Number { value, digits: at - start }, start, end: at });
        } else if c.is_alphabetic() {
            while characters.get(at).is_some_and(|c| c.is_alphabetic() || is_inside_word(*c)) {
                at += 1;
            }
            // A joiner at the end belongs to no word.
            while at > start + 1 && is_inside_word(characters[at - 1]) && characters[at - 1] != '\u{0640}' {
                at -= 1;
            }
            let word: String = characters[start..at].iter().collect();
            let what = What::Word { folded: fold(&word), capital: c.is_uppercase() };
            tokens.push(Token { what, start, end: at });
        } else {
            at += 1;
            if !c.is_whitespace() && !is_inside_word(c) {
                tokens.push(Token { what: What::Sign(c), start, end: at });
            }
        }
    }
    tokens
}

fn is_inside_word(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{0640}' | '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0591}'..='\u{05C7}')
}
