//! Pages: one file a page. Each asks the newsroom, fills its template, and knows nothing of the store.

pub(crate) mod account;
pub(crate) mod archive;
pub(crate) mod archive_file;
pub(crate) mod assessments;
pub(crate) mod calendar;
pub(crate) mod capture;
pub(crate) mod chart;
pub(crate) mod cite;
pub(crate) mod cited;
pub(crate) mod compared;
pub(crate) mod desks;
pub(crate) mod document;
pub(crate) mod edition;
pub(crate) mod edition_changes;
pub(crate) mod editions;
pub(crate) mod event;
pub(crate) mod event_form;
pub(crate) mod events;
pub(crate) mod evidence;
pub(crate) mod facets;
pub(crate) mod feed;
pub(crate) mod front;
mod happening;
pub(crate) mod house;
pub(crate) mod inbox;
pub(crate) mod inbox_acts;
pub(crate) mod inbox_query;
mod inbox_reading;
pub(crate) mod judgements;
mod lead_form;
pub(crate) mod leads;
pub(crate) mod machines;
pub(crate) mod manual;
pub(crate) mod map;
pub(crate) mod message;
pub(crate) mod not_yet_known;
pub(crate) mod oai;
pub(crate) mod oembed;
pub(crate) mod passkey;
pub(crate) mod people;
pub(crate) mod positions;
mod post;
pub(crate) mod push;
pub(crate) mod record;
pub(crate) mod review;
pub(crate) mod search;
pub(crate) mod search_feed;
pub(crate) mod sentence;
pub(crate) mod setup;
pub(crate) mod sign_in;
pub(crate) mod since;
pub(crate) mod sitemap;
pub(crate) mod source;
mod source_form;
pub(crate) mod sources;
pub(crate) mod station;
pub(crate) mod subscribe;
pub(crate) mod subscribers;
pub(crate) mod translation;
pub(crate) mod watches;

use crate::error::PageError;
use crate::session::Visitor;
use crate::text;
use askama::Template;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;
use sitrep_model::desk::Desk;

/// What a page answers.
pub(crate) type Answer = Result<Response, PageError>;

/// A page from its template.
pub(crate) fn page(template: &impl Template) -> Answer {
    let html = template.render().map_err(|error| PageError::internal(&error))?;
    Ok(Html(html).into_response())
}

/// A page that no cache may keep: it shows what only its reader sees.
pub(crate) fn private(template: &impl Template) -> Answer {
    let mut response = page(template)?;
    response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    Ok(response)
}

/// A form again, with what was typed and what is wrong with it.
pub(crate) fn refused(form: &impl Template, error: &PageError) -> Answer {
    let mut response = private(form)?;
    *response.status_mut() = error.status().max(StatusCode::BAD_REQUEST);
    Ok(response)
}

/// After something was done: on to a page (303), which says so.
pub(crate) fn done(path: &str, what: &str) -> Answer {
    let (path, fragment) = path.split_once('#').map_or((path, String::new()), |(p, f)| (p, format!("#{f}")));
    let join = if path.contains('?') { '&' } else { '?' };
    Ok(Redirect::to(&format!("{path}{join}done={what}{fragment}")).into_response())
}

/// What was just done, in words. Only what is known here is said, so that a link can't put words into our mouth.
pub(crate) fn said(done: Option<&str>) -> Option<String> {
    let words = match done? {
        "saved" => "Saved.",
        "lead" => "The lead is made; it waits for a yes or no.",
        "taken" => "The event is coded and the lead taken.",
        "refused-lead" => "The lead is refused.",
        "put-back" => "The lead waits again.",
        "undone" => "Taken back.",
        "translated" => "Translated; the original stands beside it.",
        "assigned" => "The task is set.",
        "sources" => "The sources were looked at.",
        "refused" => "Some sources could not be collected; the sources' page says why.",
        "captured" => "Captured.",
        "removed" => "The bytes are removed; the tombstone stays.",
        "looked" => "The page was looked at again.",
        "accepted" => "From now on it is held against what it says today.",
        "cited" => "The note was set.",
        "submitted" => "Handed in for review.",
        "returned" => "Sent back to drafting.",
        "approved" => "Approved.",
        "published" => "Published. Messages are on their way.",
        "corrected" => "The correction is public.",
        "retracted" => "The edition is retracted.",
        "taken-down" => "The edition is taken down.",
        "ended" => "Ended.",
        "sent" => "What was due was sent.",
        "decided" => "Your decision about the message is kept.",
        "step" => "The step is recorded.",
        "made" => "Made.",
        "signed-out" => "You are signed out.",
        "password" => "The password was changed; other sessions ended.",
        "factor" => "The second factor is set.",
        "factor-removed" => "The second factor was removed.",
        _ => return None,
    };
    Some(words.to_owned())
}

/// Query parameters that many pages know.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    as_of: Option<String>,
    /// Where a list's page begins.
    pub after: Option<String>,
    /// What was just done.
    pub done: Option<String>,
}

impl Asked {
    /// The moment that a desk's page is asked for.
    pub(crate) fn as_of(&self, desk: &Desk) -> Result<Option<Timestamp>, PageError> {
        moment(self.as_of.as_deref(), desk)
    }
}

/// The moment that `?as_of=` names; a day means its end in the desk's time zone.
pub(crate) fn moment(value: Option<&str>, desk: &Desk) -> Result<Option<Timestamp>, PageError> {
    let zone = TimeZone::get(&desk.time_zone).unwrap_or(TimeZone::UTC);
    match value.map(str::trim).filter(|value| !value.is_empty()) {
        None => Ok(None),
        Some(value) => text::as_of(value, &zone).map(Some).ok_or_else(|| {
            PageError::invalid(format!("{value:?} is no moment"))
                .hint("Write a day (2026-11-20) or a time (2026-11-20T18:00:00Z).")
        }),
    }
}

/// The query of a list's next page.
pub(crate) fn next_page(cursor: Option<String>, keep: &str) -> Option<String> {
    cursor.map(|cursor| format!("?after={cursor}{keep}"))
}

/// What no route knows.
pub(crate) async fn not_found(uri: Uri, headers: HeaderMap) -> Response {
    let back = crate::guard::ways_back(&Visitor::default(), uri.path(), None);
    PageError::not_found("page").leading(crate::guard::wants_json(uri.path(), &headers), &back)
}
