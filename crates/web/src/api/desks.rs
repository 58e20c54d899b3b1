//! Desks.

use super::shapes;
use super::wire::{Answer, Listed};
use crate::app::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use serde::Serialize;
use sitrep_model::desk::{Desk, EventType, Section};
use sitrep_model::likelihood::Scale;
use utoipa::ToSchema;

/// A desk as programs see it: what readers see of it, and nothing of how it works.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Desk)]
pub(crate) struct DeskShown {
    /// Short name, as in its address.
    id: String,
    /// Name of the publication.
    name: String,
    /// Who publishes it.
    publisher: String,
    /// BCP 47 language of its editions.
    language: String,
    /// IANA time zone that its days are counted in.
    time_zone: String,
    /// Printed before each edition's takeaways.
    standing: String,
    /// A label printed on every page, e.g. that the desk is an exercise.
    label: Option<String>,
    /// Publishing days, ISO: 1 Monday … 7 Sunday.
    publishing_days: Vec<u8>,
    /// Standing sections, in order.
    #[schema(value_type = Vec<shapes::Section>)]
    sections: Vec<Section>,
    /// Codebook.
    #[schema(value_type = Vec<shapes::EventType>)]
    event_types: Vec<EventType>,
    /// Scale of likelihood.
    #[schema(value_type = shapes::Scale)]
    scale: Scale,
    /// Its front page.
    url: String,
}

fn shown(app: &App, desk: Desk) -> DeskShown {
    DeskShown {
        url: format!("{}/{}", app.newsroom().base(), desk.id),
        id: desk.id.0,
        name: desk.name,
        publisher: desk.publisher,
        language: desk.language,
        time_zone: desk.time_zone,
        standing: desk.standing,
        label: desk.label,
        publishing_days: desk.publishing_days,
        sections: desk.sections,
        event_types: desk.event_types,
        scale: desk.scale,
    }
}

/// Every desk, by name.
#[utoipa::path(get, path = "/api/v1/desks", tag = "Desks", responses((status = 200, body = Listed<DeskShown>)))]
pub(crate) async fn list(State(app): State<App>) -> Answer {
    let desks = app.ask(|newsroom| newsroom.desks()).await?;
    Ok(Json(Listed::whole(desks.into_iter().map(|desk| shown(&app, desk)).collect())).into_response())
}

/// One desk with its sections, codebook and scale.
#[utoipa::path(get, path = "/api/v1/desks/{desk}", tag = "Desks", responses((status = 200, body = DeskShown)))]
pub(crate) async fn show(State(app): State<App>, Path(desk): Path<String>) -> Answer {
    let desk = app.desk(&desk).await?;
    Ok(Json(shown(&app, desk)).into_response())
}
