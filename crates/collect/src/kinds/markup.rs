//! Looking things up in a page's tree.

use crate::fragment;
use scraper::{ElementRef, Node, Selector};
use url::Url;

/// All elements below one that a CSS selector names, in order; none for a selector that is none.
pub(super) fn all<'a>(element: ElementRef<'a>, css: &str) -> Vec<ElementRef<'a>> {
    Selector::parse(css).map(|selector| element.select(&selector).collect()).unwrap_or_default()
}

/// The first of them.
pub(super) fn first<'a>(element: ElementRef<'a>, css: &str) -> Option<ElementRef<'a>> {
    Selector::parse(css).ok().and_then(|selector| element.select(&selector).next())
}

/// The words of the first of them, on one line.
pub(super) fn words(element: ElementRef<'_>, css: &str) -> Option<String> {
    first(element, css).map(line).filter(|words| !words.is_empty())
}

/// The words of an element, on one line.
pub(super) fn line(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether an element stands inside one that has this class.
pub(super) fn is_inside(element: ElementRef<'_>, class: &str) -> bool {
    element.ancestors().filter_map(ElementRef::wrap).any(|above| above.value().classes().any(|known| known == class))
}

/// The text of an element with its line breaks.
pub(super) fn lines(element: ElementRef<'_>) -> String {
    let mut out = String::new();
    for edge in element.traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) => match node.value() {
                Node::Text(text) => out.push_str(&text.replace(['\n', '\r', '\t'], " ")),
                Node::Element(found) if breaks(found.name()) => out.push('\n'),
                _ => {}
            },
            ego_tree::iter::Edge::Close(node) => {
                if node.value().as_element().is_some_and(|found| found.name() != "br" && breaks(found.name())) {
                    out.push('\n');
                }
            }
        }
    }
    out
}

fn breaks(name: &str) -> bool {
    matches!(name, "br" | "p" | "div" | "blockquote" | "pre" | "li" | "ul" | "ol" | "tr" | "h1" | "h2" | "h3" | "h4")
}

/// Where the links of an element lead, and the words that carry them.
pub(super) fn links(element: ElementRef<'_>, base: Option<&Url>) -> Vec<(String, String)> {
    let found = all(element, "a[href]").into_iter().filter_map(|link| {
        let url = fragment::address(link.attr("href").unwrap_or_default(), base)?;
        url.starts_with("http").then(|| (url, line(link)))
    });
    let mut links: Vec<(String, String)> = Vec::new();
    for link in found.take(500) {
        if !links.contains(&link) {
            links.push(link);
        }
    }
    links
}

/// The address in a `background-image:url('…')` of an element's style.
pub(super) fn background(element: ElementRef<'_>) -> Option<String> {
    let style = element.attr("style")?;
    let (_, rest) = style.split_once("background-image:url(")?;
    let address = rest.split(')').next()?.trim().trim_matches(['\'', '"']);
    let address = address.strip_prefix("//").map_or_else(|| address.to_owned(), |rest| format!("https://{rest}"));
    address.starts_with("http").then_some(address)
}
