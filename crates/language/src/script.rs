//! Scripts of characters and runs of text.

use crate::fold::is_alphabetic;
use std::ops::Range;

/// A script that the desks read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Script {
    /// Latin, with all its accents.
    Latin,
    /// Arabic, which Persian, Kurdish and Urdu are written in too.
    Arabic,
    /// Cyrillic.
    Cyrillic,
    /// Hebrew.
    Hebrew,
    /// Greek.
    Greek,
    /// Armenian.
    Armenian,
    /// Georgian.
    Georgian,
    /// Devanagari.
    Devanagari,
    /// Thai.
    Thai,
    /// Korean.
    Hangul,
    /// Japanese syllables.
    Kana,
    /// Chinese characters.
    Han,
    /// Digits, punctuation, white space: what all scripts share.
    Common,
    /// Any other.
    Other,
}

impl Script {
    /// ISO 15924 code; `Zyyy` for what scripts share, `Zzzz` for others.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Latin => "Latn",
            Self::Arabic => "Arab",
            Self::Cyrillic => "Cyrl",
            Self::Hebrew => "Hebr",
            Self::Greek => "Grek",
            Self::Armenian => "Armn",
            Self::Georgian => "Geor",
            Self::Devanagari => "Deva",
            Self::Thai => "Thai",
            Self::Hangul => "Hang",
            Self::Kana => "Hrkt",
            Self::Han => "Hani",
            Self::Common => "Zyyy",
            Self::Other => "Zzzz",
        }
    }

    /// Whether it is written from right to left.
    pub const fn is_right_to_left(self) -> bool {
        matches!(self, Self::Arabic | Self::Hebrew)
    }
}

/// The script of a character.
pub fn of(c: char) -> Script {
    match c {
        'a'..='z' | 'A'..='Z' => Script::Latin,
        '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' if is_alphabetic(c) => Script::Latin,
        '\u{0370}'..='\u{03FF}' | '\u{1F00}'..='\u{1FFF}' if is_alphabetic(c) => Script::Greek,
        '\u{0400}'..='\u{052F}' | '\u{1C80}'..='\u{1C8F}' | '\u{A640}'..='\u{A69F}' => Script::Cyrillic,
        '\u{0531}'..='\u{058F}' => Script::Armenian,
        '\u{05D0}'..='\u{05F2}' | '\u{FB1D}'..='\u{FB4F}' => Script::Hebrew,
        '\u{0620}'..='\u{06D3}'
        | '\u{0750}'..='\u{077F}'
        | '\u{08A0}'..='\u{08FF}'
        | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}'
            if is_alphabetic(c) =>
        {
            Script::Arabic
        }
        '\u{10A0}'..='\u{10FF}' | '\u{1C90}'..='\u{1CBF}' => Script::Georgian,
        '\u{0900}'..='\u{097F}' if is_alphabetic(c) => Script::Devanagari,
        '\u{0E01}'..='\u{0E4E}' => Script::Thai,
        '\u{3041}'..='\u{30FF}' if is_alphabetic(c) => Script::Kana,
        '\u{3400}'..='\u{9FFF}' => Script::Han,
        '\u{AC00}'..='\u{D7AF}' => Script::Hangul,
        c if is_alphabetic(c) => Script::Other,
        _ => Script::Common,
    }
}

/// The script that most letters of a text are in; `Common` where it has none.
pub fn main(text: &str) -> Script {
    // Most texts that are asked about are words of one script.
    let mut letters = text.chars().map(of).filter(|script| *script != Script::Common);
    let Some(first) = letters.next() else { return Script::Common };
    if letters.all(|script| script == first) {
        return first;
    }
    let mut counts: Vec<(Script, usize)> = Vec::new();
    for script in text.chars().map(of).filter(|script| *script != Script::Common) {
        match counts.iter_mut().find(|(known, _)| *known == script) {
            Some((_, count)) => *count += 1,
            None => counts.push((script, 1)),
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map_or(first, |(script, _)| script)
}

/// Runs of one script, in code points; what scripts share goes with the run before it.
pub fn runs(text: &str) -> Vec<(Range<usize>, Script)> {
    let mut runs: Vec<(Range<usize>, Script)> = Vec::new();
    for (at, script) in text.chars().map(of).enumerate() {
        match runs.last_mut() {
            Some((range, last)) if script == Script::Common || *last == script => range.end = at + 1,
            Some((range, last)) if *last == Script::Common => {
                range.end = at + 1;
                *last = script;
            }
            _ => runs.push((at..at + 1, script)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mixed_text_falls_into_runs() {
        let found: Vec<_> = runs("«رئیسی» is Раиси").into_iter().map(|(_, script)| script).collect();
        assert_eq!(found, [Script::Arabic, Script::Latin, Script::Cyrillic]);
        assert_eq!(main("IRNA گزارش داد"), Script::Arabic);
        assert_eq!(main("12 — 3"), Script::Common);
    }
}
