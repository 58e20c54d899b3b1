//! What changed since: two editions compared by statement, per section, each line with its link.

use super::edition_changes::{Line, lines};
use super::{Answer, page};
use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use sitrep_editions::diff;
use sitrep_model::edition::Edition;

/// Editions to choose from.
const CHOICE: usize = 100;

#[derive(Deserialize)]
pub(crate) struct Asked {
    from: Option<String>,
    to: Option<String>,
}

#[derive(Template)]
#[template(path = "since.html")]
struct Since {
    shell: Shell,
    from: Edition,
    to: Edition,
    parts: Vec<(String, Vec<Line>)>,
    same: usize,
    choice: Vec<(String, String)>,
}

pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let of = desk.id.clone();
    let editions = app.ask(move |newsroom| newsroom.published(&of, None, CHOICE, None)).await?.items;
    let choice: Vec<(String, String)> =
        editions.iter().map(|found| (found.value.slug.clone(), found.value.title.clone())).collect();
    let by_slug = |slug: &str| editions.iter().find(|found| found.value.slug == slug).map(|found| found.value.clone());
    let few = || PageError::not_found("pair of editions").hint("Two published editions are needed to compare.");
    let to = match asked.to.as_deref() {
        Some(slug) => by_slug(slug).ok_or_else(|| PageError::not_found("edition"))?,
        None => editions.first().map(|found| found.value.clone()).ok_or_else(few)?,
    };
    let from = match asked.from.as_deref() {
        Some(slug) => by_slug(slug).ok_or_else(|| PageError::not_found("edition"))?,
        None => {
            let place = editions.iter().position(|found| found.value.id == to.id).unwrap_or_default();
            editions.get(place + 1).map(|found| found.value.clone()).ok_or_else(few)?
        }
    };
    let differences = diff::editions(&from, &to);
    let all = differences.len();
    let found = lines(differences);
    let same = all - found.len();
    let mut parts: Vec<(String, Vec<Line>)> = Vec::new();
    for line in found {
        let section = line.section.clone();
        match parts.iter_mut().find(|(title, _)| *title == section) {
            Some((_, lines)) => lines.push(line),
            None => parts.push((section, vec![line])),
        }
    }
    let shell = Shell::of_desk(&visitor, desk, "archive", "What changed since", format!("/{id}/since"));
    page(&Since { shell, from, to, parts, same, choice })
}
