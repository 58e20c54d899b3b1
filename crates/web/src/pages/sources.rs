//! A desk's sources: for readers with their grade, for the newsroom with their health.

use super::source_form::{Form, kinds_offered};
use super::{Answer, Asked, page, private, said};
use crate::app::App;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use serde::Deserialize;
use sitrep_model::source::Source;
use sitrep_newsroom::gather::HandedIn;
use sitrep_newsroom::kinds;
use sitrep_newsroom::sources::SourceLine;

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
    kinds: Vec<(&'static str, &'static str)>,
    form: Form,
}

struct Line {
    source: Source,
    how: &'static str,
    health: String,
    rhythm: String,
    alarm: Option<String>,
    refused: usize,
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    /// The kind whose form is shown.
    how: Option<String>,
    done: Option<String>,
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
    Query(wanted): Query<Wanted>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let (of, who) = (desk.id.clone(), visitor.who().clone());
    let lines = app.ask(move |newsroom| newsroom.source_lines(&who, &of)).await?;
    let path = format!("/newsroom/{id}/sources");
    let shell = Shell::of_desk(&visitor, desk, "sources", "Sources", path).flash(said(wanted.done.as_deref()));
    let sources = lines.into_iter().map(|line| shown(&shell, line)).collect();
    let form = Form::empty(wanted.how.as_deref().unwrap_or("feed"));
    private(&Room { shell, sources, kinds: kinds_offered(), form })
}

fn shown(shell: &Shell, line: SourceLine) -> Line {
    let how = kinds::kind(&line.source.collection.how).map_or("not known here", |kind| kind.label);
    Line {
        how,
        health: health(shell, &line),
        rhythm: line.health.arrivals.rhythm().map(|rhythm| rhythm.in_words()).unwrap_or_default(),
        alarm: line.alarm.clone(),
        refused: line.health.refused.len(),
        source: line.source,
    }
}

/// How a source fares, in words.
pub(crate) fn health(shell: &Shell, line: &SourceLine) -> String {
    match (&line.health.fault, line.health.looked, line.health.succeeded) {
        (Some(fault), Some(looked), succeeded) => {
            let before = succeeded.map(|at| format!("; last success {}", shell.moment(&at))).unwrap_or_default();
            format!("failed {} times, last {}: {fault}{before}", line.health.failures, shell.moment(&looked))
        }
        (_, _, Some(succeeded)) => format!("{}, {} collected", shell.moment(&succeeded), line.health.collected),
        _ => "not yet".to_owned(),
    }
}

/// The sources as OPML, for other programs.
pub(crate) async fn opml(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let desk = app.desk(&id).await?;
    let who = visitor.who().clone();
    let of = desk.id.clone();
    let text = app.ask(move |newsroom| newsroom.sources_opml(&who, &of)).await?;
    let name = format!("attachment; filename=\"{id}-sources.opml\"");
    let headers =
        [(header::CONTENT_TYPE, "text/x-opml; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, text).into_response())
}

/// The page on which a person hands in files and subscriptions, and takes the bookmarklet.
#[derive(Template)]
#[template(path = "room_sources_bring.html")]
struct Bring {
    shell: Shell,
    bookmarklet: String,
    sources: Vec<Source>,
    files: Vec<(&'static str, &'static str)>,
    incoming: String,
    told: Vec<String>,
}

async fn bring_page(app: &App, visitor: &Visitor, id: &str, asked: &Asked, told: Vec<String>) -> Answer {
    let desk = app.desk(id).await?;
    let of = desk.id.clone();
    let (sources, base, incoming) = app
        .ask(move |newsroom| {
            let incoming = newsroom.incoming().path().display().to_string();
            Ok((newsroom.sources(&of)?, newsroom.base().to_owned(), incoming))
        })
        .await?;
    let path = format!("/newsroom/{id}/sources/bring");
    let shell = Shell::of_desk(visitor, desk, "sources", "Bring in", path).flash(said(asked.done.as_deref()));
    let files = kinds::KINDS.iter().filter(|kind| kind.origin == kinds::Origin::Files);
    private(&Bring {
        bookmarklet: bookmarklet(&base, id),
        files: files.map(|kind| (kind.label, kind.what)).collect(),
        shell,
        sources,
        incoming,
        told,
    })
}

/// It leads to the newsroom's own page with the address filled in, and runs nothing of ours on the outlet's page.
fn bookmarklet(base: &str, desk: &str) -> String {
    format!("javascript:location.href='{base}/newsroom/{desk}/capture?url='+encodeURIComponent(location.href)")
}

pub(crate) async fn bring(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    bring_page(&app, &visitor, &id, &asked, Vec::new()).await
}

#[derive(Deserialize)]
pub(crate) struct Subscriptions {
    opml: String,
}

/// Takes subscriptions of another program, as OPML.
pub(crate) async fn take_opml(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    axum::Form(given): axum::Form<Subscriptions>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let who = visitor.who().clone();
    let taken = app.ask(move |newsroom| newsroom.take_opml(&who, &desk.id, given.opml.as_bytes())).await?;
    let mut told = vec![format!("{} sources added, {} known already.", taken.added.len(), taken.known)];
    told.extend(taken.refused.iter().map(|(what, why)| format!("{what}: {why}")));
    bring_page(&app, &visitor, &id, &Asked::default(), told).await
}

/// Takes a file: an export, a mailbox, an archive, a list of addresses.
pub(crate) async fn take_file(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    mut form: axum::extract::Multipart,
) -> Answer {
    use crate::error::PageError;
    let desk = app.desk(&id).await?;
    let wrong = |error: axum::extract::multipart::MultipartError| PageError::invalid(error.body_text());
    let (mut source, mut file) = (None, None);
    while let Some(field) = form.next_field().await.map_err(wrong)? {
        match field.name() {
            Some("source") => source = Some(field.text().await.map_err(wrong)?).filter(|id| !id.is_empty()),
            Some("file") => {
                let name = field.file_name().unwrap_or("file").to_owned();
                file = Some((name, field.bytes().await.map_err(wrong)?));
            }
            _ => {}
        }
    }
    let (name, bytes) =
        file.filter(|(_, bytes)| !bytes.is_empty()).ok_or_else(|| PageError::invalid("choose a file"))?;
    let file = HandedIn { name: &name, bytes: bytes.to_vec(), source: source.as_deref() };
    let taken = app.newsroom().take_file(visitor.who(), &desk.id, file, &|_, _| ()).await?;
    let found = &taken.gathered;
    let mut told = vec![format!("{name}: {} new documents, {} known already.", found.documents.len(), found.known)];
    told.extend(found.refused.iter().take(50).map(|(what, why)| format!("{what}: {why}")));
    bring_page(&app, &visitor, &id, &Asked::default(), told).await
}

#[derive(Template)]
#[template(path = "room_capture.html")]
struct Capture {
    shell: Shell,
    url: String,
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Address {
    #[serde(default)]
    url: String,
}

/// The form that the bookmarklet opens. Nothing is captured before a person presses the button.
pub(crate) async fn capture(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(given): Query<Address>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let path = format!("/newsroom/{id}/capture");
    let shell = Shell::of_desk(&visitor, desk, "inbox", "Capture an address", path);
    private(&Capture { shell, url: given.url })
}
