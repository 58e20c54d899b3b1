//! Documents: the inbox, capturing an address, reading one.

use super::wire::{Answer, AsOf, Asked, Body, Listed, Paging, created, tagged};
use super::{lookup, shapes};
use crate::app::App;
use crate::session::Visitor;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sitrep_model::document::{Document, Translation};
use sitrep_model::post::Post;
use sitrep_model::source::Source;
use sitrep_newsroom::inbox::triage_named;
use sitrep_newsroom::{Versioned, gather};
use utoipa::{IntoParams, ToSchema};

/// A document in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DocumentLine {
    /// Identifier.
    id: String,
    /// Title as printed by the outlet.
    title: String,
    /// Name of its source, where known.
    source: Option<String>,
    /// BCP 47 language of the text.
    language: String,
    /// When the outlet says it was published.
    published: Option<Timestamp>,
    /// When we had it first.
    arrived: Timestamp,
    /// Canonical address.
    url: String,
    /// The inbox decision: `new`, `kept`, `later` or `dropped`.
    triage: &'static str,
    /// Id of the earlier document that it repeats.
    reprint_of: Option<String>,
    /// Id of the first report of its story.
    story: Option<String>,
    /// How it stands to its story: `first`, `new` or `reprint`.
    relation: Option<&'static str>,
    /// Its version.
    version: u64,
}

/// A document, whole.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DocumentShown {
    /// What lists say of it.
    #[serde(flatten)]
    line: DocumentLine,
    /// Authors as printed.
    byline: Vec<String>,
    /// The main text: paragraphs, joined by a line break.
    text: String,
    /// Translations beside the original.
    translations: Vec<TranslationShown>,
    /// What it is as a post, where it was posted in a channel or on a network.
    #[schema(value_type = Option<shapes::Post>)]
    post: Option<Post>,
    /// SHA-256 of the text, lower-case hex.
    text_sha256: String,
    /// Id of the capture that it was read from.
    capture: Option<String>,
    /// Its page, with the captured page and who relies on it.
    page: String,
}

/// A translation.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TranslationShown {
    /// BCP 47 language.
    language: String,
    /// Title in that language.
    title: String,
    /// Text in that language, where there is one.
    text: Option<String>,
    /// Who made it: a person, or an engine and where it stands.
    by: String,
    /// When.
    at: Option<Timestamp>,
    /// Digest of the text that it was made of; the document's own, unless the page was read again since.
    of: Option<String>,
}

fn line(sources: &[Source], found: &Versioned<Document>) -> DocumentLine {
    let document = &found.value;
    DocumentLine {
        id: document.id.0.clone(),
        title: document.title.clone(),
        source: gather::source_name(sources, document.source.as_ref()),
        language: document.language.clone(),
        published: document.published,
        arrived: document.arrived,
        url: document.url.clone(),
        triage: document.triage.as_str(),
        reprint_of: document.reprint.as_ref().map(|reprint| reprint.of.0.clone()),
        story: document.story.as_ref().map(|place| place.story.0.clone()),
        relation: document.story.as_ref().map(|place| place.relation.as_str()),
        version: found.version,
    }
}

fn shown(base: &str, sources: &[Source], found: Versioned<Document>) -> DocumentShown {
    let line = line(sources, &found);
    let document = found.value;
    let translation = |t: Translation| TranslationShown {
        language: t.language,
        title: t.title,
        text: t.text,
        by: t.by,
        at: t.at,
        of: t.of,
    };
    DocumentShown {
        page: format!("{base}/{}/documents/{}", document.desk, document.id),
        text: document.text(),
        byline: document.byline,
        post: document.post,
        translations: document.translations.into_iter().map(translation).collect(),
        text_sha256: document.text_sha256,
        capture: document.capture.map(|capture| capture.0),
        line,
    }
}

/// Which documents are asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Shown {
    /// Only those with this inbox decision: `new`, `kept`, `later` or `dropped`.
    show: Option<String>,
}

/// Documents, the newest first, or those that words find.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/documents", tag = "Documents", params(Paging, Shown),
    responses((status = 200, body = Listed<DocumentLine>)))]
pub(crate) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Path(desk): Path<String>,
    Asked(asked): Asked<Paging>,
    Asked(only): Asked<Shown>,
) -> Answer {
    let desk = app.desk(&desk).await?;
    let (mut query, desk) = (asked.query(&desk)?, desk.id);
    query.status.extend(only.show.filter(|show| show != "all"));
    let who = visitor.who().clone();
    let listed = app
        .ask(move |newsroom| {
            let sources = newsroom.sources(&desk)?;
            let found = lookup::found::<Document>(newsroom, &who, &desk, &asked.q, &query)?;
            Ok(Listed { items: found.items.iter().map(|found| line(&sources, found)).collect(), next: found.next })
        })
        .await?;
    Ok(Json(listed).into_response())
}

/// An address to capture.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Address {
    /// The address, defanged or not.
    url: String,
}

/// Captures an address and reads it into a document.
#[utoipa::path(post, path = "/api/v1/desks/{desk}/documents", tag = "Documents", request_body = Address,
    responses((status = 201, body = DocumentShown)))]
pub(crate) async fn capture(
    State(app): State<App>,
    visitor: Visitor,
    Path(desk): Path<String>,
    Body(given): Body<Address>,
) -> Answer {
    let desk = app.desk(&desk).await?.id;
    let found = app.newsroom().paste(visitor.who(), &desk, &given.url).await?;
    let of = desk.clone();
    let sources = app.ask(move |newsroom| newsroom.sources(&of)).await?;
    let location = format!("/api/v1/desks/{desk}/documents/{}", found.value.id);
    let version = found.version;
    Ok(created(&location, version, &shown(app.newsroom().base(), &sources, found)))
}

/// A document with its text.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/documents/{id}", tag = "Documents", params(AsOf),
    responses((status = 200, body = DocumentShown)))]
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((desk, id)): Path<(String, String)>,
    Asked(asked): Asked<AsOf>,
    headers: HeaderMap,
) -> Answer {
    let desk = app.desk(&desk).await?;
    let (who, as_of, desk) = (visitor.who().clone(), asked.as_of(&desk)?, desk.id);
    let (found, sources) = app
        .ask(move |newsroom| Ok((newsroom.get::<Document>(&who, &desk, &id, as_of)?, newsroom.sources(&desk)?)))
        .await?;
    let version = found.version;
    Ok(tagged(&headers, version, &shown(app.newsroom().base(), &sources, found)))
}

/// A decision about a document.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Decision {
    /// `new`, `kept`, `later` or `dropped`.
    triage: String,
}

/// Writes down what was decided about a document.
#[utoipa::path(post, path = "/api/v1/desks/{desk}/documents/{id}/triage", tag = "Documents", request_body = Decision,
    responses((status = 204, description = "It is written down.")))]
pub(crate) async fn triage(
    State(app): State<App>,
    visitor: Visitor,
    Path((desk, id)): Path<(String, String)>,
    Body(given): Body<Decision>,
) -> Answer {
    let desk = app.desk(&desk).await?.id;
    let triage = triage_named(&given.triage)?;
    let who = visitor.who().clone();
    app.ask(move |newsroom| newsroom.triage(&who, &desk, &id, triage)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
