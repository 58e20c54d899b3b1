//! The feed of a desk's editions (Atom, RFC 4287).

use super::Answer;
use crate::app::App;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;

/// Editions in the feed.
const EDITIONS: usize = 20;

pub(crate) async fn atom(State(app): State<App>, Path(id): Path<String>) -> Answer {
    let desk = app.desk(&id).await?;
    let bytes = app.ask(move |newsroom| newsroom.feed(&desk, EDITIONS)).await?;
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], bytes).into_response())
}
