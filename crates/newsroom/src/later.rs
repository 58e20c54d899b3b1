//! What was not yet known at a moment: what was recorded since about the days before it.

use crate::catalogue::sees;
use crate::error::Error;
use crate::newsroom::Newsroom;
use crate::reading::{VersionLine, public_edition, public_versions};
use crate::who::Who;
use jiff::{Timestamp, ToSpan};
use sitrep_model::assessment::{Assessment, Step};
use sitrep_model::desk::Desk;
use sitrep_model::edition::{Edition, EditionState};
use sitrep_model::event::{Event, EventStatus};
use sitrep_store::{Order, Query, Reader, Versioned};
use std::collections::HashMap;

/// Events that are looked through at the most.
const EVENTS: usize = 2000;
/// Versions of editions and assessments that are told of at the most.
const TOLD: usize = 200;

/// An event that was recorded, or recorded otherwise, after a moment that it lies before.
#[derive(Debug, Clone, PartialEq)]
pub struct LateEvent {
    /// The event as it is known now.
    pub event: Event,
    /// Since when it is known so.
    pub recorded: Timestamp,
    /// What was known of it then; nothing where it was not known.
    pub then: Option<Event>,
}

/// A step that an assessment took after a moment at which it stood.
#[derive(Debug, Clone, PartialEq)]
pub struct LaterStep {
    /// The assessment as it is known now.
    pub assessment: Assessment,
    /// The likelihood that it had then.
    pub then: String,
    /// The steps taken since.
    pub steps: Vec<Step>,
}

/// A public act on an edition that readers had then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaterAct {
    /// The edition's slug.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// What was done, when, and why.
    pub act: VersionLine,
}

/// What was not yet known.
#[derive(Debug, Clone, PartialEq)]
pub struct Later {
    /// Corrections, retractions and take-downs of editions that were out by then.
    pub acts: Vec<LaterAct>,
    /// Events of the span, by when they happened.
    pub events: Vec<LateEvent>,
    /// Assessments that have moved.
    pub assessments: Vec<LaterStep>,
    /// More events lie in the span than were looked through.
    pub cut: bool,
}

impl Newsroom {
    /// What the desk has recorded since a moment about the `days` before it: acts on editions that were out then (of one edition
    /// only, where one is given), events that had happened, steps of assessments that stood. Readers are told what is public.
    pub fn not_yet_known(
        &self,
        who: &Who,
        desk: &Desk,
        at: Timestamp,
        days: u16,
        edition: Option<&str>,
    ) -> Result<Later, Error> {
        let from = at.checked_sub((i64::from(days) * 24).hours()).unwrap_or(Timestamp::MIN);
        let mut lines = self.archive_days(&desk.id, Some(at))?;
        // An edition that stands as it stood has nothing to tell; most do.
        let standing: HashMap<String, u64> =
            self.archive_days(&desk.id, None)?.into_iter().map(|line| (line.id, line.version)).collect();
        lines.retain(|line| {
            edition.is_none_or(|slug| line.slug == slug) && standing.get(&line.id) != Some(&line.version)
        });
        self.read(|reader| {
            let mut acts = Vec::new();
            for line in lines.iter().take(TOLD) {
                let now = public_edition(reader, &desk.id, &line.slug, None)?.value;
                acts.extend(acts_since(reader, now, at)?);
            }
            let (events, cut) = late_events(reader, who, desk, from, at)?;
            let assessments = later_steps(reader, who, desk, at)?;
            Ok(Later { acts, events, assessments, cut })
        })
    }
}

fn acts_since(reader: &mut Reader<'_>, edition: Edition, at: Timestamp) -> Result<Vec<LaterAct>, Error> {
    let versions = public_versions(reader, &edition, None)?;
    let since = versions.into_iter().filter(|version| version.recorded > at);
    let act = |act| LaterAct { slug: edition.slug.clone(), title: edition.title.clone(), act };
    let gone = edition.state == EditionState::TakenDown;
    // Of what was taken down only that is told.
    Ok(since.filter(|version| !gone || version.what == "Taken down").map(act).collect())
}

fn late_events(
    reader: &mut Reader<'_>,
    who: &Who,
    desk: &Desk,
    from: Timestamp,
    at: Timestamp,
) -> Result<(Vec<LateEvent>, bool), Error> {
    let query = Query {
        desk: Some(desk.id.clone()),
        from: Some(from),
        to: at.checked_add(1.microsecond()).ok(),
        order: Order::OldestFirst,
        limit: EVENTS,
        ..Query::default()
    };
    let page = reader.list::<Event>(&query)?;
    let mut late = Vec::new();
    for Versioned { value: event, recorded, .. } in page.items {
        let shown = sees(who, &event.desk, event.visibility) && event.status != EventStatus::Withdrawn;
        if recorded <= at || !shown {
            continue;
        }
        let then: Option<Versioned<Event>> = reader.get_as_of(event.id.as_str(), at)?;
        let then = then.map(|then| then.value).filter(|then| sees(who, &then.desk, then.visibility));
        if then.as_ref() != Some(&event) {
            late.push(LateEvent { event, recorded, then });
        }
    }
    Ok((late, page.next.is_some()))
}

fn later_steps(reader: &mut Reader<'_>, who: &Who, desk: &Desk, at: Timestamp) -> Result<Vec<LaterStep>, Error> {
    let now: Vec<Assessment> = crate::catalogue::all(reader, Some(&desk.id))?;
    let mut later = Vec::new();
    for assessment in now {
        let public = assessment.steps.iter().any(|step| step.edition.is_some());
        if !(public || who.is_newsroom(&desk.id)) || later.len() >= TOLD {
            continue;
        }
        let then: Option<Versioned<Assessment>> = reader.get_as_of(assessment.id.as_str(), at)?;
        let Some(then) = then.map(|then| then.value) else { continue };
        let steps: Vec<Step> = assessment.steps.iter().filter(|step| step.at > at).cloned().collect();
        if !steps.is_empty() {
            later.push(LaterStep { then: then.likelihood, assessment, steps });
        }
    }
    Ok(later)
}
