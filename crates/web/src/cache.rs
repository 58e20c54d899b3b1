//! The page cache: a public page is the same for every stranger until the record grows, so it is made, and compressed, once.

use crate::app::App;
use crate::session::{self, Visitor};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Bytes of pages kept at the most; past it the cache starts afresh.
const CAPACITY: usize = 32 * 1024 * 1024;
/// Largest page that is kept.
const LARGEST: usize = 4 * 1024 * 1024;

struct Kept {
    head: u64,
    headers: HeaderMap,
    body: Bytes,
}

#[derive(Default)]
struct Pages {
    kept: HashMap<String, Arc<Kept>>,
    bytes: usize,
}

/// Pages as they were made, each with the record's position then.
#[derive(Default)]
pub(crate) struct PageCache {
    pages: RwLock<Pages>,
}

impl PageCache {
    fn get(&self, key: &str, head: u64) -> Option<Arc<Kept>> {
        let pages = self.pages.read().unwrap_or_else(PoisonError::into_inner);
        pages.kept.get(key).filter(|kept| kept.head == head).cloned()
    }

    fn put(&self, key: String, kept: Arc<Kept>) {
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

/// Put on an answer that is the same for every stranger while the record stands at this position.
#[derive(Clone, Copy)]
struct Lasting {
    head: u64,
}

/// The first thing that a request meets: what was answered before is answered again, with all its headers and compressed as it
/// was. What the guard says is lasting is kept.
pub(crate) async fn front(State(app): State<App>, request: Request, next: Next) -> Response {
    let Some(key) = key(&request) else { return next.run(request).await };
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    if let Ok(head) = app.head()
        && let Some(kept) = app.pages().get(&key, head)
    {
        return answer(&kept, known.as_ref());
    }
    let response = next.run(request).await;
    let Some(Lasting { head }) = response.extensions().get().copied() else { return response };
    let (parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let kept = Arc::new(Kept { head, headers: parts.headers, body });
    app.pages().put(key, Arc::clone(&kept));
    answer(&kept, known.as_ref())
}

/// What an answer depends on: the address, and how it may be compressed. Who is signed in, or may be, is asked.
fn key(request: &Request) -> Option<String> {
    let headers = request.headers();
    if request.method() != Method::GET
        || headers.contains_key(header::AUTHORIZATION)
        || headers.contains_key(header::RANGE)
        || session::cookie(headers).is_some()
    {
        return None;
    }
    let path = request.uri().path_and_query()?.as_str();
    let mut key = String::with_capacity(path.len() + 32);
    key.push_str(path);
    // No address holds a line's end.
    for coding in headers.get_all(header::ACCEPT_ENCODING) {
        key.push('\n');
        key.push_str(coding.to_str().ok()?);
    }
    Some(key)
}

/// Lets the handler answer a stranger, gives the answer an ETag, and says where it may be kept.
pub(crate) async fn through(app: &App, visitor: Visitor, mut request: Request, next: Next) -> Response {
    let head = app.head();
    request.extensions_mut().insert(visitor);
    let response = next.run(request).await;
    let Ok(head) = head else { return response };
    let cacheable = response.status() == StatusCode::OK && !response.headers().contains_key(header::SET_COOKIE);
    if !cacheable || response.headers().get(header::CACHE_CONTROL).is_some_and(|value| value == "no-store") {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if let Ok(tag) = HeaderValue::from_str(&etag(&body)) {
        parts.headers.insert(header::ETAG, tag);
    }
    parts
        .headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("public, max-age=0, must-revalidate"));
    if body.len() <= LARGEST {
        parts.extensions.insert(Lasting { head });
    }
    Response::from_parts(parts, Body::from(body))
}

fn etag(body: &[u8]) -> String {
    let digest = Sha256::digest(body);
    let hex: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hex}\"")
}

fn answer(kept: &Kept, known: Option<&HeaderValue>) -> Response {
    let mut response = if known.is_some() && known == kept.headers.get(header::ETAG) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Response::new(Body::from(kept.body.clone()))
    };
    response.headers_mut().clone_from(&kept.headers);
    response
}
