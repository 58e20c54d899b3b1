//! Words of a text: where they stand, their script, and the stem they are found under.

use frostem::{Algorithm, Stemmer};
use sitrep_language::fold::fold;
use std::collections::HashMap;

/// The scripts that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Hebrew,
    Other,
}

impl Script {
    /// The scripts that names are looked for in.
    pub(super) const OF_NAMES: [Self; 4] = [Self::Latin, Self::Cyrillic, Self::Arabic, Self::Hebrew];

    /// The script of a word, by its first letter.
    pub(super) fn of(word: &str) -> Self {
        word.chars().find_map(Self::of_char).unwrap_or(Self::Other)
    }

    fn of_char(c: char) -> Option<Self> {
        match c {
            'a'..='z' | 'A'..='Z' | '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' => Some(Self::Latin),
            '\u{0400}'..='\u{052F}' => Some(Self::Cyrillic),
            '\u{0620}'..='\u{065F}'
            | '\u{066E}'..='\u{06EF}'
            | '\u{06FA}'..='\u{06FF}'
            | '\u{0750}'..='\u{077F}'
            | '\u{FB50}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFC}' => Some(Self::Arabic),
            '\u{05D0}'..='\u{05EA}' => Some(Self::Hebrew),
            _ => None,
        }
    }

    /// One letter for it, as it stands in the index.
    pub(super) const fn letter(self) -> char {
        match self {
            Self::Latin => 'L',
            Self::Cyrillic => 'C',
            Self::Arabic => 'A',
            Self::Hebrew => 'H',
            Self::Other => 'O',
        }
    }
}

/// Whose endings a word in Arabic script is taken to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Tongue {
    Persian,
    Arabic,
}

impl Tongue {
    /// By the language that is said, else by the letters that only Persian has.
    pub(super) fn of(language: Option<&str>, text: &str) -> Self {
        match language.and_then(|language| language.get(..2)) {
            Some("ar") => Self::Arabic,
            Some("fa" | "ps" | "ur" | "ku" | "az") => Self::Persian,
            _ if text.contains(['پ', 'چ', 'ژ', 'گ', 'ی', 'ک']) => Self::Persian,
            _ => Self::Arabic,
        }
    }
}

/// A word and where it stands, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<'t> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) surface: &'t str,
}

/// The words of a text.
pub(super) fn split(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        let within = c.is_alphanumeric() || joins(c);
        match (within, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(Word { start: from, end: at, surface: &text[from..at] });
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        words.push(Word { start: from, end: text.len(), surface: &text[from..] });
    }
    words.retain(|word| word.surface.chars().any(char::is_alphanumeric));
    words
}

/// Characters that join a word rather than end it: apostrophes, ZWNJ, marks.
fn joins(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}' | '\'' | '’' | 'ʼ' | 'ʿ' | 'ʾ' | '\u{0640}')
        || matches!(c, '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0591}'..='\u{05C7}')
}

/// What a word, of which the folded form is known, is indexed under.
pub(super) fn stem(surface: &str, folded: &str, tongue: Tongue) -> String {
    match Script::of(folded) {
        Script::Latin => Stemmer::new(Algorithm::English).stem(folded).into_owned(),
        Script::Cyrillic => Stemmer::new(Algorithm::Russian).stem(folded).into_owned(),
        Script::Arabic => match tongue {
            Tongue::Persian => Stemmer::new(Algorithm::Persian).stem(folded).into_owned(),
            // The Arabic stemmer knows only Arabic letters, and needs those that folding takes away.
            Tongue::Arabic => {
                let arabic: String = surface
                    .chars()
                    .map(|c| match c {
                        'ی' => 'ي',
                        'ک' => 'ك',
                        c => c,
                    })
                    .collect();
                fold(&Stemmer::new(Algorithm::Arabic).stem(&arabic))
            }
        },
        Script::Hebrew | Script::Other => folded.to_owned(),
    }
}

/// A word as the index knows it.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) folded: String,
    pub(super) stem: String,
}

/// Words that were met before, so that a text's common words are folded and stemmed once.
pub(super) struct Reader {
    known: HashMap<(Tongue, String), Known>,
}

/// Words kept before the memory is emptied.
const KEPT: usize = 100_000;

impl Reader {
    pub(super) fn new() -> Self {
        Self { known: HashMap::new() }
    }

    /// The word, folded and stemmed.
    pub(super) fn know(&mut self, surface: &str, tongue: Tongue) -> &Known {
        if self.known.len() >= KEPT {
            self.known.clear();
        }
        self.known.entry((tongue, surface.to_owned())).or_insert_with(|| {
            let folded = fold(surface);
            Known { stem: stem(surface, &folded, tongue), folded }
        })
    }
}

/// Words that say nothing alone: left out of a question that has others.
pub(super) fn is_stop(folded: &str) -> bool {
    const STOP: &[&str] = &[
        "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "in", "into", "is", "it", "its",
        "of", "on", "or", "that", "the", "their", "this", "to", "was", "were", "which", "with", "и", "в", "на", "о",
        "с", "по", "из", "что", "не", "за", "از", "به", "در", "را", "که", "این", "ان", "با", "و", "است", "برای", "من",
        "فی", "علی", "الی", "عن",
    ];
    STOP.contains(&folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_the_language_crates_words_with_their_places() {
        let text = "می‌شود، Ra’isi said: U-turn ’ 12.";
        let words = split(text);
        let folded: Vec<String> = words.iter().map(|word| fold(word.surface)).collect();
        assert_eq!(folded, sitrep_language::fold::words(text));
        assert!(words.iter().all(|word| &text[word.start..word.end] == word.surface));
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        let stem_of = |word: &str, tongue| stem(word, &fold(word), tongue);
        assert_eq!(stem_of("Poisonings", Tongue::Arabic), stem_of("poisoning", Tongue::Arabic));
        assert_eq!(stem_of("протесты", Tongue::Arabic), stem_of("протестов", Tongue::Arabic));
        assert_eq!(stem_of("کتاب‌ها", Tongue::Persian), stem_of("کتاب", Tongue::Persian));
        assert_eq!(stem_of("الحكومة", Tongue::Arabic), stem_of("حكومة", Tongue::Arabic));
    }
}
