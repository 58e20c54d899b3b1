//! One visit to one page: the browser is started, led to it, listened to, and ended.

use crate::error::Error;
use crate::process::Process;
use crate::program::Browser;
use crate::requests::{Order, Requests, refusal};
use crate::{Bounds, Network};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::time::Duration;
use tokio::time::{Instant, sleep_until, timeout};

/// A page that asked for nothing for so long is taken to be complete.
const QUIET: Duration = Duration::from_millis(700);

/// Before anything of a page runs, in each of its frames: it is not told that there is no network, for what it asks for is
/// answered; and it has no calls between browsers, whose packets know no proxy.
const BEFORE: &str = "Object.defineProperty(Navigator.prototype, 'onLine', { get: () => true });\
    for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCIceTransport', 'RTCDtlsTransport', 'WebTransport']) delete globalThis[name];";

/// What was seen of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// The whole page as a picture (PNG).
    pub picture: Option<Vec<u8>>,
    /// The page as it prints (PDF).
    pub print: Option<Vec<u8>>,
    /// What could not be had, in words.
    pub missing: Vec<String>,
}

/// What the browser answers to something that it was told.
struct Reply {
    id: u64,
    outcome: Result<Value, String>,
}

/// A visit that is under way.
pub(crate) struct Visit<'a, N> {
    process: Process,
    pub(crate) bounds: &'a Bounds,
    pub(crate) requests: Requests<N>,
    /// Answers that the browser may still refuse, by the number of their message.
    answering: HashMap<u64, (String, String)>,
    told: u64,
    /// The page's session, its target, and its own frame.
    session: String,
    target: String,
    frame: String,
    loaded: bool,
}

impl<'a, N: Network> Visit<'a, N> {
    /// Starts the browser.
    pub(crate) async fn of(browser: &Browser, network: &N, bounds: &'a Bounds) -> Result<Self, Error> {
        let requests = Requests::new(network.clone(), bounds);
        let process = Process::start(browser).await?;
        let (session, target, frame) = (String::new(), String::new(), String::new());
        let (answering, told, loaded) = (HashMap::new(), 0, false);
        Ok(Self { process, bounds, requests, answering, told, session, target, frame, loaded })
    }

    /// Visits the page; whatever comes of it, the browser is ended.
    pub(crate) async fn run(mut self, url: &str) -> Result<Seen, Error> {
        let outcome = self.look(url).await;
        let Self { process, requests, .. } = self;
        process.end().await;
        let mut seen = outcome?;
        seen.missing = requests.told();
        Ok(seen)
    }

    async fn look(&mut self, url: &str) -> Result<Seen, Error> {
        self.open().await?;
        let began = Instant::now();
        let led = self.call("Page.navigate", json!({ "url": url }), self.bounds.load).await?;
        if let Some(why) = led.get("errorText").and_then(Value::as_str) {
            let why = self.requests.missing.first().cloned().unwrap_or_else(|| why.to_owned());
            return Err(Error::Unopened(why));
        }
        let left = self.bounds.load.saturating_sub(began.elapsed());
        if !self.settle(left).await? && !self.requests.is_full() {
            self.requests.miss(format!("it was still loading after {} seconds", self.bounds.load.as_secs()));
        }
        let mut seen = Seen::default();
        match self.picture().await {
            Ok(picture) => seen.picture = Some(picture),
            Err(error @ (Error::Ended(_) | Error::Crashed | Error::TooMuch)) => {
                return self.without(seen, "picture", error);
            }
            Err(error) => self.requests.miss(format!("the picture: {error}")),
        }
        match self.print().await {
            Ok(print) => seen.print = Some(print),
            Err(error) => return self.without(seen, "print", error),
        }
        Ok(seen)
    }

    /// What was seen so far is kept.
    fn without(&mut self, seen: Seen, what: &str, error: Error) -> Result<Seen, Error> {
        self.requests.miss(format!("the {what}: {error}"));
        Ok(seen)
    }

    /// A page of the browser's is made ready: everything that it will ask for is held.
    async fn open(&mut self) -> Result<(), Error> {
        let start = self.bounds.start;
        let word =
            |value: &Value, path: &str| value.pointer(path).and_then(Value::as_str).unwrap_or_default().to_owned();
        self.tell("Target.setDiscoverTargets", json!({ "discover": true }), "");
        self.tell("Browser.setDownloadBehavior", json!({ "behavior": "deny" }), "");
        let made = self.call("Target.createTarget", json!({ "url": "about:blank" }), start).await?;
        self.target = word(&made, "/targetId");
        let attach = json!({ "targetId": self.target, "flatten": true });
        let attached = self.call("Target.attachToTarget", attach, start).await?;
        self.session = word(&attached, "/sessionId");
        self.call("Page.enable", json!({}), start).await?;
        let frames = self.call("Page.getFrameTree", json!({}), start).await?;
        self.frame = word(&frames, "/frameTree/frame/id");
        let session = self.session.clone();
        self.hold(&session);
        // What was told before was done before.
        self.call("Page.getFrameTree", json!({}), start).await?;
        Ok(())
    }

    /// What is asked for in a session, and in those that come of it, is held.
    fn hold(&mut self, session: &str) {
        // Workers have no documents, and refuse this.
        self.tell("Page.addScriptToEvaluateOnNewDocument", json!({ "source": BEFORE }), session);
        let patterns = json!({ "patterns": [{ "urlPattern": "*", "requestStage": "Request" }] });
        self.tell("Fetch.enable", patterns, session);
        let further = json!({ "autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true });
        self.tell("Target.setAutoAttach", further, session);
    }

    /// Waits until the page is loaded and asks for nothing more; says whether that came before the time was over.
    pub(crate) async fn settle(&mut self, most: Duration) -> Result<bool, Error> {
        let until = Instant::now() + most;
        self.requests.begin();
        loop {
            if self.requests.is_full() {
                return Ok(false);
            }
            let calm = self.loaded && self.requests.is_idle();
            let wake = if calm { (self.requests.last() + QUIET).min(until) } else { until };
            tokio::select! {
                step = self.step() => { step?; }
                () = sleep_until(wake) => return Ok(calm),
            }
        }
    }

    /// Tells the page's session something and waits for its answer; meanwhile everything else goes on.
    pub(crate) async fn call(&mut self, method: &'static str, params: Value, within: Duration) -> Result<Value, Error> {
        let session = self.session.clone();
        let id = self.tell(method, params, &session);
        let answered = timeout(within, async {
            loop {
                if let Some(reply) = self.step().await?
                    && reply.id == id
                {
                    return reply.outcome.map_err(|why| Error::Refused { method, why });
                }
            }
        });
        answered.await.map_err(|_| Error::Slow(within.as_secs()))?
    }

    fn tell(&mut self, method: &'static str, params: Value, session: &str) -> u64 {
        self.told += 1;
        let mut message = json!({ "id": self.told, "method": method, "params": params });
        if !session.is_empty() {
            message["sessionId"] = session.into();
        }
        self.process.tell(&message);
        self.told
    }

    fn order(&mut self, order: Order) {
        let request = order.params.get("requestId").and_then(Value::as_str).unwrap_or_default().to_owned();
        let fulfils = order.method == "Fetch.fulfillRequest";
        let id = self.tell(order.method, order.params, &order.session);
        if fulfils {
            self.answering.insert(id, (order.session, request));
        }
    }

    /// Hears one thing, or gives the browser one answer. Nothing is lost where this is not waited for to the end.
    async fn step(&mut self) -> Result<Option<Reply>, Error> {
        tokio::select! {
            message = self.process.next() => { let message = message?; self.heard(&message) }
            Some(done) = self.requests.next() => {
                if let Ok(done) = done {
                    let order = self.requests.done(done);
                    self.order(order);
                }
                Ok(None)
            }
        }
    }

    fn heard(&mut self, message: &Value) -> Result<Option<Reply>, Error> {
        let word = |path: &str| message.pointer(path).and_then(Value::as_str).unwrap_or_default();
        if let Some(id) = message.get("id").and_then(Value::as_u64) {
            let fault = message.pointer("/error/message").and_then(Value::as_str);
            if let Some((session, request)) = self.answering.remove(&id) {
                if fault.is_some() {
                    // It can't take the answer; the page must not wait for it for ever.
                    self.order(refusal(&session, &request));
                }
                return Ok(None);
            }
            let result = message.get("result").cloned().unwrap_or_default();
            let outcome = fault.map_or(Ok(result), |fault| Err(fault.chars().take(200).collect()));
            return Ok(Some(Reply { id, outcome }));
        }
        let session = word("/sessionId").to_owned();
        let params = message.get("params").unwrap_or(&Value::Null);
        match word("/method") {
            "Fetch.requestPaused" => {
                if let Some(order) = self.requests.paused(&session, params, &self.frame) {
                    self.order(order);
                }
            }
            "Page.loadEventFired" if session == self.session => self.loaded = true,
            "Page.javascriptDialogOpening" => {
                self.tell("Page.handleJavaScriptDialog", json!({ "accept": false }), &session);
            }
            "Target.attachedToTarget" => self.joined(params),
            "Target.targetCreated" => self.opened(params),
            "Inspector.targetCrashed" | "Target.targetCrashed" => return Err(Error::Crashed),
            "Target.detachedFromTarget" if word("/params/sessionId") == self.session => return Err(Error::Crashed),
            _ => {}
        }
        Ok(None)
    }

    /// A frame or a worker of the page: what it asks for is held too, and only then it runs. Others never run.
    fn joined(&mut self, params: &Value) {
        let word = |path: &str| params.pointer(path).and_then(Value::as_str).unwrap_or_default();
        let session = word("/sessionId").to_owned();
        if session != self.session && ["iframe", "worker"].contains(&word("/targetInfo/type")) {
            self.hold(&session);
            self.tell("Runtime.runIfWaitingForDebugger", json!({}), &session);
        }
    }

    /// A window that the page opened is closed.
    fn opened(&mut self, params: &Value) {
        let word = |path: &str| params.pointer(path).and_then(Value::as_str).unwrap_or_default();
        let is_other = word("/targetInfo/targetId") != self.target && !word("/targetInfo/openerId").is_empty();
        if is_other && word("/targetInfo/type") == "page" {
            let target = word("/targetInfo/targetId").to_owned();
            self.tell("Target.closeTarget", json!({ "targetId": target }), "");
        }
    }
}
