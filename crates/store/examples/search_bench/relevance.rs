//! Judged questions: nDCG@10 of ours and of the peers.

use crate::peers::{Engine, Fts5, Tsvector};
use crate::{Piece, archive};
use sitrep_store::{SearchQuery, Store};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// A question and its judged answers: 3 what one looked for, 2 much of it, 1 touches it, 0 not.
struct Judged {
    query: String,
    sort: String,
    grades: BTreeMap<String, u32>,
}

impl Judged {
    fn read(line: &str) -> Self {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| record[name].as_str().unwrap_or_default().to_owned();
        let grades = record["grades"].as_object().into_iter().flatten();
        let grades = grades.map(|(key, grade)| (key.clone(), grade.as_u64().unwrap_or_default() as u32));
        Self { query: text("query"), sort: text("type"), grades: grades.collect() }
    }
}

struct Ours {
    store: Store,
}

impl Engine for Ours {
    fn name(&self) -> &'static str {
        "sitrep"
    }

    fn ask(&mut self, question: &str, limit: usize) -> Vec<String> {
        let query = SearchQuery { text: question.to_owned(), public_only: true, limit, ..SearchQuery::default() };
        let hits = self.store.search(&query).unwrap().hits;
        let key = |anchor: Option<String>, id: String| match anchor {
            Some(anchor) => anchor.split('/').next().unwrap_or_default().to_owned(),
            None => id,
        };
        hits.into_iter().map(|hit| key(hit.anchor, hit.id)).collect()
    }
}

fn ndcg(found: &[String], grades: &BTreeMap<String, u32>) -> f64 {
    let gain = |grade: u32| f64::from((1_u32 << grade) - 1);
    let discount = |at: usize| 1.0 / ((at + 2) as f64).log2();
    let got: f64 =
        found.iter().take(10).enumerate().map(|(n, key)| gain(*grades.get(key).unwrap_or(&0)) * discount(n)).sum();
    let mut ideal: Vec<u32> = grades.values().copied().collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    let best: f64 = ideal.iter().take(10).enumerate().map(|(n, grade)| gain(*grade) * discount(n)).sum();
    if best == 0.0 { 0.0 } else { got / best }
}

pub fn run(files: &[&String], corpus: Option<&str>, postgres: Option<&str>, pool: bool) {
    let Some(corpus) = corpus.map(Path::new).filter(|corpus| corpus.join("editions").is_dir()) else {
        println!("skipped: the corpus is not here");
        return;
    };
    let mut judged: Vec<Judged> = Vec::new();
    let mut pieces = archive::pieces(corpus);
    for file in files {
        if file.ends_with("units.jsonl") {
            pieces.extend(archive::own(Path::new(file)));
            continue;
        }
        let text = std::fs::read_to_string(file).unwrap();
        judged.extend(text.lines().map(Judged::read));
    }
    let folder = tempfile::tempdir().unwrap();
    let store = archive::store(folder.path());
    archive::fill(&store, &pieces);
    store.search_catch_up(&mut |_| ()).unwrap();
    let copy = || {
        pieces.iter().map(|p| Piece {
            key: p.key.clone(),
            title: p.title.clone(),
            text: p.text.clone(),
            language: p.language.clone(),
        })
    };
    let mut engines: Vec<Box<dyn Engine>> =
        vec![Box::new(Ours { store }), Box::new(Fts5::fill(folder.path(), &mut copy()))];
    engines.extend(
        postgres.and_then(|url| Tsvector::fill(url, &mut copy())).map(|peer| Box::new(peer) as Box<dyn Engine>),
    );
    if pool {
        print_pool(&judged, &pieces, &mut engines);
        return;
    }
    print_table(&judged, pieces.len(), &mut engines);
}

fn print_pool(judged: &[Judged], pieces: &[Piece], engines: &mut [Box<dyn Engine>]) {
    let by_key: HashMap<&str, &Piece> = pieces.iter().map(|piece| (piece.key.as_str(), piece)).collect();
    for judged in judged {
        let mut found: BTreeMap<String, String> = BTreeMap::new();
        for engine in engines.iter_mut() {
            let initial = engine.name().chars().next().unwrap_or_default();
            for (n, key) in engine.ask(&judged.query, 10).into_iter().enumerate() {
                found.entry(key).or_default().push_str(&format!("{initial}{n} "));
            }
        }
        println!("## {}", judged.query);
        for (key, by) in found.iter().filter(|(key, _)| !judged.grades.contains_key(*key)) {
            let Some(piece) = by_key.get(key.as_str()) else { continue };
            println!(
                "{}",
                serde_json::json!({ "key": key, "by": by.trim(), "title": piece.title, "text": piece.text })
            );
        }
    }
}

fn print_table(judged: &[Judged], pieces: usize, engines: &mut [Box<dyn Engine>]) {
    let mut sums: BTreeMap<String, Vec<(f64, u32)>> = BTreeMap::new();
    for (n, judged) in judged.iter().enumerate() {
        let half = if n % 2 == 0 { "odd lines" } else { "even lines" };
        for (e, engine) in engines.iter_mut().enumerate() {
            let found = engine.ask(&judged.query, 10);
            let score = ndcg(&found, &judged.grades);
            if std::env::var_os("SEARCH_BENCH_EACH").is_some() {
                let unknown = found.iter().filter(|key| !judged.grades.contains_key(*key)).count();
                println!("{:<9} {score:.3} {unknown} unjudged  {}", engine.name(), judged.query);
            }
            for group in ["all", half, judged.sort.as_str()] {
                let row = sums.entry(group.to_owned()).or_insert_with(|| vec![(0.0, 0); 3]);
                row[e].0 += score;
                row[e].1 += 1;
            }
        }
    }
    println!("| nDCG@10 over {pieces} units | questions | sitrep | FTS5 | tsvector | ours / the better |");
    println!("|---|---|---|---|---|---|");
    for (group, row) in sums {
        let mean = |at: usize| row[at].0 / f64::from(row[at].1.max(1));
        let better = mean(1).max(mean(2));
        let theirs = if row[2].1 == 0 { "no server".to_owned() } else { format!("{:.3}", mean(2)) };
        let ratio = if better == 0.0 { "–".to_owned() } else { format!("{:.2}", mean(0) / better) };
        println!("| {group} | {} | {:.3} | {:.3} | {theirs} | {ratio} |", row[0].1, mean(0), mean(1));
    }
}
