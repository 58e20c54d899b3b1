//! When and where something happened, as the forms of events and of leads ask for it.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sitrep_model::desk::Desk;
use sitrep_model::event::Participant;
use sitrep_model::id::{ActorId, PlaceId};
use sitrep_model::place::{Place, PlacePrecision, Whereabouts};
use sitrep_model::when::{TimePrecision, When};
use sitrep_newsroom::{Error, Newsroom};

/// Places that a search offers.
const PLACES: usize = 12;
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

/// How precisely a time can be known, as forms offer it.
pub(crate) fn time_precisions() -> Vec<&'static str> {
    TIME_PRECISIONS.iter().map(|precision| precision.as_str()).collect()
}

/// How precisely a place can be known, as forms offer it.
pub(crate) fn place_precisions() -> Vec<&'static str> {
    PLACE_PRECISIONS.iter().map(|(_, name)| *name).collect()
}

/// A place's precision as forms name it.
pub(crate) fn place_precision(precision: PlacePrecision) -> &'static str {
    PLACE_PRECISIONS.iter().find(|(known, _)| *known == precision).map_or("city", |(_, name)| name)
}

/// A moment's day where the desk is.
pub(crate) fn day_of(desk: &Desk, at: Timestamp) -> Date {
    TimeZone::get(&desk.time_zone).unwrap_or(TimeZone::UTC).to_datetime(at).date()
}

/// From the first moment of one day to the last of another (the same, where it is empty), in the desk's time zone. Days that were
/// not changed keep the hours that were known of them.
pub(crate) fn when(desk: &Desk, days: [&str; 2], precision: &str, kept: Option<When>) -> Result<When, Error> {
    let zone = TimeZone::get(&desk.time_zone).unwrap_or(TimeZone::UTC);
    let day = |field: &str, value: &str| -> Result<Date, Error> {
        value.trim().parse().map_err(|_| Error::field(field, format!("{value:?} is no day: write 2026-11-20")))
    };
    let known = TIME_PRECISIONS.into_iter().find(|known| known.as_str() == precision);
    let precision = known.ok_or_else(|| Error::field("precision", format!("{precision:?} is no precision")))?;
    let from = day("from", days[0])?;
    let to = if days[1].trim().is_empty() { from } else { day("to", days[1])? };
    if let Some(kept) = kept.filter(|kept| day_of(desk, kept.from) == from && day_of(desk, kept.to) == to) {
        return Ok(When { precision, ..kept });
    }
    When::days(from, to, &zone, precision).map_err(|e| Error::field("from", e.to_string()))
}

/// A place of the gazetteer with how precisely it is known; what was kept stays where no other place was chosen.
pub(crate) fn whereabouts(
    newsroom: &Newsroom,
    place: &str,
    precision: &str,
    kept: Option<&Whereabouts>,
) -> Result<Whereabouts, Error> {
    let known = PLACE_PRECISIONS.iter().find(|(_, name)| *name == precision);
    let precision = known.map(|(precision, _)| *precision).unwrap_or_default();
    let id = PlaceId::from(place);
    if let Some(kept) = kept.filter(|kept| id.as_str().is_empty() || kept.place.as_ref() == Some(&id)) {
        return Ok(Whereabouts { precision, ..kept.clone() });
    }
    let gazetteer = newsroom.gazetteer()?;
    let place = gazetteer.get(&id).ok_or_else(|| Error::field("place", "find a place and choose it"))?;
    Ok(Whereabouts::at(place, precision))
}

/// Who took part, and as what: the doer, where nothing else is said.
pub(crate) fn participant(role: &str, actor: &str) -> Participant {
    let role = if role.trim().is_empty() { "actor" } else { role.trim() };
    Participant { role: role.to_owned(), actor: ActorId::from(actor) }
}

/// Places to choose from: the one that is chosen, those given, and those that a search finds; and the ids of what it found.
pub(crate) fn places(
    newsroom: &Newsroom,
    chosen: &str,
    given: Vec<Place>,
    words: &str,
) -> Result<(Vec<Place>, Vec<PlaceId>), Error> {
    let gazetteer = newsroom.gazetteer()?;
    let mut places: Vec<Place> = gazetteer.get(&PlaceId::from(chosen)).cloned().into_iter().collect();
    let mut found = Vec::new();
    if !words.trim().is_empty() {
        found.extend(gazetteer.search(words, PLACES).into_iter().cloned());
    }
    let ids = found.iter().map(|place| place.id.clone()).collect();
    for place in given.into_iter().chain(found) {
        if !places.iter().any(|known| known.id == place.id) {
            places.push(place);
        }
    }
    Ok((places, ids))
}
