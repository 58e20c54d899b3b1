//! Search in any script; results open at the sentence.

use super::{Answer, moment, page};
use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use crate::shell::Shell;
use crate::text;
use askama::Template;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;
use sitrep_model::Kind;
use sitrep_model::desk::Desk;
use sitrep_newsroom::search::{Found, Search};

/// Hits on a page, and the last that can be paged to.
const HITS: usize = 20;
const DEEPEST: usize = 2000;
/// Longest question, in bytes.
const LONGEST: usize = 400;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
    as_of: Option<String>,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    section: String,
    #[serde(default)]
    outlet: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    offset: usize,
}

impl Asked {
    /// What is searched for: the words, with the fields that the form has boxes for.
    pub(super) fn search(&self, desk: &Desk) -> Result<Search, PageError> {
        let mut text: String = self.q.trim().chars().take(LONGEST).collect();
        for (field, value) in [("section", &self.section), ("outlet", &self.outlet), ("language", &self.language)] {
            let value: String = value.chars().filter(|c| !c.is_whitespace() && *c != '"').take(80).collect();
            if !value.is_empty() {
                text.push_str(&format!(" {field}:{value}"));
            }
        }
        let kinds = Kind::parse(&self.kind).into_iter().collect();
        let (from, to) = (first_moment(&self.from, desk)?, moment(Some(&self.to), desk)?);
        Ok(Search { text, kinds, as_of: moment(self.as_of.as_deref(), desk)?, from, to, ..Search::default() })
    }

    /// Whether anything but words and kind is asked for.
    fn is_bounded(&self) -> bool {
        [&self.section, &self.outlet, &self.language, &self.from, &self.to].iter().any(|value| !value.is_empty())
    }

    /// The same question as a query, without the page it is on.
    fn query(&self) -> String {
        let mut query = format!("?q={}", text::query_value(&self.q));
        let fields = [
            ("kind", &self.kind),
            ("section", &self.section),
            ("outlet", &self.outlet),
            ("language", &self.language),
            ("from", &self.from),
            ("to", &self.to),
        ];
        for (field, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
            query.push_str(&format!("&{field}={}", text::query_value(value)));
        }
        query
    }
}

/// When a day begins in the desk's time zone; a time is itself.
fn first_moment(value: &str, desk: &Desk) -> Result<Option<Timestamp>, PageError> {
    let zone = TimeZone::get(&desk.time_zone).unwrap_or(TimeZone::UTC);
    match value.trim().parse::<jiff::civil::Date>() {
        Ok(day) => Ok(day.to_zoned_datetime(zone).ok().map(|at| at.timestamp())),
        Err(_) => moment(Some(value), desk),
    }
}

#[derive(Template)]
#[template(path = "search.html")]
struct Results {
    shell: Shell,
    asked: Asked,
    sections: Vec<(String, String)>,
    /// The address of the same question as a feed.
    feed: Option<String>,
    total: usize,
    counted: bool,
    meant: Option<(String, String)>,
    hits: Vec<Hit>,
    next: Option<String>,
}

struct Hit {
    kind: &'static str,
    date: Option<Timestamp>,
    href: String,
    title: String,
    snippet: String,
}

pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let search = Search { limit: HITS, offset: asked.offset.min(DEEPEST), ..asked.search(&desk)? };
    let (as_of, offset) = (search.as_of, search.offset);
    let shell = Shell::of_desk(&visitor, desk.clone(), "search", "Search", format!("/{id}/search")).known_at(as_of);
    let sections = desk.sections.iter().map(|section| (section.id.to_string(), section.title.clone())).collect();
    let who = visitor.who().clone();
    let results = match search.text.is_empty() {
        true => sitrep_newsroom::search::Results { counted: true, ..Default::default() },
        false => app.ask(move |newsroom| newsroom.search(&who, &desk.id, &search)).await?,
    };
    let keep = as_of.map(|at| format!("&as_of={}", text::query_value(&at.to_string()))).unwrap_or_default();
    let query = asked.query();
    let more = offset + results.found.len() < results.total.min(DEEPEST) && !results.found.is_empty();
    let next = more.then(|| format!("{query}&offset={}{keep}", offset + HITS));
    // A feed goes on into the future: there is none of a moment of the past.
    let feed = (!asked.q.trim().is_empty() && as_of.is_none()).then(|| format!("/{id}/search.atom{query}"));
    let meant = results.meant.filter(|meant| *meant != asked.q);
    let meant = meant.map(|meant| (format!("?q={}{keep}", text::query_value(&meant)), meant));
    let hits = results.found.into_iter().map(|found| hit(&shell, found)).collect();
    let (total, counted) = (results.total, results.counted);
    page(&Results { shell, asked, sections, feed, total, counted, meant, hits, next })
}

fn hit(shell: &Shell, found: Found) -> Hit {
    let (kind, href) = place(shell.desk_id(), &shell.keep_as_of(), &found);
    Hit { kind, date: found.date, href, title: found.title, snippet: found.snippet }
}

/// What was found, in a word, and where it opens.
pub(super) fn place(desk: &str, keep: &str, found: &Found) -> (&'static str, String) {
    match found.kind {
        Kind::Edition => {
            let slug = found.slug.as_deref().unwrap_or_default();
            let at = found.anchor.as_ref().map(|id| format!("#t-{id}")).unwrap_or_default();
            ("Edition", format!("/{desk}/editions/{slug}{keep}{at}"))
        }
        Kind::Event => ("Event", format!("/{desk}/events/{}{keep}", found.id)),
        Kind::Position => ("Position", format!("/{desk}/positions/{}{keep}", found.id)),
        Kind::Assessment => ("Assessment", format!("/{desk}/assessments/{}{keep}", found.id)),
        _ => ("Document", format!("/{desk}/documents/{}{keep}", found.id)),
    }
}

pub(crate) async fn suggest(State(app): State<App>, Path(id): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let desk = app.desk(&id).await?;
    let prefix: String = asked.q.trim().chars().take(60).collect();
    let words = match prefix.is_empty() {
        true => Vec::new(),
        false => app.ask(move |newsroom| newsroom.suggest(&desk.id, &prefix, 8)).await?,
    };
    Ok(Json(words).into_response())
}
