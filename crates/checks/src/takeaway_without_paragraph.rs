//! A takeaway that no paragraph carries out.

use crate::rule::Rule;
use crate::subject::{Part, Subject};
use sitrep_model::finding::{Finding, Severity};

pub(crate) const RULE: Rule =
    Rule { id: "takeaway-without-paragraph", since: "0.1.0", severity: Severity::Warning, explain: EXPLAIN, run };

/// More than these are no list of takeaways, but a text whose parts could not be told apart.
pub(crate) const MOST: usize = 15;

fn run(subject: &Subject) -> Vec<Finding> {
    let takeaways =
        subject.passages.iter().filter(|passage| passage.part == Part::Takeaway && !passage.text.is_empty());
    if !subject.passages.iter().any(|passage| passage.part == Part::Paragraph) {
        return Vec::new();
    }
    let takeaways: Vec<&crate::subject::Passage> = takeaways.collect();
    let alone: Vec<&crate::subject::Passage> = takeaways.iter().copied().filter(|t| t.announces.is_empty()).collect();
    if takeaways.len() > MOST {
        return Vec::new();
    }
    // Takeaways that sum up rather than repeat are the desk's way, and told once.
    if alone.len() >= 4 && alone.len() * 2 > takeaways.len() {
        let first = alone.first().map(|takeaway| takeaway.span(&(0..takeaway.text.chars().count())));
        let message = format!("{} of {} takeaways open no paragraph, the first here", alone.len(), takeaways.len());
        let hint = "Let paragraphs open with the wording of the takeaways, or switch the rule off for this desk.";
        return first.map(|span| subject.finding(&RULE, span, message, hint)).into_iter().collect();
    }
    let finding = |takeaway: &crate::subject::Passage| {
        let span = takeaway.span(&(0..takeaway.text.chars().count()));
        let hint = "Open a paragraph with its wording, or take the takeaway out.";
        subject.finding(&RULE, span, "no paragraph carries this takeaway out".to_owned(), hint)
    };
    alone.into_iter().map(finding).collect()
}

/// The manual's page.
const EXPLAIN: &str = r#"## Flags

A key takeaway whose wording opens no paragraph.

## Why

A takeaway promises that the text says why. One without a paragraph is left over, or its paragraph was reworded until the two no longer say the same.

## Flagged

````text
Levant Update, November 10, 2026

Key Takeaways

1. The ministry is reopening the line to the coast.
2. Smugglers are moving fuel across the northern border.

Rail

The ministry is reopening the line to the coast. Engineers cleared the last bridge.[1]

[1] https://news.example/bridge
````

## Fine

````text
Levant Update, November 10, 2026

Key Takeaways

1. The ministry is reopening the line to the coast.

Rail

The ministry is reopening the line to the coast. Engineers cleared the last bridge.[1]

[1] https://news.example/bridge
````

## Remedy

Write the paragraph, take the takeaway out, or tie the two in the editor."#;
