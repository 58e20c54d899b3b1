//! Stories: what tells the same thing stands together in the inbox, says how many independent origins it has, and marks what
//! a copy added; also after a restart.

use crate::stage::{API, HTML, Stage, desk, received};
use sitrep_model::document::{Document, StoryRelation};
use sitrep_model::id::DocumentId;
use sitrep_newsroom::gather::Keeping;
use sitrep_newsroom::{Newsroom, Settings, Who};

const AGENCY: [&str; 2] = [
    "The railway bridge at Khorramabad was closed on Friday after engineers found cracks in two of its piers.",
    "Trains to the south wait in Borujerd, the operator said, and repairs will take until the end of the month.",
];
const ADDED: &str = "The mayor had warned of the cracks in spring, in a letter that nobody answered.";

fn keep(newsroom: &Newsroom, id: &str, url: &str, title: &str, paragraphs: &[&str]) -> Document {
    let text: String = paragraphs.iter().map(|paragraph| format!("<p>{paragraph}</p>")).collect();
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta property=\"article:published_time\" content=\"2026-11-20T02:30:00Z\"></head><body><article><h1>{title}</h1>{text}\
         </article></body></html>"
    );
    let received = received(newsroom, url, HTML, html);
    let keeping = Keeping { document: Some(DocumentId::from(id)), ..Keeping::default() };
    newsroom.keep(&Who::Program("test"), &desk(), None, &received, &keeping).unwrap().value
}

/// An agency's report, a copy of it with a sentence more, a report in other words, and one about something else.
fn keep_all(newsroom: &Newsroom) -> [Document; 4] {
    [
        keep(
            newsroom,
            "doc-a",
            "https://agency.example/1",
            "Railway bridge at Khorramabad closed after cracks are found",
            &AGENCY,
        ),
        keep(
            newsroom,
            "doc-b",
            "https://daily.example/bridge",
            "Railway bridge at Khorramabad closed after cracks are found",
            &[AGENCY[0], ADDED, AGENCY[1]],
        ),
        keep(
            newsroom,
            "doc-c",
            "https://weekly.example/cracks",
            "Cracks close Khorramabad railway bridge; trains wait in Borujerd",
            &[
                "Engineers shut the bridge in Khorramabad on Friday. Its piers are cracked, and no train goes south from Borujerd \
               before the repairs are over, an operator said.",
            ],
        ),
        keep(
            newsroom,
            "doc-d",
            "https://weekly.example/harvest",
            "Grain harvest falls short in the north",
            &[
                "Farmers blame a dry spring and late deliveries of seed, and ask the ministry for help before winter comes.",
            ],
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_inbox_folds_a_story_below_its_first_report_and_counts_origins() {
    let stage = Stage::open().await;
    let [first, copy, report, other] = keep_all(&stage.newsroom);
    let place = |document: &Document| document.story.clone().map(|place| (place.story.to_string(), place.relation));
    assert_eq!(place(&first), Some(("doc-a".into(), StoryRelation::First)));
    assert_eq!(place(&copy), Some(("doc-a".into(), StoryRelation::Reprint)));
    assert_eq!(place(&report), Some(("doc-a".into(), StoryRelation::New)));
    assert_eq!(place(&other), Some(("doc-d".into(), StoryRelation::First)));
    let page = stage.get("reader", "/newsroom/iran/inbox").await.is(200).text();
    assert!(page.contains("3 documents, 2 independent origins: agency.example, weekly.example"), "{page}");
    let (top, folded) = (page.find("data-id=\"doc-a\"").unwrap(), page.find("inbox-folded").unwrap());
    let below = |id: &str| page.find(&format!("data-id=\"{id}\"")).unwrap();
    assert!(top < folded && folded < below("doc-b") && folded < below("doc-c"));
    let listed = stage.get("reader", &format!("{API}/documents?show=new")).await.is(200).json();
    let line = listed["items"].as_array().unwrap().iter().find(|line| line["id"] == "doc-b").unwrap();
    assert_eq!((line["story"].as_str(), line["relation"].as_str()), (Some("doc-a"), Some("reprint")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_shows_its_story_and_what_it_added() {
    let stage = Stage::open().await;
    keep_all(&stage.newsroom);
    let page = stage.get("reader", "/iran/documents/doc-b").await.is(200).text();
    assert!(page.contains(&format!("<mark class=\"added\">{ADDED}</mark>")), "{page}");
    assert!(page.contains("Its story") && page.contains("re-print"), "{page}");
    let first = stage.get("reader", "/iran/documents/doc-a").await.is(200).text();
    assert!(!first.contains("<mark class=\"added\">"), "{first}");
    assert!(first.contains("Its story"), "{first}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_story_goes_on_after_a_restart_and_an_edited_page_stays_in_it() {
    let stage = Stage::open().await;
    keep_all(&stage.newsroom);
    let settings = Settings {
        base: "http://localhost".to_owned(),
        fetch: sitrep_net::FetchSettings::default(),
        mail: None,
        stamps: None,
        browser: None,
        clock: stage.clock.clone(),
    };
    let restarted = Newsroom::open(stage.newsroom.store().clone(), settings).unwrap();
    let late =
        keep(&restarted, "doc-e", "https://radio.example/5", "Bridge at Khorramabad closed", &[AGENCY[0], AGENCY[1]]);
    assert_eq!(late.story.map(|place| place.story.to_string()).as_deref(), Some("doc-a"));
    let edited = keep(
        &restarted,
        "unused",
        "https://agency.example/1",
        "Trains run again",
        &["The line is open again since Sunday, and trains run by the winter timetable."],
    );
    assert_eq!(edited.id.as_str(), "doc-a");
    assert_eq!(edited.story.map(|place| place.relation), Some(StoryRelation::First));
}
