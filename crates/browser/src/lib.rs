//! A page as a real browser shows it: Chromium is told over a pipe what to open, and asks for every address over that
//! pipe too.
//!
//! This crate must not know: sockets, the store, sources, what a capture is. The browser has no way to the network: names
//! resolve to nothing, its proxy leads nowhere, and where the system allows it, it runs in a network of its own that has no
//! way out. What a page asks for is put to a [`Network`], which is whoever calls this; what that refuses, the page does not
//! get. So the browser's answers are as hostile as the page, and bounded in number, size and time.

mod error;
mod page;
mod process;
mod program;
mod requests;
mod visit;

pub use error::Error;
pub use program::Browser;
pub use visit::Seen;

use std::future::Future;
use std::time::Duration;

/// What a page asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// The address, without its fragment.
    pub url: String,
    /// What it is to the page, in the browser's word: `Document`, `Stylesheet`, `Image`, `Script` …
    pub kind: String,
    /// `Accept`, `Origin` and `Referer`, as the browser would send them.
    pub fields: Vec<(&'static str, String)>,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status; one that leads on makes the browser ask again, for where it leads.
    pub status: u16,
    /// Header fields.
    pub headers: Vec<(String, String)>,
    /// The body, with its codings undone.
    pub body: Vec<u8>,
}

/// Whoever has a way to the network.
pub trait Network: Clone + Send + Sync + 'static {
    /// Answers what a page asks for, or says in words why not.
    fn answer(&self, asked: Asked) -> impl Future<Output = Result<Answer, String>> + Send;
}

/// The most that is borne of one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds {
    /// Time for the browser to start.
    pub start: Duration,
    /// Time for the page to load.
    pub load: Duration,
    /// Time for the picture, and again for the print.
    pub press: Duration,
    /// Addresses that it may ask for.
    pub requests: usize,
    /// Bytes that it may be given, decoded.
    pub bytes: u64,
    /// Height of the picture, in CSS pixels; what is below is cut.
    pub height: u32,
    /// Bytes of the picture.
    pub picture: usize,
    /// Bytes of the print.
    pub print: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            start: Duration::from_secs(20),
            load: Duration::from_secs(30),
            press: Duration::from_secs(15),
            requests: 250,
            bytes: 24 << 20,
            height: 12_000,
            picture: 12 << 20,
            print: 12 << 20,
        }
    }
}
