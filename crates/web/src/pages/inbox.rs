//! The inbox: what came in, each document in its own direction and script.

use super::{Answer, done, private, said, station};
use crate::app::App;
use crate::session::Visitor;
use crate::shell::Shell;
use crate::text;
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use serde::Deserialize;
use sitrep_model::document::Document;
use sitrep_newsroom::inbox::{InboxLine, InboxStory, triage_named};
use sitrep_newsroom::sources::outlet;

const DOCUMENTS: usize = 50;
const TABS: [(&str, &str); 5] =
    [("new", "New"), ("kept", "Kept"), ("later", "Later"), ("dropped", "Dropped"), ("all", "All")];
const ACTIONS: [(&str, &str, &str); 3] = [("kept", "Keep", "x"), ("later", "Later", "l"), ("dropped", "Drop", "d")];

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    show: Option<String>,
    doc: Option<String>,
    after: Option<String>,
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "inbox.html")]
struct Inbox {
    shell: Shell,
    show: String,
    tabs: &'static [(&'static str, &'static str)],
    actions: &'static [(&'static str, &'static str, &'static str)],
    alarms: Vec<(String, String, String)>,
    groups: Vec<Group>,
    open: Option<Open>,
    next: Option<String>,
}

/// A story of the page: its first line, and the others folded below.
struct Group {
    first: Item,
    folded: Vec<Item>,
    /// How many tell it, and how many independent origins there are; empty for a single document.
    told: String,
}

struct Item {
    d: Document,
    relation: &'static str,
    outlet: String,
    grade: String,
    direction: &'static str,
    current: bool,
    interests: Vec<String>,
    used: usize,
}

struct Open {
    d: Document,
    outlet: String,
    direction: &'static str,
    dates: Vec<(String, String)>,
}

pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let show = asked.show.filter(|show| TABS.iter().any(|(tab, _)| tab == show)).unwrap_or_else(|| "new".to_owned());
    let query = sitrep_newsroom::Query { limit: DOCUMENTS, after: asked.after, ..Default::default() };
    let (of, who, tab, doc) = (desk.id.clone(), visitor.who().clone(), show.clone(), asked.doc.clone());
    let (stories, next, opened, alarms) = app
        .ask(move |newsroom| {
            let found = newsroom.inbox(&who, &of, &tab, &query)?;
            let stories = newsroom.inbox_stories(&who, &of, found.items)?;
            let opened = match &doc {
                Some(doc) => Some(newsroom.document_page(&who, &of, doc, None)?),
                None => None,
            };
            let alarms = newsroom.alarms(&who, &of)?;
            Ok((stories, found.next, opened, alarms))
        })
        .await?;
    let path = format!("/newsroom/{id}/inbox");
    let shell = Shell::of_desk(&visitor, desk, "inbox", "Inbox", path).flash(said(asked.done.as_deref()));
    let open = match opened {
        Some(page) => Some(open(page.document.value, page.source.map(|source| source.name))),
        None => stories
            .first()
            .and_then(|story| story.lines.first())
            .map(|line| open(line.document.value.clone(), line.source.as_ref().map(|source| source.name.clone()))),
    };
    let current = open.as_ref().map(|open| open.d.id.clone());
    let alarms = alarms.into_iter().map(|(source, alarm)| (source.id.0, source.name, alarm)).collect();
    let groups = stories.into_iter().filter_map(|story| group(&shell, story, current.as_ref())).collect();
    let next = next.map(|after| format!("?show={show}&after={after}"));
    private(&Inbox { shell, show, tabs: &TABS, actions: &ACTIONS, alarms, groups, open, next })
}

fn group(shell: &Shell, story: InboxStory, current: Option<&sitrep_model::id::DocumentId>) -> Option<Group> {
    let told = story.story.as_ref().map(station::told).unwrap_or_default();
    let mut items = story.lines.into_iter().map(|line| item(shell, line, current));
    let first = items.next()?;
    Some(Group { first, folded: items.collect(), told })
}

fn item(shell: &Shell, line: InboxLine, current: Option<&sitrep_model::id::DocumentId>) -> Item {
    let d = line.document.value;
    Item {
        outlet: outlet(line.source.as_ref(), &d.url),
        grade: line.source.as_ref().map_or_else(|| "F".to_owned(), |source| shell.grade(&source.reliability)),
        direction: text::direction(&d.title),
        current: Some(&d.id) == current,
        interests: line.interests,
        used: line.used,
        relation: d.story.as_ref().map_or("", |place| station::relation(place.relation)),
        d,
    }
}

fn open(d: Document, outlet: Option<String>) -> Open {
    let reference = jiff::tz::TimeZone::UTC.to_datetime(d.published.unwrap_or(d.arrived)).date();
    let found = sitrep_language::dates::find(&d.text(), &d.language, reference);
    let mut dates: Vec<(String, String)> = Vec::new();
    for date in found {
        let day = if date.from == date.to {
            text::day(date.from)
        } else {
            format!("{} – {}", text::day(date.from), text::day(date.to))
        };
        if !dates.iter().any(|(words, _)| *words == date.text) {
            dates.push((date.text, day));
        }
    }
    let outlet = outlet.unwrap_or_else(|| sitrep_language::address::host(&d.url));
    Open { direction: text::direction(&d.title), outlet, dates, d }
}

pub(crate) async fn gather(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let desk = app.desk(&id).await?;
    let gathered = app.newsroom().gather_desk(visitor.who(), &desk.id).await?;
    let what = if gathered.refused.is_empty() { "sources" } else { "refused" };
    done(&format!("/newsroom/{id}/inbox"), what)
}

#[derive(Deserialize)]
pub(crate) struct Pasted {
    url: String,
}

pub(crate) async fn paste(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(given): Form<Pasted>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let found = app.newsroom().paste(visitor.who(), &desk.id, &given.url).await?;
    done(&format!("/newsroom/{id}/inbox?show=all&doc={}", found.value.id), "captured")
}

#[derive(Deserialize)]
pub(crate) struct Decided {
    triage: String,
}

pub(crate) async fn triage(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, document)): Path<(String, String)>,
    headers: HeaderMap,
    Form(given): Form<Decided>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let triage = triage_named(&given.triage)?;
    let who = visitor.who().clone();
    app.ask(move |newsroom| newsroom.triage(&who, &desk.id, &document, triage)).await?;
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if accepts.contains("application/json") {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    done(&format!("/newsroom/{id}/inbox"), "saved")
}
