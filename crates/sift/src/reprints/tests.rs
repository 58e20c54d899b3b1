use super::*;

fn invented(seed: usize, words: usize) -> String {
    (0..words).map(|at| format!("wort{}x{} ", seed, (seed * 7_919 + at * at * 31) % 9_973)).collect()
}

#[test]
fn a_reprint_with_dropped_and_added_paragraphs_is_found() {
    let mut index = Index::default();
    for seed in 0..2_000 {
        index.insert(&format!("doc-{seed}"), &Fingerprint::of(&invented(seed, 300)));
    }
    let paragraphs: Vec<String> = (0..6).map(|part| invented(10_000 + part, 60)).collect();
    index.insert("original", &Fingerprint::of(&paragraphs.join("\n")));
    let shorter = Fingerprint::of(&paragraphs[..3].join("\n"));
    let (of, overlap) = index.nearest(&shorter).unwrap();
    assert!(of == "original" && overlap > 0.9, "{of} {overlap}");
    let longer = Fingerprint::of(&format!("{}\n{}", paragraphs.join("\n"), invented(20_000, 150)));
    let (of, overlap) = index.nearest(&longer).unwrap();
    assert!(of == "original" && (0.55..0.85).contains(&overlap), "{of} {overlap}");
    assert!(index.nearest(&Fingerprint::of(&invented(30_000, 300))).is_none_or(|(_, overlap)| overlap < 0.1));
}

#[test]
fn of_equals_the_earliest_is_named_and_a_document_can_be_left_out() {
    let mut index = Index::default();
    let print = Fingerprint::of("وزیر راه گفت که خط آهن تا پایان سال آماده می‌شود و قطارها راه می‌افتند");
    for id in ["b", "a", "c"] {
        index.insert(id, &print);
    }
    assert_eq!(index.nearest(&print).unwrap().0, "b");
    assert_eq!(index.nearest_except(&print, "b").unwrap().0, "a");
}

#[test]
fn a_new_version_replaces_the_old_one() {
    let mut index = Index::default();
    let (old, new) = (Fingerprint::of(&invented(1, 200)), Fingerprint::of(&invented(2, 200)));
    index.insert("x", &old);
    index.insert("x", &new);
    assert_eq!((index.len(), index.nearest(&old)), (1, None));
    assert_eq!(index.nearest(&new).unwrap().0, "x");
}

#[test]
fn the_oldest_are_forgotten_and_memory_stays() {
    let mut index = Index::with_capacity(100);
    let first = Fingerprint::of(&invented(0, 200));
    for seed in 0..5_000 {
        index.insert(&format!("doc-{seed}"), &Fingerprint::of(&invented(seed, 200)));
    }
    assert_eq!(index.len(), 100);
    assert_eq!(index.nearest(&first), None);
    assert_eq!(index.nearest(&Fingerprint::of(&invented(4_999, 200))).unwrap().0, "doc-4999");
}

#[test]
fn a_formula_that_all_documents_share_costs_no_recall() {
    let mut index = Index::default();
    let formula = invented(99_999, 40);
    for seed in 0..1_000 {
        index.insert(&format!("doc-{seed}"), &Fingerprint::of(&format!("{} {formula}", invented(seed, 200))));
    }
    for seed in [3, 500, 998] {
        let found = index.nearest(&Fingerprint::of(&format!("{} {formula}", invented(seed, 200)))).unwrap();
        assert_eq!(found.0, format!("doc-{seed}"));
    }
}
