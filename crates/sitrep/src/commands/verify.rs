//! `sitrep verify`: the chain, every blob, every signature and time stamp; or a WACZ file, without a store.

use crate::installation::Installation;
use crate::outcome::{Class, Failure, Outcome};
use crate::print;
use crate::progress::Progress;
use sitrep_newsroom::vouching::{self, FileVouched, Vouched};
use sitrep_newsroom::{Newsroom, Who};
use sitrep_store::VerifyReport;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// Walk the record's chain, every blob, and every capture's signature and time stamp, and name what is damaged. Exit code 5
/// where something is. With a WACZ file: hold it against its manifest, signatures and time stamps; no store is needed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples: sitrep verify --data /var/lib/sitrep\n          sitrep verify evidence.wacz")]
pub struct Args {
    /// WACZ files to verify instead of a store.
    files: Vec<PathBuf>,
    #[command(flatten)]
    at: Installation,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    if !args.files.is_empty() {
        return files(&args.files, json);
    }
    let store = args.at.store()?;
    let bar = Progress::new("verify", json);
    let report = store.verify(&mut |done, all| bar.at(done, all))?;
    drop(bar);
    let digest = store.digest()?;
    let newsroom = args.at.newsroom_over(store)?;
    let captures = newsroom.verify_captures(&Who::Program("operator"))?;
    tell(&newsroom, &report, &captures, &digest, json)?;
    if report.is_clean() && captures.is_clean() {
        return Ok(Outcome::Done);
    }
    let message = format!("{} damages", report.damaged + captures.failed);
    Err(Failure::new(Class::Store, "damaged", message).hint("Restore a backup; `sitrep rebuild` mends derived tables."))
}

fn tell(
    newsroom: &Newsroom,
    report: &VerifyReport,
    captures: &Vouched,
    digest: &str,
    json: bool,
) -> Result<(), Failure> {
    if json {
        let damage = report.damage.iter().map(|damage| (&damage.place, &damage.fault));
        let faults = captures.faults.iter().map(|(place, fault)| (place, fault));
        let damage: Vec<_> =
            damage.chain(faults).map(|(place, fault)| serde_json::json!({ "place": place, "fault": fault })).collect();
        return print::json(&serde_json::json!({
            "clean": report.is_clean() && captures.is_clean(), "changes": report.changes, "blobs": report.blobs,
            "damaged": report.damaged + captures.failed, "damage": damage, "digest": digest,
            "key": newsroom.public_key(), "captures": captures,
        }));
    }
    for damage in &report.damage {
        print::line(format!("damaged: {}: {}", damage.place, damage.fault))?;
    }
    for (place, fault) in &captures.faults {
        print::line(format!("damaged: {place}: {fault}"))?;
    }
    print::line(format!(
        "captures: {} signatures hold, {} were made before there was a key, {} were removed, {} time stamps hold; key {}",
        captures.signed,
        captures.unsigned,
        captures.removed,
        captures.stamped,
        newsroom.public_key()
    ))?;
    print::line(format!("{} changes, {} blobs; digest {digest}", report.changes, report.blobs))
}

fn files(files: &[PathBuf], json: bool) -> Result<Outcome, Failure> {
    let vouched = |path: &Path| -> Result<FileVouched, Failure> {
        let unreadable =
            |error: std::io::Error| Failure::new(Class::Unreadable, "unreadable", error.to_string()).of(path);
        let file = File::open(path).map_err(unreadable)?;
        vouching::verify_file(BufReader::new(file))
            .map_err(|error| Failure::new(Class::Unreadable, "no_wacz", error.to_string()).of(path))
    };
    let results: Vec<_> = files.iter().map(|path| (path.as_path(), vouched(path))).collect();
    let failed =
        results.iter().filter_map(|(_, result)| result.as_ref().ok()).map(|file| file.captures.failed).sum::<u64>();
    let outcome = if json {
        let value = |file: FileVouched| serde_json::to_value(file).map_err(Failure::from);
        print::results(results.into_iter().map(|(path, result)| (path, result.and_then(value))).collect())?
    } else {
        print::each(results, |file| {
            for (what, why) in &file.captures.faults {
                print::line(format!("fails: {what}: {why}"))?;
            }
            let by = file.signed_by.as_deref().unwrap_or("nobody");
            print::line(format!(
                "{} parts; signed by {by}; {} signatures and {} time stamps of captures hold",
                file.parts, file.captures.signed, file.captures.stamped
            ))
        })?
    };
    if failed > 0 {
        return Err(Failure::new(Class::Store, "fails", format!("{failed} things do not hold")));
    }
    Ok(outcome)
}
