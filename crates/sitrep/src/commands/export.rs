//! `sitrep export`: an installation as a folder, or captures as a WACZ file.

use super::{backup, export_wacz};
use crate::installation::Installation;
use crate::outcome::{Class, Failure, Outcome};
use std::path::PathBuf;

/// Write a whole installation to a folder, for `sitrep import` on another database; or captures to a WACZ file.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples: sitrep export ./exported --data /var/lib/sitrep\n          sitrep export wacz --edition 2026-11-24 -o evidence.wacz"
)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
    /// The folder to make.
    #[arg(required = true)]
    to: Option<PathBuf>,
    #[command(flatten)]
    at: Installation,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    Wacz(Box<export_wacz::Args>),
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    match (args.what, args.to) {
        (Some(What::Wacz(args)), _) => export_wacz::run(*args, json),
        (None, Some(to)) => backup::run(backup::Args { to, at: args.at }, json),
        (None, None) => Err(Failure::new(Class::Usage, "folder", "name the folder to make")),
    }
}
