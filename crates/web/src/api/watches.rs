//! Watches: a desk's standing queries, and what each marked.

use super::wire::{Answer, Asked, Body, Listed, Paging};
use crate::app::App;
use crate::session::Visitor;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use sitrep_model::id::WatchId;
use sitrep_model::watch::Watch;
use sitrep_newsroom::watches::WatchLine;
use utoipa::ToSchema;

/// A watch.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WatchShown {
    /// Identifier: `desk/watch`.
    id: String,
    /// What it is called in the inbox.
    title: String,
    /// What is looked for.
    query: String,
    /// Why the desk watches it.
    note: Option<String>,
    /// Nothing is marked any more.
    retired: bool,
    /// Documents marked since it stands.
    marked: u64,
    /// Those of them that nobody decided about yet.
    open: u64,
    /// Its version.
    version: u64,
}

/// A watch to keep.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct WatchGiven {
    /// Identifier, for one that is there; a new one gets its own from its title.
    id: Option<String>,
    /// What it is called in the inbox.
    title: String,
    /// What is looked for, in the language of standing queries.
    query: String,
    /// Why the desk watches it.
    note: Option<String>,
    /// Nothing is to be marked any more.
    #[serde(default)]
    retired: bool,
    /// The version that it was read at; 0 for a new one.
    #[serde(default)]
    version: u64,
}

fn line(line: WatchLine) -> WatchShown {
    let WatchLine { watch, version, marked, open } = line;
    let Watch { id, title, query, note, retired, .. } = watch;
    WatchShown { id: id.0, title, query, note, retired, marked, open, version }
}

/// A desk's watches, by title.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/watches", tag = "Inbox", params(Paging),
    responses((status = 200, body = Listed<WatchShown>)))]
pub(crate) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Path(desk): Path<String>,
    Asked(asked): Asked<Paging>,
) -> Answer {
    let desk = app.desk(&desk).await?;
    let (who, query) = (visitor.who().clone(), asked.query(&desk)?);
    let page = app.ask(move |newsroom| newsroom.watches(&who, &desk.id, &query)).await?;
    Ok(Json(Listed { items: page.items.into_iter().map(line).collect(), next: page.next }).into_response())
}

/// Keeps a watch: a new one, or the next version of one that is there.
#[utoipa::path(post, path = "/api/v1/desks/{desk}/watches", tag = "Inbox", request_body = WatchGiven,
    responses((status = 201, description = "It is kept; its id is in `Location`.")))]
pub(crate) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(desk): Path<String>,
    Body(given): Body<WatchGiven>,
) -> Answer {
    let desk = app.desk(&desk).await?.id;
    let watch = Watch {
        id: WatchId(given.id.unwrap_or_default()),
        desk: desk.clone(),
        title: given.title,
        query: given.query,
        note: given.note,
        retired: given.retired,
    };
    let who = visitor.who().clone();
    let kept = app.ask(move |newsroom| newsroom.save_watch(&who, &watch, given.version)).await?;
    let location = format!("/newsroom/{desk}/watches/{}", kept.id.name());
    Ok((StatusCode::CREATED, [("location", location)]).into_response())
}
