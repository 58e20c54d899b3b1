//! The archive by section, campaign, outlet, actor and place; feeds; harvesting; sentences that stay to be found.

use crate::stage::{API, Stage};
use serde_json::{Value, json};

/// An edition of the 20th, corrected once, and one of the 19th.
async fn two(stage: &Stage) -> Value {
    stage.publish(&stage.draft("2026-11-19").await).await;
    let out = stage.publish(&stage.draft("2026-11-20").await).await;
    let mut corrected = out["edition"].clone();
    corrected["sections"][0]["paragraphs"][0]["text"] = "Freight trains stood still for a fourth day.".into();
    let body = json!({ "version": out["version"], "note": "It was the fourth day.", "edition": corrected });
    let id = out["edition"]["id"].as_str().unwrap();
    stage.post("editor", &format!("{API}/editions/{id}/correct"), body).await.is(200).json()
}

fn sentence(edition: &Value) -> String {
    edition["edition"]["sections"][0]["paragraphs"][0]["sentences"][0]["id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sentence_that_was_corrected_shows_then_and_now_and_is_cited_in_every_style() {
    let stage = Stage::open().await;
    let path = format!("/iran/sentences/{}", sentence(&two(&stage).await));
    let page = stage.get("stranger", &path).await.is(200).text();
    assert!(page.contains("for a <del>third</del><ins>fourth</ins> day"), "{page}");
    for (extension, words) in
        [("cite.txt", "fourth day."), ("bib", "@misc{"), ("csl.json", "date-parts"), ("ris", "TY  - RPRT")]
    {
        let file = stage.get("stranger", &format!("{path}.{extension}")).await.is(200);
        assert!(file.text().contains(words), "{extension}: {}", file.text());
        assert!(page.contains(&format!("{path}.{extension}")), "{extension}");
        stage.get("stranger", &format!("/iran/editions/2026-11-20.{extension}")).await.is(200);
    }
    let then = stage.get("stranger", "/iran/editions/2026-11-20").await.is(200).text();
    assert!(then.contains("application/json+oembed") && then.contains("application/ld+json"), "{then}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_down_is_a_tombstone_at_every_address_and_every_moment() {
    let stage = Stage::open().await;
    let out = two(&stage).await;
    let (id, sentence) = (out["edition"]["id"].as_str().unwrap(), sentence(&out));
    let moved = "/iran/editions/2026-11-20?as_of=2026-11-25T12:00:00Z";
    assert!(stage.get("stranger", moved).await.is(200).text().contains("fourth day"));
    let body = json!({ "version": out["version"], "note": "A person asked for it." });
    stage.post("chief", &format!("{API}/editions/{id}/take-down"), body).await.is(200);
    for path in ["/iran/editions/2026-11-20", moved, &format!("/iran/sentences/{sentence}")] {
        let page = stage.get("stranger", path).await.is(410).text();
        assert!(page.contains("A person asked for it.") && !page.contains("fourth day"), "{path}: {page}");
    }
    stage.get("stranger", &format!("{API}/sentences/{sentence}")).await.is(410);
    stage.get("stranger", "/iran/editions/2026-11-20/changes/6").await.is(404);
    let harvested = stage.get("stranger", "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc").await.is(200).text();
    assert!(harvested.contains("<header status=\"deleted\">"), "{harvested}");
    for path in ["/iran/outlets/chekad.example", "/iran/sections/levant", "/iran/feed.rss"] {
        assert!(!stage.get("stranger", path).await.is(200).text().contains("fourth day"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outlet_has_every_sentence_that_cites_it_now_and_then() {
    let stage = Stage::open().await;
    two(&stage).await;
    let page = stage.get("stranger", "/iran/outlets/chekad.example").await.is(200).text();
    assert!(page.contains("2 editions") && page.contains("Freight trains stood still for a fourth day."), "{page}");
    let list = stage.get("stranger", "/iran/outlets").await.is(200).text();
    assert!(list.contains("/iran/outlets/chekad.example"), "{list}");
    stage.get("stranger", "/iran/outlets/nobody.example").await.is(404);
    // Nothing was known the day before.
    let before = stage.get("stranger", "/iran/outlets?as_of=2026-11-24").await.is(200).text();
    assert!(!before.contains("chekad.example"), "{before}");
    // What is published later is found at once.
    stage.publish(&stage.draft("2026-11-18").await).await;
    assert!(stage.get("stranger", "/iran/outlets/chekad.example").await.is(200).text().contains("3 editions"));
}

#[tokio::test(flavor = "multi_thread")]
async fn feeds_of_a_section_hold_what_belongs_to_it() {
    let stage = Stage::open().await;
    let out = two(&stage).await;
    let section = out["edition"]["sections"][0]["section"].as_str().unwrap().to_owned();
    let other = out["edition"]["sections"][1]["section"].as_str().unwrap().to_owned();
    for extension in ["atom", "rss", "json"] {
        stage.get("stranger", &format!("/iran/feed.{extension}")).await.is(200);
        let feed = stage.get("stranger", &format!("/iran/sections/{section}/feed.{extension}")).await.is(200).text();
        assert!(feed.contains("fourth day") && feed.contains(&format!("/iran/sections/{section}")), "{feed}");
        let none = stage.get("stranger", &format!("/iran/sections/{other}/feed.{extension}")).await.is(200).text();
        assert!(!none.contains("fourth day"), "{none}");
    }
    stage.get("stranger", "/iran/sections/nothing/feed.atom").await.is(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_says_what_is_repeated_and_what_is_new() {
    let stage = Stage::open().await;
    two(&stage).await;
    let page = stage.get("stranger", "/iran/since").await.is(200).text();
    assert!(page.contains("for a <del>third</del><ins>fourth</ins> day"), "{page}");
    assert!(stage.get("stranger", "/iran/since?days=10").await.is(200).text().contains("November 19"));
    stage.get("stranger", "/iran/since?from=nothing").await.is(404);
    stage.get("stranger", "/iran/since?since=someday").await.is(422);
}

#[tokio::test(flavor = "multi_thread")]
async fn harvesters_read_every_record_and_sites_embed_a_sentence() {
    let stage = Stage::open().await;
    let sentence = sentence(&two(&stage).await);
    let ask = async |query: &str| stage.get("stranger", &format!("/oai?{query}")).await.is(200).text();
    assert!(ask("verb=Identify").await.contains("<protocolVersion>2.0</protocolVersion>"));
    assert!(ask("verb=ListSets").await.contains("<setSpec>iran</setSpec>"));
    let records = ask("verb=ListRecords&metadataPrefix=oai_dc&set=iran").await;
    assert_eq!(records.matches("<record>").count(), 2, "{records}");
    assert!(ask("verb=ListRecords&metadataPrefix=oai_dc&set=other").await.contains("code=\"noRecordsMatch\""));
    let one = ask("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:localhost:iran/2026-11-20").await;
    assert!(one.contains("<dc:title>"), "{one}");
    assert!(ask("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:x:y").await.contains("idDoesNotExist"));
    let address = format!("{}/iran/sentences/{sentence}", stage.newsroom.base());
    let embedded = stage.get("stranger", &format!("/oembed?url={address}")).await.is(200).json();
    assert!(embedded["html"].as_str().unwrap().contains("fourth day"), "{embedded}");
    stage.get("stranger", &format!("/oembed?url={address}&format=yaml")).await.is(501);
    stage.get("stranger", "/oembed?url=https://elsewhere.example/iran/editions/x").await.is(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_yet_known_names_the_correction() {
    let stage = Stage::open().await;
    two(&stage).await;
    stage.get("stranger", "/iran/not-yet-known").await.is(422);
    // The clock of the stage stands still, so that all was known at once.
    let now = stage.get("stranger", "/iran/not-yet-known?as_of=2026-11-25T12:00:00Z").await.is(200).text();
    assert!(now.contains("No edition of then was corrected"), "{now}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_archive_is_one_file_that_sqlite_opens() {
    let stage = Stage::open().await;
    two(&stage).await;
    let file = stage.get("stranger", "/iran/archive.sqlite").await.is(200);
    assert_eq!(file.header("content-type"), "application/vnd.sqlite3");
    assert!(file.body.starts_with(b"SQLite format 3\0"));
    let text = String::from_utf8_lossy(&file.body);
    assert!(text.contains("fourth day"), "the edition as it stands");
    let part = stage.send("stranger", "GET", "/iran/archive.sqlite", &[("range", "bytes=0-15")], Vec::new()).await;
    assert_eq!(part.is(206).body, b"SQLite format 3\0");
}
