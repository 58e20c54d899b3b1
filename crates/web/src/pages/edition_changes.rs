//! What a correction changed, sentence by sentence.

use super::compared::compared;
use super::{Answer, page};
use crate::app::App;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::extract::{Path, State};
use jiff::Timestamp;
use sitrep_editions::diff::{Difference, Kind};
use sitrep_model::edition::Edition;

#[derive(Template)]
#[template(path = "edition_changes.html")]
struct Changes {
    shell: Shell,
    edition: Edition,
    at: Timestamp,
    note: Option<String>,
    lines: Vec<Line>,
}

/// One difference as the page shows it.
struct Line {
    class: &'static str,
    kind: &'static str,
    html: String,
    section: String,
    sentence: Option<String>,
}

/// What differs, word by word; what is the same is left out.
fn line(difference: Difference) -> Option<Line> {
    let (class, kind) = match difference.kind {
        Kind::Same => return None,
        Kind::New => ("added", "New"),
        Kind::Dropped => ("dropped", "Dropped"),
        Kind::Reworded => ("reworded", "Reworded"),
        Kind::Stronger => ("reworded", "Strengthened"),
        Kind::Weaker => ("reworded", "Weakened"),
    };
    let html =
        compared(difference.before.as_deref().unwrap_or_default(), difference.after.as_deref().unwrap_or_default());
    let sentence = difference.after_id.or(difference.before_id).map(|id| id.0);
    Some(Line { class, kind, html, section: difference.section, sentence })
}

pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, slug, version)): Path<(String, String, String)>,
) -> Answer {
    let version = super::edition::number(&version, "version")?;
    let desk = app.desk(&id).await?;
    let of = desk.id.clone();
    let path = format!("/{id}/editions/{slug}/changes/{version}");
    let (after, differences) = app.ask(move |newsroom| newsroom.version_changes(&of, &slug, version)).await?;
    let shell = Shell::of_desk(&visitor, desk, "", "What changed", path);
    let edition = after.value;
    let note = edition.corrections.last().map(|correction| correction.note.clone());
    page(&Changes {
        shell,
        edition,
        at: after.recorded,
        note,
        lines: differences.into_iter().filter_map(line).collect(),
    })
}
