//! Finding a source by an address: its feed, name and language.

use crate::error::Error;
use crate::gather::blocking;
use crate::ids;
use crate::newsroom::Newsroom;
use crate::who::Who;
use sitrep_collect::feed::{self, Feed};
use sitrep_collect::{discover, fragment};
use sitrep_model::account::Role;
use sitrep_model::id::{DeskId, SourceId};
use sitrep_model::source::{Affiliation, Collection, Reliability, Source};
use sitrep_net::{Fetched, Request};

/// Minutes between two looks, until a person says otherwise.
const RHYTHM: u32 = 30;

impl Newsroom {
    /// What a source at an address would be, and the titles of what its feed holds now. Nothing is kept. The address may be
    /// that of a feed, or of a page that names one.
    pub async fn find_source(&self, who: &Who, desk: &DeskId, url: &str) -> Result<(Source, Vec<String>), Error> {
        who.must_be(Role::Chief, desk)?;
        let fetched = self.look_at(url).await?;
        let (address, found) = match read(&fetched) {
            Ok(found) => (fetched.final_url.clone(), found),
            Err(reason) => self.named_by(&fetched, &reason).await?,
        };
        let titles = found.entries.iter().filter_map(|entry| entry.title.clone()).collect();
        let (newsroom, of) = (self.clone(), desk.clone());
        let known = blocking(move || newsroom.sources(&of)).await?;
        if known.iter().any(|source| matches!(&source.collection, Collection::Feed { url, .. } if *url == address)) {
            return Err(Error::field("url", format!("{address} is collected already")));
        }
        let host = sitrep_language::address::host(&address);
        let name = found.title.as_deref().map(fragment::text).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| host.clone());
        let language = found.language.clone().or_else(|| language(&found)).unwrap_or_else(|| "und".to_owned());
        let wished = ids::slug(host.strip_prefix("www.").unwrap_or(&host));
        let taken = |id: &str| known.iter().any(|source| source.id.as_str() == id);
        let id = if taken(&wished) || wished.is_empty() { ids::id("source") } else { wished };
        let source = Source {
            id: SourceId(id),
            desk: desk.clone(),
            name,
            names: Vec::new(),
            language,
            country: country(&host),
            affiliation: Affiliation::default(),
            reliability: Reliability::F,
            collection: Collection::Feed { url: address, every_minutes: RHYTHM },
            hosts: vec![host.strip_prefix("www.").unwrap_or(&host).to_owned()],
            defanged: false,
            local: false,
            time_zone: None,
            note: None,
            retired: false,
        };
        Ok((source, titles))
    }

    async fn look_at(&self, url: &str) -> Result<Fetched, Error> {
        let request = Request { url: url.to_owned(), local: false, if_none_match: None, if_modified_since: None };
        let fetched = self.fetcher().fetch(&request).await?;
        if (200..300).contains(&fetched.status) {
            return Ok(fetched);
        }
        Err(Error::field("url", format!("{url} answered with status {}", fetched.status)))
    }

    async fn named_by(&self, page: &Fetched, reason: &str) -> Result<(String, Feed), Error> {
        for address in discover::feeds(&page.body, page.header("content-type"), &page.final_url) {
            let fetched = self.look_at(&address).await?;
            if let Ok(found) = read(&fetched) {
                return Ok((fetched.final_url, found));
            }
        }
        let message = format!("{} is no feed ({reason}) and names none: give the feed's address", page.final_url);
        Err(Error::field("url", message))
    }
}

fn read(fetched: &Fetched) -> Result<Feed, String> {
    feed::parse(&fetched.body, fetched.header("content-type"), Some(&fetched.final_url)).map_err(|e| e.to_string())
}

/// The language that a feed's titles are in.
fn language(feed: &Feed) -> Option<String> {
    let titles: Vec<String> = feed.entries.iter().filter_map(|entry| entry.title.clone()).take(20).collect();
    sitrep_language::detect::detect(&titles.join(" \n")).map(|(language, _)| language.to_owned())
}

/// The country that a host's last part names.
fn country(host: &str) -> Option<String> {
    let last = host.rsplit('.').next().filter(|last| last.len() == 2)?;
    let generic = ["io", "co", "tv", "me", "ai", "eu"].contains(&last);
    (!generic && last.chars().all(|c| c.is_ascii_alphabetic())).then(|| last.to_ascii_uppercase())
}
