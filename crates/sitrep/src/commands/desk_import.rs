//! `sitrep desk import DIR`: a desk's folder into the store.

use crate::installation::{self, Installation};
use crate::outcome::{Failure, Outcome};
use crate::print;
use sitrep_newsroom::desk_folder::{DeskFolder, Stage};
use std::path::PathBuf;

/// Bring a desk's folder in: its standing parts, then events, positions, assessments and editions. Taken again, it
/// changes only what differs.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep desk import desks/iran")]
pub struct Args {
    /// The folder with `desk.toml`.
    folder: PathBuf,
    /// Only the standing parts: desk, sources, register, places, campaigns, layers.
    #[arg(long)]
    standing: bool,
    /// Whose act it is, by login; the operator's where it is not given.
    #[arg(long = "as", value_name = "LOGIN")]
    login: Option<String>,
    #[command(flatten)]
    at: Installation,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let newsroom = args.at.newsroom()?;
    let who = installation::acting(&newsroom, args.login.as_deref())?;
    let folder = DeskFolder::read(&args.folder)?;
    let standing = newsroom.take_desk(&who, &folder, Stage::Standing)?;
    let happenings = if args.standing { None } else { Some(newsroom.take_desk(&who, &folder, Stage::Happenings)?) };
    newsroom.index()?;
    if json {
        print::json(&serde_json::json!({ "desk": folder.desk.id, "standing": standing, "happenings": happenings }))?;
        return Ok(Outcome::Done);
    }
    print::line(format!(
        "{}: {} sources, {} names, {} places",
        folder.desk.name, standing.sources, standing.actors, standing.places
    ))?;
    if let Some(taken) = happenings {
        print::line(format!(
            "  {} events, {} leads, {} positions, {} steps of assessments, {} editions (with their corrections)",
            taken.events, taken.leads, taken.positions, taken.assessments, taken.editions
        ))?;
    }
    Ok(Outcome::Done)
}
