//! Words that were met, with what they say by themselves: nearly every word of a text was met in an earlier one.

use crate::lexicon::{Idea, Lexicon};
use crate::telling::{Expected, Feature, Kind, hash, is_cased};
use crate::words::{Standing, Word};
use frostem::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use sitrep_language::script::Script;
use sitrep_language::transliterate;

/// Words remembered, at most; then all are met anew.
const MOST: usize = 1 << 16;

/// How a text's words are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tongue {
    pub(crate) lexicon: Lexicon,
    stemmer: Option<Algorithm>,
}

impl Tongue {
    /// For a text of that language and script.
    pub(crate) fn of(language: &str, script: Script) -> Self {
        Self { lexicon: Lexicon::of(language, script), stemmer: algorithm(language, script) }
    }
}

/// What a word says by itself, as a text of some tongue.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    pub(crate) idea: Option<Idea>,
    /// An entry of several words begins with it.
    pub(crate) opens_several: bool,
    /// A number of more than one digit: a single one stands everywhere.
    pub(crate) number: Option<Feature>,
    /// The hash of its stem, where it tells anything.
    pub(crate) stem: Option<u64>,
    /// The name that it may be, and the one without what is written before it in one word.
    pub(crate) name: Option<Feature>,
    pub(crate) bare_name: Option<Feature>,
    /// Its script has capitals.
    pub(crate) cased: bool,
}

impl Reading {
    fn of(word: &Word, tongue: &Tongue) -> Self {
        let lexicon = tongue.lexicon;
        let cased = is_cased(word.script);
        let mut reading = Self {
            idea: lexicon.idea(word),
            opens_several: lexicon.opens_several(word),
            number: None,
            stem: None,
            name: None,
            bare_name: None,
            cased,
        };
        if word.is_number() {
            let number = || Feature::new(Kind::Number, Expected::Known, hash(&word.folded));
            reading.number = (word.folded.len() > 1).then(number);
            return reading;
        }
        if lexicon.is_common(word) || word.length < 2 {
            return reading;
        }
        let bare = lexicon.bare(&word.folded).first().copied().unwrap_or(&word.folded);
        reading.stem = Some(match tongue.stemmer {
            Some(algorithm) => hash(&Stemmer::new(algorithm).stem(bare)),
            None => hash(bare),
        });
        if !cased || word.capital {
            let name = |folded| Some(Feature::new(Kind::Name, Expected::Rare, hash(&name_key(folded)?)));
            reading.name = name(&word.folded);
            reading.bare_name = if !cased && *bare != *word.folded { name(bare) } else { None };
        }
        reading
    }
}

#[derive(Debug)]
struct Met {
    word: Word,
    /// As the last text read it: most words are of one tongue.
    read: Option<(Tongue, Reading)>,
}

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Glossary {
    /// As it is written → its number, if it is a word.
    numbers: FxHashMap<Box<str>, Option<u32>>,
    met: Vec<Met>,
}

impl Glossary {
    /// To be called before a text is read, never while one is.
    pub(crate) fn open(&mut self) {
        if self.numbers.len() > MOST {
            self.numbers.clear();
            self.met.clear();
        }
    }

    /// The number of a word as it is written; `None` if it is none.
    pub(crate) fn number(&mut self, raw: &str) -> Option<u32> {
        if let Some(number) = self.numbers.get(raw) {
            return *number;
        }
        let number = Word::of(raw).and_then(|word| {
            self.met.push(Met { word, read: None });
            u32::try_from(self.met.len() - 1).ok()
        });
        self.numbers.insert(raw.into(), number);
        number
    }

    /// What a word says in a tongue.
    pub(crate) fn reading(&mut self, number: u32, tongue: &Tongue) -> Reading {
        let Met { word, read } = &mut self.met[number as usize];
        match read {
            Some((known, reading)) if known == tongue => *reading,
            _ => read.insert((*tongue, Reading::of(word, tongue))).1,
        }
    }

    fn word(&self, standing: &Standing) -> &Word {
        &self.met[standing.word as usize].word
    }

    /// A word's folded form.
    pub(crate) fn folded(&self, standing: &Standing) -> &str {
        &self.word(standing).folded
    }

    /// Whether words are a headline in capitals.
    pub(crate) fn mostly_capitals(&self, words: &[Standing]) -> bool {
        let long = words.iter().filter(|standing| !standing.opens).map(|standing| self.word(standing));
        let (mut all, mut capital) = (0, 0);
        for word in long.filter(|word| word.length > 3) {
            all += 1;
            capital += usize::from(word.capital);
        }
        all > 2 && capital * 10 > all * 7
    }

    /// The script that most words are written in.
    pub(crate) fn main_script<'a>(&self, words: impl Iterator<Item = &'a Standing>) -> Script {
        let mut counts = [(Script::Latin, 0_usize), (Script::Arabic, 0), (Script::Hebrew, 0), (Script::Cyrillic, 0)];
        for word in words.map(|standing| self.word(standing)) {
            if let Some((_, count)) = counts.iter_mut().find(|(script, _)| *script == word.script) {
                *count += 1;
            }
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map_or(Script::Common, |(script, _)| script)
    }
}

/// What a name is compared by: its consonants where there are three; else with the vowels that all scripts write, which
/// keeps short names apart.
fn name_key(folded: &str) -> Option<String> {
    let key = transliterate::search_key(folded)?;
    let consonants = key.trim_start_matches('a');
    if consonants.chars().count() >= 3 {
        return Some(consonants.to_owned());
    }
    // A last e is written and not spoken: Vance, ونس.
    let spoken = folded.strip_suffix('e').filter(|rest| rest.chars().count() > 2).unwrap_or(folded);
    let long: String = spoken
        .chars()
        .filter_map(|c| match c {
            'o' | 'u' | 'w' | 'v' | 'و' | 'ו' | 'у' | 'о' | 'в' | 'ю' => Some('w'),
            'i' | 'y' | 'e' | 'ی' | 'י' | 'и' | 'ы' | 'е' | 'э' => Some('y'),
            _ => transliterate::search_keys(&format!("{c}b"))
                .first()
                .and_then(|key| key.trim_start_matches('a').chars().next())
                .filter(|c| *c != 'b'),
        })
        .collect();
    (long.chars().count() >= 3 && consonants.chars().count() >= 2).then_some(long)
}

fn algorithm(language: &str, script: Script) -> Option<Algorithm> {
    Some(match (language.get(..2).unwrap_or_default(), script) {
        ("fa", _) => Algorithm::Persian,
        ("ar", _) => Algorithm::Arabic,
        ("de", _) => Algorithm::German,
        ("fr", _) => Algorithm::French,
        ("es", _) => Algorithm::Spanish,
        ("tr", _) => Algorithm::Turkish,
        (_, Script::Latin) => Algorithm::English,
        (_, Script::Cyrillic) => Algorithm::Russian,
        _ => return None,
    })
}
