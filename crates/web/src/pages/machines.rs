//! What machines ask: robots, icon, health, schemas.

use super::Answer;
use crate::app::App;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Redirect};

pub(crate) async fn robots(State(app): State<App>) -> Answer {
    let text =
        format!("User-agent: *\nDisallow: /newsroom\nDisallow: /api\nSitemap: {}/sitemap.xml\n", app.newsroom().base());
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}

/// Browsers ask for an icon at this address, whatever a page says.
pub(crate) async fn icon() -> Redirect {
    Redirect::to(&crate::assets::href("icon.svg"))
}

/// The JSON Schema of an edition's JSON.
pub(crate) async fn edition_schema() -> Answer {
    let headers = [(header::CONTENT_TYPE, "application/schema+json"), (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")];
    Ok((headers, sitrep_newsroom::reading::EDITION_SCHEMA).into_response())
}

pub(crate) async fn health(State(app): State<App>) -> Answer {
    let head = app.head()?;
    Ok(([(header::CACHE_CONTROL, "no-store")], format!("ok, record at {head}\n")).into_response())
}
