//! CSL-JSON 1.0, as citation processors, Zotero and pandoc read it: a list of one item.

use super::{Style, Work};
use serde_json::{Map, Value, json};

pub(super) const STYLE: Style = Style {
    extension: "csl.json",
    media_type: "application/vnd.citationstyles.csl+json; charset=utf-8",
    label: "CSL-JSON",
    render,
};

fn render(work: &Work) -> String {
    let authors: Vec<Value> = work.creators().into_iter().map(|name| json!({ "literal": name })).collect();
    let issued = json!({ "date-parts": [[work.date.year(), work.date.month(), work.date.day()]] });
    let fields = [
        ("id", json!(work.address)),
        ("type", json!("report")),
        ("title", json!(work.title)),
        ("author", json!(authors)),
        ("container-title", json!(work.series)),
        ("publisher", json!(work.publisher)),
        ("issued", issued),
        ("URL", json!(work.address)),
        ("language", json!(work.language)),
        ("citation-key", json!(work.key)),
        ("note", json!(work.note())),
    ];
    let empty = |value: &Value| value.as_str() == Some("") || value.as_array().is_some_and(Vec::is_empty);
    let item: Map<String, Value> =
        fields.into_iter().filter(|(_, value)| !empty(value)).map(|(name, value)| (name.to_owned(), value)).collect();
    format!("{:#}\n", Value::Array(vec![Value::Object(item)]))
}
