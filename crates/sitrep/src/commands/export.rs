//! `sitrep export`: an installation as a folder, or captures as a WACZ file.

use super::{backup, export_wacz};
use crate::outcome::{Failure, Outcome};

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
    #[command(flatten)]
    whole: Option<backup::Args>,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    Wacz(Box<export_wacz::Args>),
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    match (args.what, args.whole) {
        (Some(What::Wacz(args)), _) => export_wacz::run(*args, json),
        (None, Some(args)) => backup::run(args, json),
        (None, None) => Err(Failure::new(crate::outcome::Class::Usage, "folder", "name the folder to make")),
    }
}
