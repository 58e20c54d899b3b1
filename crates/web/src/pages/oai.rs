//! Where libraries harvest: OAI-PMH 2.0.

use super::Answer;
use crate::app::App;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::header;
use axum::response::IntoResponse;

/// Arguments that are read at the most: the protocol knows six.
const ARGUMENTS: usize = 16;

/// Asked by `GET`.
pub(crate) async fn get(State(app): State<App>, RawQuery(query): RawQuery) -> Answer {
    answer(app, query.unwrap_or_default().into_bytes()).await
}

/// Asked by `POST`, with the same arguments in the body.
pub(crate) async fn post(State(app): State<App>, body: Bytes) -> Answer {
    answer(app, body.to_vec()).await
}

async fn answer(app: App, query: Vec<u8>) -> Answer {
    let given: Vec<(String, String)> = url::form_urlencoded::parse(&query).into_owned().take(ARGUMENTS).collect();
    let xml = app.ask(move |newsroom| newsroom.harvest(&given)).await?;
    let headers = [(header::CONTENT_TYPE, "text/xml; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, xml).into_response())
}
