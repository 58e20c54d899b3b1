//! What a document tells: the ideas, places, names, numbers and words of its title and first sentences, in a form that can be
//! compared across languages and scripts.

use crate::glossary::{Glossary, Reading, Tongue};
use crate::lexicon::{Idea, LONGEST, is_frequent};
use crate::words::{Standing, words};
use sitrep_language::script::Script;
use std::collections::HashMap;

/// Words of the text that are read; the rest of a long document tells other things too.
const READ: usize = 400;

/// Words of the text that count in full: a report says first what happened.
const LEAD: usize = 60;

/// Weight of what stands behind the lead.
const LATER: f32 = 0.35;

/// Weight of what stands in the title.
const TITLE: f32 = 1.6;

/// Features that are kept of a page's earlier forms, with its own.
const MOST: usize = 2_000;

/// What a feature is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A word of one language, as a stem.
    Word = 0,
    /// A term of the field, in whatever language.
    Term = 1,
    /// A country, region or capital.
    Place = 2,
    /// A name, by the consonants that scripts agree on.
    Name = 3,
    /// A number in digits.
    Number = 4,
    /// Two words of one language that follow each other, words that tell nothing left out.
    Phrase = 5,
    /// Two things that one sentence says together, in whatever language.
    Pair = 6,
}

/// How often a feature is expected before the stream has told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    /// A word or name that the lexicon doesn't know.
    Rare = 0,
    /// An idea of the lexicon.
    Known = 1,
    /// An idea that stands in every tenth report of the field.
    Frequent = 2,
}

/// One thing that a document tells: its kind in the upper bits, a hash of it below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Feature(u64);

impl Feature {
    pub(crate) fn new(kind: Kind, expected: Expected, hash: u64) -> Self {
        Self((kind as u64) << 60 | (expected as u64) << 58 | hash >> 6)
    }

    /// How often it is expected before the stream has told.
    pub(crate) fn expected(self) -> Expected {
        match self.0 >> 58 & 3 {
            0 => Expected::Rare,
            1 => Expected::Known,
            _ => Expected::Frequent,
        }
    }

    /// Whether documents are looked up by it; what is made of two is found by either.
    pub(crate) fn is_key(self) -> bool {
        !matches!(self.kind(), Kind::Phrase | Kind::Pair)
    }

    pub(crate) const fn kind(self) -> Kind {
        match self.0 >> 60 {
            0 => Kind::Word,
            1 => Kind::Term,
            2 => Kind::Place,
            3 => Kind::Name,
            4 => Kind::Number,
            5 => Kind::Phrase,
            _ => Kind::Pair,
        }
    }
}

/// A feature in a document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Said {
    pub(crate) feature: Feature,
    /// How much the document speaks of it.
    pub(crate) much: f32,
    /// It stands in the title.
    pub(crate) in_title: bool,
}

/// A document's features, ascending, each once.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Telling {
    pub(crate) features: Vec<Said>,
    /// Two letters of the language.
    pub(crate) language: [u8; 2],
    /// Its script has capitals, so that names are known from words.
    pub(crate) cased: bool,
}

impl Telling {
    /// What a title and a text tell.
    pub(crate) fn of(glossary: &mut Glossary, title: &str, text: &str, language: &str) -> Self {
        Self::read(glossary, title, text, language, false).0
    }

    /// The same, with what each feature is called in the text.
    pub(crate) fn read(
        glossary: &mut Glossary,
        title: &str,
        text: &str,
        language: &str,
        called: bool,
    ) -> (Self, HashMap<Feature, String>) {
        let detected =
            || sitrep_language::detect::detect(&format!("{title}\n{text}")).map_or("", |(language, _)| language);
        let language = if language.trim().is_empty() { detected() } else { language.trim() };
        glossary.open();
        let title = words(title, READ, |raw| glossary.number(raw));
        let body = words(text, READ, |raw| glossary.number(raw));
        let script = glossary.main_script(title.iter().chain(&body));
        let base = language.as_bytes();
        let mut telling = Gathering {
            tongue: Tongue::of(language, script),
            glossary,
            features: Vec::new(),
            in_title: true,
            joins: true,
            called: called.then(HashMap::new),
            together: Vec::new(),
            before: None,
        };
        telling.add(&title, |_| TITLE);
        telling.in_title = false;
        telling.add(&body, |at| if at < LEAD { 1.0 } else { LATER });
        let language = [base.first().copied().unwrap_or(b'?'), base.get(1).copied().unwrap_or(b'?')];
        let cased = is_cased(script);
        (Self { features: merged(telling.features), language, cased }, telling.called.unwrap_or_default())
    }
}

impl Telling {
    /// What it tells of a feature.
    pub(crate) fn said(&self, feature: Feature) -> Option<&Said> {
        self.features.binary_search_by_key(&feature, |said| said.feature).ok().and_then(|at| self.features.get(at))
    }

    /// What a page tells now, and what it told before, which its title no longer says.
    pub(crate) fn after(mut self, before: &Self) -> Self {
        if self.features.len() + before.features.len() > MOST {
            return self;
        }
        let earlier = before.features.iter().map(|said| Said { in_title: false, ..*said });
        let mut all: Vec<Said> = self.features.iter().copied().chain(earlier).collect();
        all.sort_by(|a, b| a.feature.cmp(&b.feature).then(b.much.total_cmp(&a.much)));
        all.dedup_by(|later, first| {
            let same = later.feature == first.feature;
            first.in_title |= same && later.in_title;
            same
        });
        self.features = all;
        self
    }
}

/// Whether names are known from words in a script: it has capitals.
pub(crate) fn is_cased(script: Script) -> bool {
    matches!(script, Script::Latin | Script::Cyrillic | Script::Greek | Script::Armenian)
}

fn expected(idea: Idea) -> Expected {
    if is_frequent(idea) { Expected::Frequent } else { Expected::Known }
}

struct Gathering<'a> {
    glossary: &'a mut Glossary,
    tongue: Tongue,
    features: Vec<Said>,
    in_title: bool,
    /// Whether what stands together is looked at.
    joins: bool,
    /// What each feature is called in the text, where it is asked for.
    called: Option<HashMap<Feature, String>>,
    /// What the sentence has said so far.
    together: Vec<Feature>,
    /// The word before.
    before: Option<Feature>,
}

/// Things of a sentence that are paired, at most.
const PAIRED: usize = 10;

impl Gathering<'_> {
    fn add(&mut self, words: &[Standing], weight: impl Fn(usize) -> f32) {
        let headline = self.glossary.mostly_capitals(words);
        let mut at = 0;
        self.end_sentence();
        while at < words.len() {
            if words[at].opens {
                self.end_sentence();
            }
            self.joins = self.in_title || at < LEAD;
            let weight = weight(at);
            let first = self.glossary.reading(words[at].word, &self.tongue);
            let found = self.idea(&first, &words[at..]);
            let taken = found.map_or(1, |(_, taken)| taken);
            if let Some((idea, _)) = found {
                let (kind, number) = match idea {
                    Idea::Term(number) => (Kind::Term, number),
                    Idea::Place(number) => (Kind::Place, number),
                };
                let feature = Feature::new(kind, expected(idea), mix(u64::from(number) + 1));
                let glossary = &*self.glossary;
                if let Some(called) = &mut self.called {
                    let words: Vec<&str> = words[at..at + taken].iter().map(|word| glossary.folded(word)).collect();
                    called.entry(feature).or_insert_with(|| words.join(" "));
                }
                self.tell(feature, weight);
            }
            let idea = found.map(|(idea, _)| idea);
            self.word(&words[at], &first, weight, (idea, headline));
            for word in &words[at + 1..at + taken] {
                let reading = self.glossary.reading(word.word, &self.tongue);
                self.word(word, &reading, weight, (idea, false));
            }
            at += taken;
        }
    }

    /// What the words at the front stand for, and how many they are.
    fn idea(&self, first: &Reading, words: &[Standing]) -> Option<(Idea, usize)> {
        if first.opens_several {
            let folded: Vec<&str> = words.iter().take(LONGEST).map(|word| self.glossary.folded(word)).collect();
            if let Some(found) = self.tongue.lexicon.several(&folded) {
                return Some(found);
            }
        }
        first.idea.map(|idea| (idea, 1))
    }

    /// A word by itself: its stem, and the name that it may be.
    fn word(&mut self, word: &Standing, reading: &Reading, weight: f32, (idea, headline): (Option<Idea>, bool)) {
        if let Some(number) = reading.number {
            self.push(number, weight, word);
        }
        let Some(stem) = reading.stem else { return };
        self.push(Feature::new(Kind::Word, idea.map_or(Expected::Rare, expected), stem), weight, word);
        if idea.is_some() {
            return;
        }
        if let Some(name) = reading.name {
            // A capital that opens a sentence, or stands in a headline that is all capitals, says nothing either way.
            let sure = reading.cased && !word.opens && !headline;
            self.push(name, weight * if sure { 1.0 } else { 0.7 }, word);
        }
        if let Some(name) = reading.bare_name {
            self.push(name, weight * 0.7, word);
        }
    }

    fn end_sentence(&mut self) {
        self.together.clear();
        self.before = None;
    }

    fn push(&mut self, feature: Feature, weight: f32, word: &Standing) {
        if let Some(called) = &mut self.called {
            called.entry(feature).or_insert_with(|| self.glossary.folded(word).to_owned());
        }
        self.tell(feature, weight);
    }

    /// A thing, and what it makes together with those before it in the sentence.
    fn tell(&mut self, feature: Feature, weight: f32) {
        self.say(feature, weight);
        if !self.joins {
            return;
        }
        if feature.kind() == Kind::Word {
            if let Some(before) = self.before.replace(feature) {
                let hash = mix(before.0.rotate_left(21) ^ feature.0);
                self.say(Feature::new(Kind::Phrase, Expected::Rare, hash), weight);
            }
            return;
        }
        if self.together.len() >= PAIRED || self.together.contains(&feature) {
            return;
        }
        for at in 0..self.together.len() {
            let other = self.together[at];
            let both_frequent = [feature, other].iter().all(|f| f.expected() == Expected::Frequent);
            let hash = mix(feature.0.min(other.0).rotate_left(21) ^ feature.0.max(other.0));
            let expected = if both_frequent { Expected::Known } else { Expected::Rare };
            if feature.kind() != Kind::Name || other.kind() != Kind::Name {
                self.say(Feature::new(Kind::Pair, expected, hash), weight);
            }
        }
        self.together.push(feature);
    }

    fn say(&mut self, feature: Feature, weight: f32) {
        self.features.push(Said { feature, much: weight, in_title: self.in_title });
    }
}

/// Features in order, each once; a thing said three times counts less than three times.
fn merged(mut features: Vec<Said>) -> Vec<Said> {
    features.sort_unstable_by_key(|said| said.feature);
    let mut merged: Vec<Said> = Vec::with_capacity(features.len());
    for said in features {
        match merged.last_mut() {
            Some(last) if last.feature == said.feature => {
                last.much += said.much;
                last.in_title |= said.in_title;
            }
            _ => merged.push(said),
        }
    }
    for said in &mut merged {
        said.much = if said.much > 1.0 { 1.0 + said.much.ln() } else { said.much };
    }
    merged
}

/// FNV-1a with the finaliser of MurmurHash3.
pub(crate) fn hash(what: &str) -> u64 {
    mix(what
        .bytes()
        .fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)))
}

fn mix(mut hash: u64) -> u64 {
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    hash ^ hash >> 33
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(one: (&str, &str), other: (&str, &str)) -> usize {
        let mut glossary = Glossary::default();
        let mut telling = |(text, language): (&str, &str)| Telling::of(&mut glossary, "", text, language);
        let (one, other) = (telling(one), telling(other));
        one.features.iter().filter(|s| s.feature.kind() == Kind::Pair && other.said(s.feature).is_some()).count()
    }

    #[test]
    fn what_one_sentence_says_together_is_the_same_in_every_language() {
        let english = ("Drones hit the embassy in Riyadh.", "en");
        assert!(pairs(english, ("پهپادها به سفارت در ریاض اصابت کردند.", "fa")) >= 3);
        assert_eq!(pairs(english, ("Drones came. The embassy is closed. Riyadh is calm.", "en")), 0);
    }
}
