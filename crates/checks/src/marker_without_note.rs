//! A marker that no note answers.

use crate::rule::Rule;
use crate::subject::{Marker, Subject};
use crate::wording::counted;
use sitrep_model::finding::{Finding, Severity};

pub(crate) const RULE: Rule =
    Rule { id: "marker-without-note", since: "0.1.0", severity: Severity::Error, explain: EXPLAIN, run };

fn run(subject: &Subject) -> Vec<Finding> {
    let markers = subject.passages.iter().flat_map(|passage| &passage.markers);
    let missing: Vec<&Marker> =
        markers.filter(|marker| subject.note(marker.number).is_none_or(|note| note.references.is_empty())).collect();
    let last = subject.notes.iter().map(|note| note.number).max().unwrap_or(0);
    let behind: Vec<&Marker> = missing.iter().copied().filter(|marker| marker.number > last).collect();
    // A list that breaks off is one fault, not one for each marker behind its end.
    let cut = (behind.len() > 1 || last == 0) && !behind.is_empty();
    let mut findings: Vec<Finding> = Vec::new();
    for marker in missing.iter().filter(|marker| !cut || marker.number <= last) {
        let printed = subject.slice(&marker.span);
        let message = match subject.note(marker.number) {
            Some(_) => format!("note {printed} holds nothing"),
            None => format!("{printed} has no note"),
        };
        findings.push(subject.finding(&RULE, marker.span.clone(), message, "Add the note, or take the marker out."));
    }
    if let (true, Some(first)) = (cut, behind.first()) {
        let printed = subject.slice(&first.span);
        let ends =
            if last == 0 { "there is no note list".to_owned() } else { format!("the note list ends with note {last}") };
        let why = subject.truncated.as_ref().map(|reason| format!(" ({reason})")).unwrap_or_default();
        let message = format!("{ends}, so {} from {printed} on lead nowhere{why}", counted(behind.len(), "marker"));
        findings.push(subject.finding(
            &RULE,
            first.span.clone(),
            message,
            "Add the missing notes, or get the whole text.",
        ));
    }
    findings
}

/// The manual's page.
const EXPLAIN: &str = r#"## Flags

A note marker for which the note list has no note, or an empty one.

## Why

The reader follows the marker and finds nothing. Where the list breaks off, the text was most likely cut by whoever kept it: that is told once.

## Flagged

````text
Levant Update, November 10, 2026

Rail

The line to the coast is open again.[i] Engineers cleared the last bridge on November 8.[iii]

[i] https://news.example/line

[ii] https://news.example/bridge
````

## Fine

````text
Levant Update, November 10, 2026

Rail

The line to the coast is open again.[i] Engineers cleared the last bridge on November 8.[ii]

[i] https://news.example/line

[ii] https://news.example/bridge
````

## Remedy

Add the note, correct the number, or take the marker out."#;
