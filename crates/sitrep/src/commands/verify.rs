//! `sitrep verify`: the chain and every blob.

use crate::installation::Installation;
use crate::outcome::{Class, Failure, Outcome};
use crate::print;
use crate::progress::Progress;

/// Walk the record's chain and every blob, and name what is damaged. Exit code 5 where something is.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep verify --data /var/lib/sitrep")]
pub struct Args {
    #[command(flatten)]
    at: Installation,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let store = args.at.store()?;
    let bar = Progress::new("verify", json);
    let report = store.verify(&mut |done, all| bar.at(done, all))?;
    drop(bar);
    let digest = store.digest()?;
    if json {
        let damage: Vec<_> = report
            .damage
            .iter()
            .map(|damage| serde_json::json!({ "place": damage.place, "fault": damage.fault }))
            .collect();
        print::json(&serde_json::json!({
            "clean": report.is_clean(), "changes": report.changes, "blobs": report.blobs, "damaged": report.damaged,
            "damage": damage, "digest": digest,
        }))?;
    } else {
        for damage in &report.damage {
            print::line(format!("damaged: {}: {}", damage.place, damage.fault))?;
        }
        print::line(format!("{} changes, {} blobs; digest {digest}", report.changes, report.blobs))?;
    }
    if report.is_clean() {
        return Ok(Outcome::Done);
    }
    let message = format!("{} damages", report.damaged);
    Err(Failure::new(Class::Store, "damaged", message).hint("Restore a backup; `sitrep rebuild` mends derived tables."))
}
