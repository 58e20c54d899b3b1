//! What of an object is searched: an edition by its paragraphs, a document by stretches of its text, an event and an
//! assessment whole.

use crate::error::Error;
use crate::projection::NO_TIME;
use serde::{Deserialize, Serialize};
use sitrep_model::assessment::Assessment;
use sitrep_model::citation::Target;
use sitrep_model::document::Document;
use sitrep_model::edition::{Edition, EditionSection, EditionState, Paragraph};
use sitrep_model::event::{Event, EventStatus};
use sitrep_model::visibility::Visibility;
use sitrep_model::{Kind, Noun};

/// The kinds that are searched.
pub(super) const KINDS: [Kind; 4] = [Kind::Assessment, Kind::Document, Kind::Edition, Kind::Event];

/// Characters of a document that make one unit, more or less.
const STRETCH: usize = 1500;

/// What is kept of a unit to show it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Shown {
    #[serde(rename = "k")]
    pub(super) kind: Kind,
    #[serde(rename = "i")]
    pub(super) id: String,
    /// Which unit of the object.
    #[serde(rename = "a")]
    pub(super) anchor: String,
    #[serde(rename = "d")]
    pub(super) desk: String,
    #[serde(rename = "t")]
    pub(super) title: String,
    #[serde(rename = "l")]
    pub(super) language: Option<String>,
    #[serde(rename = "x")]
    pub(super) text: String,
    /// Ids of sentences and where they stand in the text, in bytes.
    #[serde(rename = "s")]
    pub(super) sentences: Vec<(String, usize, usize)>,
    #[serde(rename = "w")]
    pub(super) date: i64,
}

/// One thing that is found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Unit {
    pub(super) shown: Shown,
    /// Searched, not shown: a place's name, a byline.
    pub(super) extra: String,
    pub(super) tags: Vec<String>,
    pub(super) public: bool,
}

impl Unit {
    /// A document is shown once, whichever of its stretches were found; an edition by each paragraph.
    pub(super) fn group(&self) -> String {
        let Shown { kind, id, anchor, .. } = &self.shown;
        match kind {
            Kind::Edition => format!("{}/{id}#{anchor}", kind.as_str()),
            _ => format!("{}/{id}", kind.as_str()),
        }
    }
}

/// The units of a version. `public_from` tells from when an assessment's edition was public.
pub(super) fn of_payload(kind: Kind, payload: &str) -> Result<Vec<Unit>, Error> {
    fn read<N: Noun>(payload: &str) -> Result<N, Error> {
        serde_json::from_str(payload)
            .map_err(|e| Error::damaged(format!("a version of a {}", N::KIND.as_str()), e.to_string()))
    }
    Ok(match kind {
        Kind::Edition => of_edition(&read::<Edition>(payload)?),
        Kind::Document => of_document(&read::<Document>(payload)?),
        Kind::Event => of_event(&read::<Event>(payload)?),
        Kind::Assessment => of_assessment(&read::<Assessment>(payload)?),
        _ => Vec::new(),
    })
}

/// The editions that an assessment's steps stand in.
pub(super) fn editions_of(payload: &str) -> Result<Vec<String>, Error> {
    let assessment: Assessment =
        serde_json::from_str(payload).map_err(|e| Error::damaged("a version of an assessment", e.to_string()))?;
    Ok(assessment.steps.iter().filter_map(|step| step.edition.as_ref()).map(|id| id.as_str().to_owned()).collect())
}

fn shown<N: Noun>(noun: &N, anchor: impl Into<String>, text: impl Into<String>) -> Shown {
    Shown {
        kind: N::KIND,
        id: noun.id().to_owned(),
        anchor: anchor.into(),
        desk: noun.desk().map(|desk| desk.as_str().to_owned()).unwrap_or_default(),
        title: noun.title(),
        language: None,
        text: text.into(),
        sentences: Vec::new(),
        date: noun.sort_at().map_or(NO_TIME, jiff::Timestamp::as_microsecond),
    }
}

fn of_edition(edition: &Edition) -> Vec<Unit> {
    // What was taken down is no longer read; what was retracted stays readable, marked.
    let public = edition.state.is_public() && edition.state != EditionState::TakenDown;
    let title = shown(edition, "", edition.title.as_str());
    let mut units = vec![Unit { shown: title, extra: String::new(), tags: Vec::new(), public }];
    for (n, takeaway) in edition.takeaways.iter().enumerate() {
        units.push(of_paragraph(edition, None, &takeaway.body, &format!("takeaway-{n}"), public));
    }
    let mut standing: Option<&EditionSection> = None;
    for (s, section) in edition.sections.iter().enumerate() {
        if section.level <= 1 || standing.is_none() {
            standing = Some(section);
        }
        for (n, paragraph) in section.paragraphs.iter().enumerate() {
            units.push(of_paragraph(edition, standing, paragraph, &format!("{s}-{n}"), public));
        }
    }
    units
}

fn of_paragraph(
    edition: &Edition,
    section: Option<&EditionSection>,
    paragraph: &Paragraph,
    place: &str,
    public: bool,
) -> Unit {
    let anchor = if paragraph.id.as_str().is_empty() { place } else { paragraph.id.as_str() };
    let mut shown = shown(edition, anchor, paragraph.text.as_str());
    let bytes: Vec<usize> = paragraph.text.char_indices().map(|(at, _)| at).chain([paragraph.text.len()]).collect();
    let byte = |point: usize| bytes.get(point).copied().unwrap_or(paragraph.text.len());
    shown.sentences = paragraph
        .sentences
        .iter()
        .map(|sentence| (sentence.id.as_str().to_owned(), byte(sentence.start), byte(sentence.end)))
        .collect();
    let mut tags = Vec::new();
    if let Some(section) = section {
        tags.extend(section.section.iter().map(|id| format!("section={}", lower(id.as_str()))));
        tags.extend(sitrep_language::fold::words(&section.title).into_iter().map(|word| format!("section={word}")));
    }
    tags.extend(paragraph.campaign.iter().map(|id| format!("campaign={}", lower(id.as_str()))));
    for mark in &paragraph.citations {
        let references = edition.citation(&mark.citation).map(|citation| citation.references.as_slice());
        for reference in references.unwrap_or_default() {
            match &reference.target {
                Target::Address { url } => tags.extend(outlet(url)),
                Target::Document { document, .. } => tags.push(format!("cites={}", lower(document.as_str()))),
                _ => {}
            }
        }
    }
    unit(shown, String::new(), tags, public)
}

fn unit(shown: Shown, extra: String, mut tags: Vec<String>, public: bool) -> Unit {
    tags.sort();
    tags.dedup();
    Unit { shown, extra, tags, public }
}

/// The newsroom reads every document; readers those that something published rests on.
fn of_document(document: &Document) -> Vec<Unit> {
    let mut tags = outlet(&document.url);
    tags.push(format!("language={}", lower(&document.language)));
    tags.extend(document.source.iter().map(|id| format!("outlet={}", lower(id.as_str()))));
    let language = Some(document.language.clone());
    let mut extra = document.byline.join(" · ");
    for translation in &document.translations {
        extra.push_str(" · ");
        extra.push_str(&translation.title);
    }
    let stretches = stretches(&document.paragraphs);
    if stretches.is_empty() {
        let title = Shown { language, ..shown(document, "", document.title.as_str()) };
        return vec![unit(title, extra, tags, document.opened)];
    }
    // Each stretch is found by the title too, so that a word of it and one of the text meet.
    let titled = format!("{} · {extra}", document.title);
    let stretches = stretches.into_iter().enumerate().map(|(n, text)| {
        let part = Shown { language: language.clone(), ..shown(document, (n + 1).to_string(), text) };
        let extra = if n == 0 { titled.clone() } else { document.title.clone() };
        unit(part, extra, tags.clone(), document.opened)
    });
    stretches.collect()
}

/// Paragraphs together until they make a stretch; a longer one is cut between words.
fn stretches(paragraphs: &[String]) -> Vec<String> {
    let mut stretches: Vec<String> = Vec::new();
    let mut current = String::new();
    for paragraph in paragraphs {
        for piece in paragraph.split_inclusive(char::is_whitespace) {
            current.push_str(piece);
            if current.len() > STRETCH * 2 {
                stretches.push(std::mem::take(&mut current));
            }
        }
        if current.len() > STRETCH {
            stretches.push(std::mem::take(&mut current));
        } else if !current.is_empty() {
            current.push('\n');
        }
    }
    if !current.trim().is_empty() {
        stretches.push(current);
    }
    stretches
}

fn of_event(event: &Event) -> Vec<Unit> {
    let public = event.visibility == Visibility::Public && event.status != EventStatus::Withdrawn;
    let mut tags = vec![format!("type={}", lower(&event.event_type))];
    tags.extend(event.actors.iter().map(|participant| format!("actor={}", lower(participant.actor.as_str()))));
    tags.extend(event.at.place.iter().map(|place| format!("place={}", lower(place.as_str()))));
    tags.extend(event.layer.iter().map(|layer| format!("layer={}", lower(layer.as_str()))));
    vec![unit(shown(event, "", event.summary.as_str()), event.at.name.clone(), tags, public)]
}

fn of_assessment(assessment: &Assessment) -> Vec<Unit> {
    let mut tags = Vec::new();
    tags.extend(assessment.section.iter().map(|id| format!("section={}", lower(id.as_str()))));
    tags.extend(assessment.campaign.iter().map(|id| format!("campaign={}", lower(id.as_str()))));
    let extra = assessment.would_change.join(" · ");
    vec![unit(shown(assessment, "", assessment.statement.as_str()), extra, tags, false)]
}

fn lower(id: &str) -> String {
    id.to_lowercase()
}

/// An address's host, and its name without the ending: `outlet:example` finds `www.example.org`.
fn outlet(url: &str) -> Vec<String> {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = host.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host).to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    if host.is_empty() || !host.contains('.') {
        return Vec::new();
    }
    let mut tags = vec![format!("outlet={host}")];
    tags.extend(host.split('.').filter(|part| part.len() > 3).map(|part| format!("outlet={part}")));
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_is_found_by_host_and_by_name() {
        assert_eq!(outlet("https://www.Example.org/a?b"), ["outlet=example.org", "outlet=example"]);
        assert!(outlet("nothing").is_empty());
    }

    #[test]
    fn stretches_hold_all_of_the_text() {
        let paragraphs = vec!["word ".repeat(2000), "short".to_owned(), "other".to_owned()];
        let parts = stretches(&paragraphs);
        assert!(parts.len() > 2 && parts.iter().all(|part| part.len() <= STRETCH * 2 + 10));
        let words = |text: &str| text.split_whitespace().count();
        assert_eq!(parts.iter().map(|part| words(part)).sum::<usize>(), 2002);
    }
}
