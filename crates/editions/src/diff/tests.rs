use super::*;
use crate::form::read;
use crate::form::samples::{desk, edition, text};
use proptest::prelude::*;

fn compared(before: &str, after: &str) -> Vec<(Kind, Option<String>, Option<String>)> {
    let mut count = 0;
    let mut make = |kind: &str| {
        count += 1;
        format!("{kind}-{count}")
    };
    let mut read = |body: &str| {
        read(&format!("+++\ndate = \"2026-11-10\"\n+++\n\n# Ports\n\n{body}\n"), &desk(), &mut make).unwrap()
    };
    let (before, after) = (read(before), read(after));
    editions(&before, &after).into_iter().map(|d| (d.kind, d.before, d.after)).collect()
}

fn kinds(before: &str, after: &str) -> Vec<Kind> {
    compared(before, after).into_iter().map(|(kind, ..)| kind).collect()
}

#[test]
fn statements_are_new_dropped_same_and_reworded() {
    let before = "The harbour of Bandar Khosh closed on Monday. Two ferries were moved north. Nobody was hurt.";
    let after = "Two ferries were moved north. The harbour of Bandar Khosh was closed on Monday morning. Cranes arrived by rail.";
    assert_eq!(kinds(before, after), [Kind::Same, Kind::Dropped, Kind::Reworded, Kind::New]);
    assert_eq!(kinds(before, before), [Kind::Same; 3]);
    let curly =
        ["The minister’s plan – announced “today” – failed.", "The minister's plan - announced \"today\" - failed."];
    assert_eq!(kinds(curly[0], curly[1]), [Kind::Same]);
}

#[test]
fn likelihood_decides_stronger_and_weaker() {
    let pairs = [
        ("is likely to", "is very likely to", Kind::Stronger),
        ("may", "will", Kind::Stronger),
        ("could", "will likely", Kind::Stronger),
        ("will probably", "will almost certainly", Kind::Stronger),
        ("is unlikely to", "is likely to", Kind::Stronger),
        ("will not", "might", Kind::Stronger),
        ("will", "is likely to", Kind::Weaker),
        ("is almost certain to", "is likely to", Kind::Weaker),
        ("is likely to", "is not likely to", Kind::Weaker),
        ("will", "won’t", Kind::Weaker),
        ("is likely to", "is expected to", Kind::Stronger),
        ("is likely to", "is probably going to", Kind::Reworded),
        ("is going to", "is set to", Kind::Reworded),
    ];
    for (was, is, expected) in pairs {
        let sentence = |words: &str| format!("The port authority {words} reopen the northern basin before the winter.");
        assert_eq!(kinds(&sentence(was), &sentence(is)), [expected], "{was} → {is}");
    }
    let month = ["Ships left the northern basin on May 3.", "Ships have left the northern basin on May 4."];
    assert_eq!(kinds(month[0], month[1]), [Kind::Reworded]);
}

#[test]
fn a_statement_that_was_split_or_merged_is_not_new() {
    let whole =
        "The port authority reopened the northern basin on Monday after dredgers had cleared the channel of mines.";
    let parts = "The port authority reopened the northern basin on Monday. Dredgers had cleared the channel of mines.";
    assert_eq!(kinds(whole, parts), [Kind::Reworded; 2]);
    assert_eq!(kinds(parts, whole), [Kind::Reworded; 2]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_edition_does_not_differ_from_itself(edition in edition()) {
        let found = editions(&edition, &edition);
        prop_assert!(found.iter().all(|d| d.kind == Kind::Same && d.before_id == d.after_id));
        let sentences: usize = edition.paragraphs().map(|paragraph| paragraph.sentences.len()).sum();
        prop_assert_eq!(found.len(), sentences);
    }

    #[test]
    fn every_statement_is_accounted_for(before in edition(), after in edition()) {
        let found = editions(&before, &after);
        let ids = |edition: &Edition| {
            let mut ids: Vec<String> = edition.paragraphs().flat_map(|p| &p.sentences).map(|s| s.id.to_string()).collect();
            ids.sort();
            ids
        };
        let (mut old, mut new): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for difference in &found {
            old.extend(difference.before_id.as_ref().map(|id| id.to_string()));
            new.extend(difference.after_id.as_ref().map(|id| id.to_string()));
        }
        for list in [&mut old, &mut new] {
            list.sort();
            list.dedup();
        }
        prop_assert_eq!(old, ids(&before));
        prop_assert_eq!(new, ids(&after));
    }

    #[test]
    fn pieces_make_both_texts(a in text(), b in text(), c in text()) {
        let (a, b) = (format!("{a} {c} {b}"), format!("{b}{c} {a} {c}"));
        let (mut left, mut right) = (String::new(), String::new());
        for piece in words(&a, &b) {
            match piece {
                Piece::Same(text) => { left.push_str(&text); right.push_str(&text); }
                Piece::Del(text) => left.push_str(&text),
                Piece::Ins(text) => right.push_str(&text),
            }
        }
        prop_assert_eq!((left, right), (a, b));
    }
}

#[test]
fn words_show_what_was_replaced() {
    let found = words("The port is closed since Monday.", "The old port is open since Monday.");
    let expected = [
        Piece::Same("The ".to_owned()),
        Piece::Ins("old ".to_owned()),
        Piece::Same("port is ".to_owned()),
        Piece::Del("closed".to_owned()),
        Piece::Ins("open".to_owned()),
        Piece::Same(" since Monday.".to_owned()),
    ];
    assert_eq!(found, expected);
    assert_eq!(words("", ""), []);
    assert_eq!(words("a", ""), [Piece::Del("a".to_owned())]);
}
