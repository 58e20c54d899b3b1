//! An edition of the newsroom is checked as it would be printed, and each finding says where the editor marks it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test says what is wrong by failing")]

use sitrep_checks::{Subject, check};
use sitrep_editions::notes::{Cited, CitedDocument};
use sitrep_editions::{Manuscript, form};
use sitrep_model::desk::Desk;
use sitrep_model::finding::Finding;
use sitrep_model::id::DocumentId;
use sitrep_model::likelihood::Scale;

const EDITION: &str = r#"+++
slug = "2026-11-10"
title = "Levant Update, November 10, 2026"
date = "2026-11-10"
state = "drafting"
+++

# Key Takeaways

1. The ministry is reopening the line. {#p-take announces=p-rail}

# Rail

The ministry is reopening the line. Engineers cleared the bridge on November 8.[^a] Minister Farid Nouri said on November 9 that trains will run daily.
{#p-rail}

A second line is highly likely to follow.[^b]
{#p-second}

[^a]: document:doc-1
[^b]: document:doc-2
"#;

fn findings() -> Vec<Finding> {
    let text = "id='d'\nname='D'\npublisher='P'\nlanguage='en'\ntime_zone='UTC'\nstanding='S'\nsections=[]\nscale={name='',terms=[]}\n";
    let mut desk: Desk = toml::from_str(text).unwrap();
    desk.scale = Scale::icd_203();
    let mut count = 0;
    let mut make = |kind: &str| {
        count += 1;
        format!("{kind}-{count}")
    };
    let edition = form::read(EDITION, &desk, &mut make).unwrap();
    let mut cited = Cited::default();
    for (id, url, published) in [
        ("doc-1", "https://news.example/line", "2026-11-07T10:00:00Z"),
        ("doc-2", "https://news.example/second", "2026-11-10T20:00:00Z"),
    ] {
        let published = Some(published.parse().unwrap());
        let document = CitedDocument { url: url.to_owned(), published, ..CitedDocument::default() };
        cited.documents.insert(DocumentId(id.to_owned()), document);
    }
    let manuscript = Manuscript::new(&desk, &edition, &cited, "https://sitrep.example");
    check(&Subject::of_edition(&manuscript, &[], &[DocumentId("doc-2".to_owned())]))
}

#[test]
fn findings_carry_the_paragraph_they_are_in() {
    let findings = findings();
    let of = |rule: &str| {
        findings.iter().find(|finding| finding.rule == rule).unwrap_or_else(|| panic!("{rule}: {findings:#?}"))
    };
    let unsourced = of("unsourced-sentence").anchor.clone().unwrap();
    assert_eq!((unsourced.paragraph.as_str(), unsourced.start), ("p-rail", 80));
    let likelihood = of("likelihood-off-scale").anchor.clone().unwrap();
    assert_eq!((likelihood.paragraph.as_str(), likelihood.start, likelihood.end), ("p-second", 17, 30));
    assert_eq!(of("paragraph-without-takeaway").anchor.as_ref().unwrap().paragraph.as_str(), "p-second");
}

#[test]
fn what_is_known_of_documents_counts() {
    let findings = findings();
    let late = findings.iter().find(|finding| finding.rule == "late-source").unwrap();
    assert!(late.message.contains("after the data cut-off") && late.excerpt.ends_with("news.example/second"));
    let date = findings.iter().find(|finding| finding.rule == "date-against-address").unwrap();
    assert!(date.message.contains("the document cited for it is of 7 November 2026"), "{}", date.message);
    assert_eq!(findings.len(), 5, "{findings:#?}");
}
