//! `sitrep backup DIR`: everything, as it stood at one moment, while the installation runs.

use crate::installation::Installation;
use crate::outcome::{Failure, Outcome};
use crate::print;
use crate::progress::Progress;
use std::path::PathBuf;

/// Write a backup into a new folder: the record, the vault and every blob as they stood at one moment. The installation
/// may run meanwhile. `sitrep export` writes the same form.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep backup /backup/sitrep-2026-11-24 --data /var/lib/sitrep")]
pub struct Args {
    /// The folder to make.
    pub to: PathBuf,
    #[command(flatten)]
    pub at: Installation,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let store = args.at.store()?;
    let bar = Progress::new("backup", json);
    let manifest = store.backup(&args.to, &mut |done, all| bar.at(done, all))?;
    drop(bar);
    if json {
        print::json(&manifest)?;
    } else {
        let counts = &manifest.counts;
        print::line(format!(
            "{}: {} changes, {} blobs; digest {}",
            args.to.display(),
            counts.changes,
            counts.blobs,
            manifest.digest
        ))?;
    }
    for lost in &manifest.missing {
        eprintln!("sitrep: not in the backup, for the store lost it: {}: {}", lost.place, lost.fault);
    }
    Ok(if manifest.missing.is_empty() { Outcome::Done } else { Outcome::Found })
}
