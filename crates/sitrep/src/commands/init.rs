//! `sitrep init`: make a store, and the link at which its first account is made.

use crate::installation::Installation;
use crate::outcome::{Failure, Outcome};
use crate::print;

/// Make a new installation, or bring an older one up to date, and print the link for its first account.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep init --data /var/lib/sitrep --base https://brief.example.org")]
pub struct Args {
    #[command(flatten)]
    at: Installation,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let store = args.at.store_or_new()?;
    args.at.remember_base(&store)?;
    let newsroom = args.at.newsroom_over(store)?;
    let setup = newsroom.setup_secret()?.map(|secret| super::setup_link(&newsroom, &secret));
    if json {
        print::json(&serde_json::json!({ "data": args.at.data, "setup": setup }))?;
        return Ok(Outcome::Done);
    }
    print::line(format!("The store is ready in {}.", args.at.data.display()))?;
    match setup {
        Some(link) => print::line(format!("Make the first account at (once, within three days):\n  {link}"))?,
        None => print::line("It has accounts already.")?,
    }
    Ok(Outcome::Done)
}
