//! `sitrep serve`: the reading room, the newsroom and the API on one port.

use crate::duty::Duty;
use crate::installation::{self, Installation};
use crate::outcome::{Failure, Outcome};
use crate::{print, site};
use std::net::SocketAddr;

/// Serve the site, and collect and send besides.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: sitrep serve --data /var/lib/sitrep --base https://brief.example.org --listen 127.0.0.1:8080"
)]
pub struct Args {
    #[command(flatten)]
    at: Installation,
    /// Address and port to listen at.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080", env = "SITREP_LISTEN")]
    listen: SocketAddr,
    /// Serve only: collecting and sending is left to `sitrep work`.
    #[arg(long)]
    no_work: bool,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let newsroom = args.at.newsroom()?;
    let setup = newsroom.setup_secret()?.map(|secret| super::setup_link(&newsroom, &secret));
    installation::runtime()?.block_on(async {
        let listener = site::bind(args.listen).await?;
        if json {
            print::json_line(&serde_json::json!({ "address": newsroom.base(), "setup": setup }))?;
        } else {
            print::line(format!("Serving {} at {}", newsroom.base(), args.listen))?;
            if let Some(link) = setup {
                print::line(format!("Make the first account at (once):\n  {link}"))?;
            }
        }
        let duty = (!args.no_work).then(|| Duty::begin(&newsroom));
        site::serve(newsroom, listener).await?;
        drop(duty);
        Ok(Outcome::Done)
    })
}
