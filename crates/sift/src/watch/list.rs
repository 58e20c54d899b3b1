//! Standing queries compiled together, and the documents that answer them.

use super::endings::{is_form, stem};
use super::parse::{Field, Pattern, Query};
use super::text::{Text, Words, may_be_name};
use rustc_hash::FxHashMap;
use sitrep_language::transliterate::{name_similarity, search_key};
use sitrep_language::{fold, script, tag};
use std::collections::{BTreeSet, HashMap};

/// From which likeness on two words of different scripts are one name.
const SAME_NAME: f64 = 0.9;

/// Words that a mark names, at most.
const SHOWN: usize = 6;

/// One standing query that a document answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The watch's id, as it was compiled.
    pub watch: String,
    /// The words of the document that answer it, as printed, in order.
    pub words: Vec<String>,
    /// Whether some of them stand in the title.
    pub title: bool,
}

/// What one entry of the index stands for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Term {
    Word(Pattern),
    Field(Field, String),
}

/// A query whose words are numbers of terms.
#[derive(Debug)]
enum Compiled {
    All(Vec<Compiled>),
    Any(Vec<Compiled>),
    Not(Box<Compiled>),
    Words {
        words: Vec<u32>,
        title: bool,
    },
    Field(u32),
    /// An actor or place without a name.
    Nothing,
}

/// All standing queries of a desk.
#[derive(Debug, Default)]
pub struct WatchList {
    watches: Vec<(String, Compiled)>,
    terms: Vec<Term>,
    numbers: HashMap<Term, u32>,
    /// Stem or whole word → terms that it may be.
    beginnings: FxHashMap<String, Vec<u32>>,
    /// Lengths of these in bytes, each once, the shortest first.
    lengths: Vec<usize>,
    /// Consonants → terms that may be written so in another script.
    keys: FxHashMap<String, Vec<u32>>,
    fields: HashMap<(Field, String), u32>,
    /// Term → watches that can't be answered without it, or without another of theirs that is listed too.
    anchors: HashMap<u32, Vec<u32>>,
}

/// What a document holds: number of a term → where, in words from the title's first.
type Found = FxHashMap<u32, Vec<u32>>;

impl WatchList {
    /// Compiles queries; `names` tells all names of an actor or a place.
    pub fn compile<'q>(
        watches: impl IntoIterator<Item = (&'q str, &'q Query)>,
        names: impl Fn(Field, &str) -> Vec<String>,
    ) -> Self {
        let mut list = Self::default();
        for (id, query) in watches {
            let compiled = list.compiled(query, &names);
            let number = u32::try_from(list.watches.len()).unwrap_or(u32::MAX);
            for anchor in list.anchor(&compiled).unwrap_or_default() {
                list.anchors.entry(anchor).or_default().push(number);
            }
            list.watches.push((id.to_owned(), compiled));
        }
        let lengths: BTreeSet<usize> = list.beginnings.keys().map(String::len).collect();
        list.lengths = lengths.into_iter().collect();
        list
    }

    /// How many watches it holds.
    pub fn len(&self) -> usize {
        self.watches.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.watches.is_empty()
    }

    /// The watches that a document answers, in the order in which they were compiled.
    pub fn marks(&self, text: &Text<'_>) -> Vec<Mark> {
        if self.watches.is_empty() {
            return Vec::new();
        }
        let words = Words::of(text);
        let found = self.found(text, &words);
        let candidates: BTreeSet<u32> =
            found.keys().filter_map(|term| self.anchors.get(term)).flatten().copied().collect();
        let mut marks = Vec::new();
        for number in candidates {
            let Some((id, query)) = self.watches.get(number as usize) else { continue };
            let mut places = BTreeSet::new();
            if holds(query, &found, words.title, &mut places) {
                let title = places.first().is_some_and(|place| *place < words.title);
                marks.push(Mark { watch: id.clone(), words: printed(&words, &places), title });
            }
        }
        marks
    }

    fn compiled(&mut self, query: &Query, names: &impl Fn(Field, &str) -> Vec<String>) -> Compiled {
        match query {
            Query::All(parts) => Compiled::All(parts.iter().map(|part| self.compiled(part, names)).collect()),
            Query::Any(parts) => Compiled::Any(parts.iter().map(|part| self.compiled(part, names)).collect()),
            Query::Not(part) => Compiled::Not(Box::new(self.compiled(part, names))),
            Query::Words { words, title } => {
                Compiled::Words { words: words.iter().map(|word| self.word(word)).collect(), title: *title }
            }
            Query::Is(field @ (Field::Actor | Field::Place), id) => self.named(&names(*field, id)),
            Query::Is(field, value) => {
                let value = value.to_lowercase();
                let number = self.number(Term::Field(*field, value.clone()));
                self.fields.insert((*field, value), number);
                Compiled::Field(number)
            }
        }
    }

    /// One of some names, each a phrase.
    fn named(&mut self, names: &[String]) -> Compiled {
        let mut any = Vec::new();
        for name in names {
            let spans = fold::spans(name);
            let words = spans.into_iter().map(|(span, folded)| Pattern {
                written: name[span].to_owned(),
                folded,
                begins: false,
                exact: false,
            });
            let words: Vec<u32> = words.map(|word| self.word(&word)).collect();
            if !words.is_empty() {
                any.push(Compiled::Words { words, title: false });
            }
        }
        if any.is_empty() { Compiled::Nothing } else { Compiled::Any(any) }
    }

    fn number(&mut self, term: Term) -> u32 {
        let next = u32::try_from(self.terms.len()).unwrap_or(u32::MAX);
        *self.numbers.entry(term).or_insert_with_key(|term| {
            self.terms.push(term.clone());
            next
        })
    }

    fn word(&mut self, pattern: &Pattern) -> u32 {
        let known = self.terms.len();
        let number = self.number(Term::Word(pattern.clone()));
        if number as usize == known {
            let start = if pattern.exact || pattern.begins { &pattern.folded } else { stem(&pattern.folded) };
            self.beginnings.entry(start.to_owned()).or_default().push(number);
            if may_be_name(&pattern.written)
                && !pattern.begins
                && let Some(key) = search_key(&pattern.folded)
            {
                self.keys.entry(key).or_default().push(number);
            }
        }
        number
    }

    /// Terms of which a document must hold one to answer the query; `None` where nothing must be held.
    fn anchor(&self, query: &Compiled) -> Option<Vec<u32>> {
        match query {
            // The part that is rarest, guessed by its shortest word: long words are rare.
            Compiled::All(parts) => {
                parts.iter().filter_map(|part| self.anchor(part)).max_by_key(|terms| self.rarity(terms))
            }
            Compiled::Any(parts) => {
                let anchors: Option<Vec<Vec<u32>>> = parts.iter().map(|part| self.anchor(part)).collect();
                anchors.map(|anchors| anchors.concat())
            }
            Compiled::Not(_) => None,
            Compiled::Words { words, .. } => {
                words.iter().max_by_key(|word| self.rarity(&[**word])).map(|word| vec![*word])
            }
            Compiled::Field(number) => Some(vec![*number]),
            Compiled::Nothing => Some(Vec::new()),
        }
    }

    fn rarity(&self, terms: &[u32]) -> usize {
        let length = |term: &u32| match self.terms.get(*term as usize) {
            Some(Term::Word(pattern)) => pattern.folded.chars().count(),
            Some(Term::Field(Field::Source, _)) => 2,
            _ => 1,
        };
        terms.iter().map(length).min().unwrap_or(usize::MAX)
    }

    /// The terms that a document holds.
    fn found(&self, text: &Text<'_>, words: &Words<'_>) -> Found {
        let mut found = Found::default();
        for (folded, places) in &words.at {
            let ends = self.lengths.iter().take_while(|length| **length <= folded.len());
            for start in ends.filter_map(|length| folded.get(..*length)) {
                for number in self.beginnings.get(start).into_iter().flatten() {
                    if self.is_word(*number, folded) {
                        found.entry(*number).or_default().extend(places);
                    }
                }
            }
        }
        if !self.keys.is_empty() {
            for (folded, places) in words.names() {
                let key = search_key(folded);
                for number in key.and_then(|key| self.keys.get(&key)).into_iter().flatten() {
                    if self.is_name(*number, folded) {
                        found.entry(*number).or_default().extend(places);
                    }
                }
            }
        }
        let language = tag::primary(text.language).to_lowercase();
        let source = text.source.unwrap_or_default().to_lowercase();
        for field in [(Field::Language, language), (Field::Source, source)] {
            if let Some(number) = self.fields.get(&field) {
                found.insert(*number, Vec::new());
            }
        }
        for places in found.values_mut() {
            places.sort_unstable();
            places.dedup();
        }
        found
    }

    fn is_word(&self, number: u32, folded: &str) -> bool {
        match self.terms.get(number as usize) {
            Some(Term::Word(pattern)) if pattern.begins => folded.starts_with(&pattern.folded),
            Some(Term::Word(pattern)) if pattern.exact => folded == pattern.folded,
            Some(Term::Word(pattern)) => is_form(folded, &pattern.folded),
            _ => false,
        }
    }

    /// Whether a folded word may be the same name in another script.
    fn is_name(&self, number: u32, folded: &str) -> bool {
        let Some(Term::Word(pattern)) = self.terms.get(number as usize) else { return false };
        script::main(folded) != script::main(&pattern.written)
            && name_similarity(folded, &pattern.written).0 >= SAME_NAME
    }
}

/// Whether what was found answers a query; collects where.
fn holds(query: &Compiled, found: &Found, title: u32, places: &mut BTreeSet<u32>) -> bool {
    match query {
        Compiled::All(parts) => parts.iter().all(|part| holds(part, found, title, places)),
        Compiled::Any(parts) => {
            // Every part is asked, so that a mark names all words that answer.
            let answering = parts.iter().filter(|part| holds(part, found, title, places)).count();
            answering > 0
        }
        Compiled::Not(part) => !holds(part, found, title, &mut BTreeSet::new()),
        Compiled::Field(number) => found.contains_key(number),
        Compiled::Nothing => false,
        Compiled::Words { words, title: only_title } => {
            let starts = phrase(words, found, if *only_title { title } else { u32::MAX });
            let length = u32::try_from(words.len()).unwrap_or(u32::MAX);
            places.extend(starts.iter().flat_map(|start| *start..start.saturating_add(length)));
            !starts.is_empty()
        }
    }
}

/// Where words follow each other, before a position.
fn phrase(words: &[u32], found: &Found, before: u32) -> Vec<u32> {
    let Some(places) = words.iter().map(|word| found.get(word)).collect::<Option<Vec<_>>>() else { return Vec::new() };
    let Some((first, rest)) = places.split_first() else { return Vec::new() };
    let follows = |start: u32| {
        rest.iter().zip(1..).all(|(places, distance)| places.binary_search(&start.saturating_add(distance)).is_ok())
    };
    first.iter().copied().filter(|start| *start < before && follows(*start)).collect()
}

fn printed(words: &Words<'_>, places: &BTreeSet<u32>) -> Vec<String> {
    let mut shown: Vec<String> = Vec::new();
    for place in places {
        if let Some(word) = words.printed.get(*place as usize)
            && !shown.iter().any(|known| known == word)
        {
            shown.push((*word).to_owned());
        }
        if shown.len() == SHOWN {
            break;
        }
    }
    shown
}
