//! `sitrep source add URL`: a new source from an address: a feed, a front page, a channel, an account, a sitemap.

use crate::installation::{self, Installation};
use crate::outcome::{Failure, Outcome};
use crate::print;
use sitrep_newsroom::kinds;

/// Add a source from an address: of a feed, a page, a Telegram channel, an X account or a sitemap. How it is collected, its
/// name, language and country are found by themselves.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep source add https://news.example.org/ --desk iran --reliability C")]
pub struct Args {
    /// The address.
    url: String,
    /// The desk; the only one where it is not given.
    #[arg(long)]
    desk: Option<String>,
    /// Its name, where the one found is not to be used.
    #[arg(long)]
    name: Option<String>,
    /// Admiralty grade A–F of its reliability.
    #[arg(long, default_value = "F")]
    reliability: String,
    /// Its links are published defanged.
    #[arg(long)]
    defanged: bool,
    /// It is on this machine or its own network; everything else there is refused.
    #[arg(long)]
    local: bool,
    /// Only show what would be added.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    at: Installation,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let newsroom = args.at.newsroom()?;
    let who = installation::acting(&newsroom, None)?;
    let desk = installation::desk(&newsroom, args.desk.as_deref())?;
    let runtime = installation::runtime()?;
    let (mut source, entries) = runtime.block_on(newsroom.find_source(&who, &desk.id, &args.url, args.local))?;
    if let Some(name) = args.name {
        source.name = name;
    }
    source.reliability = super::reliability(&args.reliability)?;
    source.defanged = args.defanged;
    if !args.dry_run {
        newsroom.save_source(&who, &source, 0, Some("added at the command line"))?;
    }
    if json {
        print::json(&serde_json::json!({ "source": source, "entries": entries }))?;
        return Ok(Outcome::Done);
    }
    let country = source.country.as_deref().map(|country| format!(", {country}")).unwrap_or_default();
    print::line(format!("{}: {} ({}{country})", source.id, source.name, source.language))?;
    let kind = kinds::kind(&source.collection.how).map_or("an unknown kind", |kind| kind.label);
    let every = kinds::every_minutes(&source.collection).map(|every| format!(", every {every} min"));
    print::line(format!("  collected as: {kind}{}", every.unwrap_or_default()))?;
    for title in entries.iter().take(5) {
        print::line(format!("  {title}"))?;
    }
    print::line(format!("{} entries{}", entries.len(), if args.dry_run { "; nothing was kept" } else { "" }))?;
    Ok(Outcome::Done)
}
