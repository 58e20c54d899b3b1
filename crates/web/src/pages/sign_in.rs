//! Signing in and out.

use super::{Answer, private, said};
use crate::app::App;
use crate::session::{self, Visitor};
use crate::shell::Shell;
use askama::Template;
use axum::extract::{ConnectInfo, Form, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use serde::Deserialize;
use std::net::SocketAddr;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignIn {
    shell: Shell,
    next: String,
    login: String,
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    next: Option<String>,
    done: Option<String>,
}

/// Only a path of the newsroom is led to: a link can't send people elsewhere once they signed in.
fn onward(next: Option<&str>) -> String {
    let own = next.filter(|next| next.starts_with("/newsroom") && !next.contains("//") && !next.contains('\\'));
    own.unwrap_or("/newsroom").to_owned()
}

pub(crate) async fn form(visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let shell = Shell::house(&visitor, "Sign in", "/newsroom/sign-in").with_script("passkey.js");
    let shell = shell.flash(said(asked.done.as_deref()));
    private(&SignIn { shell, next: onward(asked.next.as_deref()), login: String::new() })
}

#[derive(Deserialize)]
pub(crate) struct Given {
    login: String,
    password: String,
    #[serde(default)]
    code: String,
    next: Option<String>,
}

pub(crate) async fn sign_in(
    State(app): State<App>,
    visitor: Visitor,
    connection: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Answer {
    let next = onward(given.next.as_deref());
    let from = session::sender(&headers, connection.map(|axum::Extension(ConnectInfo(peer))| peer));
    let browser = session::browser(&headers);
    let login = given.login.clone();
    let signed =
        app.ask(move |newsroom| newsroom.sign_in(&given.login, &given.password, &given.code, &from, &browser)).await;
    match signed {
        Ok((_, secret)) => {
            let cookie = session::open(&app, &secret);
            Ok(([(header::SET_COOKIE, cookie)], Redirect::to(&next)).into_response())
        }
        Err(error) => {
            let shell = Shell::house(&visitor, "Sign in", "/newsroom/sign-in").with_script("passkey.js");
            let mut response = private(&SignIn { shell: shell.flash(Some(error.message().to_owned())), next, login })?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
    }
}

pub(crate) async fn sign_out(State(app): State<App>, visitor: Visitor) -> Answer {
    if let Some(secret) = visitor.secret().map(str::to_owned) {
        app.ask(move |newsroom| newsroom.sign_out(&secret)).await?;
    }
    let cookie = session::close(&app);
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/newsroom/sign-in?done=signed-out")).into_response())
}

#[cfg(test)]
mod tests {
    use super::onward;

    #[test]
    fn nobody_is_led_elsewhere() {
        assert_eq!(onward(Some("/newsroom/iran/inbox")), "/newsroom/iran/inbox");
        for bad in ["https://evil.example", "//evil.example", "/newsroom//evil.example", "/iran", "/newsroom\\evil"] {
            assert_eq!(onward(Some(bad)), "/newsroom", "{bad}");
        }
    }
}
