//! Web push: a browser is told, through a push service on loopback, of what watches mark, until it is not.

use crate::stage::{Stage, desk};
use serde_json::{Value, json};
use sitrep_newsroom::Who;
use sitrep_newsroom::alerts::AlertSettings;
use sitrep_testkit::push::PushService;
use sitrep_testkit::site::Reply;

const PUSH: &str = "/newsroom/iran/push";
const WATCHES: &str = "/newsroom/iran/watches";

/// A site whose desk watches trains, allows a push service on this machine, and has a browser of the reader's.
async fn told(service: &PushService) -> (Stage, String) {
    let stage = Stage::open().await;
    stage.form("analyst", WATCHES, &[("title", "Trains"), ("query", "قطار")]).await.is(303);
    let refused = stage.post("reader", PUSH, service.subscription()).await.is(422).text();
    assert!(refused.contains("does not begin with https://"), "{refused}");
    stage.form("chief", "/newsroom/iran/alerts", &[("push_local", "yes"), ("every_minutes", "5")]).await.is(303);
    let id = stage.post("reader", PUSH, service.subscription()).await.is(201).json()["id"].clone();
    (stage, id.as_str().unwrap().to_owned())
}

/// A document is marked, and a while passes.
fn marked(stage: &Stage) {
    stage.clock.advance(jiff::SignedDuration::from_secs(1));
    stage.document();
    wait(stage, 15);
}

fn wait(stage: &Stage, seconds: i64) {
    stage.clock.advance(jiff::SignedDuration::from_secs(seconds));
}

async fn sent(stage: &Stage) -> usize {
    stage.newsroom.send_pushes().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_is_told_of_what_was_marked_and_by_whom() {
    let service = PushService::open(|_| Reply::status(201)).await.unwrap();
    let (stage, id) = told(&service).await;
    assert_eq!(stage.newsroom.push_due().unwrap(), 0, "nothing was marked");
    marked(&stage);
    assert_eq!(stage.newsroom.push_due().unwrap(), 1);
    assert_eq!(stage.newsroom.push_due().unwrap(), 0, "it is told once");
    assert_eq!(sent(&stage).await, 1);
    let pushed = service.pushed().remove(0).unwrap();
    let text: Value = serde_json::from_str(&pushed.text).unwrap();
    assert_eq!(
        (&text["title"], &text["language"], &text["direction"]),
        (&json!("Trains"), &json!("fa"), &json!("rtl"))
    );
    assert_eq!(text["body"], "راه‌آهن");
    let page = text["url"].as_str().unwrap().strip_prefix(stage.newsroom.base()).unwrap();
    assert!(stage.get("reader", page).await.is(200).text().contains("doc-rail"));
    assert_eq!(pushed.sender, stage.newsroom.push_key());
    let now = stage.newsroom.now().as_second();
    assert!((now..=now + 24 * 3600).contains(&pushed.claims["exp"].as_i64().unwrap()), "{}", pushed.claims);
    assert!(pushed.claims["sub"].as_str().unwrap().starts_with("mailto:"), "{}", pushed.claims);
    assert!(pushed.ttl > 0);
    let page = stage.get("reader", WATCHES).await.is(200).text();
    assert!(page.contains(&format!("data-told=\"{id}\"")) && page.contains("25 Nov 2026"), "{page}");
    let other = stage.get("analyst", WATCHES).await.is(200).text();
    assert!(!other.contains(&id), "another's browser is nobody's business");
    let record = stage.newsroom.read(|reader| Ok(reader.changes(0, 10_000)?)).unwrap();
    assert!(!format!("{record:?}").contains("browser-1"), "the address is on no record");
    stage.form("analyst", &format!("{PUSH}/{id}/end"), &[]).await.is(404);
    stage.form("reader", &format!("{PUSH}/{id}/end"), &[]).await.is(303);
    let page = stage.get("reader", WATCHES).await.is(200).text();
    assert!(page.contains("data-told=\"\""), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_service_is_asked_again_later_and_one_that_knows_nothing_ends_it() {
    let service = PushService::open(|times| match times {
        1 => Reply::status(503),
        2 => Reply::status(429).with("Retry-After", "600"),
        3 => Reply::status(500),
        _ => Reply::status(201),
    });
    let service = service.await.unwrap();
    let (stage, _) = told(&service).await;
    marked(&stage);
    assert_eq!(stage.newsroom.push_due().unwrap(), 1);
    assert_eq!(sent(&stage).await, 0, "it is busy");
    assert_eq!((sent(&stage).await, service.pushed().len()), (0, 1), "and not asked again at once");
    wait(&stage, 121);
    assert_eq!(sent(&stage).await, 0);
    wait(&stage, 300);
    assert_eq!((sent(&stage).await, service.pushed().len()), (0, 2), "it asked for ten minutes");
    wait(&stage, 301);
    assert_eq!((sent(&stage).await, service.pushed().len()), (0, 3));
    wait(&stage, 481);
    assert_eq!(sent(&stage).await, 1);
    let texts: Vec<String> = service.pushed().into_iter().map(|pushed| pushed.unwrap().text).collect();
    assert_eq!(texts.len(), 4);
    assert!(texts.iter().all(|text| text == &texts[0]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_that_its_service_knows_no_more_is_ended() {
    let service = PushService::open(|_| Reply::status(410)).await.unwrap();
    let (stage, id) = told(&service).await;
    marked(&stage);
    assert_eq!(stage.newsroom.push_due().unwrap(), 1);
    assert_eq!(sent(&stage).await, 0);
    let page = stage.get("reader", WATCHES).await.is(200).text();
    assert!(!page.contains(&id), "{page}");
    stage.form("reader", &format!("{PUSH}/{id}/end"), &[]).await.is(404);
    assert_eq!(stage.newsroom.store().operate(|operations| operations.jobs("push")).unwrap().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_the_desk_is_told_nothing_more() {
    let service = PushService::open(|_| Reply::status(201)).await.unwrap();
    let (stage, _) = told(&service).await;
    marked(&stage);
    assert_eq!(stage.newsroom.push_due().unwrap(), 1);
    let account = stage.account("reader");
    let accounts = stage.newsroom.accounts().unwrap();
    let version = accounts.into_iter().find(|found| found.value.id == account).unwrap().version.to_string();
    let close = [("act", "close"), ("version", version.as_str())];
    stage.form("operator", &format!("/newsroom/people/{account}"), &close).await.is(303);
    assert_eq!((sent(&stage).await, service.pushed().len()), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_subscription_is_refused_and_no_private_address_reached() {
    let service = PushService::open(|_| Reply::status(201)).await.unwrap();
    let (stage, _) = told(&service).await;
    let with = |name: &str, value: &str| {
        let mut given = service.subscription();
        match name {
            "endpoint" => given["endpoint"] = value.into(),
            key => given["keys"][key] = value.into(),
        }
        given
    };
    for (name, value) in [
        ("endpoint", "ftp://push.example/1"),
        ("endpoint", "https://login:word@push.example/1"),
        ("endpoint", "nothing"),
        ("p256dh", "BAAA"),
        ("auth", "c2hvcnQ"),
    ] {
        stage.post("reader", PUSH, with(name, value)).await.is(422);
    }
    let long = with("endpoint", &format!("https://push.example/{}", "x".repeat(2_000)));
    stage.post("reader", PUSH, long).await.is(422);
    stage.post("outsider", PUSH, service.subscription()).await.is(403);
    // Once the desk no longer allows it, nothing on this machine is reached.
    let settings = AlertSettings { every_minutes: 5, ..AlertSettings::default() };
    stage.newsroom.set_alerts(&Who::Program("test"), &desk(), &settings).unwrap();
    marked(&stage);
    assert_eq!(stage.newsroom.push_due().unwrap(), 1);
    assert_eq!((sent(&stage).await, service.pushed().len()), (0, 0));
    let page = stage.get("reader", WATCHES).await.is(200).text();
    assert!(page.contains("which the desk does not allow"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_worker_is_served_where_it_may_act_on_the_newsroom() {
    let stage = Stage::open().await;
    let script = stage.get("stranger", "/newsroom/push-worker.js").await.is(200);
    assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
    assert!(script.text().contains("showNotification"), "{}", script.text());
    let page = stage.get("reader", WATCHES).await.is(200).text();
    assert!(page.contains(&format!("data-key-public=\"{}\"", stage.newsroom.push_key())), "{page}");
    assert!(page.contains("/assets/push.js?v=") && !page.contains("push_local"), "{page}");
}
