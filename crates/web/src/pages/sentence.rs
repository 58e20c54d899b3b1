//! What a sentence rests on, how it read from version to version, who points to it, and how it is cited.

use super::compared::compared;
use super::station::{self, Thread, threads};
use super::{Answer, Asked, cited, page};
use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use crate::shell::Shell;
use crate::text::escape;
use askama::Template;
use axum::extract::{Path, Query, State};
use jiff::Timestamp;
use sitrep_model::edition::Edition;
use sitrep_model::id::SentenceId;
use sitrep_newsroom::sentences::{Printed, Wording, cited_as};
use sitrep_newsroom::threads::SentencePage;

#[derive(Template)]
#[template(path = "sentence.html")]
struct Sentence {
    shell: Shell,
    edition: Edition,
    id: String,
    text: String,
    dropped: bool,
    readings: Vec<Reading>,
    threads: Vec<Thread>,
    pointing: Vec<Thread>,
    citations: Vec<Printed>,
    address: String,
    /// From how many independent origins its documents come, where it cites more than one.
    origins: Option<String>,
}

/// One wording, set against the one before it.
struct Reading {
    recorded: Timestamp,
    what: &'static str,
    html: String,
}

pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, name)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let as_of = asked.as_of(&desk)?;
    let style = cited_as(&name).map(|(stem, extension)| (stem.to_owned(), extension));
    let sentence = style.as_ref().map_or_else(|| name.clone(), |(stem, _)| stem.clone());
    let (of, who, kept) = (desk.clone(), visitor.who().clone(), SentenceId(sentence.clone()));
    let (found, citations) = app
        .ask(move |newsroom| {
            let found = newsroom.sentence_page(&who, &of.id, &kept, as_of)?;
            let citations = match found.gone {
                true => Vec::new(),
                false => newsroom.citations(&of, &found.edition.value, Some((&kept, &found.text)))?,
            };
            Ok((found, citations))
        })
        .await?;
    let path = format!("/{id}/sentences/{sentence}");
    if let Some((_, extension)) = style {
        let printed = citations.into_iter().find(|printed| printed.extension == extension);
        return printed.map(cited::file).ok_or_else(|| PageError::not_found("sentence"));
    }
    let shell = Shell::of_desk(&visitor, desk, "", "What this sentence rests on", path.clone()).known_at(as_of);
    let SentencePage { edition, text, dropped, gone, wordings, stations, pointing, cited: sources } = found;
    let edition = edition.value;
    if gone {
        return super::edition::gone(shell, edition);
    }
    let mut shell = shell.with_script("copy.js");
    shell.description = Some(text.clone());
    let address = format!("{}{path}", app.newsroom().base());
    shell.embed = Some(address.clone());
    let (threads, pointing) = (threads(&shell, &stations), threads(&shell, &pointing));
    let (readings, origins) = (readings(&wordings), station::cited(&sources));
    page(&Sentence {
        shell,
        edition,
        id: sentence,
        text,
        dropped,
        readings,
        threads,
        pointing,
        citations,
        address,
        origins,
    })
}

/// Its wordings, newest first; none where it never changed.
fn readings(wordings: &[Wording]) -> Vec<Reading> {
    if wordings.len() < 2 {
        return Vec::new();
    }
    let mut before: Option<&str> = None;
    let mut readings = Vec::new();
    for wording in wordings {
        let (what, html) = match (&before, &wording.text) {
            (Some(before), Some(now)) => ("Reworded", compared(before, now)),
            (None, Some(now)) => ("First", escape(now)),
            (Some(before), None) => ("Dropped", format!("<del>{}</del>", escape(before))),
            (None, None) => continue,
        };
        readings.push(Reading { recorded: wording.recorded, what, html });
        before = wording.text.as_deref().or(before);
    }
    readings.reverse();
    readings
}
