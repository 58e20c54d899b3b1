//! `sitrep desk archive DESK FILE`: a desk's public archive as one SQLite file.

use crate::installation::{self, Installation};
use crate::outcome::{Failure, Outcome};
use crate::print;
use std::path::PathBuf;

/// Write a desk's public archive as one SQLite file, for researchers: editions, sentences, notes, references, events.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep desk archive iran iran.sqlite\n\n\
        The file describes itself: SELECT * FROM described;")]
pub struct Args {
    /// The desk's id.
    desk: String,
    /// The file. One of that name is replaced once the new one is whole.
    file: PathBuf,
    #[command(flatten)]
    at: Installation,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let newsroom = args.at.newsroom()?;
    let desk = installation::desk(&newsroom, Some(&args.desk))?;
    let editions = newsroom.archive_file(&desk, &args.file)?;
    if json {
        print::json(&serde_json::json!({ "desk": desk.id, "file": args.file, "editions": editions }))?;
    } else {
        print::line(format!("{} is in {}, with {editions} editions", desk.name, args.file.display()))?;
    }
    Ok(Outcome::Done)
}
