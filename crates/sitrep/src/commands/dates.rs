//! `sitrep dates FILE --language L --reference DATE`: dates in running text, in three calendars.

use crate::input;
use crate::outcome::{Failure, Outcome};
use crate::print;
use sitrep_language::{dates, detect};
use std::path::PathBuf;

/// Print the dates in a text: Gregorian, Solar Hijri and Islamic, in words and figures.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep dates report.txt --language fa --reference 2026-11-20 --json")]
pub struct Args {
    /// Texts; `-` for standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// BCP 47 language of the text; found by itself where it is not given.
    #[arg(long)]
    language: Option<String>,
    /// The day of writing, that dates without a year and relative words are counted from; today where it is not given.
    #[arg(long, value_name = "DATE")]
    reference: Option<jiff::civil::Date>,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let files = input::expand(&args.files)?;
    let reference = args.reference.unwrap_or_else(crate::wiring::today);
    let read = |path: &PathBuf| {
        let text = input::text(path)?;
        let language = args.language.clone().or_else(|| detect::detect(&text).map(|found| found.0.to_owned()));
        Ok(dates::find(&text, language.as_deref().unwrap_or_default(), reference))
    };
    let found = files.iter().map(|path| (path.as_path(), read(path)));
    if json {
        let values = found.map(|(path, dates)| (path, dates.and_then(|dates| Ok(serde_json::to_value(dates)?))));
        return print::results(values.collect());
    }
    print::each(found.collect(), |dates| {
        for date in dates {
            let span = if date.from == date.to { date.from.to_string() } else { format!("{}/{}", date.from, date.to) };
            print::line(format!("{:>6}  {span:<21}  {:<9}  {}", date.start, date.calendar.as_str(), date.text))?;
        }
        Ok(())
    })
}
