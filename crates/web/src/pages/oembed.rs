//! An edition or a sentence for other sites to show: oEmbed 1.0.

use super::Answer;
use crate::app::App;
use crate::error::PageError;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde::Deserialize;
use sitrep_model::id::{DeskId, SentenceId};
use sitrep_newsroom::sentences::cited_as;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    url: String,
    #[serde(default)]
    format: String,
    maxwidth: Option<u32>,
    maxheight: Option<u32>,
}

pub(crate) async fn show(State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    let xml = match asked.format.as_str() {
        "" | "json" => false,
        "xml" => true,
        _ => return Err(PageError::new(StatusCode::NOT_IMPLEMENTED, "format", "Ask for json or xml.")),
    };
    let missing = || PageError::not_found("page to embed").hint("Give the address of an edition or of a sentence.");
    let path = asked.url.strip_prefix(app.newsroom().base()).ok_or_else(missing)?.to_owned();
    let (path, fragment) = path.split_once('#').unwrap_or((&path, ""));
    let path = path.split('?').next().unwrap_or_default();
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let [desk, kind, name] = parts.as_slice() else { return Err(missing()) };
    if cited_as(name).is_some() {
        return Err(missing());
    }
    // A link to a sentence within its edition means the sentence.
    let sentence = match *kind {
        "sentences" => Some(SentenceId::from(*name)),
        "editions" => fragment.strip_prefix("t-").map(SentenceId::from),
        _ => return Err(missing()),
    };
    let desk = app
        .ask({
            let id = DeskId::from(*desk);
            move |newsroom| newsroom.desk(&id)
        })
        .await?;
    let (slug, most) = ((*name).to_owned(), (asked.maxwidth, asked.maxheight));
    let embedded = app
        .ask(move |newsroom| match sentence {
            Some(id) => newsroom.embedded_sentence(&desk, &id, most, xml),
            None => newsroom.embedded_edition(&desk, &slug, most, xml),
        })
        .await?;
    let media_type = if xml { "text/xml; charset=utf-8" } else { "application/json" };
    // Whoever embeds reads it from their own page.
    let headers = [(header::CONTENT_TYPE, media_type), (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")];
    Ok((headers, embedded).into_response())
}
