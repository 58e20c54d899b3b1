//! `sitrep import`: a whole installation, or editions that a team has already.

use super::{import_edition, import_installation};
use crate::installation::Installation;
use crate::outcome::{Class, Failure, Outcome};
use clap::Subcommand;
use std::path::PathBuf;

/// Bring in a whole installation that `sitrep export` wrote, or editions that a team has already.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples: sitrep import ./exported --database postgres://localhost/sitrep\n          sitrep import edition archive/2023 --desk iran"
)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
    /// The exported installation.
    from: Option<PathBuf>,
    #[command(flatten)]
    at: Installation,
}

#[derive(Debug, Subcommand)]
enum What {
    Edition(import_edition::Args),
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    match (args.what, args.from) {
        (Some(What::Edition(edition)), _) => import_edition::run(edition, json),
        (None, Some(from)) => import_installation::run(&from, &args.at, json),
        (None, None) => Err(Failure::new(Class::Usage, "what", "import what?")
            .hint("Name an exported installation, or say `sitrep import edition FILE…`.")),
    }
}
