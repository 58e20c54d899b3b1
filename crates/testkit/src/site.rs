//! A site that answers as a test says: pages by path, counted.

use crate::zoo::read_head;
use std::collections::HashMap;
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What a site says to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Header fields besides the length.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    /// A page of a media type.
    pub fn page(media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, headers: vec![("Content-Type".to_owned(), media_type.to_owned())], body: body.into() }
    }

    /// No page.
    pub fn status(status: u16) -> Self {
        Self { status, ..Self::page("text/plain", format!("status {status}")) }
    }

    /// The same with a header field more.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// A request as a site sees it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Path and query.
    pub path: String,
    /// The head as received.
    pub head: String,
    /// The body as received, by its `Content-Length`.
    pub body: Vec<u8>,
    /// How often this path was asked for, this time included.
    pub times: usize,
}

impl Asked {
    /// A header's value; the name in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let fields = self.head.lines().skip(1).filter_map(|line| line.split_once(':'));
        fields.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }
}

/// The site, on a loopback port, until dropped. `robots.txt` is not there unless the test serves it.
pub struct Site {
    address: SocketAddr,
    counts: Arc<Mutex<HashMap<String, usize>>>,
    task: JoinHandle<()>,
}

impl Site {
    /// Opens a site on a free port.
    ///
    /// # Errors
    /// Those of the system where there is no port.
    pub async fn open(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let (address, counts) = (listener.local_addr()?, Arc::<Mutex<HashMap<String, usize>>>::default());
        let (kept, answer) = (Arc::clone(&counts), Arc::new(answer));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (answer, counts) = (Arc::clone(&answer), Arc::clone(&kept));
                // A visitor who leaves early is no fault of the site.
                tokio::spawn(async move { visit(stream, answer.as_ref(), &counts).await });
            }
        });
        Ok(Self { address, counts, task })
    }

    /// `http://127.0.0.1:PORT`.
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its port.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// How often a path (with its query) was asked for.
    pub fn asked(&self, path: &str) -> usize {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner).get(path).copied().unwrap_or(0)
    }
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Site").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn visit(
    mut stream: TcpStream,
    answer: &(impl Fn(&Asked) -> Reply + Sync),
    counts: &Mutex<HashMap<String, usize>>,
) -> io::Result<()> {
    let mut head = read_head(&mut stream).await?;
    let mut part = [0; 4096];
    let ends = head.windows(4).position(|end| end == b"\r\n\r\n").map_or(head.len(), |at| at + 4);
    let mut body = head.split_off(ends);
    let head = String::from_utf8_lossy(&head).into_owned();
    let length = head.lines().filter_map(|line| line.split_once(':'));
    let length = length.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let length = length.filter_map(|(_, value)| value.trim().parse::<usize>().ok()).next().unwrap_or(0);
    while body.len() < length.min(1 << 20) {
        match stream.read(&mut part).await? {
            0 => break,
            read => body.extend_from_slice(&part[..read]),
        }
    }
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let times = {
        let mut counts = counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(path.clone()).or_insert(0);
        *count += 1;
        *count
    };
    let reply = answer(&Asked { path, head, body, times });
    let mut said = format!("HTTP/1.1 {} Status\r\nContent-Length: {}\r\n", reply.status, reply.body.len());
    for (name, value) in &reply.headers {
        said.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(format!("{said}\r\n").as_bytes()).await?;
    stream.write_all(&reply.body).await?;
    stream.shutdown().await
}
