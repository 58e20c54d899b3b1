//! Captures and what vouches for them.

use super::wire::{Answer, AsOf, Asked, Listed};
use crate::app::App;
use crate::session::Visitor;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::Serialize;
use sitrep_model::capture::{Capture, Removal, Requisites};
use sitrep_newsroom::signing::statement;
use sitrep_newsroom::stamping::Stamped;
use sitrep_newsroom::{Error, Newsroom};
use utoipa::ToSchema;

/// A capture: the bytes as received, once.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaptureShown {
    /// Identifier.
    id: String,
    /// The address that was asked for.
    url: String,
    /// The address that answered.
    final_url: String,
    /// The proxy through which it was asked.
    via: Option<String>,
    /// When it was received.
    at: Timestamp,
    /// HTTP status; 0 for a file, which no server sent.
    status: u16,
    /// The media type as sent.
    media_type: Option<String>,
    /// SHA-256 of the body as received, lower-case hex.
    body_sha256: String,
    /// Its length in bytes.
    body_length: u64,
    /// SHA-256 of its WARC records, lower-case hex.
    warc_sha256: String,
    /// The earlier capture whose body this one repeats.
    repeats: Option<String>,
    /// What was captured besides, by opening the page in a browser.
    requisites: Option<RequisitesShown>,
    /// What is signed and stamped, byte for byte.
    statement: String,
    /// The installation's signature over the statement (Ed25519); captures of before there was a key have none.
    signature: Option<SignatureShown>,
    /// How it stands with its time stamp; nothing where nobody was asked for one.
    time_stamp: Option<StampShown>,
    /// That its bytes were removed.
    removed: Option<RemovalShown>,
}

/// What a page needs to be shown, as a browser asked for it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RequisitesShown {
    /// Answers at other addresses.
    parts: u32,
    /// Their bodies as received, in bytes.
    bytes: u64,
    /// SHA-256 of the picture of the whole page (PNG).
    picture_sha256: Option<String>,
    /// SHA-256 of the page as it prints (PDF).
    print_sha256: Option<String>,
    /// What could not be had, in words.
    missing: Vec<String>,
}

/// A signature.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SignatureShown {
    /// The public key, lower-case hex.
    key: String,
    /// The signature, lower-case hex.
    value: String,
}

/// A time stamp of an authority (RFC 3161) over the SHA-256 of the statement.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StampShown {
    /// `holds`, `fails`, `waiting` or `given_up`.
    state: &'static str,
    /// Why it fails, or what went wrong the last time it was asked for.
    why: Option<String>,
    /// The address that the token came from.
    from: Option<String>,
    /// The authority's time.
    at: Option<Timestamp>,
    /// Whom the certificate names, that the token is signed with.
    authority: Option<String>,
    /// SHA-256 of that certificate, lower-case hex.
    certificate_sha256: Option<String>,
    /// The policy under which it was given, as an object identifier.
    policy: Option<String>,
    /// The token's serial number, hex.
    serial: Option<String>,
    /// The token: DER in base 64.
    token: Option<String>,
}

/// A tombstone.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RemovalShown {
    /// When.
    at: Timestamp,
    /// Who decided.
    by: String,
    /// Why.
    why: String,
}

impl StampShown {
    fn plain(state: &'static str, why: Option<String>) -> Self {
        let (from, at, authority, certificate_sha256) = (None, None, None, None);
        let (policy, serial, token) = (None, None, None);
        Self { state, why, from, at, authority, certificate_sha256, policy, serial, token }
    }

    fn of(stamped: Stamped) -> Option<Self> {
        let token = match stamped {
            Stamped::No => return None,
            Stamped::Waiting(why) => return Some(Self::plain("waiting", why)),
            Stamped::GivenUp(why) => return Some(Self::plain("given_up", Some(why))),
            Stamped::Token(token) => token,
        };
        let mut shown = match token.says {
            Err(why) => Self::plain("fails", Some(why)),
            Ok(stamp) => Self {
                at: Some(stamp.at),
                authority: Some(stamp.authority),
                certificate_sha256: Some(stamp.certificate),
                policy: Some(stamp.policy),
                serial: Some(stamp.serial),
                ..Self::plain("holds", None)
            },
        };
        shown.from = Some(token.from);
        shown.token = Some(STANDARD.encode(token.token));
        Some(shown)
    }
}

fn shown(newsroom: &Newsroom, capture: Capture) -> Result<CaptureShown, Error> {
    let removal = |removal: Removal| RemovalShown { at: removal.at, by: removal.by, why: removal.why };
    let requisites = |requisites: Requisites| RequisitesShown {
        parts: requisites.parts,
        bytes: requisites.bytes,
        picture_sha256: requisites.picture,
        print_sha256: requisites.print,
        missing: requisites.missing,
    };
    let (statement, stamped) = (statement(&capture)?, newsroom.time_stamp(&capture)?);
    Ok(CaptureShown {
        id: capture.id.0,
        url: capture.url,
        final_url: capture.final_url,
        via: capture.via,
        at: capture.at,
        status: capture.status,
        media_type: capture.media_type,
        body_sha256: capture.body_sha256,
        body_length: capture.body_length,
        warc_sha256: capture.warc_blob,
        repeats: capture.repeats.map(|earlier| earlier.0),
        requisites: capture.requisites.map(requisites),
        statement,
        signature: capture.signature.map(|signature| SignatureShown { key: signature.key, value: signature.value }),
        time_stamp: StampShown::of(stamped),
        removed: capture.removed.map(removal),
    })
}

/// The captures of a document, in order of time: those it was read from, and those of looking again.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/documents/{id}/captures", tag = "Documents",
    responses((status = 200, body = Listed<CaptureShown>)))]
pub(crate) async fn list(State(app): State<App>, visitor: Visitor, Path((desk, id)): Path<(String, String)>) -> Answer {
    let (who, desk) = (visitor.who().clone(), app.desk(&desk).await?.id);
    let listed = app
        .ask(move |newsroom| {
            let captures = newsroom.document_captures(&who, &desk, &id)?;
            captures.into_iter().map(|capture| shown(newsroom, capture)).collect::<Result<Vec<_>, _>>()
        })
        .await?;
    Ok(Json(Listed::whole(listed)).into_response())
}

/// A capture with what vouches for it: statement, signature, time stamp.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/captures/{id}", tag = "Documents", params(AsOf),
    responses((status = 200, body = CaptureShown)))]
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((desk, id)): Path<(String, String)>,
    Asked(asked): Asked<AsOf>,
) -> Answer {
    let desk = app.desk(&desk).await?;
    let (who, as_of, desk) = (visitor.who().clone(), asked.as_of(&desk)?, desk.id);
    let found = app
        .ask(move |newsroom| {
            let found = newsroom.get::<Capture>(&who, &desk, &id, as_of)?;
            shown(newsroom, found.value)
        })
        .await?;
    // Its time stamp comes later than the capture, so it carries no version to be known by.
    Ok(Json(found).into_response())
}
