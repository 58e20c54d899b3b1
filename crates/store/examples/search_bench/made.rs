//! Made paragraphs: words of no language by Zipf's law, and names in four scripts.

use crate::Piece;

/// Words that are not names.
const WORDS: usize = 60_000;
/// Names.
const NAMES: usize = 40_000;
/// Paragraphs of an edition.
const EDITION: usize = 30;

/// A small generator of numbers (splitmix64): the same seed makes the same paragraphs.
#[derive(Clone)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn fraction(&mut self) -> f64 {
        (self.roll() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.roll() % n.max(1) as u64) as usize
    }

    /// A rank below n, the k-th about 1/k as often as the first.
    pub fn zipf(&mut self, n: usize) -> usize {
        let at = ((n as f64).ln() * self.fraction()).exp() as usize;
        at.saturating_sub(1).min(n - 1)
    }
}

const SYLLABLES: [&str; 24] = [
    "ka", "ro", "mi", "ta", "len", "so", "ber", "di", "shan", "fu", "gar", "ne", "zi", "po", "lam", "kh", "vi", "das",
    "re", "mun", "ti", "az", "hor", "el",
];

/// The syllables in Cyrillic, Arabic and Hebrew letters.
const SCRIPTS: [[&str; 24]; 3] = [
    [
        "ка", "ро", "ми", "та", "лен", "со", "бер", "ди", "шан", "фу", "гар", "не", "зи", "по", "лам", "х", "ви",
        "дас", "ре", "мун", "ти", "аз", "хор", "эл",
    ],
    [
        "کا", "رو", "می", "تا", "لن", "سو", "بر", "دی", "شان", "فو", "گر", "نه", "زی", "پو", "لم", "خ", "وی", "دس",
        "ره", "مون", "تی", "از", "هور", "ال",
    ],
    [
        "קא", "רו", "מי", "תא", "לן", "סו", "בר", "די", "שן", "פו", "גר", "נה", "זי", "פו", "לם", "ח", "וי", "דס",
        "רה", "מון", "טי", "אז", "הור", "אל",
    ],
];

fn syllables(n: usize, seed: u64) -> Vec<usize> {
    let mut dice = Dice::new(seed ^ (n as u64).wrapping_mul(0xA24B_AED4_963E_E407));
    (0..2 + dice.below(3)).map(|_| dice.below(24)).collect()
}

/// The n-th word: short ones stand first, as in a language.
pub fn word(n: usize) -> String {
    let long = if n < 50 { 1 } else { 4 };
    syllables(n, 1).into_iter().take(long + n / 20_000).map(|s| SYLLABLES[s]).collect()
}

/// The n-th name in Latin letters (0), Cyrillic, Arabic or Hebrew.
pub fn name(n: usize, script: usize) -> String {
    let syllables = syllables(n, 2);
    if script > 0 {
        return syllables.into_iter().map(|s| SCRIPTS[script - 1][s]).collect();
    }
    let latin: String = syllables.into_iter().map(|s| SYLLABLES[s]).collect();
    latin[..1].to_uppercase() + &latin[1..]
}

/// The n-th paragraph. One in ten is in another script, its names with it.
pub fn piece(n: usize) -> Piece {
    let mut dice = Dice::new(n as u64);
    let edition = n / EDITION;
    let script = if edition % 10 == 9 { 1 + edition / 10 % 3 } else { 0 };
    let mut text = String::with_capacity(700);
    for sentence in 0..3 + dice.below(4) {
        if sentence > 0 {
            text.push(' ');
        }
        for at in 0..12 + dice.below(12) {
            if at > 0 {
                text.push(' ');
            }
            if dice.below(9) == 0 {
                text.push_str(&name(dice.zipf(NAMES), script));
            } else {
                // A language of its own: its words are not those of the first.
                let word = if script > 0 { name(100_000 + dice.zipf(WORDS), script) } else { word(dice.zipf(WORDS)) };
                text.push_str(&word);
            }
        }
        text.push('.');
    }
    let language = ["en", "ru", "fa", "he"][script].to_owned();
    Piece { key: format!("made-{edition:06}#{}", n % EDITION), title: String::new(), text, language }
}

/// Questions as people ask them: one to three words, names in any script, phrases, slips.
pub fn questions(n: usize) -> Vec<(&'static str, String)> {
    let mut dice = Dice::new(7);
    let mut questions = Vec::new();
    for at in 0..n {
        let mut plain = || word(5 + dice.zipf(WORDS - 5));
        questions.push(match at % 10 {
            0 => ("one word", plain()),
            1 => ("two words", format!("{} {}", plain(), plain())),
            2 => ("three words", format!("{} {} {}", plain(), plain(), plain())),
            3 => ("a name", name(dice.zipf(NAMES), 0)),
            4 => ("a name and a word", format!("{} {}", name(dice.zipf(NAMES), 0), word(dice.zipf(WORDS)))),
            5 => ("two names", format!("{} {}", name(dice.zipf(NAMES), 0), name(dice.zipf(NAMES), 0))),
            6 => ("a name in Cyrillic", name(dice.zipf(NAMES), 1)),
            7 => ("a name in Arabic letters", name(dice.zipf(NAMES), 2)),
            8 => {
                let text = piece(dice.below(20_000)).text;
                let words: Vec<&str> = text.split([' ', '.']).filter(|word| !word.is_empty()).collect();
                let telling = |pair: &&[&str]| pair.iter().all(|word| word.chars().count() > 5);
                let pair = words.windows(2).find(telling).unwrap_or(&words[..2]);
                ("a phrase", format!("\"{} {}\"", pair[0], pair[1]))
            }
            _ => {
                let mut slip: Vec<char> = word(200 + dice.zipf(20_000)).chars().collect();
                let at = 1 + dice.below(slip.len() - 2);
                slip.swap(at, at + 1);
                ("a slip", slip.into_iter().collect())
            }
        });
    }
    questions
}
