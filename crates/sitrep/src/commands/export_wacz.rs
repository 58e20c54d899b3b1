//! `sitrep export wacz`: captures as a signed file that other programs replay.

use crate::installation::{self, Installation};
use crate::outcome::{Class, Failure, Outcome};
use crate::print;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sitrep_newsroom::evidence::Selection;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Write captures into a WACZ file: those of documents, of what an edition cites, of a source, or of a span of time.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples: sitrep export wacz --edition 2026-11-24 -o evidence.wacz\n          sitrep export wacz --source ISNA --since 2026-11-01 -o isna.wacz"
)]
pub struct Args {
    /// A document, by its id; may be given several times.
    #[arg(long, value_name = "ID")]
    document: Vec<String>,
    /// What an edition cites, by its slug.
    #[arg(long, value_name = "SLUG")]
    edition: Option<String>,
    /// What a source gave, by its name or id.
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Received on this day or later; a time is understood too.
    #[arg(long, value_name = "DAY")]
    since: Option<String>,
    /// Received before this day; a time is understood too.
    #[arg(long, value_name = "DAY")]
    until: Option<String>,
    /// The file to write.
    #[arg(long, short)]
    output: PathBuf,
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
    let zone = TimeZone::get(&desk.time_zone).unwrap_or(TimeZone::UTC);
    let selection = Selection {
        documents: args.document,
        edition: args.edition,
        source: args.source,
        since: args.since.as_deref().map(|text| moment(text, &zone)).transpose()?,
        until: args.until.as_deref().map(|text| moment(text, &zone)).transpose()?,
    };
    let unwritable =
        |error: std::io::Error| Failure::new(Class::Unreadable, "unwritable", error.to_string()).of(&args.output);
    let folder = args.output.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    // It has its name only once it is whole.
    let mut file = NamedTempFile::new_in(folder).map_err(unwritable)?;
    let handed = newsroom.hand_out(&who, &desk.id, &selection, file.as_file_mut())?;
    file.as_file().sync_all().map_err(unwritable)?;
    file.persist(&args.output).map_err(|error| unwritable(error.error))?;
    if json {
        print::json(
            &serde_json::json!({ "file": args.output, "key": newsroom.public_key(), "captures": handed.captures,
            "pages": handed.pages, "removed": handed.removed }),
        )?;
    } else {
        print::line(format!("{}: {} captures, {} pages", args.output.display(), handed.captures, handed.pages))?;
        for id in &handed.removed {
            eprintln!("sitrep: left out, for its bytes were removed: {id}");
        }
    }
    Ok(Outcome::Done)
}

/// A day begins in the desk's time zone.
fn moment(text: &str, zone: &TimeZone) -> Result<Timestamp, Failure> {
    if let Ok(day) = text.parse::<Date>()
        && let Ok(at) = zone.to_timestamp(day.at(0, 0, 0, 0))
    {
        return Ok(at);
    }
    text.parse().map_err(|_| {
        Failure::new(Class::Usage, "moment", format!("{text:?} is no day"))
            .hint("Write 2026-11-24, or 2026-11-24T18:00:00Z.")
    })
}
