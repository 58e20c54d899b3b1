//! Taking a folder into the store: standing parts first, then what happened, in the order in which it was known.

use super::read::{Dated, DeskFolder, EditionFile, fault};
use crate::compose::{edition_id, settle, tie_editions};
use crate::error::Error;
use crate::ids;
use crate::import::bare;
use crate::keeping::{open_evidence, open_to_readers};
use crate::newsroom::Newsroom;
use crate::who::Who;
use jiff::Timestamp;
use sitrep_editions::form;
use sitrep_model::Noun;
use sitrep_model::account::Permission;
use sitrep_model::assessment::{Assessment, Step};
use sitrep_model::desk::Desk;
use sitrep_model::document::Document;
use sitrep_model::edition::{Correction, Edition, EditionState};
use sitrep_model::event::Event;
use sitrep_model::id::{ParagraphId, SentenceId};
use sitrep_model::lead::{Lead, LeadState};
use sitrep_model::position::Position;
use sitrep_store::{Expected, Versioned, Writer};

/// Words that begin other addresses of the site.
const RESERVED: &[&str] = &["newsroom", "api", "manual", "assets"];

/// Which part of a folder is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The desk, its sources, register, places, campaigns, layers and watches.
    Standing,
    /// Events, leads, positions, assessments and editions. The documents that they cite must be there.
    Happenings,
}

/// How many of each were taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Taken {
    /// Sources.
    pub sources: usize,
    /// Actors.
    pub actors: usize,
    /// Places.
    pub places: usize,
    /// Events.
    pub events: usize,
    /// Versions of leads: put forward, answered.
    pub leads: usize,
    /// Positions.
    pub positions: usize,
    /// Versions of assessments.
    pub assessments: usize,
    /// Versions of editions.
    pub editions: usize,
}

/// What is put in at one moment of recorded time.
enum Item {
    Event(Box<Event>),
    Lead(Box<Lead>),
    Position(Box<Position>),
    /// As it stood after a step; whether that is the last one.
    Assessment(Box<Assessment>, bool),
    Edition(Box<Edition>, Option<String>),
}

impl Newsroom {
    /// Takes a part of a desk's folder. Taken again, it changes only what differs.
    pub fn take_desk(&self, who: &Who, folder: &DeskFolder, stage: Stage) -> Result<Taken, Error> {
        who.must(Permission::Operator, None)?;
        match stage {
            Stage::Standing => self.take_standing(who, folder),
            Stage::Happenings => self.take_happenings(who, folder),
        }
    }

    fn take_standing(&self, who: &Who, folder: &DeskFolder) -> Result<Taken, Error> {
        let desk = &folder.desk;
        crate::watches::check_all(&folder.watches)?;
        if RESERVED.contains(&desk.id.as_str()) || ids::slug(desk.id.as_str()) != desk.id.as_str() {
            let message =
                format!("a desk can't be called {:?}: use small letters, digits and hyphens", desk.id.as_str());
            return Err(Error::field("id", format!("{message}; taken are {}", RESERVED.join(", "))));
        }
        // What a desk is was so before its first day: readers who look back must not find it missing.
        let recorded = self.first_moment(folder)?;
        self.write_as_known(who, "desk.import", Some(&desk.id), None, recorded, |writer| {
            writer.put(desk, Expected::Any)?;
            put_all(writer, &folder.places)?;
            put_all(writer, &folder.actors)?;
            put_all(writer, &folder.sources)?;
            put_all(writer, &folder.layers)?;
            put_all(writer, &folder.watches)?;
            put_all(writer, &folder.campaigns)?;
            Ok(Taken {
                sources: folder.sources.len(),
                actors: folder.actors.len(),
                places: folder.places.len(),
                ..Taken::default()
            })
        })
    }

    /// The start of the day before the earliest thing in the folder; `None` where the desk is known already.
    fn first_moment(&self, folder: &DeskFolder) -> Result<Option<Timestamp>, Error> {
        if self.read(|reader| Ok(reader.get::<Desk>(folder.desk.id.as_str())?))?.is_some() {
            return Ok(None);
        }
        let now = self.now();
        let times = self.timed(folder)?;
        let first = times.iter().map(|(at, _)| *at).min().unwrap_or(now).min(now);
        Ok(Some(crate::clock::later(first, -3 * 24 * 3600)))
    }

    fn take_happenings(&self, who: &Who, folder: &DeskFolder) -> Result<Taken, Error> {
        let desk = &folder.desk;
        let mut items = self.timed(folder)?;
        items.sort_by_key(|(at, item)| (*at, rank(item)));
        let mut taken = Taken::default();
        let now = self.now();
        let base = self.base().to_owned();
        for (at, item) in items {
            let recorded = Some(at.min(now));
            let written =
                self.write_as_known(who, "desk.import", Some(&desk.id), None, recorded, |writer| match item {
                    Item::Event(event) => {
                        open_evidence(writer, event.visibility, &event.evidence)?;
                        put_one(writer, event.as_ref())
                    }
                    Item::Lead(lead) => put_lead(writer, &lead),
                    Item::Position(position) => {
                        open_evidence(writer, position.visibility, &position.evidence)?;
                        put_one(writer, position.as_ref())
                    }
                    Item::Assessment(assessment, is_last) => put_assessment(writer, &assessment, is_last),
                    Item::Edition(edition, correction) => put_edition(writer, *edition, correction, at, &base),
                })?;
            match written {
                "event" => taken.events += 1,
                "lead" => taken.leads += 1,
                "position" => taken.positions += 1,
                "assessment" => taken.assessments += 1,
                "edition" => taken.editions += 1,
                _ => {}
            }
        }
        Ok(taken)
    }

    /// Everything with its moment of recorded time.
    fn timed(&self, folder: &DeskFolder) -> Result<Vec<(Timestamp, Item)>, Error> {
        let mut items = Vec::new();
        for Dated { value, recorded } in &folder.events {
            items.push((recorded.unwrap_or(value.when.to), Item::Event(Box::new(value.clone()))));
        }
        for Dated { value, recorded } in &folder.leads {
            // It waited before it was answered.
            let put_forward = Lead { state: LeadState::Waiting, ..value.clone() };
            items.push((recorded.unwrap_or(value.made.at), Item::Lead(Box::new(put_forward))));
            if let Some(at) = value.state.at() {
                items.push((at, Item::Lead(Box::new(value.clone()))));
            }
        }
        for Dated { value, recorded } in &folder.positions {
            let at = recorded.or_else(|| value.sort_at()).unwrap_or_else(|| self.now());
            items.push((at, Item::Position(Box::new(value.clone()))));
        }
        for assessment in &folder.assessments {
            for version in lives(&folder.desk, assessment) {
                let at = version.steps.last().map_or_else(|| self.now(), |step| step.at);
                let is_last = version.steps.len() == assessment.steps.len();
                items.push((at, Item::Assessment(Box::new(version), is_last)));
            }
        }
        for file in &folder.editions {
            items.push(self.edition_of(&folder.desk, file)?);
        }
        Ok(items)
    }

    fn edition_of(&self, desk: &Desk, file: &EditionFile) -> Result<(Timestamp, Item), Error> {
        let error = |error: sitrep_editions::Error| fault(&file.path, &error.to_string());
        let correcting = form::correcting(&file.text).map_err(error)?;
        let mut edition = form::read(&file.text, desk, &mut |_| String::new()).map_err(error)?;
        edition.desk = desk.id.clone();
        if edition.slug.is_empty() {
            edition.slug = edition.date.to_string();
        }
        edition.id = edition_id(&desk.id, &edition.slug);
        let given = correcting.as_ref().and_then(|correcting| correcting.at);
        let at = given.or(edition.published).or(edition.cutoff).unwrap_or_else(|| self.now());
        Ok((at, Item::Edition(Box::new(edition), correcting.map(|correcting| correcting.note))))
    }
}

/// What is known at the same moment is put in this order: an edition refers to all the others.
fn rank(item: &Item) -> u8 {
    match item {
        Item::Event(_) => 0,
        Item::Lead(_) | Item::Position(_) => 1,
        Item::Assessment(..) => 2,
        Item::Edition(..) => 3,
    }
}

fn put_all<N: Noun>(writer: &mut Writer<'_>, nouns: &[N]) -> Result<(), Error> {
    for noun in nouns {
        writer.put(noun, Expected::Any)?;
    }
    Ok(())
}

/// Puts a thing and says its kind, or `known` where nothing of it differed.
fn put_one<N: Noun>(writer: &mut Writer<'_>, noun: &N) -> Result<&'static str, Error> {
    let before: Option<Versioned<N>> = writer.get(noun.id())?;
    let version = writer.put(noun, Expected::Any)?;
    Ok(if before.is_some_and(|before| before.version == version) { "known" } else { N::KIND.as_str() })
}

/// Puts a version of a lead, unless it was answered already.
fn put_lead(writer: &mut Writer<'_>, lead: &Lead) -> Result<&'static str, Error> {
    let known: Option<Versioned<Lead>> = writer.get(lead.id.as_str())?;
    if lead.is_waiting() && known.is_some_and(|known| !known.value.is_waiting()) {
        return Ok("known");
    }
    put_one(writer, lead)
}

/// An assessment as it stood after each of its steps.
fn lives(desk: &Desk, assessment: &Assessment) -> Vec<Assessment> {
    let likelihood = |step: &Step| {
        desk.scale.find(&step.likelihood).map_or_else(|| step.likelihood.clone(), |term| term.term.clone())
    };
    let mut steps = assessment.steps.clone();
    for step in &mut steps {
        // A folder names editions by slug; the store by id.
        let slug = step.edition.take().map(|edition| edition.0);
        let prefix = format!("{}-", desk.id);
        step.edition = slug.map(|slug| edition_id(&desk.id, slug.strip_prefix(&prefix).unwrap_or(&slug)));
        step.likelihood = likelihood(step);
    }
    let last = steps.len();
    let mut versions = Vec::new();
    for count in 1..=last {
        let step = &steps[count - 1];
        let closed = count == last;
        versions.push(Assessment {
            likelihood: step.likelihood.clone(),
            confidence: step.confidence,
            steps: steps[..count].to_vec(),
            outcome: assessment.outcome.filter(|_| closed),
            superseded_by: assessment.superseded_by.clone().filter(|_| closed),
            ..assessment.clone()
        });
    }
    if versions.is_empty() {
        versions.push(assessment.clone());
    }
    versions
}

/// Puts a version of an assessment, unless it already went further.
fn put_assessment(writer: &mut Writer<'_>, assessment: &Assessment, is_last: bool) -> Result<&'static str, Error> {
    let known: Option<Versioned<Assessment>> = writer.get(assessment.id.as_str())?;
    let mut assessment = assessment.clone();
    if let Some(known) = known.map(|known| known.value) {
        if known.steps.len() > assessment.steps.len() {
            return Ok("known");
        }
        for step in assessment.steps.iter_mut().filter(|step| step.sentence.is_none()) {
            let same = known.steps.iter().find(|kept| kept.step == step.step && kept.edition == step.edition);
            step.sentence = same.and_then(|kept| kept.sentence.clone());
        }
    }
    if !is_last {
        keep_what_was_known(writer, &mut assessment)?;
    }
    put_one(writer, &assessment)
}

/// A folder tells what an assessment rests on at last: at an earlier step some of it was not known yet.
fn keep_what_was_known(writer: &mut Writer<'_>, assessment: &mut Assessment) -> Result<(), Error> {
    let Some(at) = assessment.steps.last().map(|step| step.at) else { return Ok(()) };
    let mut evidence = Vec::new();
    for rests_on in std::mem::take(&mut assessment.evidence) {
        let document: Option<Versioned<Document>> = writer.get(rests_on.document.as_str())?;
        if document.is_none_or(|document| document.value.arrived <= at) {
            evidence.push(rests_on);
        }
    }
    let mut events = Vec::new();
    for id in std::mem::take(&mut assessment.events) {
        let event: Option<Versioned<Event>> = writer.get(id.as_str())?;
        if event.is_some_and(|event| event.recorded <= at) {
            events.push(id);
        }
    }
    assessment.evidence = evidence;
    assessment.events = events;
    Ok(())
}

/// Puts an edition, or what was done to one since: a correction, a retraction, a take-down.
fn put_edition(
    writer: &mut Writer<'_>,
    mut edition: Edition,
    correction: Option<String>,
    at: Timestamp,
    base: &str,
) -> Result<&'static str, Error> {
    own_ids(&mut edition);
    if edition.state.is_public() {
        open_to_readers(writer, edition.documents())?;
    }
    tie_editions(writer, &mut edition, base)?;
    let known: Option<Versioned<Edition>> = writer.get(edition.id.as_str())?;
    let Some(known) = known else {
        let settled = settle(&bare(&edition), edition.clone());
        writer.put(&settled, Expected::New)?;
        note_steps(writer, &settled)?;
        return Ok("edition");
    };
    let before = known.value;
    match correction {
        Some(note) if !before.corrections.iter().any(|known| known.note == note) => {
            let state = match edition.state {
                withdrawn @ (EditionState::Retracted | EditionState::TakenDown) => withdrawn,
                _ => EditionState::Corrected,
            };
            let mut settled = settle(&before, edition);
            settled.state = state;
            settled.corrections.push(Correction { at, note, replaces_version: known.version });
            writer.put(&settled, Expected::Version(known.version))?;
            Ok("edition")
        }
        // What was published here is changed by a correction only.
        _ if before.state != EditionState::Drafting => Ok("known"),
        _ => put_one(writer, &settle(&before, edition)),
    }
}

/// Ids that a file gives are made unique in the installation: `ID` becomes `EDITION.ID`. What is missing is numbered, so
/// that the same file gives the same ids.
fn own_ids(edition: &mut Edition) {
    let prefix = format!("{}.", edition.id);
    let own = |id: &str, letter: char, count: &mut u32| {
        *count += 1;
        match id {
            "" => format!("{prefix}{letter}{count}"),
            id if id.starts_with(&prefix) => id.to_owned(),
            id => format!("{prefix}{id}"),
        }
    };
    let mut announced: Vec<(usize, String)> = Vec::new();
    for (index, takeaway) in edition.takeaways.iter().enumerate() {
        if let Some(id) = &takeaway.announces {
            announced.push((index, own(id.as_str(), 'p', &mut 0)));
        }
    }
    let (mut paragraphs, mut sentences) = (0, 0);
    for paragraph in edition.paragraphs_mut() {
        paragraph.id = ParagraphId(own(paragraph.id.as_str(), 'p', &mut paragraphs));
        for sentence in &mut paragraph.sentences {
            sentence.id = SentenceId(own(sentence.id.as_str(), 's', &mut sentences));
        }
    }
    for (index, id) in announced {
        edition.takeaways[index].announces = Some(ParagraphId(id));
    }
}

/// Ties the steps of assessments that name an edition, but no sentence of it, to the sentence that takes them.
fn note_steps(writer: &mut Writer<'_>, edition: &Edition) -> Result<(), Error> {
    for sentence in edition.paragraphs().flat_map(|paragraph| &paragraph.sentences) {
        let Some(judgement) = &sentence.judgement else { continue };
        let Some(found) = writer.get::<Assessment>(judgement.assessment.as_str())? else { continue };
        let mut assessment = found.value;
        let step = assessment.steps.iter_mut().find(|step| {
            step.edition.as_ref() == Some(&edition.id) && step.step == judgement.step && step.sentence.is_none()
        });
        if let Some(step) = step {
            step.sentence = Some(sentence.id.clone());
            writer.put(&assessment, Expected::Version(found.version))?;
        }
    }
    Ok(())
}
