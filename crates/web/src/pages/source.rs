//! One source: how it fares, what it is told, its secrets; and adding a source by its address.

use super::source_form::{Form, Given, kinds_offered};
use super::{Answer, Asked, done, private, said};
use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use sitrep_newsroom::gather::SecretKind;
use sitrep_newsroom::sources::SourceLine;

#[derive(Template)]
#[template(path = "room_source.html")]
struct Shown {
    shell: Shell,
    line: SourceLine,
    health: String,
    next: Option<String>,
    /// Whether its pages are opened in a browser, in words.
    browser: Option<String>,
    secrets: Vec<(&'static str, &'static str, bool)>,
    form: Form,
}

pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, source)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let (of, who, name) = (desk.id.clone(), visitor.who().clone(), source.clone());
    let (line, secrets) = app
        .ask(move |newsroom| {
            let line = newsroom.source_line(&who, &of, &name)?;
            let secrets = newsroom.source_secrets(&who, &of, &line.source.id)?;
            Ok((line, secrets))
        })
        .await?;
    let path = format!("/newsroom/{id}/sources/{source}");
    let title = line.source.name.clone();
    let shell = Shell::of_desk(&visitor, desk, "sources", title, path).flash(said(asked.done.as_deref()));
    let next = sitrep_newsroom::gather::next_look(&line.source, &line.health).map(|at| shell.moment(&at));
    let names = [
        ("key", "Key of the interface, password of the mailbox"),
        ("cookies", "Cookies"),
        ("proxy-login", "Login of the proxy"),
    ];
    let secrets = names.into_iter().zip(secrets).map(|((name, label), kept)| (name, label, kept)).collect();
    let (health, form) = (super::sources::health(&shell, &line), Form::of(&line.source));
    let browser = line.source.requisites.then(|| match app.newsroom().browser() {
        Some(browser) => format!("in {}", browser.program().display()),
        None => "no: there is no browser on this machine (Chromium), so pages are captured without styles, pictures, \
                 picture of the whole page and PDF"
            .to_owned(),
    });
    private(&Shown { shell, line, health, next, browser, secrets, form })
}

pub(crate) async fn add(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    axum::Form(given): axum::Form<Given>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let source = given.source(&desk.id, None);
    let (who, name) = (visitor.who().clone(), source.id.clone());
    app.ask(move |newsroom| newsroom.save_source(&who, &source, 0, None)).await?;
    done(&format!("/newsroom/{id}/sources/{name}"), "saved")
}

pub(crate) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, source)): Path<(String, String)>,
    axum::Form(given): axum::Form<Given>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let (who, name) = (visitor.who().clone(), source.clone());
    app.ask(move |newsroom| {
        let before = newsroom.source_line(&who, &desk.id, &name)?;
        let source = given.source(&desk.id, Some(before.source));
        newsroom.save_source(&who, &source, before.version, None)
    })
    .await?;
    done(&format!("/newsroom/{id}/sources/{source}"), "saved")
}

pub(crate) async fn look(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, source)): Path<(String, String)>,
) -> Answer {
    let desk = app.desk(&id).await?;
    // What went wrong stands on the source's page, to which this leads.
    let gathered = app.newsroom().gather_source(visitor.who(), &desk.id, &source).await;
    let what = if gathered.is_ok_and(|gathered| gathered.refused.is_empty()) { "sources" } else { "refused" };
    done(&format!("/newsroom/{id}/sources/{source}"), what)
}

#[derive(Deserialize)]
pub(crate) struct Secret {
    kind: String,
    secret: String,
}

pub(crate) async fn secret(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, source)): Path<(String, String)>,
    axum::Form(given): axum::Form<Secret>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let (who, name) = (visitor.who().clone(), source.clone());
    app.ask(move |newsroom| {
        let kind = SecretKind::named(&given.kind)?;
        newsroom.keep_source_secret(&who, &desk.id, &name, kind, &given.secret)
    })
    .await?;
    done(&format!("/newsroom/{id}/sources/{source}"), "saved")
}

#[derive(Deserialize)]
pub(crate) struct Retired {
    #[serde(default)]
    retired: String,
}

pub(crate) async fn retire(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, source)): Path<(String, String)>,
    axum::Form(given): axum::Form<Retired>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let (who, name) = (visitor.who().clone(), source.clone());
    app.ask(move |newsroom| newsroom.retire_source(&who, &desk.id, &name, given.retired == "yes")).await?;
    done(&format!("/newsroom/{id}/sources/{source}"), "saved")
}

#[derive(Deserialize)]
pub(crate) struct Wanted {
    url: String,
}

#[derive(Template)]
#[template(path = "room_source_found.html")]
struct Found {
    shell: Shell,
    titles: Vec<String>,
    kinds: Vec<(&'static str, &'static str)>,
    form: Form,
}

/// What a source at an address would be; nothing is kept before the form is sent.
pub(crate) async fn find(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    axum::Form(wanted): axum::Form<Wanted>,
) -> Answer {
    let desk = app.desk(&id).await?;
    if wanted.url.trim().is_empty() {
        return Err(PageError::invalid("give an address"));
    }
    let (source, titles) = app.newsroom().find_source(visitor.who(), &desk.id, &wanted.url, false).await?;
    let shell = Shell::of_desk(&visitor, desk, "sources", "A source found", format!("/newsroom/{id}/sources/find"));
    let form = Form::of(&source);
    private(&Found { shell, titles: titles.into_iter().take(20).collect(), kinds: kinds_offered(), form })
}
