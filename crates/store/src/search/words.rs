//! Words of a text: where they stand, their script, and the stem they are found under.

use foldhash::fast::RandomState;
use frostem::{Algorithm, Stemmer};
use sitrep_language::fold::{self, fold};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

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
    let word = |span: Range<usize>| Word { start: span.start, end: span.end, surface: &text[span] };
    let words = fold::stretches(text).map(word).collect();
    initials(text, words)
}

/// `U.S.` is one word: single letters that only full stops part.
fn initials<'t>(text: &'t str, words: Vec<Word<'t>>) -> Vec<Word<'t>> {
    let single = |word: &Word<'_>| {
        let first = word.surface.chars().next();
        first.is_some_and(|first| first.len_utf8() == word.surface.len() && first.is_uppercase())
    };
    let belong = |a: &Word<'_>, b: &Word<'_>| &text[a.end..b.start] == "." && single(b);
    if !words.windows(2).any(|two| single(&two[0]) && belong(&two[0], &two[1])) {
        return words;
    }
    let mut joined: Vec<Word<'t>> = Vec::with_capacity(words.len());
    let mut open = false;
    for word in words {
        let alone = single(&word);
        match joined.last_mut() {
            Some(last) if open && belong(last, &word) => {
                last.end = word.end;
                last.surface = &text[last.start..last.end];
            }
            _ => joined.push(word),
        }
        open = alone;
    }
    joined
}

/// A word's folded form: of initials without their full stops.
pub(super) fn folded(surface: &str) -> String {
    let mut folded = fold(surface);
    folded.retain(|c| c != '.');
    folded
}

/// What a word, of which the folded form is known, is indexed under: its stem, and in Hebrew, where a word takes other
/// words on as letters before it, also the stems without these.
pub(super) fn stems(surface: &str, folded: &str, tongue: Tongue) -> Vec<String> {
    if Script::of(folded) != Script::Hebrew {
        return vec![stem(surface, folded, tongue)];
    }
    let mut stems = vec![without_ending(folded).to_owned()];
    let mut rest = folded;
    for _ in 0..2 {
        let Some(behind) = rest.strip_prefix(['ו', 'ה', 'ב', 'ל', 'מ', 'ש', 'כ']) else { break };
        if behind.chars().count() < 3 {
            break;
        }
        stems.push(without_ending(behind).to_owned());
        rest = behind;
    }
    stems.dedup();
    stems
}

/// A Hebrew word without what makes it feminine, plural or somebody's, while three letters are left.
fn without_ending(word: &str) -> &str {
    ["יהם", "ויות", "יים", "ים", "ות", "יה", "ית", "ה", "י", "ת"]
        .into_iter()
        .filter_map(|ending| word.strip_suffix(ending))
        .find(|stem| stem.chars().count() >= 3)
        .unwrap_or(word)
}

/// The stem of a word of any other script.
pub(super) fn stem(surface: &str, folded: &str, tongue: Tongue) -> String {
    match Script::of(folded) {
        Script::Latin => Stemmer::new(Algorithm::English).stem(folded).into_owned(),
        Script::Cyrillic => Stemmer::new(Algorithm::Russian).stem(folded).into_owned(),
        Script::Arabic => match tongue {
            Tongue::Persian => {
                let stem = Stemmer::new(Algorithm::Persian).stem(one_person(folded).as_ref()).into_owned();
                // Plurals in ات take the place of a last ه: حمله, حملات.
                match stem.strip_suffix('ه') {
                    Some(open) if open.chars().count() >= 3 => open.to_owned(),
                    _ => stem,
                }
            }
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

/// A Persian word for people of a trade or kind in the singular: کارگران, نمایندگان. Of other words ان may be a part.
fn one_person(folded: &str) -> Cow<'_, str> {
    if let Some(begun) = folded.strip_suffix("ندگان").filter(|begun| begun.chars().count() >= 2) {
        return Cow::Owned(format!("{begun}نده"));
    }
    let several = ["گران", "مندان", "داران", "کاران", "وران", "بازان"].iter().any(|ending| folded.ends_with(ending));
    match folded.strip_suffix("ان") {
        Some(one) if several && one.chars().count() >= 4 => Cow::Borrowed(one),
        _ => Cow::Borrowed(folded),
    }
}

/// A word as the index knows it.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) folded: String,
    /// Whether it is suggested while somebody types: neither too short nor one that says nothing.
    pub(super) suggested: bool,
    pub(super) stems: Vec<String>,
    /// What it is kept under as a name.
    pub(super) names: Vec<String>,
    /// The last unit that it was met in.
    met: u64,
}

/// Words that were met before, so that a text's common words are folded and stemmed once.
#[derive(Default)]
pub(super) struct Reader {
    known: Vec<Known>,
    /// Places in `known`.
    persian: HashMap<String, u32, RandomState>,
    arabic: HashMap<String, u32, RandomState>,
    unit: u64,
}

/// Words kept before the memory is emptied.
const KEPT: usize = 200_000;

impl Reader {
    /// From here on, words are those of another unit.
    pub(super) fn next_unit(&mut self) {
        self.unit += 1;
        if self.known.len() >= KEPT {
            self.known.clear();
            self.persian.clear();
            self.arabic.clear();
        }
    }

    /// The word, folded and stemmed, and whether the unit has it for the first time.
    pub(super) fn know(&mut self, surface: &str, tongue: Tongue) -> (&Known, bool) {
        let places = match tongue {
            Tongue::Persian => &mut self.persian,
            Tongue::Arabic => &mut self.arabic,
        };
        // Looked up first: a word that is known needs no copy of itself.
        let at = match places.get(surface) {
            Some(at) => *at as usize,
            None => {
                let folded = folded(surface);
                let stems = stems(surface, &folded, tongue);
                let names = super::names::terms(surface, &folded);
                let suggested = folded.chars().count() > 2 && !is_stop(&folded);
                places.insert(surface.to_owned(), u32::try_from(self.known.len()).unwrap_or(u32::MAX));
                self.known.push(Known { folded, suggested, stems, names, met: 0 });
                self.known.len() - 1
            }
        };
        let known = &mut self.known[at];
        let first = std::mem::replace(&mut known.met, self.unit) != self.unit;
        (known, first)
    }
}

/// Words that say nothing alone: left out of a question that has others.
pub(super) fn is_stop(folded: &str) -> bool {
    const STOP: &[&str] = &[
        "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "in", "into", "is", "it", "its",
        "of", "on", "or", "that", "the", "their", "this", "to", "was", "were", "which", "with", "who", "what", "when",
        "where", "how", "why", "did", "does", "do", "about", "been", "but", "they", "will", "say", "says", "said",
        "many", "much", "и", "в", "на", "о", "с", "по", "из", "что", "не", "за", "از", "به", "در", "را", "که", "این",
        "ان", "با", "و", "است", "برای", "من", "فی", "علی", "الی", "عن",
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
        let read: Vec<String> = words.iter().map(|word| folded(word.surface)).collect();
        assert_eq!(read, sitrep_language::fold::words(text));
        assert!(words.iter().all(|word| &text[word.start..word.end] == word.surface));
    }

    #[test]
    fn initials_are_one_word_with_or_without_full_stops() {
        let read = |text: &str| split(text).iter().map(|word| folded(word.surface)).collect::<Vec<_>>();
        assert_eq!(read("The U.S. and U.K. act."), ["the", "us", "and", "uk", "act"]);
        assert_eq!(read("see a. b c"), ["see", "a", "b", "c"]);
        assert_eq!(read("J. R. Smith"), ["j", "r", "smith"]);
    }

    #[test]
    fn a_hebrew_word_is_found_behind_its_article_and_in_the_plural() {
        let all = |word: &str| stems(word, &folded(word), Tongue::Persian);
        for form in ["הממשלה", "בממשלה", "ולממשלה", "ממשלות"] {
            assert!(all(form).contains(&all("ממשלה")[0]), "{form} {:?} {:?}", all(form), all("ממשלה"));
        }
        assert!(!all("שלום").contains(&all("ממשלה")[0]));
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        let stem_of = |word: &str, tongue| stem(word, &fold(word), tongue);
        assert_eq!(stem_of("Poisonings", Tongue::Arabic), stem_of("poisoning", Tongue::Arabic));
        assert_eq!(stem_of("протесты", Tongue::Arabic), stem_of("протестов", Tongue::Arabic));
        assert_eq!(stem_of("کتاب‌ها", Tongue::Persian), stem_of("کتاب", Tongue::Persian));
        assert_eq!(stem_of("کارگران", Tongue::Persian), stem_of("کارگر", Tongue::Persian));
        assert_eq!(stem_of("نمایندگان", Tongue::Persian), stem_of("نماینده", Tongue::Persian));
        assert_ne!(stem_of("تهران", Tongue::Persian), stem_of("تهر", Tongue::Persian));
        assert_eq!(stem_of("حملات", Tongue::Persian), stem_of("حمله", Tongue::Persian));
        assert_eq!(stem_of("الحكومة", Tongue::Arabic), stem_of("حكومة", Tongue::Arabic));
    }
}
