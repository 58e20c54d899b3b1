//! Puts a stream of documents into stories and measures it against stories made by hand: pairwise and B-cubed F1.
//!
//! `measure_stories DOCUMENTS.jsonl CLUSTERS.jsonl LABELS.jsonl` reads the measuring corpus, which is not part of this
//! project, and the labels in `bench/stories`.

#![allow(clippy::print_stdout, reason = "what was measured is printed")]

use serde_json::Value;
use sitrep_sift::stream::{Incoming, Settings, Stream};
use std::collections::{BTreeMap, HashMap};
use std::error::Error;

/// One document of the stream.
#[derive(Clone)]
struct Record {
    id: String,
    url: String,
    title: String,
    text: String,
    language: String,
    published: Option<i64>,
}

/// A labelled document: its record's id, its story, its language.
type Labelled = Vec<(String, String, String)>;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [documents, clusters, labels] = arguments.as_slice() else { return Err("three files are wanted".into()) };
    let documents = lines(documents)?;
    let records: Vec<Record> = documents.iter().map(|value| record(value, "doc_id", "raw_text")).collect();
    let clusters = lines(clusters)?;
    let alone: Vec<Record> = clusters.iter().map(|value| record(value, "url", "text")).collect();
    let settings = settings();
    let in_stream = run(&records, settings);
    let by_alone = run(&alone, settings);

    let mut sets: Vec<(&str, Labelled, &HashMap<String, String>)> = Vec::new();
    let unflagged = clusters.iter().filter(|value| value["flag"].is_null());
    let own: Labelled = unflagged.clone().map(|v| (text(v, "url"), text(v, "story"), text(v, "language"))).collect();
    sets.push(("clusters, their own stream", own.clone(), &by_alone));
    let hand: HashMap<String, String> = own.iter().map(|(url, story, _)| (url.clone(), story.clone())).collect();
    sets.push(("clusters, whole stream", once(&records, &|r| hand.get(&r.url).cloned()), &in_stream));
    sets.push(("clusters, each collection", every(&records, &|r| hand.get(&r.url).cloned()), &in_stream));
    let labels = lines(labels)?;
    let address: HashMap<&str, &str> = records.iter().map(|r| (r.id.as_str(), r.url.as_str())).collect();
    for part in ["tune", "verify"] {
        let of_part = labels.iter().filter(|v| v["part"] == part && v["flag"].is_null());
        let stories: HashMap<&str, String> =
            of_part.filter_map(|v| Some((*address.get(v["id"].as_str()?)?, v["story"].to_string()))).collect();
        let story = |r: &Record| stories.get(r.url.as_str()).cloned();
        sets.push((if part == "tune" { "tune" } else { "verify" }, once(&records, &story), &in_stream));
        sets.push((
            if part == "tune" { "tune, each collection" } else { "verify, each collection" },
            every(&records, &story),
            &in_stream,
        ));
    }
    println!(
        "{:<28}{:>6}{:>7}{:>8}{:>8}{:>8}{:>8}  cross: pairs, p, r, F1",
        "set", "docs", "pairs", "p", "r", "F1", "B3"
    );
    for (name, labelled, found) in &sets {
        let all = pairwise(labelled, found, false);
        let cross = pairwise(labelled, found, true);
        println!(
            "{name:<28}{:>6}{:>7}{:>8.3}{:>8.3}{:>8.3}{:>8.3}  {} {:.3} {:.3} {:.3}",
            labelled.len(),
            all.0,
            all.1,
            all.2,
            all.3,
            b_cubed(labelled, found),
            cross.0,
            cross.1,
            cross.2,
            cross.3
        );
    }
    if std::env::var_os("SHOW").is_some() {
        show(&records, &sets);
    }
    Ok(())
}

fn settings() -> Settings {
    let mut settings = Settings::default();
    if let Some(path) = std::env::var_os("FACTORS") {
        let value: Value =
            std::fs::read_to_string(path).ok().and_then(|t| serde_json::from_str(&t).ok()).unwrap_or_default();
        let read = |name: &str, into: &mut [f32]| {
            for (at, factor) in into.iter_mut().enumerate() {
                *factor = value[name][at].as_f64().map_or(*factor, |v| v as f32);
            }
        };
        read("same", &mut settings.same_language);
        read("across", &mut settings.across);
        settings.members = value["members"].as_f64().unwrap_or(settings.members);
        settings.size = value["size"].as_f64().unwrap_or(settings.size);
        settings.reprint = value["reprint"].as_f64().unwrap_or(settings.reprint);
    }
    settings
}

fn run(records: &[Record], settings: Settings) -> HashMap<String, String> {
    let mut stream = Stream::new(settings);
    let pairs = std::env::var_os("PAIRS").is_some();
    let place = |r: &Record| {
        let incoming = Incoming {
            id: &r.id,
            url: &r.url,
            title: &r.title,
            text: &r.text,
            language: &r.language,
            published: r.published,
        };
        let measured = if pairs { stream.measured(&incoming) } else { Vec::new() };
        let placed = stream.place(&incoming);
        if pairs {
            println!(
                "{}",
                serde_json::json!({"id": r.id, "relation": placed.relation.as_str(), "of": placed.of, "pairs": measured})
            );
        }
        (r.id.clone(), placed.story)
    };
    records.iter().map(place).collect()
}

/// Each address once.
fn once(records: &[Record], story: &dyn Fn(&Record) -> Option<String>) -> Labelled {
    let mut seen = std::collections::HashSet::new();
    every(records, story)
        .into_iter()
        .zip(records.iter().filter(|r| story(r).is_some()))
        .filter(|(_, r)| seen.insert(&r.url))
        .map(|(l, _)| l)
        .collect()
}

fn every(records: &[Record], story: &dyn Fn(&Record) -> Option<String>) -> Labelled {
    records.iter().filter_map(|r| Some((r.id.clone(), story(r)?, r.language.clone()))).collect()
}

/// Pairs in the labels, precision, recall, F1; of all pairs, or of those across languages.
fn pairwise(labelled: &Labelled, found: &HashMap<String, String>, across: bool) -> (usize, f64, f64, f64) {
    let (mut both, mut told, mut right) = (0, 0, 0);
    for (at, (a, story_a, language_a)) in labelled.iter().enumerate() {
        for (b, story_b, language_b) in &labelled[at + 1..] {
            if across && language_a == language_b {
                continue;
            }
            let (is, says) = (story_a == story_b, found.get(a) == found.get(b));
            right += usize::from(is);
            told += usize::from(says);
            both += usize::from(is && says);
        }
    }
    let (p, r) = (both as f64 / told.max(1) as f64, both as f64 / right.max(1) as f64);
    (right, p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
}

fn b_cubed(labelled: &Labelled, found: &HashMap<String, String>) -> f64 {
    let (mut p, mut r) = (0.0, 0.0);
    for (a, story, _) in labelled {
        let same: Vec<_> = labelled.iter().filter(|(b, ..)| found.get(a) == found.get(b)).collect();
        let own: Vec<_> = labelled.iter().filter(|(_, other, _)| story == other).collect();
        let both = same.iter().filter(|(_, other, _)| story == other).count() as f64;
        p += both / same.len() as f64;
        r += both / own.len() as f64;
    }
    let (p, r) = (p / labelled.len() as f64, r / labelled.len() as f64);
    2.0 * p * r / (p + r)
}

fn show(records: &[Record], sets: &[(&str, Labelled, &HashMap<String, String>)]) {
    let titles: HashMap<&str, &str> =
        records.iter().flat_map(|r| [(r.id.as_str(), r.title.as_str()), (r.url.as_str(), r.title.as_str())]).collect();
    let wanted = std::env::var("SHOW").unwrap_or_default();
    for (_, labelled, found) in sets.iter().filter(|(name, ..)| *name == wanted) {
        let mut groups: BTreeMap<&String, Vec<(&String, &String)>> = BTreeMap::new();
        for (id, story, _) in labelled {
            groups.entry(story).or_default().push((id, found.get(id).unwrap_or(id)));
        }
        println!("\n== missed and mixed");
        for (story, members) in groups.iter().filter(|(_, m)| m.len() > 1) {
            println!("-- {story}");
            for (id, as_found) in members {
                println!("   [{as_found}] {}", titles.get(id.as_str()).unwrap_or(&""));
            }
        }
        let mut by_found: BTreeMap<&String, Vec<(&String, &String)>> = BTreeMap::new();
        for (id, story, _) in labelled {
            by_found.entry(found.get(id).unwrap_or(id)).or_default().push((id, story));
        }
        println!("\n== wrongly together");
        for (as_found, members) in by_found.iter().filter(|(_, m)| m.iter().any(|(_, s)| *s != m[0].1)) {
            println!("-- {as_found}");
            for (id, story) in members {
                println!("   [{story}] {}", titles.get(id.as_str()).unwrap_or(&""));
            }
        }
    }
}

fn lines(path: &str) -> Result<Vec<Value>, Box<dyn Error>> {
    Ok(std::fs::read_to_string(path)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

fn record(value: &Value, id: &str, body: &str) -> Record {
    let published = value["published_at_utc"].as_str().and_then(|at| at.parse::<jiff::Timestamp>().ok());
    Record {
        id: text(value, id),
        url: text(value, "url"),
        title: text(value, "title"),
        text: text(value, body),
        language: text(value, "language"),
        published: published.map(|at| at.as_second()),
    }
}

fn text(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_default().to_owned()
}
