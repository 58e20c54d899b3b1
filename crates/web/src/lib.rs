//! Pages, API and islands over the newsroom.
//!
//! This crate must not know: SQL, files of the store, outgoing sockets. It asks the newsroom's verbs and shows what
//! they answer. Every route stands once, with its permission, in [`routes`].

pub mod api;
mod app;
mod assets;
mod cache;
mod error;
mod guard;
mod pages;
pub mod routes;
mod session;
mod shell;
mod text;

pub use app::{App, Settings};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, StatusCode, Version, header};
use axum::middleware;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate};
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::set_header::SetResponseHeaderLayer;

/// Largest request body that is read, in bytes.
const BODY_LIMIT: usize = 16 * 1024 * 1024;

/// Everything that a browser may do with our pages: load our own files, nothing else, run no inline script.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; \
     img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-src 'self'; \
     manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The whole site: every route of the table behind its guard, the assets, and the headers that all answers carry.
pub fn site(app: App) -> Router {
    let mut router = Router::new();
    for route in routes::table() {
        router = router.route(route.path, guard::guarded(route, app.clone()));
    }
    let headers = [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    ];
    let mut router = router
        .route("/assets/{*path}", axum::routing::get(assets::asset))
        .fallback(pages::not_found)
        .with_state(app.clone())
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(BODY_LIMIT))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(CONTENT_SECURITY_POLICY),
        ));
    for (name, value) in headers {
        router = router.layer(SetResponseHeaderLayer::if_not_present(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        ));
    }
    let router = router.layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(is_for_everybody)));
    // Before any route is looked for: what is kept is found by its address.
    Router::new().fallback_service(router).layer(middleware::from_fn_with_state(app, cache::front))
}

/// Only what is the same for everybody is compressed: the length of an answer with a secret in it must tell nothing about
/// what stands beside it (BREACH).
fn is_for_everybody(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let is = |name: HeaderName, value: &str| headers.get(name).is_some_and(|found| found == value);
    !is(header::CACHE_CONTROL, "no-store") && !is(header::CONTENT_TYPE, "font/woff2")
}
