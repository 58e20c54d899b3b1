//! The newsroom's API: keeping sources, documents, events, positions and assessments.

use crate::stage::{API, Stage};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_source_is_kept_by_the_chief_at_its_version() {
    let stage = Stage::open().await;
    let source = json!({ "name": "Wind Radio", "language": "fa", "collection": { "how": "pasted" } });
    let body = json!({ "source": source });
    stage.post("editor", &format!("{API}/sources"), body.clone()).await.is(403);
    let kept = stage.post("chief", &format!("{API}/sources"), body).await.is(201).json();
    assert_eq!(kept["source"]["id"], "iran-wind-radio");
    let again = json!({ "version": kept["version"], "source": kept["source"], "why": "a test" });
    let kept = stage.post("chief", &format!("{API}/sources"), again.clone()).await.is(201).json();
    let mut changed = again;
    changed["source"]["name"] = "Wind".into();
    changed["version"] = json!(kept["version"].as_u64().unwrap() + 7);
    stage.post("chief", &format!("{API}/sources"), changed).await.is(412);
    let pasted =
        stage.post("analyst", &format!("{API}/sources/iran-wind-radio/gather"), json!({})).await.is(422).json();
    assert!(pasted["error"]["message"].as_str().unwrap().contains("not collected by itself"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_read_and_decided_about() {
    let stage = Stage::open().await;
    stage.document();
    let listed = stage.get("reader", &format!("{API}/documents?show=new")).await.is(200).json();
    assert_eq!(listed["items"][0]["id"], "doc-rail");
    let triage = format!("{API}/documents/doc-rail/triage");
    stage.post("reader", &triage, json!({ "triage": "kept" })).await.is(403);
    stage.post("analyst", &triage, json!({ "triage": "kept" })).await.is(204);
    stage.post("analyst", &triage, json!({ "triage": "burnt" })).await.is(422);
    let listed = stage.get("reader", &format!("{API}/documents?show=new")).await.is(200).json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 0);
    let shown = stage.get("reader", &format!("{API}/documents/doc-rail")).await.is(200);
    assert_eq!(shown.json()["triage"], "kept");
    let tag = shown.header("etag");
    let with = [("if-none-match", tag.as_str())];
    stage.send("reader", "GET", &format!("{API}/documents/doc-rail"), &with, Vec::new()).await.is(304);
    // The inbox's island sends the form's fields and reads JSON.
    let headers = [("accept", "application/json"), ("content-type", "application/x-www-form-urlencoded")];
    let path = "/newsroom/iran/documents/doc-rail/triage";
    stage.send("analyst", "POST", path, &headers, b"triage=later".to_vec()).await.is(204);
    let refused = stage.send("analyst", "POST", path, &headers, b"triage=burnt".to_vec()).await.is(422);
    assert_eq!(refused.json()["error"]["code"], "invalid");
    let private = stage.post("analyst", &format!("{API}/documents"), json!({ "url": "http://127.0.0.1:9/" })).await;
    assert!(private.status.is_client_error() || private.status == 502, "{}", private.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_refers_to_what_is_there() {
    let stage = Stage::open().await;
    let event = stage.event().await;
    assert_eq!(event["status"], "coded");
    assert_eq!(event["event"]["coded_by"], stage.account("analyst").as_str());
    let mut changed = event["event"].clone();
    changed["evidence"] = json!([{ "document": "nothing" }]);
    let body = json!({ "version": event["version"], "event": changed });
    stage.post("analyst", &format!("{API}/events"), body).await.is(404);
    let mut confirmed = event["event"].clone();
    confirmed["status"] = "confirmed".into();
    let body = json!({ "version": event["version"], "event": confirmed });
    stage.post("analyst", &format!("{API}/events"), body.clone()).await.is(403);
    let kept = stage.post("editor", &format!("{API}/events"), body).await.is(201).json();
    assert_eq!(kept["status"], "confirmed");
    let places =
        stage.get("reader", &format!("{API}/places?q=%D8%A7%D8%B5%D9%81%D9%87%D8%A7%D9%86")).await.is(200).json();
    assert_eq!(places["items"][0]["id"], "ir-isfahan");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_assessment_lives_by_its_steps() {
    let stage = Stage::open().await;
    let judgement =
        json!({ "statement": "The line reopens before December.", "likelihood": "probable", "confidence": "low" });
    let made =
        stage.post("analyst", &format!("{API}/assessments"), json!({ "assessment": judgement })).await.is(201).json();
    assert_eq!(made["likelihood"], "likely", "worded on the desk's scale");
    let steps = format!("{API}/assessments/{}/steps", made["id"].as_str().unwrap());
    let revised =
        json!({ "version": made["version"], "step": "revised", "likelihood": "unlikely", "reason": "The crews left." });
    let now = stage.post("analyst", &steps, revised.clone()).await.is(200).json();
    assert_eq!(now["likelihood"], "unlikely");
    stage.post("analyst", &steps, revised).await.is(412);
    let resolved = json!({ "version": now["version"], "step": "resolved", "outcome": "did_not_occur" });
    let now = stage.post("analyst", &steps, resolved).await.is(200).json();
    assert_eq!(now["status"], "resolved");
    assert_eq!(now["assessment"]["steps"].as_array().unwrap().len(), 3);
    stage.get("stranger", &format!("/iran/assessments/{}", made["id"].as_str().unwrap())).await.is(404);
}
