//! Machine translation: which service a desk uses, and having a document translated.

use super::{Answer, done, private, said};
use crate::app::App;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::{HeaderMap, Uri};
use serde::Deserialize;
use sitrep_newsroom::translation::{Engine, TranslationSettings};

const ENGINES: [Engine; 3] = [Engine::Off, Engine::LibreTranslate, Engine::DeepL];

#[derive(Template)]
#[template(path = "room_translation.html")]
struct Set {
    shell: Shell,
    engines: Vec<(&'static str, &'static str, bool)>,
    url: String,
    has_key: bool,
    local: bool,
}

pub(crate) async fn form(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<super::Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let (who, of) = (visitor.who().clone(), desk.id.clone());
    let kept = app.ask(move |newsroom| newsroom.translation_settings(&who, &of)).await?;
    let engine = |engine: Engine| (engine.as_str(), engine.label(), engine == kept.engine);
    let path = format!("/newsroom/{id}/translation");
    let shell = Shell::of_desk(&visitor, desk, "inbox", "Machine translation", path).flash(said(asked.done.as_deref()));
    let has_key = kept.key.is_some();
    private(&Set { shell, engines: ENGINES.map(engine).to_vec(), url: kept.url, has_key, local: kept.local })
}

#[derive(Deserialize)]
pub(crate) struct Given {
    engine: String,
    #[serde(default)]
    url: String,
    #[serde(default)]
    key: String,
    local: Option<String>,
}

pub(crate) async fn set(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(given): Form<Given>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let wanted = TranslationSettings {
        engine: Engine::named(&given.engine)?,
        url: given.url,
        key: Some(given.key),
        local: given.local.is_some(),
    };
    let who = visitor.who().clone();
    app.ask(move |newsroom| newsroom.set_translation(&who, &desk.id, &wanted)).await?;
    done(&format!("/newsroom/{id}/translation"), "saved")
}

#[derive(Deserialize)]
pub(crate) struct Back {
    #[serde(default)]
    back: String,
}

pub(crate) async fn translate(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, document)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
    Form(given): Form<Back>,
) -> Answer {
    let desk = app.desk(&id).await?;
    app.newsroom().machine_translate(visitor.who(), &desk, &document).await?;
    super::inbox_acts::answer(&id, &uri, &headers, &given.back, &document, "translated")
}
