//! `sitrep edition new`: a day's edition begun, as a Markdown file to write in.

use crate::installation::{self, Installation};
use crate::outcome::{Class, Failure, Outcome};
use crate::print;
use jiff::civil::Date;
use std::path::PathBuf;

/// Begin an edition: the desk's standing parts, in the desk's Markdown form, to write in with any editor.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep edition new --desk iran --date 2026-11-24 -o 2026-11-24.md")]
pub struct Args {
    /// The desk; the only one where it is not given.
    #[arg(long)]
    desk: Option<String>,
    /// Its day; today in the desk's time zone where it is not given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
    /// Its short name; the day where it is not given.
    #[arg(long)]
    slug: Option<String>,
    /// The file to make; standard output where it is not given.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Whose act it is, by login.
    #[arg(long = "as", value_name = "LOGIN")]
    login: Option<String>,
    #[command(flatten)]
    at: Installation,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let newsroom = args.at.newsroom()?;
    let who = installation::acting(&newsroom, args.login.as_deref())?;
    let desk = installation::desk(&newsroom, args.desk.as_deref())?;
    if let Some(path) = args.output.as_ref().filter(|path| path.exists()) {
        let message = format!("{} is there already", path.display());
        return Err(Failure::new(Class::Refused, "exists", message).hint("Name another file with -o."));
    }
    let date = args.date.unwrap_or_else(|| sitrep_newsroom::compose::desk_day(&desk, newsroom.now()));
    let edition = newsroom.begin_edition(&who, &desk.id, date, args.slug.as_deref())?;
    let text = with_takeaways(newsroom.markdown(&edition.value)?);
    match &args.output {
        Some(path) => {
            std::fs::write(path, &text)
                .map_err(|error| Failure::new(Class::Unreadable, "unwritable", error.to_string()).of(path))?;
            if json {
                print::json(&serde_json::json!({ "id": edition.value.id, "slug": edition.value.slug, "file": path }))?;
            } else {
                print::line(format!("{} is begun: write in {}", edition.value.title, path.display()))?;
            }
        }
        None => print::bytes(text.as_bytes())?,
    }
    Ok(Outcome::Done)
}

/// The form writes no heading over nothing; whoever begins wants to see where takeaways go.
fn with_takeaways(text: String) -> String {
    match text.find("\n# ") {
        Some(at) if !text.contains("\n# Key Takeaways") => {
            format!("{}\n# Key Takeaways\n{}", &text[..at], &text[at..])
        }
        _ => text,
    }
}
