//! From a question to what the index is asked: all words, and where few units have them all, some of them.

use super::index::Snapshot;
use super::lookup::{Lookup, look_up, stems_of};
use super::parse::{Part, Question};
use super::schema::Fields;
use super::words::{self, Script, Tongue, folded, is_stop, stem};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use tantivy::query::{Bm25StatisticsProvider, BooleanQuery, ConstScoreQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

/// Queries that one question becomes at most. Terms joined by *and* alone are what the index answers fastest, so that
/// alternatives of a word are taken apart: what has the usual spelling, and what has a rare one.
const QUERIES: usize = 8;
/// Where some words are enough, a word that more than one unit in so many has, and so many in all, is not, unless all are
/// such: it would be looked for long, and tells little.
const COMMON: u64 = 20;
const COMMON_AT_LEAST: u64 = 5000;

/// How strictly a question is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Reading {
    /// Every word must be there.
    #[default]
    All,
    /// Some words were enough, as few places had them all.
    Some,
    /// A word is nowhere; words spelt nearly so were taken for it.
    Nearly,
}

/// Which words of a text a question means, and which part of it each answers.
#[derive(Debug, Clone, Default)]
pub(super) struct Marked {
    pub(super) stems: HashMap<String, u8>,
    pub(super) folded: HashMap<String, u8>,
    /// Stems of words that were probably meant.
    pub(super) slips: HashMap<String, u8>,
    /// The words as they were typed, folded.
    pub(super) typed: HashSet<String>,
    /// Beginnings of all of them, for a quick no.
    beginnings: Vec<String>,
    /// Parts that carry words.
    pub(super) parts: usize,
}

impl Marked {
    fn stem(&mut self, stem: &str, part: u8) {
        self.beginning(stem);
        self.stems.entry(stem.to_owned()).or_insert(part);
    }

    fn word(&mut self, folded: &str, part: u8) {
        self.beginning(folded);
        self.folded.entry(folded.to_owned()).or_insert(part);
    }

    fn slip(&mut self, stem: &str, part: u8) {
        self.beginning(stem);
        self.slips.entry(stem.to_owned()).or_insert(part);
    }

    fn beginning(&mut self, text: &str) {
        let beginning: String = text.chars().take(2).collect();
        if !self.beginnings.contains(&beginning) {
            self.beginnings.push(beginning);
        }
    }

    /// Whether a word as it is written can be one of them, as far as its plain first letters tell.
    pub(super) fn may_be(&self, surface: &str) -> bool {
        let bytes = surface.as_bytes();
        let (Some(first), Some(second)) = (bytes.first(), bytes.get(1)) else { return true };
        if !first.is_ascii_alphanumeric() || !second.is_ascii_alphanumeric() {
            return true;
        }
        let start = [first.to_ascii_lowercase(), second.to_ascii_lowercase()];
        self.beginnings.iter().any(|beginning| start.starts_with(beginning.as_bytes()))
    }

    /// Whether a folded word can be one of them. Arabic and Hebrew words may have something before them.
    pub(super) fn may_hold(&self, folded: &str) -> bool {
        let within = matches!(Script::of(folded), Script::Arabic | Script::Hebrew);
        self.beginnings.iter().any(|beginning| match within {
            true => folded.contains(beginning.as_str()),
            false => folded.starts_with(beginning.as_str()),
        })
    }
}

/// A question as the index is asked it.
pub(super) struct Composed<'c> {
    /// What is found is what any of them finds.
    pub(super) queries: Vec<Box<dyn Query>>,
    pub(super) marked: Marked,
    pub(super) statistics: Statistics<'c>,
    /// A word is nowhere; words spelt nearly so are looked for.
    pub(super) nearly: bool,
    /// The question as it was probably meant.
    pub(super) meant: Option<String>,
}

/// How frequent terms are: all spellings of one name as frequent as the most frequent of them, or the rarest spelling
/// would be the best answer.
pub(super) struct Statistics<'c> {
    searcher: &'c Searcher,
    units: HashMap<Term, u64>,
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.searcher.total_num_docs()
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        match self.units.get(term) {
            Some(units) => Ok(*units),
            None => self.searcher.doc_freq(term),
        }
    }
}

enum Wanted {
    Word(Arc<Lookup>),
    Phrase(Box<dyn Query>),
}

/// Composes; `None` where nothing is asked for.
pub(super) fn compose<'c>(
    fields: &'c Fields,
    snapshot: &'c Snapshot,
    question: &Question,
    reading: Reading,
) -> tantivy::Result<Option<Composed<'c>>> {
    let mut composer = Composer { fields, snapshot, marked: Marked::default() };
    let mut wanted = Vec::new();
    let mut always: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    let speaking = question.wanted.iter().any(|part| matches!(part, Part::Word(word) if !is_stop(&folded(word))));
    for part in &question.wanted {
        match part {
            Part::Tag(tag) => always.push((Occur::Must, silent(composer.tag(tag)))),
            Part::Word(word) if speaking && is_stop(&folded(word)) => {}
            Part::Word(word) => wanted.push(Wanted::Word(composer.word(word)?)),
            Part::Phrase(phrase) => wanted.extend(composer.phrase(phrase)?),
        }
    }
    if wanted.is_empty() && always.is_empty() {
        return Ok(None);
    }
    let marked = std::mem::take(&mut composer.marked);
    always.extend(composer.unwanted(&question.unwanted)?.into_iter().map(|query| (Occur::MustNot, query)));
    let lookups: Vec<Arc<Lookup>> = wanted
        .iter()
        .filter_map(|wanted| if let Wanted::Word(lookup) = wanted { Some(Arc::clone(lookup)) } else { None })
        .collect();
    let mut units = HashMap::new();
    for lookup in &lookups {
        for found in &lookup.terms {
            let known = units.entry(found.term.clone()).or_insert(0);
            *known = lookup.units().max(*known);
        }
    }
    let queries = match reading {
        Reading::Some => {
            vec![with(&always, vec![(Occur::Must, any(wanted, (snapshot.units / COMMON).max(COMMON_AT_LEAST)))])]
        }
        _ => all(wanted).into_iter().map(|clauses| with(&always, clauses)).collect(),
    };
    Ok(Some(Composed {
        queries,
        marked,
        statistics: Statistics { searcher: &snapshot.searcher, units },
        nearly: lookups.iter().any(|lookup| lookup.nearly),
        meant: meant(question, &lookups),
    }))
}

/// The question with the words that were probably meant; `None` where it was meant as it is.
fn meant(question: &Question, lookups: &[Arc<Lookup>]) -> Option<String> {
    lookups.iter().any(|lookup| lookup.meant.is_some()).then(|| {
        let instead: HashMap<&str, &str> = lookups
            .iter()
            .filter_map(|lookup| lookup.meant.as_deref().map(|meant| (lookup.folded.as_str(), meant)))
            .collect();
        let mut text = question.text.clone();
        for word in words::split(&question.text).into_iter().rev() {
            if let Some(meant) = instead.get(folded(word.surface).as_str()) {
                text.replace_range(word.start..word.end, meant);
            }
        }
        text
    })
}

struct Composer<'c> {
    fields: &'c Fields,
    snapshot: &'c Snapshot,
    marked: Marked,
}

impl Composer<'_> {
    fn tag(&self, tag: &str) -> Box<dyn Query> {
        term_query(Term::from_field_text(self.fields.tags, tag))
    }

    fn next_part(&mut self) -> u8 {
        let part = u8::try_from(self.marked.parts).unwrap_or(u8::MAX);
        self.marked.parts += 1;
        part
    }

    fn word(&mut self, word: &str) -> tantivy::Result<Arc<Lookup>> {
        let lookup = self.snapshot.lookup(word, || look_up(self.snapshot, self.fields, word))?;
        let part = self.next_part();
        lookup.stems.iter().for_each(|stem| self.marked.stem(stem, part));
        lookup.spelt.iter().for_each(|name| self.marked.word(name, part));
        lookup.slips.iter().for_each(|stem| self.marked.slip(stem, part));
        self.marked.typed.insert(lookup.folded.clone());
        Ok(lookup)
    }

    fn phrase(&mut self, phrase: &str) -> tantivy::Result<Option<Wanted>> {
        let mut words: Vec<(&str, String)> =
            words::split(phrase).iter().map(|word| (word.surface, folded(word.surface))).collect();
        words.retain(|(_, folded)| !folded.is_empty());
        match words.as_slice() {
            [] => Ok(None),
            [(only, _)] => Ok(Some(Wanted::Word(self.word(only)?))),
            _ => {
                let mut readings: Vec<(Occur, Box<dyn Query>)> = Vec::new();
                let part = self.next_part();
                let arabic = words.iter().any(|(_, folded)| Script::of(folded) == Script::Arabic);
                let tongues: &[Tongue] = if arabic { &[Tongue::Persian, Tongue::Arabic] } else { &[Tongue::Persian] };
                for tongue in tongues {
                    let stems: Vec<String> = words
                        .iter()
                        .map(|(word, folded)| {
                            words::stems(word, folded, *tongue)
                                .into_iter()
                                .next()
                                .unwrap_or_else(|| stem(word, folded, *tongue))
                        })
                        .collect();
                    stems.iter().for_each(|stem| self.marked.stem(stem, part));
                    let terms = stems.iter().map(|stem| Term::from_field_text(self.fields.text, stem)).collect();
                    readings.push((Occur::Should, Box::new(PhraseQuery::new(terms))));
                }
                Ok(Some(Wanted::Phrase(match readings.len() {
                    1 => readings.remove(0).1,
                    _ => Box::new(BooleanQuery::new(readings)),
                })))
            }
        }
    }

    /// What must not be there: the very word, phrase or tag, without other spellings.
    fn unwanted(&mut self, parts: &[Part]) -> tantivy::Result<Vec<Box<dyn Query>>> {
        let mut queries: Vec<Box<dyn Query>> = Vec::new();
        for part in parts {
            match part {
                Part::Tag(tag) => queries.push(self.tag(tag)),
                Part::Word(word) => {
                    let stems = stems_of(word, &folded(word));
                    queries.extend(stems.iter().map(|stem| term_query(Term::from_field_text(self.fields.text, stem))));
                }
                Part::Phrase(phrase) => queries.extend(self.phrase(phrase)?.map(|wanted| one(&wanted))),
            }
        }
        Ok(queries)
    }
}

/// The clauses of each query by which all of what is wanted is found.
fn all(wanted: Vec<Wanted>) -> Vec<Vec<(Occur, Box<dyn Query>)>> {
    let mut queries: Vec<Vec<(Occur, Box<dyn Query>)>> = vec![Vec::new()];
    for wanted in wanted {
        match &wanted {
            Wanted::Word(lookup) if lookup.terms.len() > 1 && queries.len() * 2 <= QUERIES => {
                let usual = || Box::new(TermQuery::new(lookup.terms[0].term.clone(), IndexRecordOption::WithFreqs));
                let rare = || either(&lookup.terms[1..]);
                let mut with_rare: Vec<Vec<(Occur, Box<dyn Query>)>> =
                    queries.iter().map(|clauses| copy(clauses)).collect();
                with_rare.iter_mut().for_each(|clauses| clauses.push((Occur::Must, rare())));
                queries.iter_mut().for_each(|clauses| clauses.push((Occur::Must, usual())));
                queries.extend(with_rare);
            }
            _ => queries.iter_mut().for_each(|clauses| clauses.push((Occur::Must, one(&wanted)))),
        }
    }
    queries
}

fn copy(clauses: &[(Occur, Box<dyn Query>)]) -> Vec<(Occur, Box<dyn Query>)> {
    clauses.iter().map(|(occur, query)| (*occur, query.box_clone())).collect()
}

/// A query of these clauses and those that every query has.
fn with(always: &[(Occur, Box<dyn Query>)], mut clauses: Vec<(Occur, Box<dyn Query>)>) -> Box<dyn Query> {
    clauses.extend(copy(always));
    match clauses.len() {
        1 => clauses.remove(0).1,
        _ => Box::new(BooleanQuery::new(clauses)),
    }
}

fn term_query(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

fn silent(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn either(terms: &[super::lookup::Found]) -> Box<dyn Query> {
    match terms {
        [only] => term_query(only.term.clone()),
        _ => Box::new(BooleanQuery::new(
            terms.iter().map(|found| (Occur::Should, term_query(found.term.clone()))).collect(),
        )),
    }
}

fn one(wanted: &Wanted) -> Box<dyn Query> {
    match wanted {
        Wanted::Phrase(query) => query.box_clone(),
        Wanted::Word(lookup) => either(&lookup.terms),
    }
}

/// Any of them: one flat list, which the index can cut short. Words that stand in more than `common` units say too
/// little alone.
fn any(wanted: Vec<Wanted>, common: u64) -> Box<dyn Query> {
    let telling = |wanted: &Wanted| match wanted {
        Wanted::Phrase(_) => true,
        Wanted::Word(lookup) => lookup.units() > 0 && lookup.units() <= common,
    };
    let some_tell = wanted.iter().any(telling);
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    for wanted in wanted.into_iter().filter(|wanted| !some_tell || telling(wanted)) {
        match wanted {
            Wanted::Phrase(query) => clauses.push((Occur::Should, query)),
            Wanted::Word(lookup) => {
                clauses.extend(lookup.terms.iter().map(|found| (Occur::Should, term_query(found.term.clone()))));
            }
        }
    }
    Box::new(BooleanQuery::new(clauses))
}
