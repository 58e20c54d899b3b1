//! Times in a page's JSON-LD, and in other scripts that carry a page's data.

use crate::extract::structured as ld;
use serde_json::Value;

/// Times that JSON-LD gives, the best first.
#[derive(Debug, Default)]
pub(super) struct Times {
    pub(super) published: Vec<String>,
    pub(super) modified: Vec<String>,
    /// Times of other things on the page.
    pub(super) others: Vec<String>,
}

/// Reads scripts of JSON-LD. What is no JSON is searched for the names of the fields.
pub(super) fn times(scripts: &[&str]) -> Times {
    let mut times = Times::default();
    let (mut weak, mut others) = (Vec::new(), Vec::new());
    for script in scripts {
        if !script.contains("\"date") && !script.contains("\"upload") {
            continue;
        }
        let objects = ld::objects_in(script);
        if objects.is_empty() {
            times.published.extend(field(script, "datePublished"));
            times.modified.extend(field(script, "dateModified"));
        }
        for object in &objects {
            let of = |key: &str| ld::text(object.get(key));
            let list = if ld::is_report(object) {
                times.modified.extend(of("dateModified"));
                &mut times.published
            } else if is_page(object) {
                &mut weak
            } else {
                &mut others
            };
            list.extend(of("datePublished"));
            others.extend(of("uploadDate"));
            others.extend(of("dateCreated"));
        }
    }
    times.published.extend(weak);
    times.others = others;
    times
}

fn is_page(object: &Value) -> bool {
    let named = |name: &str| name.ends_with("Page") || matches!(name, "Product" | "Recipe");
    match object.get("@type") {
        Some(Value::String(name)) => named(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(named),
        _ => false,
    }
}

/// The value of a field in something like JSON (`"name": "value"`), the one that is least deep inside.
pub(super) fn field(text: &str, name: &str) -> Option<String> {
    let (mut at, mut depth) = (0, 0_i32);
    let mut best: Option<(i32, &str)> = None;
    while let Some(found) = text[at..].find(name) {
        let (before, rest) = text[at..].split_at(found);
        depth += before.bytes().map(|byte| i32::from(byte == b'{') - i32::from(byte == b'}')).sum::<i32>();
        at += found + name.len();
        let Some(value) = value(&rest[name.len()..]) else { continue };
        if best.is_none_or(|(least, _)| depth < least) {
            best = Some((depth, value));
        }
    }
    best.map(|(_, value)| value.to_owned())
}

/// What stands behind a field's name.
fn value(rest: &str) -> Option<&str> {
    let after = rest.strip_prefix(['"', '\'']).or_else(|| rest.strip_prefix("\\\"")).unwrap_or(rest);
    let value = after.trim_start().strip_prefix([':', '='])?;
    let value = value.trim_start().trim_start_matches('\\').strip_prefix(['"', '\''])?;
    let end = value.find(['"', '\'', '\\']).unwrap_or(0);
    (8..=40).contains(&end).then(|| &value[..end])
}
