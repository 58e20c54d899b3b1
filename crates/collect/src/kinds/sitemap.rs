//! Sitemaps: the lists of addresses that outlets keep for search engines, with days, and for news with times and titles
//! (sitemaps.org 0.9, news-sitemap 0.9); indexes of them; plain lists; compressed or not.

use super::settings::{Form, address, minutes, number, optional, required, told};
use super::{Answer, Ask, Error, Found, Item, Kind, Memory, Origin, Sample, SettingSpec, fetched, no_file};
use crate::charset;
use crate::feed::lenient::Lenient;
use flate2::read::MultiGzDecoder;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use sitrep_model::source::Collection;
use std::io::Read as _;
use url::Url;

pub(super) const KIND: Kind = Kind {
    id: "sitemap",
    label: "Sitemap",
    what: "The list of addresses that an outlet keeps for search engines; what is new in it is captured and read.",
    origin: Origin::Web,
    settings: SETTINGS,
    plan,
    read,
    recognise,
    one: fetched,
    takes: no_file,
    sample: Sample {
        collection: || {
            Collection::of("sitemap").told("url", "https://outlet.example/sitemap.xml").told("under", "/news/")
        },
        content_type: "application/xml",
        body: Some(|| include_bytes!("samples/sitemap.xml").to_vec()),
        finds: &["https://outlet.example/news/1?a=1&b=2", "https://outlet.example/news/2"],
    },
};

const DAYS: SettingSpec = number("days", "Days back", "What is older is left out.", (1, 3_650), 3);
const MOST: SettingSpec = number("most", "Addresses a look", "At most so many of the newest.", (1, 5_000), 200);

const SETTINGS: &[SettingSpec] = &[
    required("url", "Address of the sitemap", "Of the sitemap, or of the index of sitemaps.", Form::Address),
    optional("under", "Only addresses with", "Words that an address must hold, such as /news/.", Form::Words),
    DAYS,
    MOST,
    minutes(60),
];

/// Indexes inside each other.
const DEEPEST: u32 = 3;
/// Sitemaps of an index that are looked at, newest first.
const SITEMAPS: usize = 10;
/// Bytes of an unpacked sitemap, at most; the standard allows 50 MiB.
const LARGEST: u64 = 64 << 20;

fn plan(collection: &Collection, _: &Memory) -> Result<Vec<Ask>, Error> {
    Ok(vec![Ask::of(address("url", collection.text("url").unwrap_or_default())?)])
}

fn recognise(url: &Url) -> Option<Collection> {
    let name = url.path_segments()?.next_back()?.to_ascii_lowercase();
    let ends = [".xml", ".xml.gz", ".txt", ".txt.gz"].iter().any(|end| name.ends_with(end));
    (ends && name.contains("sitemap")).then(|| Collection::of("sitemap").told("url", url.as_str()))
}

/// An address of the list: when it changed, where that is said, and its title.
type Listed = (Option<Timestamp>, String, Option<String>);

fn read(collection: &Collection, ask: &Ask, answer: &Answer<'_>) -> Result<Found, Error> {
    let unpacked = unpacked(answer)?;
    let text = charset::decode(&unpacked, Some("text/xml"), None).text;
    let tree = Lenient::read(&text);
    let base = Url::parse(answer.url).ok();
    let since =
        answer.at.checked_sub(SignedDuration::from_hours(24 * told(collection, &DAYS))).unwrap_or(Timestamp::MIN);
    match tree.first().as_deref() {
        Some("sitemapindex") => Ok(Found { then: sitemaps(&tree, ask, base.as_ref(), since), ..Found::default() }),
        Some("urlset") => Ok(newest(collection, listed(&tree, base.as_ref(), "url"), since)),
        None | Some("") if text.lines().any(|line| line.trim().starts_with("http")) => {
            let lines = text.lines().map(str::trim).filter(|line| line.starts_with("http"));
            Ok(newest(collection, lines.map(|line| (None, line.to_owned(), None)).collect(), since))
        }
        _ => Err(Error::Unreadable(format!(
            "{} is no sitemap: it begins with neither <urlset> nor <sitemapindex>",
            answer.url
        ))),
    }
}

fn unpacked(answer: &Answer<'_>) -> Result<Vec<u8>, Error> {
    if !answer.body.starts_with(b"\x1f\x8b") {
        return Ok(answer.body.to_vec());
    }
    let fault = |why: String| Error::Unreadable(format!("{} can't be unpacked: {why}", answer.url));
    let mut out = Vec::new();
    MultiGzDecoder::new(answer.body)
        .take(LARGEST + 1)
        .read_to_end(&mut out)
        .map_err(|error| fault(error.to_string()))?;
    if out.len() as u64 > LARGEST {
        return Err(fault(format!("it unfolds to more than {LARGEST} bytes")));
    }
    Ok(out)
}

fn listed(tree: &Lenient<'_>, base: Option<&Url>, element: &'static str) -> Vec<Listed> {
    let read = tree.all(element).filter_map(|index| {
        let url = crate::fragment::address(&tree.words(index, "loc")?, base).filter(|url| url.starts_with("http"))?;
        let said = tree.words(index, "publication_date").or_else(|| tree.words(index, "lastmod"));
        Some((said.and_then(|said| moment(&said)), url, tree.words(index, "title")))
    });
    read.collect()
}

/// The sitemaps of an index that may hold something new.
fn sitemaps(tree: &Lenient<'_>, ask: &Ask, base: Option<&Url>, since: Timestamp) -> Vec<Ask> {
    let depth = ask.known("depth").and_then(|depth| depth.parse::<u32>().ok()).unwrap_or(0) + 1;
    let mut all = listed(tree, base, "sitemap");
    all.retain(|(at, ..)| depth <= DEEPEST && at.is_none_or(|at| at >= since));
    // Those without a day may be any; outlets number them upwards or name the newest first, so both ends are looked at.
    all.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
    let chosen: Vec<Listed> = match all.len() {
        0..=SITEMAPS => all,
        more if all.iter().all(|(at, ..)| at.is_none()) => all
            .into_iter()
            .enumerate()
            .filter(|(place, _)| *place < SITEMAPS / 2 || *place >= more - SITEMAPS / 2)
            .map(|(_, one)| one)
            .collect(),
        _ => all.into_iter().take(SITEMAPS).collect(),
    };
    chosen.into_iter().map(|(_, url, _)| Ask::of(url).knowing("depth", depth.to_string())).collect()
}

/// The newest addresses of a list, oldest first.
fn newest(collection: &Collection, mut all: Vec<Listed>, since: Timestamp) -> Found {
    let most = usize::try_from(told(collection, &MOST)).unwrap_or(200);
    all.retain(|(_, url, _)| collection.text("under").is_none_or(|word| url.contains(word)));
    let dated = all.iter().any(|(at, ..)| at.is_some());
    if dated {
        all.retain(|(at, ..)| at.is_some_and(|at| at >= since));
        all.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
    }
    all.truncate(most);
    let mut items: Vec<Item> = all.into_iter().map(|(_, url, title)| Item::Page { url, title }).collect();
    items.reverse();
    items.dedup_by(|a, b| a.url() == b.url());
    Found { items, ..Found::default() }
}

/// A W3C date and time, as sitemaps write it: a day, or a time with or without seconds. A day counts until its end.
fn moment(text: &str) -> Option<Timestamp> {
    let whole = || text.parse::<Timestamp>().ok();
    let day = || {
        let day: Date = text.get(..10)?.parse().ok()?;
        TimeZone::UTC.to_timestamp(day.at(23, 59, 59, 0)).ok()
    };
    whole().or_else(day)
}
