//! Links inside the report's text.

use super::{Link, metadata};
use scraper::{Html, Selector};
use url::Url;

/// Links of one page, at most.
const MOST: usize = 500;

/// The links of a page whose words stand in the report's text.
pub(super) fn inside(html: &Html, base: Option<&Url>, text: &str) -> Vec<Link> {
    let Ok(selector) = Selector::parse("p a[href], li a[href], blockquote a[href], td a[href], div a[href]") else {
        return Vec::new();
    };
    let mut links: Vec<Link> = Vec::new();
    for element in html.select(&selector).take(20_000) {
        let words = metadata::text_of(element);
        let around = element.parent().and_then(scraper::ElementRef::wrap).map(metadata::text_of).unwrap_or_default();
        // The words alone may stand anywhere; with what is around them they stand in the report.
        let stands = words.chars().count() >= 2
            && text.contains(&words)
            && (around.len() > 20_000
                || around == words
                || text.contains(around.get(..around.floor_char_boundary(60)).unwrap_or(&around)));
        if !stands {
            continue;
        }
        let Some(url) = element.attr("href").and_then(|href| metadata::resolve(base, href)) else { continue };
        if !links.iter().any(|link| link.url == url && link.text == words) {
            links.push(Link { url, text: words });
        }
        if links.len() >= MOST {
            break;
        }
    }
    links
}
