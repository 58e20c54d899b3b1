//! `sitrep edition diff A B`: what a later edition says that an earlier one didn't, by statement.

use crate::desk;
use crate::editions;
use crate::outcome::{Failure, Outcome};
use crate::print;
use serde_json::{Value, json};
use sitrep_editions::diff::{self, Difference, Kind};
use sitrep_model::id::{ParagraphId, SentenceId};
use std::path::PathBuf;

/// Print what changed from one edition to another, statement by statement: new, dropped, same, reworded, stronger, weaker.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: sitrep edition diff 2026-11-10.md 2026-11-11.md --json")]
pub struct Args {
    /// The earlier edition: text, HTML, .docx, Markdown, the desk's form, JSON; `-` for standard input.
    before: PathBuf,
    /// The later edition.
    after: PathBuf,
    /// The desk's folder: its scale tells stronger from weaker.
    #[arg(long, value_name = "DIR")]
    desk: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: Args, as_json: bool) -> Result<Outcome, Failure> {
    let desk = match &args.desk {
        Some(folder) => desk::read(folder)?.folder.desk,
        None => desk::unnamed()?,
    };
    let before = editions::edition(&args.before, &desk)?;
    let after = editions::edition(&args.after, &desk)?;
    let found = diff::editions_by(&before, &after, &desk.scale);
    if as_json {
        let list: Vec<Value> = found
            .iter()
            .map(|d| {
                json!({
                    "kind": d.kind, "before": d.before, "after": d.after, "section": d.section,
                    "before_at": address(d.before_paragraph.as_ref(), d.before_id.as_ref()),
                    "after_at": address(d.after_paragraph.as_ref(), d.after_id.as_ref()),
                })
            })
            .collect();
        print::json(&list)?;
    } else {
        for difference in found.iter().filter(|difference| difference.kind != Kind::Same) {
            print::line(line(difference))?;
        }
    }
    Ok(Outcome::Done)
}

/// Where a statement stands.
fn address(paragraph: Option<&ParagraphId>, sentence: Option<&SentenceId>) -> Value {
    match (paragraph, sentence) {
        (None, None) => Value::Null,
        _ => json!({ "paragraph": paragraph, "sentence": sentence }),
    }
}

fn line(difference: &Difference) -> String {
    let (before, after) =
        (difference.before.as_deref().unwrap_or_default(), difference.after.as_deref().unwrap_or_default());
    let words = match difference.kind {
        Kind::New => format!("+ {after}"),
        Kind::Dropped => format!("- {before}"),
        Kind::Same => after.to_owned(),
        Kind::Reworded => format!("~ {before}\n  → {after}"),
        Kind::Stronger => format!("↑ {before}\n  → {after}"),
        Kind::Weaker => format!("↓ {before}\n  → {after}"),
    };
    format!("[{}] {words}", difference.section)
}
