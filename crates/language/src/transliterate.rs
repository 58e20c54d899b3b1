//! From any of four scripts to one Latin skeleton, in which رئیسی, Раиси, רئיסי and Ra'isi come out alike.
//!
//! A skeleton keeps consonants that the scripts agree on and drops vowels, which they don't write alike. It finds; it
//! never shows.

use crate::fold::fold;

/// A word's skeleton: consonant classes in Latin letters, vowels dropped, doubles merged. `None` where nothing but a
/// single letter is left, which would match everything.
pub fn skeleton(word: &str) -> Option<String> {
    of_folded(&fold(word))
}

fn of_folded(folded: &str) -> Option<String> {
    let mut latin = String::with_capacity(folded.len());
    let mut characters = folded.chars().peekable();
    while let Some(c) = characters.next() {
        match (c, characters.peek()) {
            ('s', Some('h')) | ('c', Some('h')) | ('k', Some('h')) | ('g', Some('h')) | ('z', Some('h')) => {
                characters.next();
                latin.push(match c {
                    's' | 'c' => 'S',
                    'k' => 'X',
                    'g' => 'Q',
                    _ => 'S',
                });
            }
            ('t', Some('h')) | ('d', Some('h')) => {
                characters.next();
                latin.push(if c == 't' { 's' } else { 'z' });
            }
            ('p', Some('h')) => {
                characters.next();
                latin.push('f');
            }
            (c, _) => latin.extend(consonant(c).iter()),
        }
    }
    latin.dedup_chars();
    (latin.chars().count() > 1).then_some(latin)
}

trait DedupChars {
    fn dedup_chars(&mut self);
}

impl DedupChars for String {
    fn dedup_chars(&mut self) {
        let mut last = None;
        self.retain(|c| {
            let keep = last != Some(c);
            last = Some(c);
            keep
        });
    }
}

/// The consonant classes of a folded character; vowels and semivowels have none.
fn consonant(c: char) -> &'static [char] {
    match c {
        'b' | 'ب' | 'б' | 'ב' => &['b'],
        'p' | 'پ' | 'п' | 'פ' | 'ף' => &['p'],
        't' | 'ت' | 'ط' | 'т' | 'ט' | 'ת' => &['t'],
        's' | 'س' | 'ص' | 'ث' | 'с' | 'ס' | 'צ' | 'ץ' => &['s'],
        'j' | 'ج' => &['j'],
        'چ' | 'ч' | 'ш' | 'щ' | 'ش' | 'ש' | 'ж' | 'ژ' => &['S'],
        'ح' | 'ه' | 'h' => &['h'],
        'خ' | 'х' | 'x' | 'ח' => &['X'],
        'd' | 'د' | 'д' | 'ד' => &['d'],
        'z' | 'ز' | 'ذ' | 'ض' | 'ظ' | 'з' | 'ז' => &['z'],
        'r' | 'ر' | 'р' | 'ר' => &['r'],
        'غ' | 'ق' | 'q' | 'g' | 'گ' | 'г' | 'ג' => &['Q'],
        'f' | 'ف' | 'ф' => &['f'],
        'k' | 'c' | 'ک' | 'к' | 'כ' | 'ך' | 'ק' => &['k'],
        'l' | 'ل' | 'л' | 'ל' => &['l'],
        'm' | 'م' | 'м' | 'מ' | 'ם' => &['m'],
        'n' | 'ن' | 'н' | 'נ' | 'ן' => &['n'],
        'v' | 'w' | 'в' => &['v'],
        'ц' => &['t', 's'],
        '0'..='9' => match c {
            '0' => &['0'],
            '1' => &['1'],
            '2' => &['2'],
            '3' => &['3'],
            '4' => &['4'],
            '5' => &['5'],
            '6' => &['6'],
            '7' => &['7'],
            '8' => &['8'],
            _ => &['9'],
        },
        _ => &[],
    }
}

/// What a word is indexed and searched under, besides its folded form.
pub fn search_keys(word: &str) -> Vec<String> {
    search_key(&fold(word)).into_iter().collect()
}

/// The same for a word that is folded already, of which there is one at the most.
pub fn search_key(folded: &str) -> Option<String> {
    let first_vowel = folded.chars().next().is_some_and(|c| "aeiouاعآыэаеиоуאע".contains(c));
    let skeleton = of_folded(folded)?;
    let mut loose = String::with_capacity(skeleton.len() + 1);
    if first_vowel {
        loose.push('a');
    }
    // ح is h here and X there; v is و in Arabic script, which is a vowel as often.
    loose.extend(skeleton.chars().filter_map(|c| match c {
        'v' | 'h' => None,
        'X' => Some('h'),
        'Q' | 'j' => Some('g'),
        c => Some(c),
    }));
    (loose.chars().count() > 1 + usize::from(first_vowel)).then_some(loose)
}

/// How alike two names are across scripts, 0 to 1, and why.
pub fn name_similarity(a: &str, b: &str) -> (f64, &'static str) {
    let (folded_a, folded_b) = (crate::fold::words(a), crate::fold::words(b));
    if folded_a == folded_b {
        return (1.0, "the same once spelling variants are folded");
    }
    let keys = |words: &[String]| -> Vec<String> { words.iter().flat_map(|word| search_keys(word)).collect() };
    let (keys_a, keys_b) = (keys(&folded_a), keys(&folded_b));
    if keys_a.is_empty() || keys_b.is_empty() {
        return (0.0, "too little is left to compare");
    }
    if keys_a == keys_b {
        return (0.95, "the same consonants in the same order");
    }
    let best = |key: &String, others: &[String]| others.iter().map(|other| likeness(key, other)).fold(0.0, f64::max);
    let total: f64 =
        keys_a.iter().map(|key| best(key, &keys_b)).chain(keys_b.iter().map(|key| best(key, &keys_a))).sum();
    (0.9 * total / (keys_a.len() + keys_b.len()) as f64, "some of the same consonants")
}

/// 1 − edit distance over the longer length.
fn likeness(a: &str, b: &str) -> f64 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (diagonal + usize::from(x != y)).min(above + 1).min(row[j] + 1);
            diagonal = above;
        }
    }
    let longest = a.len().max(b.len()).max(1);
    1.0 - row[b.len()] as f64 / longest as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_man_in_four_scripts_has_one_key() {
        let keys: Vec<_> = ["رئیسی", "رئيسي", "Раиси", "Raisi", "Ra'isi"].map(search_keys).to_vec();
        assert!(keys.iter().all(|key| key == &keys[0] && !key.is_empty()), "{keys:?}");
    }

    #[test]
    fn other_names_have_other_keys() {
        assert_ne!(search_keys("Rahimi"), search_keys("Raisi"));
        assert!(name_similarity("Isfahan", "اصفهان").0 > 0.8);
        assert!(name_similarity("Исфахан", "اصفهان").0 > 0.6);
        assert!(name_similarity("Tehran", "Damascus").0 < 0.5);
    }
}
