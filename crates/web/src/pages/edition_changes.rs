//! What a correction changed, sentence by sentence.

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
pub(crate) struct Line {
    pub class: &'static str,
    pub kind: &'static str,
    pub before: Option<String>,
    pub after: Option<String>,
    pub section: String,
    pub before_id: Option<String>,
    pub after_id: Option<String>,
}

/// What differs, as lines; what is the same is left out.
pub(crate) fn lines(differences: Vec<Difference>) -> Vec<Line> {
    let line = |difference: Difference| {
        let (class, kind) = match difference.kind {
            Kind::Same => return None,
            Kind::New => ("added", "New"),
            Kind::Dropped => ("dropped", "Dropped"),
            Kind::Reworded => ("reworded", "Reworded"),
            Kind::Stronger => ("reworded", "Stronger"),
            Kind::Weaker => ("reworded", "Weaker"),
        };
        Some(Line {
            class,
            kind,
            before: difference.before,
            after: difference.after,
            section: difference.section,
            before_id: difference.before_id.map(|id| id.0),
            after_id: difference.after_id.map(|id| id.0),
        })
    };
    differences.into_iter().filter_map(line).collect()
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
    page(&Changes { shell, edition, at: after.recorded, note, lines: lines(differences) })
}
