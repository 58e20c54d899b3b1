//! Terms of the field and names of countries in five languages: which idea a word stands for, whatever language it is in.

use crate::words::Word;
use rustc_hash::{FxHashMap, FxHashSet};
use sitrep_language::fold::fold;
use sitrep_language::script::Script;
use std::collections::HashSet;
use std::sync::LazyLock;

/// The languages of the lexicon, in the order of its columns.
const LANGUAGES: [&str; 5] = ["en", "fa", "ar", "he", "ru"];

/// Words that an entry joins, at most.
pub(crate) const LONGEST: usize = 3;

/// Letters that a stem has, at least.
const SHORTEST_STEM: usize = 2;

/// What a word stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Idea {
    /// A term of the field, by its place in the lexicon.
    Term(u16),
    /// A country, region or capital.
    Place(u16),
}

/// Whether an idea stands in every tenth report of the field.
pub(crate) fn is_frequent(idea: Idea) -> bool {
    matches!(idea, Idea::Term(number) if FREQUENT.contains(&number))
}

static FREQUENT: LazyLock<HashSet<u16>> = LazyLock::new(|| {
    let names = lines(include_str!("../data/terms.txt")).map(|line| line.split('|').next().unwrap_or_default());
    (0_u16..).zip(names).filter(|(_, name)| name.trim_end().ends_with('!')).map(|(number, _)| number).collect()
});

#[derive(Debug, Default)]
struct Column {
    /// Whole words, or words joined by a blank.
    whole: FxHashMap<String, Idea>,
    /// Beginnings of words, or of the last of several.
    /// By their first two letters, longest first.
    stems: FxHashMap<(char, char), Vec<(String, Idea)>>,
    /// First words of entries of several words.
    firsts: FxHashSet<String>,
    common: FxHashSet<String>,
}

static COLUMNS: LazyLock<[Column; 5]> = LazyLock::new(|| {
    let mut columns: [Column; 5] = Default::default();
    let terms: fn(u16) -> Idea = Idea::Term;
    for (text, idea) in [(include_str!("../data/terms.txt"), terms), (include_str!("../data/places.txt"), Idea::Place)]
    {
        for (number, line) in (0_u16..).zip(lines(text)) {
            for (column, cell) in columns.iter_mut().zip(line.split('|').skip(1)) {
                cell.split_whitespace().for_each(|entry| column.add(entry, idea(number)));
            }
        }
    }
    for line in lines(include_str!("../data/common.txt")) {
        let (language, cell) = line.split_once('|').unwrap_or_default();
        if let Some(at) = LANGUAGES.iter().position(|known| *known == language.trim()) {
            columns[at].common.extend(cell.split_whitespace().map(fold));
        }
    }
    columns
});

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.starts_with('#') && line.contains('|'))
}

impl Column {
    fn add(&mut self, entry: &str, idea: Idea) {
        let (entry, ending) = entry.strip_suffix('-').map_or((entry, false), |stem| (stem, true));
        let mut folded = fold(&entry.replace(['_', '-'], " "));
        folded.retain(|c| c.is_alphanumeric() || c == ' ');
        if let Some((first, _)) = folded.split_once(' ') {
            self.firsts.insert(first.to_owned());
        }
        if !ending {
            self.whole.entry(folded).or_insert(idea);
        } else if let Some(start) = start(&folded) {
            let stems = self.stems.entry(start).or_default();
            if !stems.iter().any(|(stem, _)| *stem == folded) {
                let at = stems.partition_point(|(stem, _)| stem.len() >= folded.len());
                stems.insert(at, (folded, idea));
            }
        }
    }

    fn find(&self, word: &str) -> Option<Idea> {
        if let Some(idea) = self.whole.get(word) {
            return Some(*idea);
        }
        // Of words that are joined, only the last may have another ending.
        let last = word.rfind(' ').map_or(0, |blank| blank + 1);
        let shortest = word[last..].char_indices().nth(SHORTEST_STEM).map_or(word.len(), |(at, _)| last + at);
        let begins = |(stem, _): &&(String, Idea)| stem.len() >= shortest && word.starts_with(stem.as_str());
        self.stems.get(&start(word)?)?.iter().find(begins).map(|(_, idea)| *idea)
    }
}

fn start(word: &str) -> Option<(char, char)> {
    let mut letters = word.chars();
    Some((letters.next()?, letters.next()?))
}

/// The lexicon of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lexicon {
    column: usize,
}

impl Lexicon {
    /// The lexicon for a text: of its language, or of the best known language of its script.
    pub(crate) fn of(language: &str, script: Script) -> Self {
        let base = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let column = LANGUAGES.iter().position(|known| *known == base).unwrap_or(match script {
            Script::Arabic if matches!(base.as_str(), "ur" | "ckb" | "ps" | "prs") => 1,
            Script::Arabic => 2,
            Script::Hebrew => 3,
            Script::Cyrillic => 4,
            _ => 0,
        });
        Self { column }
    }

    fn column(self) -> &'static Column {
        &COLUMNS[self.column]
    }

    /// Whether a word tells nothing by itself.
    pub(crate) fn is_common(self, word: &Word) -> bool {
        self.column().common.contains(&*word.folded) || is_pronoun(word)
    }

    /// Whether an entry of several words begins with a word.
    pub(crate) fn opens_several(self, word: &Word) -> bool {
        !is_pronoun(word) && self.prefixed(&word.folded, &|word| self.column().firsts.get(word).map(|_| ())).is_some()
    }

    /// What several words at the front stand for together, and how many they are; the longest entry counts.
    pub(crate) fn several(self, words: &[&str]) -> Option<(Idea, usize)> {
        (2..=LONGEST.min(words.len())).rev().find_map(|length| {
            self.prefixed(&words[..length].join(" "), &|word| self.column().find(word)).map(|idea| (idea, length))
        })
    }

    /// What a word by itself stands for.
    pub(crate) fn idea(self, word: &Word) -> Option<Idea> {
        if self.is_common(word) {
            return None;
        }
        self.prefixed(&word.folded, &|word| self.column().find(word))
    }

    /// A word as it stands, then without what Arabic and Hebrew write before it in one word: and, the, in, to, for.
    fn prefixed<T>(self, word: &str, find: &dyn Fn(&str) -> Option<T>) -> Option<T> {
        find(word).or_else(|| self.bare(word).into_iter().find_map(find))
    }

    /// A word without its prefixes, longest rest first.
    pub(crate) fn bare(self, word: &str) -> Vec<&str> {
        let prefixes: &[&str] = match self.column {
            2 => &["و", "ف", "ب", "ل", "ک", "ال", "وال", "بال", "فال", "کال", "لل", "ولل", "وب", "ول"],
            3 => &["ו", "ה", "ב", "ל", "מ", "ש", "כ", "וה", "שה", "מה", "כש", "ול", "וב", "ומ", "כשה"],
            _ => return Vec::new(),
        };
        let mut rests: Vec<&str> = prefixes.iter().filter_map(|prefix| word.strip_prefix(prefix)).collect();
        rests.retain(|rest| rest.chars().count() > 2);
        rests.sort_unstable_by_key(|rest| std::cmp::Reverse(rest.len()));
        rests
    }
}

/// `us` is a pronoun, `US` is not.
fn is_pronoun(word: &Word) -> bool {
    &*word.folded == "us" && !word.all_capitals
}

#[cfg(test)]
mod tests {
    use super::*;
    fn idea(language: &str, text: &str) -> Option<Idea> {
        let words: Vec<Word> = text.split(' ').filter_map(Word::of).collect();
        let lexicon = Lexicon::of(language, words[0].script);
        let folded: Vec<&str> = words.iter().map(|word| &*word.folded).collect();
        lexicon.several(&folded).map(|(idea, _)| idea).or_else(|| lexicon.idea(&words[0]))
    }

    #[test]
    fn one_idea_is_found_in_five_languages() {
        for row in [
            ["missiles", "موشک‌های", "والصواريخ", "הטילים", "ракетами"],
            ["nuclear", "هسته‌ای", "النووي", "הגרעיני", "ядерной"],
            ["Turkish", "ترکیه", "وتركيا", "טורקיה", "турецкий"],
            ["prime minister", "نخست‌وزیر", "رئيس الوزراء", "ראש הממשלה", "премьера"],
        ] {
            let found: Vec<_> = LANGUAGES.iter().zip(row).map(|(language, word)| idea(language, word)).collect();
            assert!(found[0].is_some() && found.iter().all(|idea| *idea == found[0]), "{row:?}: {found:?}");
        }
    }

    #[test]
    fn a_pronoun_is_no_country() {
        assert_eq!(idea("en", "us"), None);
        assert_eq!(idea("en", "US"), idea("fa", "آمریکا"));
    }

    #[test]
    fn every_line_has_a_cell_for_each_language() {
        for text in [include_str!("../data/terms.txt"), include_str!("../data/places.txt")] {
            for line in lines(text) {
                let cells: Vec<&str> = line.split('|').map(str::trim).collect();
                assert!(cells.len() == 6 && cells.iter().all(|cell| !cell.is_empty()), "{line}");
            }
        }
    }
}
