//! Places, events and positions.

use super::lookup;
use super::shapes;
use super::wire::{Answer, AsOf, Asked, Body, Listed, Paging, created, noun, tagged};
use crate::app::App;
use crate::session::Visitor;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sitrep_model::desk::Desk;
use sitrep_model::event::Event;
use sitrep_model::id::LeadId;
use sitrep_model::place::{Name, Place, Point};
use sitrep_model::position::Position;
use sitrep_newsroom::{Error, Versioned};
use utoipa::ToSchema;

/// A place of the gazetteer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlaceShown {
    /// Identifier.
    id: String,
    /// The name it is printed under.
    name: String,
    /// All names, in all scripts.
    #[schema(value_type = Vec<shapes::Name>)]
    names: Vec<Name>,
    /// Its point.
    #[schema(value_type = shapes::Point)]
    point: Point,
    /// Inhabitants, where known.
    population: Option<u64>,
    /// ISO 3166-1 alpha-2 code of its country.
    country: Option<String>,
    /// Administrative path from the country down.
    admin: Vec<String>,
}

fn place(place: &Place) -> PlaceShown {
    PlaceShown {
        id: place.id.0.clone(),
        name: place.name.clone(),
        names: place.names.clone(),
        point: place.point,
        population: place.population,
        country: place.country.clone(),
        admin: place.admin.clone(),
    }
}

/// Places that a name means, in any script, the likeliest first.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/places", tag = "Events", params(Paging),
    responses((status = 200, body = Listed<PlaceShown>)))]
pub(crate) async fn places(State(app): State<App>, Path(desk): Path<String>, Asked(asked): Asked<Paging>) -> Answer {
    app.desk(&desk).await?;
    let limit = asked.limit();
    let items = app
        .ask(move |newsroom| Ok(newsroom.gazetteer()?.search(&asked.q, limit).into_iter().map(place).collect()))
        .await?;
    Ok(Json(Listed::whole(items)).into_response())
}

/// An event in a list, and whole.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EventShown {
    /// Identifier.
    id: String,
    /// What happened.
    summary: String,
    /// Its type in the codebook's words.
    #[serde(rename = "type")]
    event_type: String,
    /// When it happened, as it is printed.
    when: String,
    /// Where, as it is printed.
    place: String,
    /// Where its coding stands.
    status: &'static str,
    /// Its version: what a later save is made for.
    version: u64,
    /// The event.
    #[schema(value_type = shapes::Event)]
    event: Event,
}

fn shown(desk: &Desk, found: Versioned<Event>) -> EventShown {
    let event = found.value;
    let zone = TimeZone::get(&desk.time_zone).unwrap_or(TimeZone::UTC);
    let label = desk.event_types.iter().find(|kind| kind.id == event.event_type).map(|kind| kind.label.clone());
    EventShown {
        id: event.id.0.clone(),
        summary: event.summary.clone(),
        event_type: label.unwrap_or_else(|| event.event_type.clone()),
        when: sitrep_geo::geojson::printed(&event.when, &zone),
        place: event.at.name.clone(),
        status: event.status.as_str(),
        version: found.version,
        event,
    }
}

/// Events, the latest first, or those that words find.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/events", tag = "Events", params(Paging),
    responses((status = 200, body = Listed<EventShown>)))]
pub(crate) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Path(desk): Path<String>,
    Asked(asked): Asked<Paging>,
) -> Answer {
    let desk = app.desk(&desk).await?;
    let query = asked.query(&desk)?;
    let (who, of) = (visitor.who().clone(), desk.id.clone());
    let found = app.ask(move |newsroom| lookup::found::<Event>(newsroom, &who, &of, &asked.q, &query)).await?;
    let items = found.items.into_iter().map(|found| shown(&desk, found)).collect();
    Ok(Json(Listed { items, next: found.next }).into_response())
}

/// An event.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/events/{id}", tag = "Events", params(AsOf),
    responses((status = 200, body = EventShown)))]
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((desk, id)): Path<(String, String)>,
    Asked(asked): Asked<AsOf>,
    headers: HeaderMap,
) -> Answer {
    let desk = app.desk(&desk).await?;
    let (who, of, as_of) = (visitor.who().clone(), desk.id.clone(), asked.as_of(&desk)?);
    let found = app.ask(move |newsroom| newsroom.get::<Event>(&who, &of, &id, as_of)).await?;
    Ok(tagged(&headers, found.version, &shown(&desk, found)))
}

/// An event to be kept.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct EventGiven {
    /// The version it was read at; 0 for a new one.
    #[serde(default)]
    version: u64,
    /// Why it is changed, for the record.
    why: Option<String>,
    /// For a new one: id of the lead that it is coded from, which is taken with it.
    lead: Option<String>,
    /// The event. Who coded it is kept by the newsroom.
    #[schema(value_type = shapes::Event)]
    event: Value,
}

/// Codes an event: a new one with version 0, else the one that was read at that version. It is confirmed by another
/// person than the one who coded it.
#[utoipa::path(post, path = "/api/v1/desks/{desk}/events", tag = "Events", request_body = EventGiven,
    responses((status = 201, body = EventShown)))]
pub(crate) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(desk): Path<String>,
    Body(given): Body<EventGiven>,
) -> Answer {
    let desk = app.desk(&desk).await?;
    let event: Event = noun(given.event, &desk.id)?;
    let who = visitor.who().clone();
    let (version, why) = (given.version, given.why);
    let kept = app
        .ask(move |newsroom| match given.lead {
            Some(lead) if version == 0 => newsroom.take_lead(&who, event, &LeadId(lead), why.as_deref()),
            Some(_) => Err(Error::field("lead", "a lead is taken by a new event")),
            None => newsroom.save_event(&who, event, version, why.as_deref()),
        })
        .await?;
    let location = format!("/api/v1/desks/{}/events/{}", desk.id, kept.value.id);
    Ok(created(&location, kept.version, &shown(&desk, kept)))
}

/// A position in a list, and whole.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PositionShown {
    /// Identifier.
    id: String,
    /// Name as printed.
    title: String,
    /// First day it is known to be held.
    from: Date,
    /// Last day, where it ended.
    to: Option<Date>,
    /// Its version: what a later save is made for.
    version: u64,
    /// The position.
    #[schema(value_type = shapes::Position)]
    position: Position,
}

fn shown_position(found: Versioned<Position>) -> PositionShown {
    let position = found.value;
    PositionShown {
        id: position.id.0.clone(),
        title: position.name.clone(),
        from: position.from,
        to: position.to,
        version: found.version,
        position,
    }
}

/// Positions, the latest first, or those that words find.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/positions", tag = "Events", params(Paging),
    responses((status = 200, body = Listed<PositionShown>)))]
pub(crate) async fn positions(
    State(app): State<App>,
    visitor: Visitor,
    Path(desk): Path<String>,
    Asked(asked): Asked<Paging>,
) -> Answer {
    let desk = app.desk(&desk).await?;
    let (query, desk) = (asked.query(&desk)?, desk.id);
    let who = visitor.who().clone();
    let found = app.ask(move |newsroom| lookup::found::<Position>(newsroom, &who, &desk, &asked.q, &query)).await?;
    let items = found.items.into_iter().map(shown_position).collect();
    Ok(Json(Listed { items, next: found.next }).into_response())
}

/// A position to be kept.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct PositionGiven {
    /// The version it was read at; 0 for a new one.
    #[serde(default)]
    version: u64,
    /// Why it is changed, for the record.
    why: Option<String>,
    /// The position.
    #[schema(value_type = shapes::Position)]
    position: Value,
}

/// Codes a position: a new one with version 0, else the one that was read at that version.
#[utoipa::path(post, path = "/api/v1/desks/{desk}/positions", tag = "Events", request_body = PositionGiven,
    responses((status = 201, body = PositionShown)))]
pub(crate) async fn save_position(
    State(app): State<App>,
    visitor: Visitor,
    Path(desk): Path<String>,
    Body(given): Body<PositionGiven>,
) -> Answer {
    let desk = app.desk(&desk).await?.id;
    let position: Position = noun(given.position, &desk)?;
    let who = visitor.who().clone();
    let (version, why) = (given.version, given.why);
    let kept = app.ask(move |newsroom| newsroom.save_position(&who, position, version, why.as_deref())).await?;
    let location = format!("/api/v1/desks/{desk}/positions");
    Ok(created(&location, kept.version, &shown_position(kept)))
}
