//! The description of the API (OpenAPI 3.1). Bodies and queries come from the handlers; titles, permissions and what
//! every route may refuse come from the table of routes.

use super::{
    archive, assessments, captures, desks, documents, editions, events, inbox, leads, published, sources, watches,
};
use crate::app::App;
use crate::error::PageError;
use crate::pages::Answer;
use crate::routes::{self, Route};
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use serde::Serialize;
use serde_json::{Value, json};
use sitrep_model::account::Permission;
use utoipa::{OpenApi, ToSchema};

/// What went wrong.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Failure {
    /// The error.
    error: Told,
}

/// An error in words.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Told {
    /// A short name for programs.
    code: String,
    /// What is wrong.
    message: String,
    /// What to do.
    hint: Option<String>,
}

/// A save that somebody else was faster than.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Stale {
    /// The error; its code is `stale`.
    error: Told,
    /// The version that is there.
    version: u64,
}

#[derive(OpenApi)]
#[openapi(
    info(title = "sitrep", description = "The newsroom of an open-source analysis team.", version = "1"),
    paths(
        show,
        desks::list,
        desks::show,
        published::list,
        published::show,
        published::sentence,
        published::search,
        published::subscribe,
        archive::list,
        archive::show,
        archive::since,
        sources::list,
        sources::save,
        sources::gather,
        documents::list,
        documents::capture,
        documents::show,
        documents::triage,
        captures::list,
        captures::show,
        inbox::list,
        inbox::assign,
        inbox::translate,
        inbox::undo,
        inbox::views,
        inbox::save_view,
        watches::list,
        watches::save,
        events::places,
        events::list,
        events::save,
        events::show,
        leads::list,
        leads::save,
        leads::show,
        leads::refuse,
        events::positions,
        events::save_position,
        assessments::campaigns,
        assessments::list,
        assessments::save,
        assessments::show,
        assessments::decide,
        editions::list,
        editions::begin,
        editions::show,
        editions::draft,
        editions::save,
        editions::check,
        editions::submit,
        editions::send_back,
        editions::approve,
        editions::publish,
        editions::correct,
        editions::retract,
        editions::take_down,
    ),
    components(schemas(Failure, Stale))
)]
struct Description;

/// The description, complete: each API route of the table with its title, its permission and its parameters.
pub fn described() -> Result<Value, serde_json::Error> {
    let mut description = serde_json::to_value(Description::openapi())?;
    for route in routes::table().iter().filter(|route| is_api(route)) {
        let method = route.method.as_str().to_lowercase();
        let operation = &mut description["paths"][route.path][&method];
        // An operation that no handler describes stays out; a test compares both sides.
        if let Some(operation) = operation.as_object_mut() {
            complete(operation, route);
        }
    }
    description["components"]["securitySchemes"] = json!({
        "token": { "type": "http", "scheme": "bearer", "description": "A token from one's account page." },
        "session": { "type": "apiKey", "in": "cookie", "name": "sitrep_session" },
    });
    Ok(description)
}

/// Whether a route belongs to the API.
fn is_api(route: &Route) -> bool {
    route.path.starts_with("/api/") || route.path == "/openapi.json"
}

fn complete(operation: &mut serde_json::Map<String, Value>, route: &Route) {
    operation.insert("summary".to_owned(), route.title.into());
    let words: Vec<String> = route
        .path
        .split('/')
        .filter(|part| !part.is_empty())
        .map(|part| part.trim_matches(['{', '}']).replace('-', "_"))
        .collect();
    let name = format!("{}_{}", route.method.as_str().to_lowercase(), words.join("_").replace('.', "_"));
    operation.insert("operationId".to_owned(), name.into());
    let security = match route.permission {
        Permission::Public => json!([{}]),
        _ => json!([{ "token": [] }, { "session": [] }]),
    };
    operation.insert("security".to_owned(), security);
    operation.insert("x-permission".to_owned(), permission(route.permission).into());
    let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
    if let Some(parameters) = parameters.as_array_mut() {
        let named = route.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
        let described = named.map(|name| {
            let meaning = match name {
                "desk" => "The desk's short name.",
                "slug" => "The edition's address within the desk.",
                "kind" => "What is looked for: `sections`, `campaigns`, `outlets`, `actors` or `places`.",
                _ => "Its id.",
            };
            json!({ "name": name, "in": "path", "required": true, "description": meaning, "schema": { "type": "string" } })
        });
        parameters.splice(0..0, described.collect::<Vec<_>>());
    }
    let failure = |meaning: &str| {
        json!({ "description": meaning, "content": { "application/json": {
            "schema": { "$ref": "#/components/schemas/Failure" } } } })
    };
    if let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) {
        for (status, response) in responses.iter_mut() {
            if response["description"].as_str().unwrap_or_default().is_empty() {
                response["description"] = meaning(status).into();
            }
        }
        if route.permission != Permission::Public {
            responses.entry("401").or_insert_with(|| failure("Sign in first."));
            responses.entry("403").or_insert_with(|| failure("The role on this desk does not allow it."));
        }
        if route.path.contains('{') {
            responses.entry("404").or_insert_with(|| failure("There is no such thing."));
            responses.entry("422").or_insert_with(|| failure("What was sent can't be used."));
        }
    }
}

fn meaning(status: &str) -> &'static str {
    match status {
        "200" => "As asked.",
        "201" => "Kept; `Location` says where.",
        "410" => "It was taken down.",
        "412" => "Somebody else saved meanwhile; nothing was changed.",
        "428" => "The save did not say which version it was made for.",
        _ => "Done.",
    }
}

/// A permission in words.
fn permission(permission: Permission) -> String {
    match permission {
        Permission::Public => "anybody".to_owned(),
        Permission::SignedIn => "anybody signed in".to_owned(),
        Permission::Desk(role) => format!("{} of the desk", role.as_str()),
        Permission::Operator => "operator".to_owned(),
    }
}

/// The description of the API.
#[utoipa::path(get, path = "/openapi.json", tag = "About", responses((status = 200, body = Value)))]
pub(crate) async fn show(State(_): State<App>) -> Answer {
    let description = described().map_err(|error| PageError::internal(&error))?;
    Ok(Json(description).into_response())
}
