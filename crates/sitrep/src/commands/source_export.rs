//! `sitrep source export`: a desk's feeds as OPML.

use crate::installation::{self, Installation};
use crate::outcome::{Class, Failure, Outcome};
use crate::print;
use std::path::PathBuf;

/// Write a desk's feeds as OPML, for other programs. Sources of other kinds have no place in it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep source export subscriptions.opml --desk iran")]
pub struct Args {
    /// The file; standard output where it is not given.
    file: Option<PathBuf>,
    /// The desk; the only one where it is not given.
    #[arg(long)]
    desk: Option<String>,
    #[command(flatten)]
    at: Installation,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let newsroom = args.at.newsroom()?;
    let who = installation::acting(&newsroom, None)?;
    let desk = installation::desk(&newsroom, args.desk.as_deref())?;
    let text = newsroom.sources_opml(&who, &desk.id)?;
    match &args.file {
        Some(file) => std::fs::write(file, text).map_err(|error| {
            Failure::new(Class::Unreadable, "file", format!("{} can't be written: {error}", file.display()))
        })?,
        None if json => print::json(&serde_json::json!({ "opml": text }))?,
        None => print::line(text.trim_end())?,
    }
    Ok(Outcome::Done)
}
