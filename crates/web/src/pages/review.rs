//! Review: what the checks found, the edition as it will look, and the acts that bring it on its way.

use super::editions::{kept, written};
use super::{Answer, Asked, done, private, said};
use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use serde::Deserialize;
use sitrep_model::account::{Permission, Role};
use sitrep_model::edition::{Edition, EditionState};
use sitrep_model::finding::{Finding, Severity};
use sitrep_model::id::DeskId;
use sitrep_newsroom::{Error, Newsroom, Versioned, Who};

#[derive(Template)]
#[template(path = "edition_review.html")]
struct Review {
    shell: Shell,
    e: Edition,
    version: u64,
    article: String,
    actions: Vec<Action>,
    may_correct: bool,
    /// Another editor must approve it.
    waits: bool,
    late: Vec<String>,
    findings: Vec<Finding>,
}

/// A step that the asker may take, with what it asks for.
struct Action {
    path: &'static str,
    label: &'static str,
    class: &'static str,
    role: Role,
    asks: bool,
    required: bool,
    question: &'static str,
}

const PLAIN: Action =
    Action { path: "", label: "", class: "", role: Role::Analyst, asks: false, required: false, question: "" };

/// The steps that lead on from a state.
fn actions(state: EditionState, grave: bool) -> Vec<Action> {
    let back = Action {
        path: "send-back",
        label: "Back to the authors",
        asks: true,
        required: true,
        question: "What is still to be done?",
        ..PLAIN
    };
    let retract = Action {
        path: "retract",
        label: "Retract",
        class: "danger",
        role: Role::Editor,
        asks: true,
        required: true,
        question: "For readers: what was wrong?",
    };
    let take_down = Action {
        path: "take-down",
        label: "Take down",
        class: "danger",
        role: Role::Chief,
        question: "For readers: why is it taken down?",
        ..retract
    };
    match state {
        EditionState::Drafting => vec![Action {
            path: "submit",
            label: "Hand in for review",
            class: "primary",
            asks: grave,
            required: grave,
            question: "The checks found errors. Why is it handed in all the same?",
            ..PLAIN
        }],
        EditionState::InReview => {
            let approve = Action { path: "approve", label: "Approve", class: "primary", role: Role::Editor, ..PLAIN };
            vec![approve, back]
        }
        EditionState::Approved => {
            let publish = Action { path: "publish", label: "Publish", class: "primary", role: Role::Editor, ..PLAIN };
            vec![publish, back]
        }
        EditionState::Published | EditionState::Corrected => vec![retract, take_down],
        EditionState::Retracted => vec![take_down],
        EditionState::TakenDown => Vec::new(),
    }
}

pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, edition)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let Versioned { value: e, version, .. } = kept(&app, &visitor, &desk, &edition).await?;
    let may = |role: Role| visitor.may(Permission::Desk(role), Some(&desk.id));
    let approves = e.state == EditionState::InReview && may(Role::Editor);
    let (of, who, shown) = (desk.clone(), visitor.who().clone(), e.clone());
    let (article, findings, late, waits) = app
        .ask(move |newsroom| {
            let article = newsroom.article(&of, &shown, None)?;
            let waits = approves && newsroom.wants_another(&who, &of.id, shown.id.as_str())?;
            Ok((article, newsroom.findings(&shown)?, newsroom.late(&shown)?, waits))
        })
        .await?;
    let findings: Vec<Finding> = findings.into_iter().map(|placed| placed.finding).collect();
    let grave = findings.iter().any(|finding| finding.severity == Severity::Error);
    let offered = |action: &Action| may(action.role) && !(waits && action.path == "approve");
    let actions = actions(e.state, grave).into_iter().filter(offered).collect();
    let may_correct = e.state.next().contains(&EditionState::Corrected) && may(Role::Editor);
    let late = late.into_iter().map(|late| late.title).collect();
    let path = format!("/newsroom/{id}/editions/{edition}/review");
    let shell = Shell::of_desk(&visitor, desk, "editions", "Review", path).flash(said(asked.done.as_deref()));
    private(&Review { shell, e, version, article, actions, may_correct, waits, late, findings })
}

pub(crate) async fn pdf(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, edition)): Path<(String, String)>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let edition = kept(&app, &visitor, &desk, &edition).await?.value;
    let (who, name) = (visitor.who().clone(), format!("{id}-{}.pdf", edition.slug));
    let bytes = app.ask(move |newsroom| newsroom.pdf(&who, &desk, &edition)).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// What is sent with an act: the version it is meant for, and what is said about it.
#[derive(Deserialize)]
pub(crate) struct Act {
    version: u64,
    #[serde(default)]
    note: String,
}

type Verb = fn(&Newsroom, &Who, &DeskId, &str, u64, &str) -> Result<Versioned<Edition>, Error>;

async fn act(
    app: &App,
    visitor: &Visitor,
    (id, edition): (String, String),
    given: Act,
    verb: Verb,
    said: &str,
) -> Answer {
    let desk = app.desk(&id).await?;
    let path = format!("/newsroom/{id}/editions/{edition}/review");
    let who = visitor.who().clone();
    app.ask(move |newsroom| verb(newsroom, &who, &desk.id, &edition, given.version, &given.note)).await?;
    done(&path, said)
}

pub(crate) async fn submit(
    State(app): State<App>,
    visitor: Visitor,
    Path(of): Path<(String, String)>,
    Form(given): Form<Act>,
) -> Answer {
    let verb: Verb = |newsroom, who, desk, id, version, note| newsroom.submit(who, desk, id, version, Some(note));
    act(&app, &visitor, of, given, verb, "submitted").await
}

pub(crate) async fn send_back(
    State(app): State<App>,
    visitor: Visitor,
    Path(of): Path<(String, String)>,
    Form(given): Form<Act>,
) -> Answer {
    act(&app, &visitor, of, given, Newsroom::send_back, "returned").await
}

pub(crate) async fn approve(
    State(app): State<App>,
    visitor: Visitor,
    Path(of): Path<(String, String)>,
    Form(given): Form<Act>,
) -> Answer {
    let verb: Verb = |newsroom, who, desk, id, version, note| newsroom.approve(who, desk, id, version, Some(note));
    act(&app, &visitor, of, given, verb, "approved").await
}

pub(crate) async fn publish(
    State(app): State<App>,
    visitor: Visitor,
    Path(of): Path<(String, String)>,
    Form(given): Form<Act>,
) -> Answer {
    let verb: Verb = |newsroom, who, desk, id, version, _| newsroom.publish(who, desk, id, version);
    act(&app, &visitor, of, given, verb, "published").await
}

pub(crate) async fn retract(
    State(app): State<App>,
    visitor: Visitor,
    Path(of): Path<(String, String)>,
    Form(given): Form<Act>,
) -> Answer {
    act(&app, &visitor, of, given, Newsroom::retract, "retracted").await
}

pub(crate) async fn take_down(
    State(app): State<App>,
    visitor: Visitor,
    Path(of): Path<(String, String)>,
    Form(given): Form<Act>,
) -> Answer {
    act(&app, &visitor, of, given, Newsroom::take_down, "taken-down").await
}

#[derive(Template)]
#[template(path = "edition_correct.html")]
struct Correct {
    shell: Shell,
    e: Edition,
    version: u64,
    error: Option<String>,
    note: String,
    markdown: String,
}

async fn to_correct(app: &App, visitor: &Visitor, id: &str, edition: &str) -> Result<Correct, PageError> {
    let desk = app.desk(id).await?;
    let Versioned { value: e, version, .. } = kept(app, visitor, &desk, edition).await?;
    let markdown = written(app, &e).await?;
    let path = format!("/newsroom/{id}/editions/{edition}/correct");
    let shell = Shell::of_desk(visitor, desk, "editions", format!("Correct: {}", e.title), path);
    Ok(Correct { shell, e, version, error: None, note: String::new(), markdown })
}

pub(crate) async fn correct_form(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, edition)): Path<(String, String)>,
) -> Answer {
    private(&to_correct(&app, &visitor, &id, &edition).await?)
}

#[derive(Deserialize)]
pub(crate) struct Corrected {
    version: u64,
    #[serde(default)]
    note: String,
    markdown: String,
}

pub(crate) async fn correct(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, edition)): Path<(String, String)>,
    Form(given): Form<Corrected>,
) -> Answer {
    let desk = app.desk(&id).await?.id;
    let (who, key, note, text) = (visitor.who().clone(), edition.clone(), given.note.clone(), given.markdown.clone());
    let corrected = app
        .ask(move |newsroom| {
            let after = newsroom.read_markdown(&desk, &text)?;
            newsroom.correct(&who, &desk, &key, after, given.version, &note)
        })
        .await;
    match corrected {
        Ok(_) => done(&format!("/newsroom/{id}/editions/{edition}/review"), "corrected"),
        Err(error) => {
            let page = to_correct(&app, &visitor, &id, &edition).await?;
            let Corrected { version, note, markdown } = given;
            let mut response =
                private(&Correct { version, note, markdown, error: Some(error.message().to_owned()), ..page })?;
            *response.status_mut() = error.status();
            Ok(response)
        }
    }
}
