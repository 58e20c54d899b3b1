//! When two spellings are of one name.

use sitrep_language::fold::fold;
use sitrep_language::transliterate::skeleton;
use std::ops::Range;

/// A word of a text.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// As it stands there, without a possessive.
    pub text: String,
    /// Folded: case, accents, apostrophes and forms of letters taken away.
    pub folded: String,
    /// Where it stands, in code points.
    pub span: Range<usize>,
}

/// The words of a text; a hyphen ends a word, an apostrophe within one doesn't.
pub(super) fn words(text: &str) -> Vec<Word> {
    let characters: Vec<char> = text.chars().collect();
    let inside = |at: usize| {
        let c = characters[at];
        let joins = matches!(c, '\'' | '’' | 'ʼ' | 'ʿ' | '\u{200C}')
            && at > 0
            && characters[at - 1].is_alphabetic()
            && characters.get(at + 1).is_some_and(|next| next.is_alphabetic());
        c.is_alphanumeric() || joins || matches!(c, '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{0652}')
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        let start = at;
        while at < characters.len() && inside(at) {
            at += 1;
        }
        if at == start {
            at += 1;
            continue;
        }
        let mut word: String = characters[start..at].iter().collect();
        let mut end = at;
        for possessive in ["’s", "'s"] {
            if let Some(stem) = word.strip_suffix(possessive) {
                word = stem.to_owned();
                end -= 2;
            }
        }
        found.push(Word { folded: fold(&word), text: word, span: start..end });
    }
    found
}

/// Whether two words are spellings of one name: the same consonants, and vowels that transliterations confuse.
pub(super) fn alike(a: &Word, b: &Word) -> bool {
    if a.folded == b.folded {
        return true;
    }
    let capital = |word: &Word| word.text.starts_with(|c: char| !c.is_lowercase());
    if !capital(a) || !capital(b) || a.folded.chars().count() < 4 || b.folded.chars().count() < 4 {
        return false;
    }
    match (skeleton(&a.text), skeleton(&b.text)) {
        (Some(one), Some(other)) if one == other => vowels_agree(&a.folded, &b.folded),
        _ => false,
    }
}

/// Whether both begin alike and have about as many vowels.
fn vowels_agree(a: &str, b: &str) -> bool {
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let groups = |word: &str| word.split(|c| !vowel(c)).filter(|group| !group.is_empty()).count();
    let starts = |word: &str| word.chars().next().map(vowel);
    let ends = |word: &str| word.chars().last().map(vowel);
    starts(a) == starts(b) && ends(a) == ends(b) && groups(a).abs_diff(groups(b)) <= 1
}

/// Whether two single words are surely one name: they differ only in what transliterations leave open.
pub(super) fn surely_alike(a: &Word, b: &Word) -> bool {
    let capital = a.text.starts_with(char::is_uppercase) && b.text.starts_with(char::is_uppercase);
    capital && a.folded.chars().count().min(b.folded.chars().count()) >= 5 && key(&a.folded) == key(&b.folded)
}

/// A folded word with one spelling for each sound that is transliterated in several.
fn key(folded: &str) -> String {
    let mut key = folded.to_owned();
    for (written, sound) in [
        ("aei", "e"),
        ("aye", "e"),
        ("eyi", "e"),
        ("ei", "e"),
        ("ai", "e"),
        ("ae", "e"),
        ("ey", "e"),
        ("ay", "e"),
        ("ee", "i"),
        ("ii", "i"),
        ("iy", "i"),
        ("oo", "u"),
        ("ou", "u"),
        ("uu", "u"),
        ("gh", "q"),
        ("ph", "f"),
        ("y", "i"),
        ("w", "v"),
        ("dh", "z"),
        ("aa", "a"),
        ("o", "u"),
    ] {
        key = key.replace(written, sound);
    }
    let mut last = None;
    key.retain(|c| {
        let keep = last != Some(c);
        last = Some(c);
        keep
    });
    key
}
