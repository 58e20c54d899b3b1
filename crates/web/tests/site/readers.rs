//! What readers may ask of the API, now and as of an earlier moment.

use crate::stage::{API, Stage};

#[tokio::test(flavor = "multi_thread")]
async fn readers_see_what_is_published_and_only_that() {
    let stage = Stage::open().await;
    let draft = stage.draft("2026-11-20").await;
    let none = stage.get("stranger", &format!("{API}/published")).await.is(200).json();
    assert_eq!(none["items"].as_array().unwrap().len(), 0);
    stage.get("stranger", &format!("{API}/published/2026-11-20")).await.is(404);
    let out = stage.publish(&draft).await;
    let listed = stage.get("stranger", &format!("{API}/published")).await.is(200).json();
    assert_eq!(listed["items"][0]["takeaways"][0], "Freight trains stood still for a third day.");
    let shown = stage.get("stranger", &format!("{API}/published/2026-11-20")).await.is(200);
    assert!(!shown.header("etag").is_empty());
    assert_eq!(shown.json()["version"], out["version"]);
    let before = stage.get("stranger", &format!("{API}/published?as_of=2026-11-24")).await.is(200).json();
    assert_eq!(before["items"].as_array().unwrap().len(), 0, "it was not known then");
    let wrong = stage.get("stranger", &format!("{API}/published?as_of=yesterday")).await.is(422).json();
    assert!(wrong["error"]["hint"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sentence_leads_to_its_document_and_event() {
    let stage = Stage::open().await;
    let out = stage.publish(&stage.draft("2026-11-20").await).await;
    let sentence = out["edition"]["sections"][0]["paragraphs"][0]["sentences"][0]["id"].as_str().unwrap();
    let shown = stage.get("stranger", &format!("{API}/sentences/{sentence}")).await.is(200).json();
    let threads = shown["threads"].as_array().unwrap();
    let kinds: Vec<&str> = threads.iter().map(|thread| thread["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"document") && kinds.contains(&"event"), "{kinds:?}");
    for thread in threads {
        let url = thread["url"].as_str().unwrap();
        let path = url.strip_prefix(stage.newsroom.base()).unwrap();
        stage.get("stranger", path).await.is(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn search_finds_a_document_for_the_newsroom_in_its_own_script() {
    let stage = Stage::open().await;
    stage.draft("2026-11-20").await;
    let words: String = url::form_urlencoded::byte_serialize("قطارهای".as_bytes()).collect();
    let found = stage.get("reader", &format!("{API}/search?q={words}")).await.is(200).json();
    assert_eq!(found["items"][0]["kind"], "document");
    let unknown = stage.get("reader", &format!("{API}/search?q=x&kind=nothing")).await.is(422).json();
    assert_eq!(unknown["error"]["code"], "invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_is_a_feed_of_what_strangers_find_newest_first() {
    let stage = Stage::open().await;
    stage.publish(&stage.draft("2026-11-20").await).await;
    stage.draft("2026-11-21").await;
    let page = stage.get("stranger", "/iran/search?q=water&section=levant&from=2026-01-01").await.is(200).text();
    assert!(page.contains("rel=\"alternate\" type=\"application/atom+xml\" title=\"This search as a feed\""), "{page}");
    assert!(page.contains("/iran/search.atom?q=water&#38;section=levant&#38;from=2026-01-01"), "{page}");
    let feed = stage.get("stranger", "/iran/search.atom?q=freight").await.is(200).text();
    let days: Vec<&str> = feed.split("<updated>").skip(2).filter_map(|rest| rest.split("</updated>").next()).collect();
    assert!(days.len() > 1 && days.is_sorted_by(|a, b| a >= b), "{days:?}");
    assert!(
        feed.contains(&format!("<link rel=\"alternate\" type=\"text/html\" href=\"{}/iran/", stage.newsroom.base()))
    );
    let newsroom = stage.get("chief", "/iran/search.atom?q=freight").await.is(200).text();
    assert_eq!(newsroom, feed, "who signed in finds no more in a feed");
    stage.get("stranger", "/iran/search.atom").await.is(422);
    stage.get("stranger", "/iran/search?q=water&from=soon").await.is(422);
    let page = stage.get("stranger", "/iran/search?q=frieght").await.is(200).text();
    assert!(page.contains("Did you mean"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn sources_show_their_health_only_to_the_newsroom() {
    let stage = Stage::open().await;
    let public = stage.get("stranger", &format!("{API}/sources")).await.is(200).json();
    assert!(public["items"].as_array().unwrap().iter().all(|source| source.get("room").is_none()));
    let room = stage.get("reader", &format!("{API}/sources")).await.is(200).json();
    assert!(room["items"].as_array().unwrap().iter().all(|source| source["room"]["version"].is_u64()));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_subscribes_gets_the_same_answer_each_time() {
    let stage = Stage::open().await;
    let path = format!("{API}/subscribers");
    for _ in 0..2 {
        let body = serde_json::json!({ "address": "reader@example.org", "sections": ["domestic"] });
        stage.post("stranger", &path, body).await.is(202);
    }
    let wrong = stage.post("stranger", &path, serde_json::json!({ "address": "nobody" })).await.is(422).json();
    assert!(wrong["error"]["message"].as_str().unwrap().contains("no e-mail address"));
}
