//! Title, byline, site, addresses and times as a page's head and its JSON-LD give them.

use super::bylines::{self, Outlet};
use super::page::{Element, Page, Place};
use super::structured;
use html5ever::local_name;
use serde_json::Value;
use std::collections::HashMap;
use url::Url;

/// What the page says of itself.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    pub(super) canonical: Option<String>,
    pub(super) title: Option<String>,
    pub(super) byline: Vec<String>,
    pub(super) language: Option<String>,
    pub(super) site: Option<String>,
    pub(super) image: Option<String>,
    pub(super) body: Option<String>,
    /// What relative addresses are resolved against.
    pub(super) base: Option<Url>,
}

pub(super) fn read(page: &Page, address: Option<&Url>) -> Metadata {
    let objects = structured::objects(page);
    let report = objects.iter().find(|object| structured::is_report(object));
    let head = Head::read(page);
    let base = base(head.base, address);
    let absolute = |found: Option<String>| found.and_then(|found| resolve(base.as_ref(), &found));
    let of = |key: &str| structured::text(report.and_then(|report| report.get(key)));
    let site = head.first(&["og:site_name", "application-name", "twitter:site", "al:android:app_name"]);
    let site = site
        .map(|name| name.trim_start_matches('@').to_owned())
        .or_else(|| of("publisher").filter(|name| !name.starts_with("http")));
    let title = title(&head, of("headline").or_else(|| of("name")), site.as_deref());
    let outlet = Outlet { site: site.as_deref(), host: address.and_then(Url::host_str) };
    let byline = bylines::of(page, &declared_authors(&head, report), headline(&head, title.as_deref()), outlet);
    Metadata {
        canonical: absolute(head.canonical.map(str::to_owned))
            .or_else(|| absolute(head.first(&["og:url"])))
            .or_else(|| absolute(of("url")))
            .or_else(|| address.map(Url::to_string)),
        title,
        byline,
        language: language(page, &head).or_else(|| of("inLanguage")),
        site,
        image: absolute(head.first(&[
            "og:image",
            "og:image:url",
            "og:image:secure_url",
            "twitter:image",
            "twitter:image:src",
        ]))
        .or_else(|| absolute(image(report))),
        body: of("articleBody").filter(|body| body.chars().count() > 200),
        base,
    }
}

/// What a page's elements say of it: `meta` by name (lower case), and the first of those that there should be one of.
#[derive(Default)]
struct Head<'a> {
    values: HashMap<String, Vec<&'a str>>,
    canonical: Option<&'a str>,
    base: Option<&'a str>,
    headings: Vec<Place<'a>>,
    title: Option<Place<'a>>,
}

impl<'a> Head<'a> {
    fn read(page: &'a Page) -> Self {
        let mut head = Self::default();
        for (place, element) in page.elements() {
            match element.name() {
                "meta" => head.meta(element),
                "link" if head.canonical.is_none() => {
                    let rel = element.attribute(&local_name!("rel"));
                    if rel.is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) {
                        head.canonical = element.attribute(&local_name!("href"));
                    }
                }
                "base" if head.base.is_none() => head.base = element.attribute(&local_name!("href")),
                "h1" if head.headings.len() < MOST_HEADINGS => head.headings.push(place),
                "title" if head.title.is_none() => head.title = Some(place),
                _ => {}
            }
        }
        head
    }

    fn meta(&mut self, element: &'a Element) {
        let content = element.attribute(&local_name!("content")).map(str::trim).filter(|content| !content.is_empty());
        let Some(content) = content else { return };
        for key in [local_name!("property"), local_name!("name"), local_name!("itemprop"), local_name!("http-equiv")] {
            if let Some(name) = element.attribute(&key) {
                self.values.entry(name.trim().to_ascii_lowercase()).or_default().push(content);
            }
        }
    }

    fn first(&self, names: &[&str]) -> Option<String> {
        let first = names.iter().find_map(|name| self.values.get(*name).and_then(|values| values.first()));
        first.map(|value| (*value).to_owned())
    }

    fn all(&self, names: &[&str]) -> Vec<String> {
        names.iter().filter_map(|name| self.values.get(*name)).flatten().map(|value| (*value).to_owned()).collect()
    }
}

/// What relative addresses are resolved against: what the page says, else its own address.
fn base(written: Option<&str>, address: Option<&Url>) -> Option<Url> {
    match (address, written) {
        (Some(address), Some(written)) => address.join(written).ok().or_else(|| Some(address.clone())),
        (None, Some(written)) => Url::parse(written).ok(),
        (address, None) => address.cloned(),
    }
}

/// An absolute address of the web, or none.
pub(super) fn resolve(base: Option<&Url>, written: &str) -> Option<String> {
    let written = written.trim();
    let url = match base {
        Some(base) => base.join(written).ok()?,
        None => Url::parse(written).ok()?,
    };
    matches!(url.scheme(), "http" | "https").then(|| url.to_string())
}

fn image(report: Option<&Value>) -> Option<String> {
    let image = report?.get("image")?;
    let image = image.as_array().and_then(|images| images.first()).unwrap_or(image);
    match image {
        Value::String(url) => Some(url.clone()),
        object => structured::text(object.get("url").or_else(|| object.get("contentUrl"))),
    }
}

fn language(page: &Page, head: &Head) -> Option<String> {
    let root = page.root().element();
    root.and_then(|root| root.attribute(&local_name!("lang")).or_else(|| root.attribute(&local_name!("xml:lang"))))
        .map(str::to_owned)
        .or_else(|| head.first(&["content-language", "language", "dc.language", "og:locale"]))
        .map(|tag| tag.trim().replace('_', "-"))
        .filter(|tag| tag.len() >= 2 && tag.len() <= 12 && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
}

fn title(head: &Head, headline: Option<String>, site: Option<&str>) -> Option<String> {
    let heading = head.headings.first().copied().map(Place::words).filter(|text| !text.is_empty());
    let plain = head.title.map(Place::words).filter(|text| !text.is_empty());
    let given = headline
        .or_else(|| head.first(&["og:title", "twitter:title", "sailthru.title", "dc.title", "parsely-title"]))
        .map(|title| unescaped(&title));
    let title = given.or_else(|| plain.clone()).map(|title| without_site(&title, site, heading.as_deref()));
    title.or(heading).filter(|title| !title.is_empty())
}

/// Titles in metadata are now and then escaped twice.
pub(super) fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let fragment = scraper::Html::parse_fragment(&text.replace('<', "&lt;"));
    let text: String = fragment.root_element().text().flat_map(|text| [text, " "]).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `Headline | Outlet` is *Headline*.
fn without_site(title: &str, site: Option<&str>, heading: Option<&str>) -> String {
    let title = title.trim();
    for mark in [" | ", " - ", " – ", " — ", " :: ", " » ", " / ", " • "] {
        if let Some((front, back)) = title.rsplit_once(mark) {
            let front = front.trim();
            let is_site =
                site.is_some_and(|site| sitrep_language::fold::fold(back).contains(&sitrep_language::fold::fold(site)));
            let is_heading = heading.is_some_and(|heading| heading == front);
            if !front.is_empty()
                && (is_site
                    || is_heading
                    || mark == " | " && back.split_whitespace().count() <= 4 && front.chars().count() >= 15)
            {
                return front.to_owned();
            }
        }
    }
    title.to_owned()
}

/// Headings of the first rank that are looked at.
const MOST_HEADINGS: usize = 6;

/// The heading that says the title; else the first one.
fn headline<'a>(head: &Head<'a>, title: Option<&str>) -> Option<Place<'a>> {
    let first = head.headings.first().copied();
    let Some(title) = title.filter(|_| head.headings.len() > 1) else { return first };
    head.headings.iter().copied().find(|heading| heading.words() == title).or(first)
}

/// The authors that a page names for machines, as written.
fn declared_authors(head: &Head, report: Option<&Value>) -> Vec<String> {
    let names = structured::names(report.and_then(|report| report.get("author")));
    if !names.is_empty() {
        return names;
    }
    head.all(&[
        "author",
        "article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "dcterms.creator",
        "byl",
        "article:author_name",
        "citation_author",
    ])
}
