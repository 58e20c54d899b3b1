//! Names across scripts: which words of the index may be the word that is asked for, written otherwise.
//!
//! The index keeps each word that may be a name under the consonants that the scripts agree on, with the word itself
//! behind them: `Lrs\0raisi`. A question reads all words under its own consonants and keeps those that, with their
//! vowels, are near enough.

use super::words::{Script, Tongue, is_stop, stem};
use sitrep_language::sounds::Sounds;

/// How near a word of another script must be, 0 to 1, to stand for this one; and one of the same script, where both
/// write all that is heard.
const ACROSS: f64 = 0.8;
const SHORT: f64 = 0.93;
const WITHIN: f64 = 0.93;
/// How much less near than the nearest a word may be.
const BEHIND: f64 = 0.1;
/// How much less a stem proves than the word.
const STEMMED: f64 = 0.03;

/// Whether a word, by how it is written, may be a name. Scripts without capitals don't say.
pub(super) fn may_be_name(surface: &str, folded: &str) -> bool {
    let written = match Script::of(folded) {
        Script::Latin | Script::Cyrillic => surface.chars().next().is_some_and(char::is_uppercase),
        Script::Arabic | Script::Hebrew => true,
        Script::Other => false,
    };
    written && !is_stop(folded)
}

/// What a word is kept under as a name; nothing for what can be none.
pub(super) fn terms(surface: &str, folded: &str) -> Vec<String> {
    if may_be_name(surface, folded) { own_terms(folded) } else { Vec::new() }
}

/// What a word is kept under where it is a name.
pub(super) fn own_terms(folded: &str) -> Vec<String> {
    let letter = Script::of(folded).letter();
    keys(&forms(folded)).into_iter().map(|key| format!("{letter}{key}\0{folded}")).collect()
}

/// A word's sounds, and where endings are written onto names, also those of its stem.
fn forms(folded: &str) -> Vec<Sounds> {
    let mut forms = vec![Sounds::of_folded(folded)];
    if Script::of(folded) == Script::Cyrillic {
        let stem = stem(folded, folded, Tongue::Persian);
        if stem != folded && stem.chars().count() >= 3 {
            forms.push(Sounds::of_folded(&stem));
        }
    }
    forms
}

fn keys(forms: &[Sounds]) -> Vec<String> {
    let mut keys: Vec<String> = forms.iter().flat_map(Sounds::keys).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// A folded word in the letters that Arabic has: عراقچی is عراقجي there.
pub(super) fn in_arabic_letters(folded: &str) -> String {
    let letter = |c| match c {
        'پ' => 'ب',
        'چ' | 'ژ' => 'ج',
        'گ' => 'ک',
        c => c,
    };
    folded.chars().map(letter).collect()
}

/// A word that is looked for among names.
pub(super) struct Sought {
    script: Script,
    forms: Vec<Sounds>,
    folded: String,
}

impl Sought {
    pub(super) fn new(folded: &str) -> Self {
        Self { script: Script::of(folded), forms: forms(folded), folded: folded.to_owned() }
    }

    /// The beginnings that words standing for this one have, script by script.
    pub(super) fn beginnings(&self) -> Vec<String> {
        let keys = keys(&self.forms);
        let scripts = Script::OF_NAMES.into_iter();
        scripts.flat_map(|script| keys.iter().map(move |key| format!("{}{key}\0", script.letter()))).collect()
    }

    /// How near a folded word is, if it is near enough to be this one.
    pub(super) fn near(&self, folded: &str) -> Option<f64> {
        if folded == self.folded {
            return None;
        }
        if Script::of(folded) == self.script {
            // One script tells all that it tells: its stems are found as words.
            let likeness = self.forms.first()?.likeness(&Sounds::of_folded(folded));
            return (likeness >= WITHIN).then_some(likeness);
        }
        let own = self.forms.first()?;
        let other = Sounds::of_folded(folded);
        if own.len() > other.len() * 3 || other.len() > own.len() * 3 {
            return None;
        }
        // Of two or three sounds one that differs makes another name.
        let least = if own.len().min(other.len()) < 4 { SHORT } else { ACROSS };
        let likeness = own.likeness(&other);
        if likeness >= least {
            return Some(likeness);
        }
        // Only then the stems, which take longer to make.
        let stemmed = match self.forms.get(1) {
            Some(stem) => stem.likeness(&other),
            None => own.likeness(forms(folded).get(1)?),
        } - STEMMED;
        (stemmed >= least).then_some(stemmed)
    }
}

/// The nearest of words with their likeness and how often they stand, those far behind them left out.
pub(super) fn nearest(mut near: Vec<(String, f64, u32)>, most: usize) -> Vec<(String, u32)> {
    let best = near.iter().map(|(_, likeness, _)| *likeness).fold(0.0, f64::max);
    near.retain(|(_, likeness, _)| *likeness >= best - BEHIND);
    near.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.2.cmp(&a.2)).then(a.0.cmp(&b.0)));
    near.truncate(most);
    near.into_iter().map(|(word, _, units)| (word, units)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sitrep_language::fold::fold;

    fn near(a: &str, b: &str) -> bool {
        let sought = Sought::new(&fold(a));
        let shared = sought.beginnings().iter().any(|start| terms(b, &fold(b)).iter().any(|t| t.starts_with(start)));
        fold(a) == fold(b) || (shared && sought.near(&fold(b)).is_some())
    }

    #[test]
    fn one_name_in_four_scripts_is_near_itself() {
        let spellings = ["رئیسی", "رئيسي", "Раиси", "Raisi", "Ra'isi"];
        for a in spellings {
            for b in spellings {
                assert!(near(a, b), "{a} {b}");
            }
        }
        for (a, b) in [
            ("خامنه‌ای", "Khamenei"),
            ("اصفهان", "Isfahan"),
            ("Исфахан", "Isfahan"),
            ("تهران", "Tehran"),
            ("נתניהו", "Netanyahu"),
            ("Hossein", "Hussein"),
            ("Khuzistan", "Khuzestan"),
            ("Зеленского", "Zelensky"),
            ("Хусейн", "حسین"),
            ("عراقجي", "عراقچی"),
            ("عراقجي", "Araghchi"),
            ("واشینگتن", "Washington"),
        ] {
            assert!(near(a, b), "{a} {b}");
            assert!(near(b, a), "{b} {a}");
        }
    }

    #[test]
    fn words_with_the_same_consonants_are_not_all_one() {
        for (a, b) in [
            ("رئیسی", "Russia"),
            ("رئیسی", "Rouhani"),
            ("رئیسی", "Rose"),
            ("Зарвани", "Zayandeh"),
            ("Зарвани", "زاینده"),
            ("Зарвани", "زرین"),
            ("Oman", "Amin"),
        ] {
            assert!(!near(a, b), "{a} {b}");
        }
    }
}
