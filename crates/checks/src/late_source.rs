//! A source that is younger than the edition that cites it.

use crate::rule::Rule;
use crate::subject::{Reference, Subject};
use sitrep_language::dates;
use sitrep_model::finding::{Finding, Severity};

pub(crate) const RULE: Rule =
    Rule { id: "late-source", since: "0.1.0", severity: Severity::Warning, explain: EXPLAIN, run };

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn run(subject: &Subject) -> Vec<Finding> {
    let references =
        subject.notes.iter().flat_map(|note| note.references.iter().map(move |reference| (note, reference)));
    let late = references.filter_map(|(note, reference)| {
        let message = late(subject, reference)?;
        let hint = "Leave it to the next edition, move the cut-off, or mark what came in later.";
        Some(subject.finding(&RULE, reference.span.clone(), format!("note {}: {message}", note.label), hint))
    });
    late.collect()
}

fn late(subject: &Subject, reference: &Reference) -> Option<String> {
    if reference.late {
        return Some("it came in after the data cut-off".to_owned());
    }
    let edition = subject.date?;
    let url = reference.url.as_deref()?;
    let of = dates::in_address(url)?.date;
    // `…/meeting-2-6-march-2026` names what the page is about; figures, and the desk's own editions, say when it appeared.
    let named = url.to_lowercase().split(|c: char| !c.is_alphabetic()).any(|word| MONTHS.contains(&word));
    if named && !reference.edition {
        return None;
    }
    // East of the desk the next day has begun.
    let tomorrow = edition.tomorrow().ok()?;
    (of > tomorrow).then(|| format!("its address is of {of}, the edition of {edition}"))
}

/// The manual's page.
const EXPLAIN: &str = r#"## Flags

A note whose address, or document, is younger than the edition: dated after the next day, or received after the data cut-off.

## Why

What came in after the cut-off is not in the edition. A later date in an address is more often a slip in the year or month.

## Flagged

````text
Levant Update, November 10, 2026

Rail

The line is open.[1]

[1] https://news.example/2026/12/09/line
````

## Fine

````text
Levant Update, November 10, 2026

Rail

The line is open.[1]

[1] https://news.example/2026/11/10/line
````

## Remedy

Correct the address, leave the source to the next edition, or move the cut-off and say so."#;
