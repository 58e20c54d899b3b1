//! What every handler shares: the newsroom, the page cache, and the way to ask without blocking the runtime.

use crate::cache::PageCache;
use crate::error::PageError;
use sitrep_model::desk::Desk;
use sitrep_model::id::DeskId;
use sitrep_newsroom::{Error, Newsroom};
use std::sync::Arc;

/// What a site is made with.
pub struct Settings {
    /// The newsroom.
    pub newsroom: Newsroom,
}

/// What every handler shares; clones share it.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    newsroom: Newsroom,
    pages: PageCache,
    secure: bool,
}

impl App {
    /// Makes the app. Cookies are marked *secure* where the public address is `https`.
    pub fn new(settings: Settings) -> Self {
        let secure = settings.newsroom.base().starts_with("https://");
        Self { inner: Arc::new(Inner { newsroom: settings.newsroom, pages: PageCache::default(), secure }) }
    }

    pub(crate) fn newsroom(&self) -> &Newsroom {
        &self.inner.newsroom
    }

    pub(crate) fn pages(&self) -> &PageCache {
        &self.inner.pages
    }

    pub(crate) fn is_secure(&self) -> bool {
        self.inner.secure
    }

    /// The record's position: cheap, asked for each request.
    pub(crate) fn head(&self) -> Result<u64, PageError> {
        self.inner.newsroom.store().head().map_err(|error| PageError::internal(&error))
    }

    /// Asks the newsroom on a thread where blocking is allowed.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        f: impl FnOnce(&Newsroom) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, PageError> {
        let newsroom = self.inner.newsroom.clone();
        match tokio::task::spawn_blocking(move || f(&newsroom)).await {
            Ok(result) => Ok(result?),
            Err(error) => Err(PageError::internal(&error)),
        }
    }

    /// A desk by the name in the address.
    pub(crate) async fn desk(&self, id: &str) -> Result<Desk, PageError> {
        let id = DeskId::from(id);
        self.ask(move |newsroom| newsroom.desk(&id)).await
    }
}
