//! `sitrep desk export DESK DIR`: a desk as a folder of plain files.

use crate::installation::{self, Installation};
use crate::outcome::{Failure, Outcome};
use crate::print;
use std::path::PathBuf;

/// Write a desk as a folder of plain files that can be kept in version control.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep desk export iran ./iran-desk")]
pub struct Args {
    /// The desk's id.
    desk: String,
    /// The folder; made where it is missing. Files of the same names are replaced.
    folder: PathBuf,
    #[command(flatten)]
    at: Installation,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let newsroom = args.at.newsroom()?;
    let who = installation::acting(&newsroom, None)?;
    let desk = installation::desk(&newsroom, Some(&args.desk))?;
    let editions = newsroom.export_desk(&who, &desk.id, &args.folder)?;
    if json {
        print::json(&serde_json::json!({ "desk": desk.id, "folder": args.folder, "editions": editions }))?;
    } else {
        print::line(format!("{} is in {}, with {editions} editions", desk.name, args.folder.display()))?;
    }
    Ok(Outcome::Done)
}
