//! Evidence watch: cited pages that changed or vanished, with the difference and what rests on them.

use super::facets::Pages;
use super::{Answer, done, private, said};
use crate::app::App;
use crate::session::Visitor;
use crate::shell::Shell;
use crate::text;
use askama::Template;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use sitrep_model::id::DeskId;
use sitrep_newsroom::evidence_watch::{FINDINGS, Faring, Finding};

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    page: usize,
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "room_evidence.html")]
struct Shown {
    shell: Shell,
    findings: Vec<Line>,
    watched: usize,
    days: u32,
    pages: Pages,
}

/// A finding, ready for the template.
struct Line {
    finding: Finding,
    what: &'static str,
    since: String,
    looked: String,
    direction: &'static str,
}

pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let (of, who) = (desk.id.clone(), visitor.who().clone());
    let at = asked.page.min(100_000);
    let found = app.ask(move |newsroom| newsroom.evidence_findings(&who, &of, at)).await?;
    let days = desk.watch_days.unwrap_or(7);
    let path = format!("/newsroom/{id}/evidence");
    let shell = Shell::of_desk(&visitor, desk, "evidence", "Evidence", path).flash(said(asked.done.as_deref()));
    let findings = found.shown.into_iter().map(|finding| line(&shell, finding)).collect();
    let pages = Pages::around(at, FINDINGS, found.total, "");
    private(&Shown { shell, findings, watched: found.watched, days, pages })
}

fn line(shell: &Shell, finding: Finding) -> Line {
    let what = match finding.watched.faring {
        Faring::Vanished => "Vanished",
        Faring::Unreachable => "Not reached",
        _ => "Changed",
    };
    let moment = |at: Option<jiff::Timestamp>| at.map(|at| shell.moment(&at)).unwrap_or_default();
    Line {
        what,
        since: moment(finding.watched.since),
        looked: moment(finding.watched.looked),
        direction: text::direction(&finding.document.title),
        finding,
    }
}

pub(crate) async fn look(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, document)): Path<(String, String)>,
) -> Answer {
    let desk = DeskId::from(id.as_str());
    app.newsroom().look_again(visitor.who(), &desk, &document).await?;
    done(&format!("/newsroom/{id}/evidence"), "looked")
}

pub(crate) async fn accept(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, document)): Path<(String, String)>,
) -> Answer {
    let (desk, who) = (DeskId::from(id.as_str()), visitor.who().clone());
    app.ask(move |newsroom| newsroom.accept_change(&who, &desk, &document)).await?;
    done(&format!("/newsroom/{id}/evidence"), "accepted")
}
