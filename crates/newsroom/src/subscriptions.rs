//! Sources as lists of subscriptions: what other programs give and take (OPML).

use crate::error::Error;
use crate::ids;
use crate::newsroom::Newsroom;
use crate::who::Who;
use sitrep_collect::opml::{self, Subscription};
use sitrep_model::account::Role;
use sitrep_model::id::{DeskId, SourceId};
use sitrep_model::source::{Affiliation, Collection, Source};

/// Minutes between two looks, until a person says otherwise.
const RHYTHM: u32 = 30;

/// What became of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct TakenList {
    /// Sources that were made.
    pub added: Vec<SourceId>,
    /// Feeds that are collected already.
    pub known: usize,
    /// What could not become a source: its name, and why.
    pub refused: Vec<(String, String)>,
}

impl Newsroom {
    /// A desk's feeds as OPML. Sources of other kinds have no place in it; those of channels that have a page are named by it.
    pub fn sources_opml(&self, who: &Who, desk: &DeskId) -> Result<String, Error> {
        who.must_be(Role::Reader, desk)?;
        let name = self.desk(desk)?.name;
        let sources = self.sources(desk)?;
        let fed = sources.iter().filter(|source| !source.retired && source.collection.how == "feed");
        let list: Vec<Subscription> = fed
            .filter_map(|source| {
                let affiliation = serde_json::to_value(source.affiliation).ok()?;
                Some(Subscription {
                    feed: source.collection.text("url")?.to_owned(),
                    title: source.name.clone(),
                    page: source.hosts.first().map(|host| format!("https://{host}/")),
                    language: Some(source.language.clone()),
                    folders: affiliation.as_str().map(str::to_owned).into_iter().collect(),
                })
            })
            .collect();
        Ok(opml::write(&name, &list))
    }

    /// Makes a source of each feed of an OPML file that is not collected yet. One that is refused does not stop the others.
    pub fn take_opml(&self, who: &Who, desk: &DeskId, bytes: &[u8]) -> Result<TakenList, Error> {
        who.must_be(Role::Chief, desk)?;
        let list = opml::read(bytes).map_err(|error| Error::field("opml", error.to_string()))?;
        let mut known = self.sources(desk)?;
        let mut taken = TakenList::default();
        for one in list {
            if known.iter().any(|source| source.collection.text("url") == Some(one.feed.as_str())) {
                taken.known += 1;
                continue;
            }
            let source = source(desk, &one, &known);
            match self.save_source(who, &source, 0, Some("from a list of subscriptions")) {
                Ok(_) => {
                    taken.added.push(source.id.clone());
                    known.push(source);
                }
                Err(error @ (Error::Store(_) | Error::Internal(_))) => return Err(error),
                Err(error) => taken.refused.push((one.title, error.to_string())),
            }
        }
        Ok(taken)
    }
}

fn source(desk: &DeskId, one: &Subscription, known: &[Source]) -> Source {
    let host = sitrep_language::address::host(one.page.as_deref().unwrap_or(&one.feed));
    let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
    let wished = ids::slug(&one.title);
    let taken = known.iter().any(|source| source.id.as_str() == wished);
    let affiliation = one.folders.last().map(|name| serde_json::Value::String(name.to_lowercase()));
    let id = SourceId(if taken || wished.len() < 3 { ids::id("source") } else { wished });
    let language = one.language.clone().unwrap_or_else(|| "und".to_owned());
    let collection = Collection::feed(one.feed.clone(), RHYTHM);
    Source {
        affiliation: affiliation.and_then(|name| serde_json::from_value::<Affiliation>(name).ok()).unwrap_or_default(),
        hosts: if host.is_empty() { Vec::new() } else { vec![host] },
        ..Source::new(id, desk.clone(), one.title.clone(), language, collection)
    }
}
