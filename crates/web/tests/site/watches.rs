//! Watch lists: what is watched is marked as it arrives, and told to those who want to know.

use crate::stage::{Stage, desk};

const WATCHES: &str = "/newsroom/iran/watches";

#[tokio::test(flavor = "multi_thread")]
async fn a_query_is_tried_then_kept_and_marks_what_arrives() {
    let stage = Stage::open().await;
    stage.document();
    let tried = stage.get("analyst", &format!("{WATCHES}?query=%D9%82%D8%B7%D8%A7%D8%B1")).await.is(200).text();
    assert!(tried.contains("1 of the newest 1 documents answer"), "{tried}");
    let wrong = stage.get("analyst", &format!("{WATCHES}?query=a+OR")).await.is(200).text();
    assert!(wrong.contains("a word is missing here"), "{wrong}");

    let given = [("title", "Stations of the Chekad"), ("query", "ایستگاه source:chekad"), ("note", "the border")];
    stage.form("reader", WATCHES, &given).await.is(403);
    stage.form("analyst", WATCHES, &given).await.is(303);
    let unread = [("title", "Wrong"), ("query", "(a")];
    assert!(stage.form("analyst", WATCHES, &unread).await.is(422).text().contains("not closed"));
    let nobody = [("title", "Wrong"), ("query", "actor:nobody")];
    assert!(stage.form("analyst", WATCHES, &nobody).await.is(422).text().contains("there is no actor"));

    // The page that is there already is not marked afterwards; the same page read again is.
    let one = format!("{WATCHES}/stations-of-the-chekad");
    assert!(stage.get("reader", &one).await.is(200).text().contains("Nothing was marked yet"));
    let document = stage.document();
    let marked: Vec<&str> = document.marks.iter().map(|mark| mark.watch.as_str()).collect();
    assert_eq!(marked, ["iran/stations-of-the-chekad"]);
    assert_eq!(document.marks[0].words, ["ایستگاه"]);
    let page = stage.get("reader", &one).await.is(200).text();
    assert!(page.contains("doc=doc-rail") && page.contains("ایستگاه"), "{page}");

    // Retired, it marks nothing any more.
    let retired = [("title", "Stations"), ("query", "ایستگاه"), ("version", "1"), ("retired", "yes")];
    stage.form("analyst", &one, &retired).await.is(303);
    stage.form("analyst", &one, &retired).await.is(412);
    assert!(stage.document().marks.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_of_the_title_is_watched() {
    let stage = Stage::open().await;
    let plain = [("title", "Rail again"), ("query", "title:راه‌آهن")];
    stage.form("analyst", WATCHES, &plain).await.is(303);
    assert!(stage.document().marks.iter().any(|mark| mark.watch.as_str() == "iran/rail-again"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_tells_what_was_marked_once() {
    let stage = Stage::open().await;
    stage.form("analyst", WATCHES, &[("title", "Trains"), ("query", "قطار")]).await.is(303);
    let to = [("mail", "desk@example.org\nnight@example.org"), ("every_minutes", "30")];
    stage.form("analyst", "/newsroom/iran/alerts", &to).await.is(403);
    let wrong = [("mail", "no address"), ("every_minutes", "30")];
    stage.form("chief", "/newsroom/iran/alerts", &wrong).await.is(422);
    stage.form("chief", "/newsroom/iran/alerts", &to).await.is(303);
    let letters = |stage: &Stage| stage.newsroom.store().operate(|o| o.jobs("letter")).unwrap();
    let wait = |stage: &Stage, minutes: i64| stage.clock.advance(jiff::SignedDuration::from_mins(minutes));

    wait(&stage, 31);
    assert_eq!(stage.newsroom.alert_due().unwrap(), 0, "nothing was marked");
    stage.document();
    wait(&stage, 10);
    assert_eq!(stage.newsroom.alert_due().unwrap(), 0, "it is not yet time");
    wait(&stage, 21);
    assert_eq!(stage.newsroom.alert_due().unwrap(), 2);
    assert_eq!(letters(&stage).len(), 2);
    let letter = String::from_utf8(letters(&stage)[0].payload.clone()).unwrap();
    assert!(letter.contains("1 watched document"), "{letter}");
    wait(&stage, 31);
    assert_eq!(stage.newsroom.alert_due().unwrap(), 0, "it was told already");

    let record = stage.newsroom.read(|reader| Ok(reader.changes(0, 10_000)?)).unwrap();
    let told = format!("{record:?}");
    assert!(!told.contains("night@example.org"), "addresses are not on the record");
    let kept = stage.newsroom.alert_settings(&sitrep_newsroom::Who::Program("test"), &desk()).unwrap();
    assert_eq!(kept.mail, ["desk@example.org", "night@example.org"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_is_posted_signed_until_it_is_accepted() {
    use sitrep_testkit::site::{Reply, Site};
    let heard = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let hearing = heard.clone();
    let listener = Site::open(move |asked| {
        let signature = asked.header("x-sitrep-signature").unwrap_or_default().to_owned();
        hearing.lock().unwrap().push((asked.head.clone(), asked.body.clone(), signature));
        Reply::status(if asked.times == 1 { 500 } else { 204 })
    });
    let listener = listener.await.unwrap();
    let stage = Stage::open().await;
    stage.form("analyst", WATCHES, &[("title", "Trains"), ("query", "قطار")]).await.is(303);
    let address = format!("{}/hook", listener.base());
    let far = [("webhook", "ftp://example.org/"), ("every_minutes", "5")];
    stage.form("chief", "/newsroom/iran/alerts", &far).await.is(422);
    let to =
        [("webhook", address.as_str()), ("webhook_key", "a key"), ("webhook_local", "yes"), ("every_minutes", "5")];
    stage.form("chief", "/newsroom/iran/alerts", &to).await.is(303);
    stage.clock.advance(jiff::SignedDuration::from_mins(1));
    stage.document();
    stage.clock.advance(jiff::SignedDuration::from_mins(6));
    assert_eq!(stage.newsroom.alert_due().unwrap(), 1);
    assert_eq!(stage.newsroom.post_alerts().await.unwrap(), 0, "the listener failed");
    assert_eq!(stage.newsroom.post_alerts().await.unwrap(), 0, "it is not yet due again");
    stage.clock.advance(jiff::SignedDuration::from_mins(3));
    assert_eq!(stage.newsroom.post_alerts().await.unwrap(), 1);
    let heard = heard.lock().unwrap();
    assert_eq!(heard.len(), 2);
    assert!(heard[1].0.starts_with("POST /hook "), "{}", heard[1].0);
    assert_eq!(heard[0].1, heard[1].1, "the same digest, told apart by its id");
    let digest: serde_json::Value = serde_json::from_slice(&heard[1].1).unwrap();
    assert_eq!(digest["alerts"][0]["watches"][0], "Trains");
    assert!(heard[1].2.starts_with("sha256=") && heard[1].2.len() == 71, "{}", heard[1].2);
}
