//! Events in the newsroom: the list, and the form in which a person codes one.

use super::event_form::{Fields, Form, coded};
use super::happening;
use super::{Answer, Asked, done, next_page, private, refused, said};
use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::extract::{Form as Sent, Path, Query, State};
use jiff::tz::TimeZone;
use serde::Deserialize;
use sitrep_model::desk::Desk;
use sitrep_model::document::Document;
use sitrep_model::event::Event;
use sitrep_model::id::LeadId;
use sitrep_model::lead::Lead;
use sitrep_newsroom::{Error, Newsroom, Versioned, Who};

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
    /// The lead that an event is to be coded from.
    #[serde(default)]
    lead: String,
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
    let (of, who) = (desk.clone(), visitor.who().clone());
    let (lead, document) = (asked.lead, asked.document);
    let mut fields = app.ask(move |newsroom| begun(newsroom, &who, &of, &lead, &document)).await?;
    fields.place_query = asked.place_query;
    private(&Form::of(&app, &visitor, desk, "New event", fields, None).await?)
}

/// A new event's fields: filled from a lead, or on the day of the document that it is to rest on.
fn begun(newsroom: &Newsroom, who: &Who, desk: &Desk, lead: &str, document: &str) -> Result<Fields, Error> {
    let lead = match lead {
        "" => None,
        id => Some(newsroom.get::<Lead>(who, &desk.id, id, None)?.value),
    };
    let document = lead.as_ref().map_or(document, |lead| lead.document.as_str());
    let published = match document {
        "" => None,
        id => newsroom.get::<Document>(who, &desk.id, id, None)?.value.published,
    };
    let day = happening::day_of(desk, published.unwrap_or_else(|| newsroom.now()));
    Ok(match &lead {
        Some(lead) => Fields::of_lead(desk, lead, day),
        None => Fields { document: document.to_owned(), ..Fields::blank(day) },
    })
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
        Ok(_) if !fields.lead.is_empty() => done(&format!("/newsroom/{id}/leads"), "taken"),
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
            refused(&form.with_error(&error), &error)
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
        if !fields.lead.is_empty() && fields.version == 0 {
            return newsroom.take_lead(&who, event, &LeadId(fields.lead), None);
        }
        newsroom.save_event(&who, event, fields.version, None)
    })
    .await
}

async fn again(app: &App, visitor: &Visitor, desk: Desk, title: &str, fields: Fields, error: PageError) -> Answer {
    refused(&Form::of(app, visitor, desk, title, fields, None).await?.with_error(&error), &error)
}
