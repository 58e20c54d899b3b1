//! Positions in the newsroom: the list, and the form of a new one.

use super::{Answer, Asked, done, private, said};
use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use jiff::civil::Date;
use serde::Deserialize;
use sitrep_model::actor::Actor;
use sitrep_model::id::{ActorId, LayerId, PositionId};
use sitrep_model::layer::{Layer, LayerOf};
use sitrep_model::position::{Position, Shape};
use sitrep_model::visibility::Visibility;

#[derive(Template)]
#[template(path = "positions.html")]
struct List {
    shell: Shell,
    positions: Vec<Line>,
    actors: Vec<Actor>,
    layers: Vec<Layer>,
}

struct Line {
    name: String,
    holder: String,
    from: Date,
    to: Option<Date>,
}

pub(crate) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let (of, who) = (desk.id.clone(), visitor.who().clone());
    let (positions, actors, layers): (Vec<Position>, Vec<Actor>, Vec<Layer>) = app
        .ask(move |newsroom| Ok((newsroom.all(&who, &of)?, newsroom.all(&who, &of)?, newsroom.all(&who, &of)?)))
        .await?;
    let holder = |id: &ActorId| {
        let actor = actors.iter().find(|actor| &actor.id == id);
        actor.map_or_else(|| id.as_str().to_owned(), |actor| actor.name.clone())
    };
    let line = |p: Position| Line { holder: holder(&p.holder), name: p.name, from: p.from, to: p.to };
    let positions = positions.into_iter().map(line).collect();
    let layers = layers.into_iter().filter(|layer| layer.of == LayerOf::Positions).collect();
    let path = format!("/newsroom/{id}/positions");
    let shell = Shell::of_desk(&visitor, desk, "events", "Positions", path).flash(said(asked.done.as_deref()));
    private(&List { shell, positions, actors, layers })
}

#[derive(Deserialize)]
pub(crate) struct Fields {
    name: String,
    holder: String,
    #[serde(default)]
    layer: String,
    latitude: String,
    longitude: String,
    from: String,
    #[serde(default)]
    to: String,
    visibility: String,
}

fn degrees(name: &str, value: &str) -> Result<f64, PageError> {
    let wrong = || PageError::invalid(format!("{name}: {value:?} is no number of degrees"));
    value.trim().parse::<f64>().ok().filter(|degrees| degrees.is_finite()).ok_or_else(wrong)
}

fn day(value: &str) -> Result<Option<Date>, PageError> {
    match value.trim() {
        "" => Ok(None),
        value => value.parse().map(Some).map_err(|_| PageError::invalid(format!("{value:?} is no day"))),
    }
}

pub(crate) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let point = [degrees("longitude", &fields.longitude)?, degrees("latitude", &fields.latitude)?];
    let position = Position {
        id: PositionId::default(),
        desk: desk.id.clone(),
        name: fields.name.trim().to_owned(),
        holder: ActorId(fields.holder),
        shape: Shape::Point(point),
        from: day(&fields.from)?.ok_or_else(|| PageError::invalid("say from which day it is known to be held"))?,
        to: day(&fields.to)?,
        evidence: Vec::new(),
        visibility: if fields.visibility == "public" { Visibility::Public } else { Visibility::Newsroom },
        layer: Some(LayerId(fields.layer)).filter(|layer| !layer.0.is_empty()),
        note: None,
    };
    let who = visitor.who().clone();
    app.ask(move |newsroom| newsroom.save_position(&who, position, 0, None)).await?;
    done(&format!("/newsroom/{id}/positions"), "saved")
}
