//! What a sentence rests on, then and now.

use super::station::{Thread, threads};
use super::{Answer, Asked, page};
use crate::app::App;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::extract::{Path, Query, State};
use sitrep_model::edition::Edition;
use sitrep_model::id::SentenceId;

#[derive(Template)]
#[template(path = "sentence.html")]
struct Sentence {
    shell: Shell,
    edition: Edition,
    id: String,
    text: String,
    dropped: bool,
    before: Option<String>,
    threads: Vec<Thread>,
}

pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, sentence)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let as_of = asked.as_of(&desk)?;
    let (of, who, name) = (desk.id.clone(), visitor.who().clone(), SentenceId(sentence.clone()));
    let found = app.ask(move |newsroom| newsroom.sentence_page(&who, &of, &name, as_of)).await?;
    let path = format!("/{id}/sentences/{sentence}");
    let shell = Shell::of_desk(&visitor, desk, "", "What this sentence rests on", path).known_at(as_of);
    let threads = threads(&shell, &found.stations);
    page(&Sentence {
        shell,
        edition: found.edition.value,
        id: sentence,
        text: found.text,
        dropped: found.dropped,
        before: found.before,
        threads,
    })
}
