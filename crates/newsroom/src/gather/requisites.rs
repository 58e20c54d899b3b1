//! What a page needs to be shown: where its source is so marked, a page that was captured is opened in a browser, which
//! asks for everything else through our own fetcher, behind the same guard.
//!
//! The browser is shown the page that was captured, byte for byte. What it is given besides is kept as it was received,
//! with a picture and a print; what it can't be given is named. A page that can't be shown stays captured as it is.

use super::secrets::Secrets;
use crate::error::Error;
use crate::keeping::Received;
use crate::newsroom::Newsroom;
use jiff::Timestamp;
use sitrep_browser::{Answer, Asked, Bounds, Network};
use sitrep_collect::warc::{self, Exchange};
use sitrep_model::capture::{Capture, Requisites};
use sitrep_model::source::Source;
use sitrep_net::Fetched;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OnceCell;

/// Browsers that run together, at most; the others wait.
pub(crate) const BROWSERS: usize = 2;
/// Bytes of one part, at most.
const LARGEST_PART: u64 = 8 << 20;

/// What was captured besides a page.
#[derive(Debug, Clone, Default)]
pub struct PageRequisites {
    parts: Vec<Part>,
    picture: Option<Vec<u8>>,
    print: Option<Vec<u8>>,
    missing: Vec<String>,
    /// The browser itself failed, in words.
    pub(crate) fault: Option<String>,
}

/// A captured page as a browser showed it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CapturedViews {
    /// The whole page as a picture (PNG).
    pub picture: Option<Vec<u8>>,
    /// The page as it prints (PDF).
    pub print: Option<Vec<u8>>,
}

/// An answer at another address.
#[derive(Debug, Clone)]
struct Part {
    url: String,
    at: Timestamp,
    ip: Option<String>,
    request: Vec<u8>,
    response_head: Vec<u8>,
    raw: Vec<u8>,
}

impl PageRequisites {
    /// The records that belong to a capture behind its page, and what is said of them.
    pub(crate) fn records(&self, capture: &str, received: &Received) -> (Vec<u8>, Requisites) {
        let mut records = Vec::new();
        for (place, part) in self.parts.iter().enumerate() {
            records.extend(warc::write(&Exchange {
                id: format!("{capture}/{}", place + 1),
                url: part.url.clone(),
                asked: None,
                at: part.at,
                ip: part.ip.clone(),
                request: part.request.clone(),
                response_head: part.response_head.clone(),
                body: part.raw.clone(),
                media_type: None,
                repeats: None,
            }));
        }
        let made = [
            (&self.picture, "picture", warc::PICTURE, "image/png"),
            (&self.print, "print", warc::PRINT, "application/pdf"),
        ];
        for (bytes, name, before, media_type) in made {
            let Some(bytes) = bytes else { continue };
            records.extend(warc::write(&Exchange {
                id: format!("{capture}/{name}"),
                url: format!("{before}{}", received.final_url),
                asked: None,
                at: received.at,
                ip: None,
                request: Vec::new(),
                response_head: Vec::new(),
                body: bytes.clone(),
                media_type: Some(media_type.to_owned()),
                repeats: None,
            }));
        }
        let sum = |bytes: &Option<Vec<u8>>| bytes.as_deref().map(crate::ids::sha256);
        let said = Requisites {
            parts: u32::try_from(self.parts.len()).unwrap_or(u32::MAX),
            bytes: self.parts.iter().map(|part| part.raw.len() as u64).sum(),
            picture: sum(&self.picture),
            print: sum(&self.print),
            missing: self.missing.clone(),
        };
        (records, said)
    }
}

impl Newsroom {
    /// Opens a page that was just received in a browser, where its source asks for that and there is one.
    pub async fn page_requisites(&self, source: Option<&Source>, received: &Received) -> Option<PageRequisites> {
        let source = source.filter(|source| source.requisites)?;
        let browser = self.browser()?;
        if !(200..300).contains(&received.status) || !is_page(received) {
            return None;
        }
        let secrets = match self.secrets_of(Some(source)).await {
            Ok(secrets) => Arc::new(secrets),
            Err(error) => return Some(PageRequisites::failed(error.to_string())),
        };
        let page = Arc::new((without_fragment(&received.final_url).to_owned(), answer_of(received)));
        let (newsroom, source, held) = (self.clone(), source.clone(), Arc::<Mutex<Held>>::default());
        let network = Through { newsroom, source, secrets, page, held: Arc::clone(&held) };
        // It is never closed: without a turn the page is opened all the same.
        let _turn = self.browsers().acquire().await.ok();
        let seen = browser.visit(&received.final_url, &network, &Bounds::default()).await;
        drop(network);
        let parts = std::mem::take(&mut held.lock().unwrap_or_else(PoisonError::into_inner).parts);
        Some(match seen {
            Ok(seen) => {
                PageRequisites { parts, picture: seen.picture, print: seen.print, missing: seen.missing, fault: None }
            }
            Err(error) => PageRequisites { parts, ..PageRequisites::failed(error.to_string()) },
        })
    }

    /// A captured page as the browser showed it.
    pub fn captured_views(&self, capture: &Capture) -> Result<CapturedViews, Error> {
        let found = warc::requisites(&self.records(capture)?);
        Ok(CapturedViews { picture: found.picture, print: found.print })
    }
}

impl PageRequisites {
    fn failed(why: String) -> Self {
        Self { missing: vec![why.clone()], fault: Some(why), ..Self::default() }
    }
}

/// An address's answer, or why there is none; whoever asks while it is on its way waits for it.
type Coming = Arc<OnceCell<Result<Answer, String>>>;

/// What the browser was given.
#[derive(Default)]
struct Held {
    answers: HashMap<String, Coming>,
    parts: Vec<Part>,
}

/// The browser's only way to the network: our fetcher, with the source's cookies to its own hosts and through its proxy.
#[derive(Clone)]
struct Through {
    newsroom: Newsroom,
    source: Source,
    secrets: Arc<Secrets>,
    page: Arc<(String, Answer)>,
    held: Arc<Mutex<Held>>,
}

impl Network for Through {
    async fn answer(&self, asked: Asked) -> Result<Answer, String> {
        let (url, answer) = self.page.as_ref();
        if asked.url == *url {
            return Ok(answer.clone());
        }
        let coming = Arc::clone(self.held().answers.entry(asked.url.clone()).or_default());
        coming.get_or_init(|| self.fetch(asked)).await.clone()
    }
}

impl Through {
    async fn fetch(&self, asked: Asked) -> Result<Answer, String> {
        let request = self.secrets.request(Some(&self.source), &asked.url, None).map_err(|error| error.to_string())?;
        let request = sitrep_net::Request {
            fields: asked.fields,
            most: Some(LARGEST_PART),
            requisite: true,
            stays: true,
            ..request
        };
        let fetched = self.newsroom.fetcher().fetch(&request).await.map_err(|error| error.to_string())?;
        Ok(self.keep(asked.url, fetched))
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, url: String, fetched: Fetched) -> Answer {
        let answer = Answer { status: fetched.status, headers: fetched.headers, body: fetched.body };
        let part = Part {
            url,
            at: self.newsroom.now(),
            ip: fetched.ip,
            request: fetched.request,
            response_head: fetched.response_head,
            raw: fetched.raw,
        };
        self.held().parts.push(part);
        answer
    }
}

/// The answer as it was received, for the browser.
fn answer_of(received: &Received) -> Answer {
    let head = String::from_utf8_lossy(&received.response_head).into_owned();
    let field = |line: &str| {
        let (name, value) = line.split_once(':')?;
        Some((name.trim().to_owned(), value.trim().to_owned()))
    };
    let headers = head.lines().skip(1).filter_map(field).collect();
    Answer { status: received.status, headers, body: received.body.clone() }
}

fn is_page(received: &Received) -> bool {
    received.media_type.as_deref().is_none_or(|kind| kind.to_ascii_lowercase().contains("html"))
}

fn without_fragment(url: &str) -> &str {
    url.split('#').next().unwrap_or(url)
}
