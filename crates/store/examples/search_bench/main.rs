//! The figures of search, beside SQLite's FTS5 and PostgreSQL's tsvector over the same units, in the same run.
//!
//! `search_bench speed PARAGRAPHS [--postgres URL]` makes that many paragraphs and asks for ranked hits with snippets;
//! `search_bench relevance JUDGEMENTS… --corpus DIR [--postgres URL]` asks the judged questions of the real archive, and with
//! `--pool` prints what any of the engines found that nobody has judged yet.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench: it prints, and stops where it fails")]
#![allow(unreachable_pub, reason = "a program has no outside")]

mod archive;
mod made;
mod peers;
mod relevance;
mod speed;

/// One thing that is indexed by all engines: a paragraph of an edition, or a document.
pub struct Piece {
    /// What it is found as; pieces of one document share it.
    pub key: String,
    /// The document's title; empty for a paragraph.
    pub title: String,
    /// The text.
    pub text: String,
    /// `en`, `fa` …
    pub language: String,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| arguments.iter().position(|a| a == name).and_then(|at| arguments.get(at + 1)).cloned();
    let postgres = option("--postgres");
    match arguments.first().map(String::as_str) {
        Some("speed") => {
            let paragraphs = arguments.get(1).and_then(|n| n.parse().ok()).unwrap_or(100_000);
            speed::run(paragraphs, postgres.as_deref());
        }
        Some("relevance") => {
            let files: Vec<&String> = arguments[1..].iter().take_while(|a| !a.starts_with("--")).collect();
            let pool = arguments.iter().any(|a| a == "--pool");
            relevance::run(&files, option("--corpus").as_deref(), postgres.as_deref(), pool);
        }
        _ => {
            println!("search_bench speed PARAGRAPHS | relevance JUDGEMENTS… --corpus DIR [--pool]; [--postgres URL]");
            std::process::exit(2);
        }
    }
}
