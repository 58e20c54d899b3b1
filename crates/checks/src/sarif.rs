//! Findings as a SARIF 2.1.0 log, which editors and code hosts show beside the text.

use crate::RULES;
use serde_json::{Value, json};
use sitrep_model::finding::{Finding, Fix, Severity};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The log of one run over files, each with its findings. Regions count Unicode code points.
pub fn to_sarif(files: &[(String, Vec<Finding>)]) -> Value {
    let rules: Vec<Value> = RULES.iter().map(descriptor).collect();
    let results: Vec<Value> =
        files.iter().flat_map(|(file, findings)| findings.iter().map(move |finding| result(file, finding))).collect();
    let artifacts: Vec<Value> = files.iter().map(|(file, _)| json!({ "location": { "uri": uri(file) } })).collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "sitrep",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "artifacts": artifacts,
            "results": results,
        }],
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

fn descriptor(rule: &crate::Rule) -> Value {
    let name: String = rule.id.split('-').map(|word| word[..1].to_uppercase() + &word[1..]).collect();
    json!({
        "id": rule.id,
        "name": name,
        "shortDescription": { "text": rule.summary() },
        "fullDescription": { "text": rule.part("Why") },
        "help": { "text": rule.part("Remedy"), "markdown": rule.explain.trim() },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "since": rule.since },
    })
}

fn result(file: &str, finding: &Finding) -> Value {
    let message = match &finding.hint {
        Some(hint) => format!("{}. {hint}", finding.message),
        None => finding.message.clone(),
    };
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": { "text": message },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri(file) },
            "region": {
                "startLine": finding.line,
                "startColumn": finding.column.max(1),
                "endLine": finding.end_line.max(finding.line),
                "endColumn": finding.end_column.max(1),
                "charOffset": finding.start,
                "charLength": finding.end.saturating_sub(finding.start),
                "snippet": { "text": finding.excerpt },
            },
        }}],
    });
    let index = RULES.iter().position(|rule| rule.id == finding.rule);
    if let (Some(object), Some(index)) = (result.as_object_mut(), index) {
        object.insert("ruleIndex".to_owned(), index.into());
        if let Some(fix) = &finding.fix {
            object.insert("fixes".to_owned(), json!([fixed(file, fix)]));
        }
    }
    result
}

fn fixed(file: &str, fix: &Fix) -> Value {
    json!({
        "description": { "text": fix.label },
        "artifactChanges": [{
            "artifactLocation": { "uri": uri(file) },
            "replacements": [{
                "deletedRegion": { "charOffset": fix.start, "charLength": fix.end.saturating_sub(fix.start) },
                "insertedContent": { "text": fix.replacement },
            }],
        }],
    })
}

/// A path as a relative or `file:` reference (RFC 3986).
fn uri(file: &str) -> String {
    let mut text = String::new();
    for byte in file.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b'+' | b'=' | b'@' | b',' => {
                text.push(char::from(byte));
            }
            b'\\' => text.push('/'),
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    if text.starts_with('/') { format!("file://{text}") } else { text }
}
