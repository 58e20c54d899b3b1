//! Leads in the newsroom: the list, where each is answered by yes, no or edit, and the form in which a person makes one.

use super::lead_form::{Begun, Fields, Form};
use super::{Answer, done, private, refused, said};
use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use crate::shell::Shell;
use crate::text;
use askama::Template;
use axum::Json;
use axum::extract::{Form as Sent, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::IntoResponse;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::json;
use sitrep_model::Kind;
use sitrep_model::account::{Permission, Role};
use sitrep_model::desk::Desk;
use sitrep_model::lead::Lead;
use sitrep_newsroom::leads::LeadLine;
use std::collections::HashMap;

const LEADS: usize = 50;
const TABS: [(&str, &str); 4] = [("waiting", "Waiting"), ("taken", "Taken"), ("refused", "Refused"), ("all", "All")];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    status: String,
    /// Only those of this document.
    document: String,
    after: Option<String>,
    done: Option<String>,
}

impl Asked {
    fn tab(&self) -> &'static str {
        TABS.iter().map(|(tab, _)| *tab).find(|tab| *tab == self.status).unwrap_or("waiting")
    }

    fn query(&self) -> sitrep_newsroom::Query {
        let status = self.tab();
        let of = Some(&self.document).filter(|document| !document.is_empty());
        sitrep_newsroom::Query {
            limit: LEADS,
            after: self.after.clone(),
            status: if status == "all" { Vec::new() } else { vec![status.to_owned()] },
            linked: of.map(|document| (None, Kind::Document, document.clone())),
            ..Default::default()
        }
    }

    fn href(&self, status: &str) -> String {
        let mut href = format!("?status={status}");
        if !self.document.is_empty() {
            href.push_str(&format!("&document={}", text::query_value(&self.document)));
        }
        href
    }
}

#[derive(Template)]
#[template(path = "leads.html")]
struct List {
    shell: Shell,
    /// Words, address, how many, whether it is shown; how many is not told of one document's.
    tabs: Vec<(&'static str, String, Option<u64>, bool)>,
    /// The document whose leads they are.
    document: Option<String>,
    acts: bool,
    leads: Vec<Line>,
    next: Option<String>,
}

/// A lead as the list shows it.
struct Line {
    lead: Lead,
    line: LeadLine,
    direction: &'static str,
    /// What is known of it: type, time, place, actors, figures.
    told: Vec<String>,
    became: String,
}

pub(crate) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let (of, who, query) = (desk.id.clone(), visitor.who().clone(), asked.query());
    let (found, counts) = app
        .ask(move |newsroom| {
            let counts = TABS.map(|(tab, _)| match tab {
                "all" => newsroom.count::<Lead>(&of, &[]),
                tab => newsroom.count::<Lead>(&of, &[tab]),
            });
            let counts = counts.into_iter().collect::<Result<Vec<_>, _>>()?;
            Ok((newsroom.leads(&who, &of, &query)?, counts))
        })
        .await?;
    let whole = asked.document.is_empty();
    let tab = |((tab, label), count): ((&'static str, &'static str), u64)| {
        (label, asked.href(tab), whole.then_some(count), tab == asked.tab())
    };
    let tabs = TABS.into_iter().zip(counts).map(tab).collect();
    let acts = visitor.may(Permission::Desk(Role::Analyst), Some(&desk.id));
    let next = found.next.map(|after| format!("{}&after={after}", asked.href(asked.tab())));
    let shell = Shell::of_desk(&visitor, desk, "leads", "Leads", format!("/newsroom/{id}/leads"));
    let shell = shell.flash(said(asked.done.as_deref()));
    let leads = found.items.into_iter().map(|line| shown(&shell, line)).collect();
    let document = Some(asked.document).filter(|document| !document.is_empty());
    private(&List { shell, tabs, document, acts, leads, next })
}

fn shown(shell: &Shell, line: LeadLine) -> Line {
    let lead = line.lead.value.clone();
    let mut told = Vec::new();
    if let Some(desk) = &shell.desk {
        let zone = TimeZone::get(&desk.time_zone).unwrap_or(TimeZone::UTC);
        let label = |id: &String| {
            let known = desk.event_types.iter().find(|kind| &kind.id == id);
            known.map_or_else(|| id.clone(), |kind| kind.label.clone())
        };
        told.extend(lead.event_type.as_ref().map(label));
        told.extend(lead.when.as_ref().map(|when| sitrep_geo::geojson::printed(when, &zone)));
    }
    told.extend(lead.at.as_ref().map(|at| at.name.clone()));
    let parts = lead.actors.iter().zip(&line.actors);
    told.extend(parts.map(|(part, name)| format!("{name} ({})", part.role)));
    told.extend(lead.counts.iter().map(text::count));
    Line { became: super::station::became(shell, &lead), direction: text::direction(&lead.what), told, lead, line }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct AskedForm {
    document: String,
    /// What was marked in the document's text.
    passage: String,
    /// Only the form, for the inbox's dialog: `form`.
    part: Option<String>,
    as_of: Option<String>,
    done: Option<String>,
}

pub(crate) async fn new(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<AskedForm>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let begun = Begun::Marked { document: asked.document, words: asked.passage };
    let form = Form::new(&app, &visitor, &desk, begun).await?;
    answered(form, asked.part.as_deref())
}

/// The page, or the form alone.
fn answered(form: Form, part: Option<&str>) -> Answer {
    if part == Some("form") { private(&form.part()) } else { private(&form) }
}

pub(crate) async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<AskedForm>,
    uri: Uri,
    headers: HeaderMap,
    Sent(sent): Sent<HashMap<String, String>>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let fields = Fields::sent(&sent);
    if fields.find {
        let form = Form::new(&app, &visitor, &desk, Begun::Typed(Box::new(fields))).await?;
        return answered(form, asked.part.as_deref());
    }
    let json = crate::guard::wants_json(uri.path(), &headers);
    match keep(&app, &visitor, &desk, None, &fields).await {
        Ok(lead) if json => Ok((StatusCode::CREATED, Json(json!({ "id": lead.id }))).into_response()),
        Ok(lead) => {
            let back = format!("/newsroom/{id}/inbox?show=all&doc={}", text::query_value(lead.document.as_str()));
            done(&back, "lead")
        }
        Err(error) if json => Err(error),
        Err(error) => {
            let form = Form::new(&app, &visitor, &desk, Begun::Typed(Box::new(fields))).await?;
            refused(&form.with_error(&error), &error)
        }
    }
}

pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, lead)): Path<(String, String)>,
    Query(asked): Query<AskedForm>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let as_of = super::moment(asked.as_of.as_deref(), &desk)?;
    let (of, who) = (desk.id.clone(), visitor.who().clone());
    let line = app.ask(move |newsroom| newsroom.lead(&who, &of, &lead, as_of)).await?;
    let form = Form::kept(&app, &visitor, &desk, line, None).await?;
    private(&form.known_at(as_of).flash(said(asked.done.as_deref())))
}

pub(crate) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, lead)): Path<(String, String)>,
    Sent(sent): Sent<HashMap<String, String>>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let (of, who) = (desk.id.clone(), visitor.who().clone());
    let line = app.ask(move |newsroom| newsroom.lead(&who, &of, &lead, None)).await?;
    let mut fields = Fields::sent(&sent);
    fields.document.clone_from(&line.lead.value.document.0);
    if fields.find {
        return private(&Form::kept(&app, &visitor, &desk, line, Some(fields)).await?);
    }
    match keep(&app, &visitor, &desk, Some(&line.lead.value), &fields).await {
        Ok(_) => done(&format!("/newsroom/{id}/leads"), "saved"),
        Err(error) => {
            let form = Form::kept(&app, &visitor, &desk, line, Some(fields)).await?;
            refused(&form.with_error(&error), &error)
        }
    }
}

async fn keep(
    app: &App,
    visitor: &Visitor,
    desk: &Desk,
    before: Option<&Lead>,
    fields: &Fields,
) -> Result<Lead, PageError> {
    let (who, desk, before, fields) = (visitor.who().clone(), desk.clone(), before.cloned(), fields.clone());
    app.ask(move |newsroom| {
        let lead = fields.lead(newsroom, &who, &desk, before.as_ref())?;
        // A form without its version is none of ours: it must not make a second lead of one that is kept.
        let version = if before.is_some() { fields.version.max(1) } else { 0 };
        Ok(newsroom.save_lead(&who, &lead, version)?.value)
    })
    .await
}

#[derive(Deserialize)]
pub(crate) struct No {
    #[serde(default)]
    reason: String,
}

pub(crate) async fn refuse(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, lead)): Path<(String, String)>,
    Sent(given): Sent<No>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let who = visitor.who().clone();
    app.ask(move |newsroom| newsroom.refuse_lead(&who, &desk.id, &lead, &given.reason)).await?;
    done(&format!("/newsroom/{id}/leads"), "refused-lead")
}

pub(crate) async fn put_back(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, lead)): Path<(String, String)>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let who = visitor.who().clone();
    app.ask(move |newsroom| newsroom.put_lead_back(&who, &desk.id, &lead)).await?;
    done(&format!("/newsroom/{id}/leads"), "put-back")
}
