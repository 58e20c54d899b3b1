//! `sitrep import edition FILE|DIR…`: editions that a team has already.

use crate::installation::{self, Installation};
use crate::outcome::{Failure, Outcome};
use crate::progress::Progress;
use crate::{editions, print};
use jiff::Timestamp;
use jiff::civil::Date;
use sitrep_model::desk::Desk;
use sitrep_newsroom::import::{Imported, Incoming};
use sitrep_newsroom::{Newsroom, Who};
use std::path::{Path, PathBuf};

/// Bring in editions as published: text, HTML, Word documents, Markdown or the desk's form. Two captures of one edition become two versions of it. With
/// `--json` and no store, the parse is printed and nothing is kept.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep import edition archive/2023 --desk iran")]
pub struct Args {
    /// The editions, or folders of them.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The desk; the only one where it is not given. Where there is none, one is made from the first edition.
    #[arg(long)]
    desk: Option<String>,
    /// The day of an edition whose text has none; else the one in the file's name.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
    /// When the page was captured: a later capture becomes a later version. Else what stands as `captured` or
    /// `retrieved` in `NAME.meta.json` beside the file, with `url`.
    #[arg(long, value_name = "TIME")]
    captured: Option<Timestamp>,
    #[command(flatten)]
    at: Installation,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    if json && !args.at.exists() {
        return super::edition_parse::parsed_files(&args.files, true);
    }
    let newsroom = args.at.newsroom()?;
    let who = Who::Program("operator");
    let files = editions::files(&args.files)?;
    let bar = Progress::new("import", json);
    let mut results = Vec::new();
    for path in &files {
        results.push((path.as_path(), one(&newsroom, &who, &args, path)));
        bar.step(files.len());
    }
    drop(bar);
    newsroom.index()?;
    if json {
        let values = results
            .into_iter()
            .map(|(path, result)| (path, result.and_then(|imported| Ok(serde_json::to_value(imported)?))));
        return print::results(values.collect());
    }
    print::each(results, |imported| {
        print::line(format!(
            "{}: {} (version {}, {})",
            imported.slug, imported.title, imported.version, imported.outcome
        ))?;
        for (line, reason) in &imported.unclassified {
            print::line(format!("  line {line}: {reason}"))?;
        }
        Ok(())
    })
}

fn one(newsroom: &Newsroom, who: &Who, args: &Args, path: &Path) -> Result<Imported, Failure> {
    let bytes = crate::input::read(path)?;
    let beside = editions::beside(path);
    let incoming = Incoming {
        bytes: &bytes,
        date: args.date.or_else(|| editions::date_of(path)),
        captured: args.captured.or(beside.captured),
        origin: beside.url,
    };
    let desk = desk(newsroom, who, args, &incoming).map_err(|failure| failure.of(path))?;
    let imported = newsroom.import_edition(who, &desk.id, &incoming);
    imported.map_err(|error| Failure::from(error).of(path))
}

fn desk(newsroom: &Newsroom, who: &Who, args: &Args, incoming: &Incoming<'_>) -> Result<Desk, Failure> {
    if newsroom.desks()?.is_empty() {
        return Ok(newsroom.desk_from_edition(who, args.desk.as_deref(), incoming)?);
    }
    installation::desk(newsroom, args.desk.as_deref())
}
