//! `sitrep collect`: look at all sources of a desk now, or capture addresses.

use crate::installation::{self, Installation};
use crate::outcome::{Failure, Outcome};
use crate::print;
use sitrep_newsroom::gather::Gathered;

/// Look at all sources of a desk now; or capture the addresses that are given.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples: sitrep collect --desk iran\n          sitrep collect --desk iran https://news.example.org/2026/11/10/report"
)]
pub struct Args {
    /// Addresses of pages to capture; defanged spellings are understood.
    urls: Vec<String>,
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
    let gathered = installation::runtime()?.block_on(async {
        if args.urls.is_empty() {
            return newsroom.gather_desk(&who, &desk.id).await;
        }
        let mut gathered = Gathered::default();
        for url in &args.urls {
            match newsroom.paste(&who, &desk.id, url).await {
                Ok(document) => gathered.documents.push(document.value.id),
                Err(error) => gathered.refused.push((url.clone(), error.to_string())),
            }
        }
        Ok(gathered)
    })?;
    newsroom.index()?;
    tell(&gathered, json)
}

/// Says what was gathered; exit code 1 where something was refused.
pub fn tell(gathered: &Gathered, json: bool) -> Result<Outcome, Failure> {
    if json {
        print::json(gathered)?;
    } else {
        print::line(format!("{} new documents, {} known already", gathered.documents.len(), gathered.known))?;
        for (what, why) in &gathered.refused {
            eprintln!("sitrep: {what}: {why}");
        }
    }
    Ok(if gathered.refused.is_empty() { Outcome::Done } else { Outcome::Found })
}
