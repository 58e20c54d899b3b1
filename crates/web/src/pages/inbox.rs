//! The inbox: what came in, what matters most on top, each document in its own direction and script.

use super::inbox_query::{Asked, Choice, Tab};
use super::inbox_reading::{Line, Opened, Reading};
use super::{Answer, done, private, said};
use crate::app::App;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use serde::Deserialize;
use sitrep_model::account::{Account, Permission, Role};
use sitrep_newsroom::inbox::{InboxLine, InboxPage, InboxStory, Reason, ReasonKind, SavedView};

/// Stories on a page; the island asks for the next page before its end is come to.
const STORIES: usize = 50;
/// Reasons that a line names; the reading pane names all.
const REASONS: usize = 4;

#[derive(Template)]
#[template(path = "inbox.html")]
struct Inbox {
    shell: Shell,
    tabs: Vec<Tab>,
    choices: Vec<Choice>,
    /// What is filtered by, as an address's query: kept by every link and form of the page.
    keep: String,
    words: String,
    filtered: bool,
    acts: bool,
    /// Whose service translates, for those who may set it.
    engine: Option<&'static str>,
    views: Vec<SavedView>,
    alarms: Vec<(String, String, String)>,
    groups: Vec<Group>,
    reading: Option<Reading>,
    next: Option<String>,
}

/// Further lines, for the island.
#[derive(Template)]
#[template(path = "inbox_lines.html")]
struct Lines {
    shell: Shell,
    keep: String,
    groups: Vec<Group>,
    next: Option<String>,
}

/// The reading pane and its line, for the island.
#[derive(Template)]
#[template(path = "inbox_part.html")]
struct Part {
    shell: Shell,
    keep: String,
    acts: bool,
    reading: Option<Reading>,
    line: Line,
}

/// A story of the page: its first line, and the others folded below.
pub(crate) struct Group {
    first: Line,
    folded: Vec<Line>,
    /// Documents that are not shown.
    more: usize,
    /// How many tell it, and how many independent origins there are; empty for a single document.
    told: String,
}

pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let acts = visitor.may(Permission::Desk(Role::Analyst), Some(&desk.id));
    let keep = asked.keep();
    let shell = Shell::of_desk(&visitor, desk.clone(), "inbox", "Inbox", format!("/newsroom/{id}/inbox"));
    let shell = shell.flash(said(asked.done.as_deref()));
    if let (Some("reading"), Some(doc)) = (asked.part.as_deref(), asked.doc.clone()) {
        let (reading, line) = opened(&app, &visitor, &shell, &desk, doc, true).await?;
        return private(&Part {
            keep,
            acts,
            reading: Some(reading),
            line: Line::of(&shell, line, Vec::new(), true),
            shell,
        });
    }
    let (of, who) = (desk.id.clone(), visitor.who().clone());
    let query = asked.query(visitor.account(), STORIES);
    let page = app.ask(move |newsroom| newsroom.inbox(&who, &of, &query)).await?;
    let next = page.next.as_ref().map(|after| format!("?{keep}&after={}", crate::text::query_value(after)));
    if asked.part.as_deref() == Some("lines") {
        let groups = groups(&shell, page, None, &visitor);
        return private(&Lines { keep, groups, next, shell });
    }
    let first = || page.stories.first().and_then(|s| s.lines.first()).map(|l| l.document.value.id.0.clone());
    let (of, who) = (desk.id.clone(), visitor.who().clone());
    let (alarms, members, views, engine) = app
        .ask(move |newsroom| {
            let (alarms, members) = (newsroom.alarms(&who, &of)?, newsroom.members(&who, &of)?);
            Ok((alarms, members, newsroom.views(&who, &of)?, newsroom.translates(&who, &of)?))
        })
        .await?;
    let engine = visitor.may(Permission::Desk(Role::Chief), Some(&desk.id)).then_some(engine.label());
    let reading = match asked.doc.clone().or_else(first) {
        Some(doc) => Some(opened(&app, &visitor, &shell, &desk, doc, asked.doc.is_some()).await?.0),
        None => None,
    };
    let alarms = alarms.into_iter().map(|(source, alarm)| (source.id.0, source.name, alarm)).collect();
    let (tabs, choices) = (asked.tabs(&page), asked.choices(&page, &members, visitor.account()));
    let current = reading.as_ref().map(|reading| reading.d.id.0.clone());
    let filtered = asked.is_filtered();
    let words = asked.q.clone();
    let groups = groups(&shell, page, current.as_deref(), &visitor);
    private(&Inbox { shell, tabs, choices, keep, words, filtered, acts, engine, views, alarms, groups, reading, next })
}

/// A document in the pane; whoever asked for it has opened it.
async fn opened(
    app: &App,
    visitor: &Visitor,
    shell: &Shell,
    desk: &sitrep_model::desk::Desk,
    doc: String,
    asked_for: bool,
) -> Result<(Reading, InboxLine), crate::error::PageError> {
    let (of, who) = (desk.clone(), visitor.who().clone());
    let opened = app
        .ask(move |newsroom| {
            let (line, reasons) = newsroom.inbox_line(&who, &of.id, &doc)?;
            if asked_for {
                newsroom.mark_read(&who, &of.id, &doc)?;
            }
            let namings = newsroom.namings(&who, &of, &line.document.value)?;
            let (members, engine) = (newsroom.members(&who, &of.id)?, newsroom.translates(&who, &of.id)?);
            Ok(Opened { line, reasons, members, namings, engine })
        })
        .await?;
    let line = opened.line.clone();
    Ok((Reading::of(shell, opened), line))
}

fn groups(shell: &Shell, page: InboxPage, current: Option<&str>, visitor: &Visitor) -> Vec<Group> {
    page.stories.into_iter().filter_map(|story| group(shell, story, current, visitor.account())).collect()
}

fn group(shell: &Shell, story: InboxStory, current: Option<&str>, asker: Option<&Account>) -> Option<Group> {
    let told = if story.documents > 1 { super::station::told(story.documents, &story.origins) } else { String::new() };
    let matters = |reason: &&Reason| matches!(reason.kind, ReasonKind::Interest | ReasonKind::Assigned);
    let mut reasons: Vec<String> = Vec::new();
    for reason in story.reasons.iter().filter(matters).take(REASONS) {
        reasons.push(if reason.subject.is_empty() { "your task".to_owned() } else { reason.subject.clone() });
    }
    let mut lines = story.lines.into_iter().map(|line| {
        let is_current = current == Some(line.document.value.id.as_str());
        let read = line.readers.iter().any(|reader| asker.is_some_and(|asker| asker.id == reader.account));
        let mut line = Line::of(shell, line, Vec::new(), read);
        line.current = is_current;
        line
    });
    let mut first = lines.next()?;
    first.reasons = reasons;
    Some(Group { first, folded: lines.collect(), more: story.more, told })
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
