//! How requests are read and answers are written: bodies, queries, pages, versions.

use crate::error::{ApiError, PageError};
use crate::pages::moment;
use axum::Json;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sitrep_model::desk::Desk;
use sitrep_model::id::DeskId;
use utoipa::{IntoParams, ToSchema};

/// What a handler answers.
pub(crate) type Answer = Result<Response, ApiError>;

/// Items on a page where no number is asked for, and the most.
const ITEMS: usize = 50;
const MOST: usize = 200;

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Listed<T: ToSchema> {
    /// The items.
    pub items: Vec<T>,
    /// What `after` asks for the next page, where there is one.
    pub next: Option<String>,
}

impl<T: ToSchema + Serialize> Listed<T> {
    /// A list that fits on one page.
    pub(crate) fn whole(items: Vec<T>) -> Self {
        Self { items, next: None }
    }
}

/// What lists can be asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Paging {
    /// Words to find, in any script; without them the newest come first.
    #[serde(default)]
    pub q: String,
    /// Most items on the page: 50 where it is left out, 200 at the most.
    limit: Option<usize>,
    /// The page's beginning: `next` of the page before.
    pub after: Option<String>,
    /// As known at this moment: a day (its end, in the desk's time zone) or an RFC 3339 time.
    as_of: Option<String>,
}

impl Paging {
    /// Items on the page.
    pub(crate) fn limit(&self) -> usize {
        self.limit.unwrap_or(ITEMS).clamp(1, MOST)
    }

    /// The moment that is asked for.
    pub(crate) fn as_of(&self, desk: &Desk) -> Result<Option<Timestamp>, PageError> {
        moment(self.as_of.as_deref(), desk)
    }

    /// What the newsroom is asked for.
    pub(crate) fn query(&self, desk: &Desk) -> Result<sitrep_newsroom::Query, PageError> {
        Ok(sitrep_newsroom::Query {
            limit: self.limit(),
            after: self.after.clone(),
            as_of: self.as_of(desk)?,
            ..Default::default()
        })
    }
}

/// The moment that single things can be asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AsOf {
    /// As known at this moment: a day (its end, in the desk's time zone) or an RFC 3339 time.
    as_of: Option<String>,
}

impl AsOf {
    /// The moment.
    pub(crate) fn as_of(&self, desk: &Desk) -> Result<Option<Timestamp>, PageError> {
        moment(self.as_of.as_deref(), desk)
    }
}

/// A JSON body.
pub(crate) struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let bytes = axum::body::Bytes::from_request(request, state)
            .await
            .map_err(|error| PageError::new(error.status(), "bad_request", error.body_text()))?;
        read(&bytes).map(Self)
    }
}

/// What JSON says.
pub(crate) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    serde_json::from_slice(bytes).map_err(|error| unreadable(&error))
}

fn unreadable(error: &serde_json::Error) -> ApiError {
    let error = PageError::invalid(format!("the body can't be read: {error}"));
    ApiError(error.hint("Send JSON as /openapi.json describes it."))
}

/// A query, refused in JSON where it can't be read.
pub(crate) struct Asked<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let query = axum::extract::Query::<T>::try_from_uri(&parts.uri);
        query.map(|query| Self(query.0)).map_err(|error| ApiError(PageError::invalid(error.body_text())))
    }
}

/// A noun that came as JSON. Its desk is the one in the address; a new one needs no id.
pub(crate) fn noun<N: DeserializeOwned>(mut value: Value, desk: &DeskId) -> Result<N, ApiError> {
    if let Some(fields) = value.as_object_mut() {
        fields.insert("desk".to_owned(), desk.as_str().into());
        fields.entry("id").or_insert_with(|| "".into());
    }
    serde_json::from_value(value).map_err(|error| unreadable(&error))
}

/// An answer that names its version as `ETag`; not sent again to who has it.
pub(crate) fn tagged(headers: &HeaderMap, version: u64, value: &impl Serialize) -> Response {
    let tag = format!("\"{version}\"");
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { Json(value).into_response() };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response
}

/// What was made, and where it is from now on.
pub(crate) fn created(location: &str, version: u64, value: &impl Serialize) -> Response {
    let mut response = (StatusCode::CREATED, Json(value)).into_response();
    if let Ok(location) = HeaderValue::from_str(location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{version}\"")) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// The version that a save was made for, from `If-Match` (RFC 9110, 13.1.1). A save without one is refused.
pub(crate) fn matched(headers: &HeaderMap) -> Result<u64, PageError> {
    let missing = || {
        PageError::new(StatusCode::PRECONDITION_REQUIRED, "version_needed", "a save says which version it was made for")
            .hint("Send `If-Match: \"VERSION\"` with the version that you read.")
    };
    let given = headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok()).ok_or_else(missing)?;
    given.trim().trim_start_matches("W/").trim_matches('"').parse().map_err(|_| missing())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn a_save_without_a_version_is_refused() {
        assert_eq!(matched(&with(header::IF_MATCH, "\"7\"")).unwrap(), 7);
        assert_eq!(matched(&with(header::IF_MATCH, "W/\"7\"")).unwrap(), 7);
        let refused = |headers: &HeaderMap| matched(headers).unwrap_err().status();
        assert_eq!(refused(&HeaderMap::new()), StatusCode::PRECONDITION_REQUIRED);
        assert_eq!(refused(&with(header::IF_MATCH, "*")), StatusCode::PRECONDITION_REQUIRED);
    }

    #[test]
    fn a_known_version_is_not_sent_again() {
        let known = with(header::IF_NONE_MATCH, "\"3\"");
        assert_eq!(tagged(&known, 3, &"text").status(), StatusCode::NOT_MODIFIED);
        assert_eq!(tagged(&known, 4, &"text").status(), StatusCode::OK);
    }
}
