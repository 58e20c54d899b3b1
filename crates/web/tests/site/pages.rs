//! Every page, with something on it: it stands, carries the policy, and holds no inline script or style.

use crate::client::Reply;
use crate::stage::{API, Stage};
use serde_json::{Value, json};
use sitrep_web::routes::{self, Method};
use std::collections::BTreeMap;

/// What stands in the places of paths, by the part of the path before it.
async fn things(stage: &Stage) -> BTreeMap<&'static str, String> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    stage.publish(&stage.draft("2026-11-19").await).await;
    let out = stage.publish(&stage.draft("2026-11-20").await).await;
    let id = text(&out["edition"]["id"]);
    let mut corrected = out["edition"].clone();
    corrected["sections"][0]["paragraphs"][0]["text"] = "Freight trains stood still for a fourth day.".into();
    let body = json!({ "version": out["version"], "note": "It was the fourth day.", "edition": corrected });
    let corrected = stage.post("editor", &format!("{API}/editions/{id}/correct"), body).await.is(200).json();
    let draft = stage.post("analyst", &format!("{API}/editions"), json!({ "date": "2026-11-23" })).await.is(201).json();
    let position = json!({ "name": "A depot", "holder": "iran", "shape": { "type": "Point", "coordinates": [51.6, 32.6] },
        "from": "2026-11-01", "layer": "iran/levant-positions", "visibility": "public" });
    let position =
        stage.post("analyst", &format!("{API}/positions"), json!({ "position": position })).await.is(201).json();
    let judgement = json!({ "statement": "The line reopens before December.", "likelihood": "likely",
        "confidence": "low" });
    let made =
        stage.post("analyst", &format!("{API}/assessments"), json!({ "assessment": judgement })).await.is(201).json();
    let lead = json!({ "document": "doc-rail", "what": "Trains stand still.", "passage": null });
    let lead = stage.post("analyst", &format!("{API}/leads"), json!({ "lead": lead })).await.is(201).json();
    let events = stage.get("analyst", &format!("{API}/events")).await.is(200).json();
    let sentence = &corrected["edition"]["sections"][0]["paragraphs"][0]["sentences"][0]["id"];
    BTreeMap::from([
        ("slug", text(&out["edition"]["slug"])),
        ("embedded", format!("{}/iran/editions/{}", stage.newsroom.base(), text(&out["edition"]["slug"]))),
        ("version", corrected["version"].to_string()),
        ("published", id),
        ("editions", text(&draft["edition"]["id"])),
        ("sentences", text(sentence)),
        ("documents", "doc-rail".to_owned()),
        ("captures", stage.captures("doc-rail").remove(0)),
        ("sources", "chekad".to_owned()),
        ("leads", text(&lead["id"])),
        ("events", text(&events["items"][0]["id"])),
        ("positions", text(&position["id"])),
        ("assessments", text(&made["id"])),
        ("sections", "domestic".to_owned()),
        ("campaigns", "teachers".to_owned()),
        ("outlets", "chekad.example".to_owned()),
        ("actors", "iran-government".to_owned()),
        ("places", "ir-isfahan".to_owned()),
        ("checks", sitrep_newsroom::review::rules()[0].0.clone()),
    ])
}

fn address(path: &str, things: &BTreeMap<&'static str, String>) -> Option<String> {
    // What only some captures have is asked for where these are made.
    if ["/picture", "/print", "/time-stamp"].iter().any(|end| path.ends_with(end)) {
        return None;
    }
    let mut parts: Vec<String> = Vec::new();
    for part in path.split('/') {
        let before = parts.last().cloned().unwrap_or_default();
        parts.push(match part {
            "{desk}" => "iran".to_owned(),
            "{slug}" => things["slug"].clone(),
            "{version}" => things["version"].clone(),
            "{secret}" | "{subscriber}" | "{token}" | "{digest}" | "{watch}" => return None,
            "{id}" if path.ends_with("/correct") || path.ends_with("editions/{id}/wacz") => things["published"].clone(),
            "{kind}" => "outlets".to_owned(),
            "{id}" if path.contains("/archive/{kind}/") => things["outlets"].clone(),
            "{id}" | "{rule}" => things[before.as_str()].clone(),
            part => part.to_owned(),
        });
    }
    let path = parts.join("/");
    Some(match path.as_str() {
        path if path.ends_with("/cite") || path.ends_with("/leads/new") => {
            format!("{path}?document={}", things["documents"])
        }
        path if path.ends_with("/search.atom") => format!("{path}?q=freight"),
        path if path.ends_with("/not-yet-known") => format!("{path}?as_of=2026-11-25T12:00:00Z"),
        "/oembed" => format!("/oembed?url={}", things["embedded"]),
        _ => path,
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_stands_and_carries_the_policy() {
    let stage = Stage::open().await;
    let things = things(&stage).await;
    let mut pages = 0;
    for route in routes::table().iter().filter(|route| route.method == Method::Get) {
        let Some(path) = address(route.path, &things) else { continue };
        let who = match route.permission {
            sitrep_model::account::Permission::Operator => "operator",
            _ => "chief",
        };
        let reply = stage.get(who, &path).await;
        let leads_on = ["/", "/newsroom", "/favicon.ico"].contains(&path.as_str());
        assert_eq!(reply.status.as_u16(), if leads_on { 303 } else { 200 }, "{path}: {}", reply.text());
        let policy = reply.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("script-src 'unsafe"), "{path}: {policy}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        let captured = path.ends_with("/page");
        if reply.header("content-type").starts_with("text/html") && !captured {
            pages += 1;
            assert_inert(&path, &reply.text());
        }
    }
    assert!(pages >= 37, "{pages} pages stood");
}

/// No inline script, no inline style, no handler in an attribute.
fn assert_inert(path: &str, html: &str) {
    assert!(!html.contains("<style"), "{path}");
    assert!(!html.contains(" style=\""), "{path}");
    // As an attribute's value; the bookmarklet stands on its page as text, to be copied.
    for handler in [" onclick=", " onload=", " onsubmit=", "=\"javascript:", "='javascript:"] {
        assert!(!html.contains(handler), "{path}: {handler}");
    }
    for script in html.split("<script").skip(1) {
        let (tag, rest) = script.split_once('>').unwrap();
        if tag == " type=\"application/ld+json\"" {
            // What machines read: a browser runs nothing of this type.
            let (data, _) = rest.split_once("</script>").unwrap();
            assert!(serde_json::from_str::<Value>(data).is_ok_and(|data| data["@context"].is_string()), "{path}");
            continue;
        }
        assert!(tag.contains(" src=\"/assets/"), "{path}: {tag}");
        assert!(rest.starts_with("</script>"), "{path}: {rest:.40}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_from_a_message_leads_to_a_button() {
    let stage = Stage::open().await;
    let page = stage.get("stranger", "/iran/confirm/a-secret").await.is(200);
    assert_eq!(page.header("cache-control"), "no-store");
    assert_inert("/iran/confirm/a-secret", &page.text());
    stage.form("stranger", "/iran/confirm/a-secret", &[]).await.is(422);
    stage.get("stranger", "/iran/leave/sub-1/a-token").await.is(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_not_there_carries_the_policy_too() {
    let stage = Stage::open().await;
    for path in ["/nowhere", "/iran/editions/2020-01-01", "/iran/nothing/at/all", "/assets/nothing.js"] {
        let reply = stage.get("stranger", path).await.is(404);
        assert!(reply.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_in_the_newsroom_leads_back_into_it() {
    let stage = Stage::open().await;
    let back = ["href=\"/newsroom/iran/editions\"", "href=\"/newsroom/iran/inbox\""];
    for (path, status) in [("/newsroom/iran/sources", 403), ("/newsroom/iran/events/new", 403)] {
        let page = stage.form("reader", path, &[]).await.is(status).text();
        assert!(back.iter().all(|link| page.contains(link)), "{path}: {page}");
    }
    let page = stage.get("reader", "/newsroom/iran/editions/nothing/review").await.is(404).text();
    assert!(back.iter().all(|link| page.contains(link)), "{page}");
    let outside = stage.get("outsider", "/newsroom/iran/inbox").await.is(403).text();
    assert!(outside.contains("href=\"/newsroom\"") && !outside.contains("/newsroom/iran"), "{outside}");
    assert!(stage.get("reader", "/newsroom/iran/no/such/page").await.is(404).text().contains("href=\"/newsroom\""));
    assert!(!stage.get("stranger", "/iran/editions/nothing").await.is(404).text().contains("/newsroom"));
}

#[tokio::test(flavor = "multi_thread")]
async fn browsers_find_the_icon() {
    let stage = Stage::open().await;
    let leads = stage.get("stranger", "/favicon.ico").await.is(303).header("location");
    assert!(leads.starts_with("/assets/icon.svg"), "{leads}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_public_page_is_not_sent_twice() {
    let stage = Stage::open().await;
    let first = stage.get("stranger", "/iran/sources").await.is(200);
    let tag = first.header("etag");
    stage.send("stranger", "GET", "/iran/sources", &[("if-none-match", &tag)], Vec::new()).await.is(304);
    assert_eq!(stage.get("reader", "/iran/sources").await.is(200).header("cache-control"), "no-store");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_public_page_is_kept_as_it_was_compressed_for_whoever_takes_it_so() {
    let stage = Stage::open().await;
    let path = "/iran/sources";
    let zipped = async || stage.send("stranger", "GET", path, &[("accept-encoding", "gzip")], Vec::new()).await.is(200);
    let (first, again, plain) = (zipped().await, zipped().await, stage.get("stranger", path).await.is(200));
    assert_eq!(
        (first.header("content-encoding"), plain.header("content-encoding")),
        ("gzip".to_owned(), String::new())
    );
    assert_eq!(first.body, again.body);
    assert!(first.body.len() * 2 < plain.body.len());
    let known = |reply: &Reply| [reply.header("etag"), reply.header("content-security-policy"), reply.header("vary")];
    assert_eq!(known(&first), known(&again));
    assert!(known(&plain).iter().all(|value| !value.is_empty()));
    assert_eq!(again.header("content-length"), again.body.len().to_string());
    // Who is signed in is not answered from what strangers were.
    let own = stage.send("reader", "GET", path, &[("accept-encoding", "gzip")], Vec::new()).await.is(200);
    assert_eq!((own.header("cache-control"), own.header("content-encoding")), ("no-store".to_owned(), String::new()));
}
