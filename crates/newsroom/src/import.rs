//! Import of editions that a team has already: text, HTML, Markdown, DOCX. Two captures of one edition become two
//! versions of it.

use crate::compose::{edition_id, settle, tie_editions};
use crate::error::Error;
use crate::ids;
use crate::newsroom::Newsroom;
use crate::who::Who;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sitrep_editions::parse::{self, Parsed};
use sitrep_editions::{form, identity};
use sitrep_model::account::{Permission, Role};
use sitrep_model::citation::Target;
use sitrep_model::desk::{Desk, HouseStyle, Section};
use sitrep_model::edition::{Edition, EditionState, MarkKind};
use sitrep_model::id::{DeskId, SectionId};
use sitrep_model::likelihood::Scale;
use sitrep_store::{Expected, Reader, Versioned};

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
        let kept = self.desk(desk)?;
        let (read, unclassified) = understood(&kept, incoming)?;
        let mut edition = self.as_published(&kept, read);
        edition.origin_url = edition.origin_url.take().or_else(|| incoming.origin.clone());
        let known = self.read(|reader| place(reader, &mut edition))?;
        // What comes without the time of its capture was known when its edition was published; a second such capture
        // is known from now on.
        let recorded = incoming.captured.or(edition.published.filter(|_| !known));
        let base = self.base().to_owned();
        self.write_as_known(who, "edition.import", Some(desk), None, recorded, |writer| {
            tie_editions(writer, &mut edition, &base)?;
            let found: Option<Versioned<Edition>> = writer.get(edition.id.as_str())?;
            let before = found.as_ref().map(|found| found.value.clone());
            let settled = settle(before.as_ref().unwrap_or(&bare(&edition)), edition.clone());
            let settled = Edition { published: before.map_or(edition.published, |b| b.published), ..settled };
            let expected = found.as_ref().map_or(Expected::New, |found| Expected::Version(found.version));
            // What only leads to editions that have come in since is the same text.
            let kept = found.as_ref().filter(|found| untied(&found.value) == untied(&settled));
            let version = match kept {
                Some(kept) => kept.version,
                None => writer.put(&settled, expected)?,
            };
            let outcome = match found {
                None => "new",
                Some(found) if found.version == version => "same",
                Some(_) => "changed",
            };
            let edition = settled.id.as_str().to_owned();
            Ok(Imported {
                edition,
                slug: settled.slug,
                title: settled.title,
                version,
                outcome,
                unclassified: unclassified.clone(),
            })
        })
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

    fn as_published(&self, desk: &Desk, read: Edition) -> Edition {
        let zone = TimeZone::get(&desk.time_zone).unwrap_or(TimeZone::UTC);
        let evening = zone.to_timestamp(read.date.at(HOUR, 0, 0, 0)).ok();
        let mut edition = Edition { state: EditionState::Published, published: read.cutoff.or(evening), ..read };
        for part in &mut edition.sections {
            part.section =
                desk.sections.iter().find(|s| s.title.eq_ignore_ascii_case(&part.title)).map(|s| s.id.clone());
        }
        edition
    }
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

/// Below this share of common sentences a text without a title is not the edition of the same day that is kept.
const AKIN: f64 = 0.3;
/// From this share on it is, whatever its title.
const ALIKE: f64 = 0.7;
/// Editions of one day that are looked through.
const PER_DAY: usize = 50;

/// Gives an edition its slug and id: those of the edition that it is another capture of (`true`), or free ones: its
/// day, its day and what its title says besides, its day and a number.
fn place(reader: &mut Reader<'_>, edition: &mut Edition) -> Result<bool, Error> {
    let day = edition.date.to_string();
    let mut slug = day.clone();
    let mut titled = false;
    for number in 2..PER_DAY {
        let id = edition_id(&edition.desk, &slug);
        let found: Option<Versioned<Edition>> = reader.get(id.as_str())?;
        let same = found.as_ref().is_some_and(|found| is_capture_of(&found.value, edition));
        if found.is_none() || same {
            edition.slug = slug;
            edition.id = id;
            return Ok(same);
        }
        let own = found.as_ref().map(|found| own_words(&edition.title, &found.value.title)).unwrap_or_default();
        slug = if titled || own.is_empty() { format!("{day}-{number}") } else { format!("{day}-{own}") };
        titled = true;
    }
    Err(Error::invalid(format!("there are more than {PER_DAY} editions of {day}")))
}

fn is_capture_of(kept: &Edition, incoming: &Edition) -> bool {
    let untitled = |edition: &Edition| edition.title == sitrep_editions::untitled(edition.date);
    let akin = identity::kinship(kept, incoming);
    let either = untitled(kept) || untitled(incoming);
    (!either && kept.title == incoming.title) || akin >= ALIKE || (either && akin >= AKIN)
}

/// The words of a title that another one has not: `morning` of *Update Morning Report* beside *Update Evening Report*.
fn own_words(title: &str, other: &str) -> String {
    let words = |title: &str| -> Vec<String> { ids::slug(title).split('-').map(str::to_owned).collect() };
    let known = words(other);
    let own: Vec<String> = words(title).into_iter().filter(|word| !word.is_empty() && !known.contains(word)).collect();
    own.into_iter().take(4).collect::<Vec<_>>().join("-")
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
