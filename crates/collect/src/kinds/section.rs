//! A web page that lists others, a section or a front page: its links are followed, by a rule or as the program finds them.

use super::markup::{all, line};
use super::settings::{Form, address, minutes, number, optional, required, told};
use super::{Answer, Ask, Error, Found, Item, Kind, Memory, Origin, Sample, SettingSpec, fetched, no_address, no_file};
use crate::{charset, fragment, html};
use scraper::ElementRef;
use sitrep_model::source::Collection;
use std::collections::BTreeSet;
use url::Url;

pub(super) const KIND: Kind = Kind {
    id: "section",
    label: "Web section",
    what: "A page that lists others, where there is no feed: the reports that it links to are captured and read.",
    origin: Origin::Web,
    settings: SETTINGS,
    plan,
    read,
    recognise: no_address,
    one: fetched,
    takes: no_file,
    sample: Sample {
        collection: || Collection::of("section").told("url", "https://outlet.example/politics/"),
        content_type: "text/html; charset=utf-8",
        body: Some(|| include_bytes!("samples/section.html").to_vec()),
        finds: &["https://outlet.example/2026/11/26/parliament-sits", "https://outlet.example/news/41877"],
    },
};

const MOST: SettingSpec =
    number("most", "Links a look", "At most so many links are followed, the topmost first.", (1, 500), 60);

const SETTINGS: &[SettingSpec] = &[
    required("url", "Address of the page", "The section's or front page's own address.", Form::Address),
    optional(
        "select",
        "Links by rule",
        "A CSS selector of the links; without one they are found by the program.",
        Form::Selector,
    ),
    optional("under", "Only addresses with", "Words that an address must hold, such as /news/.", Form::Words),
    MOST,
    minutes(60),
];

/// Where a page lists what is not its matter.
const ASIDE: &[&str] = &["nav", "footer", "aside", "form"];

/// First parts of addresses that lead to lists and services.
const SERVICES: &[&str] = &[
    "tag",
    "tags",
    "category",
    "categories",
    "topic",
    "topics",
    "author",
    "authors",
    "search",
    "login",
    "signin",
    "register",
    "about",
    "contact",
    "privacy",
    "terms",
    "subscribe",
    "newsletter",
    "rss",
    "feed",
    "page",
    "archive",
    "advertise",
    "jobs",
];

/// Characters of a headline, at least.
const HEADLINE: usize = 18;

fn plan(collection: &Collection, _: &Memory) -> Result<Vec<Ask>, Error> {
    Ok(vec![Ask::of(address("url", collection.text("url").unwrap_or_default())?)])
}

fn read(collection: &Collection, _: &Ask, answer: &Answer<'_>) -> Result<Found, Error> {
    let text = charset::decode(answer.body, answer.content_type, None).text;
    let page = html::parse(&text);
    let root = page.root_element();
    let own = Url::parse(answer.url).ok();
    let base = super::markup::first(root, "base[href]").and_then(|base| own.as_ref()?.join(base.attr("href")?).ok());
    let base = base.or_else(|| own.clone());
    let links: Vec<(ElementRef<'_>, bool)> = match collection.text("select") {
        Some(rule) => all(root, rule).into_iter().flat_map(inside).map(|link| (link, true)).collect(),
        None => all(root, "a[href]").into_iter().map(|link| (link, false)).collect(),
    };
    let (mut seen, mut items) = (BTreeSet::new(), Vec::new());
    let most = usize::try_from(told(collection, &MOST)).unwrap_or(60);
    for (link, ruled) in links {
        let Some(url) = lead(link, base.as_ref(), own.as_ref()) else { continue };
        let title = title(link);
        let named = collection.text("under").is_none_or(|word| url.as_str().contains(word));
        let wanted = named && (ruled || is_report(link, &url, own.as_ref(), &title));
        if wanted && seen.insert(url.to_string()) {
            items.push(Item::Page { url: url.into(), title: Some(title).filter(|title| !title.is_empty()) });
        }
        if items.len() >= most {
            break;
        }
    }
    if items.is_empty() {
        let why = match collection.text("select") {
            Some(rule) => format!("the rule {rule:?} finds no links in it"),
            None => "no links to reports were found in it; give a CSS selector of the links".to_owned(),
        };
        return Err(Error::Unreadable(format!("{}: {why}", answer.url)));
    }
    // Pages list the newest first; the record takes them in the order they appeared.
    items.reverse();
    let title = super::markup::words(root, "title");
    let language = root.attr("lang").map(str::to_owned);
    Ok(Found { items, title, language, ..Found::default() })
}

/// A rule may name links, or what they stand in.
fn inside(element: ElementRef<'_>) -> Vec<ElementRef<'_>> {
    match element.attr("href") {
        Some(_) => vec![element],
        None => all(element, "a[href]"),
    }
}

/// Where a link leads, without its fragment; `None` where that is the page itself or no page.
fn lead(link: ElementRef<'_>, base: Option<&Url>, own: Option<&Url>) -> Option<Url> {
    let mut url = Url::parse(&fragment::address(link.attr("href")?, base)?).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(())?;
    url.set_fragment(None);
    (own.is_none_or(|own| own.as_str().split('#').next() != Some(url.as_str()))).then_some(url)
}

fn title(link: ElementRef<'_>) -> String {
    let words = line(link);
    if words.is_empty() { link.attr("title").unwrap_or_default().trim().to_owned() } else { words }
}

/// Whether a link looks like one to a report: on the same site, not in a menu, with a headline's length, and with an
/// address that is not a list's.
fn is_report(link: ElementRef<'_>, url: &Url, own: Option<&Url>, title: &str) -> bool {
    let site = |url: &Url| url.host_str().map(|host| host.strip_prefix("www.").unwrap_or(host).to_owned());
    let same = own.is_none_or(|own| {
        let (here, there) = (site(own).unwrap_or_default(), site(url).unwrap_or_default());
        here == there || there.ends_with(&format!(".{here}")) || here.ends_with(&format!(".{there}"))
    });
    let aside = link.ancestors().filter_map(ElementRef::wrap).any(|above| {
        ASIDE.contains(&above.value().name())
            || matches!(above.attr("role"), Some("navigation" | "contentinfo" | "search"))
    });
    let parts: Vec<&str> =
        url.path_segments().map(|parts| parts.filter(|part| !part.is_empty()).collect()).unwrap_or_default();
    let service = parts.first().is_some_and(|first| SERVICES.contains(&first.to_ascii_lowercase().as_str()));
    let last = parts.last().copied().unwrap_or_default();
    let digits = url.path().bytes().chain(url.query().unwrap_or_default().bytes()).filter(u8::is_ascii_digit).count();
    // A report's address has a number, a date or a headline in it.
    let speaks = digits >= 4 || last.matches(['-', '_']).count() >= 2 || last.contains("%D") || parts.len() >= 3;
    let heads = !all(link, "h1, h2, h3, h4").is_empty()
        || link
            .ancestors()
            .filter_map(ElementRef::wrap)
            .take(3)
            .any(|above| matches!(above.value().name(), "h1" | "h2" | "h3" | "h4"));
    same && !aside && !service && speaks && (title.chars().count() >= HEADLINE || heads && !title.is_empty())
}
