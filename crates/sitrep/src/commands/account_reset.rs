//! `sitrep account reset LOGIN`: a new link for somebody who lost their password or second factor.

use crate::installation::{self, Installation};
use crate::outcome::{Failure, Outcome};
use crate::print;
use sitrep_newsroom::Who;

/// Print a new link for an account whose password or second factor was lost. Its sessions end.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep account reset mina")]
pub struct Args {
    /// The login.
    login: String,
    #[command(flatten)]
    at: Installation,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let newsroom = args.at.newsroom()?;
    let who = installation::acting(&newsroom, Some(&args.login))?;
    let id = who.account().map(|account| account.id.clone()).unwrap_or_default();
    let secret = newsroom.invite_again(&Who::Program("operator"), id.as_str())?;
    let link = super::setup_link(&newsroom, &secret);
    if json {
        print::json(&serde_json::json!({ "login": args.login, "setup": link }))?;
    } else {
        print::line(format!("{} sets a new password at (once, within three days):\n  {link}", args.login))?;
    }
    Ok(Outcome::Done)
}
