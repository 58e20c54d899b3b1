//! What readers ask: the newest edition, the archive, an edition as it stood, its versions, who relies on it.

use crate::error::Error;
use crate::newsroom::{Newsroom, look};
use jiff::Timestamp;
use sitrep_editions::diff::{self, Difference};
use sitrep_model::Kind;
use sitrep_model::desk::Desk;
use sitrep_model::edition::{Edition, EditionState};
use sitrep_model::id::DeskId;
use sitrep_store::{Cursor, Order, Page, Query, Reader, Versioned};

/// The states in which readers know of an edition.
const PUBLIC: [EditionState; 4] =
    [EditionState::Published, EditionState::Corrected, EditionState::Retracted, EditionState::TakenDown];

/// An edition named in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionLine {
    /// Its slug.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The sentence that is meant, where one is.
    pub sentence: Option<String>,
}

/// A public version of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionLine {
    /// Its number in the record.
    pub version: u64,
    /// Since when it stood so.
    pub recorded: Timestamp,
    /// What was done: `Published`, `Corrected`, `Retracted`, `Taken down`.
    pub what: &'static str,
    /// For readers: what was wrong.
    pub note: Option<String>,
}

/// An edition as its page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct EditionPage {
    /// The edition.
    pub edition: Versioned<Edition>,
    /// The article, as HTML; empty where it was taken down.
    pub article: String,
    /// Later public editions that rely on it.
    pub cited_by: Vec<EditionLine>,
    /// Editions it relies on that were retracted or taken down since.
    pub withdrawn: Vec<EditionLine>,
    /// Its public versions, oldest first.
    pub versions: Vec<VersionLine>,
}

impl Newsroom {
    /// One page of a desk's public editions as known at a moment, newest first.
    pub fn published(
        &self,
        desk: &DeskId,
        as_of: Option<Timestamp>,
        limit: usize,
        after: Option<Cursor>,
    ) -> Result<Page<Versioned<Edition>>, Error> {
        let status = PUBLIC.iter().map(|state| state.as_str().to_owned()).collect();
        let query = Query {
            desk: Some(desk.clone()),
            status,
            as_of,
            order: Order::NewestFirst,
            limit,
            after,
            ..Query::default()
        };
        self.read(|reader| Ok(reader.list(&query)?))
    }

    /// A public edition by its slug, as known at a moment.
    pub fn public_edition(
        &self,
        desk: &DeskId,
        slug: &str,
        as_of: Option<Timestamp>,
    ) -> Result<Versioned<Edition>, Error> {
        self.read(|reader| public_edition(reader, desk, slug, as_of))
    }

    /// An edition with everything its page shows.
    pub fn edition_page(&self, desk: &Desk, slug: &str, as_of: Option<Timestamp>) -> Result<EditionPage, Error> {
        let edition = self.public_edition(&desk.id, slug, as_of)?;
        let article = match edition.value.state {
            EditionState::TakenDown => String::new(),
            _ => self.article(desk, &edition.value, as_of)?,
        };
        self.read(|reader| {
            let cited_by = relying(reader, &edition.value, as_of)?;
            let withdrawn = withdrawn(reader, &edition.value, as_of)?;
            let versions = public_versions(reader, &edition.value, as_of)?;
            Ok(EditionPage { edition, article, cited_by, withdrawn, versions })
        })
    }

    /// What a version of an edition changed against the public version before it, by sentence; with the version.
    pub fn version_changes(
        &self,
        desk: &DeskId,
        slug: &str,
        version: u64,
    ) -> Result<(Versioned<Edition>, Vec<Difference>), Error> {
        self.read(|reader| {
            let now = public_edition(reader, desk, slug, None)?;
            let versions = public_versions(reader, &now.value, None)?;
            let missing = || Error::not_found("version", version.to_string());
            let place = versions.iter().position(|line| line.version == version).filter(|place| *place > 0);
            let before = &versions[place.ok_or_else(missing)? - 1];
            let id = now.value.id.as_str();
            let after: Versioned<Edition> = reader.get_version(id, version)?.ok_or_else(missing)?;
            let before: Versioned<Edition> = reader.get_version(id, before.version)?.ok_or_else(missing)?;
            let differences = diff::editions(&before.value, &after.value);
            Ok((after, differences))
        })
    }
}

pub(crate) fn public_edition(
    reader: &mut Reader<'_>,
    desk: &DeskId,
    slug: &str,
    as_of: Option<Timestamp>,
) -> Result<Versioned<Edition>, Error> {
    let id = crate::compose::edition_id(desk, slug);
    let found: Option<Versioned<Edition>> = look(reader, id.as_str(), as_of)?;
    found
        .filter(|found| &found.value.desk == desk && found.value.state.is_public())
        .ok_or_else(|| Error::not_found("edition", slug))
}

/// Public editions that point to an edition, in reading order of the sentences that do.
fn relying(reader: &mut Reader<'_>, edition: &Edition, as_of: Option<Timestamp>) -> Result<Vec<EditionLine>, Error> {
    let mut lines: Vec<EditionLine> = Vec::new();
    for link in reader.links_to(Kind::Edition, edition.id.as_str(), as_of)? {
        if link.kind != Kind::Edition || link.id == edition.id.as_str() {
            continue;
        }
        let found: Option<Versioned<Edition>> = look(reader, &link.id, as_of)?;
        if let Some(found) = found.filter(|found| found.value.state.is_public())
            && !lines.iter().any(|line| line.slug == found.value.slug)
        {
            lines.push(EditionLine { slug: found.value.slug, title: found.value.title, sentence: link.anchor });
        }
    }
    Ok(lines)
}

fn withdrawn(reader: &mut Reader<'_>, edition: &Edition, as_of: Option<Timestamp>) -> Result<Vec<EditionLine>, Error> {
    let mut lines: Vec<EditionLine> = Vec::new();
    for link in reader.links_from(Kind::Edition, edition.id.as_str(), as_of)? {
        if link.kind != Kind::Edition {
            continue;
        }
        let found: Option<Versioned<Edition>> = look(reader, &link.id, as_of)?;
        let gone = |edition: &Edition| matches!(edition.state, EditionState::Retracted | EditionState::TakenDown);
        if let Some(found) = found.filter(|found| gone(&found.value))
            && !lines.iter().any(|line| line.slug == found.value.slug)
        {
            lines.push(EditionLine { slug: found.value.slug, title: found.value.title, sentence: link.anchor });
        }
    }
    Ok(lines)
}

/// An edition's versions since it became public, as known at a moment.
pub(crate) fn public_versions(
    reader: &mut Reader<'_>,
    edition: &Edition,
    as_of: Option<Timestamp>,
) -> Result<Vec<VersionLine>, Error> {
    let mut lines = Vec::new();
    for info in reader.history(Kind::Edition, edition.id.as_str())? {
        if info.deleted || as_of.is_some_and(|at| info.recorded > at) {
            continue;
        }
        let Some(version) = reader.get_version::<Edition>(edition.id.as_str(), info.version)? else { continue };
        let what = match version.value.state {
            EditionState::Published => "Published",
            EditionState::Corrected => "Corrected",
            EditionState::Retracted => "Retracted",
            EditionState::TakenDown => "Taken down",
            EditionState::Drafting | EditionState::InReview | EditionState::Approved => continue,
        };
        let note = version.value.corrections.last().map(|correction| correction.note.clone());
        lines.push(VersionLine { version: info.version, recorded: info.recorded, what, note });
    }
    Ok(lines)
}
