//! How well and how fast the times of publication are read: over gold sets of `{address: {file, date}}` beside folders of
//! pages (`html/`, gzipped or not), F1 as htmldate counts it, and pages a second of one core.
//!
//! `cargo run --release -p sitrep-collect --example published -- [--misses] [--jsonl] FOLDER-WITH-PAGES… SET.json…`

#![allow(clippy::print_stdout, reason = "figures are what a measuring tool is for")]

use jiff::tz::TimeZone;
use sitrep_collect::extract::{Circumstances, times};
use std::io::Read;
use std::path::{Path, PathBuf};

type Failure = Box<dyn std::error::Error>;

/// A day after all pages of the sets were received.
const RECEIVED: jiff::civil::Date = jiff::civil::date(2026, 1, 1);

struct Page {
    url: String,
    gold: Option<String>,
    bytes: Vec<u8>,
}

fn main() -> Result<(), Failure> {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let mut flag = |name: &str| {
        let before = words.len();
        words.retain(|word| word != name);
        before != words.len()
    };
    let (misses, lines) = (flag("--misses"), flag("--jsonl"));
    let (folders, sets): (Vec<PathBuf>, Vec<PathBuf>) = words.iter().map(PathBuf::from).partition(|path| path.is_dir());
    for set in sets {
        let pages = pages(&set, &folders)?;
        measure(&set, &pages, misses, lines)?;
    }
    Ok(())
}

fn pages(set: &Path, folders: &[PathBuf]) -> Result<Vec<Page>, Failure> {
    // Some of the sets write `NaN`, which is no JSON.
    let text = std::fs::read_to_string(set)?.replace(": NaN", ": null");
    let gold: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text)?;
    let mut pages = Vec::new();
    for (url, entry) in gold {
        let name = entry.get("file").and_then(serde_json::Value::as_str).unwrap_or_default();
        let candidates = folders.iter().flat_map(|folder| [folder.join(format!("{name}.gz")), folder.join(name)]);
        let Some(path) = candidates.into_iter().find(|path| path.exists()) else {
            println!("no page for {url}: {name}");
            continue;
        };
        let mut bytes = std::fs::read(&path)?;
        if path.extension().is_some_and(|extension| extension == "gz") {
            let mut plain = Vec::new();
            flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut plain)?;
            bytes = plain;
        }
        let date = entry.get("date").and_then(serde_json::Value::as_str);
        pages.push(Page { url, gold: date.map(str::to_owned), bytes });
    }
    Ok(pages)
}

fn measure(set: &Path, pages: &[Page], misses: bool, lines: bool) -> Result<(), Failure> {
    let received = RECEIVED;
    let read = |page: &Page| {
        let circumstances = Circumstances { url: Some(&page.url), content_type: None, zone: TimeZone::UTC, received };
        times(&page.bytes, &circumstances).unwrap_or_default()
    };
    let (mut right, mut wrong, mut missed) = (0_u32, 0_u32, 0_u32);
    for page in pages {
        let found = read(page).published.map(|moment| moment.date().to_string());
        match (&found, &page.gold) {
            (Some(found), Some(gold)) if found == gold => right += 1,
            (Some(_), _) => wrong += 1,
            (None, Some(_)) => missed += 1,
            (None, None) => {}
        }
        if misses && found != page.gold {
            println!("{:?}\tgold {:?}\t{}", found.as_deref(), page.gold.as_deref(), page.url);
        }
        if lines {
            println!("{}", serde_json::json!({ "url": page.url, "published": found }));
        }
    }
    let mut rates: Vec<f64> = (0..5)
        .map(|_| {
            let begun = processor_seconds()?;
            for page in pages {
                std::hint::black_box(read(page));
            }
            Ok(pages.len() as f64 / (processor_seconds()? - begun))
        })
        .collect::<Result<_, Failure>>()?;
    rates.sort_by(f64::total_cmp);
    let f1 = 2.0 * f64::from(right) / (2.0 * f64::from(right) + f64::from(wrong) + f64::from(missed));
    let summary = serde_json::json!({
        "set": set.file_name().map(|name| name.to_string_lossy()),
        "pages": pages.len(), "right": right, "wrong": wrong, "missed": missed,
        "f1": (f1 * 10_000.0).round() / 10_000.0, "pages_a_second": rates.get(2).map(|rate| rate.round()),
    });
    println!("{summary}");
    Ok(())
}

/// Seconds that this thread has had a processor, other programs left out of account.
fn processor_seconds() -> Result<f64, Failure> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(text.split(' ').next().unwrap_or_default().parse::<f64>()? / 1e9)
}
