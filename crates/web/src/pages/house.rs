//! The reading room's first page: the desks. Where there is one, it leads there.

use super::{Answer, page};
use crate::app::App;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use sitrep_model::desk::Desk;

#[derive(Template)]
#[template(path = "house.html")]
struct House {
    shell: Shell,
    desks: Vec<Desk>,
}

pub(crate) async fn show(State(app): State<App>, visitor: Visitor) -> Answer {
    let desks = app.ask(|newsroom| newsroom.desks()).await?;
    if let [desk] = desks.as_slice() {
        return Ok(Redirect::to(&format!("/{}", desk.id)).into_response());
    }
    page(&House { shell: Shell::house(&visitor, "Desks", "/"), desks })
}
