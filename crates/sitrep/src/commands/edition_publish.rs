//! `sitrep edition publish FILE`: a draft written elsewhere, checked, approved and published.

use super::edition_check;
use crate::installation::{self, Installation};
use crate::outcome::{Class, Failure, Outcome};
use crate::{input, print};
use sitrep_model::desk::Desk;
use sitrep_model::edition::{Edition, EditionState};
use sitrep_model::finding::Severity;
use sitrep_newsroom::{Newsroom, Versioned, Who};
use std::path::PathBuf;

/// Check, hand in, approve and publish an edition written in the desk's Markdown form. It appears on the site, in the
/// feed, and goes to the subscribers.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep edition publish 2026-11-24.md --desk iran --as mina --approved-by daniel")]
pub struct Args {
    /// The edition.
    file: PathBuf,
    /// The desk; the only one where it is not given.
    #[arg(long)]
    desk: Option<String>,
    /// Who hands it in, by login; the operator where it is not given.
    #[arg(long = "as", value_name = "LOGIN")]
    login: Option<String>,
    /// Who approves and publishes it, by login. A desk that wants two persons wants another one here.
    #[arg(long, value_name = "LOGIN")]
    approved_by: Option<String>,
    /// Why it is handed in although the checks object.
    #[arg(long, value_name = "REASON")]
    overrule: Option<String>,
    #[command(flatten)]
    at: Installation,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let newsroom = args.at.newsroom()?;
    let desk = installation::desk(&newsroom, args.desk.as_deref())?;
    let author = installation::acting(&newsroom, args.login.as_deref())?;
    let editor = installation::acting(&newsroom, args.approved_by.as_deref().or(args.login.as_deref()))?;
    let text = input::text(&args.file)?;
    let draft = newsroom.read_markdown(&desk.id, &text).map_err(|error| Failure::from(error).of(&args.file))?;
    let saved = saved(&newsroom, &author, &desk, draft)?;
    let findings = newsroom.findings(&saved.value)?;
    if args.overrule.is_none() && findings.iter().any(|placed| placed.finding.severity == Severity::Error) {
        edition_check::tell(&findings)?;
        let message = "the checks object; nothing was published";
        return Err(Failure::new(Class::Refused, "checks", message).hint("Mend it, or give a reason with --overrule."));
    }
    let id = saved.value.id.as_str().to_owned();
    let handed_in = newsroom.submit(&author, &desk.id, &id, saved.version, args.overrule.as_deref())?;
    let approved = newsroom.approve(&editor, &desk.id, &id, handed_in.version, None)?;
    let published = newsroom.publish(&editor, &desk.id, &id, approved.version)?;
    newsroom.index()?;
    let address = format!("{}/{}/editions/{}", newsroom.base(), desk.id, published.value.slug);
    if json {
        print::json(&serde_json::json!({
            "id": id, "version": published.version, "address": address, "findings": findings.len(),
        }))?;
    } else {
        print::line(format!("{} is published: {address}", published.value.title))?;
    }
    Ok(Outcome::Done)
}

/// The draft in the store, as the file says it; an edition that was handed in already is sent back first.
fn saved(newsroom: &Newsroom, who: &Who, desk: &Desk, draft: Edition) -> Result<Versioned<Edition>, Failure> {
    let id = draft.id.as_str().to_owned();
    let mut found = match newsroom.draft(who, &desk.id, &id) {
        Ok(found) => found,
        Err(sitrep_newsroom::Error::NotFound { .. }) => {
            newsroom.begin_edition(who, &desk.id, draft.date, Some(&draft.slug))?
        }
        Err(error) => return Err(error.into()),
    };
    if matches!(found.value.state, EditionState::InReview | EditionState::Approved) {
        found = newsroom.send_back(who, &desk.id, &id, found.version, "its file was published again")?;
    }
    Ok(newsroom.save_draft(who, &desk.id, &id, draft, found.version)?)
}
