//! What ten thousand standing queries cost: `cargo run --release -p sitrep-sift --example watching -- DOCUMENTS.jsonl`.
//!
//! Queries are made of the documents' own words, two or three of them each, a third with alternatives, so that their
//! number of hits is like a desk's. Prints microseconds a document for 0, 100, 1,000 and 10,000 queries.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a measuring tool speaks to its caller")]

use sitrep_language::fold;
use sitrep_sift::watch::{Query, Text, WatchList};
use std::collections::BTreeSet;
use std::time::Instant;

/// A document's title and text, from a line of JSON with these two fields.
fn document(line: &str) -> Option<(String, String)> {
    let value: serde_json::Value = serde_json::from_str(line).ok()?;
    let field = |name: &str| value.get(name).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
    let text = [field("text"), field("raw_text"), field("content")].into_iter().find(|text| !text.is_empty())?;
    Some((field("title"), text))
}

fn main() {
    let path = std::env::args().nth(1).unwrap();
    let documents: Vec<(String, String)> =
        std::fs::read_to_string(path).unwrap().lines().filter_map(document).collect();
    let words: BTreeSet<String> =
        documents.iter().flat_map(|(_, text)| fold::words(text)).filter(|word| word.chars().count() > 3).collect();
    let words: Vec<String> = words.into_iter().collect();
    // A fixed walk through the words: the same queries in every run.
    let mut at = 7_usize;
    let mut word = || {
        at = (at * 1_103_515_245 + 12_345) % 2_147_483_647;
        words[at % words.len()].clone()
    };
    let queries: Vec<(String, Query)> = (0..10_000)
        .filter_map(|number| {
            let text = match number % 3 {
                0 => format!("{} {}", word(), word()),
                1 => format!("({} OR {}) {}", word(), word(), word()),
                _ => format!("\"{} {}\" OR {}", word(), word(), word()),
            };
            Query::parse(&text).ok().map(|query| (format!("w{number}"), query))
        })
        .collect();
    println!("{} documents, {} different words", documents.len(), words.len());
    for count in [1, 100, 1_000, 10_000] {
        let started = Instant::now();
        let list =
            WatchList::compile(queries.iter().take(count).map(|(id, query)| (id.as_str(), query)), |_, _| Vec::new());
        let compiled = started.elapsed();
        let mut rounds: Vec<f64> = Vec::new();
        let mut marks = 0;
        for _ in 0..5 {
            let started = Instant::now();
            marks = documents
                .iter()
                .map(|(title, body)| list.marks(&Text { title, body, language: "en", source: None }).len())
                .sum::<usize>();
            rounds.push(started.elapsed().as_secs_f64() * 1e6 / documents.len() as f64);
        }
        rounds.sort_by(f64::total_cmp);
        println!(
            "{:6} queries: {:7.1} µs a document (median of 5), {:.2} marks a document, compiled in {:.0} ms",
            list.len(),
            rounds[2],
            marks as f64 / documents.len() as f64,
            compiled.as_secs_f64() * 1e3
        );
    }
}
