//! Who wrote a report: the names that the page declares for machines, else those that it shows to readers. A wrong name
//! is worse than none: what is shown counts only where it reads like a person's name, near the headline or where the
//! page says so.

mod lines;
mod marked;
mod names;
mod words;

use super::page::{Element, Page, Place};

/// What is known of the outlet: its own name is no author's.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Outlet<'a> {
    pub(super) site: Option<&'a str>,
    pub(super) host: Option<&'a str>,
}

/// Authors of a page, at most.
const MOST: usize = 20;

/// The authors: persons that are declared, persons that are shown, or whatever else is declared.
pub(super) fn of(page: &Page, declared: &[String], headline: Option<Place>, outlet: Outlet) -> Vec<String> {
    let declared = names::declared(declared);
    let (persons, others): (Vec<_>, Vec<_>) =
        declared.into_iter().partition(|name| names::is_own(name) && !outlet.is(name));
    if !persons.is_empty() {
        return persons;
    }
    let mut shown = marked::find(page, headline, outlet);
    if shown.is_empty() {
        shown = lines::find(page, headline, outlet);
    }
    // An account or an office that the page declares gives way to a full name only.
    shown.retain(|name| others.is_empty() || name.contains(' '));
    if shown.is_empty() { others } else { shown }
}

impl Outlet<'_> {
    /// Whether a name is the outlet's own, or that of its place on the web.
    fn is(&self, name: &str) -> bool {
        let name = letters(name);
        let site = letters(self.site.unwrap_or_default());
        let host = self.host.unwrap_or_default().trim_start_matches("www.");
        let label = letters(host.split('.').next().unwrap_or_default());
        let host = letters(host);
        let is_host = host.len() >= SHORTEST && (name.contains(&host) || name == label);
        is_host || site.len() >= SHORTEST && (name == site || name.starts_with(&site))
    }
}

/// A shorter name of an outlet says nothing.
const SHORTEST: usize = 3;

/// The letters and digits of a text, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Adds names that are not there yet.
fn add(names: &mut Vec<String>, more: impl IntoIterator<Item = String>) {
    for name in more {
        if names.len() < MOST && !names.contains(&name) {
            names.push(name);
        }
    }
}

/// Words in the names of boxes that show other people's names: readers', other reports', photographers'.
const STRANGE: [&str; 15] = [
    "comment",
    "related",
    "recommend",
    "teaser",
    "popular",
    "wp-caption",
    "reply",
    "disqus",
    "respond",
    "trending",
    "most-read",
    "mostread",
    "recent",
    "credit",
    "copyright",
];

/// Ancestors of an element that are asked.
const NEAR: usize = 9;

/// Characters of a link that leads to an author, not to another report, at most.
const LINK: usize = 80;

/// Whether an element stands among what is not the report's own.
fn is_strange(place: Place) -> bool {
    let around = std::iter::once(place).chain(place.around()).take(NEAR);
    let mut near = around.filter_map(|place| Some((place, place.element()?)));
    let inside = near.by_ref().take_while(|(_, element)| !is_report(element));
    let is_of_others = |(place, element): (Place, &Element)| match element.name() {
        "nav" | "figcaption" | "figure" | "form" | "script" | "noscript" | "blockquote" => true,
        "footer" => !place.is_inside(|around| matches!(around.name(), "article" | "main")),
        "a" => place.brief(LINK).is_none(),
        _ => element.names().flat_map(str::split_ascii_whitespace).any(is_strange_name),
    };
    inside.into_iter().any(is_of_others)
}

fn is_report(element: &Element) -> bool {
    matches!(element.name(), "html" | "body" | "main" | "article")
}

fn is_strange_name(name: &str) -> bool {
    ["footer", "site-footer", "page-footer", "sidebar"].iter().any(|word| name.eq_ignore_ascii_case(word))
        || name.starts_with("footer_")
        || STRANGE.iter().any(|word| contains(name, word))
}

/// Whether a text contains a word of lower case letters, in any case.
fn contains(text: &str, word: &str) -> bool {
    text.as_bytes().windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
}

#[cfg(test)]
mod tests;
