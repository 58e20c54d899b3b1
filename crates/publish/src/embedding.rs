//! An edition or a sentence as other sites show it: oEmbed 1.0, type `rich`, without any script.

use crate::citation::Work;
use crate::dates;
use crate::markup::escape;
use serde_json::{Map, Value, json};
use sitrep_language::tag;

/// Width and height in pixels that are given where nobody asks for less.
const WIDTH: u32 = 600;
const HEIGHT: u32 = 240;
/// Seconds that others may keep it.
const KEPT: u32 = 3600;

/// An embedded work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embedded {
    fields: Vec<(&'static str, Value)>,
}

impl Embedded {
    /// A work with its lead: a sentence's words, or an edition's takeaways. `base` is the installation's address; nothing is made
    /// larger than it may be.
    pub fn new(work: &Work, lead: &[&str], base: &str, most: (Option<u32>, Option<u32>)) -> Self {
        let fields = vec![
            ("version", json!("1.0")),
            ("type", json!("rich")),
            ("title", json!(work.title)),
            ("author_name", json!(if work.publisher.is_empty() { &work.series } else { &work.publisher })),
            ("author_url", json!(base)),
            ("provider_name", json!(work.series)),
            ("provider_url", json!(base)),
            ("cache_age", json!(KEPT)),
            ("width", json!(most.0.map_or(WIDTH, |most| most.min(WIDTH)))),
            ("height", json!(most.1.map_or(HEIGHT, |most| most.min(HEIGHT)))),
            ("html", json!(quotation(work, lead))),
        ];
        Self { fields }
    }

    /// As JSON.
    pub fn json(&self) -> String {
        let fields: Map<String, Value> =
            self.fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        Value::Object(fields).to_string()
    }

    /// As XML.
    pub fn xml(&self) -> String {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let field = |(name, value): &(&str, Value)| format!("  <{name}>{}</{name}>\n", escape(&text(value)));
        let fields: String = self.fields.iter().map(field).collect();
        format!("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<oembed>\n{fields}</oembed>\n")
    }
}

/// A quotation with its source: what needs no script and no style of ours to be read.
fn quotation(work: &Work, lead: &[&str]) -> String {
    let direction = tag::direction(&work.language);
    let paragraphs: String = lead.iter().map(|text| format!("<p>{}</p>", escape(text))).collect();
    let remarks = [&work.standing, &work.label].into_iter().flatten();
    let remarks: String = remarks.map(|remark| format!("<p><small>{}</small></p>", escape(remark))).collect();
    format!(
        "<blockquote cite=\"{address}\" lang=\"{}\" dir=\"{direction}\">{paragraphs}{remarks}<footer><a href=\"{address}\">{}</a>, {}</footer></blockquote>",
        escape(&work.language),
        escape(&work.title),
        dates::day(work.date),
        address = escape(&work.address),
    )
}
