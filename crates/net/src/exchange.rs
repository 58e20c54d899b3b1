//! One request and its answer over one connection, with every bound kept.
//!
//! HTTP/1.1, one connection an exchange. HTTP/2 would save handshakes that pacing makes rare, and its heads are not bytes that a capture
//! can hold. The connection is made here, to an address that the guard has judged, so no second look-up can lead elsewhere.

use crate::address::Address;
use crate::error::Error;
use crate::proxy::Proxy;
use crate::recorded::{Recorded, Tape, answer_head, for_capture};
use crate::settings::FetchSettings;
use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::{Method, Request, Response, header};
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use std::error::Error as _;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// Most of a host's addresses that are tried.
const ADDRESSES_TRIED: usize = 3;

/// What a mail server or a mailbox is spoken to over: a bare connection, or one with TLS on it.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Unpin + Send + Sync {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send + Sync> Stream for S {}

/// An answer, its body without transfer coding but with its content coding.
#[derive(Debug)]
pub(crate) struct Answer {
    /// Whose answer it is; behind a proxy that is not known.
    pub(crate) ip: Option<IpAddr>,
    pub(crate) request: Vec<u8>,
    pub(crate) head: Vec<u8>,
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) raw: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// What is sent to an address.
pub(crate) struct Message {
    pub(crate) fields: Vec<(header::HeaderName, String)>,
    /// The body of a POST; without one it is a GET.
    pub(crate) body: Option<Vec<u8>>,
}

/// How an address is reached.
pub(crate) enum Way<'a> {
    /// At one of these places, which the guard has judged.
    Direct(Vec<SocketAddr>),
    /// Through a proxy at one of these places.
    Through(&'a Proxy, Vec<SocketAddr>),
}

/// Connects, asks, and reads the answer. The caller bounds the whole in time.
pub(crate) async fn run(
    address: &Address,
    way: &Way<'_>,
    message: &Message,
    settings: &FetchSettings,
    tls: &Arc<ClientConfig>,
) -> Result<Answer, Error> {
    let (stream, ip) = reach(address, way, settings).await?;
    if !address.secure {
        return speak(stream, ip, address, message, settings).await;
    }
    let secured = secured(address, stream, settings, tls).await?;
    speak(secured, ip, address, message, settings).await
}

/// Connects, through a proxy where there is one; says which IP address it is where that is known.
pub(crate) async fn reach(
    address: &Address,
    way: &Way<'_>,
    settings: &FetchSettings,
) -> Result<(TcpStream, Option<IpAddr>), Error> {
    match way {
        Way::Direct(places) => {
            let (stream, ip) = connect(&address.authority(), places, settings).await?;
            Ok((stream, Some(ip)))
        }
        Way::Through(proxy, places) => {
            let (mut stream, _) = connect(&proxy.to_string(), places, settings).await?;
            let led = timeout(settings.connect, proxy.lead(&mut stream, address)).await;
            let slow = |_| Error::Proxy { proxy: proxy.to_string(), why: "it does not answer in time".to_owned() };
            led.map_err(slow)??;
            Ok((stream, None))
        }
    }
}

/// Puts TLS on a connection.
pub(crate) async fn secured<S: AsyncRead + AsyncWrite + Unpin>(
    address: &Address,
    stream: S,
    settings: &FetchSettings,
    tls: &Arc<ClientConfig>,
) -> Result<TlsStream<S>, Error> {
    let failed = |why: String| Error::Tls { host: address.authority(), why };
    let host = address.host.to_string();
    let name =
        ServerName::try_from(host.trim_matches(['[', ']']).to_owned()).map_err(|error| failed(error.to_string()))?;
    let secured = timeout(settings.connect, TlsConnector::from(Arc::clone(tls)).connect(name, stream)).await;
    let secured = secured.map_err(|_| failed("the handshake did not end in time".to_owned()))?;
    secured.map_err(|error| failed(error.to_string()))
}

async fn connect(host: &str, places: &[SocketAddr], settings: &FetchSettings) -> Result<(TcpStream, IpAddr), Error> {
    let mut why = "the name has no address".to_owned();
    for place in places.iter().take(ADDRESSES_TRIED) {
        match timeout(settings.connect, TcpStream::connect(place)).await {
            Ok(Ok(stream)) => return Ok((stream, place.ip())),
            Ok(Err(error)) if error.kind() == io::ErrorKind::ConnectionRefused => {
                why = "nothing listens there (connection refused)".to_owned();
            }
            Ok(Err(error)) => why = error.to_string(),
            Err(_) => why = "it does not answer".to_owned(),
        }
    }
    Err(Error::Connect { host: host.to_owned(), why })
}

/// The task that moves a connection's bytes; it ends with the exchange.
struct Driver(JoinHandle<()>);

impl Drop for Driver {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn speak<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
    stream: S,
    ip: Option<IpAddr>,
    address: &Address,
    message: &Message,
    settings: &FetchSettings,
) -> Result<Answer, Error> {
    let tape = Tape::new(settings.most_head.saturating_mul(2));
    let io = TokioIo::new(Recorded { inner: stream, tape: tape.clone() });
    let faults = Faults { address, tape: &tape, settings };
    let (mut sender, connection) = http1::Builder::new()
        .title_case_headers(true)
        .max_headers(settings.most_fields)
        .max_header_size(settings.most_head)
        .max_buf_size(settings.most_head.max(8192))
        .allow_obsolete_multiline_headers_in_responses(true)
        .allow_spaces_after_header_name_in_responses(true)
        .ignore_invalid_headers_in_responses(true)
        .handshake(io)
        .await
        .map_err(|error| faults.of_head(&error))?;
    let _driver = Driver(tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection ended badly");
        }
    }));
    let request = request(address, message)?;
    let response = timeout(settings.idle, sender.send_request(request)).await;
    let response = response.map_err(|_| faults.no_head())?.map_err(|error| faults.of_head(&error))?;
    let (status, headers) = (response.status().as_u16(), named(&response));
    let raw = body(response.into_body(), &faults).await?;
    let received = tape.received();
    let head = answer_head(&received).map(for_capture).unwrap_or_default();
    Ok(Answer { ip, request: tape.sent(), head, status, headers, raw })
}

fn request(address: &Address, message: &Message) -> Result<Request<Full<Bytes>>, Error> {
    let method = if message.body.is_some() { Method::POST } else { Method::GET };
    let request = Request::builder().method(method).uri(address.target());
    let mut request = request.header(header::HOST, address.authority());
    for (name, value) in &message.fields {
        request = request.header(name, value);
    }
    let refused = |error: hyper::http::Error| Error::Address { url: address.url.to_string(), why: error.to_string() };
    let body = Full::from(message.body.clone().unwrap_or_default());
    request.header(header::CONNECTION, "close").body(body).map_err(refused)
}

fn named(response: &Response<Incoming>) -> Vec<(String, String)> {
    let text = |value: &header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    response.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
}

async fn body(mut body: Incoming, faults: &Faults<'_>) -> Result<Vec<u8>, Error> {
    let limit = faults.settings.most_raw;
    let expected = body.size_hint().exact();
    if expected.is_some_and(|length| length > limit) {
        return Err(faults.too_large());
    }
    let mut raw = Vec::new();
    loop {
        let frame = timeout(faults.settings.idle, body.frame()).await.map_err(|_| faults.silent())?;
        let Some(frame) = frame else { return Ok(raw) };
        let frame = frame.map_err(|error| faults.of_body(&error, raw.len() as u64, expected))?;
        let Some(data) = frame.data_ref() else { continue };
        if raw.len() as u64 + data.len() as u64 > limit {
            return Err(faults.too_large());
        }
        raw.extend_from_slice(data);
    }
}

/// Says in words what the HTTP library reports, with a look at what was really received.
struct Faults<'a> {
    address: &'a Address,
    tape: &'a Tape,
    settings: &'a FetchSettings,
}

impl Faults<'_> {
    fn host(&self) -> String {
        self.address.authority()
    }

    fn silent(&self) -> Error {
        Error::Silent { host: self.host(), waited: self.settings.idle }
    }

    /// No head in time: nothing at all came, or it drips.
    fn no_head(&self) -> Error {
        if self.tape.received().is_empty() {
            return self.silent();
        }
        Error::Slow { host: self.host(), limit: self.settings.idle }
    }

    fn too_large(&self) -> Error {
        Error::TooLarge { host: self.host(), limit: self.settings.most_raw }
    }

    fn of_head(&self, error: &hyper::Error) -> Error {
        let received = self.tape.received();
        if received.is_empty() {
            return Error::NoAnswer { host: self.host() };
        }
        if !received.starts_with(b"HTTP/") && !b"HTTP/".starts_with(&received) {
            return self.not_http(&received);
        }
        if !error.is_parse() {
            return Error::CutOff { host: self.host(), received: 0, expected: None };
        }
        let head = answer_head(&received);
        let lines = head.unwrap_or(&received).iter().filter(|byte| **byte == b'\n').count();
        if head.map_or(received.len(), <[u8]>::len) >= self.settings.most_head || lines > self.settings.most_fields {
            let (limit, fields) = (self.settings.most_head, self.settings.most_fields);
            return Error::HeadTooLarge { host: self.host(), limit, fields };
        }
        if !received.starts_with(b"HTTP/1.") {
            return self.not_http(&received);
        }
        Error::Malformed { host: self.host(), why: error.to_string() }
    }

    fn not_http(&self, received: &[u8]) -> Error {
        let begins = String::from_utf8_lossy(received).chars().take(40).collect();
        Error::NotHttp { host: self.host(), begins }
    }

    fn of_body(&self, error: &hyper::Error, received: u64, expected: Option<u64>) -> Error {
        let cause = error.source().and_then(|cause| cause.downcast_ref::<io::Error>()).map(io::Error::kind);
        match cause {
            Some(io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput) => {
                let why = error.source().map(ToString::to_string).unwrap_or_default();
                Error::Malformed {
                    host: self.host(),
                    why: format!("its body is not in the pieces that it announces ({why})"),
                }
            }
            _ => Error::CutOff { host: self.host(), received, expected },
        }
    }
}
