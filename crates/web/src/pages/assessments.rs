//! Standing assessments, and the life of each.

use super::station::{Thread, threads};
use super::{Answer, Asked, page};
use crate::app::App;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::extract::{Path, Query, State};
use sitrep_model::assessment::{Assessment, Step};
use sitrep_model::desk::Desk;
use sitrep_newsroom::assess::LifeStep;

#[derive(Template)]
#[template(path = "assessments.html")]
struct List {
    shell: Shell,
    desk: Desk,
    assessments: Vec<Assessment>,
}

#[derive(Template)]
#[template(path = "assessment.html")]
struct Shown {
    shell: Shell,
    a: Assessment,
    life: Vec<Life>,
    evidence: Vec<Thread>,
}

/// A step as the page shows it.
pub(crate) struct Life {
    pub step: Step,
    pub sentence: Option<String>,
    pub href: Option<String>,
    pub edition: String,
}

/// The steps with the addresses of their sentences.
pub(crate) fn life(shell: &Shell, steps: Vec<LifeStep>) -> Vec<Life> {
    let (desk, keep) = (shell.desk_id().to_owned(), shell.keep_as_of());
    let line = |life: LifeStep| {
        let href = life.edition.as_ref().map(|(slug, _)| match &life.step.sentence {
            Some(sentence) => format!("/{desk}/editions/{slug}{keep}#t-{sentence}"),
            None => format!("/{desk}/editions/{slug}{keep}"),
        });
        let edition = life.edition.map(|(_, title)| title).unwrap_or_default();
        Life { step: life.step, sentence: life.sentence, href, edition }
    };
    steps.into_iter().map(line).collect()
}

pub(crate) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let as_of = asked.as_of(&desk)?;
    let (of, who) = (desk.id.clone(), visitor.who().clone());
    let mut assessments = app.ask(move |newsroom| newsroom.assessments(&who, &of, as_of)).await?;
    assessments.sort_by_key(|assessment| !assessment.is_open());
    let path = format!("/{id}/assessments");
    let shell = Shell::of_desk(&visitor, desk.clone(), "assessments", "Standing assessments", path).known_at(as_of);
    page(&List { shell, desk, assessments })
}

pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, name)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let as_of = asked.as_of(&desk)?;
    let (of, who, key) = (desk.id.clone(), visitor.who().clone(), name.clone());
    let (a, steps, stations) = app
        .ask(move |newsroom| {
            let a = newsroom.assessment(&who, &of, &key, as_of)?.value;
            let steps = newsroom.life(&who, &a, as_of)?;
            let stations = newsroom.evidence(&who, &a, as_of)?;
            Ok((a, steps, stations))
        })
        .await?;
    let path = format!("/{id}/assessments/{name}");
    let shell = Shell::of_desk(&visitor, desk, "assessments", a.statement.clone(), path).known_at(as_of);
    let (life, evidence) = (life(&shell, steps), threads(&shell, &stations));
    page(&Shown { shell, a, life, evidence })
}
