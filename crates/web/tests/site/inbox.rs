//! The inbox through its pages: decisions by form, filters, undo, saved views, marks, translation beside the original.

use crate::client::Reply;
use crate::stage::{API, Stage};
use serde_json::{Value, json};
use sitrep_testkit::site::{Reply as Said, Site};

const INBOX: &str = "/newsroom/iran/inbox";
const RAIL: &str = "/newsroom/iran/documents/doc-rail";

fn ids(page: &str) -> Vec<&str> {
    page.split("data-item data-id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_by_form_leads_back_to_the_list_as_it_was_filtered() {
    let stage = Stage::open().await;
    stage.document();
    let back = "show=new&language=fa&evil=1";
    let kept = stage.form("analyst", &format!("{RAIL}/triage"), &[("triage", "kept"), ("back", back)]).await.is(303);
    assert_eq!(kept.header("location"), format!("{INBOX}?show=new&language=fa&done=saved"));
    let page = stage.get("analyst", &format!("{INBOX}?show=new")).await.is(200).text();
    assert!(ids(&page).is_empty(), "{page}");
    let page = stage.get("editor", &format!("{INBOX}?show=kept&doc=doc-rail")).await.is(200).text();
    assert_eq!(ids(&page), ["doc-rail"]);
    assert!(page.contains("kept by analyst"), "{page}");
    stage.form("reader", &format!("{RAIL}/triage"), &[("triage", "dropped")]).await.is(403);
    let undone = stage.form("analyst", "/newsroom/iran/undo", &[("back", back)]).await.is(303);
    assert!(undone.header("location").ends_with("&doc=doc-rail&done=undone"), "{}", undone.header("location"));
    let page = stage.get("analyst", &format!("{INBOX}?show=new&done=undone")).await.is(200).text();
    assert!(ids(&page) == ["doc-rail"] && page.contains("Taken back."), "{page}");
    let nothing = stage.form("analyst", "/newsroom/iran/undo", &[]).await.is(422).text();
    assert!(nothing.contains("nothing of yours to undo"), "{nothing}");
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_take_and_leave_and_say_what_there_is() {
    let stage = Stage::open().await;
    stage.document();
    for (query, found) in [
        ("language=fa", true),
        ("language=ru", false),
        ("source=chekad", true),
        ("source=nobody", false),
        ("task=nobody", true),
        ("task=me", false),
        ("q=%D9%82%D8%B7%D8%A7%D8%B1%D9%87%D8%A7%DB%8C", true),
        ("q=zeppelin", false),
        ("watch=iran%2Fnone", false),
        ("show=kept", false),
        ("show=all&order=newest", true),
    ] {
        let page = stage.get("reader", &format!("{INBOX}?{query}")).await.is(200).text();
        assert_eq!(!ids(&page).is_empty(), found, "{query}: {page}");
    }
    let page = stage.get("reader", INBOX).await.is(200).text();
    assert!(page.contains("fa (1)") && page.contains("New <span class=\"count\">1</span>"), "{page}");
    // A reader reads, and is offered nothing else.
    assert!(!page.contains("data-act") && !page.contains("data-undo"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_says_why_something_is_there_and_what_its_text_names() {
    let stage = Stage::open().await;
    let document = stage.document();
    let page = stage.get("analyst", &format!("{INBOX}?doc={}", document.id)).await.is(200).text();
    assert!(page.contains("Why is it here") && page.contains("its title speaks of"), "{page}");
    assert!(page.contains("here for: <bdi>"), "{page}");
    let reader = stage.get("editor", INBOX).await.is(200).text();
    assert!(reader.contains("read by <bdi>analyst</bdi>"), "{reader}");
    let part = stage.get("editor", &format!("{INBOX}?doc=doc-rail&part=reading")).await.is(200).text();
    assert!(part.trim_start().starts_with("<section class=\"pane\"") && ids(&part) == ["doc-rail"], "{part}");
    let lines = stage.get("editor", &format!("{INBOX}?part=lines")).await.is(200).text();
    assert!(lines.trim_start().starts_with("<ol class=\"inbox-list\""), "{lines}");
    stage.get("editor", &format!("{INBOX}?doc=nothing")).await.is(404);
    stage.get("editor", &format!("{INBOX}?after=nonsense")).await.is(422);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_graphic_is_veiled_until_it_is_asked_for() {
    let stage = Stage::open().await;
    stage.document();
    let shown = |reply: Reply| reply.is(200).text();
    let page = format!("{INBOX}?show=all&doc=doc-rail");
    assert!(!shown(stage.get("reader", &page).await).contains("class=\"veil\""));
    stage.form("analyst", &format!("{RAIL}/graphic"), &[("graphic", "yes")]).await.is(303);
    assert!(shown(stage.get("reader", &page).await).contains("class=\"veil\""));
    stage.form("analyst", &format!("{RAIL}/graphic"), &[("graphic", "no")]).await.is(303);
    assert!(!shown(stage.get("reader", &page).await).contains("class=\"veil\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_given_and_a_view_saved_by_form() {
    let stage = Stage::open().await;
    stage.document();
    stage.form("analyst", &format!("{RAIL}/assign"), &[("to", "me")]).await.is(303);
    let page = stage.get("analyst", &format!("{INBOX}?task=me")).await.is(200).text();
    assert!(ids(&page) == ["doc-rail"] && page.contains("for <bdi>analyst</bdi>"), "{page}");
    let editor = stage.account("editor");
    stage.form("analyst", &format!("{RAIL}/assign"), &[("to", editor.as_str())]).await.is(303);
    let outsider = stage.account("outsider");
    stage.form("analyst", &format!("{RAIL}/assign"), &[("to", outsider.as_str())]).await.is(422);
    assert!(ids(&stage.get("analyst", &format!("{INBOX}?task=me")).await.text()).is_empty());

    let view = [("name", "Persian, mine"), ("back", "show=later&language=fa&doc=x")];
    let saved = stage.form("reader", "/newsroom/iran/views", &view).await.is(303);
    assert_eq!(saved.header("location"), format!("{INBOX}?show=later&language=fa&done=saved"));
    let page = stage.get("reader", INBOX).await.is(200).text();
    assert!(page.contains("href=\"?show=later&#38;language=fa\" data-key=\"1\""), "{page}");
    assert!(!stage.get("analyst", INBOX).await.text().contains("Persian, mine"));
    stage.form("reader", "/newsroom/iran/views", &[("name", " ")]).await.is(422);
    stage.form("reader", "/newsroom/iran/views/forget", &[("name", "Persian, mine")]).await.is(303);
    assert!(!stage.get("reader", INBOX).await.text().contains("Persian, mine"));
}

/// A service that turns every text into capitals, and says what it was asked.
async fn service(deepl: bool) -> (Site, std::sync::Arc<std::sync::Mutex<Vec<(String, Value, String)>>>) {
    let heard = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let hearing = heard.clone();
    let site = Site::open(move |asked| {
        let body: Value = serde_json::from_slice(&asked.body).unwrap_or_default();
        let key = asked.header("authorization").unwrap_or_default().to_owned();
        hearing.lock().unwrap().push((asked.path.clone(), body.clone(), key));
        let field = if deepl { "text" } else { "q" };
        let texts: Vec<String> =
            body[field].as_array().unwrap().iter().map(|t| format!("EN {}", t.as_str().unwrap().len())).collect();
        let answer = match deepl {
            true => json!({ "translations": texts.iter().map(|t| json!({ "text": t })).collect::<Vec<_>>() }),
            false => json!({ "translatedText": texts }),
        };
        Said::page("application/json", answer.to_string())
    });
    (site.await.unwrap(), heard)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_translation_is_kept_beside_the_original_with_engine_and_day() {
    let stage = Stage::open().await;
    let document = stage.document();
    let translate = format!("{RAIL}/translation");
    let off = stage.form("analyst", &translate, &[]).await.is(422).text();
    assert!(off.contains("no service for translation"), "{off}");
    assert!(!stage.get("analyst", &format!("{INBOX}?doc=doc-rail")).await.text().contains("data-act=\"translation\""));
    for (engine, name, path) in
        [("libretranslate", "LibreTranslate", "/translate"), ("deepl", "DeepL", "/v2/translate")]
    {
        let (site, heard) = service(engine == "deepl").await;
        let base = site.base();
        let set = [("engine", engine), ("url", base.as_str()), ("key", "a key"), ("local", "yes")];
        stage.form("analyst", "/newsroom/iran/translation", &set).await.is(403);
        stage.form("chief", "/newsroom/iran/translation", &[("engine", engine), ("url", "ftp://x/")]).await.is(422);
        stage.form("chief", "/newsroom/iran/translation", &set).await.is(303);
        let form = stage.get("chief", "/newsroom/iran/translation").await.is(200).text();
        assert!(form.contains("One is kept") && !form.contains("a key"), "{form}");
        stage.form("analyst", &translate, &[]).await.is(303);
        let (asked, body, key) = heard.lock().unwrap()[0].clone();
        assert_eq!(asked, path);
        if engine == "deepl" {
            assert_eq!(key, "DeepL-Auth-Key a key");
            assert_eq!((&body["target_lang"], &body["source_lang"]), (&json!("EN"), &json!("FA")));
        } else {
            let got = (&body["source"], &body["target"], &body["api_key"], &body["format"]);
            assert_eq!(got, (&json!("fa"), &json!("en"), &json!("a key"), &json!("text")));
        }
        let page = stage.get("analyst", &format!("{INBOX}?show=all&doc=doc-rail")).await.is(200).text();
        assert!(page.contains(&format!("Translated by <bdi>{name} (")) && page.contains("25 Nov 2026"), "{page}");
        assert!(page.contains("class=\"captured sides\"") && page.contains("class=\"beside\""), "{page}");
        assert!(page.contains("راه‌آهن") && page.contains("class=\"pane-translated\""), "the original stays: {page}");
    }
    let shown = stage.get("reader", &format!("{API}/documents/doc-rail")).await.is(200).json();
    assert_eq!(shown["translations"].as_array().unwrap().len(), 2);
    assert_eq!(shown["text_sha256"], document.text_sha256, "the original is as it was");
    assert_eq!(shown["translations"][1]["at"], "2026-11-25T12:00:00Z");
    let record = stage.newsroom.read(|reader| Ok(reader.changes(0, 10_000)?)).unwrap();
    assert_eq!(record.iter().filter(|change| change.verb == "document.translate").count(), 2);
    assert!(!format!("{record:?}").contains("a key"), "the key is not on the record");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_fails_says_why_and_changes_nothing() {
    let stage = Stage::open().await;
    stage.document();
    let site = Site::open(|_| Said { status: 403, ..Said::page("application/json", r#"{"error":"Invalid API key"}"#) });
    let site = site.await.unwrap();
    let base = site.base();
    let set = [("engine", "libretranslate"), ("url", base.as_str()), ("local", "yes")];
    stage.form("chief", "/newsroom/iran/translation", &set).await.is(303);
    let refused = stage.form("analyst", &format!("{RAIL}/translation"), &[]).await.is(422).text();
    assert!(refused.contains("LibreTranslate answered 403: Invalid API key"), "{refused}");
    let shown = stage.get("reader", &format!("{API}/documents/doc-rail")).await.is(200).json();
    assert_eq!((shown["translations"].as_array().unwrap().len(), &shown["version"]), (0, &json!(1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_ask_for_the_inbox_and_act_in_it() {
    let stage = Stage::open().await;
    stage.document();
    let inbox = stage.get("reader", &format!("{API}/inbox")).await.is(200).json();
    let story = &inbox["items"][0];
    assert_eq!((&story["documents"][0]["id"], &story["told_by"]), (&json!("doc-rail"), &json!(1)));
    assert!(
        story["reasons"].as_array().unwrap().iter().any(|reason| reason["says"] == "its title speaks of"),
        "{story}"
    );
    let document = format!("{API}/documents/doc-rail");
    stage.post("reader", &format!("{document}/assign"), json!({ "to": "editor" })).await.is(403);
    stage.post("analyst", &format!("{document}/assign"), json!({ "to": "editor" })).await.is(204);
    stage.post("analyst", &format!("{document}/triage"), json!({ "triage": "later" })).await.is(204);
    let mine = stage.get("editor", &format!("{API}/inbox?show=later&task=me")).await.is(200).json();
    let line = &mine["items"][0]["documents"][0];
    assert_eq!((&line["triage"], &line["decided_by"]), (&json!("later"), &json!("analyst")));
    assert_eq!(line["assigned_to"], stage.account("editor").as_str());
    let undone = stage.post("analyst", &format!("{API}/undo"), json!({})).await.is(200).json();
    assert_eq!(undone, json!({ "documents": [{ "id": "doc-rail", "triage": "new" }], "leads": [] }));
    stage.post("analyst", &format!("{API}/undo"), json!({})).await.is(200);
    stage.post("analyst", &format!("{API}/undo"), json!({})).await.is(422);
    let off = stage.post("analyst", &format!("{document}/translation"), json!({})).await.is(422).json();
    assert!(off["error"]["message"].as_str().unwrap().contains("no service"), "{off}");

    let view = json!({ "name": "Late", "query": "show=later&q=x&evil=1" });
    stage.post("reader", &format!("{API}/views"), view).await.is(204);
    let views = stage.get("reader", &format!("{API}/views")).await.is(200).json();
    assert_eq!(views["items"], json!([{ "name": "Late", "query": "show=later&q=x" }]));
    let watch = json!({ "title": "Wagons", "query": "wagon OR قطار" });
    stage.post("reader", &format!("{API}/watches"), watch.clone()).await.is(403);
    stage.post("analyst", &format!("{API}/watches"), watch).await.is(201);
    let watches = stage.get("reader", &format!("{API}/watches")).await.is(200).json();
    let wagons = watches["items"].as_array().unwrap().iter().find(|watch| watch["id"] == "iran/wagons").unwrap();
    assert_eq!((&wagons["version"], &wagons["marked"]), (&json!(1), &json!(0)));
}
