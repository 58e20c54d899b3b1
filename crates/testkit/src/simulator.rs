//! The outlets of a desk folder as web sites: feeds, index pages and articles in the manner of real content management systems.
//!
//! Everything up to [`page`] and [`feed`] is pure, so that captures can be made without a server; [`serve`] puts the same answers on a
//! loopback port. The outlets' invented addresses (`https://shomal-news.example/fa/news/1`) are what pages call themselves; a feed's
//! links lead to where the simulator serves them (`http://127.0.0.1:PORT/<source>/fa/news/1`).

mod answer;
mod article;
mod dates;
mod feed;
mod markup;
mod page;
mod pages;
mod server;
mod wording;

pub use answer::HttpAnswer;
pub use article::{Article, desk_outlets, sources};
pub use feed::{feed, feed_address};
pub use page::{Template, index, page};
pub use server::{Live, Simulator, serve};

use std::path::PathBuf;
use thiserror::Error;

/// What is wrong with an outlet's folder, or with the port.
#[derive(Debug, Error)]
pub enum Error {
    /// A file can't be read.
    #[error("{}: {source}", path.display())]
    File {
        /// Which file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file does not say what it should.
    #[error("{}: {fault}", path.display())]
    Content {
        /// Which file.
        path: PathBuf,
        /// What is wrong, and what to write instead.
        fault: String,
    },
    /// No server came about.
    #[error("the outlet simulator can't listen at {address}: {source}")]
    Port {
        /// Where.
        address: std::net::SocketAddr,
        /// Why.
        source: std::io::Error,
    },
}
