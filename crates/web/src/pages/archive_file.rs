//! A desk's whole public archive as one SQLite file.

use super::Answer;
use crate::app::App;
use crate::error::PageError;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use tower::ServiceExt;
use tower_http::services::ServeFile;

pub(crate) async fn show(State(app): State<App>, Path(id): Path<String>, request: Request) -> Answer {
    let desk = app.desk(&id).await?;
    let name = format!("attachment; filename=\"{}.sqlite\"", crate::text::segment(desk.id.as_str()));
    let path = app.ask(move |newsroom| newsroom.archive_download(&desk)).await?;
    // It is read from the disk piece by piece, and a download that broke off goes on where it was.
    let served = ServeFile::new(path).oneshot(request).await.map_err(|error| PageError::internal(&error))?;
    let mut response = served.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/vnd.sqlite3"));
    // The page cache keeps no files of this size.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}
