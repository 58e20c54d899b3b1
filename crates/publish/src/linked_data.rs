//! An edition described for search engines and libraries: schema.org as JSON-LD 1.1.

use crate::formats::{corrections, is_gone, reason};
use crate::links;
use serde_json::{Map, Value, json};
use sitrep_editions::Manuscript;
use sitrep_model::Noun;
use sitrep_model::edition::EditionState;
use std::collections::BTreeSet;

/// The edition as a `Report` in a `Periodical`, as it may stand in a page's `<script type="application/ld+json">`: nothing in it
/// ends the element.
pub fn edition(manuscript: &Manuscript<'_>) -> String {
    let (desk, edition) = (manuscript.desk, manuscript.edition);
    let publisher = if desk.publisher.is_empty() { &desk.name } else { &desk.publisher };
    let house = json!({ "@type": "Organization", "name": publisher });
    let authors: Vec<Value> =
        edition.authors.iter().map(|author| json!({ "@type": "Person", "name": author })).collect();
    let takeaways = edition.takeaways.iter().map(|takeaway| takeaway.body.text.as_str());
    let summary = takeaways.collect::<Vec<_>>().join(" ");
    let changed = edition.corrections.last().map(|act| act.at);
    let fields = [
        ("@context", json!("https://schema.org")),
        ("@type", json!("Report")),
        ("@id", json!(manuscript.address())),
        ("url", json!(manuscript.address())),
        ("identifier", json!(edition.id.as_str())),
        ("headline", json!(edition.title)),
        ("name", json!(edition.title)),
        ("inLanguage", json!(desk.language)),
        ("datePublished", json!(edition.sort_at().map(|at| at.to_string()))),
        ("dateModified", json!(changed.or(edition.published).map(|at| at.to_string()))),
        ("isAccessibleForFree", json!(true)),
        ("author", if authors.is_empty() { house.clone() } else { json!(authors) }),
        ("publisher", house),
        ("isPartOf", periodical(manuscript)),
        ("creativeWorkStatus", json!(status(edition.state))),
        ("disambiguatingDescription", json!(desk.label)),
        ("abstract", if is_gone(manuscript) { Value::Null } else { json!(summary) }),
        ("articleSection", json!(sections(manuscript))),
        ("citation", json!(cited(manuscript))),
        ("correction", json!(acts(manuscript))),
        ("encoding", json!(forms(manuscript))),
    ];
    let kept: Map<String, Value> = fields
        .into_iter()
        .filter(|(_, value)| !(value.is_null() || value == &json!([]) || value == &json!("")))
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    inert(&Value::Object(kept))
}

/// JSON within an HTML element: no sign of it is read as markup.
fn inert(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

fn periodical(manuscript: &Manuscript<'_>) -> Value {
    let desk = manuscript.desk;
    let url = format!("{}/{}", manuscript.base, desk.id);
    json!({ "@type": "Periodical", "@id": url, "url": url, "name": desk.name })
}

const fn status(state: EditionState) -> &'static str {
    match state {
        EditionState::Published => "Published",
        EditionState::Corrected => "Published, corrected",
        EditionState::Retracted => "Retracted",
        EditionState::TakenDown => "Taken down",
        EditionState::Drafting | EditionState::InReview | EditionState::Approved => "Draft",
    }
}

fn sections<'m>(manuscript: &Manuscript<'m>) -> Vec<&'m str> {
    if is_gone(manuscript) {
        return Vec::new();
    }
    let titled = manuscript.edition.sections.iter().filter(|section| section.level <= 1 && !section.title.is_empty());
    titled.map(|section| section.title.as_str()).collect()
}

/// What it cites, each once: as printed, and where it may be followed with its address.
fn cited(manuscript: &Manuscript<'_>) -> Vec<Value> {
    if is_gone(manuscript) {
        return Vec::new();
    }
    let mut told = BTreeSet::new();
    let references = manuscript.notes.notes.iter().flat_map(|note| &note.references);
    references
        .filter(|reference| told.insert(reference.text.as_str()))
        .map(|reference| match reference.url.as_deref().and_then(links::followable) {
            Some(url) => {
                let root = if url.starts_with('/') { manuscript.base } else { "" };
                let url = format!("{root}{url}");
                // schema.org takes a text, too; a long edition cites two hundred bare addresses.
                match url == reference.text {
                    true => Value::String(url),
                    false => json!({ "@type": "CreativeWork", "name": reference.text, "url": url }),
                }
            }
            None => json!({ "@type": "CreativeWork", "name": reference.text }),
        })
        .collect()
}

fn acts(manuscript: &Manuscript<'_>) -> Vec<Value> {
    let acts = reason(manuscript).into_iter().chain(corrections(manuscript));
    acts.map(|act| json!({ "@type": "CorrectionComment", "datePublished": act.at.to_string(), "text": act.note }))
        .collect()
}

fn forms(manuscript: &Manuscript<'_>) -> Vec<Value> {
    if is_gone(manuscript) {
        return Vec::new();
    }
    let one = |extension: &str, media_type: &str| {
        let media_type = media_type.split(';').next().unwrap_or_default();
        let url = format!("{}.{extension}", manuscript.address());
        json!({ "@type": "MediaObject", "encodingFormat": media_type, "contentUrl": url })
    };
    let printed = crate::FORMATS.iter().map(|format| one(format.extension, format.media_type));
    std::iter::once(one("pdf", "application/pdf")).chain(printed).collect()
}
