//! Watch lists: what is watched is marked as it arrives, and told to those who want to know.

use crate::stage::{Stage, desk};
use sitrep_newsroom::alerts::AlertSettings;

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
    assert_eq!(
        kept,
        AlertSettings { mail: vec!["desk@example.org".into(), "night@example.org".into()], every_minutes: 30 }
    );
}
