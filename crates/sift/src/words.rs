//! A text's words, with what their writing says about them.

use sitrep_language::fold::{fold, is_alphanumeric};
use sitrep_language::script::{self, Script};

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Folded for comparing.
    pub(crate) folded: String,
    /// Its script.
    pub(crate) script: Script,
    /// A capital letter opens it.
    pub(crate) capital: bool,
    /// It has no small letter, and more than one.
    pub(crate) all_capitals: bool,
    /// It opens a sentence, where a capital says nothing.
    pub(crate) opens: bool,
}

impl Word {
    /// A number in digits.
    pub(crate) fn is_number(&self) -> bool {
        self.folded.chars().all(|c| c.is_ascii_digit())
    }
}

/// The first words of a text, at most `most`.
pub(crate) fn words(text: &str, most: usize) -> Vec<Word> {
    let mut found = Vec::new();
    let mut word = String::new();
    let mut opens = true;
    let mut characters = text.chars().peekable();
    let mut last = ' ';
    while let Some(c) = characters.next() {
        let next = characters.peek().copied().unwrap_or(' ');
        if is_inside(c, last, next) {
            word.push(c);
        } else {
            push(&mut word, &mut opens, &mut found);
            opens |= matches!(c, '.' | '!' | '?' | '؟' | '…' | '\n' | ':' | '؛' | ';' | '«' | '“' | '"' | '‘');
            if found.len() >= most {
                return found;
            }
        }
        last = c;
    }
    push(&mut word, &mut opens, &mut found);
    found
}

/// Whether a character belongs to a word: letters, marks, digits with their separators, the dots of `U.S.`, the mark of a
/// Hebrew abbreviation.
fn is_inside(c: char, last: char, next: char) -> bool {
    match c {
        '\u{200C}' | '\u{200D}' | '\'' | '’' | 'ʼ' | 'ʿ' | 'ʾ' | '\u{0640}' => last.is_alphanumeric(),
        '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0591}'..='\u{05C7}' => true,
        ',' | '.' | '٬' | '٫' if last.is_numeric() => next.is_numeric(),
        '.' => last.is_uppercase() && next.is_uppercase(),
        '"' | '״' => script::of(last) == Script::Hebrew && script::of(next) == Script::Hebrew,
        c => is_alphanumeric(c),
    }
}

fn push(word: &mut String, opens: &mut bool, found: &mut Vec<Word>) {
    let raw = std::mem::take(word);
    let possessive = raw.strip_suffix("'s").or_else(|| raw.strip_suffix("’s"));
    let bare = possessive.unwrap_or(&raw);
    let mut folded = fold(bare);
    folded.retain(is_alphanumeric);
    let Some(first) = bare.chars().next().filter(|_| !folded.is_empty()) else { return };
    let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
    found.push(Word {
        script: script::of(first),
        capital: first.is_uppercase(),
        all_capitals: letters > 1 && !bare.chars().any(char::is_lowercase) && first.is_uppercase(),
        opens: std::mem::take(opens),
        folded,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text, 100).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn abbreviations_and_numbers_stay_whole() {
        assert_eq!(
            folded("The U.S. said 1,200 of ۳٬۵۰۰ ארה\"ב Iran’s"),
            ["the", "us", "said", "1200", "of", "3500", "ארהב", "iran"]
        );
    }

    #[test]
    fn a_capital_that_opens_a_sentence_is_told_apart() {
        let found = words("Rain fell. Floods came to Bam", 100);
        let opening: Vec<bool> = found.iter().map(|word| word.opens).collect();
        assert_eq!(opening, [true, false, true, false, false, false]);
        assert!(found[5].capital);
    }
}
