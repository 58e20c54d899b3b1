//! How long ranked hits with snippets take.

use crate::peers::{Engine, Fts5, Tsvector};
use crate::{archive, made};
use sitrep_store::{SearchQuery, Store};
use std::collections::BTreeMap;
use std::time::Instant;

const HITS: usize = 10;
const QUESTIONS: usize = 1000;

/// Passes over all questions, each with an index that remembers none: of each question the best counts, as other programs
/// may run on the machine meanwhile.
const PASSES: usize = 3;

fn took(f: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    f();
    begun.elapsed().as_secs_f64() * 1e3
}

fn quantile(values: &mut [f64], q: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(((values.len() as f64 * q) as usize).min(values.len().saturating_sub(1))).copied().unwrap_or_default()
}

fn row(figure: &str, values: &mut [f64], target: &str, note: &str) -> f64 {
    let p99 = quantile(values, 0.99);
    println!("| {figure:<44} | {:.2} | {p99:.2} | {target} | {note} |", quantile(values, 0.5));
    p99
}

fn ask(store: &Store, text: &str, as_of: bool) {
    let as_of = as_of.then(|| jiff::Timestamp::from_second(1_700_000_000 + 10).unwrap());
    let query = SearchQuery {
        text: text.to_owned(),
        public_only: true,
        desk: Some("iran".into()),
        as_of,
        limit: HITS,
        ..SearchQuery::default()
    };
    std::hint::black_box(store.search(&query).unwrap());
}

pub fn run(paragraphs: usize, postgres: Option<&str>) {
    let folder = tempfile::tempdir().unwrap();
    let store = archive::store(folder.path());
    let mut editions: u32 = 0;
    for from in (0..paragraphs).step_by(3000) {
        let pieces: Vec<_> = (from..(from + 3000).min(paragraphs)).map(made::piece).collect();
        archive::fill(&store, &pieces);
        editions += pieces.len().div_ceil(30) as u32;
    }
    let before = processor();
    store.search_catch_up(&mut |_| ()).unwrap();
    let indexing = (processor() - before) / f64::from(editions);
    println!("| figure | p50 ms | p99 ms | target, p99 | note |");
    println!("|---|---|---|---|---|");
    println!("| indexing, processor time an edition | {indexing:.2} | | | {editions} editions of 30 paragraphs |");
    let questions = made::questions(QUESTIONS);
    let mut ours = 0.0;
    for (what, as_of) in [("ranked search", false), ("ranked search, as of an earlier moment", true)] {
        let mut best = vec![f64::MAX; questions.len()];
        for _ in 0..PASSES {
            let store = archive::store(folder.path());
            ask(&store, "ka", as_of);
            for ((_, text), best) in questions.iter().zip(&mut best) {
                *best = best.min(took(|| ask(&store, text, as_of)));
            }
        }
        let note = format!("snippets included, {paragraphs} paragraphs, {QUESTIONS} questions");
        let p99 = row(what, &mut best.clone(), "≤ 3", &note);
        if as_of {
            continue;
        }
        ours = p99;
        let mut sorts: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for ((sort, _), best) in questions.iter().zip(best) {
            sorts.entry(sort).or_default().push(best);
        }
        for (sort, mut values) in sorts {
            row(&format!("… {sort}"), &mut values, "", "");
        }
    }
    drop(store);
    let pieces = || (0..paragraphs).map(made::piece);
    let mut peers: Vec<Box<dyn Engine>> = vec![Box::new(Fts5::fill(folder.path(), &mut pieces()))];
    peers.extend(
        postgres.and_then(|url| Tsvector::fill(url, &mut pieces())).map(|peer| Box::new(peer) as Box<dyn Engine>),
    );
    for peer in &mut peers {
        // One in ten of the questions: they take so much longer.
        let questions: Vec<_> = questions.chunks(10).enumerate().map(|(n, tens)| &tens[n % 10]).collect();
        let mut best = vec![f64::MAX; questions.len()];
        for _ in 0..PASSES {
            for ((_, text), best) in questions.iter().zip(&mut best) {
                let took = took(|| {
                    std::hint::black_box(peer.ask(text, HITS));
                });
                *best = best.min(took);
            }
        }
        let name = peer.name();
        let p99 = row(name, &mut best, "", "one question in ten");
        println!("| {name} / ours | | {:.1} | ≥ 10 | |", p99 / ours);
    }
}

/// Milliseconds of processor time that this process took so far.
fn processor() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind = text.rsplit(')').next().unwrap_or_default();
    let ticks: f64 = behind.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum();
    ticks * 10.0
}
