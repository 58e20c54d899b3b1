//! `sitrep collect`: look at all sources of a desk now, or capture addresses.

use crate::installation::{self, Installation};
use crate::outcome::{Failure, Outcome};
use crate::print;
use crate::progress::Progress;
use sitrep_model::id::DeskId;
use sitrep_newsroom::gather::{Gathered, HandedIn};
use sitrep_newsroom::{Error, Newsroom, Who};
use std::path::PathBuf;

/// Look at all sources of a desk now; or capture the addresses that are given, or read the files.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples: sitrep collect --desk iran\n          sitrep collect --desk iran https://news.example.org/2026/11/10/report\n          sitrep collect --desk iran --file result.json --source channel"
)]
pub struct Args {
    /// Addresses of pages to capture; defanged spellings are understood.
    urls: Vec<String>,
    /// Files to read: an export of Telegram or X, a mailbox, a web archive, a list of addresses.
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "urls")]
    file: Vec<PathBuf>,
    /// The source that the files are of.
    #[arg(long, requires = "file")]
    source: Option<String>,
    /// The desk; the only one where it is not given.
    #[arg(long)]
    desk: Option<String>,
    #[command(flatten)]
    at: Installation,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Result<Outcome, Failure> {
    let newsroom = args.at.newsroom()?;
    let who = installation::acting(&newsroom, None)?;
    let desk = installation::desk(&newsroom, args.desk.as_deref())?;
    let runtime = installation::runtime()?;
    let gather = async {
        if !args.file.is_empty() {
            return files(&newsroom, &who, &desk.id, &args, json).await;
        }
        if args.urls.is_empty() {
            return newsroom.gather_desk(&who, &desk.id).await;
        }
        let mut gathered = Gathered::default();
        for url in &args.urls {
            match newsroom.paste(&who, &desk.id, url).await {
                Ok(document) => gathered.documents.push(document.value.id),
                Err(error) => gathered.refused.push((url.clone(), error.to_string())),
            }
        }
        Ok(gathered)
    };
    let gathered = newsroom.with_index(|| runtime.block_on(gather))?;
    newsroom.prepare_inbox(&desk.id)?;
    tell(&gathered, json)
}

/// Reads files; one that can't be read does not stop the others.
async fn files(newsroom: &Newsroom, who: &Who, desk: &DeskId, args: &Args, json: bool) -> Result<Gathered, Error> {
    let mut gathered = Gathered::default();
    for path in &args.file {
        let bar = Progress::new("reading", json);
        let shown = path.display().to_string();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_else(|| shown.clone());
        let read = std::fs::read(path).map_err(|error| Error::File { path: shown.clone(), message: error.to_string() });
        let taken = match read {
            Ok(bytes) => {
                let file = HandedIn { name: &name, bytes, source: args.source.as_deref() };
                newsroom.take_file(who, desk, file, &|done, all| bar.at(done, all)).await
            }
            Err(error) => Err(error),
        };
        match taken {
            Ok(taken) => {
                gathered.documents.extend(taken.gathered.documents);
                gathered.known += taken.gathered.known;
                gathered.refused.extend(taken.gathered.refused);
            }
            Err(error) => gathered.refused.push((shown, error.to_string())),
        }
    }
    Ok(gathered)
}

/// Says what was gathered; exit code 1 where something was refused.
pub fn tell(gathered: &Gathered, json: bool) -> Result<Outcome, Failure> {
    if json {
        print::json(gathered)?;
    } else {
        print::line(format!("{} new documents, {} known already", gathered.documents.len(), gathered.known))?;
        for (what, why) in &gathered.refused {
            eprintln!("sitrep: {what}: {why}");
        }
    }
    Ok(if gathered.refused.is_empty() { Outcome::Done } else { Outcome::Found })
}
