//! Web servers that misbehave, one a path: what a reader of the open net meets sooner or later.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::HashMap;
use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::interval;

/// The paths, each with what is done there.
pub const CAGES: &[(&str, &str)] = &[
    ("/good", "a page"),
    ("/echo", "the request's head as a page"),
    ("/gzip", "a compressed page"),
    ("/early", "an interim answer before the page"),
    ("/tagged", "a page with an ETag; 304 to who has it"),
    ("/status/N", "that status"),
    ("/busy", "503 with `Retry-After: 0` once, then a page"),
    ("/busy-for-long", "429 with `Retry-After: 7200`"),
    ("/flaky", "closes the connection once, then a page"),
    ("/silent", "never answers"),
    ("/silent-in-the-middle", "half a page, then nothing more"),
    ("/drip", "a head that comes byte by byte without end"),
    ("/drip-body", "a page that comes byte by byte without end"),
    ("/endless", "a page without end"),
    ("/terabyte", "announces a terabyte"),
    ("/bomb", "32 MiB of nothing, compressed"),
    ("/short", "announces more than it sends"),
    ("/long", "sends more than it announces"),
    ("/cut-piece", "closes in the middle of a chunk"),
    ("/reset", "resets the connection in the middle of the page"),
    ("/closed", "closes without an answer"),
    ("/half-head", "closes in the middle of the head"),
    ("/huge-head", "a header field of a mebibyte"),
    ("/many-fields", "ten thousand header fields"),
    ("/http09", "a page without a head"),
    ("/garbage", "bytes of chance"),
    ("/ssh", "the greeting of another protocol"),
    ("/http2", "claims a version that it does not speak"),
    ("/bad-piece", "a chunk whose length is no number"),
    ("/two-lengths", "two lengths that differ"),
    ("/not-gzip", "says gzip and sends text"),
    ("/loop", "redirects in a circle"),
    ("/chain/N", "redirects to /chain/N+1"),
    ("/to-private", "redirects to a private network"),
    ("/to-metadata", "redirects to a cloud's metadata service"),
    ("/to-file", "redirects to a file"),
    ("/to-nowhere", "a redirect without a location: an answer like any other"),
    ("/to-good", "redirects to the page"),
    ("/elsewhere?to=…", "redirects to that address"),
    ("/robots.txt", "closes /closed-to-programs"),
    ("/closed-to-programs", "a page"),
];

const DRIP: Duration = Duration::from_millis(5);

/// Made once, for making it takes longer than some visitors wait.
static BOMB: LazyLock<Vec<u8>> = LazyLock::new(|| gzipped(&vec![0; 32 << 20]));

type Counts = Arc<Mutex<HashMap<String, usize>>>;

/// The servers, on one loopback port, until dropped.
#[derive(Debug)]
pub struct Zoo {
    address: SocketAddr,
    asked: Counts,
    task: JoinHandle<()>,
}

impl Zoo {
    /// Opens the zoo on a free port.
    ///
    /// # Errors
    /// Those of the system where there is no port.
    pub async fn open() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let (address, asked) = (listener.local_addr()?, Counts::default());
        let counts = Arc::clone(&asked);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A visitor who leaves in the middle is what these servers are for.
                tokio::spawn(visit(stream, Arc::clone(&counts)));
            }
        });
        Ok(Self { address, asked, task })
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The port.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// How often a path was asked for.
    pub fn asked(&self, path: &str) -> usize {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).get(path).copied().unwrap_or(0)
    }
}

impl Drop for Zoo {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn visit(mut stream: TcpStream, counts: Counts) -> io::Result<()> {
    let head = request_head(&mut stream).await?;
    let path = head.split(' ').nth(1).unwrap_or_default().split('?').next().unwrap_or_default().to_owned();
    let times = {
        let mut counts = counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(path.clone()).or_insert(0);
        *count += 1;
        *count
    };
    match answer(&path, &head, times) {
        Show::Bytes(bytes) => {
            stream.write_all(&bytes).await?;
            stream.shutdown().await
        }
        Show::ThenSilence(bytes) => {
            stream.write_all(&bytes).await?;
            until_left(&mut stream).await
        }
        Show::ThenReset(bytes) => {
            stream.write_all(&bytes).await?;
            // Closed with zero linger, a connection is reset instead of ended.
            stream.set_zero_linger()
        }
        Show::Drip(first, bytes) => {
            stream.write_all(&first).await?;
            let mut ticks = interval(DRIP);
            loop {
                ticks.tick().await;
                stream.write_all(&bytes).await?;
            }
        }
        Show::Endless(first, bytes) => {
            stream.write_all(&first).await?;
            loop {
                stream.write_all(&bytes).await?;
            }
        }
    }
}

async fn request_head(stream: &mut TcpStream) -> io::Result<String> {
    Ok(String::from_utf8_lossy(&read_head(stream).await?).into_owned())
}

/// A request's head, with what of its body came with it.
pub(crate) async fn read_head(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let mut part = [0; 4096];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") && head.len() < 64 << 10 {
        match stream.read(&mut part).await? {
            0 => break,
            read => head.extend_from_slice(&part[..read]),
        }
    }
    Ok(head)
}

async fn until_left(stream: &mut TcpStream) -> io::Result<()> {
    let mut part = [0; 64];
    while stream.read(&mut part).await? > 0 {}
    Ok(())
}

/// What a visitor sees.
enum Show {
    Bytes(Vec<u8>),
    ThenSilence(Vec<u8>),
    ThenReset(Vec<u8>),
    Drip(Vec<u8>, Vec<u8>),
    Endless(Vec<u8>, Vec<u8>),
}

const PAGE: &str = "<!doctype html><title>A page</title><p>This is the page.</p>";
const CHUNKED: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n";

fn answer(path: &str, head: &str, times: usize) -> Show {
    let text = |text: &str| Show::Bytes(text.as_bytes().to_vec());
    let to = |place: &str| Show::Bytes(page(302, &format!("Location: {place}\r\n"), b""));
    if let Some(status) = path.strip_prefix("/status/").and_then(|status| status.parse().ok()) {
        return Show::Bytes(page(status, "", PAGE.as_bytes()));
    }
    if let Some(number) = path.strip_prefix("/chain/").and_then(|number| number.parse::<u32>().ok()) {
        return to(&format!("/chain/{}", number.saturating_add(1)));
    }
    match path {
        "/good" | "/closed-to-programs" => Show::Bytes(page(200, "", PAGE.as_bytes())),
        "/echo" => Show::Bytes(page(200, "", head.as_bytes())),
        "/gzip" => Show::Bytes(page(200, "Content-Encoding: gzip\r\n", &gzipped(PAGE.as_bytes()))),
        "/early" => {
            let early = b"HTTP/1.1 103 Early Hints\r\nLink: </s.css>\r\n\r\n";
            Show::Bytes([early, page(200, "", PAGE.as_bytes()).as_slice()].concat())
        }
        "/tagged" if head.to_ascii_lowercase().contains("if-none-match: \"one\"") => {
            text("HTTP/1.1 304 Not Modified\r\nETag: \"one\"\r\n\r\n")
        }
        "/tagged" => Show::Bytes(page(200, "ETag: \"one\"\r\n", PAGE.as_bytes())),
        "/busy" if times == 1 => Show::Bytes(page(503, "Retry-After: 0\r\n", b"later")),
        "/busy-for-long" => Show::Bytes(page(429, "Retry-After: 7200\r\n", b"much later")),
        "/flaky" if times == 1 => text(""),
        "/busy" | "/flaky" => Show::Bytes(page(200, "", PAGE.as_bytes())),
        "/loop" => to("/loop-back"),
        "/loop-back" => to("/loop"),
        "/to-private" => to("http://10.0.0.5/admin"),
        "/to-metadata" => to("http://169.254.169.254/latest/meta-data/"),
        "/to-file" => to("file:///etc/passwd"),
        "/to-nowhere" => Show::Bytes(page(302, "", b"")),
        "/elsewhere" => to(head.split_once("?to=").and_then(|(_, rest)| rest.split(' ').next()).unwrap_or("/")),
        "/to-good" => to("/good?from=there#part"),
        "/robots.txt" => Show::Bytes(page(200, "", b"User-agent: *\nDisallow: /closed-to-programs\n")),
        _ => ill(path),
    }
}

/// The animals that break the standard.
fn ill(path: &str) -> Show {
    let text = |text: &str| Show::Bytes(text.as_bytes().to_vec());
    let bytes = |text: &str| text.as_bytes().to_vec();
    match path {
        "/silent" => Show::ThenSilence(Vec::new()),
        "/silent-in-the-middle" => Show::ThenSilence(bytes("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<p>Half")),
        "/drip" => Show::Drip(bytes("HTTP/1.1 200 OK\r\nX: "), bytes("x")),
        "/drip-body" => Show::Drip(bytes(CHUNKED), bytes("1\r\nx\r\n")),
        "/endless" => Show::Endless(bytes(CHUNKED), format!("4000\r\n{}\r\n", "x".repeat(0x4000)).into_bytes()),
        "/terabyte" => Show::ThenSilence(bytes("HTTP/1.1 200 OK\r\nContent-Length: 1099511627776\r\n\r\nx")),
        "/bomb" => Show::Bytes(page(200, "Content-Encoding: gzip\r\n", &BOMB)),
        "/short" => text("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<p>Half"),
        "/long" => text("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n<p>The page and what does not belong to it"),
        "/cut-piece" => text(&format!("{CHUNKED}40\r\n<p>Half")),
        "/reset" => Show::ThenReset(bytes("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<p>Half")),
        "/closed" => text(""),
        "/half-head" => text("HTTP/1.1 200 OK\r\nContent-Ty"),
        "/huge-head" => text(&format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n{PAGE}", "x".repeat(1 << 20))),
        "/many-fields" => text(&format!("HTTP/1.1 200 OK\r\n{}\r\n{PAGE}", "X: y\r\n".repeat(10_000))),
        "/http09" => text(PAGE),
        "/garbage" => Show::Bytes((0..2000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect()),
        "/ssh" => text("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"),
        "/http2" => text("HTTP/2 200 OK\r\n\r\n"),
        "/bad-piece" => text(&format!("{CHUNKED}zz\r\n{PAGE}\r\n0\r\n\r\n")),
        "/two-lengths" => text(&format!("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\n{PAGE}")),
        "/not-gzip" => Show::Bytes(page(200, "Content-Encoding: gzip\r\n", PAGE.as_bytes())),
        _ => Show::Bytes(page(404, "", b"no such cage")),
    }
}

fn page(status: u16, fields: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} Status\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\n{fields}\r\n"
    );
    [head.as_bytes(), body].concat()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    // Writing to memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}
