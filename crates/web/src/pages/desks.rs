//! The newsroom's first page: the desks where one has a role. Where there is one, it leads there.

use super::{Answer, private};
use crate::app::App;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use sitrep_model::desk::Desk;

#[derive(Template)]
#[template(path = "room_desks.html")]
struct Desks {
    shell: Shell,
    desks: Vec<Desk>,
}

pub(crate) async fn show(State(app): State<App>, visitor: Visitor) -> Answer {
    let who = visitor.who().clone();
    let desks = app
        .ask(move |newsroom| Ok(newsroom.desks()?.into_iter().filter(|d| who.is_newsroom(&d.id)).collect::<Vec<_>>()))
        .await?;
    if let [desk] = desks.as_slice() {
        return Ok(Redirect::to(&format!("/newsroom/{}/inbox", desk.id)).into_response());
    }
    private(&Desks { shell: Shell::house(&visitor, "Your desks", "/newsroom"), desks })
}
