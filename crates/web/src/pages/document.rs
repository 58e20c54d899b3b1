//! A document: what it says, the captured page behind it, and who relies on it.

use super::station::{self, Thread, threads};
use super::{Answer, moment, page, said};
use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use crate::shell::Shell;
use crate::text;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse};
use serde::Deserialize;
use sitrep_model::account::{Permission, Role};
use sitrep_model::capture::{Capture, Requisites};
use sitrep_model::citation::Passage;
use sitrep_model::document::Document;
use sitrep_newsroom::Error;
use sitrep_newsroom::gather::CapturedViews;
use sitrep_newsroom::passages::Quotation;
use sitrep_newsroom::stamping::{Stamped, TimeStamp};
use std::ops::Range;

/// The captured page is shown in a frame of ours; nothing in it may run, load or be sent.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; \
     base-uri 'none'; form-action 'none'; sandbox";

/// Quotations shown in the list, at most.
const MOST_QUOTES: usize = 100;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    as_of: Option<String>,
    passage: Option<String>,
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "document.html")]
struct Shown {
    shell: Shell,
    d: Document,
    outlet: String,
    grade: String,
    grade_meaning: &'static str,
    direction: &'static str,
    facts: Vec<(&'static str, String)>,
    text: String,
    page: Option<String>,
    /// What was captured besides the page, where something was.
    worn: Option<Worn>,
    threads: Vec<Thread>,
    /// How many tell its story, and the documents; empty where nobody else does.
    told: String,
    story: Vec<Thread>,
    /// Sentences that the document it repeats doesn't have.
    added: usize,
    quotes: Vec<Quote>,
    room: Option<Room>,
}

/// What a browser captured besides the page.
struct Worn {
    /// In words.
    parts: String,
    /// Addresses of the picture and of the print.
    picture: Option<String>,
    print: Option<String>,
    missing: Vec<String>,
}

/// What the document quotes, and the words that say who said it.
struct Quote {
    text: String,
    speaker: Option<String>,
    /// Its paragraph, counted from one.
    paragraph: usize,
}

/// What the newsroom sees besides: every capture of the page, and what may be done with them.
struct Room {
    captures: Vec<Taken>,
    removes: bool,
}

/// A capture as the newsroom's table shows it.
struct Taken {
    id: String,
    at: String,
    what: String,
    removed: bool,
    /// How it stands with its time stamp, where it was to have one.
    stamp: Option<String>,
    /// There is a token.
    token: bool,
}

pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, document)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let as_of = moment(asked.as_of.as_deref(), &desk)?;
    let (of, who, name) = (desk.id.clone(), visitor.who().clone(), document.clone());
    let (found, stamped) = app
        .ask(move |newsroom| {
            let found = newsroom.document_page(&who, &of, &name, as_of)?;
            let stamped = found.capture.as_ref().map(|capture| newsroom.time_stamp(capture)).transpose()?;
            Ok((found, stamped.unwrap_or(Stamped::No)))
        })
        .await?;
    let shell =
        Shell::of_desk(&visitor, desk, "", found.document.value.title.clone(), format!("/{id}/documents/{document}"));
    let shell = shell.known_at(as_of).flash(said(asked.done.as_deref()));
    let room = room(&app, &visitor, &shell, &document).await?;
    let passage = asked.passage.map(|exact| Passage { exact, prefix: String::new(), suffix: String::new() });
    let d = found.document.value;
    let source = found.source.as_ref();
    let mut facts = Vec::new();
    let defanged = source.is_some_and(|source| source.defanged);
    let printed = match defanged {
        true => {
            sitrep_language::address::defang(&d.url, shell.desk.as_ref().map(|d| d.style.defanging).unwrap_or_default())
        }
        false => d.url.clone(),
    };
    facts.push(("Address", printed));
    if let Some(capture) = &found.capture {
        facts.push(("Captured", shell.moment(&capture.at)));
        facts.push(("SHA-256 of the page", capture.body_sha256.clone()));
        if let Some(via) = &capture.via {
            facts.push(("Asked through", format!("{via}, which resolved the name")));
        }
        facts.push(("Capture", capture.id.0.clone()));
        facts.push(("SHA-256 of its WARC records", capture.warc_blob.clone()));
        if let Some(signature) = &capture.signature {
            facts.push(("Signed by the key", signature.key.clone()));
        }
        facts.extend(stamp_words(&shell, &stamped).map(|words| ("Time stamp", words)));
    }
    facts.push(("Language", d.language.clone()));
    if let Some(post) = &d.post {
        facts.extend(super::post::facts(post));
    }
    if !d.byline.is_empty() {
        facts.push(("By", d.byline.join(", ")));
    }
    let passage_query = passage.as_ref().map(|passage| format!("?passage={}", text::query_value(&passage.exact)));
    let page_path = found
        .capture
        .as_ref()
        .filter(|_| d.removed.is_none())
        .map(|_| format!("/{id}/documents/{document}/page{}", passage_query.unwrap_or_default()));
    let kept = found.capture.as_ref().filter(|_| d.removed.is_none());
    let worn = kept.and_then(|capture| capture.requisites.as_ref()).map(|requisites| worn(&id, &document, requisites));
    let threads = threads(&shell, &found.stations);
    let quote =
        |quoted: Quotation| Quote { text: quoted.text, speaker: quoted.speaker, paragraph: quoted.paragraph + 1 };
    let quotes = match d.removed {
        Some(_) => Vec::new(),
        None => app.newsroom().quotations(&d).into_iter().take(MOST_QUOTES).map(quote).collect(),
    };
    page(&Shown {
        outlet: source.map(|source| source.name.clone()).unwrap_or_default(),
        grade: source.map(|source| shell.grade(&source.reliability)).unwrap_or_else(|| "F".to_owned()),
        grade_meaning: source.map_or("cannot be judged", |source| source.reliability.meaning()),
        direction: text::direction(&d.title),
        text: marked(&d.paragraphs, passage.as_ref(), &found.added),
        told: found.story.as_ref().map(|s| station::told(s.lines.len(), &s.origins)).unwrap_or_default(),
        story: found.story.as_ref().map(|story| station::story(&shell, story)).unwrap_or_default(),
        added: found.added.len(),
        quotes,
        facts,
        page: page_path,
        worn,
        threads,
        room,
        d,
        shell,
    })
}

async fn room(app: &App, visitor: &Visitor, shell: &Shell, document: &str) -> Result<Option<Room>, PageError> {
    let Some(desk) = shell.desk.as_ref().map(|desk| desk.id.clone()) else { return Ok(None) };
    if !visitor.may(Permission::Desk(Role::Reader), Some(&desk)) {
        return Ok(None);
    }
    let removes = visitor.may(Permission::Desk(Role::Chief), Some(&desk));
    let (who, document) = (visitor.who().clone(), document.to_owned());
    let captures = app
        .ask(move |newsroom| {
            let captures = newsroom.document_captures(&who, &desk, &document)?;
            let stamped = |capture: Capture| newsroom.time_stamp(&capture).map(|stamped| (capture, stamped));
            captures.into_iter().map(stamped).collect::<Result<Vec<_>, _>>()
        })
        .await?;
    let taken = |(capture, stamped): (Capture, Stamped)| {
        let what = match (&capture.removed, &capture.repeats) {
            (Some(removal), _) => {
                format!("removed on {} by {}: {}", shell.moment(&removal.at), removal.by, removal.why)
            }
            (None, Some(earlier)) => format!("{}, the same bytes as {earlier}", capture.status),
            (None, None) => format!("{}, {} bytes", capture.status, capture.body_length),
        };
        let removed = capture.removed.is_some();
        let (stamp, token) = (stamp_words(shell, &stamped), matches!(stamped, Stamped::Token(_)));
        Taken { id: capture.id.0, at: shell.moment(&capture.at), what, removed, stamp, token }
    };
    Ok(Some(Room { captures: captures.into_iter().map(taken).collect(), removes }))
}

fn worn(desk: &str, document: &str, requisites: &Requisites) -> Worn {
    let at = |name: &str| format!("/{desk}/documents/{document}/{name}");
    let parts = match requisites.parts {
        0 => "nothing".to_owned(),
        1 => format!("one part ({} bytes)", requisites.bytes),
        parts => format!("{parts} parts ({} bytes)", requisites.bytes),
    };
    Worn {
        parts,
        picture: requisites.picture.as_ref().map(|_| at("picture")),
        print: requisites.print.as_ref().map(|_| at("print")),
        missing: requisites.missing.clone(),
    }
}

/// How a capture stands with its time stamp.
fn stamp_words(shell: &Shell, stamped: &Stamped) -> Option<String> {
    Some(match stamped {
        Stamped::Token(TimeStamp { says: Ok(stamp), .. }) => {
            format!("holds: {}, by {}", shell.moment(&stamp.at), stamp.authority)
        }
        Stamped::Token(TimeStamp { says: Err(why), from, .. }) => format!("fails: {why} (from {from})"),
        Stamped::Waiting(None) => "is waited for".to_owned(),
        Stamped::Waiting(Some(fault)) => format!("is asked for again later: {fault}"),
        Stamped::GivenUp(fault) => format!("was asked for in vain: {fault}"),
        Stamped::No => return None,
    })
}

/// The text as paragraphs, escaped, with the passage marked, and what the document added to the one that it repeats (code
/// points of the paragraphs joined by line breaks).
fn marked(paragraphs: &[String], passage: Option<&Passage>, added: &[Range<usize>]) -> String {
    let mut html = String::new();
    let (mut first, mut done) = (0, false);
    for paragraph in paragraphs {
        let exact = passage.filter(|_| !done).map(|passage| passage.exact.as_str());
        let found = exact.and_then(|exact| paragraph.find(exact).map(|at| at..at + exact.len()));
        done |= found.is_some();
        let length = paragraph.chars().count();
        let bytes = |point: usize| paragraph.char_indices().nth(point).map_or(paragraph.len(), |(at, _)| at);
        let inside = added.iter().filter(|range| range.start >= first && range.end <= first + length);
        let new: Vec<Range<usize>> = inside.map(|range| bytes(range.start - first)..bytes(range.end - first)).collect();
        let mut cuts: Vec<usize> = [0, paragraph.len()].into();
        cuts.extend(found.iter().chain(&new).flat_map(|range| [range.start, range.end]));
        cuts.sort_unstable();
        cuts.dedup();
        html.push_str("<p>");
        for (from, to) in cuts.iter().zip(cuts.iter().skip(1)) {
            let within = |range: &Range<usize>| range.start <= *from && *to <= range.end;
            let escaped = text::escape(&paragraph[*from..*to]);
            if found.as_ref().is_some_and(within) {
                let id = if found.as_ref().is_some_and(|found| found.start == *from) { " id=\"passage\"" } else { "" };
                html.push_str(&format!("<mark class=\"passage\"{id}>{escaped}</mark>"));
            } else if new.iter().any(within) {
                html.push_str(&format!("<mark class=\"added\">{escaped}</mark>"));
            } else {
                html.push_str(&escaped);
            }
        }
        html.push_str("</p>\n");
        first += length + 1;
    }
    html
}

pub(crate) async fn page_of(app: &App, visitor: &Visitor, id: &str, document: &str, asked: Asked) -> Answer {
    let desk = app.desk(id).await?;
    let as_of = moment(asked.as_of.as_deref(), &desk)?;
    let (who, document) = (visitor.who().clone(), document.to_owned());
    let passage = asked.passage.map(|exact| Passage { exact, prefix: String::new(), suffix: String::new() });
    let html = app
        .ask(move |newsroom| {
            let found = newsroom.document_page(&who, &desk.id, &document, as_of)?;
            let capture = found.capture.ok_or_else(|| Error::not_found("capture", document))?;
            newsroom.captured_page(&capture, passage.as_ref())
        })
        .await?;
    let mut response = Html(html).into_response();
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
    response.headers_mut().insert("x-frame-options", HeaderValue::from_static("SAMEORIGIN"));
    Ok(response)
}

pub(crate) async fn captured(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, document)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    page_of(&app, &visitor, &id, &document, asked).await
}

/// The captured page as a browser showed it.
pub(crate) async fn picture(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, document)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let picture = views(&app, &visitor, &id, &document, asked).await?.picture;
    let picture = picture.ok_or_else(|| PageError::from(Error::not_found("picture of document", document)))?;
    let headers = [
        (header::CONTENT_TYPE, "image/png"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, picture).into_response())
}

/// The captured page as a browser printed it, to be saved.
pub(crate) async fn print(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, document)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let print = views(&app, &visitor, &id, &document, asked).await?.print;
    let print = print.ok_or_else(|| PageError::from(Error::not_found("print of document", document.as_str())))?;
    let name: String = document.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect();
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.pdf\"")),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    Ok((headers, print).into_response())
}

/// Picture and print of a document's page.
async fn views(
    app: &App,
    visitor: &Visitor,
    id: &str,
    document: &str,
    asked: Asked,
) -> Result<CapturedViews, PageError> {
    let desk = app.desk(id).await?;
    let as_of = moment(asked.as_of.as_deref(), &desk)?;
    let (who, document) = (visitor.who().clone(), document.to_owned());
    app.ask(move |newsroom| {
        let found = newsroom.document_page(&who, &desk.id, &document, as_of)?;
        let capture = found.capture.filter(|capture| capture.requisites.is_some());
        newsroom.captured_views(&capture.ok_or_else(|| Error::not_found("picture of document", document))?)
    })
    .await
}

/// The capture's WARC records, for the newsroom.
pub(crate) async fn warc(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, document)): Path<(String, String)>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let who = visitor.who().clone();
    let name = format!("{document}.warc.gz");
    let bytes = app
        .ask(move |newsroom| {
            let found = newsroom.document_page(&who, &desk.id, &document, None)?;
            let capture = found.capture.ok_or_else(|| Error::not_found("capture", document))?;
            newsroom.captured_warc(&capture)
        })
        .await?;
    let headers = [
        (header::CONTENT_TYPE, "application/warc".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, bytes).into_response())
}

/// What was received, byte for byte. It comes from strangers: it is a file to be saved, never a page of ours, and should a
/// browser show it all the same, nothing in it runs.
pub(crate) async fn file(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, document)): Path<(String, String)>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let who = visitor.who().clone();
    let name: String = document.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect();
    let (bytes, kind) = app
        .ask(move |newsroom| {
            let found = newsroom.document_page(&who, &desk.id, &document, None)?;
            let capture = found.capture.ok_or_else(|| Error::not_found("capture", document))?;
            newsroom.captured_file(&capture)
        })
        .await?;
    let media_type = if kind == "pdf" { "application/pdf" } else { "application/octet-stream" };
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.{kind}\"")),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_outlet_wrote_is_escaped_and_the_passage_marked() {
        let paragraphs = vec!["a <b> c".to_owned(), "x <script> y".to_owned()];
        let passage = Passage { exact: "<script>".to_owned(), prefix: String::new(), suffix: String::new() };
        let html = marked(&paragraphs, Some(&passage), &[]);
        assert!(html.contains("a &lt;b&gt; c"));
        assert!(html.contains("<mark class=\"passage\" id=\"passage\">&lt;script&gt;</mark>"));
    }

    #[test]
    fn added_sentences_are_marked_and_the_passage_within_them_too() {
        let paragraphs = vec!["پل بسته شد.".to_owned(), "It rained. Nobody was hurt.".to_owned()];
        let passage = Passage { exact: "Nobody".to_owned(), prefix: String::new(), suffix: String::new() };
        let html = marked(&paragraphs, Some(&passage), &[0..11, 23..39]);
        assert!(html.contains("<p><mark class=\"added\">پل بسته شد.</mark></p>"), "{html}");
        assert!(html.contains("It rained. <mark class=\"passage\" id=\"passage\">Nobody</mark>"), "{html}");
        assert!(html.contains("<mark class=\"added\"> was hurt.</mark>"), "{html}");
    }
}
