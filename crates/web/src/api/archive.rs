//! The archive by section, campaign, outlet, actor and place, and what changed between editions.

use super::wire::{Answer, AsOf, Asked};
use crate::app::App;
use crate::error::PageError;
use crate::pages::{facets, moment};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sitrep_editions::diff::Kind;
use sitrep_newsroom::archive::{FacetLine, FacetName, Month};
use sitrep_newsroom::since::{Since, Span, Statement};
use utoipa::{IntoParams, ToSchema};

/// Editions on a page of a facet.
const EDITIONS: usize = 50;

/// One of a kind: a section, campaign, outlet, actor or place.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FacetShown {
    /// Its short name; an outlet's host.
    key: String,
    /// What it is called.
    name: String,
    /// A line or paragraph about it.
    about: Option<String>,
    /// Editions that it is in.
    editions: usize,
    /// Paragraphs of a section or campaign, references to an outlet, mentions of an actor or place.
    times: u32,
    /// Date of the first edition that it is in.
    first: Date,
    /// Date of the last.
    last: Date,
    /// Its page.
    url: String,
}

/// All of a kind, those in most editions first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Facets {
    /// All of them.
    items: Vec<FacetShown>,
}

/// A month.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MonthShown {
    /// Year and month: `2026-11`.
    month: String,
    /// Editions that it is in.
    editions: usize,
    /// How often.
    times: u32,
}

/// A sentence.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SentenceLine {
    /// Its id.
    id: String,
    /// Its words.
    text: String,
    /// Its page.
    url: String,
}

/// An edition that a facet is in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FacetEdition {
    /// Its slug.
    slug: String,
    /// Its title.
    title: String,
    /// Its date.
    date: Date,
    /// How often it is in it.
    times: u32,
    /// The sentences; of sections and campaigns the topic sentences.
    sentences: Vec<SentenceLine>,
}

/// A facet with one page of its editions.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FacetWhole {
    /// The facet.
    facet: FacetShown,
    /// By month, oldest first, without gaps.
    months: Vec<MonthShown>,
    /// Editions, newest first.
    items: Vec<FacetEdition>,
    /// `page` of the next page, where there is one.
    next: Option<usize>,
}

/// Which page of a facet is asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FacetAsked {
    /// The page, from 0.
    #[serde(default)]
    page: usize,
    /// As known at this moment: a day (its end, in the desk's time zone) or an RFC 3339 time.
    as_of: Option<String>,
}

fn shown(base: &str, desk: &str, shelf: &facets::Shelf, line: FacetLine, name: FacetName) -> FacetShown {
    let key = line.facet.key().to_owned();
    FacetShown {
        url: format!("{base}/{desk}/{}/{}", shelf.path, crate::text::segment(&key)),
        key,
        name: name.name,
        about: name.about,
        editions: line.editions,
        times: line.times,
        first: line.first,
        last: line.last,
    }
}

fn shelf(kind: &str) -> Result<&'static facets::Shelf, PageError> {
    facets::shelf(kind)
        .ok_or_else(|| PageError::not_found("kind").hint("Ask for sections, campaigns, outlets, actors or places."))
}

/// All sections, campaigns, outlets, actors or places (`kind`) of the public editions, as known at a moment.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/archive/{kind}", tag = "Reading", params(AsOf),
    responses((status = 200, body = Facets)))]
pub(crate) async fn list(
    State(app): State<App>,
    Path((desk, kind)): Path<(String, String)>,
    Asked(asked): Asked<AsOf>,
) -> Answer {
    let desk = app.desk(&desk).await?;
    let (as_of, shelf) = (asked.as_of(&desk)?, shelf(&kind)?);
    let base = app.newsroom().base().to_owned();
    let items = app
        .ask(move |newsroom| {
            let mut names = newsroom.facet_names(&desk, shelf.kind)?;
            let lines = newsroom.archive_facets(&desk.id, shelf.kind, as_of)?;
            let one = |line: FacetLine| {
                let key = line.facet.key();
                let name = names.remove(key).unwrap_or_else(|| FacetName { name: key.to_owned(), about: None });
                shown(&base, desk.id.as_str(), shelf, line, name)
            };
            Ok(lines.into_iter().map(one).collect::<Vec<_>>())
        })
        .await?;
    Ok(Json(Facets { items }).into_response())
}

/// A section, campaign, outlet, actor or place with the editions that it is in, and their sentences.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/archive/{kind}/{id}", tag = "Reading", params(FacetAsked),
    responses((status = 200, body = FacetWhole)))]
pub(crate) async fn show(
    State(app): State<App>,
    Path((desk, kind, key)): Path<(String, String, String)>,
    Asked(asked): Asked<FacetAsked>,
) -> Answer {
    let desk = app.desk(&desk).await?;
    let (as_of, shelf) = (moment(asked.as_of.as_deref(), &desk)?, shelf(&kind)?);
    let (facet, of) = (shelf.kind.of(&key), desk.clone());
    let page = asked.page.min(100_000);
    let (found, name) = app
        .ask(move |newsroom| {
            let found = newsroom.archive_facet(&of.id, &facet, as_of, page * EDITIONS, EDITIONS)?;
            Ok((found, newsroom.facet_name(&of, &facet)?))
        })
        .await?;
    let found = found.ok_or_else(|| PageError::not_found(shelf.one))?;
    let (base, id) = (app.newsroom().base(), desk.id.as_str());
    let next = ((page + 1) * EDITIONS < found.line.editions).then_some(page + 1);
    let month = |month: Month| MonthShown {
        month: format!("{:04}-{:02}", month.year, month.month),
        editions: month.editions,
        times: month.times,
    };
    let items = found.found.into_iter().map(|found| {
        let sentences = found.excerpts.into_iter().map(|excerpt| SentenceLine {
            url: format!("{base}/{id}/sentences/{}", excerpt.sentence),
            id: excerpt.sentence,
            text: excerpt.text,
        });
        let edition = found.edition.value;
        FacetEdition {
            slug: edition.slug,
            title: edition.title,
            date: edition.date,
            times: found.times,
            sentences: sentences.collect(),
        }
    });
    let whole = FacetWhole {
        items: items.collect(),
        months: found.months.into_iter().map(month).collect(),
        facet: shown(base, id, shelf, found.line, name),
        next,
    };
    Ok(Json(whole).into_response())
}

/// Which editions are compared.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SinceAsked {
    /// Slug of the earlier edition; the one before the later, where it is left out.
    from: Option<String>,
    /// Slug of the later edition; the newest, where it is left out.
    to: Option<String>,
    /// The last day that was read, instead of `from`.
    since: Option<Date>,
    /// As known at this moment: a day (its end, in the desk's time zone) or an RFC 3339 time.
    as_of: Option<String>,
}

/// What became of a statement.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Changed {
    /// `new`, `dropped`, `same`, `reworded`, `stronger` or `weaker`.
    #[schema(value_type = String)]
    kind: Kind,
    /// Title of its section; `Key Takeaways` for a takeaway.
    section: String,
    /// Its first words in the span, where they are other ones.
    before: Option<String>,
    /// Its last words.
    after: String,
    /// The sentence that says so last.
    sentence: String,
    /// Slug of its edition.
    edition: String,
    /// Where it stands.
    url: String,
}

/// What changed between two editions.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Changes {
    /// Slugs of the editions that were compared, oldest first.
    editions: Vec<String>,
    /// Editions between the first and the last that were not looked at, since there are too many.
    skipped: usize,
    /// Statements by section.
    items: Vec<Changed>,
}

/// What changed between two public editions, statement by statement, through those between them.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/since", tag = "Reading", params(SinceAsked),
    responses((status = 200, body = Changes)))]
pub(crate) async fn since(State(app): State<App>, Path(desk): Path<String>, Asked(asked): Asked<SinceAsked>) -> Answer {
    let desk = app.desk(&desk).await?;
    let as_of = moment(asked.as_of.as_deref(), &desk)?;
    let span = Span { from: asked.from, to: asked.to, since: asked.since };
    let of = desk.clone();
    let Since { editions, skipped, parts } = app.ask(move |newsroom| newsroom.since(&of, &span, as_of)).await?;
    let base = format!("{}/{}/editions", app.newsroom().base(), desk.id);
    let changed = |section: &str, statement: Statement| {
        let edition = editions.get(statement.edition).map(|edition| edition.slug.clone()).unwrap_or_default();
        Changed {
            kind: statement.kind,
            section: section.to_owned(),
            url: format!("{base}/{edition}#t-{}", statement.sentence),
            before: statement.before,
            after: statement.after,
            sentence: statement.sentence,
            edition,
        }
    };
    let mut items = Vec::new();
    for part in parts {
        let (title, statements) = (part.title, part.changed.into_iter().chain(part.repeated));
        items.extend(statements.map(|statement| changed(&title, statement)));
    }
    let slugs = editions.iter().map(|edition| edition.slug.clone()).collect();
    Ok(Json(Changes { editions: slugs, skipped, items }).into_response())
}
