//! What changed since: two editions compared by statement, through those between them, per section, each line with its link.

use super::compared::compared;
use super::{Answer, moment, page};
use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use crate::shell::Shell;
use crate::text::escape;
use askama::Template;
use axum::extract::{Path, Query, State};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use sitrep_editions::diff::Kind;
use sitrep_newsroom::since::{Compared, Part, Since, Span, Statement};

/// Editions to choose from.
const CHOICE: usize = 200;

#[derive(Deserialize)]
pub(crate) struct Asked {
    from: Option<String>,
    to: Option<String>,
    /// The last day that was read.
    since: Option<String>,
    /// Days that the reader was away.
    days: Option<i32>,
    as_of: Option<String>,
}

#[derive(Template)]
#[template(path = "since.html")]
struct Shown {
    shell: Shell,
    from: Compared,
    to: Compared,
    between: usize,
    skipped: usize,
    changed: usize,
    repeated: usize,
    parts: Vec<Section>,
    choice: Vec<(String, String)>,
}

struct Section {
    title: String,
    id: String,
    lines: Vec<Line>,
    repeated: Vec<Line>,
}

/// A statement as the page shows it.
struct Line {
    class: &'static str,
    kind: &'static str,
    html: String,
    sentence: String,
    edition: Compared,
}

pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let as_of = moment(asked.as_of.as_deref(), &desk)?;
    let given = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let mut span = Span { from: given(asked.from), to: given(asked.to), since: None };
    if let Some(day) = given(asked.since) {
        let day: Date = day
            .parse()
            .map_err(|_| PageError::invalid(format!("{day:?} is no day")).hint("Write a day as 2026-11-20."))?;
        span.since = Some(day);
    }
    let (of, days) = (desk.clone(), asked.days.map(|days| days.clamp(1, 3660)));
    let (choice, since) = app
        .ask(move |newsroom| {
            let lines = newsroom.archive_newest(&of.id, as_of, CHOICE)?;
            if let (Some(days), Some(newest)) = (days, lines.first()) {
                span.since = newest.date.checked_sub(days.days()).ok();
            }
            let since = newsroom.since(&of, &span, as_of)?;
            let choice: Vec<(String, String)> = lines.into_iter().map(|line| (line.slug, line.title)).collect();
            Ok((choice, since))
        })
        .await?;
    let shell = Shell::of_desk(&visitor, desk, "archive", "What changed since", format!("/{id}/since")).known_at(as_of);
    let Since { editions, skipped, parts } = since;
    let few = || PageError::not_found("pair of editions").hint("Two published editions are needed to compare.");
    let (from, to) = editions.first().cloned().zip(editions.last().cloned()).ok_or_else(few)?;
    let parts: Vec<Section> = parts.into_iter().enumerate().map(|(at, part)| section(at, part, &editions)).collect();
    let changed = parts.iter().map(|part| part.lines.len()).sum();
    let repeated = parts.iter().map(|part| part.repeated.len()).sum();
    let between = editions.len().saturating_sub(2);
    page(&Shown { shell, from, to, between, skipped, changed, repeated, parts, choice })
}

fn section(at: usize, part: Part, editions: &[Compared]) -> Section {
    let lines = |statements: Vec<Statement>| statements.into_iter().filter_map(|s| line(s, editions)).collect();
    Section { id: format!("s-{at}"), title: part.title, lines: lines(part.changed), repeated: lines(part.repeated) }
}

fn line(statement: Statement, editions: &[Compared]) -> Option<Line> {
    let (class, kind) = match statement.kind {
        Kind::Same => ("", "Repeated"),
        Kind::New => ("added", "New"),
        Kind::Dropped => ("dropped", "Dropped"),
        Kind::Reworded => ("reworded", "Reworded"),
        Kind::Stronger => ("reworded", "Strengthened"),
        Kind::Weaker => ("reworded", "Weakened"),
    };
    let html = match (&statement.before, statement.kind) {
        (Some(before), Kind::Reworded | Kind::Stronger | Kind::Weaker) => compared(before, &statement.after),
        _ => escape(&statement.after),
    };
    let edition = editions.get(statement.edition)?.clone();
    Some(Line { class, kind, html, sentence: statement.sentence, edition })
}
