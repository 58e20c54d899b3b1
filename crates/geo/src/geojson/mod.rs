//! Features of the map as GeoJSON (RFC 7946): what the interactive map draws and its cards show.

mod when;

pub use when::{day_of, printed};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;
use sitrep_model::event::Event;
use sitrep_model::place::PlacePrecision;
use sitrep_model::position::{Position, Shape};

/// A document that a feature rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceLink {
    /// The document's title.
    pub title: String,
    /// Its outlet.
    pub outlet: Option<String>,
    /// BCP 47 language of the title.
    pub lang: String,
    /// Admiralty grade of outlet and information: `B2`.
    pub grade: String,
    /// The page of the document.
    pub url: String,
}

/// An edition that reports a feature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditionLink {
    /// The edition's title.
    pub title: String,
    /// Its address, with the sentence.
    pub url: String,
}

/// What a feature's card shows beside the feature itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// BCP 47 language of summaries.
    pub lang: String,
    /// Names of those who took part or hold it.
    pub actors: Vec<String>,
    /// The page of the feature.
    pub url: String,
    /// What it rests on.
    pub sources: Vec<SourceLink>,
    /// Who reports it.
    pub editions: Vec<EditionLink>,
}

/// What a feature says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Properties {
    /// Identifier.
    pub id: String,
    /// `event` or `position`.
    pub kind: &'static str,
    /// The layer it is drawn in.
    pub layer: String,
    /// Event type, or actor id of a position's holder: finds its symbol.
    pub of: String,
    /// First day.
    pub date: Date,
    /// Last day, where it is another.
    pub until: Option<Date>,
    /// When, as printed.
    pub when: String,
    /// Where, as printed.
    pub place: String,
    /// How precisely the place is known, as printed.
    pub precision: String,
    /// What happened, or what is held.
    pub summary: String,
    /// BCP 47 language of the summary.
    pub lang: String,
    /// Credibility, 1 to 6; positions have none.
    pub credibility: Option<u8>,
    /// The same in words.
    pub credibility_text: Option<&'static str>,
    /// Where its coding stands, or whether it is still held.
    pub status: String,
    /// Names of those who took part or hold it.
    pub actors: Vec<String>,
    /// The page of the feature.
    pub url: String,
    /// What it rests on.
    pub sources: Vec<SourceLink>,
    /// Who reports it.
    pub editions: Vec<EditionLink>,
}

/// A feature.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Feature {
    #[serde(rename = "type")]
    kind: &'static str,
    /// The same as in its properties.
    pub id: String,
    /// Its shape.
    pub geometry: Shape,
    /// What it says.
    pub properties: Properties,
}

/// Features together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Collection {
    #[serde(rename = "type")]
    kind: &'static str,
    /// The features.
    pub features: Vec<Feature>,
}

/// Features together.
pub fn collection(features: Vec<Feature>) -> Collection {
    Collection { kind: "FeatureCollection", features }
}

/// An event; its days are counted in `zone`.
pub fn event(event: &Event, zone: &TimeZone, round: Surroundings) -> Feature {
    let (date, until) = (day_of(event.when.from, zone), day_of(event.when.to, zone));
    let properties = Properties {
        id: event.id.to_string(),
        kind: "event",
        layer: event.layer.as_ref().map(ToString::to_string).unwrap_or_default(),
        of: event.event_type.clone(),
        date,
        until: (until > date).then_some(until),
        when: printed(&event.when, zone),
        place: event.at.name.clone(),
        precision: precision(event.at.precision).to_owned(),
        summary: event.summary.clone(),
        lang: round.lang,
        credibility: Some(event.credibility.grade()),
        credibility_text: Some(event.credibility.meaning()),
        status: event.status.as_str().to_owned(),
        actors: round.actors,
        url: round.url,
        sources: round.sources,
        editions: round.editions,
    };
    let point = event.at.point;
    Feature {
        kind: "Feature",
        id: event.id.to_string(),
        geometry: Shape::Point([point.longitude, point.latitude]),
        properties,
    }
}

/// A position.
pub fn position(position: &Position, round: Surroundings) -> Feature {
    let when = match position.to {
        Some(to) if to == position.from => when::day(to),
        Some(to) => when::days(position.from, to),
        None => format!("since {}", when::day(position.from)),
    };
    let summary = position.note.clone().unwrap_or_else(|| position.name.clone());
    let properties = Properties {
        id: position.id.to_string(),
        kind: "position",
        layer: position.layer.as_ref().map(ToString::to_string).unwrap_or_default(),
        of: position.holder.to_string(),
        date: position.from,
        until: position.to,
        when,
        place: position.name.clone(),
        precision: "as drawn".to_owned(),
        summary,
        lang: round.lang,
        credibility: None,
        credibility_text: None,
        status: if position.to.is_some() { "ended" } else { "held" }.to_owned(),
        actors: round.actors,
        url: round.url,
        sources: round.sources,
        editions: round.editions,
    };
    Feature { kind: "Feature", id: position.id.to_string(), geometry: position.shape.clone(), properties }
}

/// How precisely a place is known, in words.
pub const fn precision(precision: PlacePrecision) -> &'static str {
    match precision {
        PlacePrecision::Exact => "exact place",
        PlacePrecision::Neighbourhood => "neighbourhood",
        PlacePrecision::City => "town",
        PlacePrecision::District => "district",
        PlacePrecision::Province => "province",
        PlacePrecision::Country => "country",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_becomes_a_feature_with_all_its_card_needs() {
        let coded: Event = serde_json::from_value(serde_json::json!({
            "id": "ev-1", "desk": "d", "type": "protest",
            "when": { "from": "2026-11-02T20:30:00Z", "to": "2026-11-03T20:29:59Z", "precision": "day" },
            "at": { "name": "Isfahan", "point": { "latitude": 32.65, "longitude": 51.67 }, "precision": "city" },
            "summary": "A rally.", "credibility": 2, "layer": "d/protests"
        }))
        .expect("an event");
        let zone = TimeZone::get("Asia/Tehran").expect("a zone");
        let json = serde_json::to_value(collection(vec![event(&coded, &zone, Surroundings::default())])).expect("JSON");
        let feature = &json["features"][0];
        assert_eq!(json["type"], "FeatureCollection");
        assert_eq!(feature["type"], "Feature");
        assert_eq!(feature["geometry"], serde_json::json!({ "type": "Point", "coordinates": [51.67, 32.65] }));
        let properties = &feature["properties"];
        assert_eq!((properties["date"].as_str(), properties["until"].as_str()), (Some("2026-11-03"), None));
        assert_eq!(properties["when"], "3 November 2026");
        assert_eq!(properties["credibility_text"], "probably true");
        assert_eq!(properties["layer"], "d/protests");
    }

    #[test]
    fn a_position_tells_since_when_it_is_held() {
        let held: Position = serde_json::from_value(serde_json::json!({
            "id": "po-1", "desk": "d", "name": "Checkpoint", "holder": "guard", "from": "2026-10-30", "to": "2026-11-02",
            "shape": { "type": "LineString", "coordinates": [[40.0, 34.0], [41.0, 34.5]] }
        }))
        .expect("a position");
        let ended = position(&held, Surroundings::default());
        assert_eq!(ended.properties.when, "30 October – 2 November 2026");
        let still = position(&Position { to: None, ..held }, Surroundings::default());
        assert_eq!((still.properties.when.as_str(), still.properties.until), ("since 30 October 2026", None));
    }
}
