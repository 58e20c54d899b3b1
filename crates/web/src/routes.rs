//! Every route, once: method, path, title, permission, handler. The tests enumerate it against every role.

use crate::api;
use crate::app::App;
use crate::pages;
use axum::handler::Handler;
use axum::routing::{MethodFilter, MethodRouter, on};
use sitrep_model::account::{Permission, Role};

/// A route.
pub struct Route {
    /// Its method.
    pub method: Method,
    /// Its path, as axum writes it.
    pub path: &'static str,
    /// What it is for, in a few words: the operation's summary in the API's description.
    pub title: &'static str,
    /// What it asks for.
    pub permission: Permission,
    /// Its handler.
    pub(crate) handler: Box<dyn Fn() -> MethodRouter<App> + Send + Sync>,
}

/// The methods that routes have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Shows.
    Get,
    /// Does.
    Post,
    /// Replaces.
    Put,
}

impl Method {
    /// Its name in HTTP.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
        }
    }
}

fn route<H, T>(method: Method, path: &'static str, title: &'static str, permission: Permission, handler: H) -> Route
where
    H: Handler<T, App> + Sync,
    T: 'static,
{
    let filter = match method {
        Method::Get => MethodFilter::GET,
        Method::Post => MethodFilter::POST,
        Method::Put => MethodFilter::PUT,
    };
    Route { method, path, title, permission, handler: Box::new(move || on(filter, handler.clone())) }
}

/// The whole table.
pub fn table() -> Vec<Route> {
    let mut table = reading();
    table.extend(room());
    table.extend(api());
    table
}

/// What readers see.
#[rustfmt::skip]
fn reading() -> Vec<Route> {
    use Method::{Get, Post};
    use pages as p;
    const ALL: Permission = Permission::Public;
    vec![
        route(Get, "/", "The desks", ALL, p::house::show),
        route(Get, "/{desk}", "A desk's front page", ALL, p::front::show),
        route(Get, "/{desk}/editions/{slug}", "An edition, or one of its forms", ALL, p::edition::show),
        route(Get, "/{desk}/editions/{slug}/changes/{version}", "What a version changed", ALL, p::edition_changes::show),
        route(Get, "/{desk}/sentences/{id}", "What a sentence rests on", ALL, p::sentence::show),
        route(Get, "/{desk}/documents/{id}", "A document and who relies on it", ALL, p::document::show),
        route(Get, "/{desk}/documents/{id}/page", "The captured page", ALL, p::document::captured),
        route(Get, "/{desk}/documents/{id}/picture", "The captured page as a picture", ALL, p::document::picture),
        route(Get, "/{desk}/documents/{id}/print", "The captured page as a PDF", ALL, p::document::print),
        route(Get, "/{desk}/events/{id}", "An event", ALL, p::event::show),
        route(Get, "/{desk}/positions/{id}", "A position", ALL, p::event::position),
        route(Get, "/{desk}/map", "The map and its table", ALL, p::map::show),
        route(Get, "/{desk}/map.geojson", "The map's features", ALL, p::map::features),
        route(Get, "/{desk}/assessments", "Standing assessments", ALL, p::assessments::list),
        route(Get, "/{desk}/assessments/{id}", "The life of an assessment", ALL, p::assessments::show),
        route(Get, "/{desk}/archive", "All editions", ALL, p::archive::show),
        route(Get, "/{desk}/since", "What changed between two editions", ALL, p::since::show),
        route(Get, "/{desk}/not-yet-known", "What was not yet known", ALL, p::not_yet_known::show),
        route(Get, "/{desk}/search", "Search", ALL, p::search::show),
        route(Get, "/{desk}/search.atom", "A saved search as a feed", ALL, p::search_feed::atom),
        route(Get, "/{desk}/suggest", "Words that begin so", ALL, p::search::suggest),
        route(Get, "/{desk}/archive.sqlite", "The whole archive as one file", ALL, p::archive_file::show),
        route(Get, "/{desk}/calendar", "Editions by day", ALL, p::calendar::show),
        route(Get, "/{desk}/sections", "Sections through the editions", ALL, p::facets::list),
        route(Get, "/{desk}/sections/{id}", "A section through the editions", ALL, p::facets::show),
        route(Get, "/{desk}/campaigns", "Campaigns", ALL, p::facets::list),
        route(Get, "/{desk}/campaigns/{id}", "A campaign through the editions", ALL, p::facets::show),
        route(Get, "/{desk}/outlets", "Outlets that editions cite", ALL, p::facets::list),
        route(Get, "/{desk}/outlets/{id}", "Everything cited from an outlet", ALL, p::facets::show),
        route(Get, "/{desk}/actors", "Actors that editions name", ALL, p::facets::list),
        route(Get, "/{desk}/actors/{id}", "Where an actor is named", ALL, p::facets::show),
        route(Get, "/{desk}/places", "Places that editions name", ALL, p::facets::list),
        route(Get, "/{desk}/places/{id}", "Where a place is named", ALL, p::facets::show),
        route(Get, "/{desk}/feed.atom", "Feed of editions (Atom)", ALL, p::feed::desk),
        route(Get, "/{desk}/feed.rss", "Feed of editions (RSS)", ALL, p::feed::desk),
        route(Get, "/{desk}/feed.json", "Feed of editions (JSON Feed)", ALL, p::feed::desk),
        route(Get, "/{desk}/sections/{id}/feed.atom", "Feed of a section (Atom)", ALL, p::feed::part),
        route(Get, "/{desk}/sections/{id}/feed.rss", "Feed of a section (RSS)", ALL, p::feed::part),
        route(Get, "/{desk}/sections/{id}/feed.json", "Feed of a section (JSON Feed)", ALL, p::feed::part),
        route(Get, "/{desk}/campaigns/{id}/feed.atom", "Feed of a campaign (Atom)", ALL, p::feed::part),
        route(Get, "/{desk}/campaigns/{id}/feed.rss", "Feed of a campaign (RSS)", ALL, p::feed::part),
        route(Get, "/{desk}/campaigns/{id}/feed.json", "Feed of a campaign (JSON Feed)", ALL, p::feed::part),
        route(Get, "/{desk}/sources", "The desk's sources", ALL, p::sources::show),
        route(Get, "/{desk}/subscribe", "Subscribe", ALL, p::subscribe::form),
        route(Post, "/{desk}/subscribe", "Ask for updates", ALL, p::subscribe::ask),
        route(Get, "/{desk}/confirm/{secret}", "Confirm a subscription", ALL, p::subscribe::confirm_form),
        route(Post, "/{desk}/confirm/{secret}", "Confirm a subscription", ALL, p::subscribe::confirm),
        route(Get, "/{desk}/leave/{subscriber}/{token}", "Leave", ALL, p::subscribe::leave_form),
        route(Post, "/{desk}/leave/{subscriber}/{token}", "Leave with one click", ALL, p::subscribe::leave),
        route(Get, "/manual/checks", "The checks", ALL, p::manual::list),
        route(Get, "/manual/checks/{rule}", "A check", ALL, p::manual::show),
        route(Get, "/signing-key.json", "The key that vouches for captures", ALL, p::capture::key),
        route(Get, "/robots.txt", "What robots may read", ALL, p::machines::robots),
        route(Get, "/sitemap.xml", "Every public page", ALL, p::sitemap::index),
        route(Get, "/{desk}/sitemap.xml", "A desk's public pages", ALL, p::sitemap::desk),
        route(Get, "/schemas/edition.json", "The JSON Schema of an edition", ALL, p::machines::edition_schema),
        route(Get, "/oai", "What libraries harvest (OAI-PMH)", ALL, p::oai::get),
        route(Post, "/oai", "What libraries harvest (OAI-PMH)", ALL, p::oai::post),
        route(Get, "/oembed", "An edition or a sentence for other sites", ALL, p::oembed::show),
        route(Get, "/favicon.ico", "The icon, where browsers look for it", ALL, p::machines::icon),
        route(Get, "/healthz", "Whether the server stands", ALL, p::machines::health),
    ]
}

/// The newsroom.
#[rustfmt::skip]
fn room() -> Vec<Route> {
    use Method::{Get, Post};
    use pages as p;
    const ALL: Permission = Permission::Public;
    const IN: Permission = Permission::SignedIn;
    const READER: Permission = Permission::Desk(Role::Reader);
    const ANALYST: Permission = Permission::Desk(Role::Analyst);
    const EDITOR: Permission = Permission::Desk(Role::Editor);
    const CHIEF: Permission = Permission::Desk(Role::Chief);
    const OPERATOR: Permission = Permission::Operator;
    vec![
        route(Get, "/newsroom/sign-in", "Sign in", ALL, p::sign_in::form),
        route(Post, "/newsroom/sign-in", "Sign in", ALL, p::sign_in::sign_in),
        route(Post, "/newsroom/sign-out", "Sign out", IN, p::sign_in::sign_out),
        route(Get, "/newsroom/setup/{secret}", "Make an account", ALL, p::setup::form),
        route(Post, "/newsroom/setup/{secret}", "Make an account", ALL, p::setup::set_up),
        route(Post, "/newsroom/passkey/login/begin", "Sign in with a passkey: begin", ALL, p::passkey::login_begin),
        route(Post, "/newsroom/passkey/login/finish", "Sign in with a passkey: finish", ALL, p::passkey::login_finish),
        route(Post, "/newsroom/passkey/register/begin", "Register a passkey: begin", IN, p::passkey::register_begin),
        route(Post, "/newsroom/passkey/register/finish", "Register a passkey: finish", IN, p::passkey::register_finish),
        route(Get, "/newsroom/push-worker.js", "The script that shows notifications", ALL, p::push::worker),
        route(Get, "/newsroom", "Your desks", IN, p::desks::show),
        route(Get, "/newsroom/account", "Your account", IN, p::account::show),
        route(Post, "/newsroom/account/password", "Change the password", IN, p::account::password),
        route(Post, "/newsroom/account/totp", "Offer a second factor", IN, p::account::offer_totp),
        route(Post, "/newsroom/account/totp/confirm", "Set the second factor", IN, p::account::set_totp),
        route(Post, "/newsroom/account/totp/remove", "Remove the second factor", IN, p::account::remove_totp),
        route(Post, "/newsroom/account/sessions/{digest}/end", "End a session", IN, p::account::end_session),
        route(Post, "/newsroom/account/token", "Make a token for programs", IN, p::account::token),
        route(Get, "/newsroom/people", "Accounts", OPERATOR, p::people::show),
        route(Post, "/newsroom/people", "Invite somebody", OPERATOR, p::people::invite),
        route(Post, "/newsroom/people/{id}", "Change roles, close, or give a new link", OPERATOR, p::people::change),
        route(Get, "/newsroom/record", "The record of changes", OPERATOR, p::record::show),
        route(Get, "/newsroom/{desk}/inbox", "What came in", READER, p::inbox::show),
        route(Post, "/newsroom/{desk}/gather", "Look at the sources now", ANALYST, p::inbox::gather),
        route(Get, "/newsroom/{desk}/capture", "The form for an address", ANALYST, p::sources::capture),
        route(Post, "/newsroom/{desk}/paste", "Capture an address", ANALYST, p::inbox::paste),
        route(Post, "/newsroom/{desk}/documents/{id}/triage", "Decide about a document", ANALYST, p::inbox_acts::triage),
        route(Post, "/newsroom/{desk}/documents/{id}/assign", "Say whose task a document is", ANALYST, p::inbox_acts::assign),
        route(Post, "/newsroom/{desk}/documents/{id}/graphic", "Say whether a document is graphic", ANALYST, p::inbox_acts::graphic),
        route(Post, "/newsroom/{desk}/documents/{id}/translation", "Have a document translated", ANALYST, p::translation::translate),
        route(Get, "/newsroom/{desk}/translation", "The service for translation", CHIEF, p::translation::form),
        route(Post, "/newsroom/{desk}/translation", "Choose the service for translation", CHIEF, p::translation::set),
        route(Post, "/newsroom/{desk}/views", "Save a view of the inbox", READER, p::inbox_acts::save_view),
        route(Post, "/newsroom/{desk}/views/forget", "Let a saved view go", READER, p::inbox_acts::forget_view),
        route(Post, "/newsroom/{desk}/undo", "Take the last act in the inbox back", ANALYST, p::inbox_acts::undo),
        route(Get, "/newsroom/{desk}/documents/{id}/warc", "The capture as WARC", READER, p::document::warc),
        route(Get, "/newsroom/{desk}/documents/{id}/file", "What was received, as a file", READER, p::document::file),
        route(Get, "/newsroom/{desk}/documents/{id}/wacz", "A document's captures as WACZ", READER, p::capture::of_document),
        route(Get, "/newsroom/{desk}/editions/{id}/wacz", "What an edition cites as WACZ", READER, p::capture::of_edition),
        route(Get, "/newsroom/{desk}/captures/{id}/statement", "What is signed and stamped of a capture", READER, p::capture::statement),
        route(Get, "/newsroom/{desk}/captures/{id}/time-stamp", "A capture's time-stamp token", READER, p::capture::token),
        route(Post, "/newsroom/{desk}/captures/{id}/remove", "Remove a capture's bytes", CHIEF, p::capture::remove),
        route(Get, "/newsroom/{desk}/cite", "Cite a document", ANALYST, p::cite::form),
        route(Post, "/newsroom/{desk}/cite", "Cite a document", ANALYST, p::cite::cite),
        route(Get, "/newsroom/{desk}/events", "Events", READER, p::events::list),
        route(Get, "/newsroom/{desk}/events/new", "Code an event", ANALYST, p::events::new),
        route(Post, "/newsroom/{desk}/events/new", "Code an event", ANALYST, p::events::create),
        route(Get, "/newsroom/{desk}/events/{id}", "An event's form", ANALYST, p::events::edit),
        route(Post, "/newsroom/{desk}/events/{id}", "Revise an event", ANALYST, p::events::save),
        route(Get, "/newsroom/{desk}/leads", "Leads", READER, p::leads::list),
        route(Get, "/newsroom/{desk}/leads/new", "Make a lead", ANALYST, p::leads::new),
        route(Post, "/newsroom/{desk}/leads/new", "Make a lead", ANALYST, p::leads::create),
        route(Get, "/newsroom/{desk}/leads/{id}", "A lead", READER, p::leads::show),
        route(Post, "/newsroom/{desk}/leads/{id}", "Edit a lead", ANALYST, p::leads::save),
        route(Post, "/newsroom/{desk}/leads/{id}/refuse", "Say no to a lead", ANALYST, p::leads::refuse),
        route(Post, "/newsroom/{desk}/leads/{id}/put-back", "Put a lead back to wait", ANALYST, p::leads::put_back),
        route(Get, "/newsroom/{desk}/positions", "Positions", READER, p::positions::list),
        route(Post, "/newsroom/{desk}/positions", "Code a position", ANALYST, p::positions::save),
        route(Get, "/newsroom/{desk}/map", "The newsroom's map", READER, p::map::room),
        route(Get, "/newsroom/{desk}/map.geojson", "The newsroom map's features", READER, p::map::room_features),
        route(Get, "/newsroom/{desk}/assessments", "Assessments", READER, p::judgements::list),
        route(Get, "/newsroom/{desk}/assessments/new", "Make an assessment", ANALYST, p::judgements::new),
        route(Post, "/newsroom/{desk}/assessments/new", "Make an assessment", ANALYST, p::judgements::create),
        route(Get, "/newsroom/{desk}/assessments/{id}", "An assessment", READER, p::judgements::show),
        route(Post, "/newsroom/{desk}/assessments/{id}", "Take a step", ANALYST, p::judgements::decide),
        route(Get, "/newsroom/{desk}/editions", "Editions", READER, p::editions::list),
        route(Post, "/newsroom/{desk}/editions", "Begin an edition", ANALYST, p::editions::begin),
        route(Get, "/newsroom/{desk}/editions/{id}", "Write an edition", ANALYST, p::editions::edit),
        route(Post, "/newsroom/{desk}/editions/{id}", "Save an edition from Markdown", ANALYST, p::editions::save),
        route(Get, "/newsroom/{desk}/editions/{id}/markdown", "An edition as Markdown", READER, p::editions::markdown),
        route(Get, "/newsroom/{desk}/editions/{id}/review", "Review an edition", READER, p::review::show),
        route(Get, "/newsroom/{desk}/editions/{id}/pdf", "Preview the PDF", READER, p::review::pdf),
        route(Post, "/newsroom/{desk}/editions/{id}/submit", "Hand in", ANALYST, p::review::submit),
        route(Post, "/newsroom/{desk}/editions/{id}/send-back", "Send back", ANALYST, p::review::send_back),
        route(Post, "/newsroom/{desk}/editions/{id}/approve", "Approve", EDITOR, p::review::approve),
        route(Post, "/newsroom/{desk}/editions/{id}/publish", "Publish", EDITOR, p::review::publish),
        route(Get, "/newsroom/{desk}/editions/{id}/correct", "Correct", EDITOR, p::review::correct_form),
        route(Post, "/newsroom/{desk}/editions/{id}/correct", "Correct", EDITOR, p::review::correct),
        route(Post, "/newsroom/{desk}/editions/{id}/retract", "Retract", EDITOR, p::review::retract),
        route(Post, "/newsroom/{desk}/editions/{id}/take-down", "Take down", CHIEF, p::review::take_down),
        route(Get, "/newsroom/{desk}/evidence", "Cited pages that changed or vanished", READER, p::evidence::show),
        route(Post, "/newsroom/{desk}/evidence/{id}/look", "Look at a cited page again", ANALYST, p::evidence::look),
        route(Post, "/newsroom/{desk}/evidence/{id}/accept", "Take a change as seen", ANALYST, p::evidence::accept),
        route(Get, "/newsroom/{desk}/sources", "Sources and their health", READER, p::sources::room),
        route(Post, "/newsroom/{desk}/sources", "Add a source", CHIEF, p::source::add),
        route(Post, "/newsroom/{desk}/sources/find", "What a source at an address would be", CHIEF, p::source::find),
        route(Get, "/newsroom/{desk}/sources/bring", "Bring in files and subscriptions", ANALYST, p::sources::bring),
        route(Post, "/newsroom/{desk}/sources/file", "Read a file", ANALYST, p::sources::take_file),
        route(Post, "/newsroom/{desk}/sources/opml", "Add the feeds of an OPML file", CHIEF, p::sources::take_opml),
        route(Get, "/newsroom/{desk}/sources.opml", "The sources as OPML", READER, p::sources::opml),
        route(Get, "/newsroom/{desk}/sources/{id}", "A source and how it fares", READER, p::source::show),
        route(Post, "/newsroom/{desk}/sources/{id}", "Save a source", CHIEF, p::source::save),
        route(Post, "/newsroom/{desk}/sources/{id}/look", "Look at a source now", ANALYST, p::source::look),
        route(Post, "/newsroom/{desk}/sources/{id}/secret", "Keep a secret of a source", CHIEF, p::source::secret),
        route(Post, "/newsroom/{desk}/sources/{id}/retire", "End or resume a source", CHIEF, p::source::retire),
        route(Get, "/newsroom/{desk}/watches", "The watch list", READER, p::watches::list),
        route(Post, "/newsroom/{desk}/watches", "Add a watch", ANALYST, p::watches::add),
        route(Get, "/newsroom/{desk}/watches/{watch}", "A watch and what it marked", READER, p::watches::show),
        route(Post, "/newsroom/{desk}/watches/{watch}", "Change a watch", ANALYST, p::watches::save),
        route(Post, "/newsroom/{desk}/alerts", "Say where alerts go", CHIEF, p::watches::set_alerts),
        route(Post, "/newsroom/{desk}/push", "Tell a browser of alerts", READER, p::push::subscribe),
        route(Post, "/newsroom/{desk}/push/{id}/end", "Tell a browser of alerts no more", READER, p::push::end),
        route(Get, "/newsroom/{desk}/subscribers", "Subscribers and deliveries", EDITOR, p::subscribers::show),
        route(Post, "/newsroom/{desk}/send", "Send what is due", EDITOR, p::subscribers::send),
        route(Post, "/newsroom/{desk}/deliveries/{id}", "Decide about a message in doubt", EDITOR, p::subscribers::resolve),
    ]
}

/// The API.
#[rustfmt::skip]
fn api() -> Vec<Route> {
    use Method::{Get, Post, Put};
    use api as a;
    const ALL: Permission = Permission::Public;
    const READER: Permission = Permission::Desk(Role::Reader);
    const ANALYST: Permission = Permission::Desk(Role::Analyst);
    const EDITOR: Permission = Permission::Desk(Role::Editor);
    const CHIEF: Permission = Permission::Desk(Role::Chief);
    vec![
        route(Get, "/openapi.json", "This description", ALL, a::description::show),
        route(Get, "/api/v1/desks", "The desks", ALL, a::desks::list),
        route(Get, "/api/v1/desks/{desk}", "A desk", ALL, a::desks::show),
        route(Get, "/api/v1/desks/{desk}/published", "Public editions, newest first", ALL, a::published::list),
        route(Get, "/api/v1/desks/{desk}/published/{slug}", "A public edition", ALL, a::published::show),
        route(Get, "/api/v1/desks/{desk}/sentences/{id}", "A sentence and its threads", ALL, a::published::sentence),
        route(Get, "/api/v1/desks/{desk}/search", "Search", ALL, a::published::search),
        route(Get, "/api/v1/desks/{desk}/archive/{kind}", "The archive by a kind of thing", ALL, a::archive::list),
        route(Get, "/api/v1/desks/{desk}/archive/{kind}/{id}", "Editions that a thing is in", ALL, a::archive::show),
        route(Get, "/api/v1/desks/{desk}/since", "What changed between editions", ALL, a::archive::since),
        route(Post, "/api/v1/desks/{desk}/subscribers", "Ask for updates", ALL, a::published::subscribe),
        route(Get, "/api/v1/desks/{desk}/sources", "Sources", ALL, a::sources::list),
        route(Post, "/api/v1/desks/{desk}/sources", "Keep a source", CHIEF, a::sources::save),
        route(Post, "/api/v1/desks/{desk}/sources/{id}/gather", "Look at a source now", ANALYST, a::sources::gather),
        route(Get, "/api/v1/desks/{desk}/documents", "Documents", READER, a::documents::list),
        route(Post, "/api/v1/desks/{desk}/documents", "Capture an address", ANALYST, a::documents::capture),
        route(Get, "/api/v1/desks/{desk}/documents/{id}", "A document with its text", READER, a::documents::show),
        route(Get, "/api/v1/desks/{desk}/documents/{id}/captures", "A document's captures", READER, a::captures::list),
        route(Get, "/api/v1/desks/{desk}/captures/{id}", "A capture and what vouches for it", READER, a::captures::show),
        route(Post, "/api/v1/desks/{desk}/documents/{id}/triage", "Decide about a document", ANALYST, a::documents::triage),
        route(Post, "/api/v1/desks/{desk}/documents/{id}/assign", "Say whose task a document is", ANALYST, a::inbox::assign),
        route(Post, "/api/v1/desks/{desk}/documents/{id}/translation", "Have a document translated", ANALYST, a::inbox::translate),
        route(Get, "/api/v1/desks/{desk}/inbox", "Stories of the inbox", READER, a::inbox::list),
        route(Post, "/api/v1/desks/{desk}/undo", "Take one's last act in the inbox back", ANALYST, a::inbox::undo),
        route(Get, "/api/v1/desks/{desk}/views", "One's saved views of the inbox", READER, a::inbox::views),
        route(Post, "/api/v1/desks/{desk}/views", "Save a view of the inbox", READER, a::inbox::save_view),
        route(Get, "/api/v1/desks/{desk}/watches", "Watches", READER, a::watches::list),
        route(Post, "/api/v1/desks/{desk}/watches", "Keep a watch", ANALYST, a::watches::save),
        route(Get, "/api/v1/desks/{desk}/places", "Places by name, in any script", READER, a::events::places),
        route(Get, "/api/v1/desks/{desk}/events", "Events", READER, a::events::list),
        route(Post, "/api/v1/desks/{desk}/events", "Code an event", ANALYST, a::events::save),
        route(Get, "/api/v1/desks/{desk}/events/{id}", "An event", READER, a::events::show),
        route(Get, "/api/v1/desks/{desk}/leads", "Leads", READER, a::leads::list),
        route(Post, "/api/v1/desks/{desk}/leads", "Keep a lead", ANALYST, a::leads::save),
        route(Get, "/api/v1/desks/{desk}/leads/{id}", "A lead", READER, a::leads::show),
        route(Post, "/api/v1/desks/{desk}/leads/{id}/refuse", "Say no to a lead", ANALYST, a::leads::refuse),
        route(Get, "/api/v1/desks/{desk}/positions", "Positions", READER, a::events::positions),
        route(Post, "/api/v1/desks/{desk}/positions", "Code a position", ANALYST, a::events::save_position),
        route(Get, "/api/v1/desks/{desk}/campaigns", "Campaigns", READER, a::assessments::campaigns),
        route(Get, "/api/v1/desks/{desk}/assessments", "Assessments", READER, a::assessments::list),
        route(Post, "/api/v1/desks/{desk}/assessments", "Make an assessment", ANALYST, a::assessments::save),
        route(Get, "/api/v1/desks/{desk}/assessments/{id}", "An assessment", READER, a::assessments::show),
        route(Post, "/api/v1/desks/{desk}/assessments/{id}/steps", "Take a step", ANALYST, a::assessments::decide),
        route(Get, "/api/v1/desks/{desk}/editions", "Editions of every state", READER, a::editions::list),
        route(Post, "/api/v1/desks/{desk}/editions", "Begin an edition", ANALYST, a::editions::begin),
        route(Get, "/api/v1/desks/{desk}/editions/{id}", "An edition", READER, a::editions::show),
        route(Get, "/api/v1/desks/{desk}/editions/{id}/draft", "A draft with its version", READER, a::editions::draft),
        route(Put, "/api/v1/desks/{desk}/editions/{id}/draft", "Save a draft", ANALYST, a::editions::save),
        route(Post, "/api/v1/desks/{desk}/editions/{id}/check", "Check an edition", READER, a::editions::check),
        route(Post, "/api/v1/desks/{desk}/editions/{id}/submit", "Hand in", ANALYST, a::editions::submit),
        route(Post, "/api/v1/desks/{desk}/editions/{id}/send-back", "Send back", ANALYST, a::editions::send_back),
        route(Post, "/api/v1/desks/{desk}/editions/{id}/approve", "Approve", EDITOR, a::editions::approve),
        route(Post, "/api/v1/desks/{desk}/editions/{id}/publish", "Publish", EDITOR, a::editions::publish),
        route(Post, "/api/v1/desks/{desk}/editions/{id}/correct", "Correct", EDITOR, a::editions::correct),
        route(Post, "/api/v1/desks/{desk}/editions/{id}/retract", "Retract", EDITOR, a::editions::retract),
        route(Post, "/api/v1/desks/{desk}/editions/{id}/take-down", "Take down", CHIEF, a::editions::take_down),
    ]
}
