//! The real archive, where it is at hand: everything imports, every character has its place.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test: it prints what it measured

use sitrep_editions::parse::{ReferenceKind, date_in_name, parse_near};
use sitrep_editions::{Parsed, diff, identity, parse, roundtrip};
use sitrep_model::edition::Edition;
use std::path::{Path, PathBuf};
use std::time::Instant;

fn shared() -> Option<PathBuf> {
    let given = std::env::var_os("SITREP_CORPUS").map(PathBuf::from);
    let root = given.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"));
    if root.join("corpus/editions").is_dir() {
        return Some(root);
    }
    println!("skipped: corpus not found");
    None
}

fn texts(folder: &Path, ending: &str) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect();
    found.sort();
    found
}

fn comes_back_whole(name: &str, parsed: &Parsed) {
    let (want, got) = (roundtrip::normalized(&parsed.text), roundtrip::normalized(&roundtrip::text(parsed)));
    if want != got {
        let at = want.chars().zip(got.chars()).take_while(|(a, b)| a == b).count();
        let around = |text: &str| text.chars().skip(at.saturating_sub(60)).take(140).collect::<String>();
        panic!("{name} differs at {at}\n want {}\n  got {}", around(&want), around(&got));
    }
}

#[test]
fn the_reference_is_understood_whole() {
    let Some(root) = shared() else { return };
    let parsed = parse(&std::fs::read(root.join("reference/iran-update-2023-06-21.txt")).unwrap(), None).unwrap();
    comes_back_whole("reference", &parsed);
    assert_eq!(parsed.title.as_deref(), Some("Iran Update, June 21, 2023"));
    assert_eq!(parsed.date.unwrap().to_string(), "2023-06-21");
    assert!(parsed.standing.as_deref().unwrap().starts_with("The Iran Update aims"));
    assert_eq!(parsed.notices.len(), 1);
    let announced: Vec<_> = parsed.takeaways.iter().map(|takeaway| takeaway.announces.clone()).collect();
    assert_eq!(announced, [vec![0, 1], vec![3]]);
    let shape: Vec<_> = parsed.sections.iter().map(|s| (s.scope.is_some(), s.paragraphs.len())).collect();
    assert_eq!(shape, [(true, 3), (true, 2)]);
    assert_eq!(parsed.notes.len(), 19);
    assert_eq!(parsed.markers_tied(), (19, 19));
    let counts: Vec<usize> = parsed.notes.iter().map(|note| note.references.len()).collect();
    assert_eq!(counts, [1, 1, 1, 1, 1, 1, 1, 3, 1, 1, 2, 2, 2, 1, 2, 2, 1, 2, 3]);
    let editions = parsed.notes.iter().flat_map(|n| &n.references).filter(|r| r.kind == ReferenceKind::Edition).count();
    assert_eq!(editions, 13);
    assert!(parsed.cross_references.iter().any(|c| c.phrase.starts_with("CTP previously assessed")
        && c.url.as_deref().unwrap().ends_with("iran-update-may-4-2023")));
    assert!(parsed.cross_references.iter().any(|c| c.phrase == "as CTP previously assessed"));
    assert_eq!(parsed.unclassified.len(), 1);
}

#[test]
fn every_edition_of_the_archive_imports_and_comes_back_whole() {
    let Some(root) = shared() else { return };
    let (mut markers, mut tied, mut references, mut addressed, mut cut) = (0, 0, 0, 0, Vec::new());
    for (name, bytes) in texts(&root.join("corpus/editions/iran-update-2026"), ".txt") {
        let parsed = parse(&bytes, None).unwrap();
        comes_back_whole(&name, &parsed);
        assert!(parsed.title.is_some() && parsed.date.is_some(), "{name}");
        assert!((2..=8).contains(&parsed.takeaways.len()), "{name}");
        let (all, with_note) = parsed.markers_tied();
        let refs: Vec<_> = parsed.notes.iter().flat_map(|note| &note.references).collect();
        let whole = refs.iter().filter(|r| r.url.is_some() || !r.printed.contains("://")).count();
        println!(
            "{name}: {} takeaways, {} sections, {} paragraphs, {with_note}/{all} markers, {} notes, {whole}/{} references, {} cross, {} unclassified, cut: {:?}",
            parsed.takeaways.len(),
            parsed.sections.len(),
            parsed.paragraphs.len(),
            parsed.notes.len(),
            refs.len(),
            parsed.cross_references.len(),
            parsed.unclassified.len(),
            parsed.truncated
        );
        for unknown in parsed.unclassified.iter().filter(|unknown| unknown.reason != "page furniture") {
            println!("   {}: {}: {:.90}", unknown.line, unknown.reason, parsed.blocks[unknown.block].text);
        }
        for reference in refs.iter().filter(|r| r.url.is_none()) {
            println!("   words: {:.120}", reference.printed);
        }
        if parsed.truncated.is_some() {
            cut.push(name);
        } else {
            markers += all;
            tied += with_note;
        }
        references += refs.len();
        addressed += whole;
    }
    println!("{tied}/{markers} markers tied, {addressed}/{references} references, cut: {cut:?}");
    assert!(tied * 1000 >= markers * 995 && addressed * 1000 >= references * 995);
    for (name, bytes) in texts(&root.join("corpus/editions/roca-2022-23"), ".txt") {
        let parsed = parse_near(&bytes, None, date_in_name(&name)).unwrap();
        comes_back_whole(&name, &parsed);
        assert!(!parsed.paragraphs.is_empty() && parsed.date.is_some(), "{name}");
        // Takeaways are few; the sections behind them are found.
        assert!(parsed.takeaways.len() <= 14 && parsed.sections.len() > 1, "{name}");
    }
    for (name, bytes) in texts(&root.join("corpus/editions/html"), ".html") {
        let parsed = parse(&bytes, None).unwrap();
        comes_back_whole(&name, &parsed);
        println!(
            "{name}: {:?} {:?} {:?} {:?} {} takeaways, {} sections, {} paragraphs, {:?}, {} notes, {} unclassified, cut {:?}",
            parsed.title,
            parsed.date,
            parsed.cutoff,
            parsed.authors,
            parsed.takeaways.len(),
            parsed.sections.len(),
            parsed.paragraphs.len(),
            parsed.markers_tied(),
            parsed.notes.len(),
            parsed.unclassified.len(),
            parsed.truncated
        );
    }
}

#[test]
fn editions_are_compared_and_imported_fast() {
    let Some(root) = shared() else { return };
    let files = texts(&root.join("corpus/editions/iran-update-2026"), ".txt");
    let mut count = 0;
    let mut make = |kind: &str| {
        count += 1;
        format!("{kind}-{count}")
    };
    for (_, bytes) in &files {
        parse(bytes, None).unwrap();
    }
    let start = Instant::now();
    let editions: Vec<Edition> = files
        .iter()
        .map(|(_, bytes)| parse(bytes, None).unwrap().into_edition(&"iran".into(), None, &mut make).unwrap())
        .collect();
    let each = start.elapsed() / u32::try_from(editions.len()).unwrap();
    println!("import: {each:?} an edition ({} editions)", editions.len());
    let mut times = Vec::new();
    for pair in editions.windows(2) {
        let runs = (0..5).map(|_| {
            let start = Instant::now();
            diff::editions(&pair[0], &pair[1]);
            start.elapsed()
        });
        times.extend(runs.min());
        let found = diff::editions(&pair[0], &pair[1]);
        let of = |kind: diff::Kind| found.iter().filter(|difference| difference.kind == kind).count();
        use diff::Kind::{Dropped, New, Reworded, Same, Stronger, Weaker};
        let counts = [New, Dropped, Same, Reworded, Stronger, Weaker].map(of);
        println!(
            "{} → {}: new, dropped, same, reworded, stronger, weaker {counts:?} in {:?}",
            pair[0].slug,
            pair[1].slug,
            times[times.len() - 1]
        );
    }
    times.sort();
    println!("comparison: median {:?}, longest {:?}", times[times.len() / 2], times[times.len() - 1]);
    for edition in &editions {
        let mut after = edition.clone();
        identity::carry(edition, &mut after, &mut make);
        assert_eq!(&after, edition);
    }
}
