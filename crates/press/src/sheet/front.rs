//! What stands before the text, around it, and in the file's properties.

use super::direction::Tongue;
use super::prose::{Block, Prose};
use super::text::{beginning, line, pieces};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;
use sitrep_editions::Manuscript;
use sitrep_model::edition::{Correction, EditionState};

const GONE: &str = "This edition was taken down. Its text is no longer shown here.";
const RETRACTED: &str = "This edition was withdrawn as wrong. Its text stays readable as it was published.";

/// Longest desk or publisher name, longest label, and longest address at the head and foot of each page.
const NAME: usize = 60;
const LABEL: usize = 110;
const ADDRESS: usize = 160;

/// The file's properties.
#[derive(Debug, Serialize)]
pub(super) struct Document {
    title: String,
    authors: Vec<String>,
    description: String,
    keywords: Vec<String>,
    language: Tongue,
    region: Option<String>,
}

/// The head of the first page, and of all following ones.
#[derive(Debug, Serialize)]
pub(super) struct Head {
    desk: Option<Block>,
    title: Block,
    authors: Option<Block>,
    date: String,
    cutoff: Option<String>,
    /// For the running head.
    running: Option<Block>,
    publisher: Option<Block>,
    label: Option<Block>,
    /// Where the edition is found, as printed and as a link.
    address: Vec<String>,
    link: Option<String>,
}

/// That an edition was withdrawn or taken down.
#[derive(Debug, Serialize)]
pub(super) struct Withdrawn {
    heading: &'static str,
    text: &'static str,
    act: Option<Act>,
}

/// A public act on an edition.
#[derive(Debug, Serialize)]
pub(super) struct Act {
    at: String,
    note: Block,
}

/// The file's properties. A file always has a title and an author.
pub(super) fn document(manuscript: &Manuscript<'_>, language: Tongue) -> Document {
    let (desk, edition) = (manuscript.desk, manuscript.edition);
    let mut authors: Vec<String> = edition.authors.iter().map(|author| line(author)).collect();
    authors.retain(|author| !author.is_empty());
    if authors.is_empty() {
        authors.push(beginning(if desk.publisher.trim().is_empty() { &desk.name } else { &desk.publisher }, 200));
    }
    let region = desk.language.split(['-', '_']).skip(1).find(|tag| tag.len() == 2);
    let region = region.filter(|tag| tag.chars().all(|c| c.is_ascii_alphabetic())).map(str::to_ascii_uppercase);
    let label = desk.label.as_deref().map(|label| format!(" {}", beginning(label, 500))).unwrap_or_default();
    let description = format!("{}, {}.{label}", beginning(&desk.name, 200), day(edition.date));
    let keywords = vec![beginning(&desk.name, 200), edition.date.to_string()];
    Document { title: title(manuscript), authors, description, keywords, language, region }
}

/// The title as printed; the desk's name and the date where the edition has none.
fn title(manuscript: &Manuscript<'_>) -> String {
    let title = beginning(&manuscript.edition.title, 1_000);
    if !title.is_empty() {
        return title;
    }
    format!("{}, {}", beginning(&manuscript.desk.name, 200), day(manuscript.edition.date))
}

/// The heads of the pages.
pub(super) fn head(manuscript: &Manuscript<'_>, prose: &Prose<'_>) -> Head {
    let (desk, edition) = (manuscript.desk, manuscript.edition);
    let link = super::links::followable(&manuscript.address(), manuscript.base);
    Head {
        desk: prose.plain(&beginning(&desk.name, 200)),
        title: prose.plain(&title(manuscript)).unwrap_or_default(),
        authors: prose.plain(&edition.authors.join(", ")),
        date: day(edition.date),
        cutoff: edition.cutoff.map(|cutoff| moment(cutoff, &desk.time_zone)),
        running: prose.plain(&beginning(&desk.name, NAME)),
        publisher: prose.plain(&beginning(&desk.publisher, NAME)),
        label: desk.label.as_deref().and_then(|label| prose.plain(&beginning(label, LABEL))),
        address: pieces(&beginning(&manuscript.address(), ADDRESS)),
        link,
    }
}

/// That the edition is withdrawn or taken down, and why: what its last public act says.
pub(super) fn withdrawn(manuscript: &Manuscript<'_>, prose: &Prose<'_>) -> Option<Withdrawn> {
    let (heading, text) = match manuscript.edition.state {
        EditionState::TakenDown => ("Taken down", GONE),
        EditionState::Retracted => ("Retracted", RETRACTED),
        _ => return None,
    };
    let act = manuscript.edition.corrections.last().and_then(|correction| act(correction, manuscript, prose));
    Some(Withdrawn { heading, text, act })
}

/// What was corrected, newest first. The last act on a withdrawn edition is its withdrawal.
pub(super) fn corrections(manuscript: &Manuscript<'_>, prose: &Prose<'_>) -> Vec<Act> {
    let edition = manuscript.edition;
    let last = usize::from(edition.state == EditionState::Retracted);
    edition.corrections.iter().rev().skip(last).filter_map(|correction| act(correction, manuscript, prose)).collect()
}

fn act(correction: &Correction, manuscript: &Manuscript<'_>, prose: &Prose<'_>) -> Option<Act> {
    let note = prose.plain(&correction.note)?;
    Some(Act { at: moment(correction.at, &manuscript.desk.time_zone), note })
}

/// A day: `20 November 2026`.
fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// A moment in a desk's time zone; in UTC where the zone is unknown.
fn moment(at: Timestamp, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    at.to_zoned_datetime(zone).strftime("%-d %B %Y, %H:%M %Z").to_string()
}
