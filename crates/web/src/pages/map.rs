//! The map with its legend, slider and table; and its features as GeoJSON for the island.

use super::{Answer, moment, page, private};
use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use crate::shell::Shell;
use crate::text;
use askama::Template;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use sitrep_geo::geojson;
use sitrep_model::desk::Desk;
use sitrep_model::layer::Layer;
use sitrep_model::when::When;
use sitrep_newsroom::map::{Feature, MapEdition, MapFeature, MapQuestion, MapSource, MapView};

/// Days that the map shows where no span is asked for.
const DAYS: i64 = 27;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    from: Option<String>,
    to: Option<String>,
    as_of: Option<String>,
}

/// The map's parts, ready for the template.
struct Parts {
    features: String,
    as_of: String,
    as_of_day: String,
    first: String,
    last: String,
    from: String,
    to: String,
    bounds: String,
    layers: Vec<Layer>,
    rows: Vec<Row>,
    cut: bool,
}

struct Row {
    id: String,
    layer: String,
    of: String,
    date: String,
    until: String,
    when: String,
    url: String,
    summary: String,
    place: String,
    credibility_text: String,
    sources: Vec<Source>,
}

struct Source {
    url: String,
    outlet: String,
}

#[derive(Template)]
#[template(path = "map.html")]
struct Public {
    shell: Shell,
    map: Parts,
}

#[derive(Template)]
#[template(path = "room_map.html")]
struct Room {
    shell: Shell,
    map: Parts,
}

pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let given = asked.as_of.clone();
    let (desk, map) = parts(&app, &visitor, &id, asked, false).await?;
    let as_of = moment(given.as_deref(), &desk)?;
    let shell =
        Shell::of_desk(&visitor, desk, "map", "Map", format!("/{id}/map")).known_at(as_of).with_script("map.js");
    page(&Public { shell, map })
}

pub(crate) async fn room(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let (desk, map) = parts(&app, &visitor, &id, asked, true).await?;
    let shell = Shell::of_desk(&visitor, desk, "map", "Map", format!("/newsroom/{id}/map")).with_script("map.js");
    private(&Room { shell, map })
}

pub(crate) async fn features(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    collection(&app, &visitor, &id, asked, false).await
}

pub(crate) async fn room_features(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    collection(&app, &visitor, &id, asked, true).await
}

fn question(desk: &Desk, asked: &Asked, newsroom: bool) -> Result<MapQuestion, PageError> {
    let day = |value: &Option<String>| -> Result<Option<Date>, PageError> {
        match value.as_deref().map(str::trim).filter(|value| !value.is_empty()) {
            None => Ok(None),
            Some(value) => value.parse().map(Some).map_err(|_| PageError::invalid(format!("{value:?} is no day"))),
        }
    };
    let as_of = moment(asked.as_of.as_deref(), desk)?;
    Ok(MapQuestion { from: day(&asked.from)?, to: day(&asked.to)?, as_of, newsroom })
}

async fn view(app: &App, visitor: &Visitor, desk: &Desk, question: MapQuestion) -> Result<MapView, PageError> {
    let (who, desk) = (visitor.who().clone(), desk.clone());
    app.ask(move |newsroom| newsroom.map(&who, &desk, &question)).await
}

async fn parts(
    app: &App,
    visitor: &Visitor,
    id: &str,
    asked: Asked,
    newsroom: bool,
) -> Result<(Desk, Parts), PageError> {
    let desk = app.desk(id).await?;
    let mut question = question(&desk, &asked, newsroom)?;
    let zone = TimeZone::get(&desk.time_zone).unwrap_or(TimeZone::UTC);
    let now = question.as_of.unwrap_or_else(|| app.newsroom().now());
    let today = zone.to_datetime(now).date();
    let mut last = question.to.unwrap_or(today);
    if question.from.is_none() && question.to.is_none() {
        let (asked, as_of) = (desk.clone(), question.as_of);
        let newest = app.ask(move |newsroom| newsroom.newest_day(&asked, as_of)).await?;
        let begins = last.checked_sub(DAYS.days()).unwrap_or(last);
        last = newest.filter(|newest| *newest < begins).unwrap_or(last);
    }
    let first = question.from.unwrap_or_else(|| last.checked_sub(DAYS.days()).unwrap_or(last));
    (question.from, question.to) = (Some(first), Some(last));
    let as_of = question.as_of.map(|at| at.to_string()).unwrap_or_default();
    let as_of_day = question.as_of.map(|at| zone.to_datetime(at).date().to_string()).unwrap_or_default();
    let view = view(app, visitor, &desk, question).await?;
    let folder = if newsroom { format!("/newsroom/{id}") } else { format!("/{id}") };
    let rows = view.features.iter().map(|feature| row(&desk, feature)).collect();
    let map = Parts {
        features: format!("{folder}/map.geojson"),
        bounds: bounds(&view),
        as_of,
        as_of_day,
        first: first.to_string(),
        last: last.to_string(),
        from: first.to_string(),
        to: last.to_string(),
        layers: view.layers,
        cut: view.cut,
        rows,
    };
    Ok((desk, map))
}

/// West, south, east, north of what is shown, with a margin; Iran and its neighbours where nothing is.
fn bounds(view: &MapView) -> String {
    let points: Vec<_> = view.features.iter().filter_map(point).collect();
    let Some(first) = points.first() else { return "35,24,63,40".to_owned() };
    let mut bounds = [first.longitude, first.latitude, first.longitude, first.latitude];
    for point in &points {
        bounds[0] = bounds[0].min(point.longitude);
        bounds[1] = bounds[1].min(point.latitude);
        bounds[2] = bounds[2].max(point.longitude);
        bounds[3] = bounds[3].max(point.latitude);
    }
    format!("{:.2},{:.2},{:.2},{:.2}", bounds[0] - 0.8, bounds[1] - 0.8, bounds[2] + 0.8, bounds[3] + 0.8)
}

fn point(feature: &MapFeature) -> Option<sitrep_model::place::Point> {
    match &feature.feature {
        Feature::Event(event) => Some(event.at.point),
        Feature::Position(position) => position.shape.anchor(),
    }
}

fn row(desk: &Desk, feature: &MapFeature) -> Row {
    let id = &desk.id;
    let zone = TimeZone::get(&desk.time_zone).unwrap_or(TimeZone::UTC);
    let sources = feature
        .sources
        .iter()
        .map(|source| Source {
            url: format!("/{id}/documents/{}", source.document.id),
            outlet: source.source.as_ref().map_or_else(|| source.document.title.clone(), |source| source.name.clone()),
        })
        .collect();
    match &feature.feature {
        Feature::Event(event) => Row {
            id: event.id.as_str().to_owned(),
            layer: event.layer.as_ref().map(|layer| layer.0.clone()).unwrap_or_default(),
            of: event.event_type.clone(),
            date: geojson::day_of(event.when.from, &zone).to_string(),
            until: until(&event.when, &zone),
            when: geojson::printed(&event.when, &zone),
            url: format!("/{id}/events/{}", event.id),
            summary: event.summary.clone(),
            place: event.at.name.clone(),
            credibility_text: format!("{} {}", event.credibility.grade(), event.credibility.meaning()),
            sources,
        },
        Feature::Position(position) => Row {
            id: position.id.as_str().to_owned(),
            layer: position.layer.as_ref().map(|layer| layer.0.clone()).unwrap_or_default(),
            of: position.holder.as_str().to_owned(),
            date: position.from.to_string(),
            until: position.to.map(|to| to.to_string()).unwrap_or_default(),
            when: format!("since {}", text::day(position.from)),
            url: format!("/{id}/positions/{}", position.id),
            summary: format!("{}: {}", feature.actors.join(", "), position.name),
            place: position.name.clone(),
            credibility_text: "–".to_owned(),
            sources,
        },
    }
}

/// The last day, where it is not the first.
fn until(when: &When, zone: &TimeZone) -> String {
    let (from, to) = (geojson::day_of(when.from, zone), geojson::day_of(when.to, zone));
    if from == to { String::new() } else { to.to_string() }
}

async fn collection(app: &App, visitor: &Visitor, id: &str, asked: Asked, newsroom: bool) -> Answer {
    let desk = app.desk(id).await?;
    let view = view(app, visitor, &desk, question(&desk, &asked, newsroom)?).await?;
    let features = view.features.iter().map(|found| feature(&desk, found)).collect();
    let mut response = Json(geojson::collection(features)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/geo+json"));
    if newsroom {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(response)
}

/// One feature with what the island's card shows.
fn feature(desk: &Desk, found: &MapFeature) -> geojson::Feature {
    let zone = TimeZone::get(&desk.time_zone).unwrap_or(TimeZone::UTC);
    let grade = match &found.feature {
        Feature::Event(event) => event.credibility.grade().to_string(),
        Feature::Position(_) => String::new(),
    };
    let source = |source: &MapSource| geojson::SourceLink {
        title: source.document.title.clone(),
        outlet: source.source.as_ref().map(|source| source.name.clone()),
        lang: source.document.language.clone(),
        grade: source.source.as_ref().map_or_else(String::new, |source| format!("{:?}{grade}", source.reliability)),
        url: format!("/{}/documents/{}", desk.id, source.document.id),
    };
    let edition = |edition: &MapEdition| {
        let at = edition.sentence.as_ref().map(|id| format!("#t-{id}")).unwrap_or_default();
        let url = format!("/{}/editions/{}{at}", desk.id, edition.slug);
        geojson::EditionLink { title: edition.title.clone(), url }
    };
    let round = geojson::Surroundings {
        lang: desk.language.clone(),
        actors: found.actors.clone(),
        url: row(desk, found).url,
        sources: found.sources.iter().map(source).collect(),
        editions: found.editions.iter().map(edition).collect(),
    };
    match &found.feature {
        Feature::Event(event) => geojson::event(event, &zone, round),
        Feature::Position(position) => geojson::position(position, round),
    }
}
