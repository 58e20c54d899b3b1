//! The real archive, where it is at hand: what is found in the reference, and how much in the rest.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test says what is wrong by failing")]

use sitrep_checks::{Subject, check};
use sitrep_model::finding::Finding;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn shared() -> Option<PathBuf> {
    let given = std::env::var_os("SITREP_CORPUS").map(PathBuf::from);
    let root = given.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"));
    if root.join("corpus/editions").is_dir() {
        return Some(root);
    }
    println!("skipped: corpus not found");
    None
}

fn found(path: &Path) -> Vec<Finding> {
    check(&Subject::read(&std::fs::read(path).unwrap(), None).unwrap())
}

#[test]
fn the_reference_has_the_faults_that_are_known_of_it_and_no_others() {
    let Some(root) = shared() else { return };
    let path = root.join("reference/iran-update-2023-06-21.txt");
    let text: Vec<char> = std::fs::read_to_string(&path).unwrap().chars().collect();
    let findings = found(&path);
    for finding in &findings {
        println!("{}:{} [{}] {} | {}", finding.line, finding.column, finding.rule, finding.message, finding.excerpt);
        assert_eq!(text[finding.start..finding.end].iter().collect::<String>(), finding.excerpt);
    }
    let of = |rule: &str| findings.iter().filter(|finding| finding.rule == rule).collect::<Vec<_>>();
    let excerpts = |rule: &str| of(rule).iter().map(|finding| finding.excerpt.clone()).collect::<Vec<_>>();
    let repeated: Vec<_> = of("repeated-note").iter().map(|finding| finding.message.clone()).collect();
    assert_eq!(repeated, ["notes i and ii are the same", "notes xi and xii are the same"]);
    assert_eq!(
        excerpts("address-unlike-siblings"),
        ["https://www.criticalthreats.org/analysis/iran-updates-may-3-2023"]
    );
    let fix = of("address-unlike-siblings")[0].fix.clone().unwrap();
    assert_eq!(fix.replacement, "iran-update-may-3-2023");
    assert_eq!(excerpts("unsourced-sentence").len(), 1);
    assert!(excerpts("unsourced-sentence")[0].starts_with("Raisi separately asserted"));
    assert_eq!(excerpts("date-against-address"), ["May 31"]);
    assert!(of("date-against-address")[0].message.contains("1402/03/09"));
    assert_eq!(excerpts("mixed-defanging").len(), 4);
    let lines: Vec<usize> = of("paragraph-without-takeaway").iter().map(|finding| finding.line).collect();
    assert_eq!(lines, [22, 30]);
    let others = [
        "late-source",
        "marker-without-note",
        "note-without-marker",
        "two-hedges",
        "likelihood-off-scale",
        "takeaway-without-paragraph",
        "unexplained-abbreviation",
    ];
    assert!(others.iter().all(|rule| of(rule).is_empty()));
}

#[test]
fn the_archive_is_not_flooded() {
    let Some(root) = shared() else { return };
    for folder in ["iran-update-2026", "roca-2022-23", "html"] {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut editions = 0;
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(root.join("corpus/editions").join(folder)).unwrap().map(|e| e.unwrap().path()).collect();
        files.sort();
        for path in files.iter().filter(|path| path.extension().is_some_and(|e| e == "txt" || e == "html")) {
            editions += 1;
            for finding in found(path) {
                *counts.entry(finding.rule.clone()).or_default() += 1;
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                println!("{name}:{} [{}] {} | {:.260}", finding.line, finding.rule, finding.message, finding.excerpt);
            }
        }
        println!("== {folder}: {editions} editions, {counts:?}");
    }
}
