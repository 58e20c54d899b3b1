//! Addresses that a person, the bookmarklet or a program gives: captured at once. A post is asked for where its kind reads it.

use super::blocking;
use crate::error::Error;
use crate::keeping::{Keeping, Received};
use crate::newsroom::Newsroom;
use crate::sources;
use crate::who::Who;
use jiff::tz::TimeZone;
use sitrep_collect::kinds::{self, Ask, Item, Kind, Origin, Said};
use sitrep_model::account::Role;
use sitrep_model::document::Document;
use sitrep_model::id::DeskId;
use sitrep_model::source::{Collection, Source};
use sitrep_store::Versioned;
use url::Url;

/// A post to be asked for: its kind, what to ask, whose settings and secrets serve, and whose post it is.
struct Post {
    kind: &'static Kind,
    ask: Ask,
    collection: Collection,
    through: Option<Source>,
    of: Option<Source>,
}

impl Newsroom {
    /// Captures an address that a person pasted, and reads it.
    pub async fn paste(&self, who: &Who, desk: &DeskId, url: &str) -> Result<Versioned<Document>, Error> {
        who.must_be(Role::Analyst, desk)?;
        let url = sitrep_language::address::refang(url.trim()).map_or_else(|| url.trim().to_owned(), |found| found.url);
        let (newsroom, of) = (self.clone(), desk.clone());
        let sources = blocking(move || newsroom.sources(&of)).await?;
        if let Some(post) = Url::parse(&url).ok().and_then(|parsed| post(&parsed, &sources)) {
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
        let Post { kind, ask, collection, through, of } = post;
        if kind.origin == Origin::Interface && through.is_none() {
            let message =
                format!("{}s are read through an interface: add a source of that kind, with its key", kind.label);
            return Err(Error::field("url", message));
        }
        let secrets = self.secrets_of(through.as_ref()).await?;
        let request = secrets.request(through.as_ref(), &ask.at, ask.credential.as_ref())?;
        let fetched = self.fetcher().fetch(&request).await?.accepted()?;
        let received = Received::of(fetched, &ask.at, self.now());
        let (newsroom, who, desk) = (self.clone(), who.clone(), desk.clone());
        blocking(move || {
            let answer = received.answer(TimeZone::UTC);
            let found = (kind.read)(&collection, &ask, &answer).map_err(|error| Error::invalid(error.to_string()))?;
            let said: Option<Said> = found.items.into_iter().find_map(|item| match item {
                Item::Said(said) => Some(*said),
                _ => None,
            });
            let missing =
                || Error::invalid(format!("{} does not show that post: it may have been deleted", answer.url));
            let said = said.ok_or_else(missing)?;
            let url = said.url.clone();
            newsroom.keep_said(&who, &desk, of.as_ref(), &received, vec![said], kind.id)?;
            let kept = newsroom.read(|reader| Ok(reader.by_key(Some(&desk), &url)?))?;
            kept.ok_or_else(|| Error::Internal(format!("{url} was kept and is not found")))
        })
        .await
    }
}

/// How the post at an address is had, where a kind reads such posts.
fn post(url: &Url, sources: &[Source]) -> Option<Post> {
    kinds::KINDS.iter().find_map(|kind| {
        let of_kind = || sources.iter().filter(|source| source.collection.how == kind.id && !source.retired);
        let own = kinds::recognise(url).and_then(|looks| {
            let name = |collection: &Collection| {
                let told = collection.text("channel").or_else(|| collection.text("handle"))?;
                let name = told.trim_end_matches('/').rsplit(['/', '@']).next().unwrap_or_default();
                Some(name.to_ascii_lowercase())
            };
            of_kind().find(|source| name(&source.collection).is_some() && name(&source.collection) == name(&looks))
        });
        let through = own.or_else(|| of_kind().find(|source| (kind.one)(&source.collection, url).is_some()));
        let collection = through.map_or_else(|| Collection::of(kind.id), |source| source.collection.clone());
        let ask = (kind.one)(&collection, url)?;
        Some(Post { kind, ask, collection, through: through.cloned(), of: own.cloned() })
    })
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
