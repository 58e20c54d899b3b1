//! Editions in the newsroom: the list, beginning one, and writing it (the editor, or the desk's Markdown form).

use super::{Answer, Asked, done, next_page, private, said};
use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use serde::Deserialize;
use sitrep_model::desk::{Desk, NoteStyle};
use sitrep_model::edition::{Edition, EditionState};
use sitrep_newsroom::{Versioned, compose};

const EDITIONS: usize = 50;

#[derive(Template)]
#[template(path = "room_editions.html")]
struct List {
    shell: Shell,
    editions: Vec<Edition>,
    today: Date,
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "edition_edit.html")]
struct Edit {
    shell: Shell,
    e: Edition,
    version: u64,
    error: Option<String>,
    api: String,
    numerals: &'static str,
    markdown: String,
}

pub(crate) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let query = sitrep_newsroom::Query { limit: EDITIONS, after: asked.after, ..Default::default() };
    let (of, who) = (desk.id.clone(), visitor.who().clone());
    let found = app.ask(move |newsroom| newsroom.list::<Edition>(&who, &of, &query)).await?;
    let today = compose::desk_day(&desk, app.newsroom().now());
    let path = format!("/newsroom/{id}/editions");
    let shell = Shell::of_desk(&visitor, desk, "editions", "Editions", path).flash(said(asked.done.as_deref()));
    let editions = found.items.into_iter().map(|found| found.value).collect();
    private(&List { shell, editions, today, next: next_page(found.next, "") })
}

#[derive(Deserialize)]
pub(crate) struct Begun {
    date: String,
    #[serde(default)]
    part: String,
}

pub(crate) async fn begin(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(given): Form<Begun>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let date: Date =
        given.date.trim().parse().map_err(|_| PageError::invalid(format!("{:?} is no day", given.date)))?;
    let part = sitrep_newsroom::ids::slug(&given.part);
    let slug = (!part.is_empty()).then(|| format!("{date}-{part}"));
    let who = visitor.who().clone();
    let begun = app.ask(move |newsroom| newsroom.begin_edition(&who, &desk.id, date, slug.as_deref())).await?;
    Ok(Redirect::to(&format!("/newsroom/{id}/editions/{}", begun.value.id)).into_response())
}

/// An edition of any state.
pub(crate) async fn kept(app: &App, visitor: &Visitor, desk: &Desk, id: &str) -> Result<Versioned<Edition>, PageError> {
    let (of, who, id) = (desk.id.clone(), visitor.who().clone(), id.to_owned());
    app.ask(move |newsroom| newsroom.draft(&who, &of, &id)).await
}

/// An edition in the desk's Markdown form.
pub(crate) async fn written(app: &App, edition: &Edition) -> Result<String, PageError> {
    let edition = edition.clone();
    app.ask(move |newsroom| newsroom.markdown(&edition)).await
}

fn form(visitor: &Visitor, desk: Desk, found: Versioned<Edition>, markdown: String) -> Edit {
    let path = format!("/newsroom/{}/editions/{}", desk.id, found.value.id);
    let api = format!("/api/v1/desks/{}", desk.id);
    let numerals = match desk.style.notes {
        NoteStyle::Roman => "roman",
        NoteStyle::Arabic => "arabic",
    };
    let shell = Shell::of_desk(visitor, desk, "editions", found.value.title.clone(), path).with_script("editor.js");
    Edit { shell, e: found.value, version: found.version, error: None, api, numerals, markdown }
}

pub(crate) async fn edit(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, edition)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let found = kept(&app, &visitor, &desk, &edition).await?;
    if found.value.state != EditionState::Drafting {
        let query = asked.done.map(|done| format!("?done={}", crate::text::query_value(&done))).unwrap_or_default();
        return Ok(Redirect::to(&format!("/newsroom/{id}/editions/{edition}/review{query}")).into_response());
    }
    let markdown = written(&app, &found.value).await?;
    let mut page = form(&visitor, desk, found, markdown);
    page.shell = page.shell.flash(said(asked.done.as_deref()));
    private(&page)
}

#[derive(Deserialize)]
pub(crate) struct Saved {
    version: u64,
    markdown: String,
}

/// A save over somebody else's is refused, and the text that was sent is shown again, with the version it was made for.
pub(crate) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, edition)): Path<(String, String)>,
    Form(given): Form<Saved>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let found = kept(&app, &visitor, &desk, &edition).await?;
    let (of, who, text, key) = (desk.id.clone(), visitor.who().clone(), given.markdown.clone(), edition.clone());
    let version = given.version;
    let saved = app.ask(move |newsroom| newsroom.save_markdown(&who, &of, &key, &text, version)).await;
    match saved {
        Ok(_) => done(&format!("/newsroom/{id}/editions/{edition}"), "saved"),
        Err(error) => {
            let page = form(&visitor, desk, Versioned { version, ..found }, given.markdown);
            let page = Edit { error: Some(error.message().to_owned()), ..page };
            let mut response = private(&page)?;
            *response.status_mut() = error.status();
            Ok(response)
        }
    }
}

/// The edition as a file in the desk's Markdown form, as it may stand in the desk's folder.
pub(crate) async fn markdown(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, edition)): Path<(String, String)>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let found = kept(&app, &visitor, &desk, &edition).await?;
    let text = written(&app, &found.value).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/markdown; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{}.md\"", found.value.slug)),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, text).into_response())
}
