//! One's own account: password, second factor, passkeys, sessions, tokens.

use super::message::room_message;
use super::{Answer, Asked, done, private, said};
use crate::app::App;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect};
use serde::Deserialize;
use sitrep_newsroom::sessions::SessionLine;

#[derive(Template)]
#[template(path = "account.html")]
struct Account {
    shell: Shell,
    has_totp: bool,
    passkeys: usize,
    sessions: Vec<Line>,
    tokens: Vec<SessionLine>,
    /// Why the second factor stays.
    error: Option<String>,
}

struct Line {
    session: SessionLine,
    this: bool,
}

fn shell(visitor: &Visitor, title: &str) -> Shell {
    let mut shell = Shell::house(visitor, title, "/newsroom/account").with_script("passkey.js");
    shell.here = "account";
    shell
}

pub(crate) async fn show(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    shown(&app, &visitor, said(asked.done.as_deref()), None).await
}

async fn shown(app: &App, visitor: &Visitor, flash: Option<String>, error: Option<String>) -> Answer {
    let id = visitor.signed_in()?.id.clone();
    let this = visitor.secret().map(|secret| sitrep_newsroom::ids::sha256(secret.as_bytes()));
    let (has_totp, passkeys, sessions, tokens) = app
        .ask(move |newsroom| {
            Ok((newsroom.has_totp(&id)?, newsroom.passkeys(&id)?, newsroom.sessions(&id)?, newsroom.api_tokens(&id)?))
        })
        .await?;
    let sessions = sessions.into_iter().map(|s| Line { this: Some(&s.digest) == this.as_ref(), session: s }).collect();
    let passkeys = super::passkey::count(passkeys.as_deref());
    let shell = shell(visitor, "Account").flash(flash);
    private(&Account { shell, has_totp, passkeys, sessions, tokens, error })
}

#[derive(Deserialize)]
pub(crate) struct Passwords {
    old: String,
    new: String,
}

pub(crate) async fn password(State(app): State<App>, visitor: Visitor, Form(given): Form<Passwords>) -> Answer {
    let account = visitor.signed_in()?.clone();
    let browser = "this browser".to_owned();
    let secret = app
        .ask(move |newsroom| {
            newsroom.change_password(&account, &given.old, &given.new)?;
            newsroom.open_session(&account.id, &browser)
        })
        .await?;
    let cookie = crate::session::open(&app, &secret);
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/newsroom/account?done=password")).into_response())
}

#[derive(Template)]
#[template(path = "account_totp.html")]
struct Totp {
    shell: Shell,
    secret: String,
    address: String,
}

pub(crate) async fn offer_totp(State(app): State<App>, visitor: Visitor) -> Answer {
    let account = visitor.signed_in()?.clone();
    let (secret, address) = app.ask(move |newsroom| newsroom.offer_totp(&account)).await?;
    private(&Totp { shell: shell(&visitor, "Set up an authenticator app"), secret, address })
}

#[derive(Deserialize)]
pub(crate) struct Code {
    secret: String,
    code: String,
}

pub(crate) async fn set_totp(State(app): State<App>, visitor: Visitor, Form(given): Form<Code>) -> Answer {
    let account = visitor.signed_in()?.clone();
    app.ask(move |newsroom| newsroom.set_totp(&account, &given.secret, &given.code)).await?;
    done("/newsroom/account", "factor")
}

#[derive(Deserialize)]
pub(crate) struct Removal {
    code: String,
}

pub(crate) async fn remove_totp(State(app): State<App>, visitor: Visitor, Form(given): Form<Removal>) -> Answer {
    let account = visitor.signed_in()?.clone();
    match app.ask(move |newsroom| newsroom.remove_totp(&account, &given.code)).await {
        Ok(()) => done("/newsroom/account", "factor-removed"),
        Err(error) => {
            let mut response = shown(&app, &visitor, None, Some(error.message().to_owned())).await?;
            *response.status_mut() = error.status();
            Ok(response)
        }
    }
}

pub(crate) async fn end_session(State(app): State<App>, visitor: Visitor, Path(digest): Path<String>) -> Answer {
    let id = visitor.signed_in()?.id.clone();
    app.ask(move |newsroom| newsroom.end(&id, &digest)).await?;
    done("/newsroom/account", "ended")
}

#[derive(Deserialize)]
pub(crate) struct Named {
    #[serde(default)]
    name: String,
}

pub(crate) async fn token(State(app): State<App>, visitor: Visitor, Form(given): Form<Named>) -> Answer {
    let id = visitor.signed_in()?.id.clone();
    let name = if given.name.trim().is_empty() { "a program".to_owned() } else { given.name };
    let token = app.ask(move |newsroom| newsroom.make_api_token(&id, &name)).await?;
    let lines =
        ["This token acts as you do for a year. It is shown only now.", "Send it as: Authorization: Bearer TOKEN"];
    room_message(shell(&visitor, "A new token"), &lines, vec![token])
}
