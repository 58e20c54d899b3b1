//! The language of standing queries.
//!
//! `railway strike` both words · `"Deir ez-Zor"` a phrase · `railway OR rail` either · `-football` or `NOT football` without ·
//! `elect*` beginnings · `( … )` groups · `title:budget` · `actor:ID`, `place:ID` any name of it in any script · `source:ID` ·
//! `language:fa`.

use sitrep_language::fold;

/// Longest query, in code points.
const LONGEST: usize = 4_000;
/// Deepest nesting of parentheses.
const DEEPEST: usize = 24;
/// Most words of a query.
const MOST: usize = 400;

/// What a condition is about, where it is not about words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// Any name of an actor of the register.
    Actor,
    /// Any name of a place.
    Place,
    /// The source the document came from.
    Source,
    /// The document's language, BCP 47 primary subtag.
    Language,
}

/// One word of a query.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pattern {
    /// The word as it was written.
    pub written: String,
    /// Folded, see [`sitrep_language::fold`].
    pub folded: String,
    /// `elect*`: every word that begins so.
    pub begins: bool,
    /// In a phrase: without other endings.
    pub exact: bool,
}

/// A standing query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// All of these.
    All(Vec<Query>),
    /// One of these.
    Any(Vec<Query>),
    /// Not this.
    Not(Box<Query>),
    /// Words that follow each other; `title` means only there.
    Words { words: Vec<Pattern>, title: bool },
    /// A condition on a field.
    Is(Field, String),
}

/// Why a query is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at character {at}: {message}")]
pub struct QueryError {
    /// Where, in code points from 0.
    pub at: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: &'static str,
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Open,
    Close,
    Or,
    And,
    Not,
    Word(String),
    Phrase(String),
    /// `name:`, directly before a word, phrase or group.
    Field(String),
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// [`QueryError`] for what can't be read, and for a query that says only what it does *not* look for.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        if text.chars().count() > LONGEST {
            return Err(error(LONGEST, "the query is too long", "divide it into several watches"));
        }
        let tokens = tokens(text)?;
        let end = text.chars().count();
        let mut reader = Reader { tokens, at: 0, end, words: 0 };
        let query = reader.any(0)?;
        if let Some((at, _)) = reader.tokens.get(reader.at) {
            return Err(error(*at, "a parenthesis closes that was not opened", "remove it, or open one before"));
        }
        if !query.looks_for_something() {
            return Err(error(
                0,
                "the query says only what is not wanted",
                "add a word, a name or a field to look for",
            ));
        }
        Ok(query)
    }

    /// Whether a document must hold something to answer it.
    fn looks_for_something(&self) -> bool {
        match self {
            Self::All(parts) => parts.iter().any(Self::looks_for_something),
            Self::Any(parts) => parts.iter().all(Self::looks_for_something),
            Self::Not(_) => false,
            Self::Words { .. } | Self::Is(..) => true,
        }
    }

    /// Every actor and place that it names.
    pub fn named(&self) -> Vec<(Field, &str)> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::named).collect(),
            Self::Not(part) => part.named(),
            Self::Is(field @ (Field::Actor | Field::Place), id) => vec![(*field, id)],
            Self::Is(..) | Self::Words { .. } => Vec::new(),
        }
    }
}

fn error(at: usize, message: impl Into<String>, hint: &'static str) -> QueryError {
    QueryError { at, message: message.into(), hint }
}

fn tokens(text: &str) -> Result<Vec<(usize, Token)>, QueryError> {
    let characters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&c) = characters.get(at) {
        let start = at;
        at += 1;
        match c {
            c if c.is_whitespace() || c == ',' || c == '،' => {}
            '(' => tokens.push((start, Token::Open)),
            ')' => tokens.push((start, Token::Close)),
            '|' => tokens.push((start, Token::Or)),
            '&' => tokens.push((start, Token::And)),
            '-' | '−' => tokens.push((start, Token::Not)),
            '"' | '“' | '”' | '«' => {
                let closes = |c: &char| matches!(c, '"' | '“' | '”' | '»');
                let Some(length) = characters[at..].iter().position(closes) else {
                    return Err(error(start, "a quotation mark is not closed", "close it after the phrase"));
                };
                tokens.push((start, Token::Phrase(characters[at..at + length].iter().collect())));
                at += length + 1;
            }
            _ => {
                let ends =
                    |c: &char| c.is_whitespace() || matches!(c, '(' | ')' | '|' | '&' | '"' | '“' | '«' | ',' | '،');
                let length = characters[start..].iter().position(ends).unwrap_or(characters.len() - start);
                at = start + length;
                word(&characters[start..at], start, &mut tokens);
            }
        }
    }
    Ok(tokens)
}

/// One run of characters: a connective, a word, or a field's name with the word behind it.
fn word(run: &[char], start: usize, tokens: &mut Vec<(usize, Token)>) {
    let text: String = run.iter().collect();
    match text.as_str() {
        "OR" => tokens.push((start, Token::Or)),
        "AND" => tokens.push((start, Token::And)),
        "NOT" => tokens.push((start, Token::Not)),
        _ => match text.split_once(':') {
            Some((name, rest)) if name.chars().all(|c| c.is_ascii_alphabetic()) && !name.is_empty() => {
                tokens.push((start, Token::Field(name.to_ascii_lowercase())));
                if !rest.is_empty() {
                    tokens.push((start + name.len() + 1, Token::Word(rest.to_owned())));
                }
            }
            _ => tokens.push((start, Token::Word(text))),
        },
    }
}

struct Reader {
    tokens: Vec<(usize, Token)>,
    at: usize,
    end: usize,
    words: usize,
}

impl Reader {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(_, token)| token)
    }

    fn place(&self) -> usize {
        self.tokens.get(self.at).map_or(self.end, |(at, _)| *at)
    }

    fn any(&mut self, depth: usize) -> Result<Query, QueryError> {
        if depth > DEEPEST {
            return Err(error(self.place(), "parentheses are nested too deeply", "write the query flatter"));
        }
        let mut parts = vec![self.all(depth)?];
        while self.peek() == Some(&Token::Or) {
            self.at += 1;
            parts.push(self.all(depth)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Query::Any(parts) })
    }

    fn all(&mut self, depth: usize) -> Result<Query, QueryError> {
        let mut parts = vec![self.one(depth)?];
        loop {
            match self.peek() {
                None | Some(Token::Or | Token::Close) => break,
                Some(Token::And) => self.at += 1,
                Some(_) => {}
            }
            parts.push(self.one(depth)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Query::All(parts) })
    }

    fn one(&mut self, depth: usize) -> Result<Query, QueryError> {
        let at = self.place();
        let Some((_, token)) = self.tokens.get(self.at).cloned() else {
            return Err(error(at, "a word is missing here", "write what is looked for"));
        };
        self.at += 1;
        match token {
            Token::Not => {
                if depth > DEEPEST {
                    return Err(error(at, "the query is nested too deeply", "write the query flatter"));
                }
                Ok(Query::Not(Box::new(self.one(depth + 1)?)))
            }
            Token::Open => {
                let inner = self.any(depth + 1)?;
                if self.peek() != Some(&Token::Close) {
                    return Err(error(at, "this parenthesis is not closed", "close it"));
                }
                self.at += 1;
                Ok(inner)
            }
            Token::Word(text) => self.pattern(&text, at, false, false),
            Token::Phrase(text) => self.pattern(&text, at, true, false),
            Token::Field(name) => self.field(&name, at),
            Token::Close | Token::Or | Token::And => {
                Err(error(at, "a word is missing before this", "write what is looked for, or remove it"))
            }
        }
    }

    fn field(&mut self, name: &str, at: usize) -> Result<Query, QueryError> {
        let value = match self.peek().cloned() {
            Some(Token::Word(text)) => (text, false),
            Some(Token::Phrase(text)) => (text, true),
            _ => return Err(error(at, format!("nothing follows {name}:"), "write its value right behind the colon")),
        };
        let place = self.place();
        self.at += 1;
        let field = match name {
            "title" => return self.pattern(&value.0, place, value.1, true),
            "actor" => Field::Actor,
            "place" => Field::Place,
            "source" => Field::Source,
            "language" | "lang" => Field::Language,
            _ => {
                let message = format!("there is no field {name:?}");
                return Err(error(at, message, "fields are title, actor, place, source and language"));
            }
        };
        Ok(Query::Is(field, value.0.trim().to_owned()))
    }

    fn pattern(&mut self, text: &str, at: usize, exact: bool, title: bool) -> Result<Query, QueryError> {
        let begins = !exact && text.ends_with('*');
        let words: Vec<Pattern> = fold::spans(text)
            .into_iter()
            .map(|(span, folded)| Pattern { written: text[span].to_owned(), folded, begins, exact })
            .collect();
        self.words += words.len();
        if words.is_empty() {
            return Err(error(at, format!("{text:?} holds no word"), "write a word, or remove it"));
        }
        if self.words > MOST {
            return Err(error(at, "the query has too many words", "divide it into several watches"));
        }
        if begins && words.last().is_some_and(|word| word.folded.chars().count() < 2) {
            return Err(error(
                at,
                "a beginning of one letter finds everything",
                "write at least two letters before the star",
            ));
        }
        Ok(Query::Words { words, title })
    }
}
