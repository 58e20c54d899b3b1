//! An event or position: what it is, where it comes from, where it is used.

use super::station::{Thread, threads};
use super::{Answer, Asked, page};
use crate::app::App;
use crate::session::Visitor;
use crate::shell::Shell;
use crate::text;
use askama::Template;
use axum::extract::{Path, Query, State};
use sitrep_model::Kind;
use sitrep_model::event::Event;
use sitrep_model::position::Position;
use sitrep_newsroom::map::{Feature, MapFeature};
use sitrep_newsroom::threads::Station;

#[derive(Template)]
#[template(path = "event.html")]
struct Shown {
    shell: Shell,
    summary: String,
    facts: Vec<(&'static str, String)>,
    threads: Vec<Thread>,
}

pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, event)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    feature(&app, &visitor, id, Kind::Event, event, asked).await
}

pub(crate) async fn position(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, position)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    feature(&app, &visitor, id, Kind::Position, position, asked).await
}

async fn feature(app: &App, visitor: &Visitor, id: String, kind: Kind, name: String, asked: Asked) -> Answer {
    let desk = app.desk(&id).await?;
    let as_of = asked.as_of(&desk)?;
    let (of, who, key) = (desk.id.clone(), visitor.who().clone(), name.clone());
    let (found, back) = app
        .ask(move |newsroom| {
            let found = newsroom.feature(&who, &of, kind, &key, as_of)?;
            Ok((found, newsroom.backward(&who, kind, &key, as_of)?))
        })
        .await?;
    let mut stations: Vec<Station> = found
        .sources
        .iter()
        .zip(evidence(&found))
        .map(|(source, passage)| Station::Document {
            document: Box::new(source.document.clone()),
            source: source.source.clone().map(Box::new),
            passage,
        })
        .collect();
    stations.extend(back);
    let (summary, facts, path) = match &found.feature {
        Feature::Event(event) => {
            let label = desk.event_types.iter().find(|kind| kind.id == event.event_type).map(|kind| kind.label.clone());
            let zone = desk.time_zone.clone();
            (event.summary.clone(), event_facts(event, label, &found.actors, &zone), format!("/{id}/events/{name}"))
        }
        Feature::Position(position) => {
            (position.name.clone(), position_facts(position, &found.actors), format!("/{id}/positions/{name}"))
        }
    };
    let shell = Shell::of_desk(visitor, desk, "map", summary.clone(), path).known_at(as_of);
    let threads = threads(&shell, &stations);
    page(&Shown { shell, summary, facts, threads })
}

fn evidence(found: &MapFeature) -> Vec<Option<sitrep_model::citation::Passage>> {
    let evidence = match &found.feature {
        Feature::Event(event) => &event.evidence,
        Feature::Position(position) => &position.evidence,
    };
    evidence.iter().map(|evidence| evidence.passage.clone()).collect()
}

fn event_facts(event: &Event, label: Option<String>, actors: &[String], zone: &str) -> Vec<(&'static str, String)> {
    let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let mut facts = vec![
        ("Type", label.unwrap_or_else(|| event.event_type.clone())),
        ("When", sitrep_geo::geojson::printed(&event.when, &zone)),
        ("Where", format!("{} (known to the {})", event.at.name, precision(event))),
    ];
    if !actors.is_empty() {
        let roles: Vec<String> =
            event.actors.iter().zip(actors).map(|(part, name)| format!("{name} ({})", part.role)).collect();
        facts.push(("Who", roles.join(", ")));
    }
    facts.extend(event.counts.iter().map(|count| ("Reported", text::count(count))));
    facts.push(("Credibility", format!("{} {}", event.credibility.grade(), event.credibility.meaning())));
    facts.push(("Status", event.status.as_str().to_owned()));
    facts
}

fn precision(event: &Event) -> String {
    format!("{:?}", event.at.precision).to_lowercase()
}

fn position_facts(position: &Position, actors: &[String]) -> Vec<(&'static str, String)> {
    let mut facts = vec![("Held by", actors.join(", ")), ("From", text::day(position.from))];
    facts.push(("Until", position.to.map_or_else(|| "held".to_owned(), text::day)));
    facts.extend(position.note.clone().map(|note| ("Note", note)));
    facts
}
