//! What is understood of an archive: a line for each edition, sums, and what was not understood.
//!
//! `cargo run --release -p sitrep-editions --example survey -- FOLDER…` measures; with `--blocks FILE` it prints each
//! block of one edition with its role, to be judged by eye; with `--json FOLDER…` a line of JSON for each edition, as
//! `edition parse` says it, to be compared with what another version says.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // a measuring tool: it prints, and stops at what it can't read

use sitrep_editions::parse::{self, Parsed, ParsedReference, ReferenceKind, Role, parse_near};
use sitrep_editions::{contract, roundtrip};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Endings of files that can be editions.
const ENDINGS: [&str; 7] = ["txt", "html", "htm", "md", "docx", "json", "xhtml"];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [flag, file] if flag == "--blocks" => return blocks(Path::new(file)),
        [flag, folders @ ..] if flag == "--json" => return json(folders),
        _ => {}
    }
    let mut files = Vec::new();
    arguments.iter().for_each(|argument| collect(Path::new(argument), &mut files));
    files.sort();
    let mut sums = Sums::default();
    println!(
        "{:44} {:>3} {:>3} {:>3} {:>3} {:>4} {:>9} {:>9} {:>3} {:>3} {:>2} {:>6}",
        "edition", "tk", "→", "sec", "sco", "par", "markers", "refs", "xr", "unk", "rt", "ms"
    );
    files.iter().for_each(|path| survey(path, &mut sums));
    sums.print();
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_dir() {
        std::fs::read_dir(path).unwrap().for_each(|entry| collect(&entry.unwrap().path(), files));
        return;
    }
    let name = path.to_string_lossy();
    if ENDINGS.iter().any(|ending| name.ends_with(&format!(".{ending}"))) && !name.ends_with(".meta.json") {
        files.push(path.to_path_buf());
    }
}

#[derive(Default)]
struct Sums {
    files: usize,
    refused: Vec<String>,
    whole: usize,
    lost: Vec<String>,
    markers: (usize, usize),
    cut_markers: (usize, usize),
    references: (usize, usize),
    undated: usize,
    untitled: usize,
    unclassified: Vec<String>,
    words: Vec<String>,
    times: Vec<Duration>,
}

/// Whether a reference has its address and display form: words without an address have none to find.
fn addressed(reference: &ParsedReference) -> bool {
    let speaks_of_one =
        ["://", "www.", ".com", " dot ", "[.]", "[dot]"].iter().any(|sign| reference.printed.contains(sign));
    reference.url.is_some() || !speaks_of_one
}

fn survey(path: &Path, sums: &mut Sums) {
    let name: String = path.file_name().unwrap().to_string_lossy().chars().take(44).collect();
    let bytes = std::fs::read(path).unwrap();
    sums.files += 1;
    let near = parse::date_in_name(&name);
    let parsed = match parse_near(&bytes, None, near) {
        Ok(parsed) => parsed,
        Err(error) => {
            println!("{name:44} REFUSED: {error}");
            return sums.refused.push(name);
        }
    };
    let time = (0..3)
        .map(|_| {
            let start = Instant::now();
            let read = parse_near(&bytes, None, near);
            let time = start.elapsed();
            drop(read);
            time
        })
        .min()
        .unwrap();
    let came_back = roundtrip::normalized(&parsed.text) == roundtrip::normalized(&roundtrip::text(&parsed));
    if !came_back {
        let (want, got) = (roundtrip::normalized(&parsed.text), roundtrip::normalized(&roundtrip::text(&parsed)));
        let at = want.chars().zip(got.chars()).take_while(|(a, b)| a == b).count();
        let around = |text: &str| text.chars().skip(at.saturating_sub(40)).take(80).collect::<String>();
        sums.lost.push(format!("{name} at {at}: want {:?}, got {:?}", around(&want), around(&got)));
    }
    let (all, tied) = parsed.markers_tied();
    let references: Vec<_> = parsed.notes.iter().flat_map(|note| &note.references).collect();
    let whole = references.iter().filter(|reference| addressed(reference)).count();
    let announced = parsed.takeaways.iter().filter(|takeaway| !takeaway.announces.is_empty()).count();
    println!(
        "{name:44} {:3} {announced:3} {:3} {:3} {:4} {:>9} {:>9} {:3} {:3} {:>2} {:6.2}{}{}{}",
        parsed.takeaways.len(),
        parsed.sections.len(),
        parsed.sections.iter().filter(|section| section.scope.is_some()).count(),
        parsed.paragraphs.len(),
        format!("{tied}/{all}"),
        format!("{whole}/{}", references.len()),
        parsed.cross_references.len(),
        parsed.unclassified.len(),
        if came_back { "✓" } else { "✗" },
        time.as_secs_f64() * 1e3,
        if parsed.date.is_none() { " undated" } else { "" },
        if parsed.title.is_none() { " untitled" } else { "" },
        parsed.truncated.as_deref().map(|reason| format!(" CUT: {reason}")).unwrap_or_default(),
    );
    sums.whole += usize::from(came_back);
    sums.undated += usize::from(parsed.date.is_none());
    sums.untitled += usize::from(parsed.title.is_none());
    let markers = if parsed.truncated.is_some() { &mut sums.cut_markers } else { &mut sums.markers };
    *markers = (markers.0 + tied, markers.1 + all);
    sums.references = (sums.references.0 + whole, sums.references.1 + references.len());
    sums.times.push(time);
    for unknown in parsed.unclassified.iter().filter(|unknown| unknown.reason != "page furniture") {
        let text = &parsed.blocks[unknown.block].text;
        sums.unclassified.push(format!("{name}:{}: {}: {text:.100}", unknown.line, unknown.reason));
    }
    for reference in references.iter().filter(|reference| reference.url.is_none()) {
        sums.words.push(format!("{name}: {:.120}", reference.printed));
    }
}

impl Sums {
    fn print(&mut self) {
        let share = |(part, all): (usize, usize)| 100.0 * part as f64 / all.max(1) as f64;
        self.lost.iter().for_each(|line| println!("  not whole: {line}"));
        println!("\nreferences of words:");
        self.words.iter().for_each(|line| println!("  {line}"));
        println!("\nunclassified, page furniture apart:");
        self.unclassified.iter().for_each(|line| println!("  {line}"));
        self.times.sort();
        let middle = self.times.get(self.times.len() / 2).copied().unwrap_or_default();
        println!(
            "\n{} editions, {} refused {:?}; {} come back whole; {} undated, {} untitled",
            self.files,
            self.refused.len(),
            self.refused,
            self.whole,
            self.undated,
            self.untitled
        );
        println!("markers tied: {}/{} = {:.2} %", self.markers.0, self.markers.1, share(self.markers));
        println!("  in files that were cut off: {}/{}", self.cut_markers.0, self.cut_markers.1);
        println!("references whole: {}/{} = {:.2} %", self.references.0, self.references.1, share(self.references));
        println!("parse: median {middle:?}, longest {:?}", self.times.last().copied().unwrap_or_default());
    }
}

fn blocks(path: &Path) {
    let near = path.file_name().and_then(|name| parse::date_in_name(&name.to_string_lossy()));
    let parsed = parse_near(&std::fs::read(path).unwrap(), None, near).unwrap();
    println!("title {:?}\ndate {:?} cut-off {:?}", parsed.title, parsed.date, parsed.cutoff);
    println!("authors {:?}\nstanding {:.100?}", parsed.authors, parsed.standing);
    for (index, block) in parsed.blocks.iter().enumerate() {
        let markers: Vec<u32> = block.markers().map(|(_, number)| number).collect();
        let short: String = block.text.chars().take(150).collect();
        let more = if short.len() < block.text.len() { "…" } else { "" };
        let role = role(&parsed, index);
        println!(
            "{:>5} {role:24} {}{short}{more} {}",
            block.line,
            block.prefix,
            if markers.is_empty() { String::new() } else { format!("{markers:?}") }
        );
    }
    for cross in &parsed.cross_references {
        println!("cross p{}: {} → {:?} {:?}", cross.paragraph + 1, cross.phrase, cross.url, cross.date);
    }
    for note in &parsed.notes {
        for reference in &note.references {
            let kind = match reference.kind {
                ReferenceKind::Document => "document",
                ReferenceKind::Edition => "edition",
                ReferenceKind::Text => "text",
            };
            println!(
                "note {} {kind}: {:.100} → {:.100?} {:?}",
                note.label, reference.printed, reference.url, reference.edition_date
            );
        }
    }
}

/// Each edition's path and what is understood of it, a line each.
fn json(folders: &[String]) {
    let mut files = Vec::new();
    folders.iter().for_each(|folder| collect(Path::new(folder), &mut files));
    files.sort();
    for path in files {
        let near = path.file_name().and_then(|name| parse::date_in_name(&name.to_string_lossy()));
        let read = parse_near(&std::fs::read(&path).unwrap(), None, near);
        let whole = read
            .as_ref()
            .is_ok_and(|parsed| roundtrip::normalized(&parsed.text) == roundtrip::normalized(&roundtrip::text(parsed)));
        let edition = read.as_ref().map(contract::Edition::from).map_err(ToString::to_string);
        println!("{}", serde_json::json!({ "file": path, "whole": whole, "edition": edition }));
    }
}

/// A block's role in a word, with what hangs on it.
fn role(parsed: &Parsed, index: usize) -> String {
    let role = parsed.blocks[index].role;
    match role {
        Role::Takeaway => {
            let takeaway = parsed.takeaways.iter().find(|takeaway| takeaway.block == index);
            format!(
                "Takeaway → {:?}",
                takeaway.map(|t| t.announces.iter().map(|p| p + 1).collect::<Vec<_>>()).unwrap_or_default()
            )
        }
        Role::Heading => {
            let section = parsed.sections.iter().find(|section| section.heading == Some(index));
            format!("HEADING {}", section.map_or(0, |section| section.level))
        }
        Role::Paragraph | Role::ListItem | Role::Figure => {
            let at = parsed.paragraphs.iter().position(|paragraph| paragraph.block == index);
            format!("{role:?} p{}", at.map_or(0, |at| at + 1))
        }
        Role::Unclassified => {
            let unknown = parsed.unclassified.iter().find(|unknown| unknown.block == index);
            format!("?? {}", unknown.map_or("", |unknown| unknown.reason.as_str()))
        }
        _ => format!("{role:?}"),
    }
}
