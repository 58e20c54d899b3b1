//! Search in any script; results open at the sentence.

use super::{Answer, moment, page};
use crate::app::App;
use crate::session::Visitor;
use crate::shell::Shell;
use crate::text;
use askama::Template;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use jiff::Timestamp;
use serde::Deserialize;
use sitrep_model::Kind;
use sitrep_newsroom::search::{Found, Search};

/// Hits on a page, and the last that can be paged to.
const HITS: usize = 20;
const DEEPEST: usize = 2000;
/// Longest question, in bytes.
const LONGEST: usize = 400;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
    as_of: Option<String>,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    offset: usize,
}

#[derive(Template)]
#[template(path = "search.html")]
struct Results {
    shell: Shell,
    query: String,
    kind: String,
    total: usize,
    hits: Vec<Hit>,
    next: Option<String>,
}

struct Hit {
    kind: &'static str,
    date: Option<Timestamp>,
    href: String,
    title: String,
    snippet: String,
}

pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let as_of = moment(asked.as_of.as_deref(), &desk)?;
    let query: String = asked.q.trim().chars().take(LONGEST).collect();
    let offset = asked.offset.min(DEEPEST);
    let shell = Shell::of_desk(&visitor, desk.clone(), "search", "Search", format!("/{id}/search")).known_at(as_of);
    let kinds = Kind::parse(&asked.kind).into_iter().collect();
    let search = Search { text: query.clone(), kinds, as_of, limit: HITS, offset, ..Search::default() };
    let who = visitor.who().clone();
    let (total, found) = match query.is_empty() {
        true => (0, Vec::new()),
        false => app.ask(move |newsroom| newsroom.search(&who, &desk.id, &search)).await?,
    };
    let keep = as_of.map(|at| format!("&as_of={}", text::query_value(&at.to_string()))).unwrap_or_default();
    let more = offset + found.len() < total.min(DEEPEST) && !found.is_empty();
    let next = more.then(|| {
        format!(
            "?q={}&kind={}&offset={}{keep}",
            text::query_value(&query),
            text::query_value(&asked.kind),
            offset + HITS
        )
    });
    let hits = found.into_iter().map(|found| hit(&shell, found)).collect();
    page(&Results { shell, query, kind: asked.kind, total, hits, next })
}

fn hit(shell: &Shell, found: Found) -> Hit {
    let (desk, keep) = (shell.desk_id(), shell.keep_as_of());
    let (kind, href) = match found.kind {
        Kind::Edition => {
            let slug = found.slug.unwrap_or_default();
            let at = found.anchor.map(|id| format!("#t-{id}")).unwrap_or_default();
            ("Edition", format!("/{desk}/editions/{slug}{keep}{at}"))
        }
        Kind::Event => ("Event", format!("/{desk}/events/{}{keep}", found.id)),
        Kind::Position => ("Position", format!("/{desk}/positions/{}{keep}", found.id)),
        Kind::Assessment => ("Assessment", format!("/{desk}/assessments/{}{keep}", found.id)),
        _ => ("Document", format!("/{desk}/documents/{}{keep}", found.id)),
    };
    Hit { kind, date: found.date, href, title: found.title, snippet: found.snippet }
}

pub(crate) async fn suggest(State(app): State<App>, Path(id): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let desk = app.desk(&id).await?;
    let prefix: String = asked.q.trim().chars().take(60).collect();
    let words = match prefix.is_empty() {
        true => Vec::new(),
        false => app.ask(move |newsroom| newsroom.suggest(&desk.id, &prefix, 8)).await?,
    };
    Ok(Json(words).into_response())
}
