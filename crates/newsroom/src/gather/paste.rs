//! Addresses that a person, the bookmarklet or a program gives: captured at once. A post is asked for where its kind reads it.

use super::blocking;
use super::post::Post;
use crate::error::Error;
use crate::keeping::{Keeping, Received};
use crate::newsroom::Newsroom;
use crate::sources;
use crate::who::Who;
use sitrep_model::account::Role;
use sitrep_model::document::Document;
use sitrep_model::id::DeskId;
use sitrep_model::source::Source;
use sitrep_store::Versioned;
use url::Url;

impl Newsroom {
    /// Captures an address that a person pasted, and reads it.
    pub async fn paste(&self, who: &Who, desk: &DeskId, url: &str) -> Result<Versioned<Document>, Error> {
        who.must_be(Role::Analyst, desk)?;
        let url = sitrep_language::address::refang(url.trim()).map_or_else(|| url.trim().to_owned(), |found| found.url);
        let (newsroom, of) = (self.clone(), desk.clone());
        let sources = blocking(move || newsroom.sources(&of)).await?;
        if let Some(post) = Post::at(&url, &sources) {
            return self.paste_post(who, desk, post).await;
        }
        let local = sources.iter().find(|source| source.local && is_below(source, &url));
        let source = local.or_else(|| sources::of_address(&sources, &url));
        self.capture(who, desk, source, &url).await
    }

    async fn capture(
        &self,
        who: &Who,
        desk: &DeskId,
        source: Option<&Source>,
        url: &str,
    ) -> Result<Versioned<Document>, Error> {
        let request = self.secrets_of(source).await?.request(source, url, None)?;
        let fetched = self.fetcher().fetch(&request).await?.accepted()?;
        let received = Received::of(fetched, url, self.now());
        let requisites = self.page_requisites(source, &received).await;
        let (newsroom, who, desk, source) = (self.clone(), who.clone(), desk.clone(), source.cloned());
        let keeping = Keeping { entry: Some(url.to_owned()), requisites, ..Keeping::default() };
        blocking(move || newsroom.keep(&who, &desk, source.as_ref(), &received, &keeping)).await
    }

    async fn paste_post(&self, who: &Who, desk: &DeskId, post: Post) -> Result<Versioned<Document>, Error> {
        post.can_be_asked().map_err(|why| Error::field("url", why))?;
        let request = self.request_for_post(&post).await?;
        let fetched = self.fetcher().fetch(&request).await?.accepted()?;
        let received = Received::of(fetched, post.address(), self.now());
        let (newsroom, who, desk) = (self.clone(), who.clone(), desk.clone());
        blocking(move || {
            let said = post.said(&received).map_err(|error| Error::invalid(error.to_string()))?;
            let missing =
                || Error::invalid(format!("{} does not show that post: it may have been deleted", received.final_url));
            let said = said.ok_or_else(missing)?;
            let url = said.url.clone();
            newsroom.keep_said(&who, &desk, post.of(), &received, vec![said], post.kind())?;
            let kept = newsroom.read(|reader| Ok(reader.by_key(Some(&desk), &url)?))?;
            kept.ok_or_else(|| Error::Internal(format!("{url} was kept and is not found")))
        })
        .await
    }
}

/// Whether an address is on the host and under the first folder of where a source is collected.
fn is_below(source: &Source, url: &str) -> bool {
    let folder = |address: &str| {
        let parsed = Url::parse(address).ok()?;
        let first = parsed.path_segments()?.next()?.to_owned();
        Some((parsed.host_str()?.to_owned(), parsed.port(), first))
    };
    let told = ["url", "base"].iter().filter_map(|name| source.collection.text(name)).find_map(folder);
    told.is_some() && told == folder(url)
}
