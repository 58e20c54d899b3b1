//! Events in the newsroom: the list, and the form in which a person codes one.

use super::event_form::{Fields, Form, coded};
use super::{Answer, Asked, done, next_page, private, said};
use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::extract::{Form as Sent, Path, Query, State};
use axum::http::StatusCode;
use jiff::tz::TimeZone;
use serde::Deserialize;
use sitrep_model::desk::Desk;
use sitrep_model::document::Document;
use sitrep_model::event::Event;
use sitrep_newsroom::Versioned;

const EVENTS: usize = 100;

#[derive(Template)]
#[template(path = "events.html")]
struct List {
    shell: Shell,
    events: Vec<Line>,
    next: Option<String>,
}

struct Line {
    id: String,
    when: String,
    event_type: String,
    summary: String,
    place: String,
    status: &'static str,
    visibility: &'static str,
}

pub(crate) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let query = sitrep_newsroom::Query { limit: EVENTS, after: asked.after, ..Default::default() };
    let (of, who) = (desk.id.clone(), visitor.who().clone());
    let found = app.ask(move |newsroom| newsroom.list::<Event>(&who, &of, &query)).await?;
    let events = found.items.into_iter().map(|found| line(&desk, found.value)).collect();
    let path = format!("/newsroom/{id}/events");
    let shell = Shell::of_desk(&visitor, desk, "events", "Events", path).flash(said(asked.done.as_deref()));
    private(&List { shell, events, next: next_page(found.next, "") })
}

fn line(desk: &Desk, event: Event) -> Line {
    let zone = TimeZone::get(&desk.time_zone).unwrap_or(TimeZone::UTC);
    let label = desk.event_types.iter().find(|kind| kind.id == event.event_type).map(|kind| kind.label.clone());
    Line {
        id: event.id.0,
        when: sitrep_geo::geojson::printed(&event.when, &zone),
        event_type: label.unwrap_or(event.event_type),
        summary: event.summary,
        place: event.at.name,
        status: event.status.as_str(),
        visibility: crate::text::visibility(event.visibility),
    }
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct AskedForm {
    #[serde(default)]
    document: String,
    #[serde(default)]
    place_query: String,
}

pub(crate) async fn new(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<AskedForm>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let zone = TimeZone::get(&desk.time_zone).unwrap_or(TimeZone::UTC);
    let published = match asked.document.is_empty() {
        true => None,
        false => {
            let (of, who, document) = (desk.id.clone(), visitor.who().clone(), asked.document.clone());
            app.ask(move |newsroom| newsroom.get::<Document>(&who, &of, &document, None)).await?.value.published
        }
    };
    let day = zone.to_datetime(published.unwrap_or_else(|| app.newsroom().now())).date();
    let mut fields = Fields::blank(day);
    (fields.document, fields.place_query) = (asked.document, asked.place_query);
    let title = "New event";
    private(&Form::of(&app, &visitor, desk, title, fields, None).await?)
}

pub(crate) async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Sent(fields): Sent<Fields>,
) -> Answer {
    let desk = app.desk(&id).await?;
    if fields.find.is_some() {
        return private(&Form::of(&app, &visitor, desk, "New event", fields, None).await?);
    }
    match keep(&app, &visitor, &desk, None, &fields).await {
        Ok(_) => done(&format!("/newsroom/{id}/events"), "saved"),
        Err(error) => again(&app, &visitor, desk, "New event", fields, error).await,
    }
}

pub(crate) async fn edit(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, event)): Path<(String, String)>,
    Query(asked): Query<AskedForm>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let found = kept(&app, &visitor, &desk, &event).await?;
    let mut fields = Fields::of(&desk, &found);
    fields.place_query = asked.place_query;
    private(&Form::of(&app, &visitor, desk, "Event", fields, Some(&found.value)).await?)
}

pub(crate) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, event)): Path<(String, String)>,
    Sent(fields): Sent<Fields>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let found = kept(&app, &visitor, &desk, &event).await?;
    if fields.find.is_some() {
        return private(&Form::of(&app, &visitor, desk, "Event", fields, Some(&found.value)).await?);
    }
    match keep(&app, &visitor, &desk, Some(&found.value), &fields).await {
        Ok(_) => done(&format!("/newsroom/{id}/events"), "saved"),
        Err(error) => {
            let form = Form::of(&app, &visitor, desk, "Event", fields, Some(&found.value)).await?;
            refused(form, &error)
        }
    }
}

async fn kept(app: &App, visitor: &Visitor, desk: &Desk, event: &str) -> Result<Versioned<Event>, PageError> {
    let (of, who, event) = (desk.id.clone(), visitor.who().clone(), event.to_owned());
    app.ask(move |newsroom| newsroom.get::<Event>(&who, &of, &event, None)).await
}

async fn keep(
    app: &App,
    visitor: &Visitor,
    desk: &Desk,
    before: Option<&Event>,
    fields: &Fields,
) -> Result<Versioned<Event>, PageError> {
    let (who, desk, before, fields) = (visitor.who().clone(), desk.clone(), before.cloned(), fields.clone());
    app.ask(move |newsroom| {
        let event = coded(newsroom, &who, &desk, before, &fields)?;
        newsroom.save_event(&who, event, fields.version, None)
    })
    .await
}

async fn again(app: &App, visitor: &Visitor, desk: Desk, title: &str, fields: Fields, error: PageError) -> Answer {
    refused(Form::of(app, visitor, desk, title, fields, None).await?, &error)
}

/// The form again, with what was typed and what is wrong with it.
fn refused(form: Form, error: &PageError) -> Answer {
    let mut response = private(&form.with_error(error))?;
    *response.status_mut() = error.status().max(StatusCode::BAD_REQUEST);
    Ok(response)
}
