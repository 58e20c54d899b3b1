//! `sitrep restore DIR`: a backup into an empty installation.

use super::import_installation::tell;
use crate::installation::Installation;
use crate::outcome::{Failure, Outcome};
use crate::progress::Progress;
use std::path::PathBuf;

/// Take a backup into an empty installation after a loss. Sessions and waiting jobs are left out, and messages that may
/// have been sent since the backup wait for a person's decision, so that nothing is mailed twice.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep restore /backup/sitrep-2026-11-24 --data /var/lib/sitrep-new")]
pub struct Args {
    /// The backup.
    from: PathBuf,
    #[command(flatten)]
    at: Installation,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let store = args.at.store_or_new()?;
    let bar = Progress::new("restore", json);
    let report = store.restore(&args.from, &mut |done, all| bar.at(done, all))?;
    drop(bar);
    let newsroom = args.at.newsroom_over(store)?;
    let doubtful = newsroom.doubt_all_deliveries()?;
    newsroom.index()?;
    tell(&report, doubtful, json)
}
