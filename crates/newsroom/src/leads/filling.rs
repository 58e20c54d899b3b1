//! A lead as the program fills it in from what a document's text names. A person reads, changes and keeps it.

use crate::error::Error;
use crate::found::{Naming, Thing};
use crate::newsroom::Newsroom;
use crate::who::Who;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sitrep_language::offsets::Offsets;
use sitrep_language::{sentences, tag};
use sitrep_model::citation::Passage;
use sitrep_model::desk::Desk;
use sitrep_model::document::Document;
use sitrep_model::event::Participant;
use sitrep_model::id::{ActorId, LeadId, PlaceId};
use sitrep_model::lead::{Lead, LeadState, Made};
use sitrep_model::place::{Place, PlaceKind, PlacePrecision, Whereabouts};
use sitrep_model::when::{TimePrecision, When};
use std::ops::Range;

/// Actors, places, figures and days that are offered, at most.
const OFFERED: usize = 6;
/// Code points behind a number within which it is said what it counts.
const BEHIND: usize = 60;
/// The largest number that is taken for a count.
const LARGEST: f64 = 1e12;

/// A number of the text, and what stands about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFigure {
    /// The number.
    pub number: u64,
    /// What it counts, where a word of the desk's codebook stands behind it.
    pub of: Option<String>,
    /// The number as printed, with the words behind it.
    pub printed: String,
}

/// A lead as filled in, and what else the text offers.
#[derive(Debug, Clone, PartialEq)]
pub struct Filled {
    /// The lead: not kept, and without an id.
    pub lead: Lead,
    /// Places that the text names, those of the marked passage first.
    pub places: Vec<Place>,
    /// Days that the text names, in the desk's terms.
    pub days: Vec<String>,
    /// Numbers of the text that may be counts.
    pub figures: Vec<FoundFigure>,
}

/// What the text names, those namings first that stand in the marked passage.
struct Named<'a> {
    desk: &'a Desk,
    document: &'a Document,
    namings: Vec<&'a Naming>,
    /// How many of them stand in the passage; all, where none is marked.
    within: usize,
}

impl Newsroom {
    /// A new lead of a document, filled in from what its text names; `words` are what somebody marked in it, if anything.
    pub fn fill_lead(&self, who: &Who, desk: &Desk, document: &str, words: &str) -> Result<Filled, Error> {
        let document = self.get::<Document>(who, &desk.id, document, None)?.value;
        let passage = self.marked_passage(&document, words)?;
        let namings = self.namings(who, desk, &document)?;
        let named = Named::of(desk, &document, &namings, passage.as_ref());
        let gazetteer = self.gazetteer()?;
        let places = named.places(|id| gazetteer.get(id).cloned());
        let lead = Lead {
            id: LeadId::default(),
            desk: desk.id.clone(),
            document: document.id.clone(),
            what: what(desk, &document, passage.as_ref()),
            passage,
            event_type: None,
            when: named.when(),
            at: likeliest(&places, &named.first_places()).map(whereabouts),
            actors: named.actors(),
            counts: Vec::new(),
            state: LeadState::Waiting,
            made: Made { by: who.name(), at: self.now() },
        };
        Ok(Filled { lead, places, days: named.days(), figures: named.figures() })
    }
}

impl<'a> Named<'a> {
    fn of(desk: &'a Desk, document: &'a Document, namings: &'a [Naming], passage: Option<&Passage>) -> Self {
        let Some(range) = passage.and_then(|passage| in_bytes(document, passage)) else {
            return Self { desk, document, namings: namings.iter().collect(), within: namings.len() };
        };
        let starts = starts(document);
        let inside = |naming: &&Naming| {
            let start = starts.get(naming.paragraph).copied().unwrap_or_default();
            range.start <= start + naming.range.start && start + naming.range.end <= range.end
        };
        let (mut first, rest): (Vec<_>, Vec<_>) = namings.iter().partition(inside);
        let within = first.len();
        first.extend(rest);
        Self { desk, document, namings: first, within }
    }

    fn in_passage(&self) -> impl Iterator<Item = &'a Naming> {
        self.namings.iter().take(self.within).copied()
    }

    /// The first day that is named; without any, the day the outlet published it.
    fn when(&self) -> Option<When> {
        let named = self.namings.iter().find_map(|naming| match naming.thing {
            Thing::Date(from, to) => Some((from, to)),
            _ => None,
        });
        let zone = TimeZone::get(&self.desk.time_zone).unwrap_or(TimeZone::UTC);
        let published = || self.document.published.map(|at| zone.to_datetime(at).date()).map(|day| (day, day));
        let (from, to) = named.or_else(published)?;
        When::days(from, to, &zone, precision(from, to)).ok()
    }

    fn days(&self) -> Vec<String> {
        let mut days: Vec<String> = Vec::new();
        for naming in &self.namings {
            if matches!(naming.thing, Thing::Date(..)) && !days.contains(&naming.called) && days.len() < OFFERED {
                days.push(naming.called.clone());
            }
        }
        days
    }

    fn places(&self, get: impl Fn(&PlaceId) -> Option<Place>) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        for naming in &self.namings {
            if let Thing::Place(id) = &naming.thing
                && !places.iter().any(|known| &known.id == id)
                && places.len() < OFFERED
            {
                places.extend(get(id));
            }
        }
        places
    }

    fn first_places(&self) -> Vec<PlaceId> {
        let place = |naming: &Naming| if let Thing::Place(id) = &naming.thing { Some(id.clone()) } else { None };
        self.in_passage().filter_map(place).collect()
    }

    fn actors(&self) -> Vec<Participant> {
        let mut actors: Vec<&ActorId> = Vec::new();
        for naming in self.in_passage() {
            if let Thing::Actor(id) = &naming.thing
                && !actors.contains(&id)
                && actors.len() < OFFERED
            {
                actors.push(id);
            }
        }
        actors.into_iter().map(|id| Participant { role: "actor".to_owned(), actor: id.clone() }).collect()
    }

    fn figures(&self) -> Vec<FoundFigure> {
        self.in_passage().filter_map(|naming| self.figure(naming)).take(OFFERED).collect()
    }

    /// A whole number that is neither a share nor a year.
    fn figure(&self, naming: &Naming) -> Option<FoundFigure> {
        let Thing::Number(value) = naming.thing else { return None };
        if !(1.0..=LARGEST).contains(&value) || value.fract() != 0.0 || naming.called.ends_with('%') {
            return None;
        }
        let paragraph = self.document.paragraphs.get(naming.paragraph)?;
        let own = paragraph.get(naming.range.clone())?;
        let behind: String = paragraph.get(naming.range.end..)?.chars().take(BEHIND).collect();
        let end = sentences::sentences(&behind).first().map_or(0, |sentence| sentence.end);
        let behind: String = behind.chars().take(end.max(1)).collect();
        let words = behind.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
        let counted = |of: &&String| behind.to_lowercase().contains(of.to_lowercase().as_str());
        let of = self.desk.event_types.iter().flat_map(|kind| &kind.counts).find(counted).cloned();
        // Four digits that count nothing are likelier a year.
        if of.is_none() && (1300.0..=2100.0).contains(&value) && own.chars().count() == 4 {
            return None;
        }
        let printed = format!("{own} {words}");
        naming.called.replace(',', "").parse().ok().map(|number| FoundFigure { number, of, printed })
    }
}

/// What seems to have happened, in the desk's language where there are words in it: the marked passage, a translation's
/// title, the document's.
fn what(desk: &Desk, document: &Document, passage: Option<&Passage>) -> String {
    let own = |language: &str| tag::primary(language) == tag::primary(&desk.language);
    if let Some(passage) = passage.filter(|_| own(&document.language)) {
        return passage.exact.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let translated = document.translations.iter().rev().find(|made| own(&made.language));
    translated.map_or(&document.title, |made| &made.title).trim().to_owned()
}

/// The first place of the passage (of the text, where it names none) that is no whole country, else the first.
fn likeliest<'p>(places: &'p [Place], first: &[PlaceId]) -> Option<&'p Place> {
    let near = || places.iter().filter(|place| first.is_empty() || first.contains(&place.id));
    near().find(|place| place.kind != PlaceKind::Country).or_else(|| near().next())
}

fn whereabouts(place: &Place) -> Whereabouts {
    let precision = match place.kind {
        PlaceKind::Country => PlacePrecision::Country,
        PlaceKind::Province => PlacePrecision::Province,
        PlaceKind::District => PlacePrecision::District,
        PlaceKind::City | PlaceKind::Village | PlaceKind::Natural => PlacePrecision::City,
        _ => PlacePrecision::Neighbourhood,
    };
    Whereabouts::at(place, precision)
}

fn precision(from: Date, to: Date) -> TimePrecision {
    if from == to {
        return TimePrecision::Day;
    }
    match from.until(to).map_or(366, |span| span.get_days()) {
        ..=7 => TimePrecision::Week,
        8..=31 => TimePrecision::Month,
        _ => TimePrecision::Year,
    }
}

/// Where each paragraph begins in the document's text, in bytes.
fn starts(document: &Document) -> Vec<usize> {
    let mut at = 0;
    let next = |paragraph: &String| {
        let start = at;
        at += paragraph.len() + 1;
        start
    };
    document.paragraphs.iter().map(next).collect()
}

/// A passage's place in the document's text, in bytes.
fn in_bytes(document: &Document, passage: &Passage) -> Option<Range<usize>> {
    let text = document.text();
    let points = sitrep_collect::passage::find(&text, passage)?;
    let offsets = Offsets::new(&text);
    Some(offsets.byte(points.start)..offsets.byte(points.end))
}

#[cfg(test)]
#[path = "filling/tests.rs"]
mod tests;
