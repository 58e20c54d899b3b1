//! `sitrep capture remove`: the bytes of a capture go, by a recorded decision.

use crate::installation::{self, Installation};
use crate::outcome::{Failure, Outcome};
use crate::print;

/// Remove a capture's bytes and what was read from them; a tombstone with the reason stays. Nothing brings them back.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep capture remove cap-7k2m9xq4vn --why 'order of the court of 24 November 2026'")]
pub struct Args {
    /// The capture, as the document's page names it.
    id: String,
    /// Why: everybody who meets the tombstone reads it.
    #[arg(long)]
    why: String,
    /// The desk; the only one where it is not given.
    #[arg(long)]
    desk: Option<String>,
    /// Who decides, by login; the operator of this machine where nobody is named.
    #[arg(long = "as", value_name = "LOGIN")]
    who: Option<String>,
    #[command(flatten)]
    at: Installation,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let newsroom = args.at.newsroom()?;
    let who = installation::acting(&newsroom, args.who.as_deref())?;
    let desk = installation::desk(&newsroom, args.desk.as_deref())?;
    let removal = newsroom.remove_capture(&who, &desk.id, &args.id, &args.why)?;
    if json {
        print::json(&serde_json::json!({ "capture": args.id, "removed": removal }))?;
    } else {
        print::line(format!("{}: removed; backups made before still hold it", args.id))?;
    }
    Ok(Outcome::Done)
}
