//! Finding a source by an address: which kind collects it, its name, language and country, and what it would bring.

use crate::error::Error;
use crate::gather::blocking;
use crate::ids;
use crate::newsroom::Newsroom;
use crate::who::Who;
use jiff::tz::TimeZone;
use sitrep_collect::kinds::{self, Answer, Ask, Found, Item, Memory, Origin};
use sitrep_collect::{discover, feed, fragment};
use sitrep_model::account::Role;
use sitrep_model::id::{DeskId, SourceId};
use sitrep_model::source::{Collection, Setting, Source};
use sitrep_net::{Fetched, Request};
use url::Url;

/// What an address turned out to be.
struct Looked {
    collection: Collection,
    /// Where it is, for its host.
    address: String,
    found: Found,
}

impl Newsroom {
    /// What a source at an address would be, and the titles of what it holds now. Nothing is kept. The address may be that of
    /// a channel or account, of a feed, of a sitemap, or of a page: one that names a feed is collected by it, another by its
    /// site's sitemap for news, or by the links that are found in it. `local` says that it may be on this machine or its own
    /// network.
    pub async fn find_source(
        &self,
        who: &Who,
        desk: &DeskId,
        url: &str,
        local: bool,
    ) -> Result<(Source, Vec<String>), Error> {
        who.must_be(Role::Chief, desk)?;
        let looked = Search { newsroom: self, local }.look_for(&with_scheme(url)).await?;
        let (newsroom, of) = (self.clone(), desk.clone());
        let known = blocking(move || newsroom.sources(&of)).await?;
        if let Some(same) = known.iter().find(|source| is_same(&source.collection, &looked.collection)) {
            let message = format!("{} is collected already, as {}", looked.address, same.name);
            return Err(Error::field("url", message));
        }
        let titles = looked.found.items.iter().rev().filter_map(Item::title).collect();
        Ok((Source { local, ..source(desk, looked, &known) }, titles))
    }
}

/// One search for what an address is.
struct Search<'a> {
    newsroom: &'a Newsroom,
    local: bool,
}

impl Search<'_> {
    async fn look_for(&self, url: &str) -> Result<Looked, Error> {
        let parsed = Url::parse(url).map_err(|error| Error::field("url", format!("{url:?} is no address: {error}")))?;
        if let Some(collection) = kinds::recognise(&parsed) {
            return self.try_kind(collection, url).await;
        }
        let fetched = self.look_at(url).await?;
        if let Ok(found) = read(&fed(&fetched.final_url), &fetched, self.newsroom.now()) {
            return Ok(Looked { collection: fed(&fetched.final_url), address: fetched.final_url, found });
        }
        self.look_behind(fetched).await
    }

    /// How a page that is no feed is collected.
    async fn look_behind(&self, page: Fetched) -> Result<Looked, Error> {
        for address in discover::feeds(&page.body, page.header("content-type"), &page.final_url) {
            let Ok(fetched) = self.look_at(&address).await else { continue };
            if let Ok(found) = read(&fed(&fetched.final_url), &fetched, self.newsroom.now()) {
                return Ok(Looked { collection: fed(&fetched.final_url), address: fetched.final_url, found });
            }
        }
        let own = Url::parse(&page.final_url).ok();
        for place in ["/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml"] {
            let Some(address) = own.as_ref().and_then(|own| own.join(place).ok()) else { continue };
            let collection = Collection::of("sitemap").told("url", address.as_str());
            let Ok(fetched) = self.look_at(address.as_str()).await else { continue };
            if let Ok(found) = read(&collection, &fetched, self.newsroom.now())
                && !found.items.is_empty()
            {
                return Ok(Looked { collection, address: address.into(), found });
            }
        }
        let collection = Collection::of("section").told("url", page.final_url.as_str());
        let found = read(&collection, &page, self.newsroom.now())
            .map_err(|reason| Error::field("url", format!("{} is no feed and names none; {reason}", page.final_url)))?;
        Ok(Looked { collection, address: page.final_url, found })
    }

    /// What a kind that knows the address would bring. An interface needs its key first.
    async fn try_kind(&self, collection: Collection, url: &str) -> Result<Looked, Error> {
        let kind = kinds::kind(&collection.how).map_err(|error| Error::field("url", error.to_string()))?;
        let mut looked = Looked { collection, address: url.to_owned(), found: Found::default() };
        if kind.origin == Origin::Interface {
            return Ok(looked);
        }
        let wrong = |error: kinds::Error| Error::field("url", error.to_string());
        if let Some(ask) = (kind.plan)(&looked.collection, &Memory::new()).map_err(wrong)?.first() {
            let fetched = self.look_at(&ask.at).await?;
            looked.found = read(&looked.collection, &fetched, self.newsroom.now())
                .map_err(|reason| Error::field("url", reason))?;
        }
        Ok(looked)
    }

    async fn look_at(&self, url: &str) -> Result<Fetched, Error> {
        let request = Request { local: self.local, ..Request::new(url) };
        Ok(self.newsroom.fetcher().fetch(&request).await?.accepted()?)
    }
}

/// People write addresses without the beginning.
fn with_scheme(url: &str) -> String {
    let url = url.trim();
    if url.contains("://") { url.to_owned() } else { format!("https://{url}") }
}

fn fed(url: &str) -> Collection {
    let spec = kinds::every_minutes(&Collection::of("feed")).unwrap_or(30);
    Collection::feed(url, spec)
}

fn read(collection: &Collection, fetched: &Fetched, at: jiff::Timestamp) -> Result<Found, String> {
    let kind = kinds::kind(&collection.how).map_err(|error| error.to_string())?;
    let answer = Answer {
        url: &fetched.final_url,
        content_type: fetched.header("content-type"),
        body: &fetched.body,
        at,
        zone: TimeZone::UTC,
    };
    // A feed without entries yet is one all the same; a page that merely parses is not.
    if kind.id == "feed" {
        feed::parse(answer.body, answer.content_type, Some(answer.url)).map_err(|error| error.to_string())?;
    }
    (kind.read)(collection, &Ask::of(answer.url), &answer).map_err(|error| error.to_string())
}

/// Whether two collections ask for the same thing, however often.
fn is_same(a: &Collection, b: &Collection) -> bool {
    let told = |collection: &Collection| -> Vec<(String, String)> {
        let names = ["url", "channel", "handle", "path"];
        let word = |name: &&str| Some(((*name).to_owned(), collection.text(name)?.to_ascii_lowercase()));
        names.iter().filter_map(word).collect()
    };
    a.how == b.how && !told(a).is_empty() && told(a) == told(b)
}

fn source(desk: &DeskId, looked: Looked, known: &[Source]) -> Source {
    let Looked { collection, address, found } = looked;
    let host = sitrep_language::address::host(&address);
    let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
    // On a network the host is everybody's; the name below it is the source's.
    let named = collection.text("channel").or_else(|| collection.text("handle")).map(str::to_owned);
    let title = found.title.as_deref().map(fragment::text).filter(|name| !name.trim().is_empty());
    let name = title.or_else(|| named.clone()).unwrap_or_else(|| host.clone());
    let language = found.language.clone().or_else(|| language(&found)).unwrap_or_else(|| "und".to_owned());
    let wished = ids::slug(&named.clone().unwrap_or_else(|| host.clone()));
    let taken = known.iter().any(|source| source.id.as_str() == wished);
    let country = if named.is_some() { None } else { country(&host) };
    let mut collection = collection;
    if let Some(every) = kinds::every_minutes(&collection) {
        collection = collection.with("every_minutes", Setting::Number(every.into()));
    }
    let id = SourceId(if taken || wished.is_empty() { ids::id("source") } else { wished });
    let hosts = if named.is_some() { Vec::new() } else { vec![host] };
    Source { country, hosts, ..Source::new(id, desk.clone(), name, language, collection) }
}

/// The language that is written there.
fn language(found: &Found) -> Option<String> {
    let said = found.items.iter().find_map(|item| match item {
        Item::Said(said) => said.language.clone(),
        _ => None,
    });
    let titles: Vec<String> = found.items.iter().filter_map(Item::title).take(20).collect();
    said.or_else(|| sitrep_language::detect::detect(&titles.join(" \n")).map(|(language, _)| language.to_owned()))
}

/// The country that a host's last part names.
fn country(host: &str) -> Option<String> {
    let last = host.rsplit('.').next().filter(|last| last.len() == 2)?;
    let generic = ["io", "co", "tv", "me", "ai", "eu"].contains(&last);
    (!generic && last.chars().all(|c| c.is_ascii_alphabetic())).then(|| last.to_ascii_uppercase())
}
