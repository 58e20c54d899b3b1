//! `sitrep import edition FILE|DIR…`: editions that a team has already.

use crate::installation::{self, Installation};
use crate::outcome::{Failure, Outcome};
use crate::progress::Progress;
use crate::{editions, print};
use jiff::Timestamp;
use jiff::civil::Date;
use sitrep_model::desk::Desk;
use sitrep_newsroom::import::IncomingFile;
use sitrep_newsroom::{Newsroom, Who};
use std::path::{Path, PathBuf};

/// Editions behind which the archive's shelves are worked out at once, so that no reader waits for it; a few are taken in when
/// somebody reads.
const MANY: usize = 50;

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
    let mut results = Vec::with_capacity(files.len());
    match desk(&newsroom, &who, &args, &files)? {
        Ok(desk) => {
            let open = |number: usize| opened(&args, &files[number]);
            newsroom.import_editions(&who, &desk.id, files.len(), open, |number, result: Result<_, Failure>| {
                let path = files[number].as_path();
                results.push((path, result.map_err(|failure| failure.of(path))));
                bar.step(files.len());
            })?;
        }
        Err(refused) => results.extend(files.iter().map(PathBuf::as_path).zip(refused.into_iter().map(Err))),
    }
    drop(bar);
    newsroom.index()?;
    if results.len() > MANY {
        newsroom.prepare_archives()?;
    }
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

/// An edition with what stands beside it.
fn opened(args: &Args, path: &Path) -> Result<IncomingFile, Failure> {
    let beside = editions::beside(path);
    Ok(IncomingFile {
        bytes: crate::input::read(path)?,
        date: args.date.or_else(|| editions::date_of(path)),
        captured: args.captured.or(beside.captured),
        origin: beside.url,
    })
}

/// The desk. Where there is none, the first edition that can be read makes one; where none can, what is wrong with each.
fn desk(newsroom: &Newsroom, who: &Who, args: &Args, files: &[PathBuf]) -> Result<Result<Desk, Vec<Failure>>, Failure> {
    if !newsroom.desks()?.is_empty() {
        return installation::desk(newsroom, args.desk.as_deref()).map(Ok);
    }
    let mut refused = Vec::new();
    for path in files {
        let made = opened(args, path)
            .and_then(|file| Ok(newsroom.desk_from_edition(who, args.desk.as_deref(), &file.incoming())?));
        match made {
            Ok(desk) => return Ok(Ok(desk)),
            Err(failure) => refused.push(failure.of(path)),
        }
    }
    Ok(Err(refused))
}
