//! `sitrep import DIR`: a whole installation from another database.

use crate::installation::Installation;
use crate::outcome::{Failure, Outcome};
use crate::print;
use crate::progress::Progress;
use sitrep_store::{RestoreReport, Tables};
use std::path::Path;

/// Takes an exported installation into an empty one.
pub fn run(from: &Path, at: &Installation, json: bool) -> Result<Outcome, Failure> {
    let store = at.store_or_new()?;
    let bar = Progress::new("import", json);
    let report = store.import(from, &mut |done, all| bar.at(done, all))?;
    drop(bar);
    store.search_catch_up(&mut |_| {})?;
    tell(&report, 0, json)
}

/// Says what was taken in, and whether it is the same by digest.
pub fn tell(report: &RestoreReport, doubtful: usize, json: bool) -> Result<Outcome, Failure> {
    let (same, words) = match report.tables {
        Tables::Same => (true, "equal by digest"),
        Tables::OlderForm => (true, "from an older form, made anew"),
        Tables::Differ => {
            (false, "different from what the backup says of its tables; they were made anew from the record")
        }
    };
    let counts = &report.manifest.counts;
    if json {
        print::json(&serde_json::json!({
            "changes": counts.changes, "blobs": counts.blobs, "digest": report.digest, "equal": same,
            "left_out": report.left_out, "in_doubt": doubtful,
        }))?;
    } else {
        print::line(format!("{} changes, {} blobs; digest {}: {words}", counts.changes, counts.blobs, report.digest))?;
        if doubtful > 0 {
            print::line(format!("{doubtful} messages may have been sent since the backup: decide in the newsroom"))?;
        }
    }
    Ok(if same { Outcome::Done } else { Outcome::Found })
}
