//! The form of an event: its fields, what there is to choose from, and the event that they make.

use super::happening;
use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use crate::shell::Shell;
use crate::text;
use askama::Template;
use jiff::civil::Date;
use serde::Deserialize;
use sitrep_model::actor::Actor;
use sitrep_model::desk::Desk;
use sitrep_model::document::Document;
use sitrep_model::event::{Count, Credibility, Event, EventStatus, Evidence, Participant};
use sitrep_model::id::{DocumentId, EventId, LayerId, PlaceId};
use sitrep_model::layer::{Layer, LayerOf};
use sitrep_model::lead::Lead;
use sitrep_model::place::{Place, Whereabouts};
use sitrep_model::visibility::Visibility;
use sitrep_model::when::{TimePrecision, When};
use sitrep_newsroom::{Error, Newsroom, Versioned, Who};

const STATUSES: [EventStatus; 4] =
    [EventStatus::Coded, EventStatus::Confirmed, EventStatus::Disputed, EventStatus::Withdrawn];

/// What the form holds, as text.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    pub version: u64,
    /// The lead that the event is coded from.
    pub lead: String,
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

    /// A new event's, as a lead tells of it; on that day, where the lead knows none.
    pub(crate) fn of_lead(desk: &Desk, lead: &Lead, day: Date) -> Self {
        let day_of = |at| happening::day_of(desk, at).to_string();
        let mut fields = Self {
            lead: lead.id.0.clone(),
            document: lead.document.0.clone(),
            passage: lead.passage.as_ref().map(|passage| passage.exact.clone()).unwrap_or_default(),
            summary: lead.what.clone(),
            event_type: lead.event_type.clone().unwrap_or_default(),
            ..Self::blank(day)
        };
        if let Some(when) = &lead.when {
            (fields.from, fields.to) = (day_of(when.from), day_of(when.to));
            fields.precision = when.precision.as_str().to_owned();
        }
        if let Some(at) = &lead.at {
            fields.place = at.place.as_ref().map(|place| place.0.clone()).unwrap_or_default();
            fields.place_precision = happening::place_precision(at.precision).to_owned();
        }
        if let Some(first) = lead.actors.first() {
            (fields.role, fields.actor) = (first.role.clone(), first.actor.0.clone());
        }
        fields
    }

    /// A kept event's.
    pub(crate) fn of(desk: &Desk, found: &Versioned<Event>) -> Self {
        let event = &found.value;
        let day = |at| happening::day_of(desk, at).to_string();
        let participant = event.actors.first();
        Self {
            version: found.version,
            summary: event.summary.clone(),
            event_type: event.event_type.clone(),
            layer: event.layer.as_ref().map(|layer| layer.0.clone()).unwrap_or_default(),
            from: day(event.when.from),
            to: day(event.when.to),
            precision: event.when.precision.as_str().to_owned(),
            place: event.at.place.as_ref().map(|place| place.0.clone()).unwrap_or_default(),
            place_precision: happening::place_precision(event.at.precision).to_owned(),
            role: participant.map_or_else(|| "actor".to_owned(), |participant| participant.role.clone()),
            actor: participant.map(|participant| participant.actor.0.clone()).unwrap_or_default(),
            credibility: event.credibility.grade().to_string(),
            status: event.status.as_str().to_owned(),
            visibility: text::visibility(event.visibility).to_owned(),
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
    /// What is known besides and stays as it is: further actors, figures.
    besides: Vec<String>,
    /// The lead that the event was, or is being, coded from: its id and what it tells.
    from_lead: Option<(String, String)>,
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
    besides: Vec<String>,
    from_lead: Option<(String, String)>,
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
            besides: choice.besides,
            from_lead: choice.from_lead,
            time_precisions: happening::time_precisions(),
            place_precisions: happening::place_precisions(),
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
    let (places, found) = happening::places(newsroom, &asked.place, Vec::new(), &asked.place_query)?;
    let mut passages: Vec<String> = match asked.document.is_empty() {
        true => Vec::new(),
        false => {
            let document = newsroom.get::<Document>(who, &desk.id, &asked.document, None)?.value;
            newsroom.passages(&document).into_iter().map(|passage| passage.exact).collect()
        }
    };
    let lead = lead_of(newsroom, who, desk, &asked.lead)?;
    // What a person marked need be no whole sentence.
    let marked = lead.as_ref().and_then(|lead| lead.passage.as_ref()).map(|passage| passage.exact.clone());
    if let Some(marked) = marked.filter(|marked| !passages.contains(marked)) {
        passages.insert(0, marked);
    }
    let actors: Vec<Actor> = newsroom.all(who, &desk.id)?;
    let from_lead = match (kept, &lead) {
        (Some(event), _) => newsroom.lead_of_event(who, &desk.id, &event.id)?,
        (None, lead) => lead.clone(),
    };
    let besides = besides(&Known::of(kept, lead.as_ref()), &actors);
    let mut rests_on = Vec::new();
    for evidence in kept.map(|event| event.evidence.as_slice()).unwrap_or_default() {
        let document = newsroom.get::<Document>(who, &desk.id, evidence.document.as_str(), None)?.value;
        rests_on.push((document.id.0, document.title));
    }
    Ok(Choice {
        layers: layers.into_iter().filter(|layer| layer.of == LayerOf::Events).collect(),
        actors,
        places,
        found,
        passages,
        rests_on,
        besides,
        from_lead: from_lead.map(|lead| (lead.id.0, lead.what)),
    })
}

fn lead_of(newsroom: &Newsroom, who: &Who, desk: &Desk, lead: &str) -> Result<Option<Lead>, Error> {
    match lead {
        "" => Ok(None),
        id => newsroom.get::<Lead>(who, &desk.id, id, None).map(|found| Some(found.value)),
    }
}

/// What is known before the form is read: of the event that is kept, or of the lead that a new one is coded from.
#[derive(Default)]
struct Known {
    when: Option<When>,
    at: Option<Whereabouts>,
    actors: Vec<Participant>,
    counts: Vec<Count>,
}

impl Known {
    fn of(event: Option<&Event>, lead: Option<&Lead>) -> Self {
        match (event, lead) {
            (Some(event), _) => Self {
                when: Some(event.when),
                at: Some(event.at.clone()),
                actors: event.actors.clone(),
                counts: event.counts.clone(),
            },
            (None, Some(lead)) => {
                Self { when: lead.when, at: lead.at.clone(), actors: lead.actors.clone(), counts: lead.counts.clone() }
            }
            (None, None) => Self::default(),
        }
    }
}

/// The form shows the first actor and no figures: the others are told of, so that nobody thinks them lost.
fn besides(known: &Known, actors: &[Actor]) -> Vec<String> {
    let part = |part: &Participant| {
        let known = actors.iter().find(|actor| actor.id == part.actor);
        format!("{} ({})", known.map_or(part.actor.as_str(), |actor| actor.name.as_str()), part.role)
    };
    known.actors.iter().skip(1).map(part).chain(known.counts.iter().map(text::count)).collect()
}

/// The event that the fields make: a new one (of a lead, where it comes from one), or the one before with what they changed.
pub(crate) fn coded(
    newsroom: &Newsroom,
    who: &Who,
    desk: &Desk,
    before: Option<Event>,
    fields: &Fields,
) -> Result<Event, Error> {
    let lead = lead_of(newsroom, who, desk, &fields.lead)?;
    let known = Known::of(before.as_ref(), lead.as_ref());
    let days = [fields.from.as_str(), fields.to.as_str()];
    let when = happening::when(desk, days, &fields.precision, known.when)?;
    let at = happening::whereabouts(newsroom, &fields.place, &fields.place_precision, known.at.as_ref())?;
    let mut evidence = before.as_ref().map(|event| event.evidence.clone()).unwrap_or_default();
    if !fields.document.is_empty() {
        let document = DocumentId(fields.document.clone());
        let marked = lead.and_then(|lead| lead.passage).filter(|passage| passage.exact.trim() == fields.passage.trim());
        let passage = match marked {
            Some(marked) => Some(marked),
            None => newsroom.passage(who, &desk.id, &document, &fields.passage)?,
        };
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
        actors: participants(fields, known.actors),
        counts: known.counts,
        evidence,
        credibility: credibility.ok_or_else(|| Error::field("credibility", "a grade from 1 to 6"))?,
        status: status.ok_or_else(|| Error::field("status", format!("{:?} is no status", fields.status)))?,
        visibility: if fields.visibility == "public" { Visibility::Public } else { Visibility::Newsroom },
        layer: Some(LayerId(fields.layer.clone())).filter(|layer| !layer.0.is_empty()),
        coded_by: before.and_then(|event| event.coded_by),
    })
}

/// The form shows the first who took part; the others stay.
fn participants(fields: &Fields, mut actors: Vec<Participant>) -> Vec<Participant> {
    if !actors.is_empty() {
        actors.remove(0);
    }
    if !fields.actor.is_empty() {
        actors.insert(0, happening::participant(&fields.role, &fields.actor));
    }
    actors
}
