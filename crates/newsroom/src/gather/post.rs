//! A post at an address: through which kind and source it is asked for, and what its network shows of it.

use crate::error::Error;
use crate::keeping::Received;
use crate::newsroom::Newsroom;
use jiff::tz::TimeZone;
use sitrep_collect::kinds::{self, Ask, Item, Kind, Origin, Said};
use sitrep_model::source::{Collection, Source};
use sitrep_net::Request;
use url::Url;

/// A post to be asked for: its kind, what to ask, whose settings and secrets serve, and whose post it is.
pub(crate) struct Post {
    kind: &'static Kind,
    ask: Ask,
    collection: Collection,
    through: Option<Source>,
    of: Option<Source>,
}

impl Post {
    /// How the post at an address is had, where a kind reads such posts.
    pub(crate) fn at(url: &str, sources: &[Source]) -> Option<Self> {
        let url = &Url::parse(url).ok()?;
        kinds::KINDS.iter().find_map(|kind| {
            let of_kind = || sources.iter().filter(|source| source.collection.how == kind.id && !source.retired);
            let own = kinds::recognise(url).and_then(|looks| {
                of_kind().find(|source| name(&source.collection).is_some() && name(&source.collection) == name(&looks))
            });
            let through = own.or_else(|| of_kind().find(|source| (kind.one)(&source.collection, url).is_some()));
            let collection = through.map_or_else(|| Collection::of(kind.id), |source| source.collection.clone());
            let ask = (kind.one)(&collection, url)?;
            Some(Self { kind, ask, collection, through: through.cloned(), of: own.cloned() })
        })
    }

    /// Why it can't be asked for: an interface wants a source with its key.
    pub(crate) fn can_be_asked(&self) -> Result<(), String> {
        if self.kind.origin == Origin::Interface && self.through.is_none() {
            return Err(format!(
                "{}s are read through an interface: add a source of that kind, with its key",
                self.kind.label
            ));
        }
        Ok(())
    }

    /// What its kind is called in files.
    pub(crate) fn kind(&self) -> &'static str {
        self.kind.id
    }

    /// The source whose post it is.
    pub(crate) fn of(&self) -> Option<&Source> {
        self.of.as_ref()
    }

    /// The address that is asked.
    pub(crate) fn address(&self) -> &str {
        &self.ask.at
    }

    /// What an answer shows of it; `None` where the answer shows no post.
    pub(crate) fn said(&self, received: &Received) -> Result<Option<Said>, kinds::Error> {
        let found = (self.kind.read)(&self.collection, &self.ask, &received.answer(TimeZone::UTC))?;
        Ok(found.items.into_iter().find_map(|item| match item {
            Item::Said(said) => Some(*said),
            _ => None,
        }))
    }
}

/// Whose posts a source collects.
fn name(collection: &Collection) -> Option<String> {
    let told = collection.text("channel").or_else(|| collection.text("handle"))?;
    let name = told.trim_end_matches('/').rsplit(['/', '@']).next().unwrap_or_default();
    Some(name.to_ascii_lowercase())
}

impl Newsroom {
    /// The request for a post, with the secrets of the source that it is asked through.
    pub(crate) async fn request_for_post(&self, post: &Post) -> Result<Request, Error> {
        let secrets = self.secrets_of(post.through.as_ref()).await?;
        secrets.request(post.through.as_ref(), &post.ask.at, post.ask.credential.as_ref())
    }
}
