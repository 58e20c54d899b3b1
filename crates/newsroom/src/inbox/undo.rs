//! Taking one's own last act on a desk back.
//!
//! What an act changed stands beside the record, for each person of a desk, and undoing writes the earlier state as a further
//! version: nothing is taken out of the record. What somebody else has changed since stays as they left it.

use super::acts::{State, put, state};
use crate::error::Error;
use crate::newsroom::Newsroom;
use crate::vault;
use crate::who::Who;
use serde::{Deserialize, Serialize};
use sitrep_model::Kind;
use sitrep_model::account::Role;
use sitrep_model::document::{Document, Triage};
use sitrep_model::id::{DeskId, DocumentId, LeadId};
use sitrep_model::lead::Lead;
use sitrep_store::{Expected, Operations, Versioned, Writer};

const UNDO: &str = "inbox-undo";
/// Acts of a person that can be taken back, the last first.
const REMEMBERED: usize = 100;

/// One thing that an act changed.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Part {
    /// What was decided about a document.
    Document { document: DocumentId, before: Box<State>, after: Box<State> },
    /// A lead, by its versions; none before where it was made.
    Lead { lead: LeadId, before: Option<u64>, after: u64 },
}

/// What was taken back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Undone {
    /// The documents, each with the decision that stands again.
    pub documents: Vec<(DocumentId, Triage)>,
    /// The leads that are as they were before; one that had just been made is gone.
    pub leads: Vec<LeadId>,
}

/// A part whose thing still is as the act left it.
enum Standing {
    Document(Box<Versioned<Document>>, Box<State>),
    Lead { lead: LeadId, version: u64, before: Option<Box<Lead>> },
}

impl Newsroom {
    /// Takes one's last act on a desk back: the earlier state is written. Refused where somebody else has changed it since.
    pub fn undo(&self, who: &Who, desk: &DeskId) -> Result<Undone, Error> {
        who.must_be(Role::Analyst, desk)?;
        let key = undo_key(who, desk);
        let undone = self.write(who, "document.undo", Some(desk), None, |writer| {
            let mut acts = remembered(&mut writer.operations(), &key)?;
            let act = acts.pop().ok_or_else(|| Error::invalid("there is nothing of yours to undo"))?;
            let mut parts = Vec::with_capacity(act.len());
            for part in act {
                let Some(standing) = standing(writer, part)? else { return Ok(None) };
                parts.push(standing);
            }
            let mut undone = Undone::default();
            for part in parts {
                take_back(writer, part, &mut undone)?;
            }
            vault::keep(&mut writer.operations(), UNDO, &key, &acts)?;
            Ok(Some(undone))
        })?;
        if let Some(undone) = undone {
            return Ok(undone);
        }
        // Nobody's later decision is taken back: that act can't be undone any more, the one before it can.
        self.store().operate(|operations| -> Result<(), Error> {
            let mut acts = remembered(operations, &key)?;
            acts.pop();
            vault::keep(operations, UNDO, &key, &acts)
        })?;
        let message = "somebody else has decided about it since, or an event was made of it; it stays as it is";
        Err(Error::invalid(message))
    }
}

/// Writes down what an act changed, in the transaction that changes it.
pub(crate) fn remember(writer: &mut Writer<'_>, who: &Who, desk: &DeskId, parts: Vec<Part>) -> Result<(), Error> {
    let key = undo_key(who, desk);
    let mut acts = remembered(&mut writer.operations(), &key)?;
    acts.push(parts);
    let old = acts.len().saturating_sub(REMEMBERED);
    acts.drain(..old);
    vault::keep(&mut writer.operations(), UNDO, &key, &acts)
}

fn standing(writer: &mut Writer<'_>, part: Part) -> Result<Option<Standing>, Error> {
    match part {
        Part::Document { document, before, after } => {
            let found: Option<Versioned<Document>> = writer.get(document.as_str())?;
            let found = found.filter(|found| state(&found.value) == *after);
            Ok(found.map(|found| Standing::Document(Box::new(found), before)))
        }
        Part::Lead { lead, before, after } => {
            let now: Option<Versioned<Lead>> = writer.get(lead.as_str())?;
            let after: Option<Versioned<Lead>> = writer.get_version(lead.as_str(), after)?;
            // An undone act leaves a version of its own, so what counts is what stands there and not its number.
            let (Some(now), Some(after)) = (now, after) else { return Ok(None) };
            if now.value != after.value {
                return Ok(None);
            }
            let before = match before {
                None => None,
                Some(version) => match writer.get_version::<Lead>(lead.as_str(), version)? {
                    Some(found) => Some(Box::new(found.value)),
                    None => return Ok(None),
                },
            };
            Ok(Some(Standing::Lead { lead, version: now.version, before }))
        }
    }
}

fn take_back(writer: &mut Writer<'_>, part: Standing, undone: &mut Undone) -> Result<(), Error> {
    match part {
        Standing::Document(found, before) => {
            undone.documents.push((found.value.id.clone(), before.triage));
            put(writer, *found, *before)
        }
        Standing::Lead { lead, version, before } => {
            match before {
                Some(before) => writer.put(before.as_ref(), Expected::Version(version)).map(drop)?,
                None => writer.delete(Kind::Lead, lead.as_str(), Expected::Version(version))?,
            }
            undone.leads.push(lead);
            Ok(())
        }
    }
}

fn undo_key(who: &Who, desk: &DeskId) -> String {
    let person = who.account().map_or_else(|| who.name(), |account| account.id.to_string());
    format!("{desk}/{person}")
}

fn remembered(operations: &mut Operations<'_>, key: &str) -> Result<Vec<Vec<Part>>, Error> {
    Ok(vault::read(operations, UNDO, key)?.unwrap_or_default())
}
