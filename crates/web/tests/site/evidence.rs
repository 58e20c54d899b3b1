//! Evidence watch: pages and posts that editions cite, looked at again.

use crate::stage::{API, HTML, Stage, desk, received};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use jiff::SignedDuration;
use serde_json::json;
use sitrep_model::document::Document;
use sitrep_model::id::{DocumentId, SourceId};
use sitrep_model::source::{Collection, Source};
use sitrep_newsroom::Who;
use sitrep_newsroom::evidence_watch::{Faring, Findings};
use sitrep_newsroom::gather::Keeping;
use std::sync::{Arc, Mutex};

const PROGRAM: Who = Who::Program("test");

/// What an outlet's server answers now.
type Now = Arc<Mutex<(u16, String)>>;

/// A server on this machine that gives one answer at every address, and its own.
async fn serve(body: String) -> (Now, String) {
    let now: Now = Arc::new(Mutex::new((200, body)));
    let state = Arc::clone(&now);
    let answer = move |uri: axum::http::Uri| async move {
        let (status, body) = state.lock().unwrap().clone();
        match status {
            302 if uri.path() != "/" => Redirect::to("/").into_response(),
            302 => Html("<html><body><h1>All the news</h1><p>Choose one of our pages, dear readers of this paper.</p></body></html>").into_response(),
            status => (StatusCode::from_u16(status).unwrap(), Html(body)).into_response(),
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, axum::Router::new().fallback(answer)).await });
    (now, address)
}

/// A page on this machine that an edition quotes: its server.
async fn cited(stage: &Stage) -> Now {
    let (now, address) = serve(page("The bridge is closed.")).await;
    let url = format!("{address}/news/2026/bridge");
    let lines = stage.newsroom.source_lines(&PROGRAM, &desk()).unwrap();
    let line = lines.into_iter().find(|line| line.source.id.as_str() == "chekad").unwrap();
    let source = Source { local: true, ..line.source };
    stage.newsroom.save_source(&PROGRAM, &source, line.version, None).unwrap();
    let received = received(&stage.newsroom, &url, HTML, page("The bridge is closed."));
    let keeping = Keeping { document: Some(DocumentId::from("doc-bridge")), ..Keeping::default() };
    stage.newsroom.keep(&PROGRAM, &desk(), Some(&source), &received, &keeping).unwrap();
    publish(stage, "doc-bridge", "The bridge is closed.").await;
    now
}

/// Publishes an edition that quotes a document's words.
async fn publish(stage: &Stage, document: &str, words: &str) {
    let draft = stage.draft("2026-11-25").await;
    let mut edition = draft["edition"].clone();
    edition["citations"][0]["references"][0]["document"] = json!(document);
    edition["citations"][0]["references"][0]["passage"] = json!({ "exact": words, "prefix": "", "suffix": "" });
    let path = format!("{API}/editions/{}/draft", edition["id"].as_str().unwrap());
    let version = format!("\"{}\"", draft["version"]);
    let headers = [("if-match", version.as_str()), ("content-type", "application/json")];
    let body = edition.to_string().into_bytes();
    let draft = stage.send("analyst", "PUT", &path, &headers, body).await.is(200).json();
    stage.publish(&draft).await;
}

pub(crate) fn page(sentence: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><title>The bridge</title></head><body><article><h1>The bridge</h1>\
         <p>{sentence} Nobody knows when it opens, and the office of roads does not answer the questions of reporters.</p>\
         <p>Lorries wait on both banks of the river, and their drivers sleep in the cabins until they may cross.</p>\
         </article></body></html>"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cited_page_that_changes_or_vanishes_is_shown_with_what_rests_on_it() {
    let stage = Stage::open().await;
    let now = cited(&stage).await;
    let look = async || stage.newsroom.look_again(&PROGRAM, &desk(), "doc-bridge").await.unwrap().faring;
    let captures = || stage.newsroom.document_captures(&PROGRAM, &desk(), "doc-bridge").unwrap();
    assert_eq!(look().await, Faring::Same);
    assert_eq!(captures().len(), 2);
    assert_eq!(captures().iter().filter(|capture| capture.repeats.is_some()).count(), 1, "the body is not kept twice");
    assert!(stage.newsroom.evidence_findings(&PROGRAM, &desk(), 0).unwrap().shown.is_empty());
    *now.lock().unwrap() = (200, page("The bridge is open."));
    assert_eq!(look().await, Faring::Changed);
    let Findings { shown: findings, watched, .. } = stage.newsroom.evidence_findings(&PROGRAM, &desk(), 0).unwrap();
    assert_eq!((findings.len(), watched), (1, 1));
    assert_eq!(
        (findings[0].gone.as_slice(), findings[0].new.as_slice()),
        (["The bridge is closed.".to_owned()].as_slice(), ["The bridge is open.".to_owned()].as_slice())
    );
    assert!(findings[0].resting[0].lost);
    let next = stage.newsroom.evidence_findings(&PROGRAM, &desk(), 1).unwrap();
    assert_eq!((next.shown.len(), next.total), (0, 1), "one is not shown on two pages");
    let shown = stage.get("reader", "/newsroom/iran/evidence").await.is(200).text();
    for words in ["Its quoted words are gone.", "<del>The bridge is closed.</del>", "Freight trains stood still"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert_eq!(look().await, Faring::Changed, "it is held against what was cited, not against the last look");
    for (status, why) in [(404, "status 404"), (410, "status 410"), (302, "leads to")] {
        *now.lock().unwrap() = (status, "gone".to_owned());
        assert_eq!(look().await, Faring::Vanished, "{status}");
        let shown = stage.get("reader", "/newsroom/iran/evidence").await.is(200).text();
        assert!(shown.contains("Vanished") && shown.contains(why), "{shown}");
    }
    *now.lock().unwrap() = (500, "trouble".to_owned());
    let path = "/newsroom/iran/evidence/doc-bridge/look";
    stage.form("reader", path, &[]).await.is(403);
    stage.form("analyst", path, &[]).await.is(303);
    assert!(stage.get("reader", "/newsroom/iran/evidence").await.text().contains("Not reached"));
    *now.lock().unwrap() = (200, page("The bridge is open."));
    assert_eq!(look().await, Faring::Changed);
    stage.form("analyst", "/newsroom/iran/evidence/doc-bridge/accept", &[]).await.is(303);
    assert_eq!(look().await, Faring::Same, "a person took the change as seen");
    let text = stage.newsroom.get::<Document>(&PROGRAM, &desk(), "doc-bridge", None).unwrap().value.text();
    assert!(text.contains("The bridge is open."), "{text}");
    assert!(stage.newsroom.store().verify(&mut |_, _| ()).unwrap().is_clean());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cited_page_is_asked_for_by_the_way_that_its_source_goes() {
    let stage = Stage::open().await;
    cited(&stage).await;
    let lines = stage.newsroom.source_lines(&PROGRAM, &desk()).unwrap();
    let line = lines.into_iter().find(|line| line.source.id.as_str() == "chekad").unwrap();
    // Nobody listens there: what is reached all the same was reached directly.
    let source = Source { proxy: Some("http://127.0.0.1:1".to_owned()), ..line.source };
    stage.newsroom.save_source(&PROGRAM, &source, line.version, None).unwrap();
    let watched = stage.newsroom.look_again(&PROGRAM, &desk(), "doc-bridge").await.unwrap();
    assert_eq!(watched.faring, Faring::Unreachable, "{watched:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_published_editions_cite_is_looked_at_on_the_desks_days() {
    let stage = Stage::open().await;
    let now = cited(&stage).await;
    let looked = async || stage.newsroom.watch_evidence(&PROGRAM).await.unwrap();
    let days = |days: i64| stage.clock.advance(SignedDuration::from_hours(days * 24));
    looked().await;
    days(8);
    assert_eq!(looked().await, 1, "it is due within the desk's seven days");
    let captures = || stage.newsroom.document_captures(&PROGRAM, &desk(), "doc-bridge").unwrap();
    assert_eq!(captures().len(), 2);
    assert_eq!(looked().await, 0, "nothing is looked at before its day");
    *now.lock().unwrap() = (404, String::new());
    days(8);
    looked().await;
    let findings = stage.newsroom.evidence_findings(&PROGRAM, &desk(), 0).unwrap().shown;
    assert_eq!(findings[0].watched.faring, Faring::Vanished);
}

/// A post as its network embeds it.
fn post(text: &str) -> String {
    format!(
        "<html><body class=\"widget_frame_base\"><div class=\"tgme_widget_message js-widget_message\" data-post=\"exercise_channel/101\">\
         <a class=\"tgme_widget_message_owner_name\" href=\"https://t.me/exercise_channel\"><span>Exercise</span></a>{text}\
         <a class=\"tgme_widget_message_date\" href=\"https://t.me/exercise_channel/101\"><time datetime=\"2026-11-20T08:00:00+00:00\">08:00</time></a>\
         </div></body></html>"
    )
}

fn worded(words: &str) -> String {
    post(&format!("<div class=\"tgme_widget_message_text js-message_text\">{words}</div>"))
}

/// A channel's post on this machine that an edition quotes: its server, and the document.
async fn cited_post(stage: &Stage) -> (Now, String) {
    let (now, address) = serve(worded("The ferry sank at dawn.<br>Nobody was on board.")).await;
    let lines = stage.newsroom.source_lines(&PROGRAM, &desk()).unwrap();
    let like = lines.into_iter().next().unwrap().source;
    let collection = Collection::of("telegram").told("channel", "exercise_channel").told("base", address);
    let source = Source { id: SourceId::from("ferry-channel"), collection, local: true, ..like };
    stage.newsroom.save_source(&PROGRAM, &source, 0, None).unwrap();
    let kept = stage.newsroom.paste(&PROGRAM, &desk(), "https://t.me/exercise_channel/101").await.unwrap().value;
    assert!(kept.post.is_some(), "{kept:?}");
    publish(stage, kept.id.as_str(), "The ferry sank at dawn.").await;
    (now, kept.id.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cited_post_that_is_edited_or_deleted_is_shown_with_what_rests_on_it() {
    let stage = Stage::open().await;
    let (now, id) = cited_post(&stage).await;
    let look = async || stage.newsroom.look_again(&PROGRAM, &desk(), &id).await.unwrap().faring;
    assert_eq!(look().await, Faring::Same);
    *now.lock().unwrap() = (200, worded("The ferry sank at noon.<br>Nobody was on board."));
    assert_eq!(look().await, Faring::Changed);
    let findings = stage.newsroom.evidence_findings(&PROGRAM, &desk(), 0).unwrap().shown;
    assert_eq!(findings[0].gone, ["The ferry sank at dawn."]);
    assert_eq!(findings[0].new, ["The ferry sank at noon."]);
    assert!(findings[0].resting[0].lost);
    let text = stage.newsroom.get::<Document>(&PROGRAM, &desk(), &id, None).unwrap().value.text();
    assert!(text.contains("at noon"), "{text}");
    let missing = "<html><body><div class=\"tgme_widget_message_error\">Post not found</div></body></html>";
    *now.lock().unwrap() = (200, missing.to_owned());
    assert_eq!(look().await, Faring::Vanished);
    let shown = stage.get("reader", "/newsroom/iran/evidence").await.is(200).text();
    assert!(shown.contains("Vanished") && shown.contains("Post not found"), "{shown}");
    for unclear in [post(""), "<html><body>Be right back</body></html>".to_owned()] {
        *now.lock().unwrap() = (200, unclear.clone());
        assert_eq!(look().await, Faring::Unreachable, "{unclear}");
    }
    *now.lock().unwrap() = (200, worded("The ferry sank at dawn. <b>Nobody</b> was on board."));
    assert_eq!(look().await, Faring::Same, "how lines are parted changes nothing");
    assert!(stage.newsroom.store().verify(&mut |_, _| ()).unwrap().is_clean());
}

#[tokio::test(flavor = "multi_thread")]
async fn posts_that_published_editions_cite_are_looked_at_on_the_desks_days() {
    let stage = Stage::open().await;
    let (now, _) = cited_post(&stage).await;
    let looked = async || stage.newsroom.watch_evidence(&PROGRAM).await.unwrap();
    looked().await;
    *now.lock().unwrap() = (404, String::new());
    stage.clock.advance(SignedDuration::from_hours(8 * 24));
    assert_eq!(looked().await, 1);
    let Findings { shown: findings, watched, .. } = stage.newsroom.evidence_findings(&PROGRAM, &desk(), 0).unwrap();
    assert_eq!((findings[0].watched.faring, watched), (Faring::Vanished, 1));
}
