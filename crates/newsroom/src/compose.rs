//! Writing an edition: begin, save, cite, preview; and the desk's Markdown form in both directions.

use crate::error::Error;
use crate::ids;
use crate::newsroom::{Newsroom, must};
use crate::who::Who;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sitrep_editions::Manuscript;
use sitrep_editions::{form, identity};
use sitrep_model::Kind;
use sitrep_model::account::Role;
use sitrep_model::citation::{Citation, Passage, Reference, Target};
use sitrep_model::desk::Desk;
use sitrep_model::edition::{
    CitationMark, Edition, EditionSection, EditionState, MarkKind, Paragraph, Sentence, Takeaway,
};
use sitrep_model::id::{CitationId, DeskId, DocumentId, EditionId, ParagraphId, SentenceId};
use sitrep_store::{Expected, Reader, Versioned, Writer};
use std::collections::BTreeSet;

impl Newsroom {
    /// Begins an edition for a day: the desk's standing parts, and nothing in them. The day's second edition gets the slug
    /// `…-2`, or the one given (`2026-11-05-evening`).
    pub fn begin_edition(
        &self,
        who: &Who,
        desk: &DeskId,
        date: Date,
        slug: Option<&str>,
    ) -> Result<Versioned<Edition>, Error> {
        who.must_be(Role::Analyst, desk)?;
        let kept = self.desk(desk)?;
        let wished = slug.map(str::trim).filter(|slug| !slug.is_empty()).map(str::to_owned);
        if let Some(slug) = &wished
            && (ids::slug(slug) != *slug || slug.is_empty())
        {
            return Err(Error::field("slug", format!("{slug:?}: use small letters, digits and hyphens")));
        }
        self.write(who, "edition.begin", Some(desk), None, |writer| {
            let slug = match wished {
                Some(slug) => slug,
                None => free_slug(writer, desk, date)?,
            };
            let title = format!("{}, {}", kept.name, date.strftime("%B %-d, %Y"));
            let edition = blank(&kept, date, &slug, title);
            if writer.get::<Edition>(edition.id.as_str())?.is_some() {
                return Err(Error::field("slug", format!("there is already an edition {slug:?}")));
            }
            let version = writer.put(&edition, Expected::New)?;
            Ok(Versioned { value: edition, version, seq: 0, recorded: writer.at() })
        })
    }

    /// An edition of any state, for the newsroom.
    pub fn draft(&self, who: &Who, desk: &DeskId, id: &str) -> Result<Versioned<Edition>, Error> {
        who.must_be(Role::Reader, desk)?;
        self.read(|reader| must::<Edition>(reader, desk, id))
    }

    /// Saves a draft. What the newsroom keeps itself (state, slug, corrections …) is taken from the kept edition; sentences
    /// are split again and keep their ids. A save over a version that somebody else replaced is refused.
    pub fn save_draft(
        &self,
        who: &Who,
        desk: &DeskId,
        id: &str,
        edition: Edition,
        version: u64,
    ) -> Result<Versioned<Edition>, Error> {
        who.must_be(Role::Analyst, desk)?;
        self.write(who, "edition.save", Some(desk), None, |writer| {
            let found = must::<Edition>(writer, desk, id)?;
            if found.value.state != EditionState::Drafting {
                return Err(Error::invalid(format!(
                    "this edition is {}: send it back to drafting before its text is changed",
                    found.value.state.as_str().replace('_', " ")
                )));
            }
            let settled = settle(&found.value, edition);
            let version = writer.put(&settled, Expected::Version(version))?;
            Ok(Versioned { value: settled, version, seq: 0, recorded: writer.at() })
        })
    }

    /// Saves a draft from the desk's Markdown form.
    pub fn save_markdown(
        &self,
        who: &Who,
        desk: &DeskId,
        id: &str,
        text: &str,
        version: u64,
    ) -> Result<Versioned<Edition>, Error> {
        let edition = self.read_markdown(desk, text)?;
        self.save_draft(who, desk, id, edition, version)
    }

    /// Reads the desk's Markdown form, keeping nothing.
    pub fn read_markdown(&self, desk: &DeskId, text: &str) -> Result<Edition, Error> {
        let kept = self.desk(desk)?;
        let mut edition =
            form::read(text, &kept, &mut |_| String::new()).map_err(|error| Error::invalid(error.to_string()))?;
        edition.desk = desk.clone();
        edition.id = edition_id(desk, &edition.slug);
        Ok(edition)
    }

    /// An edition in the desk's Markdown form.
    pub fn markdown(&self, edition: &Edition) -> Result<String, Error> {
        Ok(form::write(edition, &self.desk(&edition.desk)?))
    }

    /// Prints an edition with what it cites, as known at a moment: `print` gets the manuscript.
    pub fn print<T>(
        &self,
        desk: &Desk,
        edition: &Edition,
        as_of: Option<Timestamp>,
        print: impl FnOnce(&Manuscript<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let cited = self.read(|reader| self.cited(reader, edition, as_of))?;
        print(&Manuscript::new(desk, edition, &cited, self.base()))
    }

    /// An edition as its page shows it (the article alone).
    pub fn article(&self, desk: &Desk, edition: &Edition, as_of: Option<Timestamp>) -> Result<String, Error> {
        self.print(desk, edition, as_of, |manuscript| Ok(sitrep_publish::formats::html::article(manuscript)))
    }

    /// Sets a note at the end of a sentence of a draft, citing a passage of a document.
    pub fn cite(
        &self,
        who: &Who,
        desk: &DeskId,
        edition: &str,
        sentence: &SentenceId,
        document: &DocumentId,
        passage: Option<Passage>,
    ) -> Result<Versioned<Edition>, Error> {
        let found = self.draft(who, desk, edition)?;
        let mut edition = found.value;
        let citation = CitationId(format!("c-{}", ids::letters(12)));
        let target = Target::Document { document: document.clone(), passage };
        let references = vec![Reference { target, printed: None, defanged: None }];
        let place = edition.paragraphs_mut().find_map(|paragraph| {
            let end = paragraph.sentences.iter().find(|s| &s.id == sentence)?.end;
            Some((paragraph, end))
        });
        let (paragraph, offset) = place.ok_or_else(|| Error::not_found("sentence", sentence.as_str()))?;
        let behind =
            paragraph.citations.iter().position(|mark| mark.offset > offset).unwrap_or(paragraph.citations.len());
        paragraph.citations.insert(behind, CitationMark { offset, citation: citation.clone() });
        edition.citations.push(Citation { id: citation, references, label: None });
        let id = edition.id.clone();
        self.save_draft(who, desk, id.as_str(), edition, found.version)
    }
}

/// The id of an edition: desk and slug.
pub fn edition_id(desk: &DeskId, slug: &str) -> EditionId {
    EditionId(format!("{desk}-{slug}"))
}

fn free_slug(reader: &mut Reader<'_>, desk: &DeskId, date: Date) -> Result<String, Error> {
    let mut slug = date.to_string();
    for number in 2..100 {
        if reader.get::<Edition>(edition_id(desk, &slug).as_str())?.is_none() {
            break;
        }
        slug = format!("{date}-{number}");
    }
    Ok(slug)
}

fn blank(desk: &Desk, date: Date, slug: &str, title: String) -> Edition {
    let sections = desk.sections.iter().map(|section| EditionSection {
        section: Some(section.id.clone()),
        title: section.title.clone(),
        level: 1,
        scope: Some(section.scope.clone()),
        paragraphs: Vec::new(),
    });
    Edition {
        id: edition_id(&desk.id, slug),
        desk: desk.id.clone(),
        slug: slug.to_owned(),
        title,
        date,
        cutoff: None,
        authors: Vec::new(),
        standing: Some(desk.standing.clone()).filter(|standing| !standing.is_empty()),
        notices: Vec::new(),
        takeaways: Vec::<Takeaway>::new(),
        sections: sections.collect(),
        citations: Vec::new(),
        state: EditionState::Drafting,
        published: None,
        corrections: Vec::new(),
        origin_url: None,
    }
}

/// Brings a text that came from an editor or a file into the form that is kept: what the newsroom keeps itself comes from
/// `before`, sentences are split again and keep the ids of what they overlap, new parts get new ids, and citations that
/// no marker names go.
pub(crate) fn settle(before: &Edition, after: Edition) -> Edition {
    let mut after = Edition {
        id: before.id.clone(),
        desk: before.desk.clone(),
        slug: before.slug.clone(),
        state: before.state,
        published: before.published,
        corrections: before.corrections.clone(),
        origin_url: before.origin_url.clone(),
        ..after
    };
    let prefix = format!("{}.", before.id);
    let mut taken = BTreeSet::new();
    for paragraph in after.paragraphs_mut() {
        let foreign = !paragraph.id.as_str().starts_with(&prefix) || !taken.insert(paragraph.id.as_str().to_owned());
        if foreign {
            paragraph.id = ParagraphId::default();
        }
        split_again(paragraph, &prefix, &mut taken);
        paragraph.marks.retain(|mark| mark.start < mark.end);
        let length = paragraph.text.chars().count();
        for mark in &mut paragraph.citations {
            mark.offset = mark.offset.min(length);
        }
        paragraph.citations.sort_by_key(|mark| mark.offset);
    }
    identity::carry(before, &mut after, &mut |kind| {
        let letter = if kind == "paragraph" { 'p' } else { 's' };
        format!("{prefix}{letter}{}", ids::letters(7))
    });
    let named: BTreeSet<CitationId> =
        after.paragraphs().flat_map(|paragraph| &paragraph.citations).map(|mark| mark.citation.clone()).collect();
    after.citations.retain(|citation| named.contains(&citation.id));
    let announced: BTreeSet<ParagraphId> =
        after.sections.iter().flat_map(|section| &section.paragraphs).map(|paragraph| paragraph.id.clone()).collect();
    for takeaway in &mut after.takeaways {
        takeaway.announces = takeaway.announces.take().filter(|id| announced.contains(id));
    }
    after
}

/// Splits a paragraph into sentences; each takes id, events and judgement of the given range that it overlaps most.
fn split_again(paragraph: &mut Paragraph, prefix: &str, taken: &mut BTreeSet<String>) {
    let given = std::mem::take(&mut paragraph.sentences);
    let mut used = vec![false; given.len()];
    for span in sitrep_language::sentences::sentences(&paragraph.text) {
        let overlap = |known: &Sentence| known.end.min(span.end).saturating_sub(known.start.max(span.start));
        let best = given
            .iter()
            .enumerate()
            .filter(|(index, known)| !used[*index] && overlap(known) > 0)
            .max_by_key(|(_, known)| overlap(known))
            .map(|(index, _)| index);
        let mut sentence = Sentence {
            id: SentenceId::default(),
            start: span.start,
            end: span.end,
            events: Vec::new(),
            judgement: None,
        };
        if let Some(index) = best {
            used[index] = true;
            let known = &given[index];
            sentence.events = known.events.clone();
            sentence.judgement = known.judgement.clone();
            if known.id.as_str().starts_with(prefix) && taken.insert(known.id.as_str().to_owned()) {
                sentence.id = known.id.clone();
            }
        }
        paragraph.sentences.push(sentence);
    }
}

/// Ties references and cross references that name an edition of this desk by address, slug or date to the edition kept
/// here.
pub(crate) fn tie_editions(writer: &mut Writer<'_>, edition: &mut Edition, base: &str) -> Result<(), Error> {
    let desk = edition.desk.clone();
    let own = format!("{base}/{desk}/editions/");
    let mut resolve = |id: &mut Option<EditionId>, url: Option<&str>, date: Option<Date>| -> Result<(), Error> {
        // People write an edition's slug where its id is meant.
        if let Some(named) = id.as_ref()
            && let Some(found) = writer.id_by_key(Kind::Edition, Some(&desk), named.as_str())?
        {
            *id = Some(EditionId(found));
        }
        let slug =
            url.and_then(|url| url.strip_prefix(&own)).map(|rest| rest.split(['#', '?', '/']).next().unwrap_or(rest));
        let candidates = [slug.map(str::to_owned), date.map(|date| date.to_string())];
        if id.is_none() {
            for slug in candidates.into_iter().flatten() {
                if let Some(found) = writer.id_by_key(Kind::Edition, Some(&desk), &slug)? {
                    *id = Some(EditionId(found));
                    break;
                }
            }
        }
        Ok(())
    };
    for reference in edition.citations.iter_mut().flat_map(|citation| &mut citation.references) {
        if let Target::Edition { edition, url, date, .. } = &mut reference.target {
            resolve(edition, url.as_deref(), *date)?;
        }
    }
    for mark in edition.paragraphs_mut().flat_map(|paragraph| &mut paragraph.marks) {
        if let MarkKind::CrossReference { edition, url, date, .. } = &mut mark.kind {
            resolve(edition, url.as_deref(), *date)?;
        }
    }
    Ok(())
}

/// The day it is in a desk's time zone.
pub fn desk_day(desk: &Desk, at: Timestamp) -> Date {
    TimeZone::get(&desk.time_zone).unwrap_or(TimeZone::UTC).to_datetime(at).date()
}
