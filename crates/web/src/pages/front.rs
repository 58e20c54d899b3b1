//! A desk's front page: the newest edition, earlier ones, standing assessments.

use super::{Answer, Asked, page};
use crate::app::App;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::extract::{Path, Query, State};
use sitrep_model::assessment::Assessment;
use sitrep_model::desk::Desk;
use sitrep_model::edition::{Edition, EditionState};

/// Editions on the page.
const EDITIONS: usize = 10;
/// Assessments beside them.
const ASSESSMENTS: usize = 6;

#[derive(Template)]
#[template(path = "desk_front.html")]
struct Front {
    shell: Shell,
    desk: Desk,
    newest: Option<Edition>,
    earlier: Vec<Edition>,
    assessments: Vec<Assessment>,
}

pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let as_of = asked.as_of(&desk)?;
    let (of, who) = (desk.id.clone(), visitor.who().clone());
    let (editions, assessments) = app
        .ask(move |newsroom| {
            let editions = newsroom.published(&of, as_of, EDITIONS, None)?;
            Ok((editions, newsroom.assessments(&who, &of, as_of)?))
        })
        .await?;
    let standing = |edition: &Edition| edition.state != EditionState::TakenDown;
    let mut editions = editions.items.into_iter().map(|found| found.value).filter(standing);
    let newest = editions.next();
    let earlier = editions.collect();
    let assessments = assessments.into_iter().filter(Assessment::is_open).take(ASSESSMENTS).collect();
    let mut shell =
        Shell::of_desk(&visitor, desk.clone(), "latest", desk.name.clone(), format!("/{id}")).known_at(as_of);
    shell.description = Some(desk.standing.clone());
    page(&Front { shell, desk, newest, earlier, assessments })
}
