//! One form for all spellings of a word in its own script: ي/ی, ك/ک, hamza forms, diacritics, ZWNJ, tatweel, case,
//! Latin accents, ё/е, apostrophes.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// The folded form of a text: for matching, never for showing.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        // Most words of most texts: no tables are asked.
        return text.chars().filter(|c| !matches!(c, '\'' | '`')).map(|c| c.to_ascii_lowercase()).collect();
    }
    text.nfkd().filter_map(fold_char).flat_map(char::to_lowercase).collect()
}

fn fold_char(c: char) -> Option<char> {
    Some(match c {
        // Combining marks, Arabic harakat and Hebrew points.
        '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0591}'..='\u{05C7}' => return None,
        // Zero-width joiners and directional marks, tatweel.
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{0640}' | '\u{FEFF}' => {
            return None;
        }
        '\'' | '’' | '‘' | 'ʼ' | 'ʿ' | 'ʾ' | '`' | '´' => return None,
        'ي' | 'ى' | 'ئ' => 'ی',
        'ك' => 'ک',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ؤ' => 'و',
        'ة' | 'ۀ' | 'ە' | 'ہ' => 'ه',
        'ء' => return None,
        'ё' => 'е',
        'Ё' => 'Е',
        'й' => 'и',
        'ł' => 'l',
        'ı' => 'i',
        'ø' => 'o',
        c => crate::digits::value(c).and_then(|v| char::from_digit(v, 10)).unwrap_or(c),
    })
}

/// The words of a text, folded.
pub fn words(text: &str) -> Vec<String> {
    spans(text).into_iter().map(|(_, word)| word).collect()
}

/// The words of a text: where each stands, in bytes, and its folded form.
pub fn spans(text: &str) -> Vec<(Range<usize>, String)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let belongs = c.is_alphanumeric() || is_inside_word(c);
        match (start, belongs) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push((from..at, fold(&text[from..at])));
                start = None;
            }
            _ => {}
        }
    }
    words.retain(|(_, word)| !word.is_empty());
    words
}

/// Characters that join a word rather than end it.
fn is_inside_word(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}' | '\'' | '’' | 'ʼ' | 'ʿ' | 'ʾ' | '\u{0640}')
        || matches!(c, '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0591}'..='\u{05C7}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_fold_together() {
        assert_eq!(fold("رئیسی"), fold("رئيسي"));
        assert_eq!(fold("Ra'isi"), fold("Raisi"));
        assert_eq!(fold("می‌شود"), fold("ميشود"));
        assert_eq!(fold("ۀ۱۴۰۲"), "ه1402");
    }

    #[test]
    fn a_words_span_is_what_is_printed() {
        let text = "«می‌شود» Ra’isi";
        let printed: Vec<&str> = spans(text).into_iter().map(|(span, _)| &text[span]).collect();
        assert_eq!(printed, ["می‌شود", "Ra’isi"]);
    }

    #[test]
    fn words_keep_their_joiners() {
        assert_eq!(words("می‌شود، Ra’isi said."), ["میشود", "raisi", "said"]);
    }
}
