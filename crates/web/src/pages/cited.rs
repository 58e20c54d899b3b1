//! A citation as a file, for reference managers.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use sitrep_newsroom::sentences::Printed;

/// A citation under its media type.
pub(crate) fn file(printed: Printed) -> Response {
    ([(header::CONTENT_TYPE, printed.media_type)], printed.text).into_response()
}
