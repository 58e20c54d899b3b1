//! What was not yet known at a moment: later acts on editions, events learnt late, assessments that moved.

use super::{Answer, moment, page};
use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::extract::{Path, Query, State};
use jiff::Timestamp;
use serde::Deserialize;
use sitrep_newsroom::later::Later;

/// Days before the moment that are told of, where nothing else is asked.
const DAYS: u16 = 30;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    as_of: Option<String>,
    days: Option<u16>,
    edition: Option<String>,
}

#[derive(Template)]
#[template(path = "not_yet_known.html")]
struct Shown {
    shell: Shell,
    at: Timestamp,
    days: u16,
    edition: Option<String>,
    later: Later,
}

pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let at = moment(asked.as_of.as_deref(), &desk)?.ok_or_else(|| {
        PageError::invalid("No moment is given.").hint("Choose a day under As of… at the foot of a page.")
    })?;
    let days = asked.days.unwrap_or(DAYS).clamp(1, 3660);
    let edition = asked.edition.filter(|slug| !slug.is_empty());
    let (of, who, slug) = (desk.clone(), visitor.who().clone(), edition.clone());
    let later = app.ask(move |newsroom| newsroom.not_yet_known(&who, &of, at, days, slug.as_deref())).await?;
    let path = format!("/{id}/not-yet-known");
    let shell = Shell::of_desk(&visitor, desk, "", "What was not yet known", path).known_at(Some(at));
    page(&Shown { shell, at, days, edition, later })
}
