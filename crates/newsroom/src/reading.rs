//! What readers ask: the newest edition, the archive, an edition as it stood, its versions, who relies on it.

use crate::error::Error;
use crate::newsroom::{Newsroom, look};
use crate::sentences::{self, Printed};
use jiff::{Timestamp, ToSpan};
use sitrep_editions::diff::{self, Difference};
use sitrep_model::desk::Desk;
use sitrep_model::edition::{Correction, Edition, EditionState};
use sitrep_model::id::{DeskId, EditionId};
use sitrep_model::{Kind, Noun};
use sitrep_store::{Cursor, Named, Order, Page, Query, Reader, Versioned};
use std::collections::{BTreeSet, HashMap};

/// The states in which readers know of an edition.
pub(crate) const PUBLIC: [EditionState; 4] =
    [EditionState::Published, EditionState::Corrected, EditionState::Retracted, EditionState::TakenDown];

/// The JSON Schema of an edition's JSON.
pub const EDITION_SCHEMA: &str = sitrep_publish::formats::json::JSON_SCHEMA;

/// An edition named in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionLine {
    /// Its slug.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Where in its page the link starts from (`t-` and a sentence, `p-` and a paragraph), where that is known.
    pub fragment: Option<String>,
    /// What its last public act says, where it was corrected or withdrawn.
    pub note: Option<String>,
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
    /// Earlier editions that it relies on.
    pub cites: Vec<EditionLine>,
    /// Editions it relies on that were corrected after it was published.
    pub corrected: Vec<EditionLine>,
    /// Editions it relies on that were retracted or taken down since.
    pub withdrawn: Vec<EditionLine>,
    /// The public editions right before and behind it.
    pub neighbours: (Option<EditionLine>, Option<EditionLine>),
    /// How it is cited, in every style; nothing where it was taken down.
    pub citations: Vec<Printed>,
    /// What it is, as schema.org in JSON-LD.
    pub structured: String,
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
        self.read(|reader| {
            let mut page: Page<Versioned<Edition>> = reader.list(&query)?;
            if as_of.is_some() {
                let gone = taken_down(reader, desk)?;
                page.items.iter_mut().for_each(|found| veil(found, &gone));
            }
            Ok(page)
        })
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
        let gone = edition.value.state == EditionState::TakenDown;
        let (article, structured, citations) = self.print(desk, &edition.value, as_of, |manuscript| {
            let structured = sitrep_publish::linked_data::edition(manuscript);
            Ok(match gone {
                true => (String::new(), structured, Vec::new()),
                false => {
                    let article = sitrep_publish::formats::html::article(manuscript);
                    (article, structured, sentences::cited(manuscript, None))
                }
            })
        })?;
        let neighbours = self.neighbours(desk, &edition.value, as_of)?;
        self.read(|reader| {
            let cited_by = relying(reader, &edition.value, as_of)?;
            let Relied { cites, corrected, withdrawn } = relied(reader, &edition.value, as_of)?;
            let versions = public_versions(reader, &edition.value, as_of)?;
            Ok(EditionPage {
                edition,
                article,
                cited_by,
                cites,
                corrected,
                withdrawn,
                neighbours,
                citations,
                structured,
                versions,
            })
        })
    }

    /// The public editions right before and behind one.
    fn neighbours(
        &self,
        desk: &Desk,
        edition: &Edition,
        as_of: Option<Timestamp>,
    ) -> Result<(Option<EditionLine>, Option<EditionLine>), Error> {
        let Some(at) = edition.sort_at() else { return Ok((None, None)) };
        let status = PUBLIC.iter().map(|state| state.as_str().to_owned()).collect();
        let query = Query { desk: Some(desk.id.clone()), status, as_of, limit: 1, ..Query::default() };
        let before = Query { to: Some(at), order: Order::NewestFirst, ..query.clone() };
        let from = at.checked_add(1.microsecond()).unwrap_or(at);
        let behind = Query { from: Some(from), order: Order::OldestFirst, ..query };
        self.read(|reader| {
            let mut one = |query: &Query| -> Result<Option<EditionLine>, Error> {
                let found = reader.named_list(Kind::Edition, query)?.into_iter().next();
                found.map(|found| named_line(reader, found, None)).transpose()
            };
            Ok((one(&before)?, one(&behind)?))
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
            if now.value.state == EditionState::TakenDown {
                return Err(Error::not_found("version", version.to_string()));
            }
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
    let found = found.filter(|found| &found.value.desk == desk && found.value.state.is_public());
    let mut found = found.ok_or_else(|| Error::not_found("edition", slug))?;
    if as_of.is_some() {
        veil(&mut found, &taken_down(reader, desk)?);
    }
    Ok(found)
}

/// Editions of a desk that are taken down now, with their public acts. There are few.
pub(crate) fn taken_down(reader: &mut Reader<'_>, desk: &DeskId) -> Result<HashMap<EditionId, Vec<Correction>>, Error> {
    let status = vec![EditionState::TakenDown.as_str().to_owned()];
    let mut query = Query { desk: Some(desk.clone()), status, limit: 200, ..Query::default() };
    let mut gone = HashMap::new();
    loop {
        let page: Page<Versioned<Edition>> = reader.list(&query)?;
        gone.extend(page.items.into_iter().map(|found| (found.value.id, found.value.corrections)));
        match page.next {
            Some(next) => query.after = Some(next),
            None => return Ok(gone),
        }
    }
}

/// What is taken down is taken down of every moment: an earlier version is shown as the tombstone that stands now.
fn veil(found: &mut Versioned<Edition>, gone: &HashMap<EditionId, Vec<Correction>>) {
    if let Some(corrections) = gone.get(&found.value.id) {
        found.value.state = EditionState::TakenDown;
        found.value.corrections.clone_from(corrections);
    }
}

/// Public editions that point to an edition, in reading order of the sentences that do.
fn relying(reader: &mut Reader<'_>, edition: &Edition, as_of: Option<Timestamp>) -> Result<Vec<EditionLine>, Error> {
    let mut lines: Vec<EditionLine> = Vec::new();
    for link in reader.links_to(Kind::Edition, edition.id.as_str(), as_of)? {
        if link.kind != Kind::Edition || link.id == edition.id.as_str() {
            continue;
        }
        let found = reader.named(Kind::Edition, &link.id, as_of)?;
        if let Some(found) = found.filter(is_public)
            && !lines.iter().any(|line| Some(&line.slug) == found.key.as_ref())
        {
            let line = named_line(reader, found, fragment(&link.role, link.anchor))?;
            lines.push(line);
        }
    }
    Ok(lines)
}

/// What an edition relies on, and what became of it.
#[derive(Default)]
struct Relied {
    cites: Vec<EditionLine>,
    corrected: Vec<EditionLine>,
    withdrawn: Vec<EditionLine>,
}

fn relied(reader: &mut Reader<'_>, edition: &Edition, as_of: Option<Timestamp>) -> Result<Relied, Error> {
    let mut relied = Relied::default();
    let mut told: BTreeSet<String> = BTreeSet::new();
    for link in reader.links_from(Kind::Edition, edition.id.as_str(), as_of)? {
        if link.kind != Kind::Edition || link.id == edition.id.as_str() || !told.insert(link.id.clone()) {
            continue;
        }
        let Some(found) = reader.named(Kind::Edition, &link.id, as_of)?.filter(is_public) else { continue };
        let fragment = fragment(&link.role, link.anchor);
        if is_as_published(&found) {
            relied.cites.push(named_line(reader, found, fragment)?);
            continue;
        }
        let Some(other) = reader.get_version::<Edition>(&found.id, found.version)? else { continue };
        let other = other.value;
        let later = other.corrections.last().is_some_and(|act| edition.published.is_none_or(|at| act.at > at));
        let state = other.state;
        let line = edition_line(other, fragment);
        match state {
            EditionState::Retracted | EditionState::TakenDown => relied.withdrawn.push(line.clone()),
            EditionState::Corrected if later => relied.corrected.push(line.clone()),
            _ => {}
        }
        relied.cites.push(line);
    }
    relied.cites.sort_by(|a, b| b.slug.cmp(&a.slug));
    Ok(relied)
}

/// Words that refer to an edition are known by their paragraph, citations by their sentence.
fn fragment(role: &str, anchor: Option<String>) -> Option<String> {
    anchor.map(|anchor| format!("{}-{anchor}", if role == "refers_to" { "p" } else { "t" }))
}

fn edition_line(edition: Edition, fragment: Option<String>) -> EditionLine {
    let note = edition.corrections.last().map(|act| act.note.clone());
    EditionLine { slug: edition.slug, title: edition.title, fragment, note }
}

/// An edition that lists name; read only where a public act has said something of it.
fn named_line(reader: &mut Reader<'_>, found: Named, fragment: Option<String>) -> Result<EditionLine, Error> {
    if !is_as_published(&found)
        && let Some(edition) = reader.get_version::<Edition>(&found.id, found.version)?
    {
        return Ok(edition_line(edition.value, fragment));
    }
    Ok(EditionLine { slug: found.key.unwrap_or_default(), title: found.title, fragment, note: None })
}

fn is_public(found: &Named) -> bool {
    found.status.as_deref().is_some_and(|status| PUBLIC.iter().any(|state| state.as_str() == status))
}

/// Nothing was done to it since it was published.
fn is_as_published(found: &Named) -> bool {
    found.status.as_deref() == Some(EditionState::Published.as_str())
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
        let state = PUBLIC.iter().find(|state| info.status.as_deref() == Some(state.as_str()));
        let what = match state {
            Some(EditionState::Published) => "Published",
            Some(EditionState::Corrected) => "Corrected",
            Some(EditionState::Retracted) => "Retracted",
            Some(EditionState::TakenDown) => "Taken down",
            _ => continue,
        };
        // What was only published has nothing to say of itself; what acts on it has.
        let version = match state {
            Some(EditionState::Published) => None,
            _ => reader.get_version::<Edition>(edition.id.as_str(), info.version)?,
        };
        let note = version.and_then(|version| version.value.corrections.last().map(|act| act.note.clone()));
        lines.push(VersionLine { version: info.version, recorded: info.recorded, what, note });
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk_folder::DeskFolder;
    use sitrep_editions::notes::Cited;
    use sitrep_editions::{Manuscript, form};

    #[test]
    fn every_edition_of_the_example_desk_is_what_the_schema_says_in_every_state() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../desks/iran");
        let folder = DeskFolder::read(&folder).unwrap();
        let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
        compiler.enable_format_assertions();
        compiler.add_resource("edition.json", serde_json::from_str(EDITION_SCHEMA).unwrap()).unwrap();
        let schema = compiler.compile("edition.json", &mut schemas).unwrap();
        let is_valid = |edition: &Edition| {
            let cited = Cited::default();
            let manuscript = Manuscript::new(&folder.desk, edition, &cited, "https://example.org");
            let format = sitrep_publish::formats::format("json").unwrap();
            let json = serde_json::from_slice(&(format.render)(&manuscript).unwrap()).unwrap();
            schemas.validate(&json, schema).map_err(|fault| format!("{}: {fault:#}", edition.slug))
        };
        let mut count = 0;
        for file in &folder.editions {
            let mut made = 0;
            let mut make = |_: &str| {
                made += 1;
                format!("x-{made}")
            };
            let mut edition = form::read(&file.text, &folder.desk, &mut make).unwrap();
            for state in PUBLIC {
                edition.state = state;
                is_valid(&edition).unwrap();
            }
            count += 1;
        }
        assert!(count > 19, "{count} editions");
        let mut wrong = form::read(&folder.editions[0].text, &folder.desk, &mut |_| "x".to_owned()).unwrap();
        wrong.sections[0].level = 0;
        assert!(is_valid(&wrong).is_err(), "a section of no depth is none");
    }
}
