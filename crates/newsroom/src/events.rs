//! Events and positions: coding them, confirming them, following them to what rests on them.

use crate::error::Error;
use crate::ids;
use crate::keeping::open_evidence;
use crate::newsroom::{Newsroom, must};
use crate::who::Who;
use sitrep_model::Noun;
use sitrep_model::account::Role;
use sitrep_model::actor::Actor;
use sitrep_model::desk::EventType;
use sitrep_model::document::Document;
use sitrep_model::event::{Count, Event, EventStatus, Evidence};
use sitrep_model::id::{ActorId, DeskId, EventId, LayerId, PositionId};
use sitrep_model::layer::Layer;
use sitrep_model::place::{Point, Whereabouts};
use sitrep_model::position::Position;
use sitrep_model::when::When;
use sitrep_store::{Expected, Reader, Versioned, Writer};

impl Newsroom {
    /// Codes an event: new with version 0 (its id is made where it is empty), else the version it was read at.
    pub fn save_event(
        &self,
        who: &Who,
        event: Event,
        version: u64,
        why: Option<&str>,
    ) -> Result<Versioned<Event>, Error> {
        let desk = event.desk.clone();
        who.must_be(Role::Analyst, &desk)?;
        self.check_event(&event)?;
        let verb = if version == 0 { "event.code" } else { "event.revise" };
        self.write(who, verb, Some(&desk), why, |writer| code(writer, who, event, version))
    }

    /// Refuses an event that can't be kept, whoever codes it.
    pub(crate) fn check_event(&self, event: &Event) -> Result<(), Error> {
        let types = self.desk(&event.desk)?.event_types;
        if !types.is_empty() {
            in_codebook(&types, &event.event_type)?;
        }
        check_event(event)
    }

    /// Confirms, disputes or withdraws an event; confirming asks for another person than the one who coded it.
    pub fn set_event_status(
        &self,
        who: &Who,
        desk: &DeskId,
        id: &str,
        status: EventStatus,
        why: Option<&str>,
    ) -> Result<(), Error> {
        who.must_be(Role::Analyst, desk)?;
        self.write(who, &format!("event.{}", status.as_str()), Some(desk), why, |writer| {
            let found = must::<Event>(writer, desk, id)?;
            may_decide(who, &found.value, status)?;
            writer.put(&Event { status, ..found.value }, Expected::Version(found.version))?;
            Ok(())
        })
    }

    /// Keeps a position: new with version 0, else the version it was read at.
    pub fn save_position(
        &self,
        who: &Who,
        mut position: Position,
        version: u64,
        why: Option<&str>,
    ) -> Result<Versioned<Position>, Error> {
        let desk = position.desk.clone();
        who.must_be(Role::Analyst, &desk)?;
        if position.name.trim().is_empty() {
            return Err(Error::field("name", "a position needs a name"));
        }
        if position.to.is_some_and(|to| to < position.from) {
            return Err(Error::field("to", "the last day is before the first one"));
        }
        if position.shape.anchor().is_none() {
            return Err(Error::field(
                "shape",
                "the shape has no point on the earth: longitude first, then latitude, in degrees",
            ));
        }
        if position.id.as_str().is_empty() {
            position.id = PositionId(ids::id("pos"));
        }
        let verb = if version == 0 { "position.code" } else { "position.revise" };
        self.write(who, verb, Some(&desk), why, |writer| {
            refer(writer, &desk, &position.evidence, [&position.holder], position.layer.as_ref())?;
            open_evidence(writer, position.visibility, &position.evidence)?;
            put(writer, &position, version)
        })
    }
}

/// Refuses a type that the desk's codebook doesn't have.
pub(crate) fn in_codebook(types: &[EventType], wanted: &str) -> Result<(), Error> {
    if types.iter().any(|kind| kind.id == wanted) {
        return Ok(());
    }
    let known: Vec<&str> = types.iter().map(|kind| kind.id.as_str()).collect();
    Err(Error::field("event_type", format!("{wanted:?} is not in the codebook: {}", known.join(", "))))
}

/// Writes an event as somebody coded it; its id is made where it is empty.
pub(crate) fn code(
    writer: &mut Writer<'_>,
    who: &Who,
    mut event: Event,
    version: u64,
) -> Result<Versioned<Event>, Error> {
    if event.id.as_str().is_empty() {
        event.id = EventId(ids::id("ev"));
    }
    let account = who.account().map(|account| account.id.clone());
    let (status, coded_by) = if version == 0 {
        (EventStatus::Coded, account)
    } else {
        let kept = must::<Event>(writer, &event.desk, event.id.as_str())?.value;
        (kept.status, kept.coded_by)
    };
    event.coded_by = coded_by;
    if event.status != status {
        may_decide(who, &event, event.status)?;
    }
    refer(writer, &event.desk, &event.evidence, event.actors.iter().map(|p| &p.actor), event.layer.as_ref())?;
    open_evidence(writer, event.visibility, &event.evidence)?;
    put(writer, &event, version)
}

fn check_event(event: &Event) -> Result<(), Error> {
    if event.summary.trim().is_empty() {
        return Err(Error::field("summary", "say in a sentence or two what happened"));
    }
    check_told(Some(&event.when), Some(&event.at), &event.counts)
}

/// Refuses a time, place or figures that can't be, of an event or of a lead to one.
pub(crate) fn check_told(when: Option<&When>, at: Option<&Whereabouts>, counts: &[Count]) -> Result<(), Error> {
    if when.is_some_and(|when| when.to < when.from) {
        return Err(Error::field("to", "the event ends before it begins"));
    }
    if at.is_some_and(|at| Point::new(at.point.latitude, at.point.longitude).is_none()) {
        return Err(Error::field("place", "the point is not on the earth"));
    }
    if let Some(count) = counts.iter().find(|count| count.high < count.low) {
        return Err(Error::field("counts", format!("of {}: the highest figure is below the lowest", count.of)));
    }
    Ok(())
}

/// Everything that is referred to must be there, on the same desk.
pub(crate) fn refer<'a>(
    reader: &mut Reader<'_>,
    desk: &DeskId,
    evidence: &[Evidence],
    actors: impl IntoIterator<Item = &'a ActorId>,
    layer: Option<&LayerId>,
) -> Result<(), Error> {
    for evidence in evidence {
        must::<Document>(reader, desk, evidence.document.as_str())?;
    }
    for actor in actors {
        must::<Actor>(reader, desk, actor.as_str())?;
    }
    if let Some(layer) = layer {
        must::<Layer>(reader, desk, layer.as_str())?;
    }
    Ok(())
}

/// An event is confirmed by another person than the one who coded it.
fn may_decide(who: &Who, event: &Event, status: EventStatus) -> Result<(), Error> {
    let same = who.account().is_some_and(|account| event.coded_by.as_ref() == Some(&account.id));
    if status == EventStatus::Confirmed && same {
        let message = "an event is confirmed by another person than the one who coded it";
        return Err(Error::Forbidden(message.to_owned()));
    }
    Ok(())
}

/// Writes a version of what was read at `version`; 0 for a new one.
pub(crate) fn put<N: Noun>(writer: &mut Writer<'_>, value: &N, version: u64) -> Result<Versioned<N>, Error> {
    let expected = if version == 0 { Expected::New } else { Expected::Version(version) };
    let version = writer.put(value, expected)?;
    Ok(Versioned { value: value.clone(), version, seq: 0, recorded: writer.at() })
}
