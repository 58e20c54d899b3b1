//! One form for all spellings of a word in its own script: ي/ی, ك/ک, hamza forms, diacritics, ZWNJ, tatweel, case,
//! Latin accents, ё/е, apostrophes.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// The folded form of a text: for matching, never for showing.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        // Most words of most texts: no tables are asked.
        let mut folded = text.to_ascii_lowercase();
        if memchr::memchr2(b'\'', b'`', folded.as_bytes()).is_some() {
            folded.retain(|c| !matches!(c, '\'' | '`'));
        }
        return folded;
    }
    let mut folded = String::with_capacity(text.len());
    for word in text.split_inclusive(' ') {
        let before = folded.len();
        for c in word.chars() {
            let Some(plain) = fold_plain(c) else {
                // A letter that the tables have to be asked for, and with it those that it may be written together with.
                folded.truncate(before);
                folded.extend(word.nfkd().filter_map(fold_char).flat_map(char::to_lowercase));
                break;
            };
            folded.extend(plain);
        }
    }
    folded
}

/// What a letter of the desks' languages folds to, without asking tables; `None` where they have to be asked.
fn fold_plain(c: char) -> Option<Option<char>> {
    Some(match c {
        '\0'..='\u{7F}' if c != '\'' && c != '`' => Some(c.to_ascii_lowercase()),
        '\'' | '`' | '’' | '‘' | '\u{200C}' | '\u{200D}' => None,
        'ء'..='\u{065F}' | '٠'..='٩' | '۰'..='۹' | 'پ' | 'چ' | 'ژ' | 'ک' | 'گ' | 'ی' => fold_char(c),
        'Й' | 'й' => Some('и'),
        'а'..='я' | 'א'..='ת' | '\u{05B0}'..='\u{05BD}' => fold_char(c),
        'А'..='Я' => char::from_u32(u32::from(c) + 0x20),
        'ё' | 'Ё' => Some('е'),
        '،' | '؛' | '؟' | '«' | '»' | '–' | '—' | '“' | '”' | '„' | '•' => Some(c),
        _ => return None,
    })
}

/// `char::is_alphanumeric`, several times as fast for the letters of the desks' languages.
pub fn is_alphanumeric(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphanumeric(),
        '\u{0620}'..='\u{064A}' | '\u{0671}'..='\u{06D3}' | '\u{06F0}'..='\u{06F9}' => true,
        '\u{0400}'..='\u{0481}' | '\u{05D0}'..='\u{05EA}' => true,
        '،' | '؛' | '؟' | '«' | '»' | '\u{2010}'..='\u{2027}' => false,
        _ => c.is_alphanumeric(),
    }
}

/// `char::is_alphabetic`, several times as fast for the letters of the desks' languages.
pub fn is_alphabetic(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphabetic(),
        '\u{0620}'..='\u{064A}' | '\u{0671}'..='\u{06D3}' | '\u{0400}'..='\u{0481}' | '\u{05D0}'..='\u{05EA}' => true,
        '\u{0660}'..='\u{0669}' | '\u{06F0}'..='\u{06F9}' | '،' | '؛' | '؟' | '«' | '»' | '\u{2010}'..='\u{2027}' => {
            false
        }
        _ => c.is_alphabetic(),
    }
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
    each(text).map(|(_, word)| word).collect()
}

/// Whether the words of a text, folded, are these.
pub fn are_words(text: &str, words: &[String]) -> bool {
    each(text).map(|(_, word)| word).eq(words.iter().map(String::as_str))
}

/// The words of a text: where each stands, in bytes, and its folded form.
pub fn spans(text: &str) -> Vec<(Range<usize>, String)> {
    each(text).collect()
}

fn each(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    stretches(text).map(|span| (span.clone(), fold(&text[span]))).filter(|(_, word)| !word.is_empty())
}

/// Where the words of a text stand, in bytes, for those who fold few of them or in ways of their own.
pub fn stretches(text: &str) -> impl Iterator<Item = Range<usize>> {
    // Where a word began, and whether it has a letter or digit: joiners alone are none.
    let (mut start, mut says) = (None, false);
    text.char_indices().chain([(text.len(), ' ')]).filter_map(move |(at, c)| {
        let is_letter = is_alphanumeric(c);
        if is_letter || is_inside_word(c) {
            start = start.or(Some(at));
            says |= is_letter;
            return None;
        }
        let from = start.take()?;
        std::mem::take(&mut says).then_some(from..at)
    })
}

/// Whether a character joins a word rather than ends it: apostrophes, zero-width joiners, tatweel, marks.
pub fn is_inside_word(c: char) -> bool {
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
    fn what_needs_no_tables_folds_as_the_tables_say() {
        for c in ('\0'..='\u{FFFF}').filter(|c| fold_plain(*c).is_some()) {
            let text = format!("ا{c}б");
            let by_tables: String = text.nfkd().filter_map(fold_char).flat_map(char::to_lowercase).collect();
            assert_eq!(fold(&text), by_tables, "{c:?}");
        }
    }

    #[test]
    fn a_letter_that_needs_the_tables_leaves_the_other_words_as_they_are() {
        for text in ["Бам — Żółć и\u{0306} ﬁn", "«ﷲ» می‌شود é", " \u{0301}x  Ωé\u{0323}\u{0302} ٣"]
        {
            let by_tables: String = text.nfkd().filter_map(fold_char).flat_map(char::to_lowercase).collect();
            assert_eq!(fold(text), by_tables, "{text:?}");
        }
    }

    #[test]
    fn the_fast_questions_have_the_same_answers() {
        for c in ('\0'..=char::MAX).filter(|c| u32::from(*c) < 0x3_0000) {
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
        }
    }

    #[test]
    fn words_keep_their_joiners() {
        assert_eq!(words("می‌شود، Ra’isi said."), ["میشود", "raisi", "said"]);
    }
}
