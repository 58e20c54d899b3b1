//! What stands in braces: `{#id .class key=value,value}`.

use super::cursor::{Cursor, word};
use crate::Error;

/// The contents of a pair of braces.
#[derive(Debug, Clone, Default)]
pub(super) struct Attributes {
    /// Where the opening brace stands in its source.
    pub at: usize,
    pub id: Option<String>,
    pub classes: Vec<String>,
    pub pairs: Vec<(String, Vec<String>)>,
}

impl Attributes {
    /// Reads from an opening brace to behind its closing one.
    pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Self, Error> {
        let opening = cursor.clone();
        let hint = "braces hold #id, .class and key=value; write \\{ for a brace in the text";
        let mut found = Self { at: cursor.at, ..Self::default() };
        cursor.at += 1;
        loop {
            cursor.skip_blank();
            match cursor.peek() {
                None => return Err(opening.error("a brace is not closed", hint)),
                Some('}') => {
                    cursor.at += 1;
                    return Ok(found);
                }
                Some('#') => {
                    cursor.at += 1;
                    let (id, _) = cursor.word()?;
                    if found.id.is_some() {
                        return Err(opening.error("two ids in one pair of braces", "leave one of them"));
                    }
                    found.id = Some(id).filter(|id| !id.is_empty());
                }
                Some('.') => {
                    cursor.at += 1;
                    found.classes.push(cursor.word()?.0);
                }
                Some(_) => {
                    let (key, _) = cursor.word()?;
                    if key.is_empty() || !cursor.take_if('=') {
                        return Err(cursor.error("braces hold something that is no attribute", hint));
                    }
                    let mut values = vec![cursor.word()?.0];
                    while cursor.take_if(',') {
                        values.push(cursor.word()?.0);
                    }
                    found.pairs.push((key, values));
                }
            }
        }
    }

    pub(super) fn values(&self, key: &str) -> Option<&[String]> {
        self.pairs.iter().find(|(name, _)| name == key).map(|(_, values)| values.as_slice())
    }

    pub(super) fn value(&self, key: &str) -> Option<&str> {
        self.values(key)?.first().map(String::as_str)
    }

    pub(super) fn has_any(&self, keys: &[&str]) -> bool {
        self.pairs.iter().any(|(name, _)| keys.contains(&name.as_str()))
    }

    /// The first key or class that is not one of those.
    pub(super) fn foreign(&self, keys: &[&str], classes: &[&str]) -> Option<&str> {
        let key = self.pairs.iter().map(|(name, _)| name.as_str()).find(|name| !keys.contains(name));
        key.or_else(|| self.classes.iter().map(String::as_str).find(|class| !classes.contains(class)))
    }
}

/// Braces being written.
#[derive(Default)]
pub(super) struct Braces {
    parts: Vec<String>,
}

impl Braces {
    pub(super) fn id(mut self, id: &str) -> Self {
        if !id.is_empty() {
            self.parts.push(format!("#{}", word(id)));
        }
        self
    }

    pub(super) fn class(mut self, name: &str, wanted: bool) -> Self {
        if wanted {
            self.parts.push(format!(".{name}"));
        }
        self
    }

    pub(super) fn pair(mut self, key: &str, value: Option<&str>) -> Self {
        self.parts.extend(value.map(|value| format!("{key}={}", word(value))));
        self
    }

    pub(super) fn list<'a>(mut self, key: &str, values: impl Iterator<Item = &'a str>) -> Self {
        let values: Vec<String> = values.map(word).collect();
        if !values.is_empty() {
            self.parts.push(format!("{key}={}", values.join(",")));
        }
        self
    }

    /// `{…}`; empty where they hold nothing.
    pub(super) fn written(self) -> String {
        if self.parts.is_empty() { String::new() } else { format!("{{{}}}", self.parts.join(" ")) }
    }
}
