//! What went wrong, as a page or as JSON: the newsroom's errors get their HTTP meaning here, and are logged once.

use askama::Template;
use axum::Json;
use axum::body::to_bytes;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

/// Longest refusal of an extractor that is told on, in bytes.
const LONGEST: usize = 4096;

/// An error that a person (or a program) is told about.
#[derive(Debug, Clone)]
pub(crate) struct PageError {
    status: StatusCode,
    code: &'static str,
    message: String,
    hint: Option<String>,
    version: Option<u64>,
    at: Option<String>,
}

/// A page that an error leads back to.
#[derive(Debug, Clone)]
pub(crate) struct Back {
    /// Its address.
    pub href: String,
    /// What it is called.
    pub label: &'static str,
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    status: u16,
    message: &'a str,
    hint: Option<&'a str>,
    back: &'a [Back],
    style: String,
}

impl PageError {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), hint: None, version: None, at: None }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", format!("There is no such {what}."))
            .hint("Look for it in the archive or by the search.")
    }

    /// What is wrong, in words.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// The field that it is about.
    pub(crate) fn field(&self) -> Option<&str> {
        self.at.as_deref()
    }

    /// Its HTTP status.
    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", message)
    }

    pub(crate) fn forbidden(stranger: bool) -> Self {
        if stranger {
            Self::new(StatusCode::UNAUTHORIZED, "sign_in", "This asks for an account of the newsroom.")
                .hint("Sign in, or send an API token as `Authorization: Bearer …`.")
        } else {
            Self::new(StatusCode::FORBIDDEN, "forbidden", "Your role on this desk does not allow this.")
                .hint("The desk's chief gives roles.")
        }
    }

    pub(crate) fn foreign_origin() -> Self {
        Self::new(StatusCode::FORBIDDEN, "foreign_origin", "This request came from another site and was refused.")
            .hint("Open the page here and try again.")
    }

    pub(crate) fn internal(error: &dyn std::fmt::Display) -> Self {
        tracing::error!(%error, "a request failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Something went wrong on our side.")
            .hint("It was logged. Try again; if it comes back, tell the operator the time.")
    }

    /// The answer, as JSON for programs or as a page for people.
    pub(crate) fn answer(self, json: bool) -> Response {
        self.leading(json, &[])
    }

    /// The same answer, whose page leads back there.
    pub(crate) fn leading(self, json: bool, back: &[Back]) -> Response {
        if json {
            let mut body = serde_json::json!({
                "error": { "code": self.code, "message": self.message, "hint": self.hint }
            });
            if let Some(version) = self.version {
                body["version"] = version.into();
            }
            return (self.status, Json(body)).into_response();
        }
        let page = ErrorPage {
            status: self.status.as_u16(),
            message: &self.message,
            hint: self.hint.as_deref(),
            back,
            style: crate::assets::href("site.css"),
        };
        match page.render() {
            Ok(html) => (self.status, Html(html)).into_response(),
            Err(_) => (self.status, self.message).into_response(),
        }
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let told = self.clone();
        let mut response = self.answer(false);
        // The guard knows who asked, and may tell the same error to a program.
        response.extensions_mut().insert(told);
        response
    }
}

/// An error's answer in the asker's form: JSON for programs, a page that leads back for people. What an extractor refused comes as plain
/// text and is told the same way; answers that are no errors pass.
pub(crate) async fn told(response: Response, json: bool, back: &[Back]) -> Response {
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    if let Some(error) = response.extensions().get::<PageError>() {
        return if json || !back.is_empty() { error.clone().leading(json, back) } else { response };
    }
    let plain =
        response.headers().get(header::CONTENT_TYPE).is_none_or(|value| value.as_bytes().starts_with(b"text/plain"));
    if !plain {
        return response;
    }
    let allow = response.headers().get(header::ALLOW).cloned();
    let body = to_bytes(response.into_body(), LONGEST).await.unwrap_or_default();
    let text = String::from_utf8_lossy(&body).into_owned();
    let message = match (status, text.is_empty()) {
        (StatusCode::METHOD_NOT_ALLOWED, _) => "This address doesn't take that method.".to_owned(),
        (_, true) => status.canonical_reason().unwrap_or("This request can't be answered.").to_owned(),
        (_, false) => text,
    };
    let code = if status.is_server_error() { "internal" } else { "bad_request" };
    let mut response = PageError::new(status, code, message).leading(json, back);
    if let Some(allow) = allow {
        response.headers_mut().insert(header::ALLOW, allow);
    }
    response
}

impl From<sitrep_newsroom::Error> for PageError {
    fn from(error: sitrep_newsroom::Error) -> Self {
        use sitrep_newsroom::Error;
        let code = error.code();
        let status = match &error {
            Error::NotFound { what, .. } => return Self::not_found(what),
            Error::Forbidden(_) => StatusCode::FORBIDDEN,
            Error::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Stale { found, .. } => {
                let stale = Self::new(StatusCode::PRECONDITION_FAILED, code, error.to_string());
                return Self { version: Some(*found), ..stale };
            }
            Error::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Error::Fetch(_) => StatusCode::BAD_GATEWAY,
            Error::Form { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Removed { .. } => StatusCode::GONE,
            Error::Store(_) | Error::File { .. } | Error::Internal(_) => return Self::internal(&error),
        };
        let at = if let Error::Invalid { at, .. } = &error { at.clone() } else { None };
        Self { at, ..Self::new(status, code, error.to_string()) }
    }
}

/// The same error, told to programs.
pub(crate) struct ApiError(pub PageError);

impl<E: Into<PageError>> From<E> for ApiError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        self.0.answer(true)
    }
}
