//! `sitrep source secret SOURCE`: the key, cookies or proxy login of a source, read from standard input.

use crate::input;
use crate::installation::{self, Installation};
use crate::outcome::{Failure, Outcome};
use crate::print;
use sitrep_newsroom::gather::SecretKind;
use std::path::Path;

/// Keep a secret of a source: one line from standard input, or from the variable SITREP_SECRET. An empty one is forgotten.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep source secret exercise --kind key < key.txt")]
pub struct Args {
    /// The source's id.
    source: String,
    /// Which secret: key (of an interface), cookies, or proxy-login (name:password).
    #[arg(long, default_value = "key")]
    kind: String,
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
    let kind = SecretKind::named(&args.kind)?;
    let secret = match std::env::var("SITREP_SECRET") {
        Ok(secret) => secret,
        Err(_) => String::from_utf8_lossy(&input::read(Path::new("-"))?).trim().to_owned(),
    };
    newsroom.keep_source_secret(&who, &desk.id, &args.source, kind, &secret)?;
    let done = if secret.trim().is_empty() { "forgotten" } else { "kept" };
    match json {
        true => print::json(&serde_json::json!({ "source": args.source, "kind": args.kind, "secret": done }))?,
        false => print::line(format!("{}: {} {done}", args.source, args.kind))?,
    }
    Ok(Outcome::Done)
}
