//! The archive by section, campaign, outlet, actor and place: a list of each, and a page for each one with its editions and
//! sentences.

use super::chart::{Span, bars, spans};
use super::{Answer, moment, page};
use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use crate::shell::Shell;
use crate::text;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::Uri;
use serde::Deserialize;
use sitrep_model::edition::Edition;
use sitrep_newsroom::archive::{Excerpt, FacetKind, FacetLine, FacetName, Found};

/// Facets on a page of a list, and editions on a facet's page.
const FACETS: usize = 200;
const EDITIONS: usize = 20;
/// Sentences of one edition that are shown before the rest is left to the edition.
const SENTENCES: usize = 6;

/// How a kind of facet is shown.
pub(crate) struct Shelf {
    /// The kind.
    pub kind: FacetKind,
    /// The part of the address.
    pub path: &'static str,
    /// The heading of the list.
    pub title: &'static str,
    /// One of them.
    pub one: &'static str,
    /// What is counted.
    pub counted: &'static str,
    /// Whether it has feeds of its own.
    pub feeds: bool,
}

impl Shelf {
    /// So many of what is counted: `1 paragraph`, `2 paragraphs`.
    fn count(&self, times: &u32) -> String {
        let one = self.counted.strip_suffix('s').unwrap_or(self.counted);
        format!("{times} {}", if *times == 1 { one } else { self.counted })
    }
}

/// Every kind, in the order of the archive's navigation.
pub(crate) const SHELVES: [Shelf; 5] = [
    Shelf {
        kind: FacetKind::Section,
        path: "sections",
        title: "Sections",
        one: "section",
        counted: "paragraphs",
        feeds: true,
    },
    Shelf {
        kind: FacetKind::Campaign,
        path: "campaigns",
        title: "Campaigns",
        one: "campaign",
        counted: "paragraphs",
        feeds: true,
    },
    Shelf {
        kind: FacetKind::Outlet,
        path: "outlets",
        title: "Outlets",
        one: "outlet",
        counted: "references",
        feeds: false,
    },
    Shelf { kind: FacetKind::Actor, path: "actors", title: "Actors", one: "actor", counted: "mentions", feeds: false },
    Shelf { kind: FacetKind::Place, path: "places", title: "Places", one: "place", counted: "mentions", feeds: false },
];

/// The shelf of that path.
pub(crate) fn shelf(path: &str) -> Option<&'static Shelf> {
    SHELVES.iter().find(|shelf| shelf.path == path)
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    as_of: Option<String>,
    #[serde(default)]
    page: usize,
}

#[derive(Template)]
#[template(path = "facets.html")]
struct Listed {
    shell: Shell,
    shelf: &'static Shelf,
    rows: Vec<Row>,
    total: usize,
    pages: Pages,
}

struct Row {
    href: String,
    name: FacetName,
    line: FacetLine,
}

#[derive(Template)]
#[template(path = "facet.html")]
struct One {
    shell: Shell,
    shelf: &'static Shelf,
    name: FacetName,
    line: Option<FacetLine>,
    chart: Option<String>,
    spans: Vec<Span>,
    entries: Vec<Entry>,
    pages: Pages,
    feed: Option<String>,
}

struct Entry {
    edition: Edition,
    times: u32,
    excerpts: Vec<Excerpt>,
    more: usize,
}

/// Where a list goes on, and back.
pub(crate) struct Pages {
    pub(crate) newer: Option<String>,
    pub(crate) older: Option<String>,
}

impl Pages {
    /// The pages around page `at` (from 0) of a list of `total` with `size` on each.
    pub(crate) fn around(at: usize, size: usize, total: usize, keep: &str) -> Self {
        let link = |page: usize| match (page, keep) {
            (0, "") => "?".to_owned(),
            (0, keep) => format!("?{}", keep.trim_start_matches('&')),
            (page, keep) => format!("?page={page}{keep}"),
        };
        let more = at.saturating_add(1).saturating_mul(size) < total;
        Self { newer: at.checked_sub(1).map(link), older: more.then(|| link(at + 1)) }
    }
}

fn keep(shell: &Shell) -> String {
    shell.as_of.map(|at| format!("&as_of={}", text::query_value(&at.to_string()))).unwrap_or_default()
}

async fn listed(app: App, visitor: Visitor, id: String, asked: Asked, shelf: &'static Shelf) -> Answer {
    let desk = app.desk(&id).await?;
    let as_of = moment(asked.as_of.as_deref(), &desk)?;
    let of = desk.clone();
    let (lines, mut names) = app
        .ask(move |newsroom| {
            let lines = newsroom.archive_facets(&of.id, shelf.kind, as_of)?;
            Ok((lines, newsroom.facet_names(&of, shelf.kind)?))
        })
        .await?;
    let path = format!("/{id}/{}", shelf.path);
    let shell = Shell::of_desk(&visitor, desk, "archive", shelf.title, path.clone()).known_at(as_of);
    let total = lines.len();
    let (at, kept) = (asked.page.min(total / FACETS), shell.keep_as_of());
    let rows = lines.into_iter().skip(at * FACETS).take(FACETS).map(|line| {
        let key = line.facet.key();
        let name = names.remove(key).unwrap_or_else(|| FacetName { name: key.to_owned(), about: None });
        Row { href: format!("{path}/{}{kept}", text::segment(key)), name, line }
    });
    let (rows, pages) = (rows.collect(), Pages::around(at, FACETS, total, &keep(&shell)));
    page(&Listed { shell, shelf, rows, total, pages })
}

async fn one(app: App, visitor: Visitor, (id, key): (String, String), asked: Asked, shelf: &'static Shelf) -> Answer {
    let desk = app.desk(&id).await?;
    let as_of = moment(asked.as_of.as_deref(), &desk)?;
    let at = asked.page.min(100_000);
    let (of, facet) = (desk.clone(), shelf.kind.of(&key));
    let (found, name) = app
        .ask(move |newsroom| {
            let found = newsroom.archive_facet(&of.id, &facet, as_of, at * EDITIONS, EDITIONS)?;
            Ok((found, newsroom.facet_name(&of, &facet)?))
        })
        .await?;
    // A standing section or campaign has its page before anything was written in it.
    if found.is_none() && name.about.is_none() {
        return Err(PageError::not_found(shelf.one));
    }
    let path = format!("/{id}/{}/{}", shelf.path, text::segment(&key));
    let mut shell = Shell::of_desk(&visitor, desk, "archive", name.name.clone(), path.clone()).known_at(as_of);
    shell.description = name.about.clone();
    let feed = shelf.feeds.then(|| format!("{path}/feed"));
    shell.feed = feed.clone();
    let (line, months, editions) = match found {
        Some(found) => (Some(found.line), found.months, found.found),
        None => (None, Vec::new(), Vec::new()),
    };
    let spans = spans(&months);
    let total = line.as_ref().map_or(0, |line| line.editions);
    let pages = Pages::around(at, EDITIONS, total, &keep(&shell));
    let entries = editions.into_iter().map(entry).collect();
    page(&One { shell, shelf, name, line, chart: bars(&spans), spans, entries, pages, feed })
}

fn entry(found: Found) -> Entry {
    let Found { edition, times, mut excerpts } = found;
    let more = excerpts.len().saturating_sub(SENTENCES);
    excerpts.truncate(SENTENCES);
    Entry { edition: edition.value, times, excerpts, more }
}

/// All of a kind. The kind is the last part of the address.
pub(crate) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    uri: Uri,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let shelf = uri.path().rsplit('/').next().and_then(shelf);
    listed(app, visitor, id, asked, shelf.ok_or_else(|| PageError::not_found("page"))?).await
}

/// One of them. Its kind is the part of the address before its key.
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    uri: Uri,
    Path(path): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let shelf = uri.path().rsplit('/').nth(1).and_then(shelf);
    one(app, visitor, path, asked, shelf.ok_or_else(|| PageError::not_found("page"))?).await
}
