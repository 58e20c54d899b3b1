//! Finds copies in a stream of texts and measures it: documents a second, recall, precision.
//!
//! `near_copies STREAM.jsonl` with lines of `{id, text, of}`; `of` names the text that it was made from, or is `null`.
//! Prints one JSON object. The peers read the same file (`bench/stories/near_copies.py`).

#![allow(clippy::print_stdout, reason = "what was measured is printed")]

use serde_json::{Value, json};
use sitrep_sift::Fingerprint;
use sitrep_sift::reprints::Index;
use std::error::Error;
use std::time::Instant;

/// Overlap from which a text counts as a copy.
const BOUND: f64 = 0.4;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("a file is wanted")?;
    let lines: Vec<Value> =
        std::fs::read_to_string(path)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let field = |value: &Value, name: &str| value[name].as_str().map(str::to_owned);
    let texts: Vec<(String, String, Option<String>)> = lines
        .iter()
        .map(|line| (field(line, "id").unwrap_or_default(), field(line, "text").unwrap_or_default(), field(line, "of")))
        .collect();
    let start = Instant::now();
    let mut index = Index::default();
    let mut found = Vec::with_capacity(texts.len());
    for (id, text, _) in &texts {
        let fingerprint = Fingerprint::of(text);
        found.push(index.nearest(&fingerprint).filter(|(_, overlap)| *overlap >= BOUND).map(|(of, _)| of));
        index.insert(id, &fingerprint);
    }
    let seconds = start.elapsed().as_secs_f64();
    let family = |id: &str| id.split('/').next().unwrap_or_default().to_owned();
    let copies = texts.iter().filter(|(_, _, of)| of.is_some()).count();
    let told = found.iter().flatten().count();
    let right = texts
        .iter()
        .zip(&found)
        .filter(|((id, _, of), found)| of.is_some() && found.as_ref().is_some_and(|found| family(found) == family(id)));
    let right = right.count();
    println!(
        "{}",
        json!({
            "documents": texts.len(), "seconds": seconds, "per_second": texts.len() as f64 / seconds,
            "recall": right as f64 / copies.max(1) as f64, "precision": right as f64 / told.max(1) as f64,
        })
    );
    Ok(())
}
