//! The inbox: stories in the order of what matters to the desk, with the reasons; tasks, translation, undo, saved views.

use super::wire::{Answer, Asked, Body, Listed};
use crate::app::App;
use crate::session::Visitor;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use sitrep_newsroom::inbox::{InboxLine, InboxQuery, InboxStory, SavedView};
use utoipa::{IntoParams, ToSchema};

/// Stories on a page where no number is asked for, and the most.
const STORIES: usize = 50;
const MOST: usize = 200;

/// What of the inbox is asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Filters {
    /// Only with this decision: `new` (where it is left out), `kept`, `later`, `dropped`; `all` for every one.
    #[serde(default)]
    show: String,
    /// `newest` for the latest first; else what matters most first.
    #[serde(default)]
    order: String,
    /// Only from this source.
    #[serde(default)]
    source: String,
    /// Only in this language.
    #[serde(default)]
    language: String,
    /// Only what answers this watch.
    #[serde(default)]
    watch: String,
    /// Only tasks of `me`, `anybody`, `nobody` or an account.
    #[serde(default)]
    task: String,
    /// Only what these words find, in any script.
    #[serde(default)]
    q: String,
    /// Most stories on the page: 50 where it is left out, 200 at the most.
    limit: Option<usize>,
    /// The page's beginning: `next` of the page before.
    after: Option<String>,
}

/// A story.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StoryShown {
    /// Its documents that are asked for, the earliest first.
    documents: Vec<StoryDocument>,
    /// How many more are asked for and not shown.
    more: usize,
    /// How many documents tell it, whatever was decided about them.
    told_by: usize,
    /// Outlets that report it in words of their own.
    origins: Vec<String>,
    /// Why it stands where it stands.
    reasons: Vec<ReasonShown>,
}

/// A document of a story.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StoryDocument {
    /// Identifier.
    id: String,
    /// Title as printed by the outlet.
    title: String,
    /// BCP 47 language of the text.
    language: String,
    /// Who published it.
    outlet: String,
    /// The source's reliability, `A` to `F`.
    reliability: String,
    /// When we had it first.
    arrived: jiff::Timestamp,
    /// The decision: `new`, `kept`, `later` or `dropped`.
    triage: &'static str,
    /// Who took it.
    decided_by: Option<String>,
    /// Account whose task it is.
    assigned_to: Option<String>,
    /// Whether it is graphic.
    graphic: bool,
    /// Titles of the watches that it answers.
    watches: Vec<String>,
    /// Names of those who opened it.
    read_by: Vec<String>,
    /// Its version.
    version: u64,
}

/// A reason, in words.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReasonShown {
    /// What counts: `it speaks of`.
    says: &'static str,
    /// What it is about.
    subject: String,
    /// What it adds, in points. A day of age costs four.
    points: f64,
}

fn document(line: InboxLine) -> StoryDocument {
    let (version, document) = (line.document.version, line.document.value);
    StoryDocument {
        id: document.id.0,
        title: document.title,
        language: document.language,
        outlet: line.outlet,
        reliability: format!("{:?}", line.grade),
        arrived: document.arrived,
        triage: document.triage.as_str(),
        decided_by: document.handling.decided.map(|decided| decided.by),
        assigned_to: document.handling.assigned.map(|assigned| assigned.to.0),
        graphic: line.graphic,
        watches: line.watches,
        read_by: line.readers.into_iter().map(|reader| reader.name).collect(),
        version,
    }
}

fn story(story: InboxStory) -> StoryShown {
    let reason = |reason: sitrep_newsroom::inbox::Reason| ReasonShown {
        says: reason.says,
        subject: reason.subject,
        points: reason.points,
    };
    StoryShown {
        documents: story.lines.into_iter().map(document).collect(),
        more: story.more,
        told_by: story.documents,
        origins: story.origins,
        reasons: story.reasons.into_iter().map(reason).collect(),
    }
}

/// Stories of the inbox.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/inbox", tag = "Inbox", params(Filters),
    responses((status = 200, body = Listed<StoryShown>)))]
pub(crate) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Path(desk): Path<String>,
    Asked(asked): Asked<Filters>,
) -> Answer {
    let desk = app.desk(&desk).await?.id;
    let (who, query) = (visitor.who().clone(), query(asked, &visitor));
    let page = app.ask(move |newsroom| newsroom.inbox(&who, &desk, &query)).await?;
    Ok(Json(Listed { items: page.stories.into_iter().map(story).collect(), next: page.next }).into_response())
}

fn query(filters: Filters, visitor: &Visitor) -> InboxQuery {
    let limit = filters.limit.unwrap_or(STORIES).clamp(1, MOST);
    let asked = crate::pages::inbox_query::Asked {
        show: filters.show,
        order: filters.order,
        source: filters.source,
        language: filters.language,
        watch: filters.watch,
        task: filters.task,
        q: filters.q,
        after: filters.after,
        ..Default::default()
    };
    asked.query(visitor.account(), limit)
}

/// Whose task a document becomes.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Task {
    /// A login or an account's id; nothing for nobody.
    to: Option<String>,
}

/// Says whose task a document is.
#[utoipa::path(post, path = "/api/v1/desks/{desk}/documents/{id}/assign", tag = "Inbox", request_body = Task,
    responses((status = 204, description = "It is written down.")))]
pub(crate) async fn assign(
    State(app): State<App>,
    visitor: Visitor,
    Path((desk, id)): Path<(String, String)>,
    Body(given): Body<Task>,
) -> Answer {
    let desk = app.desk(&desk).await?.id;
    let who = visitor.who().clone();
    app.ask(move |newsroom| newsroom.assign(&who, &desk, &id, given.to.as_deref())).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Has a document translated into the desk's language by the desk's service.
#[utoipa::path(post, path = "/api/v1/desks/{desk}/documents/{id}/translation", tag = "Inbox",
    responses((status = 204, description = "The translation stands beside the original.")))]
pub(crate) async fn translate(
    State(app): State<App>,
    visitor: Visitor,
    Path((desk, id)): Path<(String, String)>,
) -> Answer {
    let desk = app.desk(&desk).await?;
    app.newsroom().machine_translate(visitor.who(), &desk, &id).await.map_err(crate::error::PageError::from)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// What was taken back.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Undone {
    /// The documents, with the decision that stands again.
    documents: Vec<UndoneDocument>,
    /// Ids of the leads that are as they were before; one that had just been made is gone.
    leads: Vec<String>,
}

/// A document whose earlier state stands again.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UndoneDocument {
    /// Its id.
    id: String,
    /// The decision that stands again.
    triage: &'static str,
}

/// Takes one's own last act back.
#[utoipa::path(post, path = "/api/v1/desks/{desk}/undo", tag = "Inbox", responses((status = 200, body = Undone)))]
pub(crate) async fn undo(State(app): State<App>, visitor: Visitor, Path(desk): Path<String>) -> Answer {
    let desk = app.desk(&desk).await?.id;
    let who = visitor.who().clone();
    let undone = app.ask(move |newsroom| newsroom.undo(&who, &desk)).await?;
    let document = |(id, triage): (sitrep_model::id::DocumentId, sitrep_model::document::Triage)| UndoneDocument {
        id: id.0,
        triage: triage.as_str(),
    };
    let leads = undone.leads.into_iter().map(|lead| lead.0).collect();
    Ok(Json(Undone { documents: undone.documents.into_iter().map(document).collect(), leads }).into_response())
}

/// A saved view of the inbox.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct View {
    /// Its name.
    name: String,
    /// Its filters, as the query of the inbox's address.
    query: String,
}

/// One's own saved views.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/views", tag = "Inbox", responses((status = 200, body = Listed<View>)))]
pub(crate) async fn views(State(app): State<App>, visitor: Visitor, Path(desk): Path<String>) -> Answer {
    let desk = app.desk(&desk).await?.id;
    let who = visitor.who().clone();
    let views = app.ask(move |newsroom| newsroom.views(&who, &desk)).await?;
    let view = |view: SavedView| View { name: view.name, query: view.query };
    Ok(Json(Listed::whole(views.into_iter().map(view).collect())).into_response())
}

/// Saves a view; one of the same name is replaced.
#[utoipa::path(post, path = "/api/v1/desks/{desk}/views", tag = "Inbox", request_body = View,
    responses((status = 204, description = "It is saved.")))]
pub(crate) async fn save_view(
    State(app): State<App>,
    visitor: Visitor,
    Path(desk): Path<String>,
    Body(given): Body<View>,
) -> Answer {
    let desk = app.desk(&desk).await?.id;
    let who = visitor.who().clone();
    let query = crate::pages::inbox_query::Asked::kept(&given.query).keep();
    let view = SavedView { name: given.name, query };
    app.ask(move |newsroom| newsroom.save_view(&who, &desk, &view)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
