//! Styles, scripts, fonts and the base map: built beforehand and carried in the binary.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

#[derive(rust_embed::RustEmbed)]
#[folder = "assets/built"]
#[allow_missing = true]
struct Built;

/// One built file. Addresses carry `?v=` of the content's hash, so that a browser may keep them for a year.
pub(crate) async fn asset(Path(path): Path<String>) -> Response {
    let Some(file) = Built::get(&path) else {
        return (StatusCode::NOT_FOUND, "There is no such file.").into_response();
    };
    let headers =
        [(header::CONTENT_TYPE, media_type(&path)), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    (headers, file.data).into_response()
}

/// A built script's text, where it is served at an address of its own.
pub(crate) fn script(path: &str) -> Option<Vec<u8>> {
    Built::get(path).map(|file| file.data.into_owned())
}

/// The address of a built file, with its content's hash.
pub(crate) fn href(path: &str) -> String {
    let version: String = Built::get(path)
        .map(|file| file.metadata.sha256_hash().iter().take(6).map(|byte| format!("{byte:02x}")).collect())
        .unwrap_or_default();
    format!("/assets/{path}?v={version}")
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json" | "geojson") => "application/json",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}
