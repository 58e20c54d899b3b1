//! Import of editions that a team has already: text, HTML, Markdown, DOCX. Two captures of one edition become two
//! versions of it.

mod many;
mod place;

pub use many::IncomingFile;

use crate::compose::{edition_id, settle, tie_editions};
use crate::error::Error;
use crate::ids;
use crate::newsroom::Newsroom;
use crate::who::Who;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use place::place;
use sitrep_editions::form;
use sitrep_editions::parse::{self, Parsed};
use sitrep_model::account::{Permission, Role};
use sitrep_model::citation::Target;
use sitrep_model::desk::{Desk, HouseStyle, Section};
use sitrep_model::edition::{Edition, EditionState, MarkKind};
use sitrep_model::id::{DeskId, SectionId};
use sitrep_model::likelihood::Scale;
use sitrep_store::{Batch, Expected};

/// The hour at which an imported edition counts as published where its text does not say: most are sent in the evening.
const HOUR: i8 = 20;

/// An edition that comes from outside.
#[derive(Debug, Clone, Default)]
pub struct Incoming<'a> {
    /// The file.
    pub bytes: &'a [u8],
    /// A day that serves where the text has none, or one without its year: that of the file's name.
    pub date: Option<Date>,
    /// When the page was captured: a later capture becomes a later version.
    pub captured: Option<Timestamp>,
    /// Where it was published.
    pub origin: Option<String>,
}

/// What an import made of one file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Imported {
    /// The edition's id.
    pub edition: String,
    /// Its slug.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The version that was written; the one that was there where nothing changed.
    pub version: u64,
    /// `new`, `changed` or `same`.
    pub outcome: &'static str,
    /// What was not understood, and is kept unclassified: line and reason.
    pub unclassified: Vec<(usize, String)>,
}

impl Newsroom {
    /// Imports an edition as published: in the desk's form, or in whatever its team wrote it. An edition of the same
    /// day with the same title or the same text is another capture of it and becomes its next version; one with
    /// another title is another edition of that day.
    pub fn import_edition(&self, who: &Who, desk: &DeskId, incoming: &Incoming<'_>) -> Result<Imported, Error> {
        who.must_be(Role::Editor, desk)?;
        let read = read(&self.desk(desk)?, incoming)?;
        self.store().changes(|batch| self.enter(batch, who, &read))
    }

    /// Enters a text that was read as one change.
    fn enter(&self, batch: &mut Batch<'_>, who: &Who, read: &Read) -> Result<Imported, Error> {
        let edition = &read.edition;
        // Looked for in the change itself, so that nothing comes between; when it is known since must be said before it.
        let known = batch.read(|reader| place(reader, edition))?;
        // What comes without the time of its capture was known when its edition was published; a second such capture
        // is known from now on.
        let recorded = read.captured.or(edition.published.filter(|_| known.before.is_none()));
        let request = self.request(who, "edition.import", Some(&edition.desk), None, recorded);
        let (imported, _) = batch.change::<_, Error>(request, |writer| {
            let mut edition = Edition { id: known.id, slug: known.slug, ..edition.clone() };
            tie_editions(writer, &mut edition, self.base())?;
            let Some(before) = known.before else {
                // What was read under the day's own id bears ids of that id already.
                let settled = if edition.id == read.edition.id { edition } else { settle(&bare(&edition), edition) };
                let version = writer.put(&settled, Expected::New)?;
                return Ok(read.imported(settled, version, "new"));
            };
            let published = before.value.published;
            let settled = Edition { published, ..settle(&before.value, edition) };
            // What only leads to editions that have come in since is the same text.
            if untied(&before.value) == untied(&settled) {
                return Ok(read.imported(settled, before.version, "same"));
            }
            let version = writer.put(&settled, Expected::Version(before.version))?;
            Ok(read.imported(settled, version, if version == before.version { "same" } else { "changed" }))
        })?;
        Ok(imported)
    }

    /// Makes a plain desk out of what an edition says of itself: for an archive that comes without a desk's folder.
    pub fn desk_from_edition(&self, who: &Who, id: Option<&str>, incoming: &Incoming<'_>) -> Result<Desk, Error> {
        who.must(Permission::Operator, None)?;
        let parsed = parse::parse_near(incoming.bytes, None, incoming.date)
            .map_err(|error| Error::invalid(error.to_string()))?;
        let desk = plain_desk(&parsed, id);
        let recorded = parsed.date.and_then(|date| TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok());
        self.write_as_known(who, "desk.make", Some(&desk.id), None, recorded, |writer| {
            writer.put(&desk, Expected::New)?;
            Ok(desk.clone())
        })
    }
}

/// An edition that was read and not yet looked for: with the id of its day, and sentences that have ids.
pub(super) struct Read {
    edition: Edition,
    captured: Option<Timestamp>,
    unclassified: Vec<(usize, String)>,
}

impl Read {
    fn imported(&self, edition: Edition, version: u64, outcome: &'static str) -> Imported {
        let unclassified = self.unclassified.clone();
        let Edition { id, slug, title, .. } = edition;
        Imported { edition: id.as_str().to_owned(), slug, title, version, outcome, unclassified }
    }
}

/// Everything about an incoming edition that needs no store.
pub(super) fn read(desk: &Desk, incoming: &Incoming<'_>) -> Result<Read, Error> {
    let (read, unclassified) = understood(desk, incoming)?;
    let mut edition = as_published(desk, read);
    edition.origin_url = edition.origin_url.take().or_else(|| incoming.origin.clone());
    edition.slug = edition.date.to_string();
    edition.id = edition_id(&edition.desk, &edition.slug);
    let edition = settle(&bare(&edition), edition);
    Ok(Read { edition, captured: incoming.captured, unclassified })
}

fn as_published(desk: &Desk, read: Edition) -> Edition {
    let zone = TimeZone::get(&desk.time_zone).unwrap_or(TimeZone::UTC);
    let evening = zone.to_timestamp(read.date.at(HOUR, 0, 0, 0)).ok();
    let mut edition = Edition { state: EditionState::Published, published: read.cutoff.or(evening), ..read };
    for part in &mut edition.sections {
        part.section = desk.sections.iter().find(|s| s.title.eq_ignore_ascii_case(&part.title)).map(|s| s.id.clone());
    }
    edition
}

/// An edition with the same standing and no text: what a new import is settled against.
pub(crate) fn bare(edition: &Edition) -> Edition {
    Edition { takeaways: Vec::new(), sections: Vec::new(), citations: Vec::new(), ..edition.clone() }
}

/// An edition without what its references to other editions were found to be in this store.
fn untied(edition: &Edition) -> Edition {
    let mut edition = edition.clone();
    for reference in edition.citations.iter_mut().flat_map(|citation| &mut citation.references) {
        if let Target::Edition { edition, sentence, .. } = &mut reference.target {
            (*edition, *sentence) = (None, None);
        }
    }
    for mark in edition.paragraphs_mut().flat_map(|paragraph| &mut paragraph.marks) {
        if let MarkKind::CrossReference { edition, sentence, .. } = &mut mark.kind {
            (*edition, *sentence) = (None, None);
        }
    }
    edition
}

/// An incoming text understood, with what was not.
fn understood(desk: &Desk, incoming: &Incoming<'_>) -> Result<(Edition, Vec<(usize, String)>), Error> {
    let invalid = |error: sitrep_editions::Error| Error::invalid(error.to_string());
    if let Ok(text) = std::str::from_utf8(incoming.bytes)
        && form::is_form(text)
    {
        return Ok((form::read(text, desk, &mut |_| String::new()).map_err(invalid)?, Vec::new()));
    }
    let parsed = parse::parse_near(incoming.bytes, None, incoming.date).map_err(invalid)?;
    let unclassified = unclassified(&parsed);
    let read = parsed.into_edition(&desk.id, incoming.date, &mut |_| String::new()).map_err(invalid)?;
    Ok((read, unclassified))
}

fn unclassified(parsed: &Parsed) -> Vec<(usize, String)> {
    parsed.unclassified.iter().map(|block| (block.line, block.reason.clone())).collect()
}

/// `Iran Update, June 21, 2023` is an edition of the desk *Iran Update*.
fn plain_desk(parsed: &Parsed, id: Option<&str>) -> Desk {
    let title = parsed.title.as_deref().unwrap_or("Editions");
    let end = title.find(|c: char| c.is_ascii_digit() || matches!(c, ',' | ':' | '–' | '|')).unwrap_or(title.len());
    let months = |word: &str| sitrep_editions::parse::date_in(&format!("{word} 1, 2000")).is_some();
    let words: Vec<&str> = title[..end].split_whitespace().take_while(|word| !months(word)).collect();
    let name = if words.is_empty() { "Editions".to_owned() } else { words.join(" ") };
    let id = id.map_or_else(|| ids::slug(&name), str::to_owned);
    let sections = parsed.sections.iter().filter(|section| section.level == 1 && !section.title.is_empty());
    let sections = sections.map(|section| Section {
        id: SectionId(ids::slug(&section.title)),
        title: section.title.clone(),
        scope: section.scope.map(|block| parsed.blocks[block].text.clone()).unwrap_or_default(),
    });
    Desk {
        id: DeskId(id),
        name,
        publisher: String::new(),
        language: "en".to_owned(),
        time_zone: "UTC".to_owned(),
        standing: parsed.standing.clone().unwrap_or_default(),
        label: None,
        publishing_days: Vec::new(),
        sections: sections.collect(),
        event_types: Vec::new(),
        scale: Scale::icd_203(),
        style: HouseStyle::default(),
        two_persons: false,
        mail_from: None,
        interests: Vec::new(),
        watch_days: None,
    }
}
