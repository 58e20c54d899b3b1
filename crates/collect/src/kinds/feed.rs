//! A feed, RSS, Atom or JSON: each entry's page is captured.

use super::settings::{Form, address, minutes, required};
use super::{Answer, Ask, Error, Found, Item, Kind, Memory, Origin, Sample, fetched, no_address, no_file};
use crate::feed;
use sitrep_model::source::Collection;

pub(super) const KIND: Kind = Kind {
    id: "feed",
    label: "Feed",
    what: "An RSS, Atom or JSON feed; the page of each entry is captured and read.",
    origin: Origin::Web,
    settings: &[required("url", "Feed address", "The feed's own address.", Form::Address), minutes(30)],
    plan,
    read,
    recognise: no_address,
    one: fetched,
    takes: no_file,
    sample: Sample {
        collection: || Collection::feed("https://outlet.example/feed.xml", 30),
        content_type: "application/rss+xml",
        body: Some(|| include_bytes!("samples/feed.xml").to_vec()),
        finds: &["https://outlet.example/1405/09/05/older", "https://outlet.example/1405/09/05/newer"],
    },
};

fn plan(collection: &Collection, _: &Memory) -> Result<Vec<Ask>, Error> {
    let url = collection.text("url").unwrap_or_default();
    Ok(vec![Ask::of(address("url", url)?)])
}

fn read(_: &Collection, _: &Ask, answer: &Answer<'_>) -> Result<Found, Error> {
    let read = feed::parse(answer.body, answer.content_type, Some(answer.url))
        .map_err(|error| Error::Unreadable(format!("{} can't be read as a feed: {error}", answer.url)))?;
    // Feeds list the newest first; the record takes them in the order they appeared.
    let pages = read.entries.into_iter().rev();
    let items = pages.filter_map(|entry| entry.url.map(|url| Item::Page { url, title: entry.title })).collect();
    let title = read.title.as_deref().map(crate::fragment::text).filter(|title| !title.is_empty());
    Ok(Found { items, title, language: read.language, ..Found::default() })
}
