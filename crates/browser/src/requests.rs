//! What a page asks for: each request is held by the browser until it is answered or refused here.

use crate::{Answer, Asked, Bounds, Network};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tokio::task::{JoinError, JoinSet};
use tokio::time::Instant;

/// Things that are missing and named, at most.
const NAMED: usize = 12;
/// Header fields that an answer's body no longer agrees with, or that are between us and the server.
const DROPPED: [&str; 9] = [
    "content-length",
    "content-encoding",
    "transfer-encoding",
    "connection",
    "keep-alive",
    "alt-svc",
    "upgrade",
    "trailer",
    "strict-transport-security",
];
/// What the browser would send that is of use to whoever answers.
const PASSED: [(&str, &str); 3] = [("accept", "Accept"), ("origin", "Origin"), ("referer", "Referer")];

/// Something that the browser is told, in one of its sessions.
pub(crate) struct Order {
    pub(crate) session: String,
    pub(crate) method: &'static str,
    pub(crate) params: Value,
}

/// A request that was put to the network.
pub(crate) struct Done {
    session: String,
    request: String,
    url: String,
    opens: bool,
    outcome: Result<Answer, String>,
}

/// All requests of a page.
pub(crate) struct Requests<N> {
    network: N,
    answers: JoinSet<Done>,
    most: usize,
    most_bytes: u64,
    asked: usize,
    bytes: u64,
    /// The page itself was answered: it may not lead elsewhere from here on.
    opened: bool,
    /// Nothing is asked for any more.
    closed: bool,
    full: bool,
    last: Instant,
    pub(crate) missing: Vec<String>,
    unnamed: usize,
}

impl<N: Network> Requests<N> {
    pub(crate) fn new(network: N, bounds: &Bounds) -> Self {
        Self {
            network,
            answers: JoinSet::new(),
            most: bounds.requests,
            most_bytes: bounds.bytes,
            asked: 0,
            bytes: 0,
            opened: false,
            closed: false,
            full: false,
            last: Instant::now(),
            missing: Vec::new(),
            unnamed: 0,
        }
    }

    /// The next answer of the network.
    pub(crate) async fn next(&mut self) -> Option<Result<Done, JoinError>> {
        self.answers.join_next().await
    }

    /// Whether nothing is waited for.
    pub(crate) fn is_idle(&self) -> bool {
        self.answers.is_empty()
    }

    /// Whether it asked for more than it is given.
    pub(crate) const fn is_full(&self) -> bool {
        self.full
    }

    /// The silence that is waited for begins now.
    pub(crate) fn begin(&mut self) {
        self.last = Instant::now();
    }

    /// When something was last asked for or answered.
    pub(crate) const fn last(&self) -> Instant {
        self.last
    }

    /// From here on everything is refused.
    pub(crate) fn close(&mut self) {
        self.closed = true;
        self.answers.abort_all();
    }

    /// Notes what is missing, in words.
    pub(crate) fn miss(&mut self, words: String) {
        if self.missing.contains(&words) {
            return;
        }
        if self.missing.len() < NAMED { self.missing.push(words) } else { self.unnamed += 1 }
    }

    /// It asked for more than it is given; that is said first.
    fn overflow(&mut self, words: String) {
        if !std::mem::replace(&mut self.full, true) {
            self.missing.insert(0, words);
        }
    }

    /// What is missing, told.
    pub(crate) fn told(mut self) -> Vec<String> {
        if self.unnamed > 0 {
            self.missing.push(format!("and {} more", self.unnamed));
        }
        self.missing
    }

    /// A request that the browser holds: refused or passed on at once, or put to the network. `main` is the page's own
    /// frame.
    pub(crate) fn paused(&mut self, session: &str, params: &Value, main: &str) -> Option<Order> {
        let word = |path: &str| params.pointer(path).and_then(Value::as_str).unwrap_or_default();
        let (request, url) = (word("/requestId").to_owned(), word("/request/url").to_owned());
        let scheme = url.split(':').next().unwrap_or_default();
        if ["data", "blob", "about"].contains(&scheme) {
            // These are the page's own bytes.
            return Some(order(session, "Fetch.continueRequest", json!({ "requestId": request })));
        }
        self.last = Instant::now();
        let opens = word("/resourceType") == "Document" && word("/frameId") == main;
        if let Some(words) = self.fault(scheme, word("/request/method"), &url, opens) {
            if let Some(words) = words {
                self.miss(words);
            }
            return Some(refusal(session, &request));
        }
        self.asked += 1;
        let field = |(name, written): (&'static str, &str)| {
            let value = params.pointer("/request/headers")?.get(written)?.as_str()?;
            Some((name, value.to_owned()))
        };
        let fields = PASSED.into_iter().filter_map(field).collect();
        let asked = Asked { url: url.clone(), kind: word("/resourceType").to_owned(), fields };
        let (network, session) = (self.network.clone(), session.to_owned());
        self.answers.spawn(async move {
            let outcome = network.answer(asked).await;
            Done { session, request, url, opens, outcome }
        });
        None
    }

    /// Why a request is not put to the network; in words, where that is worth saying.
    fn fault(&mut self, scheme: &str, method: &str, url: &str, opens: bool) -> Option<Option<String>> {
        if self.closed {
            return Some(None);
        }
        if !["http", "https"].contains(&scheme) {
            return Some(Some(format!("{}: only http and https are asked", shown(url))));
        }
        if method != "GET" {
            return Some(Some(format!("{}: the page wanted to send something ({method})", shown(url))));
        }
        if opens && self.opened {
            return Some(Some(format!("{}: the page wanted to lead on to it", shown(url))));
        }
        if self.asked >= self.most {
            self.overflow(format!("it asks for more than {} addresses", self.most));
            return Some(None);
        }
        None
    }

    /// An answer of the network, for the browser.
    pub(crate) fn done(&mut self, done: Done) -> Order {
        self.last = Instant::now();
        let Done { session, request, url, opens, outcome } = done;
        let answer = match outcome {
            Ok(answer) => answer,
            Err(why) => {
                self.miss(format!("{}: {why}", shown(&url)));
                return refusal(&session, &request);
            }
        };
        self.bytes += answer.body.len() as u64;
        if self.bytes > self.most_bytes {
            self.overflow(format!("it asks for more than {} MiB", self.most_bytes >> 20));
            return refusal(&session, &request);
        }
        self.opened |= opens && !(300..400).contains(&answer.status);
        // An icon that is not there is nothing of the page: browsers ask for it by themselves.
        if answer.status >= 400 && !opens && !url.ends_with("/favicon.ico") {
            self.miss(format!("{}: status {}", shown(&url), answer.status));
        }
        let headers: Vec<Value> = answer.headers.iter().filter_map(header).collect();
        let params = json!({
            "requestId": request, "responseCode": answer.status, "responseHeaders": headers,
            "body": STANDARD.encode(&answer.body),
        });
        order(&session, "Fetch.fulfillRequest", params)
    }
}

fn header((name, value): &(String, String)) -> Option<Value> {
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic() && byte != b':');
    let is_value = !value.chars().any(|c| c.is_control() && c != '\t');
    let is_kept = is_name && is_value && !DROPPED.contains(&name.to_ascii_lowercase().as_str());
    is_kept.then(|| json!({ "name": name, "value": value }))
}

fn order(session: &str, method: &'static str, params: Value) -> Order {
    Order { session: session.to_owned(), method, params }
}

/// The page does not get what it asked for.
pub(crate) fn refusal(session: &str, request: &str) -> Order {
    let params = json!({ "requestId": request, "errorReason": "BlockedByClient" });
    order(session, "Fetch.failRequest", params)
}

/// An address, as far as it is repeated in words.
fn shown(url: &str) -> String {
    let mut shown: String = url.chars().filter(|c| !c.is_control()).take(160).collect();
    if shown.len() < url.len() {
        shown.push('…');
    }
    shown
}
