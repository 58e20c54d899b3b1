//! What sift costs when a stream goes on: `long_stream SEED.jsonl [DOCUMENTS [WATCHES]]`.
//!
//! Documents are made at run time from those of a file (lines with a title and a text): each is another mixture of their
//! sentences, with names, numbers and places of its own story; four in ten are reports of a story of the last days, two
//! are copies. They go through re-prints, stories and standing queries, as the newsroom does it. Printed for each tenth
//! of the stream: CPU time a document for each part, documents remembered, memory.

#![allow(clippy::print_stdout, reason = "what was measured is printed")]

use serde_json::Value;
use sitrep_language::fold;
use sitrep_sift::stream::{Incoming, Stream};
use sitrep_sift::watch::{Query, Text, WatchList};
use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write;

/// Seconds between two documents: forty thousand a day.
const APART: i64 = 2;

/// Documents that are made before they are read, so that making them is not measured.
const BATCH: usize = 500;

/// Documents that a further report or a copy can follow.
const RECENT: usize = 4_000;

/// Syllables that names are made of, in Latin letters and as Persian writes them.
const SYLLABLES: &[(&str, &str)] = &[
    ("ba", "با"),
    ("ra", "را"),
    ("shi", "شی"),
    ("mar", "مر"),
    ("kan", "کن"),
    ("do", "دو"),
    ("lu", "لو"),
    ("sab", "سب"),
    ("za", "زا"),
    ("ni", "نی"),
    ("gor", "گر"),
    ("ta", "تا"),
    ("vil", "ویل"),
    ("hes", "هس"),
    ("far", "فر"),
    ("jo", "جو"),
];

struct Seed {
    title: Vec<String>,
    sentences: Vec<String>,
    language: String,
}

/// Numbers that look like chance and are the same in every run (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap_or(0)
    }
}

struct Made {
    story: u64,
    title: String,
    text: String,
    language: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("a file of documents is wanted")?;
    let wanted: usize = arguments.next().map_or(Ok(100_000), |number| number.parse())?;
    let watches: usize = arguments.next().map_or(Ok(1_000), |number| number.parse())?;
    let seeds: Vec<Seed> = std::fs::read_to_string(path)?.lines().filter_map(seed).collect();
    let list = watch_list(&seeds, watches);
    println!("{} seeds, {wanted} documents, {} watches", seeds.len(), list.len());
    println!(
        "{:>9} {:>10} {:>10} {:>11} {:>8} {:>8} {:>6}",
        "documents", "stories µs", "watches µs", "remembered", "opened", "marks", "MB"
    );
    let mut stream = Stream::default();
    let mut recent: Vec<Made> = Vec::new();
    let (mut opened, mut marks, mut made) = (0_usize, 0_usize, 0_usize);
    for tenth in 1..=10 {
        let (mut stories, mut watching) = (0_u64, 0_u64);
        let (from, until) = (made, wanted * tenth / 10);
        while made < until {
            let batch: Vec<Made> =
                (made..until.min(made + BATCH)).map(|number| next(&seeds, &recent, number)).collect();
            let start = cpu();
            for (number, document) in (made..).zip(&batch) {
                opened += usize::from(place(&mut stream, number, document));
            }
            let between = cpu();
            for Made { title, text, language, .. } in &batch {
                marks += list.marks(&Text { title, body: text, language, source: None }).len();
            }
            stories += between - start;
            watching += cpu() - between;
            made += batch.len();
            recent.extend(batch);
            recent.drain(..recent.len().saturating_sub(RECENT));
        }
        let each = |nanoseconds: u64| nanoseconds as f64 / 1e3 / (until - from).max(1) as f64;
        let (stories, watching) = (each(stories), each(watching));
        println!(
            "{made:>9} {stories:>10.0} {watching:>10.0} {:>11} {opened:>8} {marks:>8} {:>6}",
            stream.len(),
            memory()
        );
    }
    Ok(())
}

/// Whether the document opened a story.
fn place(stream: &mut Stream, number: usize, document: &Made) -> bool {
    let (id, url) = (format!("d{number}"), format!("https://outlet{}.example/{number}", number % 400));
    let published = Some(1_770_000_000 + i64::try_from(number).unwrap_or(0) * APART);
    let Made { title, text, language, .. } = document;
    stream.place(&Incoming { id: &id, url: &url, title, text, language, published }).of.is_none()
}

fn seed(line: &str) -> Option<Seed> {
    let value: Value = serde_json::from_str(line).ok()?;
    let field = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    let text = if field("text").is_empty() { field("raw_text") } else { field("text") };
    let sentences: Vec<String> = text
        .split_inclusive(['.', '؟', '?', '!', '\n'])
        .map(|sentence| sentence.trim().to_owned())
        .filter(|sentence| sentence.split_whitespace().count() > 5)
        .collect();
    let title: Vec<String> = field("title").split_whitespace().map(str::to_owned).collect();
    let language = field("language").to_owned();
    (!sentences.is_empty() && title.len() > 2).then_some(Seed { title, sentences, language })
}

/// The document of that number.
fn next(seeds: &[Seed], recent: &[Made], number: usize) -> Made {
    let mut chance = Chance(number as u64);
    let kind = chance.below(10);
    let earlier = if recent.is_empty() { None } else { recent.get(chance.below(recent.len())) };
    match earlier {
        Some(earlier) if kind < 2 => copy(seeds, earlier, &mut chance),
        Some(earlier) if kind < 6 => report(seeds, earlier.story, &mut chance),
        _ => report(seeds, chance.next(), &mut chance),
    }
}

/// A report of a story: its names, number and title's words, in other sentences.
fn report(seeds: &[Seed], story: u64, chance: &mut Chance) -> Made {
    let mut of_story = Chance(story);
    let own = &seeds[of_story.below(seeds.len())];
    let second = &seeds[of_story.below(seeds.len())];
    let second = if second.language == own.language { second } else { own };
    let own_words = own.title.iter().filter(|word| word.len() % 2 == 0);
    let title: Vec<&String> = own_words.chain(second.title.iter().filter(|word| word.len() % 2 == 1)).collect();
    let latin = own.language != "fa";
    let names: Vec<String> = (0..3).map(|_| name(&mut of_story, latin)).collect();
    let figure = of_story.below(9_000);
    let words = title.into_iter().filter(|_| chance.below(4) > 0);
    let title = words.chain(&names[..2]).cloned().collect::<Vec<_>>().join(" ");
    let mut text = String::new();
    for at in 0..6 + chance.below(14) {
        let seed = loop {
            let seed = &seeds[chance.below(seeds.len())];
            if seed.language == own.language {
                break seed;
            }
        };
        let sentence = if at < 2 {
            &own.sentences[chance.below(own.sentences.len())]
        } else {
            &seed.sentences[chance.below(seed.sentences.len())]
        };
        let (front, back) = sentence.split_once(' ').unwrap_or((sentence, ""));
        let named = names.get(at).cloned().unwrap_or_else(|| name(chance, latin));
        let _ = if at == 0 {
            write!(text, "{front} {named} {figure} {back} ")
        } else {
            write!(text, "{front} {named} {back} ")
        };
    }
    Made { story, title, text, language: own.language.clone() }
}

/// A copy: a new head, a sentence more.
fn copy(seeds: &[Seed], earlier: &Made, chance: &mut Chance) -> Made {
    let seed = &seeds[chance.below(seeds.len())];
    let text = format!("{} {}", earlier.text, seed.sentences[chance.below(seed.sentences.len())]);
    Made { story: earlier.story, title: earlier.title.clone(), text, language: earlier.language.clone() }
}

fn name(chance: &mut Chance, latin: bool) -> String {
    let syllables = (0..2 + chance.below(3)).map(|_| SYLLABLES[chance.below(SYLLABLES.len())]);
    let name: String = syllables.map(|(in_latin, in_persian)| if latin { in_latin } else { in_persian }).collect();
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Queries of the seeds' own words, two or three of them each.
fn watch_list(seeds: &[Seed], count: usize) -> WatchList {
    let words = seeds.iter().flat_map(|seed| &seed.sentences).flat_map(|sentence| fold::words(sentence));
    let words: BTreeSet<String> = words.filter(|word| word.chars().count() > 3).collect();
    let words: Vec<String> = words.into_iter().collect();
    let mut chance = Chance(7);
    let mut word = || words[chance.below(words.len())].clone();
    let queries: Vec<(String, Query)> = (0..count)
        .filter_map(|number| {
            let text = if number % 2 == 0 {
                format!("{} {}", word(), word())
            } else {
                format!("({} OR {}) {}", word(), word(), word())
            };
            Query::parse(&text).ok().map(|query| (format!("w{number}"), query))
        })
        .collect();
    WatchList::compile(queries.iter().map(|(id, query)| (id.as_str(), query)), |_, _| Vec::new())
}

/// CPU time of this thread in nanoseconds, as Linux tells it; other work on the machine doesn't count.
fn cpu() -> u64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Megabytes of memory in use.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok())
        .map_or(0, |kilobytes: u64| kilobytes / 1024)
}
