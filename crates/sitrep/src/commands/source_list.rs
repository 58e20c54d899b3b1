//! `sitrep source list`: the sources of a desk and how each fares.

use crate::installation::{self, Installation};
use crate::outcome::{Failure, Outcome};
use crate::print;

/// List a desk's sources and how each fares.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep source list --desk iran")]
pub struct Args {
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
    let lines = newsroom.source_lines(&who, &desk.id)?;
    if json {
        let list: Vec<_> = lines
            .iter()
            .map(|line| {
                let rhythm = line.health.arrivals.rhythm().map(|rhythm| rhythm.in_words());
                serde_json::json!({ "source": line.source, "version": line.version, "health": line.health, "rhythm": rhythm, "alarm": line.alarm })
            })
            .collect();
        print::json(&list)?;
        return Ok(Outcome::Done);
    }
    for line in lines {
        let fares = match (&line.health.fault, line.health.succeeded) {
            (Some(fault), _) => format!("failed {} times: {fault}", line.health.failures),
            (None, Some(at)) => format!("collected {}, last {}", line.health.collected, at.strftime("%Y-%m-%d %H:%M")),
            (None, None) => "not looked at yet".to_owned(),
        };
        let fares = line.alarm.map_or(fares.clone(), |alarm| format!("{alarm} ({fares})"));
        let grade = line.source.reliability;
        print::line(format!(
            "{:<14} {} {grade:?} {:<32} {fares}",
            line.source.id, line.source.language, line.source.name
        ))?;
    }
    Ok(Outcome::Done)
}
