//! `sitrep work`: collecting and sending without a site.

use crate::duty::Duty;
use crate::installation::{self, Installation};
use crate::outcome::{Failure, Outcome};
use crate::{print, site};
use sitrep_newsroom::Who;

/// Look at sources that are due, send what is due and keep the index, until ended.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep work --data /var/lib/sitrep --once")]
pub struct Args {
    #[command(flatten)]
    at: Installation,
    /// Do one round and end.
    #[arg(long)]
    once: bool,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let newsroom = args.at.newsroom()?;
    installation::runtime()?.block_on(async {
        if !args.once {
            let duty = Duty::begin(&newsroom);
            site::ended().await;
            drop(duty);
            return Ok(Outcome::Done);
        }
        let documents = newsroom.gather_due(&Who::Program("collector")).await?;
        let sent = newsroom.send_due().await?;
        let looked = newsroom.watch_evidence(&Who::Program("evidence-watch")).await?;
        let stamping = newsroom.stamp_due().await?;
        newsroom.index()?;
        if json {
            print::json(&serde_json::json!({ "documents": documents, "sent": sent, "looked_again": looked, "stamped": stamping.stamped }))?;
        } else {
            let (sent, put_off, failed) = (sent.sent, sent.put_off, sent.failed);
            print::line(format!(
                "{documents} new documents; {sent} messages sent, {put_off} put off, {failed} failed; {looked} cited pages looked at again"
            ))?;
            if stamping.stamped > 0 {
                print::line(format!("{} captures time-stamped", stamping.stamped))?;
            }
        }
        Ok(Outcome::Done)
    })
}
