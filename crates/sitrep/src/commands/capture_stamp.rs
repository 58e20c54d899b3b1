//! `sitrep capture stamp`: time stamps for captures that have none.

use crate::installation::{self, Installation};
use crate::outcome::{Class, Failure, Outcome};
use crate::print;
use sitrep_newsroom::Who;

/// Ask the time-stamp authority for every capture that has no time stamp: those of before it was named, and those that were
/// given up. What is captured from then on is stamped by `serve` and `work`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep capture stamp --tsa https://tsa.example.org/")]
pub struct Args {
    #[command(flatten)]
    at: Installation,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let newsroom = args.at.newsroom()?;
    let stamping = installation::runtime()?.block_on(newsroom.stamp_all(&Who::Program("operator")))?;
    if json {
        print::json(&stamping)?;
    } else {
        print::line(format!("{} captures time-stamped", stamping.stamped))?;
    }
    match stamping.fault {
        Some(fault) => Err(Failure::new(Class::Unreadable, "tsa", fault)
            .hint("What is left is asked for again by `serve` and `work`, and by this command.")),
        None => Ok(Outcome::Done),
    }
}
