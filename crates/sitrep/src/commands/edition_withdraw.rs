//! `sitrep edition retract SLUG --note WHY` and `sitrep edition take-down SLUG --note WHY`: a published edition withdrawn.

use crate::installation::{self, Installation};
use crate::outcome::{Failure, Outcome};
use crate::print;

/// Which edition, and why.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep edition retract 2026-11-10 --note 'The report it rests on was forged.'")]
pub struct Args {
    /// The edition, as its address names it: 2026-11-10.
    edition: String,
    /// What was wrong and what was done, for readers: it stays beside the edition, and on every edition that relied on it.
    #[arg(long)]
    note: String,
    /// The desk; the only one where it is not given.
    #[arg(long)]
    desk: Option<String>,
    /// Who withdraws it, by login; the operator where it is not given.
    #[arg(long = "as", value_name = "LOGIN")]
    login: Option<String>,
    #[command(flatten)]
    at: Installation,
}

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// It is withdrawn as wrong; its text stays readable, marked.
    Retract,
    /// Its text is no longer shown; a tombstone stays.
    TakeDown,
}

/// Runs the command.
pub fn run(args: Args, act: Act, json: bool) -> Result<Outcome, Failure> {
    let newsroom = args.at.newsroom()?;
    let who = installation::acting(&newsroom, args.login.as_deref())?;
    let desk = installation::desk(&newsroom, args.desk.as_deref())?;
    let found = newsroom.public_edition(&desk.id, &args.edition, None)?;
    let id = found.value.id.as_str().to_owned();
    let (done, words) = match act {
        Act::Retract => (newsroom.retract(&who, &desk.id, &id, found.version, &args.note)?, "is retracted"),
        Act::TakeDown => (newsroom.take_down(&who, &desk.id, &id, found.version, &args.note)?, "is taken down"),
    };
    newsroom.index()?;
    let address = format!("{}/{}/editions/{}", newsroom.base(), desk.id, done.value.slug);
    if json {
        print::json(&serde_json::json!({ "id": id, "version": done.version, "address": address }))?;
    } else {
        print::line(format!("{} {words}: {address}", done.value.title))?;
    }
    Ok(Outcome::Done)
}
