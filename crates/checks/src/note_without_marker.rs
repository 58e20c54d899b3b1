//! A note that nothing in the text refers to.

use crate::rule::Rule;
use crate::subject::Subject;
use sitrep_model::finding::{Finding, Severity};
use std::collections::BTreeSet;

pub(crate) const RULE: Rule =
    Rule { id: "note-without-marker", since: "0.1.0", severity: Severity::Warning, explain: EXPLAIN, run };

fn run(subject: &Subject) -> Vec<Finding> {
    let cited: BTreeSet<u32> = subject.passages.iter().flat_map(|p| &p.markers).map(|marker| marker.number).collect();
    let unused = subject.notes.iter().filter(|note| !cited.contains(&note.number));
    let finding = |note: &crate::subject::Note| {
        let message = format!("note {} has no marker in the text", note.label);
        let hint = "Put its marker behind the sentence it supports, or take the note out.";
        subject.finding(&RULE, note.span.clone(), message, hint)
    };
    unused.map(finding).collect()
}

/// The manual's page.
const EXPLAIN: &str = r#"## Flags

A note of the note list that no marker in the text names.

## Why

A source that supports no sentence is either left over from a deleted one, or its marker was lost and a sentence stands without its source.

## Flagged

````text
Levant Update, November 10, 2026

Rail

The line to the coast is open again.[i]

[i] https://news.example/line

[ii] https://news.example/bridge
````

## Fine

````text
Levant Update, November 10, 2026

Rail

The line to the coast is open again.[i] Engineers cleared the last bridge.[ii]

[i] https://news.example/line

[ii] https://news.example/bridge
````

## Remedy

Put the marker behind the sentence that the note supports, or delete the note."#;
