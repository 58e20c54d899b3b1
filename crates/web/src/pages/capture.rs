//! Captures handed out as WACZ files, removed by a recorded decision, and what vouches for them: key, statement, time stamp.

use super::{Answer, done};
use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use axum::body::Body;
use axum::extract::{Form, Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sitrep_model::capture::Capture;
use sitrep_model::id::DeskId;
use sitrep_newsroom::Error;
use sitrep_newsroom::evidence::Selection;
use sitrep_newsroom::stamping::Stamped;
use std::io::{Seek, SeekFrom};
use tokio_util::io::ReaderStream;

/// The captures of a document.
pub(crate) async fn of_document(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, document)): Path<(String, String)>,
) -> Answer {
    let name = document.clone();
    handed_out(&app, &visitor, &id, &name, Selection { documents: vec![document], ..Selection::default() }).await
}

/// The captures of what an edition cites.
pub(crate) async fn of_edition(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, edition)): Path<(String, String)>,
) -> Answer {
    let name = edition.clone();
    handed_out(&app, &visitor, &id, &name, Selection { edition: Some(edition), ..Selection::default() }).await
}

/// The file is made on disk and sent from there: neither needs memory for more than a piece of it.
async fn handed_out(app: &App, visitor: &Visitor, desk: &str, name: &str, selection: Selection) -> Answer {
    let desk = app.desk(desk).await?;
    let who = visitor.who().clone();
    let (file, length) = app
        .ask(move |newsroom| {
            let unwritable = |error: std::io::Error| Error::Internal(error.to_string());
            let mut file = tempfile::tempfile().map_err(unwritable)?;
            newsroom.hand_out(&who, &desk.id, &selection, &mut file)?;
            let length = file.seek(SeekFrom::End(0)).map_err(unwritable)?;
            file.rewind().map_err(unwritable)?;
            Ok((file, length))
        })
        .await?;
    let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect();
    let headers = [
        (header::CONTENT_TYPE, "application/wacz".to_owned()),
        (header::CONTENT_LENGTH, length.to_string()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.wacz\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    let body = Body::from_stream(ReaderStream::new(tokio::fs::File::from_std(file)));
    Ok((headers, body).into_response())
}

#[derive(Deserialize)]
pub(crate) struct Removing {
    why: String,
    /// The document whose page asks.
    document: String,
}

/// Removes a capture's bytes.
pub(crate) async fn remove(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, capture)): Path<(String, String)>,
    Form(given): Form<Removing>,
) -> Answer {
    let (who, desk) = (visitor.who().clone(), DeskId::from(id.as_str()));
    app.ask(move |newsroom| newsroom.remove_capture(&who, &desk, &capture, &given.why)).await?;
    done(&format!("/{id}/documents/{}", crate::text::query_value(&given.document)), "removed")
}

/// What is signed and stamped of a capture, byte for byte.
pub(crate) async fn statement(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, capture)): Path<(String, String)>,
) -> Answer {
    let (who, desk, name) = (visitor.who().clone(), DeskId::from(id.as_str()), capture.clone());
    let text = app
        .ask(move |newsroom| {
            let found = newsroom.get::<Capture>(&who, &desk, &capture, None)?;
            sitrep_newsroom::signing::statement(&found.value)
        })
        .await?;
    Ok(as_file(&name, "json", "application/json", text.into_bytes()))
}

/// The time-stamp token of a capture (RFC 3161, DER).
pub(crate) async fn token(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, capture)): Path<(String, String)>,
) -> Answer {
    let (who, desk, name) = (visitor.who().clone(), DeskId::from(id.as_str()), capture.clone());
    let token = app
        .ask(move |newsroom| {
            let found = newsroom.get::<Capture>(&who, &desk, &capture, None)?;
            match newsroom.time_stamp(&found.value)? {
                Stamped::Token(stamp) => Ok(stamp.token),
                _ => Err(Error::not_found("time stamp", capture)),
            }
        })
        .await?;
    Ok(as_file(&name, "tst", "application/octet-stream", token))
}

fn as_file(name: &str, ending: &str, media_type: &str, bytes: Vec<u8>) -> Response {
    let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect();
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.{ending}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// The installation's public key, for whoever verifies what it signed.
pub(crate) async fn key(State(app): State<App>) -> Result<Response, PageError> {
    let key = serde_json::json!({
        "algorithm": "Ed25519",
        "publicKey": app.newsroom().public_key(),
        "signs": "captures (kind sitrep.capture.1) and WACZ files (kind sitrep.wacz.1): JSON by RFC 8785",
    });
    Ok(axum::Json(key).into_response())
}
