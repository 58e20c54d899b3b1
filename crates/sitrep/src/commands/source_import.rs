//! `sitrep source import FILE.opml`: a source of each feed that another program's list of subscriptions names.

use crate::input;
use crate::installation::{self, Installation};
use crate::outcome::{Failure, Outcome};
use crate::print;
use std::path::PathBuf;

/// Add a source for each feed of an OPML file; those that are collected already stay as they are.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep source import subscriptions.opml --desk iran")]
pub struct Args {
    /// The file; `-` for standard input.
    file: PathBuf,
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
    let taken = newsroom.take_opml(&who, &desk.id, &input::read(&args.file)?)?;
    if json {
        print::json(&taken)?;
    } else {
        print::line(format!("{} sources added, {} known already", taken.added.len(), taken.known))?;
        for (what, why) in &taken.refused {
            eprintln!("sitrep: {what}: {why}");
        }
    }
    Ok(if taken.refused.is_empty() { Outcome::Done } else { Outcome::Found })
}
