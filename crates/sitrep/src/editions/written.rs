//! Editions in JSON: as a desk keeps them, as `edition parse` prints them, as they are published.

use super::Written;
use crate::outcome::Failure;
use serde::Deserialize;
use sitrep_editions::contract::{Edition, Marker, Note, Paragraph, Reference, Section, Takeaway};
use sitrep_model::desk::Desk;
use std::path::Path;

/// An edition as it is published in JSON (`sitrep-edition/1`), as far as the contract has it.
#[derive(Deserialize)]
struct Published {
    title: Option<String>,
    date: Option<jiff::civil::Date>,
    cutoff: Option<jiff::Timestamp>,
    #[serde(default)]
    authors: Vec<String>,
    standing: Option<String>,
    #[serde(default)]
    notices: Vec<String>,
    #[serde(default)]
    takeaways: Vec<Announcing>,
    #[serde(default)]
    sections: Vec<Part>,
    #[serde(default)]
    notes: Vec<Numbered>,
}

#[derive(Deserialize)]
struct Announcing {
    text: String,
    announces: Option<String>,
}

#[derive(Deserialize)]
struct Part {
    title: String,
    level: u8,
    scope: Option<String>,
    #[serde(default)]
    paragraphs: Vec<Body>,
}

#[derive(Deserialize)]
struct Body {
    id: String,
    text: String,
    #[serde(default)]
    citations: Vec<Marker>,
}

#[derive(Deserialize)]
struct Numbered {
    number: u32,
    label: String,
    #[serde(default)]
    references: Vec<Cited>,
}

#[derive(Deserialize)]
struct Cited {
    kind: String,
    printed: String,
    url: Option<String>,
    date: Option<jiff::civil::Date>,
}

/// An edition in JSON.
pub(super) fn json(path: &Path, text: &str, desk: &Desk) -> Result<Written, Failure> {
    let fault = |error: serde_json::Error| {
        let line = Some(error.line()).filter(|line| *line > 0);
        Failure::unreadable(format!("{}: no edition in JSON: {error}", path.display()))
            .line(line)
            .hint("Give an edition as the desk keeps it, as `edition parse` prints it, or as it is published.")
    };
    let mut value: serde_json::Value = serde_json::from_str(text).map_err(fault)?;
    if value
        .get("schema")
        .and_then(serde_json::Value::as_str)
        .is_some_and(|schema| schema.starts_with("sitrep-edition/"))
    {
        let published: Published = serde_json::from_value(value).map_err(fault)?;
        return Ok(Written::Printed(published.into()));
    }
    if value.get("cross_references").is_some() && value.get("unclassified").is_some() {
        return serde_json::from_value(value).map(Written::Printed).map_err(fault);
    }
    if let Some(object) = value.as_object_mut() {
        object.entry("desk").or_insert_with(|| desk.id.as_str().into());
        object.entry("id").or_insert_with(|| "edition".into());
    }
    serde_json::from_value(value).map(Written::Kept).map_err(fault)
}

impl From<Published> for Edition {
    fn from(published: Published) -> Self {
        Self {
            title: published.title,
            date: published.date,
            cutoff: published.cutoff,
            authors: published.authors,
            standing: published.standing,
            notices: published.notices,
            takeaways: published.takeaways.into_iter().map(takeaway).collect(),
            sections: published.sections.into_iter().map(section).collect(),
            notes: published.notes.into_iter().map(note).collect(),
            cross_references: Vec::new(),
            unclassified: Vec::new(),
            truncated: None,
            left_out: Vec::new(),
        }
    }
}

fn takeaway(takeaway: Announcing) -> Takeaway {
    let paragraphs = takeaway.announces.iter().cloned().collect();
    Takeaway { text: takeaway.text, label: None, paragraph: takeaway.announces, paragraphs }
}

fn section(part: Part) -> Section {
    let paragraph = |body: Body| {
        let characters: Vec<char> = body.text.chars().collect();
        let first = sitrep_language::sentences::sentences(&body.text).into_iter().next();
        let topic = first.and_then(|span| characters.get(span)).map(|topic| topic.iter().collect());
        Paragraph { id: body.id, topic, text: body.text, citations: body.citations, line: 0 }
    };
    let paragraphs = part.paragraphs.into_iter().map(paragraph).collect();
    Section { title: part.title, level: part.level, scope: part.scope, paragraphs }
}

fn note(note: Numbered) -> Note {
    let reference = |cited: Cited| {
        let whole = sitrep_language::address::refang(&cited.printed);
        let kind = match cited.kind.as_str() {
            "edition" => "edition",
            "document" | "address" => "document",
            _ => "text",
        };
        let defanged = whole.as_ref().is_some_and(|whole| whole.spelling.is_some());
        let url = cited.url.or_else(|| whole.filter(|_| kind != "text").map(|whole| whole.url));
        Reference { printed: cited.printed, url, defanged, kind: kind.to_owned(), edition_date: cited.date }
    };
    Note { number: note.number, label: note.label, references: note.references.into_iter().map(reference).collect() }
}
