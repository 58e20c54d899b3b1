//! The one-time link: the first account, or an invited one's password.

use super::{Answer, private};
use crate::app::App;
use crate::error::PageError;
use crate::session::{self, Visitor};
use crate::shell::Shell;
use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "setup.html")]
struct Setup {
    shell: Shell,
    first: bool,
    name: String,
    login: String,
}

fn shell(visitor: &Visitor, secret: &str) -> Shell {
    Shell::house(visitor, "Make an account", format!("/newsroom/setup/{secret}"))
}

async fn of(app: &App, secret: &str) -> Result<String, PageError> {
    let secret = secret.to_owned();
    let of = app.ask(move |newsroom| newsroom.setup_for(&secret)).await?;
    of.ok_or_else(|| {
        PageError::not_found("link").hint("It was used already, or has ended. Ask the operator for a new one.")
    })
}

async fn login_of(app: &App, id: &str) -> Result<String, PageError> {
    let id = id.to_owned();
    let accounts = app.ask(|newsroom| newsroom.accounts()).await?;
    Ok(accounts.into_iter().find(|a| a.value.id.as_str() == id).map(|a| a.value.login).unwrap_or_default())
}

pub(crate) async fn form(State(app): State<App>, visitor: Visitor, Path(secret): Path<String>) -> Answer {
    let of = of(&app, &secret).await?;
    let login = if of.is_empty() { String::new() } else { login_of(&app, &of).await? };
    private(&Setup { shell: shell(&visitor, &secret), first: of.is_empty(), name: String::new(), login })
}

#[derive(Deserialize)]
pub(crate) struct Given {
    #[serde(default)]
    name: String,
    #[serde(default)]
    login: String,
    password: String,
}

pub(crate) async fn set_up(
    State(app): State<App>,
    visitor: Visitor,
    Path(secret): Path<String>,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Answer {
    let of = of(&app, &secret).await?;
    let (name, login) = (given.name.clone(), given.login.clone());
    let browser = session::browser(&headers);
    let key = secret.clone();
    let made = app
        .ask(move |newsroom| {
            let account = newsroom.set_up(&key, &given.name, &given.login, &given.password)?;
            newsroom.open_session(&account.id, &browser)
        })
        .await;
    match made {
        Ok(session) => {
            let cookie = session::open(&app, &session);
            Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/newsroom")).into_response())
        }
        Err(error) => {
            let shell = shell(&visitor, &secret).flash(Some(error.message().to_owned()));
            let login = if of.is_empty() { login } else { login_of(&app, &of).await? };
            let mut response = private(&Setup { shell, first: of.is_empty(), name, login })?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
    }
}
