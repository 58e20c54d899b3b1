//! `sitrep rebuild`: everything derived, made again from the record.

use crate::installation::Installation;
use crate::outcome::{Class, Failure, Outcome};
use crate::print;
use crate::progress::Progress;

/// Make tables and search index again from the record, and show that they are the same by digest.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep rebuild --data /var/lib/sitrep")]
pub struct Args {
    #[command(flatten)]
    at: Installation,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let store = args.at.store()?;
    let bar = Progress::new("rebuild", json);
    let report = store.rebuild(&mut |done, all| bar.at(done, all))?;
    drop(bar);
    let search = store.search_rebuild(&mut |_| {})?;
    let identical = report.before == report.after;
    let digest = store.digest()?;
    if json {
        print::json(&serde_json::json!({
            "tables_before": report.before, "tables_after": report.after,
            "identical": identical, "digest": digest, "search": { "objects": search.objects, "busy": search.busy },
        }))?;
    } else {
        print::line(format!(
            "the tables are made again, {}; digest {digest}",
            if identical { "identical" } else { "and differ" }
        ))?;
        if search.busy {
            print::line("The search index is kept by a running server; it was left to it.")?;
        } else {
            print::line(format!("{} objects in the search index", search.objects))?;
        }
    }
    if !identical {
        let message = format!("the tables differed from the record (digest {}); they are mended now", report.before);
        return Err(Failure::new(Class::Store, "differed", message));
    }
    Ok(Outcome::Done)
}
