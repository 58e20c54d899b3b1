//! `sitrep edition roundtrip FILE…`: the text again, from what was understood of it.

use crate::outcome::{Failure, Outcome};
use crate::print;
use crate::{desk, editions};
use std::path::PathBuf;

/// Print an edition's text again, generated from what was understood of it, with its markers and notes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep edition roundtrip iran-update.txt | diff -w iran-update.txt -")]
pub struct Args {
    /// Editions as text, HTML, .docx, Markdown, the desk's form or JSON, or folders of them; `-` for standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let files = editions::files(&args.files)?;
    let desk = desk::unnamed()?;
    let texts = files.iter().map(|path| (path.as_path(), editions::again(path, &desk)));
    if json {
        let values = texts.map(|(path, text)| (path, text.map(|text| serde_json::json!({ "text": text }))));
        return print::results(values.collect());
    }
    print::each(texts.collect(), |text| print::bytes(text.as_bytes()))
}
