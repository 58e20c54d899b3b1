//! A text's words, with what their writing says about them.

use sitrep_language::fold::{fold, is_alphabetic, is_alphanumeric};
use sitrep_language::script::{self, Script};

/// A word as it is written, whatever text it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Folded for comparing.
    pub(crate) folded: Box<str>,
    /// Characters of the folded form.
    pub(crate) length: u32,
    /// Its script.
    pub(crate) script: Script,
    /// A capital letter opens it.
    pub(crate) capital: bool,
    /// It has no small letter, and more than one.
    pub(crate) all_capitals: bool,
}

impl Word {
    /// The word that stands there; `None` where folding leaves nothing of it.
    pub(crate) fn of(raw: &str) -> Option<Self> {
        let possessive = raw.strip_suffix("'s").or_else(|| raw.strip_suffix("’s"));
        let bare = possessive.unwrap_or(raw);
        let mut folded = fold(bare);
        folded.retain(is_alphanumeric);
        let first = bare.chars().next().filter(|_| !folded.is_empty())?;
        let letters = bare.chars().filter(|c| is_alphabetic(*c)).count();
        Some(Self {
            script: script::of(first),
            capital: first.is_uppercase(),
            all_capitals: letters > 1 && !bare.chars().any(char::is_lowercase) && first.is_uppercase(),
            length: u32::try_from(folded.chars().count()).unwrap_or(u32::MAX),
            folded: folded.into(),
        })
    }

    /// A number in digits.
    pub(crate) fn is_number(&self) -> bool {
        self.folded.chars().all(|c| c.is_ascii_digit())
    }
}

/// A place in a text where a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    /// The word's number.
    pub(crate) word: u32,
    /// It opens a sentence, where a capital says nothing.
    pub(crate) opens: bool,
}

/// The first words of a text, at most `most`, by the numbers that `number` gives them; what it gives none is no word.
pub(crate) fn words(text: &str, most: usize, mut number: impl FnMut(&str) -> Option<u32>) -> Vec<Standing> {
    let mut found = Vec::new();
    let mut opens = true;
    let mut add = |raw: &str, opens: &mut bool| {
        if let Some(word) = number(raw) {
            found.push(Standing { word, opens: std::mem::take(opens) });
        }
        found.len()
    };
    let mut start = None;
    let mut characters = text.char_indices().peekable();
    let mut last = ' ';
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map_or(' ', |(_, next)| *next);
        if is_inside(c, last, next) {
            start.get_or_insert(at);
        } else {
            let count = start.take().map_or(0, |from| add(&text[from..at], &mut opens));
            opens |= matches!(c, '.' | '!' | '?' | '؟' | '…' | '\n' | ':' | '؛' | ';' | '«' | '“' | '"' | '‘');
            if count >= most {
                return found;
            }
        }
        last = c;
    }
    if let Some(from) = start {
        add(&text[from..], &mut opens);
    }
    found
}

/// Whether a character belongs to a word: letters, marks, digits with their separators, the dots of `U.S.`, the mark of a
/// Hebrew abbreviation.
fn is_inside(c: char, last: char, next: char) -> bool {
    match c {
        '\u{200C}' | '\u{200D}' | '\'' | '’' | 'ʼ' | 'ʿ' | 'ʾ' | '\u{0640}' => is_alphanumeric(last),
        '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0591}'..='\u{05C7}' => true,
        ',' | '.' | '٬' | '٫' if last.is_numeric() => next.is_numeric(),
        '.' => last.is_uppercase() && next.is_uppercase(),
        '"' | '״' => script::of(last) == Script::Hebrew && script::of(next) == Script::Hebrew,
        c => is_alphanumeric(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Word, bool)> {
        let mut met: Vec<Word> = Vec::new();
        let standing = words(text, 100, |raw| {
            met.push(Word::of(raw)?);
            u32::try_from(met.len() - 1).ok()
        });
        met.into_iter().zip(standing.into_iter().map(|standing| standing.opens)).collect()
    }

    fn folded(text: &str) -> Vec<Box<str>> {
        read(text).into_iter().map(|(word, _)| word.folded).collect()
    }

    #[test]
    fn abbreviations_and_numbers_stay_whole() {
        assert_eq!(
            folded("The U.S. said 1,200 of ۳٬۵۰۰ ארה\"ב Iran’s"),
            ["the", "us", "said", "1200", "of", "3500", "ארהב", "iran"].map(Box::from)
        );
    }

    #[test]
    fn a_capital_that_opens_a_sentence_is_told_apart() {
        let found = read("Rain fell. Floods came to Bam");
        let opening: Vec<bool> = found.iter().map(|(_, opens)| *opens).collect();
        assert_eq!(opening, [true, false, true, false, false, false]);
        assert!(found[5].0.capital);
    }
}
