//! A desk's sources: for readers with their grade, for the newsroom with their health.

use super::{Answer, Asked, done, page, private, said};
use crate::app::App;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use sitrep_model::id::SourceId;
use sitrep_model::source::{Affiliation, Collection, Reliability, Source};
use sitrep_newsroom::sources::SourceLine;

const AFFILIATIONS: [&str; 9] =
    ["unknown", "state", "party", "military", "militia", "opposition", "independent", "academic", "international"];

#[derive(Template)]
#[template(path = "sources.html")]
struct Public {
    shell: Shell,
    sources: Vec<Source>,
}

#[derive(Template)]
#[template(path = "room_sources.html")]
struct Room {
    shell: Shell,
    sources: Vec<Line>,
    affiliations: &'static [&'static str],
    grades: Vec<(String, &'static str)>,
}

struct Line {
    source: Source,
    how: String,
    health: String,
    refused: Vec<(String, String)>,
}

pub(crate) async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let desk = app.desk(&id).await?;
    let of = desk.id.clone();
    let sources = app.ask(move |newsroom| newsroom.sources(&of)).await?;
    page(&Public { shell: Shell::of_desk(&visitor, desk, "", "Sources", format!("/{id}/sources")), sources })
}

pub(crate) async fn room(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let (of, who) = (desk.id.clone(), visitor.who().clone());
    let lines = app.ask(move |newsroom| newsroom.source_lines(&who, &of)).await?;
    let path = format!("/newsroom/{id}/sources");
    let shell = Shell::of_desk(&visitor, desk, "sources", "Sources", path).flash(said(asked.done.as_deref()));
    let sources = lines.into_iter().map(|line| shown(&shell, line)).collect();
    let grades = [Reliability::A, Reliability::B, Reliability::C, Reliability::D, Reliability::E, Reliability::F];
    let grades = grades.into_iter().map(|grade| (format!("{grade:?}"), grade.meaning())).collect();
    private(&Room { shell, sources, affiliations: &AFFILIATIONS, grades })
}

fn shown(shell: &Shell, line: SourceLine) -> Line {
    let how = match &line.source.collection {
        Collection::Feed { every_minutes, .. } => format!("feed, every {every_minutes} min"),
        Collection::Pasted => "pasted".to_owned(),
    };
    let health = match (&line.health.fault, line.health.looked, line.health.succeeded) {
        (Some(fault), Some(looked), _) => {
            format!("failed {} times, last {}: {fault}", line.health.failures, shell.moment(&looked))
        }
        (_, _, Some(succeeded)) => format!("{}, {} collected", shell.moment(&succeeded), line.health.collected),
        _ => "not yet".to_owned(),
    };
    Line { source: line.source, how, health, refused: line.health.refused }
}

#[derive(Deserialize)]
pub(crate) struct NewSource {
    name: String,
    #[serde(default)]
    feed: String,
    #[serde(default)]
    hosts: String,
    language: String,
    affiliation: String,
    reliability: String,
    defanged: Option<String>,
}

pub(crate) async fn add(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(form): Form<NewSource>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let quoted = |word: &str| serde_json::Value::String(word.to_owned());
    let feed = form.feed.trim().to_owned();
    let source = Source {
        id: SourceId(format!("{id}-{}", sitrep_newsroom::ids::slug(&form.name))),
        desk: desk.id.clone(),
        name: form.name.trim().to_owned(),
        names: Vec::new(),
        language: form.language.trim().to_owned(),
        country: None,
        affiliation: serde_json::from_value::<Affiliation>(quoted(&form.affiliation)).unwrap_or_default(),
        reliability: serde_json::from_value::<Reliability>(quoted(&form.reliability)).unwrap_or_default(),
        collection: match feed.is_empty() {
            true => Collection::Pasted,
            false => Collection::Feed { url: feed, every_minutes: 30 },
        },
        hosts: form.hosts.split([',', ' ']).map(str::trim).filter(|h| !h.is_empty()).map(str::to_owned).collect(),
        defanged: form.defanged.is_some(),
        local: false,
        time_zone: None,
        note: None,
        retired: false,
    };
    let who = visitor.who().clone();
    app.ask(move |newsroom| newsroom.save_source(&who, &source, 0, None)).await?;
    done(&format!("/newsroom/{id}/sources"), "saved")
}
