//! Telling a browser of a desk's alerts: turning it on and off, and the script that a browser keeps for it.

use super::{Answer, done};
use crate::app::App;
use crate::assets;
use crate::error::PageError;
use crate::session::Visitor;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::IntoResponse;
use serde::Deserialize;
use serde_json::json;
use sitrep_newsroom::push::Browser;

/// The script that a browser keeps and wakes when a notification comes. It stands here, and not among the assets, for what it may
/// act on is what lies below its own address; and no browser keeps an old one.
pub(crate) async fn worker() -> Answer {
    let script = assets::script("push-worker.js").ok_or_else(|| PageError::not_found("script"))?;
    let headers = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    Ok((headers, script).into_response())
}

/// Longest subscription that is read, in bytes.
const LONGEST: usize = 8_192;

/// A subscription as browsers write it as JSON.
#[derive(Deserialize)]
pub(crate) struct Subscription {
    endpoint: String,
    keys: Keys,
}

#[derive(Deserialize)]
struct Keys {
    p256dh: String,
    auth: String,
}

pub(crate) async fn subscribe(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: axum::body::Bytes,
) -> Answer {
    let desk = app.desk(&id).await?;
    if body.len() > LONGEST {
        return Err(PageError::invalid("the subscription is too long"));
    }
    let given: Subscription = serde_json::from_slice(&body)
        .map_err(|error| PageError::invalid(format!("the subscription can't be read: {error}")))?;
    let name = crate::session::browser(&headers);
    let browser = Browser { endpoint: given.endpoint, p256dh: given.keys.p256dh, auth: given.keys.auth, name };
    let who = visitor.who().clone();
    let id = app.ask(move |newsroom| newsroom.subscribe_browser(&who, &desk.id, &browser)).await?;
    Ok((StatusCode::CREATED, Json(json!({ "id": id }))).into_response())
}

pub(crate) async fn end(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, browser)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> Answer {
    let desk = app.desk(&id).await?;
    let who = visitor.who().clone();
    let left = app.ask(move |newsroom| newsroom.end_browser(&who, &desk.id, &browser)).await?;
    if crate::guard::wants_json(uri.path(), &headers) {
        return Ok(Json(json!({ "left": left })).into_response());
    }
    done(&format!("/newsroom/{id}/watches"), "ended")
}
