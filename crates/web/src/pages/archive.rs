//! All of a desk's editions, newest first.

use super::{Answer, Asked, next_page, page};
use crate::app::App;
use crate::session::Visitor;
use crate::shell::Shell;
use crate::text;
use askama::Template;
use axum::extract::{Path, Query, State};
use sitrep_model::edition::Edition;

const EDITIONS: usize = 50;

#[derive(Template)]
#[template(path = "archive.html")]
struct Archive {
    shell: Shell,
    editions: Vec<Edition>,
    next: Option<String>,
}

pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let as_of = asked.as_of(&desk)?;
    let of = desk.id.clone();
    let found = app.ask(move |newsroom| newsroom.published(&of, as_of, EDITIONS, asked.after)).await?;
    let keep = as_of.map(|at| format!("&as_of={}", text::query_value(&at.to_string()))).unwrap_or_default();
    let shell = Shell::of_desk(&visitor, desk, "archive", "Archive", format!("/{id}/archive")).known_at(as_of);
    let editions = found.items.into_iter().map(|found| found.value).collect();
    page(&Archive { shell, editions, next: next_page(found.next, &keep) })
}
