//! What is found in running text: addresses, days, names, sentences; and bytes that become text.

use jiff::civil::Date;
use sitrep_language::{address, charset, dates, detect, fold, script, sentences, transliterate};

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
