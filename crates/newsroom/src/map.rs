//! The map: a desk's layers over a span of valid time, as known at a moment of recorded time, as the asker may see it.

use crate::catalogue::{all_as_of, sees};
use crate::error::Error;
use crate::newsroom::{Newsroom, look};
use crate::who::Who;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sitrep_model::actor::Actor;
use sitrep_model::desk::Desk;
use sitrep_model::document::Document;
use sitrep_model::edition::Edition;
use sitrep_model::event::{Event, EventStatus, Evidence};
use sitrep_model::id::DeskId;
use sitrep_model::layer::Layer;
use sitrep_model::position::Position;
use sitrep_model::source::Source;
use sitrep_model::visibility::Visibility;
use sitrep_model::{Kind, Noun};
use sitrep_store::{Order, Page, Query, Reader, Versioned};
use std::collections::HashMap;

/// Most features that one view holds; the span must be narrowed beyond it.
pub const MOST: usize = 5000;

/// What the map is asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MapQuestion {
    /// First day, in the desk's time zone.
    pub from: Option<Date>,
    /// Last day, in the desk's time zone.
    pub to: Option<Date>,
    /// As known at this moment.
    pub as_of: Option<Timestamp>,
    /// Also what only the newsroom sees.
    pub newsroom: bool,
}

/// A document that something on the map rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct MapSource {
    /// The document.
    pub document: Document,
    /// Its source.
    pub source: Option<Source>,
}

/// An edition that reports something on the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapEdition {
    /// Its slug.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The sentence that reports it.
    pub sentence: Option<String>,
}

/// What a feature is.
#[derive(Debug, Clone, PartialEq)]
pub enum Feature {
    /// An event.
    Event(Box<Event>),
    /// A position.
    Position(Box<Position>),
}

/// One thing on the map, with its sources and the editions that report it.
#[derive(Debug, Clone, PartialEq)]
pub struct MapFeature {
    /// What it is.
    pub feature: Feature,
    /// Names of those who took part or hold it.
    pub actors: Vec<String>,
    /// What it rests on.
    pub sources: Vec<MapSource>,
    /// Public editions that report it.
    pub editions: Vec<MapEdition>,
}

/// A view of the map.
#[derive(Debug, Clone, PartialEq)]
pub struct MapView {
    /// The layers that the asker sees, by title.
    pub layers: Vec<Layer>,
    /// What is on it, oldest first.
    pub features: Vec<MapFeature>,
    /// There is more than fits: the span must be narrowed.
    pub cut: bool,
}

impl Newsroom {
    /// A view of the map.
    pub fn map(&self, who: &Who, desk: &Desk, question: &MapQuestion) -> Result<MapView, Error> {
        let id = &desk.id;
        let newsroom = question.newsroom && who.is_newsroom(id);
        let shows = |visibility| if newsroom { sees(who, id, visibility) } else { visibility == Visibility::Public };
        let zone = TimeZone::get(&desk.time_zone).unwrap_or(TimeZone::UTC);
        self.read(|reader| {
            let layers: Vec<Layer> = all_as_of(reader, Some(id), question.as_of)?;
            let layers: Vec<Layer> = layers.into_iter().filter(|layer| shows(layer.visibility)).collect();
            let drawn = |layer: Option<&sitrep_model::id::LayerId>| {
                layer.is_some_and(|layer| layers.iter().any(|known| &known.id == layer))
            };
            let mut look_up = LookUp { as_of: question.as_of, names: HashMap::new(), sources: HashMap::new() };
            let (events, cut) = events(reader, id, question, &zone)?;
            let mut features = Vec::new();
            for event in events {
                if shows(event.visibility) && event.status != EventStatus::Withdrawn && drawn(event.layer.as_ref()) {
                    features.push(look_up.event(reader, event)?);
                }
            }
            let positions: Vec<Position> = all_as_of(reader, Some(id), question.as_of)?;
            for position in positions {
                let begun = question.to.is_none_or(|to| position.from <= to);
                let lasts = question.from.is_none_or(|from| position.to.is_none_or(|to| to >= from));
                if shows(position.visibility) && drawn(position.layer.as_ref()) && begun && lasts {
                    features.push(look_up.position(reader, position)?);
                }
            }
            Ok(MapView { layers, features, cut })
        })
    }

    /// The day of the newest event that is known at a moment: where a map begins that would else be empty.
    pub fn newest_day(&self, desk: &Desk, as_of: Option<Timestamp>) -> Result<Option<Date>, Error> {
        let zone = TimeZone::get(&desk.time_zone).unwrap_or(TimeZone::UTC);
        let query = Query { desk: Some(desk.id.clone()), limit: 1, as_of, ..Query::default() };
        let page: Page<Versioned<Event>> = self.read(|reader| Ok(reader.list(&query)?))?;
        Ok(page.items.first().map(|event| zone.to_datetime(event.value.when.from).date()))
    }

    /// One event or position with its sources and editions, as the asker may see it.
    pub fn feature(
        &self,
        who: &Who,
        desk: &DeskId,
        kind: Kind,
        id: &str,
        as_of: Option<Timestamp>,
    ) -> Result<MapFeature, Error> {
        self.read(|reader| {
            let mut look_up = LookUp { as_of, names: HashMap::new(), sources: HashMap::new() };
            if kind == Kind::Position {
                let found: Option<Versioned<Position>> = look(reader, id, as_of)?;
                let found = found.filter(|f| &f.value.desk == desk && sees(who, desk, f.value.visibility));
                return look_up.position(reader, found.ok_or_else(|| Error::not_found("position", id))?.value);
            }
            let found: Option<Versioned<Event>> = look(reader, id, as_of)?;
            let found = found.filter(|f| &f.value.desk == desk && sees(who, desk, f.value.visibility));
            look_up.event(reader, found.ok_or_else(|| Error::not_found("event", id))?.value)
        })
    }
}

fn events(
    reader: &mut Reader<'_>,
    desk: &DeskId,
    question: &MapQuestion,
    zone: &TimeZone,
) -> Result<(Vec<Event>, bool), Error> {
    let midnight = |date: Date| zone.to_timestamp(date.at(0, 0, 0, 0)).ok();
    let query = Query {
        desk: Some(desk.clone()),
        as_of: question.as_of,
        from: question.from.and_then(midnight),
        to: question.to.and_then(|to| to.tomorrow().ok()).and_then(midnight),
        order: Order::OldestFirst,
        limit: MOST,
        ..Query::default()
    };
    let page: Page<Versioned<Event>> = reader.list(&query)?;
    Ok((page.items.into_iter().map(|item| item.value).collect(), page.next.is_some()))
}

/// What several features share is looked up once.
struct LookUp {
    as_of: Option<Timestamp>,
    names: HashMap<String, String>,
    sources: HashMap<String, Option<MapSource>>,
}

impl LookUp {
    fn event(&mut self, reader: &mut Reader<'_>, event: Event) -> Result<MapFeature, Error> {
        let mut actors = Vec::new();
        for participant in &event.actors {
            actors.push(self.name(reader, participant.actor.as_str())?);
        }
        let sources = self.evidence(reader, &event.evidence)?;
        let editions = self.editions(reader, Kind::Event, event.id.as_str())?;
        Ok(MapFeature { feature: Feature::Event(Box::new(event)), actors, sources, editions })
    }

    fn position(&mut self, reader: &mut Reader<'_>, position: Position) -> Result<MapFeature, Error> {
        let actors = vec![self.name(reader, position.holder.as_str())?];
        let sources = self.evidence(reader, &position.evidence)?;
        let editions = self.editions(reader, Kind::Position, position.id.as_str())?;
        Ok(MapFeature { feature: Feature::Position(Box::new(position)), actors, sources, editions })
    }

    fn name(&mut self, reader: &mut Reader<'_>, id: &str) -> Result<String, Error> {
        if let Some(name) = self.names.get(id) {
            return Ok(name.clone());
        }
        let found: Option<Versioned<Actor>> = look(reader, id, self.as_of)?;
        let name = found.map_or_else(|| id.to_owned(), |found| found.value.name);
        self.names.insert(id.to_owned(), name.clone());
        Ok(name)
    }

    fn evidence(&mut self, reader: &mut Reader<'_>, evidence: &[Evidence]) -> Result<Vec<MapSource>, Error> {
        let mut sources = Vec::new();
        for evidence in evidence {
            let id = evidence.document.as_str();
            if !self.sources.contains_key(id) {
                let document: Option<Versioned<Document>> = look(reader, id, self.as_of)?;
                let made = match document {
                    Some(document) => {
                        let source = match &document.value.source {
                            Some(source) => look::<Source>(reader, source.as_str(), self.as_of)?.map(|s| s.value),
                            None => None,
                        };
                        Some(MapSource { document: document.value, source })
                    }
                    None => None,
                };
                self.sources.insert(id.to_owned(), made);
            }
            sources.extend(self.sources.get(id).cloned().flatten());
        }
        Ok(sources)
    }

    fn editions(&self, reader: &mut Reader<'_>, kind: Kind, id: &str) -> Result<Vec<MapEdition>, Error> {
        let mut editions = Vec::new();
        for link in reader.links_to(kind, id, self.as_of)? {
            if link.kind != Kind::Edition {
                continue;
            }
            let found: Option<Versioned<Edition>> = look(reader, &link.id, self.as_of)?;
            if let Some(edition) = found.map(|found| found.value).filter(|edition| edition.state.is_public()) {
                editions.push(MapEdition { slug: edition.slug.clone(), title: edition.title(), sentence: link.anchor });
            }
        }
        Ok(editions)
    }
}
