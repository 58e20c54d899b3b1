//! A document as standing queries look at it.

use super::endings::without_proclitics;
use foldhash::fast::RandomState;
use sitrep_language::script::{self, Script};
use sitrep_language::{fold, tag};
use std::collections::HashMap;

/// What is looked at of a document.
#[derive(Debug, Clone, Copy, Default)]
pub struct Text<'a> {
    /// Title.
    pub title: &'a str,
    /// Main text.
    pub body: &'a str,
    /// BCP 47 language.
    pub language: &'a str,
    /// Its source's id, where known.
    pub source: Option<&'a str>,
}

/// The different words of a text, and where each stands.
pub(super) struct Words<'a> {
    /// Folded form → positions in the text, title first. Strangers choose the words: seeded, so that they can't choose places too.
    pub(super) at: HashMap<String, Vec<u32>, RandomState>,
    /// The word at each position as it is printed.
    pub(super) printed: Vec<&'a str>,
    /// How many of them are the title's.
    pub(super) title: u32,
}

impl<'a> Words<'a> {
    pub(super) fn of(text: &Text<'a>) -> Self {
        let language = tag::primary(text.language);
        let mut words = Self { at: HashMap::default(), printed: Vec::new(), title: 0 };
        for part in [text.title, text.body] {
            for (span, folded) in fold::spans(part) {
                let place = u32::try_from(words.printed.len()).unwrap_or(u32::MAX);
                words.printed.push(&part[span]);
                for bare in without_proclitics(&folded, language) {
                    words.at.entry(bare.to_owned()).or_default().push(place);
                }
                words.at.entry(folded).or_default().push(place);
            }
            if words.title == 0 {
                words.title = u32::try_from(words.printed.len()).unwrap_or(u32::MAX);
            }
        }
        words
    }

    /// The different words that may be names, folded, and where they stand: those that are printed so somewhere.
    pub(super) fn names(&self) -> impl Iterator<Item = (&str, &[u32])> {
        let is_printed_so = |place: &u32| self.printed.get(*place as usize).is_some_and(|word| may_be_name(word));
        let names = self.at.iter().filter(move |(_, places)| places.iter().any(is_printed_so));
        names.map(|(folded, places)| (folded.as_str(), places.as_slice()))
    }
}

/// Whether a printed word may be a name: scripts with capitals write names with one.
pub(super) fn may_be_name(printed: &str) -> bool {
    if printed.is_ascii() {
        return printed.starts_with(|c: char| c.is_ascii_uppercase());
    }
    match script::main(printed) {
        Script::Latin | Script::Cyrillic => printed.chars().next().is_some_and(char::is_uppercase),
        Script::Arabic | Script::Hebrew => true,
        _ => false,
    }
}
