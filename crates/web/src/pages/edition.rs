//! An edition as readers see it, and its forms under the same address with an extension.

use super::{Answer, Asked, cited, page};
use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use jiff::Timestamp;
use sitrep_model::desk::Desk;
use sitrep_model::edition::{Edition, EditionState};
use sitrep_newsroom::reading::{EditionLine, EditionPage};
use sitrep_newsroom::sentences::{Printed, cited_as};

#[derive(Template)]
#[template(path = "edition.html")]
struct Shown {
    shell: Shell,
    edition: Edition,
    article: String,
    cited_by: Vec<EditionLine>,
    cites: Vec<EditionLine>,
    corrected: Vec<EditionLine>,
    withdrawn: Vec<EditionLine>,
    neighbours: (Option<EditionLine>, Option<EditionLine>),
    citations: Vec<Printed>,
    versions: Vec<Version>,
}

struct Version {
    version: u64,
    recorded: Timestamp,
    what: &'static str,
    note: Option<String>,
    comparable: bool,
}

#[derive(Template)]
#[template(path = "edition_gone.html")]
struct Gone {
    shell: Shell,
    edition: Edition,
}

pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, slug)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let as_of = asked.as_of(&desk)?;
    if let Some((slug, style)) = cited_as(&slug) {
        return citation_of(&app, desk, slug.to_owned(), style, as_of).await;
    }
    if let Some((slug, form)) = slug.rsplit_once('.') {
        return form_of(&app, desk, slug.to_owned(), form.to_owned(), as_of).await;
    }
    let kept = desk.clone();
    let path = format!("/{id}/editions/{slug}");
    let found = app.ask(move |newsroom| newsroom.edition_page(&kept, &slug, as_of)).await?;
    let EditionPage {
        edition,
        article,
        cited_by,
        cites,
        corrected,
        withdrawn,
        neighbours,
        citations,
        structured,
        versions,
    } = found;
    let edition = edition.value;
    let address = format!("{}{path}", app.newsroom().base());
    let mut shell = Shell::of_desk(&visitor, desk, "", edition.title.clone(), path)
        .known_at(as_of)
        .with_script("notes.js")
        .with_script("copy.js");
    shell.structured = Some(structured);
    if edition.state == EditionState::TakenDown {
        return gone(shell, edition);
    }
    shell.description = edition.takeaways.first().map(|takeaway| takeaway.body.text.clone());
    shell.embed = Some(address);
    let versions = versions
        .into_iter()
        .enumerate()
        .map(|(place, line)| Version {
            version: line.version,
            recorded: line.recorded,
            what: line.what,
            note: line.note.filter(|_| place > 0),
            comparable: place > 0,
        })
        .collect();
    page(&Shown { shell, edition, article, cited_by, cites, corrected, withdrawn, neighbours, citations, versions })
}

/// The tombstone of what was taken down.
pub(crate) fn gone(shell: Shell, edition: Edition) -> Answer {
    let mut response = page(&Gone { shell, edition })?;
    *response.status_mut() = StatusCode::GONE;
    Ok(response)
}

/// An edition as a citation, as a file.
async fn citation_of(app: &App, desk: Desk, slug: String, style: &'static str, as_of: Option<Timestamp>) -> Answer {
    let printed = app
        .ask(move |newsroom| {
            let edition = newsroom.public_edition(&desk.id, &slug, as_of)?;
            newsroom.citations(&desk, &edition.value, None)
        })
        .await?;
    let printed = printed.into_iter().find(|printed| printed.extension == style);
    printed.map(cited::file).ok_or_else(|| PageError::not_found("edition"))
}

/// A form as it was made at publication.
async fn form_of(app: &App, desk: Desk, slug: String, form: String, as_of: Option<Timestamp>) -> Answer {
    let name = format!("{}-{slug}.{form}", desk.id);
    let (media_type, bytes) = app
        .ask(move |newsroom| {
            let edition = newsroom.public_edition(&desk.id, &slug, as_of)?;
            if edition.value.state == EditionState::TakenDown {
                return Err(sitrep_newsroom::Error::not_found("edition", slug));
            }
            newsroom.form_or_made(&desk, &edition, &form)
        })
        .await?;
    let disposition = format!("inline; filename=\"{name}\"");
    let headers = [(header::CONTENT_TYPE, media_type), (header::CONTENT_DISPOSITION, disposition)];
    let mut response = (headers, bytes).into_response();
    // A form is a document of its own: nothing in it may run here.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox";
    let policy = header::HeaderValue::from_static(policy);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

/// Refuses what is no number.
pub(crate) fn number(text: &str, what: &str) -> Result<u64, PageError> {
    text.parse().map_err(|_| PageError::not_found(what))
}
