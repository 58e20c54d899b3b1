//! The manual of the checks, from what each rule explains of itself.

use super::{Answer, page};
use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "manual.html")]
struct Manual {
    shell: Shell,
    body: String,
    pages: Vec<(String, String)>,
}

pub(crate) async fn list(State(_): State<App>, visitor: Visitor) -> Answer {
    let shell = Shell::house(&visitor, "Checks", "/manual/checks");
    let body =
        "<p>Each check is a rule of tradecraft that an edition can break. A finding is a question, not a verdict.</p>";
    page(&Manual { shell, body: body.to_owned(), pages: sitrep_newsroom::review::rules() })
}

pub(crate) async fn show(State(_): State<App>, visitor: Visitor, Path(rule): Path<String>) -> Answer {
    let explained = sitrep_newsroom::review::explain(&rule).ok_or_else(|| PageError::not_found("check"))?;
    let shell = Shell::house(&visitor, rule.clone(), format!("/manual/checks/{rule}"));
    page(&Manual { shell, body: crate::text::explained(&explained), pages: Vec::new() })
}
