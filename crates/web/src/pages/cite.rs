//! Citing: a passage of a document, set as a note at the end of a sentence of a draft.

use super::{Answer, done, private};
use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use crate::shell::Shell;
use crate::text;
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use serde::Deserialize;
use sitrep_model::citation::Passage;
use sitrep_model::document::Document;
use sitrep_model::edition::Edition;
use sitrep_model::id::{DeskId, DocumentId, SentenceId};
use sitrep_newsroom::{Newsroom, Who};

#[derive(Deserialize)]
pub(crate) struct Asked {
    document: String,
}

#[derive(Template)]
#[template(path = "cite.html")]
struct Cite {
    shell: Shell,
    d: Document,
    direction: &'static str,
    passages: Vec<String>,
    sentences: Vec<(String, String)>,
}

/// Sentences of the drafts, newest first: id, and edition with the sentence's words.
pub(crate) fn sentences(
    newsroom: &Newsroom,
    who: &Who,
    desk: &DeskId,
) -> Result<Vec<(String, String)>, sitrep_newsroom::Error> {
    let query = sitrep_newsroom::Query { status: vec!["drafting".to_owned()], limit: 5, ..Default::default() };
    let drafts = newsroom.list::<Edition>(who, desk, &query)?;
    let mut sentences = Vec::new();
    for draft in drafts.items {
        for paragraph in draft.value.sections.iter().flat_map(|section| &section.paragraphs) {
            for sentence in &paragraph.sentences {
                let words: String = paragraph.sentence_text(sentence).chars().take(110).collect();
                sentences.push((sentence.id.0.clone(), format!("{}: {words}", draft.value.slug)));
            }
        }
    }
    Ok(sentences)
}

pub(crate) async fn form(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let (of, who) = (desk.id.clone(), visitor.who().clone());
    let (d, sentences, passages) = app
        .ask(move |newsroom| {
            let d = newsroom.get::<Document>(&who, &of, &asked.document, None)?.value;
            let passages = newsroom.passages(&d);
            Ok((d, sentences(newsroom, &who, &of)?, passages))
        })
        .await?;
    let shell = Shell::of_desk(&visitor, desk, "inbox", "Cite", format!("/newsroom/{id}/cite"));
    let passages = passages.into_iter().map(|passage| passage.exact).collect();
    private(&Cite { shell, direction: text::direction(&d.title), d, passages, sentences })
}

#[derive(Deserialize)]
pub(crate) struct Chosen {
    document: String,
    #[serde(default)]
    passage: String,
    sentence: String,
}

pub(crate) async fn cite(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(given): Form<Chosen>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let (edition, _) = given.sentence.rsplit_once('.').ok_or_else(|| PageError::not_found("sentence"))?;
    let edition = edition.to_owned();
    let path = format!("/newsroom/{id}/editions/{edition}");
    let who = visitor.who().clone();
    app.ask(move |newsroom| {
        let document = DocumentId(given.document);
        let passage: Option<Passage> = newsroom.passage(&who, &desk.id, &document, &given.passage)?;
        newsroom.cite(&who, &desk.id, &edition, &SentenceId(given.sentence), &document, passage)
    })
    .await?;
    done(&path, "cited")
}
