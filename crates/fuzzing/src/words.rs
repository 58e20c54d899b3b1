//! What is found in running text: addresses, days, names, numbers, sentences; and bytes that become text.

use jiff::civil::Date;
use sitrep_language::{address, charset, dates, detect, fold, numbers, script, sentences, transliterate};

fn text(input: &[u8]) -> String {
    String::from_utf8_lossy(input).into_owned()
}

pub(crate) fn addresses(input: &[u8]) {
    let text = text(input);
    let length = text.chars().count();
    let mut before = 0;
    for found in address::addresses(&text) {
        assert!(before <= found.start && found.start < found.end && found.end <= length, "an address out of its text");
        before = found.end;
        let printed: String = text.chars().take(found.end).skip(found.start).collect();
        assert_eq!(printed, found.printed, "an address is not where it is said to be");
    }
}

pub(crate) fn charset(input: &[u8]) {
    let decoded = charset::decode(input, None, None);
    assert!(decoded.text.len() <= input.len() * 3 + 3, "a text grew");
    charset::decode(input, Some("text/html; charset=windows-1256"), Some("ir"));
}

pub(crate) fn dates(input: &[u8]) {
    let text = text(input);
    let length = text.chars().count();
    for language in ["en", "fa", "ar"] {
        for found in dates::find(&text, language, Date::constant(2026, 11, 10)) {
            assert!(found.start < found.end && found.end <= length, "a day out of its text");
        }
    }
}

pub(crate) fn names(input: &[u8]) {
    let text = text(input);
    detect::detect(&text);
    script::runs(&text);
    let length = text.chars().count();
    for span in sentences::sentences(&text) {
        assert!(span.start < span.end && span.end <= length, "a sentence out of its text");
    }
    let words = fold::words(&text);
    for pair in words.windows(2).take(20) {
        transliterate::search_keys(&pair[0]);
        let (alike, _) = transliterate::name_similarity(&pair[0], &pair[1]);
        assert!((0.0..=1.0).contains(&alike), "a likeness of {alike}");
    }
}

/// Digits of a number that is surely read again.
const READ_AGAIN: usize = 15;

pub(crate) fn numbers(input: &[u8]) {
    let text = text(input);
    for language in ["en", "fa", "ar", "he", "ru"] {
        let mut before = 0;
        for found in numbers::find(&text, language) {
            let range = found.range.clone();
            assert!(before <= range.start && range.start < range.end, "a number inside another");
            assert!(text.get(range.clone()).is_some(), "a number out of its text");
            assert!(found.value.is_finite() && found.value >= 0.0, "a number of {}", found.value);
            before = range.end;
            let printed = found.printed();
            if printed.chars().filter(char::is_ascii_digit).count() <= READ_AGAIN {
                let again = numbers::find(&printed, "en");
                let again: Vec<String> = again.iter().map(numbers::FoundNumber::printed).collect();
                assert_eq!(again, [printed], "a number printed is another number");
            }
        }
    }
}
