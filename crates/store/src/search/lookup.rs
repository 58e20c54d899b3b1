//! What the index knows about one word: the terms it is found under, as itself, as a name in any script, or, where it is
//! not there at all, as the word it was probably meant to be.

use super::index::Snapshot;
use super::names::{self, Sought};
use super::schema::Fields;
use super::words::{self, Script, Tongue, folded, stems};
use std::collections::BTreeMap;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

/// Words of another spelling that one word may stand for.
const SPELLINGS: usize = 8;
/// Words of the index looked at for them, under one beginning.
const LOOKED_AT: usize = 1000;
/// Letters of a word of which slips are looked for, one slip and two.
const ONE_SLIP: usize = 5;
const TWO_SLIPS: usize = 8;
/// And from how many on also where another script has a word of that sound.
const PLAIN: usize = 6;
/// Words that a misspelt one may have been meant to be.
const MEANT: usize = 3;
/// A word that stands in no more units than this may be a slip, if one so many times as frequent is near.
const RARE: u64 = 2;
const FAR_MORE_FREQUENT: u64 = 100;

/// A term, and in how many units it is.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) term: Term,
    pub(super) units: u64,
}

/// What is known about a word.
#[derive(Debug, Clone, Default)]
pub(super) struct Lookup {
    /// As typed, folded.
    pub(super) folded: String,
    /// Terms of which one must be there, the most frequent first; none that is in no unit, unless all are.
    pub(super) terms: Vec<Found>,
    /// What is marked in a text: words with these stems, and these folded words.
    pub(super) stems: Vec<String>,
    pub(super) spelt: Vec<String>,
    /// Stems of what was probably meant.
    pub(super) slips: Vec<String>,
    /// Not there; words spelt nearly so are taken for it.
    pub(super) nearly: bool,
    /// The word that was probably meant.
    pub(super) meant: Option<String>,
}

impl Lookup {
    /// In how many units the most frequent of its terms is.
    pub(super) fn units(&self) -> u64 {
        self.terms.first().map_or(0, |found| found.units)
    }
}

/// The stems that a word of a question is found under.
pub(super) fn stems_of(word: &str, folded: &str) -> Vec<String> {
    let mut found = stems(word, folded, Tongue::Persian);
    match Script::of(folded) {
        Script::Arabic => {
            found.extend(stems(word, folded, Tongue::Arabic));
            found.dedup();
        }
        // Texts are indexed without what stands before a word; of the question's word it is only the article.
        Script::Hebrew => found.truncate(if folded.starts_with('ה') { 2 } else { 1 }),
        _ => {}
    }
    found
}

/// Looks a word up.
pub(super) fn look_up(snapshot: &Snapshot, fields: &Fields, word: &str) -> tantivy::Result<Lookup> {
    let looker = Looker { snapshot, fields };
    let folded = folded(word);
    let mut lookup = Lookup { stems: stems_of(word, &folded), ..Lookup::default() };
    for stem in &lookup.stems {
        lookup.terms.push(looker.found(fields.text, stem)?);
    }
    let there = lookup.terms.iter().any(|found| found.units > 0);
    let same = looker.found(fields.words, &folded)?.units;
    let mut own_spelling = false;
    for (name, own_script) in looker.spellings(&folded, same)? {
        own_spelling |= own_script;
        if own_script && !there && lookup.meant.is_none() {
            lookup.meant = Some(name.clone());
        }
        lookup.terms.push(looker.found(fields.words, &name)?);
        lookup.spelt.push(name);
    }
    let letters = folded.chars().count();
    // A word without a capital that sounds like one of another script may be a slip all the same.
    let plain = word.chars().next().is_some_and(char::is_lowercase) && letters >= PLAIN && !there && !own_spelling;
    if letters >= ONE_SLIP && (lookup.spelt.is_empty() || plain) && (!there || (same <= RARE && snapshot.units > 1000))
    {
        let mut near = looker.nearly(&folded, 1)?;
        if near.is_empty() && letters >= TWO_SLIPS && !there {
            near = looker.nearly(&folded, 2)?;
        }
        if there {
            near.retain(|(_, units)| *units >= FAR_MORE_FREQUENT * same.max(1));
        }
        lookup.meant = near.first().map(|(word, _)| word.clone());
        // A rare word may be what it is: what else it may be is only told.
        lookup.nearly = !there && !near.is_empty();
        if there {
            near.clear();
        }
        for (word, _) in near {
            for stem in stems_of(&word, &word) {
                lookup.terms.push(looker.found(fields.text, &stem)?);
                lookup.slips.push(stem);
            }
        }
    }
    if lookup.terms.iter().any(|found| found.units > 0) {
        lookup.terms.retain(|found| found.units > 0);
    } else {
        lookup.terms.truncate(1);
    }
    lookup.terms.sort_by(|a, b| b.units.cmp(&a.units).then_with(|| a.term.cmp(&b.term)));
    lookup.terms.dedup_by(|a, b| a.term == b.term);
    lookup.folded = folded;
    Ok(lookup)
}

struct Looker<'l> {
    snapshot: &'l Snapshot,
    fields: &'l Fields,
}

impl Looker<'_> {
    fn found(&self, field: Field, text: &str) -> tantivy::Result<Found> {
        let term = Term::from_field_text(field, text);
        let units = self.snapshot.searcher.doc_freq(&term)?;
        Ok(Found { term, units })
    }

    /// Whether the index writes a word as a name at least half of the time. `capital`: units that do.
    fn is_name(&self, folded: &str, capital: u64) -> tantivy::Result<bool> {
        let all = self.found(self.fields.words, folded)?.units;
        Ok(all == 0 || capital * 2 >= all)
    }

    /// The index's words that may be this word as a name, in another script or spelling; the nearest first. `true` for
    /// those of the same script.
    fn spellings(&self, folded: &str, same: u64) -> tantivy::Result<Vec<(String, bool)>> {
        let script = Script::of(folded);
        let cased = |script| matches!(script, Script::Latin | Script::Cyrillic);
        if words::is_stop(folded) || folded.chars().count() < 3 {
            return Ok(Vec::new());
        }
        let own = names::own_terms(folded);
        if cased(script) {
            let mut capital = 0;
            for term in &own {
                capital = self.found(self.fields.names, term)?.units.max(capital);
            }
            if same > 0 && capital * 2 < same {
                return Ok(Vec::new());
            }
        }
        let sought = Sought::new(folded);
        let mut near: BTreeMap<String, (f64, u32)> = BTreeMap::new();
        for beginning in sought.beginnings() {
            let mut looked_at = 0;
            scan(&self.snapshot.searcher, self.fields.names, &beginning, &mut |term, freq| {
                if let Some((_, name)) = term.split_once('\0') {
                    // Without capitals every word may be a name: of one's own script only what is not there otherwise,
                    // and what Arabic and Persian write alike but for the letters that Arabic lacks.
                    let in_question = Script::of(name) != script
                        || cased(script)
                        || same == 0
                        || names::in_arabic_letters(name) == names::in_arabic_letters(folded);
                    if let Some(known) = near.get_mut(name) {
                        known.1 = known.1.max(freq);
                    } else if in_question && let Some(likeness) = sought.near(name) {
                        near.insert(name.to_owned(), (likeness, freq));
                    }
                }
                looked_at += 1;
                looked_at < LOOKED_AT
            })?;
        }
        let near = near.into_iter().map(|(name, (likeness, units))| (name, likeness, units)).collect();
        let mut names = Vec::new();
        for (name, units) in names::nearest(near, SPELLINGS * 2) {
            if names.len() < SPELLINGS && (!cased(Script::of(&name)) || self.is_name(&name, u64::from(units))?) {
                let own_script = Script::of(&name) == script;
                names.push((name, own_script));
            }
        }
        Ok(names)
    }

    /// The index's words so many slips of the fingers away that begin alike, the most frequent first.
    fn nearly(&self, folded: &str, slips: u8) -> tantivy::Result<Vec<(String, u64)>> {
        let mut found: BTreeMap<String, u64> = BTreeMap::new();
        let first: String = folded.chars().take(1).collect();
        let behind = behind(&first);
        let automaton = FuzzyTermQuery::new(Term::from_field_text(self.fields.words, folded), slips, true);
        for reader in self.snapshot.searcher.segment_readers() {
            let inverted = reader.inverted_index(self.fields.words)?;
            let words = inverted.terms().search(automaton.automaton()?).ge(first.as_bytes()).lt(&behind);
            let mut stream = words.into_stream()?;
            while let Some((bytes, info)) = stream.next() {
                if let Ok(word) = std::str::from_utf8(bytes)
                    && word != folded
                {
                    *found.entry(word.to_owned()).or_default() += u64::from(info.doc_freq);
                }
            }
        }
        let mut near: Vec<(String, u64)> = found.into_iter().collect();
        near.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        near.truncate(MEANT);
        Ok(near)
    }
}

/// The least bytes behind all texts with this beginning.
fn behind(beginning: &str) -> Vec<u8> {
    let mut bytes = beginning.as_bytes().to_vec();
    if let Some(last) = bytes.last_mut() {
        *last = last.saturating_add(1);
    }
    bytes
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
        let terms = inverted.terms().range().ge(beginning.as_bytes()).lt(behind(beginning));
        let mut stream = terms.into_stream()?;
        while let Some((bytes, info)) = stream.next() {
            if let Ok(term) = std::str::from_utf8(bytes)
                && !hear(term, info.doc_freq)
            {
                return Ok(());
            }
        }
    }
    Ok(())
}
