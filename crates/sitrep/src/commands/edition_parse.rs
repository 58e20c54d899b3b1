//! `sitrep edition parse FILE…`: what an edition's text holds.

use crate::outcome::{Failure, Outcome};
use crate::print;
use crate::{desk, editions};
use sitrep_editions::contract::Edition;
use std::path::PathBuf;

/// Print what an edition's text holds: takeaways, sections, paragraphs, notes and their references.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep edition parse iran-update.txt --json")]
pub struct Args {
    /// Editions as text, HTML, .docx, Markdown, the desk's form or JSON, or folders of them; `-` for standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    parsed_files(&args.files, json)
}

/// Prints what each file holds.
pub fn parsed_files(files: &[PathBuf], json: bool) -> Result<Outcome, Failure> {
    let files = editions::files(files)?;
    let desk = desk::unnamed()?;
    let read = files.iter().map(|path| (path.as_path(), editions::contract(path, &desk)));
    if json {
        let values = read.map(|(path, edition)| (path, edition.and_then(|edition| Ok(serde_json::to_value(edition)?))));
        return print::results(values.collect());
    }
    print::each(read.collect(), |edition| print::line(outline(edition)))
}

/// An edition in a few lines.
fn outline(edition: &Edition) -> String {
    let mut text = format!("{}\n", edition.title.as_deref().unwrap_or("(no title)"));
    let date = edition.date.map_or_else(|| "no date".to_owned(), |date| date.to_string());
    let references: usize = edition.notes.iter().map(|note| note.references.len()).sum();
    text.push_str(&format!("  {date}; {} notes with {references} references\n", edition.notes.len()));
    for takeaway in &edition.takeaways {
        text.push_str(&format!("  • {} → {}\n", short(&takeaway.text), takeaway.paragraphs.join(", ")));
    }
    for section in &edition.sections {
        let indent = "  ".repeat(usize::from(section.level.max(1)));
        text.push_str(&format!("{indent}{} ({} paragraphs)\n", section.title, section.paragraphs.len()));
    }
    for unknown in &edition.unclassified {
        text.push_str(&format!("  line {}: {}: {}\n", unknown.line, unknown.reason, short(&unknown.text)));
    }
    for what in &edition.left_out {
        text.push_str(&format!("  left out: {what}\n"));
    }
    if let Some(reason) = &edition.truncated {
        text.push_str(&format!("  cut off: {reason}\n"));
    }
    text.trim_end().to_owned()
}

fn short(text: &str) -> String {
    let short: String = text.chars().take(90).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}
