//! Editions on their way: drafts, checks, review, publication, correction.

use super::lookup;
use super::shapes;
use super::wire::{Answer, AsOf, Asked, Body, Listed, Paging, created, matched, read, tagged};
use crate::app::App;
use crate::error::ApiError;
use crate::session::Visitor;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sitrep_model::edition::{Edition, EditionState};
use sitrep_model::id::DeskId;
use sitrep_newsroom::review::Placed;
use sitrep_newsroom::{Error, Newsroom, Versioned, Who};
use utoipa::ToSchema;

/// An edition of any state, in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EditionLine {
    /// Identifier.
    id: String,
    /// Its address within the desk.
    slug: String,
    /// Title as printed.
    title: String,
    /// Its date.
    date: Date,
    /// Its state.
    #[schema(value_type = shapes::EditionState)]
    state: EditionState,
    /// Data cut-off.
    cutoff: Option<Timestamp>,
    /// When it was published.
    published: Option<Timestamp>,
    /// Its version.
    version: u64,
}

/// An edition of any state, whole.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EditionShown {
    /// What lists say of it.
    #[serde(flatten)]
    line: EditionLine,
    /// The edition.
    #[schema(value_type = shapes::Edition)]
    edition: Edition,
}

/// An edition with its version: what a later save is made for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Draft {
    /// The version.
    version: u64,
    /// The edition.
    #[schema(value_type = shapes::Edition)]
    edition: Edition,
}

impl Draft {
    fn of(found: Versioned<Edition>) -> Self {
        Self { version: found.version, edition: found.value }
    }
}

fn line(found: &Versioned<Edition>) -> EditionLine {
    let edition = &found.value;
    EditionLine {
        id: edition.id.0.clone(),
        slug: edition.slug.clone(),
        title: edition.title.clone(),
        date: edition.date,
        state: edition.state,
        cutoff: edition.cutoff,
        published: edition.published,
        version: found.version,
    }
}

/// Editions of every state, the newest first, or those that words find.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/editions", tag = "Editions", params(Paging),
    responses((status = 200, body = Listed<EditionLine>)))]
pub(crate) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Path(desk): Path<String>,
    Asked(asked): Asked<Paging>,
) -> Answer {
    let desk = app.desk(&desk).await?;
    let (query, desk) = (asked.query(&desk)?, desk.id);
    let who = visitor.who().clone();
    let found = app.ask(move |newsroom| lookup::found::<Edition>(newsroom, &who, &desk, &asked.q, &query)).await?;
    Ok(Json(Listed { items: found.items.iter().map(line).collect(), next: found.next }).into_response())
}

/// An edition to begin.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Beginning {
    /// Its date.
    date: Date,
    /// Its address within the desk; made from the date where it is left out.
    slug: Option<String>,
}

/// Begins an edition: the desk's standing parts, and nothing in them.
#[utoipa::path(post, path = "/api/v1/desks/{desk}/editions", tag = "Editions", request_body = Beginning,
    responses((status = 201, body = Draft)))]
pub(crate) async fn begin(
    State(app): State<App>,
    visitor: Visitor,
    Path(desk): Path<String>,
    Body(given): Body<Beginning>,
) -> Answer {
    let desk = app.desk(&desk).await?.id;
    let (who, of) = (visitor.who().clone(), desk.clone());
    let begun = app.ask(move |newsroom| newsroom.begin_edition(&who, &of, given.date, given.slug.as_deref())).await?;
    let location = format!("/api/v1/desks/{desk}/editions/{}", begun.value.id);
    Ok(created(&location, begun.version, &Draft::of(begun)))
}

/// An edition of any state, as known at a moment.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/editions/{id}", tag = "Editions", params(AsOf),
    responses((status = 200, body = EditionShown)))]
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((desk, id)): Path<(String, String)>,
    Asked(asked): Asked<AsOf>,
    headers: HeaderMap,
) -> Answer {
    let desk = app.desk(&desk).await?;
    let (who, as_of, desk) = (visitor.who().clone(), asked.as_of(&desk)?, desk.id);
    let found = app.ask(move |newsroom| newsroom.get::<Edition>(&who, &desk, &id, as_of)).await?;
    let shown = EditionShown { line: line(&found), edition: found.value };
    Ok(tagged(&headers, found.version, &shown))
}

/// An edition with its version, for writing.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/editions/{id}/draft", tag = "Editions",
    responses((status = 200, body = Draft)))]
pub(crate) async fn draft(
    State(app): State<App>,
    visitor: Visitor,
    Path((desk, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let found = kept(&app, &visitor, &desk, id).await?.1;
    Ok(tagged(&headers, found.version, &Draft::of(found)))
}

async fn kept(app: &App, visitor: &Visitor, desk: &str, id: String) -> Result<(DeskId, Versioned<Edition>), ApiError> {
    let desk = app.desk(desk).await?.id;
    let (who, of) = (visitor.who().clone(), desk.clone());
    let found = app.ask(move |newsroom| newsroom.draft(&who, &of, &id)).await?;
    Ok((desk, found))
}

/// Saves a draft over the version that `If-Match` names. Where somebody else saved meanwhile, nothing is merged: the
/// answer is 412 with the version that is there. Sentences are split again; new parts come back with their ids.
#[utoipa::path(put, path = "/api/v1/desks/{desk}/editions/{id}/draft", tag = "Editions",
    params(("If-Match" = String, Header, description = "The version that was read, in quotation marks.")),
    request_body(content = shapes::Edition),
    responses((status = 200, body = Draft), (status = 412, body = super::description::Stale),
        (status = 428, body = super::description::Failure)))]
pub(crate) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path((desk, id)): Path<(String, String)>,
    headers: HeaderMap,
    Body(edition): Body<Edition>,
) -> Answer {
    let version = matched(&headers)?;
    let desk = app.desk(&desk).await?.id;
    let who = visitor.who().clone();
    let saved = app.ask(move |newsroom| newsroom.save_draft(&who, &desk, &id, edition, version)).await?;
    // An answer to PUT is never "not modified".
    Ok(tagged(&HeaderMap::new(), saved.version, &Draft::of(saved)))
}

/// What the checks found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Findings {
    /// One place after the other.
    #[schema(value_type = Vec<shapes::Finding>)]
    findings: Vec<Placed>,
}

/// Runs the checks over the edition that is sent, which need not be saved; without a body, over the one that is kept.
#[utoipa::path(post, path = "/api/v1/desks/{desk}/editions/{id}/check", tag = "Editions",
    request_body(content = Option<shapes::Edition>), responses((status = 200, body = Findings)))]
pub(crate) async fn check(
    State(app): State<App>,
    visitor: Visitor,
    Path((desk, id)): Path<(String, String)>,
    body: Bytes,
) -> Answer {
    let (_, found) = kept(&app, &visitor, &desk, id).await?;
    let edition = match body.trim_ascii().is_empty() {
        true => found.value,
        false => {
            let given: Edition = read(&body)?;
            Edition { id: found.value.id, desk: found.value.desk, slug: found.value.slug, ..given }
        }
    };
    let findings = app.ask(move |newsroom| newsroom.findings(&edition)).await?;
    Ok(Json(Findings { findings }).into_response())
}

/// An act on an edition.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Act {
    /// The version that it is meant for.
    version: u64,
    /// What is said about it: why errors are overruled, what is to be done, what was wrong.
    #[serde(default)]
    note: String,
}

type Verb = fn(&Newsroom, &Who, &DeskId, &str, u64, &str) -> Result<Versioned<Edition>, Error>;

async fn act(app: &App, visitor: &Visitor, (desk, id): (String, String), given: Act, verb: Verb) -> Answer {
    let desk = app.desk(&desk).await?.id;
    let who = visitor.who().clone();
    let done = app.ask(move |newsroom| verb(newsroom, &who, &desk, &id, given.version, &given.note)).await?;
    Ok(tagged(&HeaderMap::new(), done.version, &Draft::of(done)))
}

/// Hands an edition in for review. Where the checks find errors, `note` says why it is handed in all the same.
#[utoipa::path(post, path = "/api/v1/desks/{desk}/editions/{id}/submit", tag = "Editions", request_body = Act,
    responses((status = 200, body = Draft), (status = 412, body = super::description::Stale)))]
pub(crate) async fn submit(
    State(app): State<App>,
    visitor: Visitor,
    Path(of): Path<(String, String)>,
    Body(given): Body<Act>,
) -> Answer {
    let verb: Verb = |newsroom, who, desk, id, version, note| newsroom.submit(who, desk, id, version, Some(note));
    act(&app, &visitor, of, given, verb).await
}

/// Sends an edition back to drafting; `note` says what is still to be done.
#[utoipa::path(post, path = "/api/v1/desks/{desk}/editions/{id}/send-back", tag = "Editions", request_body = Act,
    responses((status = 200, body = Draft), (status = 412, body = super::description::Stale)))]
pub(crate) async fn send_back(
    State(app): State<App>,
    visitor: Visitor,
    Path(of): Path<(String, String)>,
    Body(given): Body<Act>,
) -> Answer {
    act(&app, &visitor, of, given, Newsroom::send_back).await
}

/// Approves an edition; on a desk that wants two persons, by another than the one who handed it in.
#[utoipa::path(post, path = "/api/v1/desks/{desk}/editions/{id}/approve", tag = "Editions", request_body = Act,
    responses((status = 200, body = Draft), (status = 412, body = super::description::Stale)))]
pub(crate) async fn approve(
    State(app): State<App>,
    visitor: Visitor,
    Path(of): Path<(String, String)>,
    Body(given): Body<Act>,
) -> Answer {
    let verb: Verb = |newsroom, who, desk, id, version, note| newsroom.approve(who, desk, id, version, Some(note));
    act(&app, &visitor, of, given, verb).await
}

/// Publishes an approved edition. Every form is made first; its messages are queued in the same transaction.
#[utoipa::path(post, path = "/api/v1/desks/{desk}/editions/{id}/publish", tag = "Editions", request_body = Act,
    responses((status = 200, body = Draft), (status = 412, body = super::description::Stale)))]
pub(crate) async fn publish(
    State(app): State<App>,
    visitor: Visitor,
    Path(of): Path<(String, String)>,
    Body(given): Body<Act>,
) -> Answer {
    let verb: Verb = |newsroom, who, desk, id, version, _| newsroom.publish(who, desk, id, version);
    act(&app, &visitor, of, given, verb).await
}

/// A correction.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct CorrectionGiven {
    /// The version that it is meant for.
    version: u64,
    /// For readers: what was wrong, and what was done.
    note: String,
    /// The corrected edition.
    #[schema(value_type = shapes::Edition)]
    edition: Edition,
}

/// Corrects a published edition: the new text takes its place, and what changed stays to be seen.
#[utoipa::path(post, path = "/api/v1/desks/{desk}/editions/{id}/correct", tag = "Editions",
    request_body = CorrectionGiven,
    responses((status = 200, body = Draft), (status = 412, body = super::description::Stale)))]
pub(crate) async fn correct(
    State(app): State<App>,
    visitor: Visitor,
    Path((desk, id)): Path<(String, String)>,
    Body(given): Body<CorrectionGiven>,
) -> Answer {
    let desk = app.desk(&desk).await?.id;
    let who = visitor.who().clone();
    let CorrectionGiven { version, note, edition } = given;
    let done = app.ask(move |newsroom| newsroom.correct(&who, &desk, &id, edition, version, &note)).await?;
    Ok(tagged(&HeaderMap::new(), done.version, &Draft::of(done)))
}

/// Withdraws a published edition as wrong; its text stays readable, marked. `note` is for readers.
#[utoipa::path(post, path = "/api/v1/desks/{desk}/editions/{id}/retract", tag = "Editions", request_body = Act,
    responses((status = 200, body = Draft), (status = 412, body = super::description::Stale)))]
pub(crate) async fn retract(
    State(app): State<App>,
    visitor: Visitor,
    Path(of): Path<(String, String)>,
    Body(given): Body<Act>,
) -> Answer {
    act(&app, &visitor, of, given, Newsroom::retract).await
}

/// Takes a published edition down; a tombstone with the reason stays. `note` is for readers.
#[utoipa::path(post, path = "/api/v1/desks/{desk}/editions/{id}/take-down", tag = "Editions", request_body = Act,
    responses((status = 200, body = Draft), (status = 412, body = super::description::Stale)))]
pub(crate) async fn take_down(
    State(app): State<App>,
    visitor: Visitor,
    Path(of): Path<(String, String)>,
    Body(given): Body<Act>,
) -> Answer {
    act(&app, &visitor, of, given, Newsroom::take_down).await
}
