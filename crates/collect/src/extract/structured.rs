//! What a page says of itself for machines: schema.org as JSON-LD.

use super::page::Page;
use html5ever::local_name;
use serde_json::Value;

/// Objects looked at in one page, at most.
const MOST: usize = 2_000;

/// The objects of a page's JSON-LD, reports first.
pub(super) fn objects(page: &Page) -> Vec<Value> {
    let mut found = Vec::new();
    for script in scripts(page, "application/ld+json").take(50) {
        if let Some(value) = read(&script) {
            collect(value, &mut found);
        }
    }
    found.sort_by_key(|object| !is_report(object));
    found
}

/// What stands in a page's scripts of a kind.
pub(super) fn scripts(page: &Page, kind: &str) -> impl Iterator<Item = String> {
    let scripts = page.elements().filter(move |(_, element)| {
        element.name() == "script"
            && element.attribute(&local_name!("type")).is_some_and(|known| known.eq_ignore_ascii_case(kind))
    });
    scripts.map(|(script, _)| script.texts().concat())
}

/// The objects of one script.
pub(super) fn objects_in(script: &str) -> Vec<Value> {
    let mut found = Vec::new();
    if let Some(value) = read(script) {
        collect(value, &mut found);
    }
    found
}

/// Line breaks inside strings, comment marks and CDATA around the whole are common and harmless.
fn read(text: &str) -> Option<Value> {
    let text = text.trim();
    let text = text.trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let text =
        text.trim_end_matches("-->").trim_end_matches("//]]>").trim_end_matches("]]>").trim().trim_end_matches(';');
    serde_json::from_str(text).ok().or_else(|| {
        let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&plain).ok()
    })
}

fn collect(value: Value, found: &mut Vec<Value>) {
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        if found.len() >= MOST {
            return;
        }
        match value {
            Value::Array(items) => waiting.extend(items.into_iter().rev()),
            Value::Object(mut object) => {
                if let Some(graph) = object.remove("@graph") {
                    waiting.push(graph);
                }
                if let Some(main) = object.get("mainEntity").filter(|main| main.is_object()) {
                    waiting.push(main.clone());
                }
                found.push(Value::Object(object));
            }
            _ => {}
        }
    }
}

/// Types of schema.org whose objects are reports.
pub(super) fn is_report(object: &Value) -> bool {
    let named = |name: &str| {
        name.ends_with("Article")
            || name.ends_with("Posting")
            || matches!(name, "Report" | "LiveBlogPosting" | "CreativeWork" | "Review")
    };
    match object.get("@type") {
        Some(Value::String(name)) => named(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(named),
        _ => false,
    }
}

/// A field as text: the string itself, or the `name`, `url` or `@id` of an object, the first of an array.
pub(super) fn text(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(text) => text.clone(),
        Value::Array(items) => return items.iter().find_map(|item| text(Some(item))),
        Value::Object(object) => {
            return ["name", "url", "@id", "@value"].iter().find_map(|key| text(object.get(*key)));
        }
        _ => return None,
    };
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A field as a list of names.
pub(super) fn names(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(items)) => items.iter().filter_map(|item| text(Some(item))).collect(),
        other => text(other).into_iter().collect(),
    }
}
