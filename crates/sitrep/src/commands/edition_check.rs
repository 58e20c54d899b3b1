//! `sitrep edition check FILE`: a draft against the checks, with all that the store knows of what it cites.

use crate::installation::{self, Installation};
use crate::outcome::{Failure, Outcome};
use crate::{input, print};
use sitrep_newsroom::review::Placed;
use std::path::PathBuf;

/// Check a draft in the desk's Markdown form with all that the store knows of what it cites. Exit code 1 where something
/// was found.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep edition check 2026-11-24.md --desk iran")]
pub struct Args {
    /// The draft.
    file: PathBuf,
    /// The desk; the only one where it is not given.
    #[arg(long)]
    desk: Option<String>,
    #[command(flatten)]
    at: Installation,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let newsroom = args.at.newsroom()?;
    let desk = installation::desk(&newsroom, args.desk.as_deref())?;
    let text = input::text(&args.file)?;
    let edition = newsroom.read_markdown(&desk.id, &text).map_err(|error| Failure::from(error).of(&args.file))?;
    let findings = newsroom.findings(&edition)?;
    if json {
        print::json(&findings)?;
    } else {
        tell(&findings)?;
    }
    Ok(if findings.is_empty() { Outcome::Done } else { Outcome::Found })
}

/// Findings for people, the grave ones first.
pub fn tell(findings: &[Placed]) -> Result<(), Failure> {
    let mut sorted: Vec<&Placed> = findings.iter().collect();
    sorted.sort_by_key(|placed| placed.finding.severity);
    for placed in sorted {
        let finding = &placed.finding;
        print::line(format!("{:?} {}: {}", finding.severity, finding.rule, finding.message))?;
        print::line(format!("    “{}”", finding.excerpt))?;
        if let Some(hint) = &finding.hint {
            print::line(format!("    {hint}"))?;
        }
    }
    print::line(format!("{} findings", findings.len()))
}
