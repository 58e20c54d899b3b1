//! What is done in the inbox: decisions, tasks, graphic or not, and taking the last act back.

use super::inbox_query::Asked;
use super::{Answer, done};
use crate::app::App;
use crate::session::Visitor;
use axum::Json;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::IntoResponse;
use serde::Deserialize;
use serde_json::json;
use sitrep_newsroom::inbox::{SavedView, triage_named};

#[derive(Deserialize)]
pub(crate) struct Decided {
    triage: String,
    /// The whole story, as far as nobody decided about it yet.
    whole: Option<String>,
    #[serde(default)]
    back: String,
}

pub(crate) async fn triage(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, document)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
    Form(given): Form<Decided>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let triage = triage_named(&given.triage)?;
    let who = visitor.who().clone();
    let whole = given.whole.is_some();
    app.ask(move |newsroom| match whole {
        true => {
            let ids = newsroom.undecided_of_story(&who, &desk.id, &document)?;
            newsroom.triage_all(&who, &desk.id, &ids, triage)
        }
        false => newsroom.triage(&who, &desk.id, &document, triage),
    })
    .await?;
    answer(&id, &uri, &headers, &given.back, "", "saved")
}

#[derive(Deserialize)]
pub(crate) struct Task {
    /// `me`, an account, or nothing for nobody.
    #[serde(default)]
    to: String,
    #[serde(default)]
    back: String,
}

pub(crate) async fn assign(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, document)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
    Form(given): Form<Task>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let to = match given.to.as_str() {
        "" => None,
        "me" => Some(visitor.signed_in()?.id.0.clone()),
        one => Some(one.to_owned()),
    };
    let (who, of) = (visitor.who().clone(), document.clone());
    app.ask(move |newsroom| newsroom.assign(&who, &desk.id, &of, to.as_deref())).await?;
    answer(&id, &uri, &headers, &given.back, &document, "assigned")
}

#[derive(Deserialize)]
pub(crate) struct Graphic {
    graphic: String,
    #[serde(default)]
    back: String,
}

pub(crate) async fn graphic(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, document)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
    Form(given): Form<Graphic>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let (who, of, graphic) = (visitor.who().clone(), document.clone(), given.graphic == "yes");
    app.ask(move |newsroom| newsroom.mark_graphic(&who, &desk.id, &of, graphic)).await?;
    answer(&id, &uri, &headers, &given.back, &document, "saved")
}

#[derive(Deserialize)]
pub(crate) struct Back {
    #[serde(default)]
    back: String,
    /// Where it leads afterwards, where that is not the inbox: `leads`.
    #[serde(default)]
    to: String,
}

pub(crate) async fn undo(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    Form(given): Form<Back>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let who = visitor.who().clone();
    let undone = app.ask(move |newsroom| newsroom.undo(&who, &desk.id)).await?;
    if crate::guard::wants_json(uri.path(), &headers) {
        let documents = undone.documents.iter().map(|(id, triage)| json!({ "id": id, "triage": triage.as_str() }));
        let documents = documents.collect::<Vec<_>>();
        return Ok(Json(json!({ "documents": documents, "leads": undone.leads })).into_response());
    }
    if given.to == "leads" {
        return done(&format!("/newsroom/{id}/leads"), "undone");
    }
    let document = undone.documents.first().map(|(id, _)| id.0.clone()).unwrap_or_default();
    answer(&id, &uri, &headers, &given.back, &document, "undone")
}

#[derive(Deserialize)]
pub(crate) struct View {
    name: String,
    #[serde(default)]
    back: String,
}

pub(crate) async fn save_view(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(given): Form<View>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let who = visitor.who().clone();
    let query = Asked::kept(&given.back).keep();
    let to = format!("/newsroom/{id}/inbox?{query}");
    let view = SavedView { name: given.name, query };
    app.ask(move |newsroom| newsroom.save_view(&who, &desk.id, &view)).await?;
    done(&to, "saved")
}

pub(crate) async fn forget_view(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(given): Form<View>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let who = visitor.who().clone();
    let to = format!("/newsroom/{id}/inbox?{}", Asked::kept(&given.back).keep());
    app.ask(move |newsroom| newsroom.forget_view(&who, &desk.id, &given.name)).await?;
    done(&to, "saved")
}

/// Nothing for the island; else back to the list as it was filtered, with a document opened.
pub(crate) fn answer(desk: &str, uri: &Uri, headers: &HeaderMap, back: &str, document: &str, what: &str) -> Answer {
    if crate::guard::wants_json(uri.path(), headers) {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let opened =
        if document.is_empty() { String::new() } else { format!("&doc={}", crate::text::query_value(document)) };
    done(&format!("/newsroom/{desk}/inbox?{}{opened}", Asked::kept(back).keep()), what)
}
