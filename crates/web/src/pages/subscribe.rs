//! Subscribing (double opt-in) and leaving (one click, RFC 8058).

use super::message::{Click, message};
use super::{Answer, page};
use crate::app::App;
use crate::error::PageError;
use crate::session::{Visitor, sender};
use crate::shell::Shell;
use askama::Template;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use sitrep_model::desk::Desk;
use sitrep_model::id::SectionId;
use std::net::SocketAddr;

#[derive(Template)]
#[template(path = "subscribe.html")]
struct Subscribe {
    shell: Shell,
    desk: Desk,
    error: Option<String>,
    address: String,
}

fn shell(visitor: &Visitor, desk: &Desk, title: &str) -> Shell {
    Shell::of_desk(visitor, desk.clone(), "subscribe", title, format!("/{}/subscribe", desk.id))
}

pub(crate) async fn form(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let desk = app.desk(&id).await?;
    page(&Subscribe { shell: shell(&visitor, &desk, "Subscribe"), desk, error: None, address: String::new() })
}

pub(crate) async fn ask(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    connection: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let desk = app.desk(&id).await?;
    let fields: Vec<(String, String)> = url::form_urlencoded::parse(&body).into_owned().collect();
    let address = fields.iter().find(|(name, _)| name == "address").map(|(_, value)| value.clone()).unwrap_or_default();
    let sections: Vec<SectionId> =
        fields.iter().filter(|(name, _)| name == "section").map(|(_, value)| SectionId(value.clone())).collect();
    let from = sender(&headers, connection.map(|axum::Extension(ConnectInfo(peer))| peer));
    let (of, wanted) = (desk.id.clone(), address.clone());
    let asked = app.ask(move |newsroom| newsroom.subscribe(&of, &wanted, sections, &from)).await;
    match asked {
        Ok(()) => {
            let lines = [
                "If the address can receive mail, a message with a link is on its way to it.",
                "The subscription begins once you have followed the link.",
            ];
            message(shell(&visitor, &desk, "One more step"), &lines, None)
        }
        Err(error) => {
            let error = Some(error.message().to_owned());
            let answer = Subscribe { shell: shell(&visitor, &desk, "Subscribe"), desk, error, address };
            let mut response = page(&answer)?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
    }
}

/// Programs that look at links in mail must not confirm by looking: a person clicks.
pub(crate) async fn confirm_form(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, secret)): Path<(String, String)>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let click = Click { action: format!("/{id}/confirm/{secret}"), label: "Yes, send me the updates" };
    message(shell(&visitor, &desk, "Confirm your subscription"), &[], Some(click)).map(no_store)
}

pub(crate) async fn confirm(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, secret)): Path<(String, String)>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let of = desk.id.clone();
    app.ask(move |newsroom| newsroom.confirm(&of, &secret)).await?;
    message(shell(&visitor, &desk, "You are subscribed"), &["The next update comes by e-mail."], None)
}

pub(crate) async fn leave_form(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, subscriber, token)): Path<(String, String, String)>,
) -> Answer {
    let desk = app.desk(&id).await?;
    if !app.newsroom().may_leave(&subscriber, &token) {
        return Err(PageError::not_found("link"));
    }
    let click = Click { action: format!("/{id}/leave/{subscriber}/{token}"), label: "End the subscription" };
    message(
        shell(&visitor, &desk, "Leave"),
        &["No more updates will be sent, and your address is erased."],
        Some(click),
    )
    .map(no_store)
}

/// Mail programs post here by themselves when their reader says *unsubscribe* (RFC 8058).
pub(crate) async fn leave(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, subscriber, token)): Path<(String, String, String)>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let of = desk.id.clone();
    app.ask(move |newsroom| newsroom.leave(&of, &subscriber, &token)).await?;
    message(shell(&visitor, &desk, "You have left"), &["No more updates will be sent. Your address was erased."], None)
}

fn no_store(response: axum::response::Response) -> axum::response::Response {
    ([(axum::http::header::CACHE_CONTROL, "no-store")], response).into_response()
}
