//! The record of changes, newest first, for the operator.

use super::{Answer, Asked, private};
use crate::app::App;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::extract::{Query, State};
use sitrep_model::change::Change;

const CHANGES: u64 = 100;

#[derive(Template)]
#[template(path = "record.html")]
struct Record {
    shell: Shell,
    changes: Vec<Change>,
    next: Option<String>,
}

pub(crate) async fn show(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let head = app.head()?;
    let last: u64 = asked.after.as_deref().and_then(|after| after.parse().ok()).unwrap_or(head).min(head);
    let first = last.saturating_sub(CHANGES);
    let limit = usize::try_from(last - first).unwrap_or_default();
    let mut changes = app.ask(move |newsroom| newsroom.record(first, limit)).await?;
    changes.reverse();
    let mut shell = Shell::house(&visitor, "Record", "/newsroom/record");
    shell.here = "record";
    private(&Record { shell, changes, next: (first > 0).then(|| format!("?after={first}")) })
}
