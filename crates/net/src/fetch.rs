//! Fetching one address: redirects by hand, each judged anew; turns, repetitions, bounds.

use crate::address::{self, Address};
use crate::error::Error;
use crate::exchange::{self, Answer, Message, Way};
use crate::pace::{Pace, Turn};
use crate::proxy::Proxy;
use crate::settings::FetchSettings;
use crate::smtp::Secret;
use crate::{decode, names, recorded, retry};
use hyper::header::{self, HeaderName};
use rustls::ClientConfig;
use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// The address.
    pub url: String,
    /// It may be on this machine or its private network: only for sources that the desk marked so.
    pub local: bool,
    /// `ETag` of the copy that we have.
    pub if_none_match: Option<String>,
    /// `Last-Modified` of the copy that we have.
    pub if_modified_since: Option<String>,
    /// Header fields that are secrets (`Cookie`, `Authorization`): sent to the address's own origin and to no other that a redirect
    /// leads to, and withheld from the recorded request.
    pub secrets: Vec<(String, Secret)>,
    /// The proxy through which it is asked; it resolves the name.
    pub via: Option<Proxy>,
    /// What is handed over with a POST. It is handed over once: neither a redirect nor a broken connection repeats it.
    pub post: Option<Post>,
    /// Header fields besides the usual ones, in place of those of the same name; shown in captures.
    pub fields: Vec<(&'static str, String)>,
    /// Longest body, in bytes, where that is less than the settings allow.
    pub most: Option<u64>,
    /// It is a part of a page that is being looked at: hosts are left alone between two of these for less long.
    pub requisite: bool,
    /// An answer that leads on is the answer: whoever asks goes on by itself.
    pub stays: bool,
}

/// The body of a POST.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub body: Vec<u8>,
}

impl Request {
    /// Asks for an address on the public net, whether it changed or not.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), ..Self::default() }
    }
}

/// A complete answer, whatever its status: redirects are followed, and what could not be received in full is an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The address that answered.
    pub final_url: String,
    /// The addresses before it that sent us on, in order.
    pub hops: Vec<String>,
    /// The IP address that answered; not known behind a proxy.
    pub ip: Option<String>,
    /// The proxy through which it was asked.
    pub via: Option<String>,
    /// The last request as sent.
    pub request: Vec<u8>,
    /// The answer's head as received, up to its empty line. `Transfer-Encoding`, where there was one, is renamed to
    /// `X-Archive-Orig-Transfer-Encoding`, for `raw` is without it.
    pub response_head: Vec<u8>,
    /// HTTP status.
    pub status: u16,
    /// Header fields in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body as sent, with its content coding.
    pub raw: Vec<u8>,
    /// The body with its content coding undone.
    pub body: Vec<u8>,
}

impl Fetched {
    /// The first value of a header; `name` in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The copy that we have is still the newest (304).
    pub const fn is_unchanged(&self) -> bool {
        self.status == 304
    }

    /// This, if it is the page asked for (or 304), else the status as an error in words.
    pub fn accepted(self) -> Result<Self, Error> {
        match self.status {
            200..=299 | 304 => Ok(self),
            status => Err(Error::Status { url: self.final_url, status }),
        }
    }
}

/// Fetches pages. One is enough for a program: it knows which host was asked when.
#[derive(Debug)]
pub struct Fetcher {
    pub(crate) settings: FetchSettings,
    pub(crate) tls: Arc<ClientConfig>,
    pace: Pace,
    pub(crate) robots: crate::robots::Memory,
}

/// The time that is left to a fetch. Waiting for one's turn is not counted.
struct Budget(Duration);

impl Fetcher {
    /// A fetcher with these bounds.
    ///
    /// # Errors
    /// [`Error::Settings`] where a certificate that is to be believed, or the user agent, can't be used.
    pub fn new(settings: FetchSettings) -> Result<Self, Error> {
        let tls = settings.trust.config().map_err(Error::Settings)?;
        let printable = settings.user_agent.bytes().all(|byte| (0x20..0x7f).contains(&byte));
        if settings.user_agent.trim().is_empty() || !printable {
            return Err(Error::Settings("the user agent must be one line of plain characters".to_owned()));
        }
        Ok(Self { settings, tls, pace: Pace::default(), robots: Default::default() })
    }

    /// Fetches an address: follows redirects, waits for its turn at each host, tries again where that may help.
    ///
    /// # Errors
    /// See [`Error`]. An answer with a status such as 404 is no error here; [`Fetched::accepted`] makes it one.
    pub async fn fetch(&self, request: &Request) -> Result<Fetched, Error> {
        self.fetch_resting(request, Duration::ZERO).await
    }

    /// The same, with at least `rest` between two requests to a host: what its `robots.txt` asks for.
    pub(crate) async fn fetch_resting(&self, request: &Request, rest: Duration) -> Result<Fetched, Error> {
        let mut budget = Budget(self.settings.total);
        let mut request = request.clone();
        let (mut address, mut hops) = (address::read(&request.url, None)?, Vec::new());
        loop {
            let answer = self.ask(&address, &request, &mut budget, rest).await?;
            let onward = redirect(&answer).filter(|_| request.post.is_none() && !request.stays);
            let Some(to) = onward else { return self.finish(address, hops, answer, &request).await };
            let next = address::read(to, Some(&address.url))?;
            hops.push(address.url.to_string());
            if hops.iter().any(|earlier| earlier == next.url.as_str()) {
                return Err(Error::RedirectLoop { url: next.url.into() });
            }
            if hops.len() > self.settings.most_redirects {
                return Err(Error::TooManyRedirects { limit: self.settings.most_redirects, url: next.url.into() });
            }
            if next.url.origin() != address.url.origin() {
                request.secrets.clear();
            }
            address = next;
        }
    }

    /// One address, as often as the settings allow while the server is busy or the connection breaks.
    async fn ask(
        &self,
        address: &Address,
        request: &Request,
        budget: &mut Budget,
        rest: Duration,
    ) -> Result<Answer, Error> {
        let usual = match (request.local, request.requisite) {
            (true, _) => self.settings.pace_local,
            (false, true) => self.settings.pace_requisites,
            (false, false) => self.settings.pace,
        };
        let rest = rest.max(usual);
        let mut tried = 0;
        loop {
            let mut turn = self.pace.turn(&address.authority(), rest).await;
            tried += 1;
            let answer = self.exchange(address, request, budget).await;
            let last = request.post.is_some() || tried >= self.settings.tries.max(1);
            match answer {
                Ok(answer) if retry::is_busy(answer.status) => {
                    self.wait_for(&answer, address, &mut turn, tried, last)?
                }
                Err(error) if error.is_broken_connection() && !last => {
                    tracing::debug!(%error, tried, "a fetch is tried again");
                    turn.rest_at_least(retry::back_off(tried, &self.settings));
                }
                other => return other,
            }
        }
    }

    fn wait_for(
        &self,
        answer: &Answer,
        address: &Address,
        turn: &mut Turn,
        tried: u32,
        last: bool,
    ) -> Result<(), Error> {
        let asked = retry::asked(answer);
        if last || asked.is_some_and(|wait| wait > self.settings.longest_wait) {
            return Err(Error::Busy { host: address.authority(), status: answer.status, retry_after: asked });
        }
        turn.rest_at_least(asked.unwrap_or_default().max(retry::back_off(tried, &self.settings)));
        Ok(())
    }

    async fn exchange(&self, address: &Address, request: &Request, budget: &mut Budget) -> Result<Answer, Error> {
        let began = Instant::now();
        let settings = self.bounds(request);
        let asked = async {
            let way = match &request.via {
                None => Way::Direct(names::look_up(address, request.local, &self.settings).await?),
                Some(proxy) => {
                    names::judge_unresolved(address, request.local)?;
                    Way::Through(proxy, names::of_proxy(proxy, &self.settings).await?)
                }
            };
            let body = request.post.as_ref().map(|post| post.body.clone());
            let message = Message { fields: self.fields(request)?, body };
            exchange::run(address, &way, &message, &settings, &self.tls).await
        };
        let answer = timeout(budget.0, asked).await;
        budget.0 = budget.0.saturating_sub(began.elapsed());
        answer.unwrap_or_else(|_| Err(Error::Slow { host: address.authority(), limit: self.settings.total }))
    }

    /// The settings, narrowed where a request asks for less.
    fn bounds(&self, request: &Request) -> Cow<'_, FetchSettings> {
        let Some(most) = request.most else { return Cow::Borrowed(&self.settings) };
        let (most_raw, most_decoded) = (self.settings.most_raw.min(most), self.settings.most_decoded.min(most));
        Cow::Owned(FetchSettings { most_raw, most_decoded, ..self.settings.clone() })
    }

    fn fields(&self, request: &Request) -> Result<Vec<(HeaderName, String)>, Error> {
        let mut fields = vec![
            (header::USER_AGENT, self.settings.user_agent.clone()),
            (header::ACCEPT, "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.8".to_owned()),
            (header::ACCEPT_ENCODING, decode::ACCEPTED.to_owned()),
        ];
        let given = [
            (header::ACCEPT_LANGUAGE, &self.settings.accept_language),
            (header::IF_NONE_MATCH, &request.if_none_match),
            (header::IF_MODIFIED_SINCE, &request.if_modified_since),
        ];
        fields.extend(given.into_iter().filter_map(|(name, value)| Some((name, value.clone()?))));
        if let Some(post) = &request.post {
            fields.push((header::CONTENT_TYPE, post.media_type.to_owned()));
        }
        for (name, value) in &request.fields {
            let wrong = || Error::Settings(format!("the header {name} can't be sent"));
            header::HeaderValue::from_str(value).map_err(|_| wrong())?;
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| wrong())?;
            fields.retain(|(known, _)| *known != name);
            fields.push((name, value.clone()));
        }
        for (name, value) in &request.secrets {
            // The value is not repeated: errors are shown and logged.
            let wrong = || Error::Settings(format!("the secret for the header {name:?} can't be sent as a header"));
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| wrong())?;
            header::HeaderValue::from_str(value.reveal()).map_err(|_| wrong())?;
            fields.push((name, value.reveal().to_owned()));
        }
        Ok(fields)
    }

    async fn finish(
        &self,
        address: Address,
        hops: Vec<String>,
        answer: Answer,
        request: &Request,
    ) -> Result<Fetched, Error> {
        let coding: Vec<&str> = answer
            .headers
            .iter()
            .filter(|(name, _)| name == "content-encoding")
            .map(|(_, value)| value.as_str())
            .collect();
        let secret: Vec<&str> = request.secrets.iter().map(|(name, _)| name.as_str()).collect();
        let (coding, host, settings) = (coding.join(","), address.authority(), self.bounds(request).into_owned());
        let raw = answer.raw;
        let unfolding = tokio::task::spawn_blocking(move || {
            let body = decode::body(&raw, &coding, &host, &settings);
            body.map(|body| (raw, body))
        });
        let unfolded = unfolding.await.map_err(|error| Error::Settings(format!("decoding was given up: {error}")))?;
        let (raw, body) = unfolded?;
        Ok(Fetched {
            final_url: address.url.into(),
            hops,
            ip: answer.ip.map(|ip| ip.to_string()),
            via: request.via.as_ref().map(ToString::to_string),
            request: recorded::without(answer.request, &secret),
            response_head: answer.head,
            status: answer.status,
            headers: answer.headers,
            raw,
            body,
        })
    }
}

fn redirect(answer: &Answer) -> Option<&str> {
    matches!(answer.status, 301 | 302 | 303 | 307 | 308).then(|| answer.header("location"))?
}
