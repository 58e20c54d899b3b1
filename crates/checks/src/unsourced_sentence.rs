//! A statement that a reader could check, without a note.

use crate::rule::Rule;
use crate::subject::{Part, Passage, Subject};
use crate::wording::{self, Pattern, counted, pattern};
use sitrep_language::dates;
use sitrep_model::finding::{Finding, Severity};
use sitrep_model::when::TimePrecision;
use std::ops::Range;
use std::sync::LazyLock;

pub(crate) const RULE: Rule =
    Rule { id: "unsourced-sentence", since: "0.1.0", severity: Severity::Warning, explain: EXPLAIN, run };

const HINT: &str = "Cite the source behind the sentence, or say whose judgement it is.";

/// Figures that somebody counted or measured.
static FIGURE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)(?:[$€£]\s?\d|\b\d[\d,.]*\s?(?:percent|per cent|%|people|persons|soldiers|fighters|civilians|protesters|killed|injured|wounded|arrested|dollars|euros|rials|tomans|barrels|tons|tonnes|kilometers|kilometres|km|miles|drones|missiles|rockets|airstrikes|strikes|attacks|vehicles|tanks|aircraft|ships|vessels|troops|members|million|billion|thousand|hundred)\b|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|thousands|millions|billions)\s(?:of\s)?(?:people|soldiers|fighters|civilians|protesters|drones|missiles|rockets|airstrikes|strikes|attacks|vehicles|tanks|aircraft|ships|vessels|troops|members|million|billion))",
    )
});
/// Verbs of happenings in the past.
static HAPPENED: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:\w{3,}ed|met|held|shot|struck|hit|went|took|began|gave|sent|made|left|came|fell|rose|grew|won|lost|sold|bought|built|flew|drove|led|was|were|had)\b",
    )
});

/// How much of a sentence asks for a source.
fn weight(sentence: &str, subject: &Subject) -> usize {
    let (judged, spoken) = (wording::judgement(sentence), wording::statement(sentence));
    // What comes first is the main clause: *he said that they may*, *they may, he said*.
    if judged.is_some_and(|judged| spoken.is_none_or(|spoken| judged < spoken)) || wording::is_own(sentence) {
        return 0;
    }
    let stated = spoken.is_some();
    let happened = stated || HAPPENED.as_ref().is_some_and(|verbs| verbs.is_match(sentence));
    if !happened {
        return 0;
    }
    let found = subject.date.map(|date| dates::find(sentence, "en", date)).unwrap_or_default();
    let is_day =
        |date: &dates::FoundDate| date.precision == TimePrecision::Day && date.text.chars().any(char::is_numeric);
    let day = found.iter().any(is_day);
    let figure = FIGURE.as_ref().is_some_and(|figures| figures.is_match(sentence));
    let quotation = wording::longest_quotation(sentence) >= 4;
    2 * usize::from(stated) + 2 * usize::from(day) + 2 * usize::from(quotation && stated) + usize::from(figure)
}

/// The sentences of a passage that ask for a source and have none.
fn unsourced(subject: &Subject, index: usize, passage: &Passage) -> Vec<Range<usize>> {
    let sourced = |at: usize| passage.markers_of(at).next().is_some() || next_opens_with_marker(subject, index, at);
    let mut found = Vec::new();
    for (at, range) in passage.sentences.iter().enumerate() {
        if sourced(at) || passage.cross_references.iter().any(|offset| range.contains(offset)) {
            continue;
        }
        let followed = at + 1 < passage.sentences.len() && sourced(at + 1);
        // A topic sentence sums up what the sentences behind it cite.
        if at == 0
            && (passage.markers.iter().any(|m| m.offset > range.end)
                || (passage.sentences.len() == 1 && opens(subject, index)))
        {
            continue;
        }
        let weight = weight(passage.slice(range), subject);
        if weight >= if followed { 4 } else { 2 } {
            found.push(range.clone());
        }
    }
    found
}

/// A marker that a line break of the page cut off from the passage's last sentence.
fn next_opens_with_marker(subject: &Subject, index: usize, sentence: usize) -> bool {
    let last = subject.passages[index].sentences.len() == sentence + 1;
    let next = subject.passages.get(index + 1).and_then(|next| next.markers.first());
    last && next.is_some_and(|marker| marker.offset == 0)
}

/// Whether the next passage is what this one is the topic sentence of.
fn opens(subject: &Subject, index: usize) -> bool {
    subject.passages.get(index + 1).is_some_and(|next| next.is_body() && !next.markers.is_empty())
}

fn run(subject: &Subject) -> Vec<Finding> {
    let body = || subject.passages.iter().enumerate().filter(|(_, passage)| passage.is_body());
    let noted = body().any(|(_, passage)| !passage.markers.is_empty());
    let mut found: Vec<(usize, Range<usize>)> = Vec::new();
    for (index, passage) in body() {
        found.extend(unsourced(subject, index, passage).into_iter().map(|range| (index, range)));
    }
    if !noted {
        // A text without any note is told once, not at each sentence.
        let Some((index, range)) = found.first() else {
            return Vec::new();
        };
        let span = subject.passages[*index].span(range);
        let message =
            format!("the edition has no notes: {} a fact without a source, the first here", stating(found.len()));
        return vec![subject.finding(&RULE, span, message, "Add notes, or check a text that still has them.")];
    }
    let finding = |(index, range): &(usize, Range<usize>)| {
        let passage = &subject.passages[*index];
        let list = passage.part == Part::ListItem;
        let message = format!(
            "{} states something that can be checked, and cites nothing",
            if list { "this item" } else { "this sentence" }
        );
        subject.finding(&RULE, passage.span(range), message, HINT)
    };
    found.iter().map(finding).collect()
}

fn stating(count: usize) -> String {
    let states = if count == 1 { "states" } else { "state" };
    format!("{} {states}", counted(count, "sentence"))
}

/// The manual's page.
const EXPLAIN: &str = r#"## Flags

A sentence of a section that states what a reader could check (somebody's statement, a day, a quotation, a figure) and has no note.

## Why

The thread from a sentence to its source is what a reader trusts an update for. Judgements of the desk, references to earlier editions, background and topic sentences that the sentences behind them support are not flagged. A text without any note is told once.

## Flagged

````text
Levant Update, November 10, 2026

Rail

The line to the coast is open again. Engineers cleared the last bridge on November 8.[1] Minister Farid Nouri said in an interview on November 9 that trains will run daily.

[1] https://news.example/bridge
````

````text
Levant Update, November 10, 2026

Rail

The line to the coast is open again. Nouri told reporters on November 7 that 40 wagons had arrived. Engineers cleared the last bridge on November 8.[1]

[1] https://news.example/bridge
````

## Fine

````text
Levant Update, November 10, 2026

Rail

The line to the coast is open again. Engineers cleared the last bridge on November 8.[1] The railway is a state company. Regular trains would make the port of Latakia cheaper to reach. We assessed on November 3 that the line would open this month.

[1] https://news.example/bridge
````

## Remedy

Cite the document that says so. Where the sentence is the desk's own judgement, word it as one."#;
