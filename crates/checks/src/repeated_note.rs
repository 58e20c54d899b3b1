//! Two notes that say the same.

use crate::rule::Rule;
use crate::subject::{Note, Reference, Subject};
use sitrep_model::finding::{Finding, Severity};
use std::collections::HashMap;

pub(crate) const RULE: Rule =
    Rule { id: "repeated-note", since: "0.1.0", severity: Severity::Advice, explain: EXPLAIN, run };

fn key(reference: &Reference) -> String {
    let address = reference.url.clone().unwrap_or_else(|| reference.printed.to_lowercase());
    let bare = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
    let bare = bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches('/');
    format!("{bare} {}", reference.passage.as_deref().unwrap_or_default())
}

/// Notes that come back later in the text, by this number, are a desk's way of numbering and no slip.
const HABIT: usize = 2;
/// More runs than these are told once.
const MANY: usize = 6;

fn run(subject: &Subject) -> Vec<Finding> {
    let mut seen: HashMap<Vec<String>, &Note> = HashMap::new();
    let mut in_a_row: Vec<(&Note, &Note)> = Vec::new();
    let mut later: Vec<(&Note, &Note)> = Vec::new();
    for note in subject.notes.iter().filter(|note| !note.references.is_empty()) {
        let keys: Vec<String> = note.references.iter().map(key).collect();
        match seen.insert(keys, note) {
            Some(before) if before.number + 1 == note.number => in_a_row.push((before, note)),
            Some(before) => later.push((before, note)),
            None => {}
        }
    }
    if later.len() <= HABIT {
        in_a_row.extend(later);
    }
    let runs = runs(&in_a_row);
    let said =
        |run: &Run<'_>| format!("{} {} {}", run.first.label, if run.length > 2 { "to" } else { "and" }, run.last.label);
    let Some(first) = runs.first().filter(|_| runs.len() > MANY) else {
        return runs
            .iter()
            .map(|run| finding(subject, run, format!("notes {} are {}the same", said(run), run.all())))
            .collect();
    };
    let listed: Vec<String> = runs.iter().map(said).collect();
    vec![finding(subject, first, format!("{} runs of notes are the same: {}", runs.len(), listed.join(", ")))]
}

/// Notes, one behind the other, that are the same.
struct Run<'a> {
    first: &'a Note,
    second: &'a Note,
    last: &'a Note,
    length: usize,
}

impl Run<'_> {
    const fn all(&self) -> &'static str {
        if self.length > 2 { "all " } else { "" }
    }
}

/// Pairs joined to runs: three notes that are the same are one fault.
fn runs<'a>(pairs: &[(&'a Note, &'a Note)]) -> Vec<Run<'a>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    for (first, second) in pairs {
        match runs.last_mut() {
            Some(run) if run.last.number == first.number && second.number == first.number + 1 => {
                run.last = second;
                run.length += 1;
            }
            _ => runs.push(Run { first, second, last: second, length: 2 }),
        }
    }
    runs
}

fn finding(subject: &Subject, run: &Run<'_>, message: String) -> Finding {
    let hint = format!("Let the sentences share note {}, and number the notes again.", run.first.label);
    subject.finding(&RULE, run.second.span.clone(), message, &hint)
}

/// The manual's page.
const EXPLAIN: &str = r#"## Flags

Two notes with the same references: one right behind the other, or once or twice later in an edition.

## Why

Two numbers suggest two sources. The same evidence cited twice in a row can share a note. Where many notes come back later, that is how the desk numbers, and only neighbours are flagged; where many neighbours are the same, they are told once.

## Flagged

````text
Levant Update, November 10, 2026

Rail

The line to the coast is open again.[i] Engineers cleared the last bridge.[ii]

[i] https://news.example/line

[ii] https://news.example/line
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

Let both sentences share the first note, or put one marker behind the second."#;
