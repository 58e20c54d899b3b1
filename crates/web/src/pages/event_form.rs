//! The form of an event: its fields, what there is to choose from, and the event that they make.

use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use sitrep_model::actor::Actor;
use sitrep_model::desk::Desk;
use sitrep_model::document::Document;
use sitrep_model::event::{Credibility, Event, EventStatus, Evidence, Participant};
use sitrep_model::id::{ActorId, DocumentId, EventId, LayerId, PlaceId};
use sitrep_model::layer::{Layer, LayerOf};
use sitrep_model::place::{Place, PlacePrecision, Whereabouts};
use sitrep_model::visibility::Visibility;
use sitrep_model::when::{TimePrecision, When};
use sitrep_newsroom::{Error, Newsroom, Versioned, Who};

/// Places that a search offers.
const PLACES: usize = 12;
const STATUSES: [EventStatus; 4] =
    [EventStatus::Coded, EventStatus::Confirmed, EventStatus::Disputed, EventStatus::Withdrawn];
const TIME_PRECISIONS: [TimePrecision; 7] = [
    TimePrecision::Minute,
    TimePrecision::Hour,
    TimePrecision::PartOfDay,
    TimePrecision::Day,
    TimePrecision::Week,
    TimePrecision::Month,
    TimePrecision::Year,
];
const PLACE_PRECISIONS: [(PlacePrecision, &str); 6] = [
    (PlacePrecision::Exact, "exact"),
    (PlacePrecision::Neighbourhood, "neighbourhood"),
    (PlacePrecision::City, "city"),
    (PlacePrecision::District, "district"),
    (PlacePrecision::Province, "province"),
    (PlacePrecision::Country, "country"),
];

/// What the form holds, as text.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    pub version: u64,
    pub document: String,
    pub passage: String,
    pub place_query: String,
    /// The button that only looks for a place.
    pub find: Option<String>,
    pub summary: String,
    pub event_type: String,
    pub layer: String,
    pub from: String,
    pub to: String,
    pub precision: String,
    pub place: String,
    pub place_precision: String,
    pub role: String,
    pub actor: String,
    pub credibility: String,
    pub status: String,
    pub visibility: String,
}

impl Fields {
    /// A new event's, on a day.
    pub(crate) fn blank(day: Date) -> Self {
        Self {
            from: day.to_string(),
            precision: TimePrecision::Day.as_str().to_owned(),
            place_precision: "city".to_owned(),
            role: "actor".to_owned(),
            credibility: Credibility::default().grade().to_string(),
            status: EventStatus::Coded.as_str().to_owned(),
            visibility: "newsroom".to_owned(),
            ..Self::default()
        }
    }

    /// A kept event's.
    pub(crate) fn of(desk: &Desk, found: &Versioned<Event>) -> Self {
        let event = &found.value;
        let zone = TimeZone::get(&desk.time_zone).unwrap_or(TimeZone::UTC);
        let day = |at| zone.to_datetime(at).date().to_string();
        let participant = event.actors.first();
        let precision = PLACE_PRECISIONS.iter().find(|(known, _)| *known == event.at.precision);
        Self {
            version: found.version,
            summary: event.summary.clone(),
            event_type: event.event_type.clone(),
            layer: event.layer.as_ref().map(|layer| layer.0.clone()).unwrap_or_default(),
            from: day(event.when.from),
            to: day(event.when.to),
            precision: event.when.precision.as_str().to_owned(),
            place: event.at.place.as_ref().map(|place| place.0.clone()).unwrap_or_default(),
            place_precision: precision.map_or("city", |(_, name)| name).to_owned(),
            role: participant.map_or_else(|| "actor".to_owned(), |participant| participant.role.clone()),
            actor: participant.map(|participant| participant.actor.0.clone()).unwrap_or_default(),
            credibility: event.credibility.grade().to_string(),
            status: event.status.as_str().to_owned(),
            visibility: crate::text::visibility(event.visibility).to_owned(),
            ..Self::default()
        }
    }
}

/// What is wrong with what was sent.
struct Wrong {
    message: String,
    /// Which field it is, and the id of the element where it is mended.
    field: Option<(String, &'static str)>,
}

impl Wrong {
    fn of(error: &PageError, places: bool) -> Self {
        let field = error.field().and_then(|field| {
            let id = match field {
                "summary" => "f-summary",
                "event_type" => "f-type",
                "from" => "f-from",
                "to" => "f-to",
                "precision" => "f-precision",
                "place" if places => "f-place",
                "place" => "f-find",
                "credibility" => "f-credibility",
                "status" => "f-status",
                _ => return None,
            };
            Some((field.to_owned(), id))
        });
        Self { message: error.message().to_owned(), field }
    }
}

/// The page of the form.
#[derive(Template)]
#[template(path = "event_form.html")]
pub(crate) struct Form {
    shell: Shell,
    desk: Desk,
    error: Option<Wrong>,
    action: String,
    f: Fields,
    layers: Vec<Layer>,
    actors: Vec<Actor>,
    places: Vec<Place>,
    passages: Vec<String>,
    rests_on: Vec<(String, String)>,
    time_precisions: Vec<&'static str>,
    place_precisions: Vec<&'static str>,
    credibilities: Vec<(String, &'static str)>,
    statuses: Vec<&'static str>,
}

/// What the form offers to choose from.
struct Choice {
    layers: Vec<Layer>,
    actors: Vec<Actor>,
    places: Vec<Place>,
    /// Those of the places that the search found.
    found: Vec<PlaceId>,
    passages: Vec<String>,
    rests_on: Vec<(String, String)>,
}

impl Form {
    /// The form of a new event, or of the one that is kept.
    pub(crate) async fn of(
        app: &App,
        visitor: &Visitor,
        desk: Desk,
        title: &str,
        mut fields: Fields,
        event: Option<&Event>,
    ) -> Result<Self, PageError> {
        let (who, of, asked, kept) = (visitor.who().clone(), desk.clone(), fields.clone(), event.cloned());
        let choice = app.ask(move |newsroom| choice(newsroom, &who, &of, &asked, kept.as_ref())).await?;
        // One place alone answers to the name: it is meant, unless another was chosen and no search was asked for.
        if let [only] = choice.found.as_slice()
            && (fields.place.is_empty() || fields.find.is_some())
        {
            fields.place = only.as_str().to_owned();
        }
        if fields.passage.is_empty() {
            fields.passage = choice.passages.first().cloned().unwrap_or_default();
        }
        let action = match event {
            Some(event) => format!("/newsroom/{}/events/{}", desk.id, event.id),
            None => format!("/newsroom/{}/events/new", desk.id),
        };
        let grades = (1..=6).filter_map(Credibility::new);
        Ok(Self {
            shell: Shell::of_desk(visitor, desk.clone(), "events", title, action.clone()),
            desk,
            error: None,
            action,
            f: fields,
            layers: choice.layers,
            actors: choice.actors,
            places: choice.places,
            passages: choice.passages,
            rests_on: choice.rests_on,
            time_precisions: TIME_PRECISIONS.iter().map(|precision| precision.as_str()).collect(),
            place_precisions: PLACE_PRECISIONS.iter().map(|(_, name)| *name).collect(),
            credibilities: grades.map(|grade| (grade.grade().to_string(), grade.meaning())).collect(),
            statuses: STATUSES.iter().map(|status| status.as_str()).collect(),
        })
    }

    /// The same form with what is wrong.
    pub(crate) fn with_error(self, error: &PageError) -> Self {
        Self { error: Some(Wrong::of(error, !self.places.is_empty())), ..self }
    }

    /// Whether that field is what is wrong.
    fn is_wrong(&self, name: &str) -> bool {
        let field = self.error.as_ref().and_then(|error| error.field.as_ref());
        field.is_some_and(|(field, _)| field == name)
    }
}

fn choice(newsroom: &Newsroom, who: &Who, desk: &Desk, asked: &Fields, kept: Option<&Event>) -> Result<Choice, Error> {
    let layers: Vec<Layer> = newsroom.all(who, &desk.id)?;
    let gazetteer = newsroom.gazetteer()?;
    let mut places: Vec<Place> = gazetteer.get(&PlaceId::from(asked.place.as_str())).cloned().into_iter().collect();
    let mut found = Vec::new();
    if !asked.place_query.trim().is_empty() {
        for place in gazetteer.search(&asked.place_query, PLACES) {
            found.push(place.id.clone());
            if !places.iter().any(|known| known.id == place.id) {
                places.push(place.clone());
            }
        }
    }
    let passages = match asked.document.is_empty() {
        true => Vec::new(),
        false => {
            let document = newsroom.get::<Document>(who, &desk.id, &asked.document, None)?.value;
            newsroom.passages(&document).into_iter().map(|passage| passage.exact).collect()
        }
    };
    let mut rests_on = Vec::new();
    for evidence in kept.map(|event| event.evidence.as_slice()).unwrap_or_default() {
        let document = newsroom.get::<Document>(who, &desk.id, evidence.document.as_str(), None)?.value;
        rests_on.push((document.id.0, document.title));
    }
    Ok(Choice {
        layers: layers.into_iter().filter(|layer| layer.of == LayerOf::Events).collect(),
        actors: newsroom.all(who, &desk.id)?,
        places,
        found,
        passages,
        rests_on,
    })
}

/// The event that the fields make: a new one, or the one before with what they changed.
pub(crate) fn coded(
    newsroom: &Newsroom,
    who: &Who,
    desk: &Desk,
    before: Option<Event>,
    fields: &Fields,
) -> Result<Event, Error> {
    let when = when(desk, fields, before.as_ref())?;
    let at = whereabouts(newsroom, fields, before.as_ref())?;
    let mut evidence = before.as_ref().map(|event| event.evidence.clone()).unwrap_or_default();
    if !fields.document.is_empty() {
        let document = DocumentId(fields.document.clone());
        let passage = newsroom.passage(who, &desk.id, &document, &fields.passage)?;
        evidence.push(Evidence { document, passage });
    }
    let credibility = fields.credibility.parse().ok().and_then(Credibility::new);
    let status = STATUSES.into_iter().find(|status| status.as_str() == fields.status);
    Ok(Event {
        id: before.as_ref().map_or_else(EventId::default, |event| event.id.clone()),
        desk: desk.id.clone(),
        event_type: fields.event_type.clone(),
        when,
        at,
        summary: fields.summary.trim().to_owned(),
        actors: participants(fields, before.as_ref()),
        counts: before.as_ref().map(|event| event.counts.clone()).unwrap_or_default(),
        evidence,
        credibility: credibility.ok_or_else(|| Error::field("credibility", "a grade from 1 to 6"))?,
        status: status.ok_or_else(|| Error::field("status", format!("{:?} is no status", fields.status)))?,
        visibility: if fields.visibility == "public" { Visibility::Public } else { Visibility::Newsroom },
        layer: Some(LayerId(fields.layer.clone())).filter(|layer| !layer.0.is_empty()),
        coded_by: before.and_then(|event| event.coded_by),
    })
}

/// From the first moment of one day to the last of another, in the desk's time zone. Days that were not changed keep
/// the hours that were known of them.
fn when(desk: &Desk, fields: &Fields, before: Option<&Event>) -> Result<When, Error> {
    let zone = TimeZone::get(&desk.time_zone).unwrap_or(TimeZone::UTC);
    let day = |field: &str, value: &str| -> Result<Date, Error> {
        value.trim().parse().map_err(|_| Error::field(field, format!("{value:?} is no day: write 2026-11-20")))
    };
    let precision = TIME_PRECISIONS.into_iter().find(|precision| precision.as_str() == fields.precision);
    let precision =
        precision.ok_or_else(|| Error::field("precision", format!("{:?} is no precision", fields.precision)))?;
    let from = day("from", &fields.from)?;
    let to = if fields.to.trim().is_empty() { from } else { day("to", &fields.to)? };
    if let Some(kept) = before.map(|event| event.when) {
        let same = |at, day: Date| zone.to_datetime(at).date() == day;
        if same(kept.from, from) && same(kept.to, to) {
            return Ok(When { precision, ..kept });
        }
    }
    let moment = |day: Date, hour, minute, second| {
        zone.to_timestamp(day.at(hour, minute, second, 0)).map_err(|e| Error::field("from", e.to_string()))
    };
    Ok(When { from: moment(from, 0, 0, 0)?, to: moment(to, 23, 59, 59)?, precision })
}

fn whereabouts(newsroom: &Newsroom, fields: &Fields, before: Option<&Event>) -> Result<Whereabouts, Error> {
    let precision = PLACE_PRECISIONS.iter().find(|(_, name)| *name == fields.place_precision);
    let precision = precision.map(|(precision, _)| *precision).unwrap_or_default();
    let id = PlaceId::from(fields.place.as_str());
    if let Some(kept) = before.map(|event| &event.at)
        && (id.as_str().is_empty() || kept.place.as_ref() == Some(&id))
    {
        return Ok(Whereabouts { precision, ..kept.clone() });
    }
    let gazetteer = newsroom.gazetteer()?;
    let place = gazetteer.get(&id).ok_or_else(|| Error::field("place", "find a place and choose it"))?;
    Ok(Whereabouts { place: Some(place.id.clone()), name: place.name.clone(), point: place.point, precision })
}

/// The form shows the first who took part; the others stay.
fn participants(fields: &Fields, before: Option<&Event>) -> Vec<Participant> {
    let mut actors = before.map(|event| event.actors.clone()).unwrap_or_default();
    if !actors.is_empty() {
        actors.remove(0);
    }
    if !fields.actor.is_empty() {
        let role = if fields.role.trim().is_empty() { "actor" } else { fields.role.trim() };
        actors.insert(0, Participant { role: role.to_owned(), actor: ActorId(fields.actor.clone()) });
    }
    actors
}
