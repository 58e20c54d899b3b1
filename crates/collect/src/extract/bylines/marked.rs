//! Elements that say by their attributes that they name a report's author.

use super::names::{self, Sureness};
use super::{Outlet, add, contains, is_strange};
use crate::extract::page::{Element, Page, Place};
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use html5ever::local_name;
use std::sync::LazyLock;

/// Names in an element, at most so many characters with what stands beside them.
const LONGEST: usize = 120;

/// Nodes between two authors of the same report, at most.
const APART: usize = 12;

/// Whether an element is of a kind.
type Shows = fn(Place, &Element) -> bool;

/// The kinds of marks, the surest first.
const KINDS: [(Shows, Sureness); 8] = [
    (|place, element| itemprop(element) == "name" && place.is_inside(is_author), Sureness::Marked),
    (|_, element| is_author(element), Sureness::Marked),
    (|_, element| element.name() == "a" && has_rel_author(element), Sureness::Marked),
    (|_, element| words(element).any(|name| AUTHOR_NAMES.iter().any(|known| contains(name, known))), Sureness::Marked),
    (|place, element| is_named(element) && place.is_inside(has_byline), Sureness::Marked),
    (|_, element| element.attribute(&local_name!("href")).is_some_and(is_author_page), Sureness::Guessed),
    (|_, element| has_byline(element), Sureness::Guessed),
    (|_, element| is_named(element), Sureness::Said),
];

/// Parts of names that say that an element is an author's name.
const AUTHOR_NAMES: [&str; 6] =
    ["author-name", "author_name", "authorname", "author__name", "nombre-autor", "autorenzeile"];

/// Words that name an author, last in an element's name.
const AUTHORS: [&str; 9] =
    ["author", "authors", "autor", "autores", "autoren", "auteur", "auteurs", "autore", "authorline"];

/// Segments of the addresses of authors' own pages.
const PAGES: [&str; 9] =
    ["author", "authors", "autor", "autores", "autoren", "auteur", "auteurs", "journalist", "journalists"];

/// The names in the surest of a page's marks.
pub(super) fn find(page: &Page, headline: Option<Place>, outlet: Outlet) -> Vec<String> {
    let mut found: [Vec<Place>; KINDS.len()] = Default::default();
    for (place, element) in page.elements().filter(|(_, element)| may_be_marked(element)) {
        if let Some(kind) = KINDS.iter().position(|(shows, _)| shows(place, element)) {
            found[kind].push(place);
        }
    }
    let named = found.into_iter().zip(KINDS).map(|(places, (_, sureness))| first(&places, headline, sureness, outlet));
    named.into_iter().find(|names| !names.is_empty()).unwrap_or_default()
}

/// The names of the first of some places that has any, behind the headline if it can be, and of those next to it.
fn first(places: &[Place], headline: Option<Place>, sureness: Sureness, outlet: Outlet) -> Vec<String> {
    let start = headline.map_or(0, Place::order);
    let (before, behind): (Vec<Place>, Vec<Place>) = places.iter().copied().partition(|place| place.order() < start);
    let mut names = Vec::new();
    let mut last = 0;
    for place in behind.into_iter().chain(before) {
        if !names.is_empty() && place.order().abs_diff(last) > APART {
            break;
        }
        if is_strange(place) {
            continue;
        }
        let found = place.brief(LONGEST).map(|text| names::shown(&text, sureness)).unwrap_or_default();
        let fits = |name: &String| !outlet.is(name) && (names.is_empty() || name.contains(' '));
        let found: Vec<String> = found.into_iter().filter(fits).collect();
        if !found.is_empty() {
            last = place.order();
            add(&mut names, found);
        }
    }
    names
}

/// Parts of attributes without which an element is of no kind, however they are written.
static MARKS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let parts = ["author", "autor", "auteur", "autore", "byline", "journalist"];
    let builder = AhoCorasick::builder().ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA)).build(parts);
    builder.ok()
});

/// Whether an element may be of one of the kinds: most are not, and this is soon told.
fn may_be_marked(element: &Element) -> bool {
    let has_mark = |value: &str| MARKS.as_ref().is_some_and(|marks| marks.is_match(value));
    !matches!(element.name(), "html" | "body" | "article" | "main" | "meta" | "link" | "form")
        && element.attributes().any(|(name, value)| match *name {
            local_name!("class") | local_name!("id") | local_name!("rel") => has_mark(value),
            local_name!("href") => element.name() == "a" && has_mark(value),
            local_name!("itemprop") => value == "name" || has_mark(value),
            _ => false,
        })
}

fn itemprop(element: &Element) -> &str {
    element.attribute(&local_name!("itemprop")).unwrap_or_default()
}

fn is_author(element: &Element) -> bool {
    element.has_word(&local_name!("itemprop"), "author")
}

fn has_rel_author(element: &Element) -> bool {
    let rel = element.attribute(&local_name!("rel")).unwrap_or_default();
    rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("author"))
}

fn words(element: &Element) -> impl Iterator<Item = &str> {
    element.names().flat_map(str::split_ascii_whitespace)
}

fn has_byline(element: &Element) -> bool {
    words(element).any(|name| contains(name, "byline"))
}

/// Whether one of an element's names ends with a word for an author: `post-author`, `meta__author`, `articleAuthor`.
fn is_named(element: &Element) -> bool {
    words(element).any(|name| {
        let mut last = name.rsplit(['-', '_', ':']).find(|word| !word.is_empty()).unwrap_or_default();
        if let Some(at) = last.rfind(|c: char| c.is_ascii_uppercase()).filter(|_| last.contains(char::is_lowercase)) {
            last = &last[at..];
        }
        AUTHORS.iter().any(|word| last.eq_ignore_ascii_case(word))
    })
}

/// Whether an address is that of one author: `/author/nina-example/`.
fn is_author_page(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    segments.any(|segment| PAGES.contains(&segment)) && segments.next().is_some()
}
