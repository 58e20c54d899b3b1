//! `sitrep search WORDS`: the archive at the command line.

use crate::installation::{self, Installation};
use crate::outcome::{Failure, Outcome};
use crate::print;
use sitrep_newsroom::search::Search;

/// Search editions, documents, events and assessments, in any script.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep search رئیسی --desk iran")]
pub struct Args {
    /// The words; quotes make a phrase.
    #[arg(required = true)]
    words: Vec<String>,
    /// The desk; the only one where it is not given.
    #[arg(long)]
    desk: Option<String>,
    /// Hits to print.
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// Hits to pass over.
    #[arg(long, default_value_t = 0)]
    offset: usize,
    /// As known at an earlier moment.
    #[arg(long, value_name = "TIME")]
    as_of: Option<jiff::Timestamp>,
    #[command(flatten)]
    at: Installation,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let newsroom = args.at.newsroom()?;
    let who = installation::acting(&newsroom, None)?;
    let desk = installation::desk(&newsroom, args.desk.as_deref())?;
    let search = Search {
        text: args.words.join(" "),
        as_of: args.as_of,
        limit: args.limit.clamp(1, 1000),
        offset: args.offset,
        ..Search::default()
    };
    let results = newsroom.search(&who, &desk.id, &search)?;
    if json {
        let hits: Vec<_> = results
            .found
            .iter()
            .map(|hit| {
                serde_json::json!({
                    "kind": hit.kind.as_str(), "id": hit.id, "anchor": hit.anchor, "slug": hit.slug,
                    "title": hit.title, "snippet": hit.snippet, "language": hit.language, "date": hit.date,
                })
            })
            .collect();
        print::json(&serde_json::json!({ "total": results.total, "meant": results.meant, "hits": hits }))?;
        return Ok(Outcome::Done);
    }
    let about = if results.counted { "" } else { "about " };
    print::line(format!("{about}{} found", results.total))?;
    if let Some(meant) = &results.meant {
        print::line(format!("Did you mean: {meant}"))?;
    }
    for hit in results.found {
        let date = hit.date.map(|at| at.strftime("%Y-%m-%d").to_string()).unwrap_or_default();
        print::line(format!("{:<10} {date:<10} {}  [{}]", hit.kind.as_str(), hit.title, hit.id))?;
        print::line(format!("           {}", plain(&hit.snippet)))?;
    }
    Ok(Outcome::Done)
}

/// A snippet without its marks.
fn plain(snippet: &str) -> String {
    let marks = [
        ("<mark>", "*"),
        ("</mark>", "*"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    marks.iter().fold(snippet.to_owned(), |text, (from, to)| text.replace(from, to))
}
