//! `sitrep edition preview FILE -o OUT`: a draft as it would be published.

use crate::installation::{self, Installation};
use crate::outcome::{Class, Failure, Outcome};
use crate::{input, print};
use sitrep_newsroom::Who;
use std::path::{Path, PathBuf};

/// Make a form of a draft as it would be published: html, pdf, txt, md or json, by the ending of OUT.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep edition preview 2026-11-24.md -o preview.pdf")]
pub struct Args {
    /// The draft, in the desk's Markdown form.
    file: PathBuf,
    /// The file to make.
    #[arg(long, short, value_name = "OUT")]
    output: PathBuf,
    /// The desk; the only one where it is not given.
    #[arg(long)]
    desk: Option<String>,
    #[command(flatten)]
    at: Installation,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let newsroom = args.at.newsroom()?;
    let desk = installation::desk(&newsroom, args.desk.as_deref())?;
    let text = input::text(&args.file)?;
    let edition = newsroom.read_markdown(&desk.id, &text).map_err(|error| Failure::from(error).of(&args.file))?;
    let form = ending(&args.output)?;
    let bytes = newsroom.preview(&Who::Program("operator"), &desk, &edition, &form)?;
    std::fs::write(&args.output, &bytes)
        .map_err(|error| Failure::new(Class::Unreadable, "unwritable", error.to_string()).of(&args.output))?;
    if json {
        print::json(&serde_json::json!({ "file": args.output, "bytes": bytes.len() }))?;
    } else {
        print::line(format!("{}: {} bytes", args.output.display(), bytes.len()))?;
    }
    Ok(Outcome::Done)
}

fn ending(path: &Path) -> Result<String, Failure> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.ok_or_else(|| {
        Failure::new(Class::Usage, "ending", format!("{}: which form?", path.display()))
            .hint("End the name in .html, .pdf, .txt, .md or .json.")
    })
}
