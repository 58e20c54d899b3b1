//! Which endings a word may have and still be the word of a query: plural, case, tense, possession. Rough on purpose: a
//! watch that marks one document too many is read, one that misses is not.

use sitrep_language::script::{self, Script};

/// Endings of English, German and French nouns and verbs.
const LATIN: &[&str] = &["", "e", "s", "es", "d", "ed", "ing", "ings", "er", "ers", "n", "en"];
/// Endings of Persian and Arabic: plurals, the joined pronouns, the indefinite ی.
const ARABIC: &[&str] = &[
    "", "ی", "ها", "های", "هایی", "ان", "ات", "ین", "ون", "ه", "ت", "ش", "اش", "شان", "هم", "تان", "م", "ک", "نا",
    "هاي", "گان",
];

/// From how many letters on a word may have other endings.
const LONG: usize = 4;

/// The part of a folded word that doesn't change.
pub(super) fn stem(folded: &str) -> &str {
    let length = folded.chars().count();
    let cut = |ends: &[char]| folded.strip_suffix(|c| ends.contains(&c)).unwrap_or(folded);
    match script::main(folded) {
        Script::Latin if length > LONG => cut(&['e']),
        Script::Cyrillic if length >= LONG => cut(&['а', 'е', 'и', 'о', 'у', 'ы', 'э', 'ю', 'я', 'ь']),
        Script::Arabic if length > LONG => cut(&['ه']),
        _ => folded,
    }
}

/// Whether a word that begins with the stem of another may be a form of it.
pub(super) fn is_form(word: &str, wanted: &str) -> bool {
    let stem = stem(wanted);
    let Some(rest) = word.strip_prefix(stem) else { return false };
    if rest.is_empty() || word == wanted {
        return true;
    }
    if wanted.chars().count() < LONG {
        return script::main(wanted) == Script::Latin && rest == "s" && wanted.chars().count() > 2;
    }
    match script::main(wanted) {
        Script::Latin => LATIN.contains(&rest),
        Script::Cyrillic => rest.chars().count() <= 3,
        Script::Arabic => ARABIC.contains(&rest),
        Script::Hebrew => matches!(rest, "ים" | "ות" | "ית" | "י" | "ה" | "ת" | "יות"),
        _ => false,
    }
}

/// A word without the letters that Arabic and Hebrew write together with it: article, conjunction, preposition.
pub(super) fn without_proclitics<'a>(folded: &'a str, language: &str) -> Vec<&'a str> {
    let prefixes: &[&str] = match language {
        "ar" => &["وال", "بال", "فال", "کال", "لل", "ال", "و", "ب", "ل", "ف"],
        "he" => &["וה", "ול", "וב", "שה", "בה", "ה", "ו", "ב", "ל", "מ", "ש", "כ"],
        _ => return Vec::new(),
    };
    let rests = prefixes.iter().filter_map(|prefix| folded.strip_prefix(prefix));
    rests.filter(|rest| rest.chars().count() >= 3).collect()
}
