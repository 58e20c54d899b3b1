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
use sitrep_model::account::{Permission, Role};
use sitrep_model::desk::{Desk, HouseStyle, Section};
use sitrep_model::edition::{Edition, EditionState};
use sitrep_model::id::{DeskId, SectionId};
use sitrep_model::likelihood::Scale;
use sitrep_store::{Expected, Versioned};

/// The hour at which an imported edition counts as published where its text does not say: most are sent in the evening.
const HOUR: i8 = 20;

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
    /// Imports an edition as published. `date` serves where the text has none; `captured` tells the moment a page was
    /// captured, so that a later capture becomes a later version.
    pub fn import_edition(
        &self,
        who: &Who,
        desk: &DeskId,
        bytes: &[u8],
        date: Option<Date>,
        captured: Option<Timestamp>,
    ) -> Result<Imported, Error> {
        who.must_be(Role::Editor, desk)?;
        let kept = self.desk(desk)?;
        let parsed = parse::parse(bytes, None).map_err(|error| Error::invalid(error.to_string()))?;
        let unclassified = unclassified(&parsed);
        let read = parsed
            .into_edition(desk, date, &mut |_| String::new())
            .map_err(|error| Error::invalid(error.to_string()))?;
        let mut edition = self.as_published(&kept, read);
        let base = self.base().to_owned();
        let recorded = captured.or(edition.published);
        self.write_as_known(who, "edition.import", Some(desk), None, recorded, |writer| {
            tie_editions(writer, &mut edition, &base)?;
            let found: Option<Versioned<Edition>> = writer.get(edition.id.as_str())?;
            let before = found.as_ref().map(|found| found.value.clone());
            let settled = settle(before.as_ref().unwrap_or(&bare(&edition)), edition.clone());
            let settled = Edition { published: before.map_or(edition.published, |b| b.published), ..settled };
            let expected = found.as_ref().map_or(Expected::New, |found| Expected::Version(found.version));
            let version = writer.put(&settled, expected)?;
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
    pub fn desk_from_edition(&self, who: &Who, id: Option<&str>, bytes: &[u8]) -> Result<Desk, Error> {
        who.must(Permission::Operator, None)?;
        let parsed = parse::parse(bytes, None).map_err(|error| Error::invalid(error.to_string()))?;
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
        edition.slug = edition.date.to_string();
        edition.id = edition_id(&desk.id, &edition.slug);
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
