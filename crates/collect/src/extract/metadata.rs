//! Title, byline, site, addresses and times as a page's head and its JSON-LD give them.

use super::structured;
use scraper::{ElementRef, Html, Selector};
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
}

pub(super) fn read(html: &Html, address: Option<&Url>) -> Metadata {
    let objects = structured::objects(html);
    let report = objects.iter().find(|object| structured::is_report(object));
    let head = Head::read(html);
    let base = base(html, address);
    let absolute = |found: Option<String>| found.and_then(|found| resolve(base.as_ref(), &found));
    let of = |key: &str| structured::text(report.and_then(|report| report.get(key)));
    let site = head.first(&["og:site_name", "application-name", "twitter:site", "al:android:app_name"]);
    let site = site
        .map(|name| name.trim_start_matches('@').to_owned())
        .or_else(|| of("publisher").filter(|name| !name.starts_with("http")));
    let title = title(html, &head, of("headline").or_else(|| of("name")), site.as_deref());
    Metadata {
        canonical: absolute(head.canonical.clone())
            .or_else(|| absolute(head.first(&["og:url"])))
            .or_else(|| absolute(of("url")))
            .or_else(|| address.map(Url::to_string)),
        title,
        byline: byline(html, &head, report),
        language: language(html, &head).or_else(|| of("inLanguage")),
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
    }
}

/// `meta` elements by name, lower case.
struct Head {
    values: HashMap<String, Vec<String>>,
    canonical: Option<String>,
}

impl Head {
    fn read(html: &Html) -> Self {
        let mut values: HashMap<String, Vec<String>> = HashMap::new();
        let mut canonical = None;
        for element in html.root_element().descendent_elements() {
            match element.value().name() {
                "meta" => {
                    let content = element.attr("content").map(str::trim).filter(|content| !content.is_empty());
                    let Some(content) = content else { continue };
                    for key in ["property", "name", "itemprop", "http-equiv"] {
                        if let Some(name) = element.attr(key) {
                            values.entry(name.trim().to_ascii_lowercase()).or_default().push(content.to_owned());
                        }
                    }
                }
                "link"
                    if canonical.is_none()
                        && element.attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) =>
                {
                    canonical = element.attr("href").map(str::to_owned);
                }
                _ => {}
            }
        }
        Self { values, canonical }
    }

    fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.values.get(*name).and_then(|values| values.first()).cloned())
    }

    fn all(&self, names: &[&str]) -> Vec<String> {
        names.iter().filter_map(|name| self.values.get(*name)).flatten().cloned().collect()
    }
}

/// The first element that a selector finds.
pub(super) fn select<'a>(html: &'a Html, selector: &str) -> Option<ElementRef<'a>> {
    let selector = Selector::parse(selector).ok()?;
    html.select(&selector).next()
}

/// The text of an element, white space collapsed.
pub(super) fn text_of(element: ElementRef) -> String {
    let text: String = element.text().flat_map(|text| [text, " "]).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn base(html: &Html, address: Option<&Url>) -> Option<Url> {
    let written = select(html, "base[href]").and_then(|base| base.attr("href"));
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

fn language(html: &Html, head: &Head) -> Option<String> {
    let root = html.root_element();
    root.attr("lang")
        .or_else(|| root.attr("xml:lang"))
        .map(str::to_owned)
        .or_else(|| head.first(&["content-language", "language", "dc.language", "og:locale"]))
        .map(|tag| tag.trim().replace('_', "-"))
        .filter(|tag| tag.len() >= 2 && tag.len() <= 12 && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
}

fn title(html: &Html, head: &Head, headline: Option<String>, site: Option<&str>) -> Option<String> {
    let heading = select(html, "h1").map(text_of).filter(|text| !text.is_empty());
    let plain = select(html, "head title, title").map(text_of).filter(|text| !text.is_empty());
    let given = headline
        .or_else(|| head.first(&["og:title", "twitter:title", "sailthru.title", "dc.title", "parsely-title"]))
        .map(|title| unescaped(&title));
    let title = given.or_else(|| plain.clone()).map(|title| without_site(&title, site, heading.as_deref()));
    title.or(heading).filter(|title| !title.is_empty())
}

/// Titles in metadata are now and then escaped twice.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let fragment = Html::parse_fragment(&text.replace('<', "&lt;"));
    text_of(fragment.root_element())
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

fn byline(html: &Html, head: &Head, report: Option<&Value>) -> Vec<String> {
    let mut names = structured::names(report.and_then(|report| report.get("author")));
    if names.is_empty() {
        names = head.all(&[
            "author",
            "article:author",
            "parsely-author",
            "sailthru.author",
            "dc.creator",
            "dcterms.creator",
            "byl",
            "article:author_name",
            "citation_author",
        ]);
    }
    names = clean_names(names);
    if names.is_empty() {
        for selector in [
            "[itemprop~=author] [itemprop=name]",
            "[itemprop~=author]",
            "a[rel~=author]",
            ".byline [class*=author]",
            ".author-name",
            "[class*=byline]",
            "[class~=author]",
        ] {
            let found = select(html, selector).map(text_of).filter(|text| (3..=80).contains(&text.chars().count()));
            names = clean_names(found.into_iter().collect());
            if !names.is_empty() {
                break;
            }
        }
    }
    names
}

fn clean_names(names: Vec<String>) -> Vec<String> {
    let mut clean: Vec<String> = Vec::new();
    for name in names.iter().flat_map(|name| name.split([';', '|'])) {
        let name = unescaped(name);
        let name = ["By ", "by ", "BY ", "Von ", "von ", "Par ", "От "]
            .iter()
            .find_map(|by| name.strip_prefix(by))
            .unwrap_or(&name)
            .trim();
        let is_address = name.contains("://") || name.starts_with("www.") || name.starts_with('@');
        let plausible = (2..=80).contains(&name.chars().count()) && name.chars().any(char::is_alphabetic);
        if plausible && !is_address && !clean.iter().any(|known| known == name) && clean.len() < 20 {
            clean.push(name.to_owned());
        }
    }
    clean
}
