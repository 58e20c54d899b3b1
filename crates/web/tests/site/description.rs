//! The description of the API says what the table of routes says.

use crate::stage::Stage;
use serde_json::Value;
use sitrep_web::routes;
use std::collections::BTreeSet;

fn routed() -> BTreeSet<String> {
    let api = routes::table().into_iter().filter(|r| r.path.starts_with("/api/") || r.path == "/openapi.json");
    api.map(|route| format!("{} {}", route.method.as_str(), route.path)).collect()
}

fn operations(description: &Value) -> Vec<(String, &Value)> {
    let paths = description["paths"].as_object().unwrap().iter();
    paths
        .flat_map(|(path, item)| {
            let operations = item.as_object().unwrap().iter();
            operations.map(move |(method, operation)| (format!("{} {path}", method.to_uppercase()), operation))
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_of_the_api_is_described() {
    let stage = Stage::open().await;
    let description = stage.get("stranger", "/openapi.json").await.is(200).json();
    let described: BTreeSet<String> = operations(&description).into_iter().map(|(name, _)| name).collect();
    assert_eq!(described, routed());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_says_what_it_takes_gives_and_refuses() {
    let stage = Stage::open().await;
    let description = stage.get("stranger", "/openapi.json").await.is(200).json();
    let mut ids = BTreeSet::new();
    for (name, operation) in operations(&description) {
        assert!(!operation["summary"].as_str().unwrap().is_empty(), "{name}");
        assert!(ids.insert(operation["operationId"].as_str().unwrap().to_owned()), "{name}");
        let security = operation["security"].as_array().unwrap();
        let asks = operation["x-permission"] != "anybody";
        assert_eq!(asks, security.iter().all(|way| !way.as_object().unwrap().is_empty()), "{name}");
        let responses = operation["responses"].as_object().unwrap();
        assert!(responses.keys().any(|status| status.starts_with('2')), "{name}");
        assert_eq!(asks, responses.contains_key("403"), "{name}");
        for (status, response) in responses {
            assert!(!response["description"].as_str().unwrap().is_empty(), "{name} {status}");
        }
        let path = name.split_once(' ').unwrap().1;
        let in_path = |parameter: &&Value| parameter["in"] == "path";
        let parameters = operation["parameters"].as_array().unwrap();
        assert_eq!(path.matches('{').count(), parameters.iter().filter(in_path).count(), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_reference_leads_somewhere() {
    let stage = Stage::open().await;
    let description = stage.get("stranger", "/openapi.json").await.is(200).json();
    let mut references = Vec::new();
    collect(&description, &mut references);
    assert!(references.len() > 50);
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(description.pointer(pointer).is_some(), "{reference}");
    }
}

fn collect(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value.as_str() {
                    Some(reference) if name == "$ref" => found.push(reference.to_owned()),
                    _ => collect(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}
