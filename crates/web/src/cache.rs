//! The page cache: a public page is the same for every stranger until the record grows, so it is made once.

use crate::app::App;
use crate::session::Visitor;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// Bytes of pages kept at the most; past it the cache starts afresh.
const CAPACITY: usize = 64 * 1024 * 1024;
/// Largest page that is kept.
const LARGEST: usize = 4 * 1024 * 1024;

#[derive(Clone)]
struct Kept {
    head: u64,
    headers: HeaderMap,
    body: Bytes,
}

#[derive(Default)]
struct Pages {
    kept: HashMap<String, Kept>,
    bytes: usize,
}

/// Pages as they were made, each with the record's position then.
#[derive(Default)]
pub(crate) struct PageCache {
    pages: RwLock<Pages>,
}

impl PageCache {
    fn get(&self, key: &str, head: u64) -> Option<Kept> {
        let pages = self.pages.read().unwrap_or_else(PoisonError::into_inner);
        pages.kept.get(key).filter(|kept| kept.head == head).cloned()
    }

    fn put(&self, key: String, kept: Kept) {
        let mut pages = self.pages.write().unwrap_or_else(PoisonError::into_inner);
        if pages.bytes + kept.body.len() > CAPACITY {
            *pages = Pages::default();
        }
        pages.bytes += kept.body.len();
        if let Some(old) = pages.kept.insert(key, kept) {
            pages.bytes -= old.body.len();
        }
    }
}

/// Answers from the cache, or lets the handler answer and keeps what it said. Answers carry an ETag.
pub(crate) async fn through(app: &App, visitor: Visitor, mut request: Request, next: Next) -> Response {
    let Ok(head) = app.head() else {
        request.extensions_mut().insert(visitor);
        return next.run(request).await;
    };
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let Some(key) = request.uri().path_and_query().map(|path| path.as_str().to_owned()) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    if let Some(kept) = app.pages().get(&key, head) {
        return answer(kept, known.as_ref());
    }
    request.extensions_mut().insert(visitor);
    let response = next.run(request).await;
    let cacheable = response.status() == StatusCode::OK && !response.headers().contains_key(header::SET_COOKIE);
    if !cacheable || response.headers().get(header::CACHE_CONTROL).is_some_and(|value| value == "no-store") {
        return response;
    }
    let (parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut headers = parts.headers;
    if let Ok(tag) = HeaderValue::from_str(&etag(&body)) {
        headers.insert(header::ETAG, tag);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("public, max-age=0, must-revalidate"));
    let kept = Kept { head, headers, body };
    if kept.body.len() <= LARGEST {
        app.pages().put(key, kept.clone());
    }
    answer(kept, known.as_ref())
}

fn etag(body: &[u8]) -> String {
    let digest = Sha256::digest(body);
    let hex: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hex}\"")
}

fn answer(kept: Kept, known: Option<&HeaderValue>) -> Response {
    let mut response = if known.is_some() && known == kept.headers.get(header::ETAG) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Response::new(Body::from(kept.body))
    };
    *response.headers_mut() = kept.headers;
    response
}
