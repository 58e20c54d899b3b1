//! What stands before every handler: who asks, whether they may, and whether the request comes from our own pages.

use crate::app::App;
use crate::cache;
use crate::error::{self, Back, PageError};
use crate::routes::Route;
use crate::session::{self, Visitor};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use sitrep_model::account::{Permission, Role};
use sitrep_model::id::DeskId;
use std::collections::HashMap;

/// A route's handler behind its permission, its origin check and, where it is a public page, the page cache.
pub(crate) fn guarded(route: Route, app: App) -> MethodRouter<App> {
    let permission = route.permission;
    let guard = Guard { app, permission };
    (route.handler)().layer(middleware::from_fn_with_state(guard, check))
}

#[derive(Clone)]
struct Guard {
    app: App,
    permission: Permission,
}

async fn check(
    State(guard): State<Guard>,
    Path(path): Path<HashMap<String, String>>,
    mut request: Request,
    next: Next,
) -> Response {
    let wants_json = wants_json(request.uri().path(), request.headers());
    if !comes_from_us(request.method(), request.headers()) {
        return PageError::foreign_origin().answer(wants_json);
    }
    let visitor = match session::visitor(&guard.app, request.headers()).await {
        Ok(visitor) => visitor,
        Err(error) => return error.answer(wants_json),
    };
    let desk = path.get("desk").map(|desk| DeskId::from(desk.as_str()));
    if !visitor.may(guard.permission, desk.as_ref()) {
        return refuse(&visitor, wants_json, request.uri().path(), desk.as_ref());
    }
    let back = ways_back(&visitor, request.uri().path(), desk.as_ref());
    if guard.permission == Permission::Public && visitor.account().is_none() && request.method() == Method::GET {
        let answer = cache::through(&guard.app, visitor, request, next).await;
        return error::told(answer, wants_json, &back).await;
    }
    request.extensions_mut().insert(visitor);
    let mut answer = error::told(next.run(request).await, wants_json, &back).await;
    // What somebody signed in sees, and what a form answers, is nobody else's.
    answer.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    answer
}

/// Whether the asker is a program (or an island) that reads JSON.
pub(crate) fn wants_json(path: &str, headers: &HeaderMap) -> bool {
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    path.starts_with("/api/") || (accepts.contains("application/json") && !accepts.contains("text/html"))
}

/// A stranger is shown the way in; somebody signed in is told what is missing.
fn refuse(visitor: &Visitor, wants_json: bool, path: &str, desk: Option<&DeskId>) -> Response {
    if visitor.account().is_none() && !wants_json {
        let target = format!("/newsroom/sign-in?next={}", crate::text::query_value(path));
        return axum::response::Redirect::to(&target).into_response();
    }
    PageError::forbidden(visitor.account().is_none()).leading(wants_json, &ways_back(visitor, path, desk))
}

/// Where an error of the newsroom leads somebody back to: what they may see of the desk, or their desks.
pub(crate) fn ways_back(visitor: &Visitor, path: &str, desk: Option<&DeskId>) -> Vec<Back> {
    if path != "/newsroom" && !path.starts_with("/newsroom/") {
        return Vec::new();
    }
    match desk.filter(|desk| visitor.may(Permission::Desk(Role::Reader), Some(desk))) {
        Some(desk) => vec![
            Back { href: format!("/newsroom/{desk}/editions"), label: "To the desk's editions" },
            Back { href: format!("/newsroom/{desk}/inbox"), label: "To the desk's inbox" },
        ],
        None => vec![Back { href: "/newsroom".to_owned(), label: "To the newsroom" }],
    }
}

/// Whether a request that may write comes from our own pages. Browsers say so themselves (Fetch Metadata, Origin);
/// programs without a browser send neither and carry no cookie that a page could abuse.
fn comes_from_us(method: &Method, headers: &HeaderMap) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    let Some(origin) = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok()) else {
        return true;
    };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    origin.split_once("://").is_some_and(|(_, origin)| origin == host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_foreign_page_may_not_write() {
        assert!(!comes_from_us(&Method::POST, &headers(&[("sec-fetch-site", "cross-site")])));
        assert!(!comes_from_us(&Method::POST, &headers(&[("sec-fetch-site", "same-site")])));
        assert!(!comes_from_us(&Method::POST, &headers(&[("origin", "https://evil.example"), ("host", "us.example")])));
        assert!(!comes_from_us(&Method::POST, &headers(&[("origin", "null"), ("host", "us.example")])));
    }

    #[test]
    fn our_pages_and_programs_may_write() {
        assert!(comes_from_us(&Method::POST, &headers(&[("sec-fetch-site", "same-origin")])));
        assert!(comes_from_us(&Method::POST, &headers(&[("origin", "https://us.example"), ("host", "us.example")])));
        assert!(comes_from_us(&Method::POST, &headers(&[])));
        assert!(comes_from_us(&Method::GET, &headers(&[("sec-fetch-site", "cross-site")])));
    }
}
