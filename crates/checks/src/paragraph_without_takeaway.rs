//! A paragraph that no takeaway announces, in an edition whose takeaways announce its paragraphs.

use crate::rule::Rule;
use crate::subject::{Part, Passage, Subject};
use crate::takeaway_without_paragraph::MOST;
use sitrep_model::finding::{Finding, Severity};
use std::collections::BTreeSet;

pub(crate) const RULE: Rule =
    Rule { id: "paragraph-without-takeaway", since: "0.1.0", severity: Severity::Advice, explain: EXPLAIN, run };

fn run(subject: &Subject) -> Vec<Finding> {
    let announced: BTreeSet<usize> =
        subject.passages.iter().flat_map(|passage| passage.announces.iter().copied()).collect();
    let prose: Vec<(usize, &Passage)> =
        subject.passages.iter().enumerate().filter(|(_, passage)| passage.part == Part::Paragraph).collect();
    // Where takeaways sum up an edition rather than announce its paragraphs, one that isn't announced is no slip.
    if subject.passages.iter().filter(|passage| passage.part == Part::Takeaway).count() > MOST {
        return Vec::new();
    }
    let reached = prose.iter().filter(|(index, _)| announced.contains(index)).count();
    if reached * 5 < prose.len() * 2 || reached == 0 {
        return Vec::new();
    }
    let notice = |text: &str| ["Click here", "Note:", "NOTE", "Editor"].iter().any(|start| text.starts_with(start));
    let missing: Vec<&(usize, &Passage)> =
        prose.iter().filter(|(index, passage)| !announced.contains(index) && !notice(&passage.text)).collect();
    if missing.len() > 6 {
        let message =
            format!("{} of {} paragraphs are announced by no takeaway, the first here", missing.len(), prose.len());
        let first =
            missing.first().map(|(_, passage)| passage.span(&passage.sentences.first().cloned().unwrap_or(0..1)));
        let hint = "Add takeaways, or switch the rule off where they only sum up.";
        return first.map(|span| subject.finding(&RULE, span, message, hint)).into_iter().collect();
    }
    let finding = |(_, passage): &(usize, &Passage)| {
        let topic = passage.sentences.first().cloned().unwrap_or(0..passage.text.chars().count());
        let hint = "Add a takeaway with its topic sentence, or fold it into a paragraph that one announces.";
        subject.finding(&RULE, passage.span(&topic), "no takeaway announces this paragraph".to_owned(), hint)
    };
    missing.into_iter().map(finding).collect()
}

/// The manual's page.
const EXPLAIN: &str = r#"## Flags

A paragraph that no takeaway announces, in an edition in which takeaways announce at least two in five paragraphs.

## Why

Where the takeaways are the list of what an edition says, readers who stop there miss what is not on it.

## Flagged

````text
Levant Update, November 10, 2026

Key Takeaways

1. The ministry is reopening the line to the coast.

Rail

The ministry is reopening the line to the coast. Engineers cleared the last bridge.[1]

Smugglers are moving fuel across the northern border. Police stopped two lorries.[2]

[1] https://news.example/bridge

[2] https://news.example/fuel
````

## Fine

````text
Levant Update, November 10, 2026

Key Takeaways

1. The ministry is reopening the line to the coast.
2. Smugglers are moving fuel across the northern border.

Rail

The ministry is reopening the line to the coast. Engineers cleared the last bridge.[1]

Smugglers are moving fuel across the northern border. Police stopped two lorries.[2]

[1] https://news.example/bridge

[2] https://news.example/fuel
````

## Remedy

Add a takeaway with the paragraph's topic sentence, or fold the paragraph into one that is announced."#;
