//! Leads: what documents seem to report, waiting for a yes or no.

use super::lookup;
use super::shapes;
use super::wire::{Answer, AsOf, Asked, Body, Listed, Paging, created, noun, tagged};
use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sitrep_model::Kind;
use sitrep_model::lead::Lead;
use sitrep_newsroom::Versioned;
use utoipa::{IntoParams, ToSchema};

const STATES: [&str; 3] = ["waiting", "taken", "refused"];

/// A lead in a list, and whole.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LeadShown {
    /// Identifier.
    id: String,
    /// What seems to have happened.
    what: String,
    /// Id of the document that seems to report it.
    document: String,
    /// What became of it: `waiting`, `taken` or `refused`.
    status: &'static str,
    /// Id of the event that was coded from it.
    event: Option<String>,
    /// Its version: what a later save is made for.
    version: u64,
    /// Its page in the newsroom.
    page: String,
    /// The lead.
    #[schema(value_type = shapes::Lead)]
    lead: Lead,
}

fn shown(app: &App, found: Versioned<Lead>) -> LeadShown {
    let lead = found.value;
    LeadShown {
        id: lead.id.0.clone(),
        what: lead.what.clone(),
        document: lead.document.0.clone(),
        status: lead.state.as_str(),
        event: lead.state.event().map(|event| event.0.clone()),
        version: found.version,
        page: format!("{}/newsroom/{}/leads/{}", app.newsroom().base(), lead.desk, lead.id),
        lead,
    }
}

/// Which leads are asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Filters {
    /// Only those that are `waiting`, `taken` or `refused`.
    #[serde(default)]
    status: String,
    /// Only those of the document with this id.
    #[serde(default)]
    document: String,
}

/// Leads, the newest first, or those that words find.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/leads", tag = "Events", params(Paging, Filters),
    responses((status = 200, body = Listed<LeadShown>)))]
pub(crate) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Path(desk): Path<String>,
    Asked(asked): Asked<Paging>,
    Asked(filters): Asked<Filters>,
) -> Answer {
    let desk = app.desk(&desk).await?;
    let mut query = asked.query(&desk)?;
    if !filters.status.is_empty() {
        if !STATES.contains(&filters.status.as_str()) {
            let message = format!("{:?} is no state of a lead", filters.status);
            return Err(PageError::invalid(message).hint(format!("Ask for {}.", STATES.join(", "))).into());
        }
        query.status = vec![filters.status];
    }
    query.linked = Some(filters.document).filter(|id| !id.is_empty()).map(|id| (None, Kind::Document, id));
    let who = visitor.who().clone();
    let found = app.ask(move |newsroom| lookup::found::<Lead>(newsroom, &who, &desk.id, &asked.q, &query)).await?;
    let items = found.items.into_iter().map(|found| shown(&app, found)).collect();
    Ok(Json(Listed { items, next: found.next }).into_response())
}

/// A lead.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/leads/{id}", tag = "Events", params(AsOf),
    responses((status = 200, body = LeadShown)))]
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((desk, id)): Path<(String, String)>,
    Asked(asked): Asked<AsOf>,
    headers: HeaderMap,
) -> Answer {
    let desk = app.desk(&desk).await?;
    let (who, as_of) = (visitor.who().clone(), asked.as_of(&desk)?);
    let found = app.ask(move |newsroom| newsroom.get::<Lead>(&who, &desk.id, &id, as_of)).await?;
    Ok(tagged(&headers, found.version, &shown(&app, found)))
}

/// A lead to be kept.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct LeadGiven {
    /// The version it was read at; 0 for a new one.
    #[serde(default)]
    version: u64,
    /// The lead. Who made it and what became of it are kept by the newsroom.
    #[schema(value_type = shapes::LeadGiven)]
    lead: Value,
}

/// Puts a lead forward: a new one with version 0, else the one that was read at that version, while it waits.
#[utoipa::path(post, path = "/api/v1/desks/{desk}/leads", tag = "Events", request_body = LeadGiven,
    responses((status = 201, body = LeadShown)))]
pub(crate) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(desk): Path<String>,
    Body(given): Body<LeadGiven>,
) -> Answer {
    let desk = app.desk(&desk).await?;
    let mut value = given.lead;
    if let Some(fields) = value.as_object_mut() {
        fields.insert("made".to_owned(), serde_json::json!({ "by": "", "at": app.newsroom().now() }));
        fields.remove("state");
    }
    let lead: Lead = noun(value, &desk.id)?;
    let who = visitor.who().clone();
    let kept = app.ask(move |newsroom| newsroom.save_lead(&who, &lead, given.version)).await?;
    let location = format!("/api/v1/desks/{}/leads/{}", desk.id, kept.value.id);
    Ok(created(&location, kept.version, &shown(&app, kept)))
}

/// Why not.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Refusal {
    /// The reason.
    reason: String,
}

/// Says no to a lead. A yes is an event that is coded from it: see the saving of events.
#[utoipa::path(post, path = "/api/v1/desks/{desk}/leads/{id}/refuse", tag = "Events", request_body = Refusal,
    responses((status = 200, body = LeadShown)))]
pub(crate) async fn refuse(
    State(app): State<App>,
    visitor: Visitor,
    Path((desk, id)): Path<(String, String)>,
    Body(given): Body<Refusal>,
) -> Answer {
    let desk = app.desk(&desk).await?.id;
    let who = visitor.who().clone();
    let kept = app.ask(move |newsroom| newsroom.refuse_lead(&who, &desk, &id, &given.reason)).await?;
    Ok(Json(shown(&app, kept)).into_response())
}
