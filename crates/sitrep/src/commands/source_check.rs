//! `sitrep source check SOURCE`: look at one source now, and say what came or why nothing did.

use crate::installation::{self, Installation};
use crate::outcome::{Failure, Outcome};

/// Look at one source now, and say what came of it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep source check chekad --desk iran")]
pub struct Args {
    /// The source's id.
    source: String,
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
    let runtime = installation::runtime()?;
    let gathered = runtime.block_on(newsroom.gather_source(&who, &desk.id, &args.source))?;
    super::collect::tell(&gathered, json)
}
