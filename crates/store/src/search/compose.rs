//! From a question to what the index is asked, in three steps: all words; some of them; words spelt nearly so.

use super::names::{self, NEAR};
use super::parse::{Part, Question};
use super::schema::Fields;
use super::words::{self, Script, Tongue, is_stop, stem};
use sitrep_language::fold::fold;
use std::collections::{BTreeMap, HashSet};
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, FuzzyTermQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Score, Searcher, Term};

/// Words of another spelling that one word may stand for.
const SPELLINGS: usize = 8;
/// Words of the index looked at for them.
const LOOKED_AT: usize = 2000;
/// What a word in another script counts beside the very word.
const ACROSS: Score = 0.9;
/// What a word spelt nearly so counts.
const NEARLY: Score = 0.6;

/// How strictly a question is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Reading {
    /// Every word must be there.
    #[default]
    All,
    /// Some words were enough, as few places had them all.
    Some,
    /// No place had them; words spelt nearly so were looked for.
    Nearly,
}

/// Which words of a text a question means.
#[derive(Debug, Clone, Default)]
pub(super) struct Marked {
    pub(super) stems: HashSet<String>,
    pub(super) folded: HashSet<String>,
    /// First letters of both, for a quick no.
    pub(super) initials: HashSet<char>,
}

impl Marked {
    fn stem(&mut self, stem: &str) {
        self.initials.extend(stem.chars().next());
        self.stems.insert(stem.to_owned());
    }

    fn folded(&mut self, folded: &str) {
        self.initials.extend(folded.chars().next());
        self.folded.insert(folded.to_owned());
    }
}

/// A question as the index is asked it.
pub(super) struct Composed {
    pub(super) query: Box<dyn Query>,
    pub(super) marked: Marked,
    /// Parts that carry words.
    pub(super) parts: usize,
}

/// Terms of which one must be there.
type Alternatives = Vec<(Term, Score)>;

enum Wanted {
    Terms(Alternatives),
    Phrase(Box<dyn Query>),
}

/// Composes; `None` where nothing is asked for.
pub(super) fn compose(
    fields: &Fields,
    searcher: &Searcher,
    question: &Question,
    reading: Reading,
) -> tantivy::Result<Option<Composed>> {
    let mut composer = Composer { fields, searcher, reading, marked: Marked::default() };
    let mut wanted = Vec::new();
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    let speaking = question.wanted.iter().any(|part| matches!(part, Part::Word(word) if !is_stop(&fold(word))));
    for part in &question.wanted {
        match part {
            Part::Tag(tag) => clauses.push((Occur::Must, silent(composer.tag(tag)))),
            Part::Word(word) if speaking && is_stop(&fold(word)) => {}
            Part::Word(word) => wanted.push(Wanted::Terms(composer.word(word)?)),
            Part::Phrase(phrase) => wanted.extend(composer.phrase(phrase)?),
        }
    }
    let (marked, parts) = (std::mem::take(&mut composer.marked), wanted.len());
    if wanted.is_empty() && clauses.is_empty() {
        return Ok(None);
    }
    let unwanted = composer.unwanted(&question.unwanted)?;
    if reading == Reading::Some && parts > 1 {
        clauses.push((Occur::Must, union(wanted)));
    } else {
        clauses.extend(wanted.into_iter().map(|wanted| (Occur::Must, one(wanted))));
    }
    clauses.extend(unwanted.into_iter().map(|query| (Occur::MustNot, query)));
    let query = match clauses.len() {
        1 => clauses.remove(0).1,
        _ => Box::new(BooleanQuery::new(clauses)),
    };
    Ok(Some(Composed { query, marked, parts }))
}

struct Composer<'c> {
    fields: &'c Fields,
    searcher: &'c Searcher,
    reading: Reading,
    marked: Marked,
}

impl Composer<'_> {
    /// The stems that a word is found under.
    fn stems(word: &str) -> Vec<String> {
        let folded = fold(word);
        let mut stems = vec![stem(word, &folded, Tongue::Persian)];
        if Script::of(&folded) == Script::Arabic {
            stems.push(stem(word, &folded, Tongue::Arabic));
            stems.dedup();
        }
        stems
    }

    fn tag(&self, tag: &str) -> Box<dyn Query> {
        term_query(Term::from_field_text(self.fields.tags, tag))
    }

    fn word(&mut self, word: &str) -> tantivy::Result<Alternatives> {
        let folded = fold(word);
        let mut terms: Alternatives = Vec::new();
        let mut there = false;
        for stem in Self::stems(word) {
            self.marked.stem(&stem);
            let term = Term::from_field_text(self.fields.text, &stem);
            there |= self.searcher.doc_freq(&term)? > 0;
            terms.push((term, 1.0));
        }
        let nearly = self.reading == Reading::Nearly && !there;
        for (name, likeness) in self.spellings(word, &folded, nearly)? {
            if let Some((_, spelt)) = name.split_once('\0') {
                self.marked.folded(spelt);
            }
            terms.push((Term::from_field_text(self.fields.names, &name), ACROSS * likeness as Score));
        }
        if nearly && folded.chars().count() >= 5 {
            let mut stems: Vec<String> = self.nearly(&folded)?.iter().flat_map(|word| Self::stems(word)).collect();
            stems.sort();
            stems.dedup();
            for stem in stems {
                self.marked.stem(&stem);
                terms.push((Term::from_field_text(self.fields.text, &stem), NEARLY));
            }
        }
        Ok(terms)
    }

    /// The index's words that may be this word in another script, the most frequent of the nearest first.
    fn spellings(&self, word: &str, folded: &str, own_script_too: bool) -> tantivy::Result<Vec<(String, f64)>> {
        let mut found: BTreeMap<String, u32> = BTreeMap::new();
        for beginning in names::beginnings(word, own_script_too) {
            let mut looked_at = 0;
            scan(self.searcher, self.fields.names, &beginning, &mut |term, freq| {
                *found.entry(term.to_owned()).or_default() += freq;
                looked_at += 1;
                looked_at < LOOKED_AT
            })?;
        }
        let mut near: Vec<(String, f64, u32)> = found
            .into_iter()
            .filter_map(|(term, freq)| {
                let likeness = names::likeness(folded, term.split_once('\0')?.1);
                (likeness >= NEAR).then_some((term, likeness, freq))
            })
            .collect();
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.2.cmp(&a.2)));
        near.truncate(SPELLINGS);
        Ok(near.into_iter().map(|(term, likeness, _)| (term, likeness)).collect())
    }

    /// The index's words one slip of the fingers away, the most frequent first.
    fn nearly(&self, folded: &str) -> tantivy::Result<Vec<String>> {
        let mut found: BTreeMap<String, u32> = BTreeMap::new();
        let automaton = FuzzyTermQuery::new(Term::from_field_text(self.fields.words, folded), 1, true);
        for reader in self.searcher.segment_readers() {
            let inverted = reader.inverted_index(self.fields.words)?;
            let mut stream = inverted.terms().search(automaton.automaton()?).into_stream()?;
            while let Some((bytes, info)) = stream.next() {
                if let Ok(word) = std::str::from_utf8(bytes) {
                    *found.entry(word.to_owned()).or_default() += info.doc_freq;
                }
            }
        }
        let mut near: Vec<(String, u32)> = found.into_iter().collect();
        near.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        near.truncate(SPELLINGS);
        Ok(near.into_iter().map(|(word, _)| word).collect())
    }

    fn phrase(&mut self, phrase: &str) -> tantivy::Result<Option<Wanted>> {
        let mut words: Vec<(&str, String)> =
            words::split(phrase).iter().map(|word| (word.surface, fold(word.surface))).collect();
        words.retain(|(_, folded)| !folded.is_empty());
        match words.as_slice() {
            [] => Ok(None),
            [(only, _)] => Ok(Some(Wanted::Terms(self.word(only)?))),
            _ => {
                let mut readings: Vec<(Occur, Box<dyn Query>)> = Vec::new();
                let arabic = words.iter().any(|(_, folded)| Script::of(folded) == Script::Arabic);
                let tongues: &[Tongue] = if arabic { &[Tongue::Persian, Tongue::Arabic] } else { &[Tongue::Persian] };
                for tongue in tongues {
                    let stems: Vec<String> = words.iter().map(|(word, folded)| stem(word, folded, *tongue)).collect();
                    stems.iter().for_each(|stem| self.marked.stem(stem));
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
                    let stems = Self::stems(word);
                    queries.extend(stems.iter().map(|stem| term_query(Term::from_field_text(self.fields.text, stem))));
                }
                Part::Phrase(phrase) => queries.extend(self.phrase(phrase)?.map(one)),
            }
        }
        Ok(queries)
    }
}

/// Gives the terms of a field that begin so, with their frequency, until it is enough.
pub(super) fn scan(
    searcher: &Searcher,
    field: Field,
    beginning: &str,
    hear: &mut dyn FnMut(&str, u32) -> bool,
) -> tantivy::Result<()> {
    for reader in searcher.segment_readers() {
        let inverted = reader.inverted_index(field)?;
        let mut stream = inverted.terms().range().ge(beginning.as_bytes()).into_stream()?;
        while let Some((bytes, info)) = stream.next() {
            if !bytes.starts_with(beginning.as_bytes()) {
                break;
            }
            if let Ok(term) = std::str::from_utf8(bytes)
                && !hear(term, info.doc_freq)
            {
                return Ok(());
            }
        }
    }
    Ok(())
}

fn term_query(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

fn silent(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn boosted((term, boost): (Term, Score)) -> Box<dyn Query> {
    let query = term_query(term);
    if boost == 1.0 { query } else { Box::new(BoostQuery::new(query, boost)) }
}

fn one(wanted: Wanted) -> Box<dyn Query> {
    match wanted {
        Wanted::Phrase(query) => query,
        Wanted::Terms(mut terms) if terms.len() == 1 => boosted(terms.remove(0)),
        terms @ Wanted::Terms(_) => union(vec![terms]),
    }
}

/// Any of them: one flat list, which the index can cut short.
fn union(wanted: Vec<Wanted>) -> Box<dyn Query> {
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    for wanted in wanted {
        match wanted {
            Wanted::Phrase(query) => clauses.push((Occur::Should, query)),
            Wanted::Terms(terms) => clauses.extend(terms.into_iter().map(|term| (Occur::Should, boosted(term)))),
        }
    }
    Box::new(BooleanQuery::new(clauses))
}
