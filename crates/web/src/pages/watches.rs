//! A desk's watch list: its standing queries, what each marked, and a trial before one is kept.

use super::{Answer, done, next_page, private, said};
use crate::app::App;
use crate::session::Visitor;
use crate::shell::Shell;
use crate::text;
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use serde::Deserialize;
use sitrep_model::account::{Permission, Role};
use sitrep_model::document::Document;
use sitrep_model::id::WatchId;
use sitrep_model::watch::Watch;
use sitrep_newsroom::alerts::AlertSettings;
use sitrep_newsroom::push::PushLine;
use sitrep_newsroom::watches::WatchLine;

const WATCHES: usize = 50;
const DOCUMENTS: usize = 50;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    after: Option<String>,
    done: Option<String>,
    /// A query to try.
    #[serde(default)]
    query: Option<String>,
}

#[derive(Template)]
#[template(path = "room_watches.html")]
struct List {
    shell: Shell,
    watches: Vec<WatchLine>,
    next: Option<String>,
    form: Watch,
    version: u64,
    trial: Option<Trial>,
    /// Where alerts go, for those who may set it.
    alerts: Option<AlertSettings>,
    /// The key that browsers subscribe with.
    push_key: String,
    /// One's own browsers that are told.
    browsers: Vec<PushLine>,
    /// Their ids, divided by spaces.
    told: String,
}

#[derive(Template)]
#[template(path = "room_watch.html")]
struct One {
    shell: Shell,
    form: Watch,
    version: u64,
    documents: Vec<Marked>,
    next: Option<String>,
    trial: Option<Trial>,
}

struct Trial {
    fault: Option<String>,
    tried: usize,
    answered: usize,
    documents: Vec<Marked>,
}

struct Marked {
    document: Document,
    direction: &'static str,
    words: Vec<String>,
}

fn marked(document: Document, words: Vec<String>) -> Marked {
    Marked { direction: text::direction(&document.title), document, words }
}

pub(crate) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let trial = tried(&app, &visitor, &desk.id, asked.query.as_deref()).await?;
    let (of, who) = (desk.id.clone(), visitor.who().clone());
    let page = sitrep_newsroom::Query { limit: WATCHES, after: asked.after, ..Default::default() };
    let sets = visitor.may(Permission::Desk(Role::Chief), Some(&desk.id));
    let (found, alerts, browsers) = app
        .ask(move |newsroom| {
            let alerts = if sets { Some(newsroom.alert_settings(&who, &of)?) } else { None };
            Ok((newsroom.watches(&who, &of, &page)?, alerts, newsroom.push_browsers(&who, &of)?))
        })
        .await?;
    let told = browsers.iter().map(|browser| browser.id.as_str()).collect::<Vec<_>>().join(" ");
    let form = Watch {
        id: WatchId::default(),
        desk: desk.id.clone(),
        title: String::new(),
        query: asked.query.unwrap_or_default(),
        note: None,
        retired: false,
    };
    let path = format!("/newsroom/{id}/watches");
    let shell = Shell::of_desk(&visitor, desk, "watches", "Watch list", path).flash(said(asked.done.as_deref()));
    let shell = shell.with_script("push.js");
    let (watches, next, push_key) = (found.items, next_page(found.next, ""), app.newsroom().push_key());
    private(&List { shell, watches, next, form, version: 0, trial, alerts, push_key, browsers, told })
}

pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, watch)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let trial = tried(&app, &visitor, &desk.id, asked.query.as_deref()).await?;
    let (of, who) = (desk.id.clone(), visitor.who().clone());
    let page = sitrep_newsroom::Query { limit: DOCUMENTS, after: asked.after, ..Default::default() };
    let name = format!("{id}/{watch}");
    let (kept, found) = app
        .ask(move |newsroom| {
            let kept = newsroom.watch(&who, &of, &name)?;
            let found = newsroom.marked(&who, &of, &kept.value.id, &page)?;
            Ok((kept, found))
        })
        .await?;
    let of_this = |document: Document| {
        let mark = document.marks.iter().find(|mark| mark.watch == kept.value.id);
        let words = mark.map(|mark| mark.words.clone()).unwrap_or_default();
        marked(document, words)
    };
    let documents = found.items.into_iter().map(|item| of_this(item.value)).collect();
    let mut form = kept.value.clone();
    if let Some(query) = asked.query {
        form.query = query;
    }
    let path = format!("/newsroom/{id}/watches/{watch}");
    let shell = Shell::of_desk(&visitor, desk, "watches", &kept.value.title, path).flash(said(asked.done.as_deref()));
    private(&One { shell, form, version: kept.version, documents, next: next_page(found.next, ""), trial })
}

async fn tried(
    app: &App,
    visitor: &Visitor,
    desk: &sitrep_model::id::DeskId,
    query: Option<&str>,
) -> Result<Option<Trial>, crate::error::PageError> {
    let Some(query) = query.map(str::trim).filter(|query| !query.is_empty()) else { return Ok(None) };
    let (of, who, query) = (desk.clone(), visitor.who().clone(), query.to_owned());
    let outcome = app.ask(move |newsroom| Ok(newsroom.try_watch(&who, &of, &query))).await?;
    Ok(Some(match outcome {
        Ok(trial) => Trial {
            fault: None,
            tried: trial.tried,
            answered: trial.answered,
            documents: trial.documents.into_iter().map(|(document, words)| marked(document, words)).collect(),
        },
        Err(error @ sitrep_newsroom::Error::Invalid { .. }) => {
            Trial { fault: Some(error.to_string()), tried: 0, answered: 0, documents: Vec::new() }
        }
        Err(error) => return Err(error.into()),
    }))
}

#[derive(Deserialize)]
pub(crate) struct Given {
    title: String,
    query: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    version: u64,
    retired: Option<String>,
}

impl Given {
    fn watch(self, desk: sitrep_model::id::DeskId, id: WatchId) -> (Watch, u64) {
        let note = Some(self.note.trim().to_owned()).filter(|note| !note.is_empty());
        let retired = self.retired.is_some();
        (Watch { id, desk, title: self.title, query: self.query, note, retired }, self.version)
    }
}

pub(crate) async fn add(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(given): Form<Given>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let (watch, _) = given.watch(desk.id, WatchId::default());
    let who = visitor.who().clone();
    app.ask(move |newsroom| newsroom.save_watch(&who, &watch, 0)).await?;
    done(&format!("/newsroom/{id}/watches"), "saved")
}

pub(crate) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, name)): Path<(String, String)>,
    Form(given): Form<Given>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let (watch, version) = given.watch(desk.id, WatchId(format!("{id}/{name}")));
    let who = visitor.who().clone();
    app.ask(move |newsroom| newsroom.save_watch(&who, &watch, version)).await?;
    done(&format!("/newsroom/{id}/watches/{name}"), "saved")
}

#[derive(Deserialize)]
pub(crate) struct Addresses {
    #[serde(default)]
    mail: String,
    #[serde(default)]
    every_minutes: u32,
    #[serde(default)]
    webhook: String,
    #[serde(default)]
    webhook_key: String,
    webhook_local: Option<String>,
    push_local: Option<String>,
}

pub(crate) async fn set_alerts(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(given): Form<Addresses>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let mail = given.mail.lines().map(str::to_owned).collect();
    let wanted = AlertSettings {
        mail,
        every_minutes: given.every_minutes,
        webhook: Some(given.webhook),
        webhook_key: Some(given.webhook_key),
        webhook_local: given.webhook_local.is_some(),
        push_local: given.push_local.is_some(),
    };
    let who = visitor.who().clone();
    app.ask(move |newsroom| newsroom.set_alerts(&who, &desk.id, &wanted)).await?;
    done(&format!("/newsroom/{id}/watches"), "saved")
}
