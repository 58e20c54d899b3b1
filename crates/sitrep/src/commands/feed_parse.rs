//! `sitrep feed parse FILE`: the entries of a feed.

use crate::input;
use crate::outcome::{Failure, Outcome};
use crate::print;
use sitrep_collect::feed::{self, Feed};
use std::path::{Path, PathBuf};

/// Print a feed's title, link, language and entries.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep feed parse feed.xml --json")]
pub struct Args {
    /// RSS, Atom or JSON feeds, or folders of them; `-` for standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The address the feed came from, for relative links.
    #[arg(long)]
    url: Option<String>,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let files = input::expand(&args.files)?;
    let feeds = files.iter().map(|path| (path.as_path(), read(path, args.url.as_deref())));
    if json {
        let values = feeds.map(|(path, feed)| (path, feed.and_then(|feed| Ok(serde_json::to_value(feed)?))));
        return print::results(values.collect());
    }
    print::each(feeds.collect(), |feed| {
        print::line(feed.title.as_deref().unwrap_or("(no title)"))?;
        for entry in &feed.entries {
            let at = entry.published.or(entry.updated).map_or_else(String::new, |at| at.to_string());
            let (title, url) = (entry.title.as_deref().unwrap_or_default(), entry.url.as_deref().unwrap_or_default());
            print::line(format!("  {at:<20} {title}\n  {:<20} {url}", ""))?;
        }
        Ok(())
    })
}

fn read(path: &Path, url: Option<&str>) -> Result<Feed, Failure> {
    feed::parse(&input::read(path)?, None, url).map_err(|error| Failure::from(error).of(path))
}
