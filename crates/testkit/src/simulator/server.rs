//! The outlets on a loopback port.

use super::article::{Article, desk_outlets, sources};
use super::markup::escaped;
use super::{Error, HttpAnswer, feed, index, page};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::response::Response;
use encoding_rs::UTF_8;
use flate2::Compression;
use flate2::write::GzEncoder;
use sitrep_model::source::Source;
use std::collections::BTreeSet;
use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// What is done with the articles marked as live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Live {
    /// Served like all others.
    #[default]
    Served,
    /// Held back until they are released, one by one.
    HeldBack,
}

/// The outlets of a desk, on a port of this machine, until dropped.
#[derive(Debug)]
pub struct Simulator {
    address: SocketAddr,
    outlets: Arc<Outlets>,
    task: JoinHandle<()>,
}

#[derive(Debug)]
struct Outlets {
    base: String,
    sources: Vec<Source>,
    articles: Vec<Article>,
    held: Mutex<BTreeSet<String>>,
}

/// Serves the outlets of a desk folder. Port 0 takes a free one.
///
/// # Errors
/// Where the folder can't be read or the port is taken.
pub async fn serve(address: SocketAddr, folder: &Path, live: Live) -> Result<Simulator, Error> {
    let (sources, articles) = (sources(folder)?, desk_outlets(folder)?);
    let failed = |source| Error::Port { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    let held =
        articles.iter().filter(|article| article.live && live == Live::HeldBack).map(|article| article.id.0.clone());
    let held = Mutex::new(held.collect());
    let outlets = Arc::new(Outlets { base: format!("http://{bound}"), sources, articles, held });
    let router = Router::new().fallback(answer).with_state(Arc::clone(&outlets));
    let task = tokio::spawn(async move {
        // It ends when the simulator is dropped.
        let _ = axum::serve(listener, router).await;
    });
    Ok(Simulator { address: bound, outlets, task })
}

impl Simulator {
    /// Host and port.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// `http://127.0.0.1:PORT`.
    pub fn base(&self) -> &str {
        &self.outlets.base
    }

    /// The sources of the desk, as in its folder.
    pub fn sources(&self) -> &[Source] {
        &self.outlets.sources
    }

    /// Everything published, released or not, oldest first.
    pub fn articles(&self) -> &[Article] {
        &self.outlets.articles
    }

    /// Where an outlet's feed is served.
    pub fn feed_address(&self, source: &Source) -> String {
        super::feed_address(source, self.base())
    }

    /// Where an article is served.
    pub fn article_address(&self, article: &Article) -> String {
        format!("{}/{}{}", self.base(), article.source, article.path())
    }

    /// Publishes an article that was held back. Returns whether it was.
    pub fn release(&self, id: &str) -> bool {
        self.outlets.held().remove(id)
    }

    /// Publishes the oldest article that is held back, if there is one.
    pub fn release_next(&self) -> Option<&Article> {
        let mut held = self.outlets.held();
        let next = self.outlets.articles.iter().find(|article| held.contains(article.id.as_str()))?;
        held.remove(next.id.as_str());
        Some(next)
    }

    /// Serves until the task is ended from outside.
    pub async fn run(mut self) {
        // An error would only say that the task was ended.
        let _ = (&mut self.task).await;
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Outlets {
    fn held(&self) -> std::sync::MutexGuard<'_, BTreeSet<String>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn published(&self) -> Vec<&Article> {
        let held = self.held();
        self.articles.iter().filter(|article| !held.contains(article.id.as_str())).collect()
    }

    /// The answer to a path (with its query).
    fn find(&self, path: &str) -> HttpAnswer {
        let Some((outlet, below)) = path.trim_start_matches('/').split_once('/') else { return self.front(path) };
        let Some(source) = self.sources.iter().find(|source| source.id.as_str() == outlet) else { return missing() };
        let published = self.published();
        match below {
            "" => index(source, published),
            "feed.xml" | "atom.xml" => feed(source, published, &self.base),
            _ => {
                let wanted = plain(&format!("/{below}"));
                let found = published
                    .into_iter()
                    .find(|article| article.source == source.id && plain(&article.path()) == wanted);
                found.map_or_else(missing, |article| page(article, source))
            }
        }
    }

    fn front(&self, path: &str) -> HttpAnswer {
        if path != "/" {
            return missing();
        }
        let items: String = self
            .sources
            .iter()
            .map(|source| {
                format!("<li><a href=\"/{}/\">{}</a></li>\n", escaped(source.id.as_str()), escaped(&source.name))
            })
            .collect();
        let text = format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Outlets</title></head>\n<body><h1>Outlets</h1>\n<ul>\n{items}</ul>\n</body></html>\n"
        );
        HttpAnswer::text("text/html; charset=utf-8", UTF_8, &text, None)
    }
}

fn missing() -> HttpAnswer {
    HttpAnswer::status(404, "there is no such page here")
}

async fn answer(State(outlets): State<Arc<Outlets>>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return sent(HttpAnswer::status(405, "pages are only read here"), true);
    }
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let header = |name: header::HeaderName| text(request.headers(), &name);
    let found = outlets.find(path).given(header(header::IF_NONE_MATCH), header(header::IF_MODIFIED_SINCE));
    let compressed = header(header::ACCEPT_ENCODING).is_some_and(|accepted| accepted.contains("gzip"));
    sent(if compressed { gzipped(found) } else { found }, *request.method() == Method::GET)
}

fn text<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn gzipped(mut answer: HttpAnswer) -> HttpAnswer {
    if answer.body.len() < 1000 {
        return answer;
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    // Writing to memory does not fail; if it did, the page goes as it is.
    let Some(body) = encoder.write_all(&answer.body).and_then(|()| encoder.finish()).ok() else { return answer };
    answer.headers.retain(|(name, _)| name != "Content-Length");
    answer.headers.push(("Content-Encoding".to_owned(), "gzip".to_owned()));
    answer.headers.push(("Vary".to_owned(), "Accept-Encoding".to_owned()));
    HttpAnswer { body, ..answer }
}

fn sent(answer: HttpAnswer, with_body: bool) -> Response {
    let mut response = Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        response = response.header(name, value);
    }
    let body = if with_body { Body::from(answer.body) } else { Body::empty() };
    response.body(body).unwrap_or_default()
}

/// A path without percent encoding, so that `%D8` and `%d8` and the letter itself are one.
fn plain(path: &str) -> Vec<u8> {
    let bytes = path.as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(&byte) = bytes.get(at) {
        let digits = bytes.get(at + 1..at + 3).and_then(|digits| std::str::from_utf8(digits).ok());
        let escaped = digits.filter(|_| byte == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        out.push(escaped.unwrap_or(byte));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    out
}
