//! Writing with the editor's requests: what it reads, what it sends, and what happens when two write at once.

use crate::client::Reply;
use crate::stage::{API, Stage};
use serde_json::{Value, json};

async fn put(stage: &Stage, who: &str, id: &str, version: Option<&Value>, edition: &Value) -> Reply {
    let tag = version.map(|version| format!("\"{version}\""));
    let mut headers = vec![("content-type", "application/json"), ("sec-fetch-site", "same-origin")];
    headers.extend(tag.as_deref().map(|tag| ("if-match", tag)));
    let path = format!("{API}/editions/{id}/draft");
    stage.send(who, "PUT", &path, &headers, edition.to_string().into_bytes()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_save_is_refused_with_the_version_that_is_there() {
    let stage = Stage::open().await;
    let draft = stage.draft("2026-11-20").await;
    let id = draft["edition"]["id"].as_str().unwrap();
    let mut theirs = draft["edition"].clone();
    theirs["title"] = "Theirs".into();
    let saved = put(&stage, "editor", id, Some(&draft["version"]), &theirs).await.is(200).json();
    let mut mine = draft["edition"].clone();
    mine["title"] = "Mine".into();
    let refused = put(&stage, "analyst", id, Some(&draft["version"]), &mine).await.is(412).json();
    assert_eq!(refused["error"]["code"], "stale");
    assert_eq!(refused["version"], saved["version"]);
    let kept = stage.get("analyst", &format!("{API}/editions/{id}/draft")).await.is(200).json();
    assert_eq!(kept["edition"]["title"], "Theirs");
    let over = put(&stage, "analyst", id, Some(&refused["version"]), &mine).await.is(200).json();
    assert_eq!(over["edition"]["title"], "Mine");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_save_that_names_no_version_is_refused() {
    let stage = Stage::open().await;
    let draft = stage.draft("2026-11-20").await;
    let id = draft["edition"]["id"].as_str().unwrap();
    let refused = put(&stage, "analyst", id, None, &draft["edition"]).await.is(428).json();
    assert_eq!(refused["error"]["code"], "version_needed");
}

#[tokio::test(flavor = "multi_thread")]
async fn new_parts_come_back_with_ids_and_keep_them() {
    let stage = Stage::open().await;
    let draft = stage.draft("2026-11-20").await;
    let paragraph = &draft["edition"]["sections"][0]["paragraphs"][0];
    let sentence = paragraph["sentences"][0]["id"].as_str().unwrap();
    assert!(sentence.starts_with(draft["edition"]["id"].as_str().unwrap()), "{sentence}");
    let mut edition = draft["edition"].clone();
    edition["sections"][0]["paragraphs"][0]["text"] =
        "Freight trains stood still for a third day. Nobody says why.".into();
    let id = draft["edition"]["id"].as_str().unwrap();
    let saved = put(&stage, "analyst", id, Some(&draft["version"]), &edition).await.is(200);
    assert_eq!(saved.header("etag"), format!("\"{}\"", saved.json()["version"]));
    let sentences = saved.json()["edition"]["sections"][0]["paragraphs"][0]["sentences"].clone();
    assert_eq!(sentences.as_array().unwrap().len(), 2);
    assert_eq!(sentences[0]["id"], sentence);
    assert_eq!(sentences[0]["events"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_checks_speak_of_the_text_that_is_sent() {
    let stage = Stage::open().await;
    let draft = stage.draft("2026-11-20").await;
    let path = format!("{API}/editions/{}/check", draft["edition"]["id"].as_str().unwrap());
    let mut edition = draft["edition"].clone();
    edition["sections"][0]["paragraphs"][0]["text"] =
        "Freight trains stood still for a third day. On 3 November 40 men were arrested in Isfahan.".into();
    edition["sections"][0]["paragraphs"][0]["sentences"] = json!([]);
    let answer = stage.post("reader", &path, edition.clone()).await.is(200).json();
    let findings = answer["findings"].as_array().unwrap();
    assert!(!findings.is_empty());
    for finding in findings {
        assert!(["error", "warning", "advice"].contains(&finding["severity"].as_str().unwrap()), "{finding}");
        assert!(finding["message"].is_string() && finding["rule"].is_string(), "{finding}");
        assert!(finding["start"].is_u64() && finding["end"].is_u64(), "{finding}");
    }
    stage.send("reader", "POST", &path, &[], Vec::new()).await.is(200);
}

/// The editor's lists show only what is text (`islands/editor/catalogue.ts`).
#[tokio::test(flavor = "multi_thread")]
async fn the_editors_lists_find_things_by_words() {
    let stage = Stage::open().await;
    let draft = stage.draft("2026-11-20").await;
    let judgement =
        json!({ "statement": "The line reopens before December.", "likelihood": "likely", "confidence": "low" });
    stage.post("analyst", &format!("{API}/assessments"), json!({ "assessment": judgement })).await.is(201);
    let lists = [
        ("documents", "قطارهای", "title", &["source", "language"][..]),
        ("editions", "2026", "title", &["date"][..]),
        ("assessments", "reopens", "statement", &["likelihood"][..]),
        ("events", "Isfahan", "summary", &["type", "when", "place"][..]),
    ];
    for (list, words, title, shown) in lists {
        let words: String = url::form_urlencoded::byte_serialize(words.as_bytes()).collect();
        let answer = stage.get("reader", &format!("{API}/{list}?q={words}&limit=12")).await.is(200).json();
        let items = answer["items"].as_array().unwrap();
        assert!(!items.is_empty(), "{list}");
        let one =
            stage.get("reader", &format!("{API}/{list}/{}", items[0]["id"].as_str().unwrap())).await.is(200).json();
        for item in [&items[0], &one] {
            assert!(item[title].is_string(), "{list}: {item}");
            assert!(shown.iter().all(|name| item[*name].is_string()), "{list}: {item}");
        }
        match list {
            "documents" => assert!(one["text"].as_str().unwrap().contains("ایستاده‌اند")),
            "editions" => assert_eq!(one["edition"]["id"], draft["edition"]["id"]),
            _ => {}
        }
    }
    let campaigns = stage.get("reader", &format!("{API}/campaigns")).await.is(200).json();
    assert!(campaigns["items"][0]["title"].is_string());
}
