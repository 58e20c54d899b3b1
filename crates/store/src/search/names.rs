//! Names across scripts: which words of the index may be the word that is asked for, written otherwise.
//!
//! The index keeps each word that may be a name under the consonants that the scripts agree on, with the word itself
//! behind them: `Lrs\0raisi`. A question reads all words under its own consonants and keeps those that, with their
//! vowels, are near enough.

use super::words::{Script, is_stop};
use sitrep_language::fold::fold;
use sitrep_language::transliterate::search_keys;

/// How near a word must be, 0 to 1, to stand for another.
pub(super) const NEAR: f64 = 0.8;

/// What a word is kept under as a name; nothing for what can be none.
pub(super) fn terms(surface: &str, folded: &str) -> Vec<String> {
    let script = Script::of(folded);
    let may_be_name = match script {
        Script::Latin | Script::Cyrillic => surface.chars().next().is_some_and(char::is_uppercase),
        Script::Arabic | Script::Hebrew => true,
        Script::Other => false,
    };
    if !may_be_name || is_stop(folded) {
        return Vec::new();
    }
    keys(surface).into_iter().map(|key| format!("{}{key}\0{folded}", script.letter())).collect()
}

/// A word's consonants, also without the h that some scripts leave out and others write as kh.
fn keys(word: &str) -> Vec<String> {
    let mut keys = search_keys(word);
    let without: Vec<String> = keys
        .iter()
        .map(|key| key.replace('h', ""))
        .filter(|key| key.chars().count() > 1 && !keys.contains(key))
        .collect();
    keys.extend(without);
    keys
}

/// The beginnings that words standing for this one have, script by script.
pub(super) fn beginnings(word: &str, own_script_too: bool) -> Vec<String> {
    let own = Script::of(word);
    let keys = keys(word);
    Script::OF_NAMES
        .into_iter()
        .filter(|script| own_script_too || *script != own)
        .flat_map(|script| keys.iter().map(move |key| format!("{}{key}\0", script.letter())))
        .collect()
}

/// How near two folded words are once both are written in Latin letters, 0 to 1.
pub(super) fn likeness(a: &str, b: &str) -> f64 {
    let (a, b) = (latin(a), latin(b));
    let longest = a.len().max(b.len());
    if longest == 0 {
        return 0.0;
    }
    (1.0 - distance(&a, &b) / longest as f64).max(0.0)
}

/// The Latin letters of a folded word, one sound one letter.
fn latin(folded: &str) -> Vec<char> {
    let mut letters = Vec::new();
    let mut characters = fold(folded).chars().collect::<Vec<_>>().into_iter().peekable();
    while let Some(c) = characters.next() {
        if characters.peek() == Some(&'h')
            && let Some(joined) = match c {
                'k' => Some('x'),
                's' | 'c' | 'z' => Some('ʃ'),
                'g' => Some('q'),
                't' => Some('s'),
                'd' => Some('z'),
                'p' => Some('f'),
                _ => None,
            }
        {
            characters.next();
            letters.push(joined);
            continue;
        }
        letters.extend(letter(c));
    }
    letters.dedup();
    letters
}

fn letter(c: char) -> Option<char> {
    Some(match c {
        'ا' | 'ع' | 'а' | 'я' | 'א' | 'ע' => 'a',
        'е' | 'э' => 'e',
        'ی' | 'и' | 'ы' | 'י' | 'y' => 'i',
        'о' => 'o',
        'و' | 'у' | 'ю' | 'ו' | 'w' => 'u',
        'ب' | 'б' | 'ב' => 'b',
        'پ' | 'п' | 'פ' | 'ף' => 'p',
        'ت' | 'ط' | 'т' | 'ט' | 'ת' => 't',
        'س' | 'ص' | 'ث' | 'с' | 'ס' | 'צ' | 'ץ' | 'ц' => 's',
        'ج' | 'j' => 'j',
        'چ' | 'ش' | 'ژ' | 'ч' | 'ш' | 'щ' | 'ж' | 'ש' => 'ʃ',
        'ح' | 'ه' | 'ה' => 'h',
        'خ' | 'х' | 'ח' => 'x',
        'د' | 'д' | 'ד' => 'd',
        'ز' | 'ذ' | 'ض' | 'ظ' | 'з' | 'ז' => 'z',
        'ر' | 'р' | 'ר' => 'r',
        'غ' | 'ق' | 'گ' | 'г' | 'ג' | 'g' => 'q',
        'ف' | 'ф' => 'f',
        'ک' | 'к' | 'כ' | 'ך' | 'ק' | 'c' => 'k',
        'ل' | 'л' | 'ל' => 'l',
        'م' | 'м' | 'מ' | 'ם' => 'm',
        'ن' | 'н' | 'נ' | 'ן' => 'n',
        'в' => 'v',
        'ь' | 'ъ' => return None,
        other => other,
    })
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'v' | 'h')
}

/// What it costs that a letter stands in one and not in the other: little for a vowel, which half the scripts leave out.
fn gap(c: char) -> f64 {
    match c {
        'a' | 'e' | 'v' | 'h' => 0.3,
        'i' | 'o' | 'u' => 0.5,
        _ => 1.0,
    }
}

fn swap(a: char, b: char) -> f64 {
    match (a, b) {
        _ if a == b => 0.0,
        ('h', 'x') | ('x', 'h') => 0.2,
        ('u' | 'v', 'u' | 'v' | 'o') | ('o', 'u' | 'v') | ('i', 'e') | ('e', 'i') => 0.2,
        ('q', 'k' | 'j') | ('k' | 'j', 'q') => 0.4,
        ('a' | 'e' | 'h', 'a' | 'e' | 'h') => 0.4,
        ('a', 'i' | 'o' | 'u') | ('i' | 'o' | 'u', 'a') => 0.5,
        _ if is_vowel(a) && is_vowel(b) => 0.9,
        _ => 1.0,
    }
}

fn distance(a: &[char], b: &[char]) -> f64 {
    let mut row: Vec<f64> = Vec::with_capacity(b.len() + 1);
    row.push(0.0);
    for y in b {
        row.push(row.last().copied().unwrap_or_default() + gap(*y));
    }
    for x in a {
        let mut diagonal = row[0];
        row[0] += gap(*x);
        for (j, y) in b.iter().enumerate() {
            let best = (diagonal + swap(*x, *y)).min(row[j + 1] + gap(*x)).min(row[j] + gap(*y));
            diagonal = std::mem::replace(&mut row[j + 1], best);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: &str, b: &str) -> bool {
        let shared =
            beginnings(a, true).iter().any(|start| terms(b, &fold(b)).iter().any(|term| term.starts_with(start)));
        shared && likeness(&fold(a), &fold(b)) >= NEAR
    }

    #[test]
    fn one_name_in_four_scripts_is_near_itself() {
        let spellings = ["رئیسی", "رئيسي", "Раиси", "Raisi", "Ra'isi"];
        for a in spellings {
            for b in spellings {
                assert!(near(a, b), "{a} {b} {}", likeness(&fold(a), &fold(b)));
            }
        }
        for (a, b) in [("خامنه‌ای", "Khamenei"), ("اصفهان", "Isfahan"), ("Исфахан", "Isfahan"), ("تهران", "Tehran")]
        {
            assert!(near(a, b), "{a} {b} {}", likeness(&fold(a), &fold(b)));
        }
    }

    #[test]
    fn words_with_the_same_consonants_are_not_all_one() {
        for (a, b) in [("رئیسی", "Russia"), ("رئیسی", "Rouhani"), ("رئیسی", "Rose")] {
            assert!(!near(a, b), "{a} {b} {}", likeness(&fold(a), &fold(b)));
        }
    }
}
