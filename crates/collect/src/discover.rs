//! The feeds that a page names: `<link rel="alternate">` of a feed's media type.

use crate::{charset, html};
use scraper::Selector;
use url::Url;

/// Feeds named at the most.
const MOST: usize = 20;

/// Addresses of the feeds that a page names, in its order. `base` is the page's own address.
pub fn feeds(body: &[u8], content_type: Option<&str>, base: &str) -> Vec<String> {
    let Ok(base) = Url::parse(base) else { return Vec::new() };
    let text = charset::decode(body, content_type, None).text;
    let page = html::parse(&text);
    let Ok(links) = Selector::parse("link[rel][href]") else { return Vec::new() };
    let mut found: Vec<String> = Vec::new();
    for link in page.select(&links) {
        let word = |name: &str| link.value().attr(name).unwrap_or_default().to_ascii_lowercase();
        let kind = word("type");
        let is_feed = ["rss+xml", "atom+xml", "feed+json"].iter().any(|feed| kind.contains(feed));
        if !is_feed || !word("rel").split_ascii_whitespace().any(|rel| rel == "alternate") {
            continue;
        }
        let address = base.join(link.value().attr("href").unwrap_or_default());
        if let Some(address) = address.ok().filter(|address| matches!(address.scheme(), "http" | "https"))
            && !found.contains(&address.to_string())
        {
            found.push(address.to_string());
        }
        if found.len() >= MOST {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_its_feeds() {
        let page = b"<html><head><link rel=alternate type='application/rss+xml' href='/rss?x=1&amp;y=2'>\
            <link rel='ALTERNATE' type='application/atom+xml; charset=utf-8' href='atom.xml'>\
            <link rel=alternate type='application/rss+xml' href='javascript:x()'>\
            <link rel=stylesheet type='application/rss+xml' href='/no'></head>";
        let found = feeds(page, Some("text/html"), "https://news.example/a/b");
        assert_eq!(found, ["https://news.example/rss?x=1&y=2", "https://news.example/a/atom.xml"]);
    }
}
