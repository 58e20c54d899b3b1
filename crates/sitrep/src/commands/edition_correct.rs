//! `sitrep edition correct FILE --note WHY`: a correction of a published edition.

use crate::installation::{self, Installation};
use crate::outcome::{Failure, Outcome};
use crate::{input, print};
use std::path::PathBuf;

/// Publish a correction: the file holds the corrected edition, and the note says what was wrong. Both are public, and what
/// changed is shown.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: sitrep edition correct 2026-11-10.md --note 'The strike began on 8 November, not on 9 November.'"
)]
pub struct Args {
    /// The corrected edition, in the desk's Markdown form.
    file: PathBuf,
    /// What was wrong and what was done, for readers.
    #[arg(long)]
    note: String,
    /// The desk; the only one where it is not given.
    #[arg(long)]
    desk: Option<String>,
    /// Who corrects, by login; the operator where it is not given.
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
    let text = input::text(&args.file)?;
    let after = newsroom.read_markdown(&desk.id, &text).map_err(|error| Failure::from(error).of(&args.file))?;
    let found = newsroom.draft(&who, &desk.id, after.id.as_str())?;
    let id = after.id.as_str().to_owned();
    let corrected = newsroom.correct(&who, &desk.id, &id, after, found.version, &args.note)?;
    newsroom.index()?;
    let address =
        format!("{}/{}/editions/{}/changes/{}", newsroom.base(), desk.id, corrected.value.slug, corrected.version);
    if json {
        print::json(&serde_json::json!({ "id": id, "version": corrected.version, "address": address }))?;
    } else {
        print::line(format!("{} is corrected: {address}", corrected.value.title))?;
    }
    Ok(Outcome::Done)
}
