//! Leads: what documents seem to report, put forward and answered: yes (an event is coded from it), no (with a reason), edit.
//!
//! Making, editing, refusing and putting back can be taken back like a decision in the inbox. A yes can't: there is an event
//! then, and that is withdrawn where it was wrong.

mod filling;

pub use filling::{Filled, FoundFigure};

use crate::error::Error;
use crate::events::{check_told, code, in_codebook, put, refer};
use crate::ids;
use crate::inbox::undo::{self, Part};
use crate::newsroom::{Newsroom, look, must};
use crate::sources::outlet;
use crate::who::Who;
use jiff::Timestamp;
use sitrep_collect::passage;
use sitrep_model::Kind;
use sitrep_model::account::Role;
use sitrep_model::actor::Actor;
use sitrep_model::citation::Passage;
use sitrep_model::document::Document;
use sitrep_model::event::{Event, EventStatus, Evidence};
use sitrep_model::id::{DeskId, EventId, LeadId};
use sitrep_model::lead::{Lead, LeadState, Made};
use sitrep_model::source::Source;
use sitrep_store::{Expected, Page, Query, Reader, Versioned, Writer};

/// Longest telling and longest reason, in code points.
const LONGEST: usize = 2_000;
/// Actors of a lead, and figures of it, at most.
const PARTS: usize = 20;

/// A lead, and what it stands between.
#[derive(Debug, Clone, PartialEq)]
pub struct LeadLine {
    /// The lead.
    pub lead: Versioned<Lead>,
    /// The document, without its text; `None` where it is not here.
    pub document: Option<Document>,
    /// Who published the document.
    pub outlet: String,
    /// Names of the actors, in the lead's order.
    pub actors: Vec<String>,
    /// The event that was coded from it: its id and summary.
    pub event: Option<(EventId, String)>,
    /// Whether it can be put back to wait: it was refused, or its event was withdrawn.
    pub can_go_back: bool,
}

impl Newsroom {
    /// One page of a desk's leads, the newest first.
    pub fn leads(&self, who: &Who, desk: &DeskId, asked: &Query) -> Result<Page<LeadLine>, Error> {
        who.must_be(Role::Reader, desk)?;
        let query = Query { desk: Some(desk.clone()), ..asked.clone() };
        self.read(|reader| {
            let found: Page<Versioned<Lead>> = reader.list(&query)?;
            let lines = found.items.into_iter().map(|lead| line(reader, lead, query.as_of));
            Ok(Page { items: lines.collect::<Result<_, _>>()?, next: found.next })
        })
    }

    /// A lead of a desk, and what it stands between.
    pub fn lead(&self, who: &Who, desk: &DeskId, id: &str, as_of: Option<Timestamp>) -> Result<LeadLine, Error> {
        let found = self.get::<Lead>(who, desk, id, as_of)?;
        self.read(|reader| line(reader, found, as_of))
    }

    /// Keeps a lead: new with version 0 (its id is made then), else the version it was read at. A lead that was answered is not
    /// edited any more. Who made it and what became of it are the newsroom's to say, whatever comes with it.
    pub fn save_lead(&self, who: &Who, lead: &Lead, version: u64) -> Result<Versioned<Lead>, Error> {
        let desk = &lead.desk;
        who.must_be(Role::Analyst, desk)?;
        let types = self.desk(desk)?.event_types;
        if let Some(wanted) = lead.event_type.as_deref().filter(|_| !types.is_empty()) {
            in_codebook(&types, wanted)?;
        }
        check(lead)?;
        let made = Made { by: who.name(), at: self.now() };
        let verb = if version == 0 { "lead.make" } else { "lead.edit" };
        self.write(who, verb, Some(desk), None, |writer| {
            let mut lead = Lead { what: lead.what.trim().to_owned(), ..lead.clone() };
            let kept = match version {
                0 => None,
                _ => Some(waiting(writer, desk, lead.id.as_str())?),
            };
            match &kept {
                Some(kept) => {
                    (lead.made, lead.document) = (kept.value.made.clone(), kept.value.document.clone());
                    lead.state = LeadState::Waiting;
                }
                None => (lead.id, lead.made, lead.state) = (LeadId(ids::id("lead")), made, LeadState::Waiting),
            }
            let evidence = Evidence { document: lead.document.clone(), passage: None };
            refer(writer, desk, &[evidence], lead.actors.iter().map(|part| &part.actor), None)?;
            if kept.as_ref().is_none_or(|kept| kept.value.passage != lead.passage) {
                stands(writer, &lead)?;
            }
            let saved = put(writer, &lead, version)?;
            let before = kept.map(|kept| kept.version);
            if before != Some(saved.version) {
                let part = Part::Lead { lead: lead.id, before, after: saved.version };
                undo::remember(writer, who, desk, vec![part])?;
            }
            Ok(saved)
        })
    }

    /// Says no to a lead.
    pub fn refuse_lead(&self, who: &Who, desk: &DeskId, id: &str, reason: &str) -> Result<Versioned<Lead>, Error> {
        who.must_be(Role::Analyst, desk)?;
        let reason = reason.trim().to_owned();
        if reason.is_empty() || reason.chars().count() > LONGEST {
            return Err(Error::field("reason", format!("say why not, in at most {LONGEST} characters")));
        }
        let state = LeadState::Refused { reason: reason.clone(), by: who.name(), at: self.now() };
        self.write(who, "lead.refuse", Some(desk), Some(&reason), |writer| {
            let kept = waiting(writer, desk, id)?;
            answer(writer, who, kept, state)
        })
    }

    /// Puts a lead back to wait: one that was refused, or whose event was withdrawn.
    pub fn put_lead_back(&self, who: &Who, desk: &DeskId, id: &str) -> Result<Versioned<Lead>, Error> {
        who.must_be(Role::Analyst, desk)?;
        self.write(who, "lead.put_back", Some(desk), None, |writer| {
            let kept = must::<Lead>(writer, desk, id)?;
            if let Some(event) = kept.value.state.event() {
                let event: Option<Versioned<Event>> = writer.get(event.as_str())?;
                if event.is_some_and(|event| event.value.status != EventStatus::Withdrawn) {
                    let message = "an event was made of this lead: withdraw the event first";
                    return Err(Error::invalid(message));
                }
            }
            answer(writer, who, kept, LeadState::Waiting)
        })
    }

    /// Says yes to a lead: the event that a person coded from it is kept, rests on the lead's document, and both know of each
    /// other.
    pub fn take_lead(
        &self,
        who: &Who,
        mut event: Event,
        id: &LeadId,
        why: Option<&str>,
    ) -> Result<Versioned<Event>, Error> {
        let desk = event.desk.clone();
        who.must_be(Role::Analyst, &desk)?;
        self.check_event(&event)?;
        let (by, at) = (who.name(), self.now());
        self.write(who, "lead.take", Some(&desk), why, |writer| {
            let kept = waiting(writer, &desk, id.as_str())?;
            if !event.evidence.iter().any(|evidence| evidence.document == kept.value.document) {
                let (document, passage) = (kept.value.document.clone(), kept.value.passage.clone());
                event.evidence.push(Evidence { document, passage });
            }
            let coded = code(writer, who, event, 0)?;
            let state = LeadState::Taken { event: coded.value.id.clone(), by, at };
            writer.put(&Lead { state, ..kept.value }, Expected::Version(kept.version))?;
            Ok(coded)
        })
    }

    /// The lead that an event was coded from.
    pub fn lead_of_event(&self, who: &Who, desk: &DeskId, event: &EventId) -> Result<Option<Lead>, Error> {
        let taken = Some((Some("taken_as".to_owned()), Kind::Event, event.0.clone()));
        let query = Query { linked: taken, limit: 1, ..Query::default() };
        Ok(self.list::<Lead>(who, desk, &query)?.items.into_iter().next().map(|found| found.value))
    }

    /// The passage of a document that somebody marked: any stretch of its text, other white space and spellings forgiven.
    /// `None` for no words.
    pub fn marked_passage(&self, document: &Document, words: &str) -> Result<Option<Passage>, Error> {
        let words = words.trim();
        if words.is_empty() {
            return Ok(None);
        }
        let text = document.text();
        let wanted = Passage { exact: words.to_owned(), prefix: String::new(), suffix: String::new() };
        let found = passage::find(&text, &wanted).filter(|range| range.len() <= LONGEST);
        let found = found.map(|range| passage::make(&text, range));
        found.map(Some).ok_or_else(|| {
            Error::field("passage", format!("mark at most {LONGEST} characters of the document's own text"))
        })
    }
}

pub(crate) fn line(
    reader: &mut Reader<'_>,
    lead: Versioned<Lead>,
    as_of: Option<Timestamp>,
) -> Result<LeadLine, Error> {
    let document = look::<Document>(reader, lead.value.document.as_str(), as_of)?.map(|found| found.value);
    let outlet = match &document {
        None => String::new(),
        Some(document) => {
            let source =
                document.source.as_ref().map(|id| look::<Source>(reader, id.as_str(), as_of)).transpose()?.flatten();
            outlet(source.map(|found| found.value).as_ref(), &document.url)
        }
    };
    let mut actors = Vec::with_capacity(lead.value.actors.len());
    for part in &lead.value.actors {
        let found = look::<Actor>(reader, part.actor.as_str(), as_of)?;
        actors.push(found.map_or_else(|| part.actor.0.clone(), |found| found.value.name));
    }
    let (mut event, mut can_go_back) = (None, !lead.value.is_waiting());
    if let Some(id) = lead.value.state.event() {
        let found = look::<Event>(reader, id.as_str(), as_of)?.map(|found| found.value);
        can_go_back = found.as_ref().is_none_or(|event| event.status == EventStatus::Withdrawn);
        event = Some((id.clone(), found.map_or_else(|| id.0.clone(), |event| event.summary)));
    }
    Ok(LeadLine { lead, document: document.map(Document::without_text), outlet, actors, event, can_go_back })
}

/// Refuses what no lead can be.
fn check(lead: &Lead) -> Result<(), Error> {
    let what = lead.what.trim();
    if what.is_empty() || what.chars().count() > LONGEST {
        let message = format!("say in a sentence or two what seems to have happened, in at most {LONGEST} characters");
        return Err(Error::field("what", message));
    }
    check_told(lead.when.as_ref(), lead.at.as_ref(), &lead.counts)?;
    if lead.actors.len() > PARTS || lead.counts.len() > PARTS {
        return Err(Error::invalid(format!("a lead names at most {PARTS} actors and {PARTS} figures")));
    }
    if lead.actors.iter().any(|part| part.role.trim().is_empty()) {
        return Err(Error::field("role", "say what each actor did there: actor, target, mediator …"));
    }
    if lead.counts.iter().any(|count| count.of.trim().is_empty()) {
        return Err(Error::field("counts", "say of each figure what it counts"));
    }
    Ok(())
}

/// Refuses a passage that doesn't stand in the lead's document.
fn stands(reader: &mut Reader<'_>, lead: &Lead) -> Result<(), Error> {
    let Some(passage) = &lead.passage else { return Ok(()) };
    let document = must::<Document>(reader, &lead.desk, lead.document.as_str())?.value;
    let long = passage.exact.chars().count() > LONGEST;
    if long || passage::find(&document.text(), passage).is_none() {
        return Err(Error::field("passage", "these words don't stand in the document"));
    }
    Ok(())
}

/// A lead that nobody has answered yet.
fn waiting(reader: &mut Reader<'_>, desk: &DeskId, id: &str) -> Result<Versioned<Lead>, Error> {
    let kept = must::<Lead>(reader, desk, id)?;
    match &kept.value.state {
        LeadState::Waiting => Ok(kept),
        LeadState::Taken { by, .. } => Err(Error::invalid(format!("{by} has made an event of this lead already"))),
        LeadState::Refused { by, .. } => {
            Err(Error::invalid(format!("{by} has refused this lead: put it back to wait before anything else")))
        }
    }
}

fn answer(
    writer: &mut Writer<'_>,
    who: &Who,
    kept: Versioned<Lead>,
    state: LeadState,
) -> Result<Versioned<Lead>, Error> {
    let lead = Lead { state, ..kept.value };
    let saved = put(writer, &lead, kept.version)?;
    if saved.version != kept.version {
        let part = Part::Lead { lead: lead.id.clone(), before: Some(kept.version), after: saved.version };
        undo::remember(writer, who, &lead.desk, vec![part])?;
    }
    Ok(saved)
}
