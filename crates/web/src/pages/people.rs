//! Accounts and their roles, for the operator.

use super::message::room_message;
use super::{Answer, Asked, done, private, said};
use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use serde::Deserialize;
use sitrep_model::account::{Account, Membership, Role};
use sitrep_model::desk::Desk;
use sitrep_model::id::DeskId;

#[derive(Template)]
#[template(path = "people.html")]
struct People {
    shell: Shell,
    people: Vec<Line>,
    desks: Vec<Desk>,
    roles: [Role; 4],
}

struct Line {
    account: Account,
    version: u64,
}

fn shell(visitor: &Visitor, title: &str) -> Shell {
    let mut shell = Shell::house(visitor, title, "/newsroom/people");
    shell.here = "people";
    shell
}

pub(crate) async fn show(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let (people, desks) = app.ask(|newsroom| Ok((newsroom.accounts()?, newsroom.desks()?))).await?;
    let people = people.into_iter().map(|found| Line { account: found.value, version: found.version }).collect();
    let shell = shell(&visitor, "People").flash(said(asked.done.as_deref()));
    private(&People { shell, people, desks, roles: Role::ALL })
}

#[derive(Deserialize)]
pub(crate) struct Invitation {
    name: String,
    login: String,
    desk: String,
    role: String,
}

fn role(name: &str) -> Result<Role, PageError> {
    let found = Role::ALL.into_iter().find(|role| role.as_str() == name);
    found.ok_or_else(|| PageError::invalid(format!("{name:?} is no role")))
}

pub(crate) async fn invite(State(app): State<App>, visitor: Visitor, Form(given): Form<Invitation>) -> Answer {
    let membership = Membership { desk: DeskId(given.desk), role: role(&given.role)? };
    let who = visitor.who().clone();
    let (account, secret) =
        app.ask(move |newsroom| newsroom.invite(&who, &given.name, &given.login, vec![membership], false)).await?;
    let link = format!("{}/newsroom/setup/{secret}", app.newsroom().base());
    let line = format!("Give this link to {}. It works once, for three days.", account.name);
    room_message(shell(&visitor, "An invitation"), &[&line], vec![link])
}

#[derive(Deserialize)]
pub(crate) struct Changed {
    version: u64,
    act: String,
    #[serde(default)]
    desk: String,
    #[serde(default)]
    role: String,
}

pub(crate) async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(given): Form<Changed>,
) -> Answer {
    let who = visitor.who().clone();
    if given.act == "link" {
        let secret = app.ask(move |newsroom| newsroom.invite_again(&who, &id)).await?;
        let link = format!("{}/newsroom/setup/{secret}", app.newsroom().base());
        return room_message(
            shell(&visitor, "A new link"),
            &[
                "It works once, for three days. Sessions of the account have ended.",
                "With the new password the account's second factor is removed.",
            ],
            vec![link],
        );
    }
    let accounts = app.ask(|newsroom| newsroom.accounts()).await?;
    let found = accounts.into_iter().find(|found| found.value.id.as_str() == id);
    let mut account = found.ok_or_else(|| PageError::not_found("account"))?.value;
    match given.act.as_str() {
        "close" => account.closed = true,
        "open" => account.closed = false,
        "role" => {
            let desk = DeskId(given.desk);
            account.memberships.retain(|membership| membership.desk != desk);
            if given.role != "none" {
                account.memberships.push(Membership { desk, role: role(&given.role)? });
            }
        }
        other => return Err(PageError::invalid(format!("{other:?} is nothing that is done to an account"))),
    }
    app.ask(move |newsroom| newsroom.save_account(&who, &account, given.version)).await?;
    done("/newsroom/people", "saved")
}
