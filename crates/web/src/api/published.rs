//! What readers may ask: public editions, sentences and their threads, search, subscribing.

use super::shapes;
use super::wire::{Answer, AsOf, Asked, Body, Listed, Paging};
use crate::app::App;
use crate::error::PageError;
use crate::session::{Visitor, sender};
use axum::Json;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sitrep_model::Kind;
use sitrep_model::edition::{Edition, EditionState};
use sitrep_model::id::{SectionId, SentenceId};
use sitrep_newsroom::Versioned;
use sitrep_newsroom::search::{Found, Search};
use sitrep_newsroom::threads::Station;
use std::net::SocketAddr;
use utoipa::{IntoParams, ToSchema};

/// The last hit that can be paged to.
const DEEPEST: usize = 2000;

/// A public edition in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicLine {
    /// Its address within the desk.
    slug: String,
    /// Title as printed.
    title: String,
    /// Its date.
    date: Date,
    /// Its state.
    #[schema(value_type = shapes::EditionState)]
    state: EditionState,
    /// When it was published.
    published: Option<Timestamp>,
    /// Its key takeaways; none of an edition that was taken down.
    takeaways: Vec<String>,
    /// Its page.
    url: String,
}

/// A public edition, whole.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicEdition {
    /// Its version in the record.
    version: u64,
    /// Since when it stands so.
    recorded: Timestamp,
    /// Its page.
    url: String,
    /// The edition.
    #[schema(value_type = shapes::Edition)]
    edition: Edition,
}

fn url(app: &App, edition: &Edition) -> String {
    format!("{}/{}/editions/{}", app.newsroom().base(), edition.desk, edition.slug)
}

fn line(app: &App, found: Versioned<Edition>) -> PublicLine {
    let edition = found.value;
    let gone = edition.state == EditionState::TakenDown;
    let takeaways = edition.takeaways.iter().filter(|_| !gone).map(|takeaway| takeaway.body.text.clone());
    PublicLine {
        takeaways: takeaways.collect(),
        url: url(app, &edition),
        slug: edition.slug,
        title: edition.title,
        date: edition.date,
        state: edition.state,
        published: edition.published,
    }
}

/// Public editions, newest first, as known at a moment.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/published", tag = "Reading", params(Paging),
    responses((status = 200, body = Listed<PublicLine>)))]
pub(crate) async fn list(State(app): State<App>, Path(desk): Path<String>, Asked(asked): Asked<Paging>) -> Answer {
    let desk = app.desk(&desk).await?;
    let (as_of, limit) = (asked.as_of(&desk)?, asked.limit());
    let found = app.ask(move |newsroom| newsroom.published(&desk.id, as_of, limit, asked.after)).await?;
    let items = found.items.into_iter().map(|found| line(&app, found)).collect();
    Ok(Json(Listed { items, next: found.next }).into_response())
}

/// A public edition as it stood at a moment. One that was taken down is answered with 410.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/published/{slug}", tag = "Reading", params(AsOf),
    responses((status = 200, body = PublicEdition), (status = 410, body = super::description::Failure)))]
pub(crate) async fn show(
    State(app): State<App>,
    Path((desk, slug)): Path<(String, String)>,
    Asked(asked): Asked<AsOf>,
) -> Answer {
    let desk = app.desk(&desk).await?;
    let as_of = asked.as_of(&desk)?;
    let found = app.ask(move |newsroom| newsroom.public_edition(&desk.id, &slug, as_of)).await?;
    let Versioned { value: edition, version, recorded, .. } = found;
    if edition.state == EditionState::TakenDown {
        return Err(taken_down(&edition).into());
    }
    Ok(Json(PublicEdition { version, recorded, url: url(&app, &edition), edition }).into_response())
}

fn taken_down(edition: &Edition) -> PageError {
    let note = edition.corrections.last().map(|correction| correction.note.clone()).unwrap_or_default();
    PageError::new(StatusCode::GONE, "taken_down", "this edition was taken down").hint(note)
}

/// One thread from a sentence.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Thread {
    /// What it leads to: `document`, `address`, `lead`, `event`, `position`, `assessment` or `edition`.
    kind: &'static str,
    /// Its id; an edition's slug.
    id: Option<String>,
    /// Its title, or the address as it is printed.
    title: String,
    /// Where it can be read; nothing for an address that is printed defanged.
    url: Option<String>,
    /// The passage or sentence that is meant.
    text: Option<String>,
    /// What it is to the sentence, where that is known: `cites`, `reports`, `made` …
    role: Option<String>,
}

fn thread(base: &str, desk: &str, station: Station) -> Thread {
    let at = |path: &str, id: &str| Some(format!("{base}/{desk}/{path}/{id}"));
    let (kind, id, title, url, text, role) = match station {
        Station::Document { document, passage, .. } => {
            let url = at("documents", document.id.as_str());
            ("document", Some(document.id.0), document.title, url, passage.map(|passage| passage.exact), None)
        }
        Station::Address { printed, url } => ("address", None, printed, url, None, None),
        Station::Event(event) => {
            let url = at("events", event.id.as_str());
            ("event", Some(event.id.0), event.summary, url, None, None)
        }
        Station::Lead(line) => {
            let lead = line.lead.value;
            let url = Some(format!("{base}/newsroom/{desk}/leads/{}", lead.id));
            let role = Some(lead.state.as_str().to_owned());
            ("lead", Some(lead.id.0), lead.what, url, lead.passage.map(|passage| passage.exact), role)
        }
        Station::Position(position) => {
            let url = at("positions", position.id.as_str());
            ("position", Some(position.id.0), position.name, url, None, None)
        }
        Station::Assessment { assessment, step } => {
            let url = at("assessments", assessment.id.as_str());
            let role = step.map(|step| step.as_str().to_owned());
            ("assessment", Some(assessment.id.0), assessment.statement, url, None, role)
        }
        Station::Edition { slug, title, text, role, .. } => {
            let url = at("editions", &slug);
            ("edition", Some(slug), title, url, text, Some(role))
        }
    };
    Thread { kind, id, title, url, text, role }
}

/// A sentence with everything that hangs on it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SentenceShown {
    /// Its id.
    id: String,
    /// Its words; as they last stood, where it was dropped.
    text: String,
    /// It is no longer in the edition.
    dropped: bool,
    /// How it read before it was last reworded.
    before: Option<String>,
    /// Slug of its edition.
    edition: String,
    /// Title of its edition.
    edition_title: String,
    /// What hangs on it.
    threads: Vec<Thread>,
}

/// A sentence of a public edition: what it cites, reports and judges, as known at a moment.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/sentences/{id}", tag = "Reading", params(AsOf),
    responses((status = 200, body = SentenceShown), (status = 410, body = super::description::Failure)))]
pub(crate) async fn sentence(
    State(app): State<App>,
    visitor: Visitor,
    Path((desk, id)): Path<(String, String)>,
    Asked(asked): Asked<AsOf>,
) -> Answer {
    let desk = app.desk(&desk).await?;
    let as_of = asked.as_of(&desk)?;
    let (of, who, name) = (desk.id.clone(), visitor.who().clone(), SentenceId(id.clone()));
    let found = app.ask(move |newsroom| newsroom.sentence_page(&who, &of, &name, as_of)).await?;
    if found.gone {
        return Err(taken_down(&found.edition.value).into());
    }
    let base = app.newsroom().base();
    let before = found.before().map(str::to_owned);
    let threads = found.stations.into_iter().map(|station| thread(base, desk.id.as_str(), station)).collect();
    let edition = found.edition.value;
    let shown = SentenceShown {
        id,
        text: found.text,
        dropped: found.dropped,
        before,
        edition: edition.slug,
        edition_title: edition.title,
        threads,
    };
    Ok(Json(shown).into_response())
}

/// What search is asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SearchAsked {
    /// Words, names or a `"phrase"`, in any script.
    #[serde(default)]
    q: String,
    /// Only one kind: `edition`, `document`, `event`, `position` or `assessment`.
    kind: Option<String>,
    /// Hits before the first.
    #[serde(default)]
    offset: usize,
    /// Most hits: 50 where it is left out, 200 at the most.
    limit: Option<usize>,
    /// As known at this moment: a day (its end, in the desk's time zone) or an RFC 3339 time.
    as_of: Option<String>,
}

/// One thing found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Hit {
    /// Its kind.
    kind: &'static str,
    /// Its id.
    id: String,
    /// The sentence, where it is one of an edition.
    sentence: Option<String>,
    /// Its title.
    title: String,
    /// Words around what was found: escaped HTML with `<mark>`.
    snippet: String,
    /// Its language.
    language: Option<String>,
    /// Its valid time.
    date: Option<Timestamp>,
    /// Where it can be read.
    url: String,
}

/// What search found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Hits {
    /// How many there are in all.
    total: usize,
    /// One page of them, best first.
    items: Vec<Hit>,
}

fn hit(base: &str, desk: &str, found: Found) -> Hit {
    let path = match found.kind {
        Kind::Edition => {
            let anchor = found.anchor.as_ref().map(|anchor| format!("#t-{anchor}")).unwrap_or_default();
            format!("editions/{}{anchor}", found.slug.unwrap_or_default())
        }
        kind => format!("{}s/{}", kind.as_str(), found.id),
    };
    Hit {
        kind: found.kind.as_str(),
        id: found.id,
        sentence: found.anchor,
        title: found.title,
        snippet: found.snippet,
        language: found.language,
        date: found.date,
        url: format!("{base}/{desk}/{path}"),
    }
}

/// Search in any script, as known at a moment. Without an account only what is public is found.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/search", tag = "Reading", params(SearchAsked),
    responses((status = 200, body = Hits)))]
pub(crate) async fn search(
    State(app): State<App>,
    visitor: Visitor,
    Path(desk): Path<String>,
    Asked(asked): Asked<SearchAsked>,
) -> Answer {
    let desk = app.desk(&desk).await?;
    let kinds = match asked.kind.as_deref().filter(|kind| !kind.is_empty()) {
        None => Vec::new(),
        Some(kind) => vec![Kind::parse(kind).ok_or_else(|| PageError::invalid(format!("{kind:?} is no kind")))?],
    };
    if asked.q.trim().is_empty() {
        return Ok(Json(Hits { total: 0, items: Vec::new() }).into_response());
    }
    let search = Search {
        text: asked.q.trim().chars().take(400).collect(),
        kinds,
        as_of: crate::pages::moment(asked.as_of.as_deref(), &desk)?,
        limit: asked.limit.unwrap_or(50).clamp(1, 200),
        offset: asked.offset.min(DEEPEST),
        ..Search::default()
    };
    let (of, who) = (desk.id.clone(), visitor.who().clone());
    let results = app.ask(move |newsroom| newsroom.search(&who, &of, &search)).await?;
    let base = app.newsroom().base();
    let items = results.found.into_iter().map(|found| hit(base, desk.id.as_str(), found)).collect();
    Ok(Json(Hits { total: results.total, items }).into_response())
}

/// Whoever wants updates.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Subscription {
    /// E-mail address.
    address: String,
    /// Ids of the sections that are wanted; empty for all.
    #[serde(default)]
    sections: Vec<String>,
}

/// Asks for a desk's updates. The answer is the same whether the address is known or not; the subscription begins once
/// the link in the message that goes out is followed.
#[utoipa::path(post, path = "/api/v1/desks/{desk}/subscribers", tag = "Reading", request_body = Subscription,
    responses((status = 202, description = "If the address can receive mail, a message is on its way to it.")))]
pub(crate) async fn subscribe(
    State(app): State<App>,
    Path(desk): Path<String>,
    connection: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    Body(given): Body<Subscription>,
) -> Answer {
    let desk = app.desk(&desk).await?;
    let from = sender(&headers, connection.map(|axum::Extension(ConnectInfo(peer))| peer));
    let sections = given.sections.into_iter().map(SectionId).collect();
    app.ask(move |newsroom| newsroom.subscribe(&desk.id, &given.address, sections, &from)).await?;
    Ok(StatusCode::ACCEPTED.into_response())
}
