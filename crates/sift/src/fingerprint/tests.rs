use super::*;
use proptest::prelude::*;

/// A text of so many words that no other seed gives.
fn invented(seed: usize, words: usize) -> String {
    (0..words).map(|at| format!("w{}x{} ", seed, mix((seed * 1_000_003 + at) as u64) % 100_000)).collect()
}

fn overlap(a: &str, b: &str) -> f64 {
    Fingerprint::of(a).overlap(&Fingerprint::of(b))
}

#[test]
fn spellings_and_punctuation_do_not_matter() {
    let persian = "رئیسی گفت که پل تازه می‌تواند تا پایان سال ۱۴۰۲ آماده شود.";
    let arabic_letters = "رئيسي گفت كه پل تازه ميتواند، تا پايان سال 1402 آماده شود";
    assert!(overlap(persian, arabic_letters) > 0.99);
    assert!(overlap("«Мост открыт», — сообщило министерство", "мост открыт сообщило МИНИСТЕРСТВО") > 0.99);
    assert!(overlap("השר אמר כי הגשר ייפתח השבוע", "הגשר ייפתח מחר לדברי השר הנכבד") < 0.5);
}

#[test]
fn a_text_in_a_longer_one_stands_in_it_whole() {
    let short = invented(1, 400);
    let long = format!("{} {short} {}", invented(2, 900), invented(3, 1_500));
    assert!(overlap(&short, &long) > 0.95);
    let back = overlap(&long, &short);
    assert!((0.08..0.22).contains(&back), "{back}");
}

#[test]
fn a_share_is_estimated() {
    let common = invented(4, 1_500);
    let (a, b) = (format!("{common} {}", invented(5, 500)), format!("{common} {}", invented(6, 1_500)));
    let share = overlap(&a, &b);
    assert!((0.63..0.87).contains(&share), "{share}");
    assert!(overlap(&invented(7, 2_000), &invented(8, 2_000)) < 0.02);
}

#[test]
fn empty_texts_and_single_words_are_compared() {
    assert!(Fingerprint::of(" … ").is_empty());
    assert!(overlap("", "") < 0.01);
    assert!(overlap("خبر", "خبر") > 0.99);
    assert!(overlap("東京で新しい橋が開通した", "東京で新しい橋が開通しました") > 0.7);
}

proptest! {
    #[test]
    fn bytes_come_back(text in "[a-zا-ی ]{0,400}") {
        let fingerprint = Fingerprint::of(&text);
        prop_assert_eq!(Fingerprint::from_bytes(&fingerprint.to_bytes()), Some(fingerprint));
    }

    #[test]
    fn foreign_bytes_are_refused_or_lawful(bytes in proptest::collection::vec(0u8..=255, 0..64)) {
        if let Some(found) = Fingerprint::from_bytes(&bytes) {
            prop_assert_eq!(found.to_bytes(), bytes);
        }
    }

    #[test]
    fn a_text_overlaps_with_itself_whole_and_with_others_between_nothing_and_all(a in "[a-e ]{1,200}", b in "[a-e ]{1,200}") {
        let (a, b) = (Fingerprint::of(&a), Fingerprint::of(&b));
        prop_assert!(a.is_empty() || a.overlap(&a) > 0.999);
        prop_assert!((0.0..=1.0).contains(&a.overlap(&b)));
    }

    #[test]
    fn appended_paragraphs_leave_the_overlap(seed in 0usize..1000, words in 50usize..600, more in 0usize..1200) {
        let text = invented(seed, words);
        let longer = format!("{text}\n{}", invented(seed + 5000, more));
        prop_assert!(overlap(&text, &longer) > 0.98);
    }
}

proptest! {
    #[test]
    fn plain_letters_are_read_as_any_others(text in "[ -~\n]{0,300}") {
        let among_others = format!("{text} ی");
        prop_assert!(Fingerprint::of(&text).overlap(&Fingerprint::of(&among_others)) > 0.999 || Fingerprint::of(&text).len() < 2);
    }
}
