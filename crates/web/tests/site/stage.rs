//! A running site with the example desk and a person of each role.

use crate::client::{Reply, ask};
use serde_json::{Value, json};
use sitrep_model::account::{Membership, Role};
use sitrep_model::document::Document;
use sitrep_model::id::{AccountId, DeskId, DocumentId};
use sitrep_model::source::Collection;
use sitrep_newsroom::desk_folder::{DeskFolder, Stage as Part};
use sitrep_newsroom::gather::{Keeping, Received};
use sitrep_newsroom::{Clock, Newsroom, Settings, Who};
use sitrep_store::{BlobSettings, Database, Store};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// The roles that somebody can have, strangers first. `outsider` is chief of another desk.
pub(crate) const PEOPLE: [&str; 7] = ["stranger", "outsider", "reader", "analyst", "editor", "chief", "operator"];

/// How outlets call their pages.
pub(crate) const HTML: &str = "text/html; charset=utf-8";

pub(crate) const API: &str = "/api/v1/desks/iran";

/// A running site.
pub(crate) struct Stage {
    pub(crate) newsroom: Newsroom,
    pub(crate) clock: Clock,
    address: SocketAddr,
    people: BTreeMap<&'static str, AccountId>,
    _folder: tempfile::TempDir,
}

/// The example desk's folder.
pub(crate) fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../desks/iran")
}

impl Stage {
    /// Opens a site on a free port.
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let store = Store::open(&sitrep_store::Settings {
            data: folder.path().to_owned(),
            database: Database::Sqlite,
            blobs: BlobSettings::Files,
        });
        let clock = Clock::fixed("2026-11-25T12:00:00Z".parse().unwrap());
        let settings = Settings {
            base: format!("http://localhost:{}", address.port()),
            fetch: sitrep_net::FetchSettings::default(),
            mail: None,
            stamps: None,
            browser: sitrep_newsroom::Browser::find(None),
            clock: clock.clone(),
        };
        let newsroom = Newsroom::open(store.unwrap(), settings).unwrap();
        take_desk(&newsroom);
        let people = PEOPLE[1..].iter().map(|name| (*name, invite(&newsroom, name))).collect();
        let app = sitrep_web::App::new(sitrep_web::Settings { newsroom: newsroom.clone() });
        let service = sitrep_web::site(app).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        Self { newsroom, clock, address, people, _folder: folder }
    }

    /// A new session of somebody, as the cookie that their browser sends; nothing of a stranger.
    pub(crate) fn cookie(&self, who: &str) -> Option<String> {
        let account = self.people.get(who)?;
        Some(format!("sitrep_session={}", self.newsroom.open_session(account, "a test").unwrap()))
    }

    /// The account of somebody.
    pub(crate) fn account(&self, who: &str) -> AccountId {
        self.people[who].clone()
    }

    /// Sends a request as somebody, with more headers.
    pub(crate) async fn send(
        &self,
        who: &str,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Reply {
        let cookie = self.cookie(who);
        let mut headers = headers.to_vec();
        headers.extend(cookie.as_deref().map(|cookie| ("cookie", cookie)));
        ask(self.address, method, path, &headers, body).await
    }

    /// Asks for a page as somebody.
    pub(crate) async fn get(&self, who: &str, path: &str) -> Reply {
        self.send(who, "GET", path, &[], Vec::new()).await
    }

    /// Sends JSON as somebody.
    pub(crate) async fn post(&self, who: &str, path: &str, body: Value) -> Reply {
        self.send(who, "POST", path, &[("content-type", "application/json")], body.to_string().into_bytes()).await
    }

    /// Sends a form as somebody.
    pub(crate) async fn form(&self, who: &str, path: &str, fields: &[(&str, &str)]) -> Reply {
        let pair = |(name, value): &(&str, &str)| {
            let value: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
            format!("{name}={value}")
        };
        let body = fields.iter().map(pair).collect::<Vec<_>>().join("&");
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
        self.send(who, "POST", path, &headers, body.into_bytes()).await
    }

    /// A Persian page of an outlet, captured and read.
    pub(crate) fn document(&self) -> Document {
        let html = "<!doctype html><html lang=\"fa\"><head><meta charset=\"utf-8\"><title>راه‌آهن</title>\
             <meta property=\"article:published_time\" content=\"2026-11-20T02:30:00Z\"></head><body>\
             <article><h1>قطارهای باری ایستاده‌اند</h1><p>قطارهای باری سه روز است که ایستاده‌اند. هیچ‌کس زمان حرکت را \
             نمی‌داند و مسئولان راه‌آهن نیز چیزی نگفته‌اند.</p><p>خبرنگار این روزنامه یازده قطار را در ایستگاه مرزی شمرد و با \
             رانندگان آن‌ها گفت‌وگو کرد.</p></article></body></html>";
        let received = received(&self.newsroom, "https://chekad.example/rail/1", HTML, html);
        let keeping = Keeping { document: Some(DocumentId::from("doc-rail")), ..Keeping::default() };
        let sources = self.newsroom.sources(&desk()).unwrap();
        let source = sources.iter().find(|source| source.id.as_str() == "chekad");
        self.newsroom.keep(&Who::Program("test"), &desk(), source, &received, &keeping).unwrap().value
    }

    /// The captures of a document.
    pub(crate) fn captures(&self, document: &str) -> Vec<String> {
        let found = self.newsroom.document_captures(&Who::Program("test"), &desk(), document).unwrap();
        found.into_iter().map(|capture| capture.id.0).collect()
    }

    /// An event in Isfahan, coded by the analyst, as the API takes it.
    pub(crate) async fn event(&self) -> Value {
        let event = json!({
            "type": "protest",
            "when": { "from": "2026-11-20T00:00:00Z", "to": "2026-11-20T23:00:00Z", "precision": "day" },
            "at": { "place": "ir-isfahan", "name": "Isfahan", "point": { "latitude": 32.65, "longitude": 51.67 },
                    "precision": "city" },
            "summary": "Railway workers gather before the station in Isfahan.",
            "evidence": [{ "document": self.document().id, "passage": null }],
            "layer": "iran/protests", "credibility": 2, "visibility": "public",
        });
        self.post("analyst", &format!("{API}/events"), json!({ "event": event })).await.is(201).json()
    }

    /// A draft with one sourced sentence that reports an event, as the API carries it.
    pub(crate) async fn draft(&self, date: &str) -> Value {
        let event = self.event().await["id"].clone();
        let begun = self.post("analyst", &format!("{API}/editions"), json!({ "date": date })).await.is(201).json();
        let mut edition = begun["edition"].clone();
        let text = "Freight trains stood still for a third day.";
        let end = text.chars().count();
        edition["sections"][0]["paragraphs"] = json!([{
            "id": "", "kind": "prose", "text": text,
            "sentences": [{ "id": "", "start": 0, "end": end, "events": [event] }],
            "citations": [{ "offset": end, "citation": "c-1" }],
        }]);
        edition["takeaways"] = json!([{ "id": "", "kind": "prose", "text": text, "sentences": [], "announces": null }]);
        edition["citations"] = json!([{ "id": "c-1", "label": null, "references": [
            { "to": "document", "document": "doc-rail", "passage": null, "printed": null, "defanged": null } ] }]);
        let path = format!("{API}/editions/{}/draft", edition["id"].as_str().unwrap());
        let version = format!("\"{}\"", begun["version"]);
        let headers = [("if-match", version.as_str()), ("content-type", "application/json")];
        self.send("analyst", "PUT", &path, &headers, edition.to_string().into_bytes()).await.is(200).json()
    }

    /// Brings a draft out: the analyst hands it in, the editor approves and publishes it.
    pub(crate) async fn publish(&self, draft: &Value) -> Value {
        let path = format!("{API}/editions/{}", draft["edition"]["id"].as_str().unwrap());
        let mut version = draft["version"].clone();
        let mut last = Value::Null;
        for (who, act) in [("analyst", "submit"), ("editor", "approve"), ("editor", "publish")] {
            let body = json!({ "version": version, "note": "the exercise goes on" });
            last = self.post(who, &format!("{path}/{act}"), body).await.is(200).json();
            version = last["version"].clone();
        }
        last
    }
}

/// The desk's name.
pub(crate) fn desk() -> DeskId {
    DeskId::from("iran")
}

fn take_desk(newsroom: &Newsroom) {
    let mut folder = DeskFolder::read(&example()).unwrap();
    // Nothing is fetched while the site is tested.
    for source in &mut folder.sources {
        source.collection = Collection::pasted();
    }
    newsroom.take_desk(&Who::Program("test"), &folder, Part::Standing).unwrap();
}

fn invite(newsroom: &Newsroom, name: &str) -> AccountId {
    let role = match name {
        "reader" => Some(Role::Reader),
        "analyst" => Some(Role::Analyst),
        "editor" => Some(Role::Editor),
        "chief" | "outsider" => Some(Role::Chief),
        _ => None,
    };
    let of = if name == "outsider" { DeskId::from("elsewhere") } else { desk() };
    let memberships = role.map(|role| Membership { desk: of, role }).into_iter().collect();
    let invited = newsroom.invite(&Who::Program("test"), name, name, memberships, name == "operator");
    invited.unwrap().0.id
}

/// A page or file as its outlet's server sent it now.
pub(crate) fn received(newsroom: &Newsroom, url: &str, media_type: &str, body: impl Into<Vec<u8>>) -> Received {
    let body = body.into();
    Received {
        url: url.to_owned(),
        final_url: url.to_owned(),
        at: newsroom.now(),
        ip: None,
        via: None,
        request: b"GET / HTTP/1.1\r\n\r\n".to_vec(),
        response_head: format!("HTTP/1.1 200 OK\r\ncontent-type: {media_type}\r\n\r\n").into_bytes(),
        status: 200,
        media_type: Some(media_type.to_owned()),
        raw: body.clone(),
        body,
    }
}
