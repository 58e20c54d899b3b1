//! Sources: for readers with their grade, for the newsroom with how they fare.

use super::shapes;
use super::wire::{Answer, Body, Listed, created, noun};
use crate::app::App;
use crate::session::Visitor;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sitrep_model::id::SourceId;
use sitrep_model::place::Name;
use sitrep_model::source::{Affiliation, Collection, Reliability, Source};
use sitrep_newsroom::sources::{Health, SourceLine};
use utoipa::ToSchema;

/// A source. What only the newsroom sees is left out for readers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SourceShown {
    /// Identifier.
    id: String,
    /// The name it is printed under.
    name: String,
    /// Names in other scripts.
    #[schema(value_type = Vec<shapes::Name>)]
    names: Vec<Name>,
    /// BCP 47 language it writes in.
    language: String,
    /// ISO 3166-1 alpha-2 country.
    country: Option<String>,
    /// Whose voice it is.
    #[schema(value_type = shapes::Affiliation)]
    affiliation: Affiliation,
    /// Reliability, Admiralty code.
    #[schema(value_type = shapes::Reliability)]
    reliability: Reliability,
    /// Links are printed defanged and never made clickable.
    defanged: bool,
    /// No longer collected.
    retired: bool,
    /// For the newsroom: its version, how it is collected, and how that goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    room: Option<SourceRoom>,
}

/// What the newsroom sees of a source.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SourceRoom {
    /// Its version: what a later save is made for.
    version: u64,
    /// How it is collected.
    #[schema(value_type = shapes::Collection)]
    collection: Collection,
    /// Host names whose addresses are this source's.
    hosts: Vec<String>,
    /// Its pages may be on this machine or network.
    local: bool,
    /// IANA time zone of the outlet.
    time_zone: Option<String>,
    /// A line about it.
    note: Option<String>,
    /// How it fares.
    #[schema(value_type = shapes::Health)]
    health: Health,
}

fn shown(source: Source, room: Option<(u64, Health)>) -> SourceShown {
    let room = room.map(|(version, health)| SourceRoom {
        version,
        collection: source.collection,
        hosts: source.hosts,
        local: source.local,
        time_zone: source.time_zone,
        note: source.note,
        health,
    });
    SourceShown {
        id: source.id.0,
        name: source.name,
        names: source.names,
        language: source.language,
        country: source.country,
        affiliation: source.affiliation,
        reliability: source.reliability,
        defanged: source.defanged,
        retired: source.retired,
        room,
    }
}

/// A desk's sources, by name.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/sources", tag = "Sources",
    responses((status = 200, body = Listed<SourceShown>)))]
pub(crate) async fn list(State(app): State<App>, visitor: Visitor, Path(desk): Path<String>) -> Answer {
    let desk = app.desk(&desk).await?.id;
    let who = visitor.who().clone();
    let items = app
        .ask(move |newsroom| {
            if !who.is_newsroom(&desk) {
                return Ok(newsroom.sources(&desk)?.into_iter().map(|source| shown(source, None)).collect());
            }
            let line = |line: SourceLine| shown(line.source, Some((line.version, line.health)));
            Ok(newsroom.source_lines(&who, &desk)?.into_iter().map(line).collect())
        })
        .await?;
    Ok(Json(Listed::whole(items)).into_response())
}

/// A source to be kept.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct SourceGiven {
    /// The version it was read at; 0 for a new one.
    #[serde(default)]
    version: u64,
    /// Why it is changed, for the record.
    why: Option<String>,
    /// The source.
    #[schema(value_type = shapes::Source)]
    source: Value,
}

/// A source as it is kept.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SourceKept {
    /// Its version.
    version: u64,
    /// The source.
    #[schema(value_type = shapes::Source)]
    source: Source,
}

/// Keeps a source: a new one with version 0, else the one that was read at that version.
#[utoipa::path(post, path = "/api/v1/desks/{desk}/sources", tag = "Sources", request_body = SourceGiven,
    responses((status = 201, body = SourceKept)))]
pub(crate) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(desk): Path<String>,
    Body(given): Body<SourceGiven>,
) -> Answer {
    let desk = app.desk(&desk).await?.id;
    let mut source: Source = noun(given.source, &desk)?;
    if source.id.as_str().is_empty() {
        source.id = SourceId(format!("{desk}-{}", sitrep_newsroom::ids::slug(&source.name)));
    }
    let (who, kept) = (visitor.who().clone(), source.clone());
    let (version, why) = (given.version, given.why);
    let version = app.ask(move |newsroom| newsroom.save_source(&who, &kept, version, why.as_deref())).await?;
    let location = format!("/api/v1/desks/{desk}/sources");
    Ok(created(&location, version, &SourceKept { version, source }))
}

/// What a look at a source brought.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Looked {
    /// Ids of new documents.
    documents: Vec<String>,
    /// Entries that were known already.
    known: usize,
    /// Entries that could not be collected.
    refused: Vec<RefusedEntry>,
}

/// An entry that could not be collected.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RefusedEntry {
    /// Its address.
    address: String,
    /// Why.
    reason: String,
}

/// Looks at a source's feed now, whether it is due or not, and captures what is new in it.
#[utoipa::path(post, path = "/api/v1/desks/{desk}/sources/{id}/gather", tag = "Sources",
    responses((status = 200, body = Looked)))]
pub(crate) async fn gather(
    State(app): State<App>,
    visitor: Visitor,
    Path((desk, id)): Path<(String, String)>,
) -> Answer {
    let desk = app.desk(&desk).await?.id;
    let gathered = app.newsroom().gather_source(visitor.who(), &desk, &id).await?;
    let refused = gathered.refused.into_iter().map(|(address, reason)| RefusedEntry { address, reason }).collect();
    let documents = gathered.documents.into_iter().map(|id| id.0).collect();
    Ok(Json(Looked { documents, known: gathered.known, refused }).into_response())
}
