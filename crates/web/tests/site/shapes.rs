//! The described shapes are those of the nouns: what is read through a shape is written the same.

use crate::stage::{Stage, example};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sitrep_newsroom::desk_folder::DeskFolder;
use sitrep_web::api::shapes;

#[track_caller]
fn same<Shape: Serialize + DeserializeOwned>(noun: &impl Serialize) {
    let noun = serde_json::to_value(noun).unwrap();
    let shape: Shape = serde_json::from_value(noun.clone()).unwrap_or_else(|e| panic!("{e}: {noun:#}"));
    assert_eq!(serde_json::to_value(&shape).unwrap(), noun);
}

#[test]
fn the_example_desk_fits_its_shapes() {
    let folder = DeskFolder::read(&example()).unwrap();
    folder.sources.iter().for_each(same::<shapes::Source>);
    folder.events.iter().for_each(|event| same::<shapes::Event>(&event.value));
    folder.positions.iter().for_each(|position| same::<shapes::Position>(&position.value));
    folder.assessments.iter().for_each(same::<shapes::Assessment>);
    folder.desk.sections.iter().for_each(same::<shapes::Section>);
    folder.desk.event_types.iter().for_each(same::<shapes::EventType>);
    same::<shapes::Scale>(&folder.desk.scale);
    assert!(folder.events.len() > 50 && folder.positions.len() > 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edition_and_its_findings_fit_their_shapes() {
    let stage = Stage::open().await;
    let draft = stage.draft("2026-11-20").await;
    let mut edition = draft["edition"].clone();
    edition["sections"][0]["paragraphs"][0]["marks"] = serde_json::json!([
        { "start": 0, "end": 7, "is": "bold" },
        { "start": 8, "end": 14, "is": "cross_reference", "edition": null, "sentence": null, "url": null,
          "date": "2026-11-12" },
    ]);
    let read: sitrep_model::edition::Edition = serde_json::from_value(edition).unwrap();
    same::<shapes::Edition>(&read);
    let mut unsourced = read;
    unsourced.citations.clear();
    unsourced.sections[0].paragraphs[0].citations.clear();
    unsourced.sections[0].paragraphs[0].text = "On 3 November 40 men were arrested in Isfahan.".to_owned();
    let findings = stage.newsroom.findings(&unsourced).unwrap();
    assert!(!findings.is_empty());
    findings.iter().for_each(same::<shapes::Finding>);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_description_requires_is_what_answers_hold() {
    let stage = Stage::open().await;
    let draft = stage.draft("2026-11-20").await;
    let description = stage.get("stranger", "/openapi.json").await.is(200).json();
    let schema = &description["components"]["schemas"]["Edition"];
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&schema["properties"]), names(&draft["edition"]));
}
