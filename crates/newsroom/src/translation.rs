//! Machine translation by a service that a desk chooses: off until its chief names one. What it says is kept beside the
//! original, with its engine and the day, never in the original's place.

use crate::error::Error;
use crate::gather::blocking;
use crate::newsroom::{Newsroom, must};
use crate::vault;
use crate::who::Who;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sitrep_language::tag::primary;
use sitrep_model::account::Role;
use sitrep_model::desk::Desk;
use sitrep_model::document::{Document, Translation};
use sitrep_model::id::DeskId;
use sitrep_net::{Post, Request};
use sitrep_store::Expected;

const SETTINGS: &str = "translation";
/// Texts and code points of one request, at most; a longer paragraph goes alone.
const TEXTS: usize = 40;
const LETTERS: usize = 20_000;
/// Code points of a document that is translated, at most.
const LONGEST: usize = 200_000;

/// Whose interface a service speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    /// Nothing is translated.
    #[default]
    Off,
    /// <https://docs.libretranslate.com>: `POST /translate`.
    LibreTranslate,
    /// <https://developers.deepl.com/docs>: `POST /v2/translate`.
    DeepL,
}

impl Engine {
    /// An engine by its name: `off`, `libretranslate` or `deepl`.
    pub fn named(name: &str) -> Result<Self, Error> {
        match name {
            "" | "off" => Ok(Self::Off),
            "libretranslate" => Ok(Self::LibreTranslate),
            "deepl" => Ok(Self::DeepL),
            _ => Err(Error::field("engine", format!("{name:?} is no engine: off, libretranslate or deepl"))),
        }
    }

    /// Its name as it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::LibreTranslate => "libretranslate",
            Self::DeepL => "deepl",
        }
    }

    /// Its name as people write it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::LibreTranslate => "LibreTranslate",
            Self::DeepL => "DeepL",
        }
    }
}

/// The service of a desk. It stands in the vault, with its key: in no record, no export and no log.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranslationSettings {
    /// Whose interface it speaks.
    pub engine: Engine,
    /// Its address, without the path of the interface.
    pub url: String,
    /// Its key, where it asks for one.
    pub key: Option<String>,
    /// It may be on this machine or its private network.
    pub local: bool,
}

impl TranslationSettings {
    fn address(&self) -> String {
        let path = if self.engine == Engine::DeepL { "/v2/translate" } else { "/translate" };
        let base = self.url.trim_end_matches('/');
        if base.ends_with(path) { base.to_owned() } else { format!("{base}{path}") }
    }

    /// What is asked for some texts of one language in another.
    fn request(&self, texts: &[&str], from: &str, to: &str) -> Result<Request, Error> {
        let (from, to) = (primary(from), primary(to));
        let is_known = !from.is_empty() && from != "und";
        let mut request = Request { local: self.local, ..Request::new(self.address()) };
        let mut body = json!({});
        if self.engine == Engine::DeepL {
            body["text"] = json!(texts);
            body["target_lang"] = to.to_uppercase().into();
            if is_known {
                body["source_lang"] = from.to_uppercase().into();
            }
            if let Some(key) = &self.key {
                request.secrets.push(("Authorization".to_owned(), format!("DeepL-Auth-Key {key}").into()));
            }
        } else {
            body["q"] = json!(texts);
            body["source"] = if is_known { from } else { "auto" }.into();
            body["target"] = to.into();
            body["format"] = "text".into();
            if let Some(key) = &self.key {
                body["api_key"] = key.as_str().into();
            }
        }
        let body = serde_json::to_vec(&body).map_err(|error| Error::Internal(error.to_string()))?;
        request.post = Some(Post { media_type: "application/json", body });
        Ok(request)
    }

    /// The texts of an answer: as many as were asked for, or why there are none.
    fn read(&self, status: u16, body: &[u8], asked: usize) -> Result<Vec<String>, String> {
        let answer: Value = serde_json::from_slice(body).unwrap_or_default();
        if !(200..300).contains(&status) {
            let told = ["error", "message"].iter().find_map(|field| answer[*field].as_str());
            let told: String = told.unwrap_or("without a reason").chars().take(300).collect();
            return Err(format!("{} answered {status}: {told}", self.engine.label()));
        }
        let texts: Vec<String> = match (self.engine, &answer["translatedText"]) {
            (Engine::DeepL, _) => {
                let told = answer["translations"].as_array().cloned().unwrap_or_default();
                told.iter().filter_map(|one| one["text"].as_str().map(str::to_owned)).collect()
            }
            (_, Value::String(one)) => vec![one.clone()],
            (_, Value::Array(all)) => all.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect(),
            _ => Vec::new(),
        };
        match texts.len() {
            found if found == asked => Ok(texts),
            found => Err(format!("{} gave {found} texts for {asked}", self.engine.label())),
        }
    }
}

/// Texts in the portions that they are asked for in.
fn portions<'t>(texts: &[&'t str]) -> Vec<Vec<&'t str>> {
    let mut portions: Vec<Vec<&str>> = Vec::new();
    let mut letters = 0;
    for text in texts {
        let own = text.chars().count();
        match portions.last_mut().filter(|last| last.len() < TEXTS && letters + own <= LETTERS) {
            Some(last) => last.push(text),
            None => {
                portions.push(vec![text]);
                letters = 0;
            }
        }
        letters += own;
    }
    portions
}

impl Newsroom {
    /// The service of a desk, for its chief.
    pub fn translation_settings(&self, who: &Who, desk: &DeskId) -> Result<TranslationSettings, Error> {
        who.must_be(Role::Chief, desk)?;
        self.settings_of(desk)
    }

    /// Whose interface the desk's service speaks; `Off` where it has none.
    pub fn translates(&self, who: &Who, desk: &DeskId) -> Result<Engine, Error> {
        who.must_be(Role::Reader, desk)?;
        Ok(self.settings_of(desk)?.engine)
    }

    fn settings_of(&self, desk: &DeskId) -> Result<TranslationSettings, Error> {
        let kept = self.store().operate(|operations| vault::read(operations, SETTINGS, desk.as_str()))?;
        Ok(kept.unwrap_or_default())
    }

    /// Sets the service of a desk. An empty key keeps the one that is there; the record says nothing of it.
    pub fn set_translation(&self, who: &Who, desk: &DeskId, wanted: &TranslationSettings) -> Result<(), Error> {
        who.must_be(Role::Chief, desk)?;
        let key = wanted.key.as_deref().map(str::trim).filter(|key| !key.is_empty());
        if key.is_some_and(|key| key.len() > 1_000 || key.chars().any(char::is_control)) {
            return Err(Error::field("key", "a key is one line of at most 1000 characters"));
        }
        if wanted.engine != Engine::Off {
            let parsed = url::Url::parse(wanted.url.trim());
            if !parsed.is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some()) {
                return Err(Error::field("url", format!("{:?} is no address of a service on the web", wanted.url)));
            }
        }
        self.store().operate(|operations| {
            let before: TranslationSettings = vault::read(operations, SETTINGS, desk.as_str())?.unwrap_or_default();
            let url = wanted.url.trim().to_owned();
            // A key goes to the service that it was given for, and to no other.
            let kept = before.key.filter(|_| before.engine == wanted.engine && before.url == url);
            let key = key.map(str::to_owned).or(kept).filter(|_| wanted.engine != Engine::Off);
            let now = TranslationSettings { engine: wanted.engine, url, key, local: wanted.local };
            vault::keep(operations, SETTINGS, desk.as_str(), &now)
        })
    }

    /// Has a document translated into the desk's language, and keeps that beside it.
    pub async fn machine_translate(&self, who: &Who, desk: &Desk, id: &str) -> Result<(), Error> {
        who.must_be(Role::Analyst, &desk.id)?;
        let (newsroom, of, name) = (self.clone(), desk.id.clone(), id.to_owned());
        let (settings, document) = blocking(move || {
            let document = newsroom.read(|reader| must::<Document>(reader, &of, &name))?.value;
            Ok((newsroom.settings_of(&of)?, document))
        })
        .await?;
        if settings.engine == Engine::Off {
            return Err(Error::invalid("this desk has no service for translation: its chief can name one"));
        }
        if primary(&document.language) == primary(&desk.language) {
            return Err(Error::invalid("it is in the desk's language already"));
        }
        let letters = document.title.chars().count() + document.text().chars().count();
        if letters > LONGEST {
            return Err(Error::invalid(format!("it has {letters} characters; at most {LONGEST} are translated")));
        }
        let mut texts = vec![document.title.as_str()];
        texts.extend(document.paragraphs.iter().map(String::as_str));
        let mut translated = Vec::with_capacity(texts.len());
        for portion in portions(&texts) {
            let request = settings.request(&portion, &document.language, &desk.language)?;
            let answer = self.fetcher().fetch(&request).await?;
            translated.extend(settings.read(answer.status, &answer.body, portion.len()).map_err(Error::invalid)?);
        }
        let mut lines = translated.into_iter().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        let title = lines.next().unwrap_or_default();
        let text = lines.collect::<Vec<_>>().join("\n");
        let host = sitrep_language::address::host(&settings.url);
        let made = Translation {
            language: primary(&desk.language).to_owned(),
            title,
            text: Some(text),
            by: format!("{} ({host})", settings.engine.label()),
            at: Some(self.now()),
            of: Some(document.text_sha256.clone()),
        };
        let (newsroom, who, of, name) = (self.clone(), who.clone(), desk.id.clone(), id.to_owned());
        blocking(move || newsroom.translate(&who, &of, &name, made)).await
    }

    /// Keeps a translation beside a document's original, in place of an earlier one by the same hand.
    pub fn translate(&self, who: &Who, desk: &DeskId, id: &str, translation: Translation) -> Result<(), Error> {
        who.must_be(Role::Analyst, desk)?;
        self.write(who, "document.translate", Some(desk), None, |writer| {
            let mut found = must::<Document>(writer, desk, id)?;
            if found.value.removed.is_some() {
                return Err(Error::invalid("its text is no longer kept"));
            }
            found.value.translations.retain(|kept| kept.language != translation.language || kept.by != translation.by);
            found.value.translations.push(translation.clone());
            writer.put(&found.value, Expected::Version(found.version))?;
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_go_in_portions_that_a_service_takes() {
        let long = "x".repeat(LETTERS);
        let mut texts = vec!["a"; TEXTS + 1];
        texts.push(&long);
        texts.push("b");
        let sizes: Vec<usize> = portions(&texts).iter().map(Vec::len).collect();
        assert_eq!(sizes, [TEXTS, 1, 1, 1]);
    }

    #[test]
    fn an_answer_that_does_not_fit_is_refused() {
        let service = TranslationSettings { engine: Engine::LibreTranslate, ..TranslationSettings::default() };
        let read = |status, body: &str, asked| service.read(status, body.as_bytes(), asked);
        assert_eq!(read(200, r#"{"translatedText":["a","b"]}"#, 2), Ok(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(read(200, r#"{"translatedText":"a"}"#, 1), Ok(vec!["a".to_owned()]));
        assert_eq!(read(200, "{}", 1), Err("LibreTranslate gave 0 texts for 1".to_owned()));
        assert_eq!(read(403, r#"{"error":"no key"}"#, 1), Err("LibreTranslate answered 403: no key".to_owned()));
        assert_eq!(read(502, "<html>", 1), Err("LibreTranslate answered 502: without a reason".to_owned()));
    }
}
