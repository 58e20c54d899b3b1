use super::*;
use sitrep_model::desk::EventType;
use sitrep_model::document::{Document, Translation, Triage};
use sitrep_model::handling::Handling;
use sitrep_model::id::{DeskId, DocumentId};
use sitrep_model::likelihood::Scale;
use sitrep_model::place::Point;

fn desk() -> Desk {
    let counts = ["killed", "arrested"].map(str::to_owned).to_vec();
    let clash = EventType { id: "clash".to_owned(), label: "Clash".to_owned(), definition: String::new(), counts };
    Desk {
        id: DeskId::from("coast"),
        name: "Coast".to_owned(),
        publisher: String::new(),
        language: "en".to_owned(),
        time_zone: "Asia/Tehran".to_owned(),
        standing: String::new(),
        label: None,
        publishing_days: Vec::new(),
        sections: Vec::new(),
        event_types: vec![clash],
        scale: Scale::shipped("icd-203").unwrap(),
        style: Default::default(),
        two_persons: false,
        mail_from: None,
        interests: Vec::new(),
        watch_days: None,
    }
}

fn document(language: &str, paragraphs: &[&str]) -> Document {
    Document {
        id: DocumentId::from("doc"),
        desk: DeskId::from("coast"),
        source: None,
        capture: None,
        url: "https://outlet.example/1".to_owned(),
        title: "Unrest at the harbour".to_owned(),
        byline: Vec::new(),
        published: Some("2026-11-20T22:00:00Z".parse().unwrap()),
        modified: None,
        arrived: "2026-11-21T08:00:00Z".parse().unwrap(),
        language: language.to_owned(),
        paragraphs: paragraphs.iter().map(|text| (*text).to_owned()).collect(),
        text_sha256: String::new(),
        reader: String::new(),
        reprint: None,
        story: None,
        translations: Vec::new(),
        triage: Triage::New,
        handling: Handling::default(),
        post: None,
        opened: false,
        marks: Vec::new(),
        removed: None,
    }
}

/// A naming of printed words, called so.
fn naming(document: &Document, words: &str, thing: Thing, called: &str) -> Naming {
    let at = |text: &String| text.find(words).map(|start| start..start + words.len());
    let (paragraph, range) = document.paragraphs.iter().enumerate().find_map(|(n, text)| Some((n, at(text)?))).unwrap();
    Naming { paragraph, range, thing, called: called.to_owned(), converted: false }
}

fn place(id: &str, kind: PlaceKind) -> Place {
    Place {
        id: PlaceId::from(id),
        name: id.to_owned(),
        names: Vec::new(),
        kind,
        point: Point { latitude: 1.0, longitude: 2.0 },
        population: None,
        country: None,
        admin: Vec::new(),
    }
}

fn day(year: i16, month: i8, day: i8) -> Date {
    jiff::civil::date(year, month, day)
}

const TEXT: [&str; 2] = [
    "The council met on 3 November in Iran. It has 12 seats.",
    "On 19 November police in Khorramshahr arrested dockers: 40 men were arrested, 5 % of them minors, since 1979.",
];

fn namings(document: &Document) -> Vec<Naming> {
    let of = |words: &str, thing, called: &str| naming(document, words, thing, called);
    vec![
        of("3 November", Thing::Date(day(2026, 11, 3), day(2026, 11, 3)), "3 November 2026"),
        of("Iran", Thing::Place(PlaceId::from("iran")), "Iran"),
        of("12", Thing::Number(12.0), "12"),
        of("19 November", Thing::Date(day(2026, 11, 19), day(2026, 11, 19)), "19 November 2026"),
        of("police", Thing::Actor(ActorId::from("police")), "Police"),
        of("Khorramshahr", Thing::Place(PlaceId::from("khorramshahr")), "Khorramshahr"),
        of("40", Thing::Number(40.0), "40"),
        of("5 %", Thing::Number(5.0), "5 %"),
        of("1979", Thing::Number(1979.0), "1,979"),
    ]
}

fn places(id: &PlaceId) -> Option<Place> {
    Some(place(id.as_str(), if id.as_str() == "iran" { PlaceKind::Country } else { PlaceKind::City }))
}

#[test]
fn a_marked_passage_says_when_where_who_and_how_many() {
    let (desk, document) = (desk(), document("en", &TEXT));
    let namings = namings(&document);
    let marked = Passage { exact: TEXT[1].to_owned(), prefix: String::new(), suffix: String::new() };
    let named = Named::of(&desk, &document, &namings, Some(&marked));
    // The day begins at midnight where the desk is.
    assert_eq!(named.when().unwrap().from.to_string(), "2026-11-18T20:30:00Z");
    assert_eq!(named.actors()[0].actor.as_str(), "police");
    let found = named.places(places);
    let ids: Vec<&str> = found.iter().map(|place| place.id.as_str()).collect();
    assert_eq!(ids, ["khorramshahr", "iran"], "the passage's own first");
    assert_eq!(likeliest(&found, &named.first_places()).unwrap().id.as_str(), "khorramshahr");
    let figures = named.figures();
    let told: Vec<_> = figures.iter().map(|figure| (figure.number, figure.of.as_deref())).collect();
    assert_eq!(told, [(40, Some("arrested"))], "neither shares nor years count anything");
    assert_eq!(figures[0].printed, "40 men were arrested,");
    assert_eq!(what(&desk, &document, Some(&marked)), TEXT[1]);
}

#[test]
fn without_a_mark_the_whole_text_speaks() {
    let (desk, document) = (desk(), document("en", &TEXT));
    let namings = namings(&document);
    let named = Named::of(&desk, &document, &namings, None);
    assert_eq!(named.when().unwrap().from.to_string(), "2026-11-02T20:30:00Z");
    let found = named.places(places);
    assert_eq!(likeliest(&found, &named.first_places()).unwrap().id.as_str(), "khorramshahr", "no whole country");
    assert_eq!(named.days(), ["3 November 2026", "19 November 2026"]);
    assert_eq!(what(&desk, &document, None), "Unrest at the harbour");
}

#[test]
fn a_text_that_names_nothing_has_the_day_of_its_outlet() {
    let (desk, document) = (desk(), document("en", &["Nobody knows."]));
    let named = Named::of(&desk, &document, &[], None);
    // It came out on the 20th in London, which is the 21st where the desk is.
    assert_eq!(named.when().unwrap().from.to_string(), "2026-11-20T20:30:00Z");
    assert!(named.actors().is_empty() && named.figures().is_empty() && named.places(places).is_empty());
    assert!(likeliest(&[], &[]).is_none());
}

#[test]
fn what_happened_is_told_in_the_desks_language_where_it_can_be() {
    let (desk, mut document) = (desk(), document("fa", &["چهل نفر بازداشت شدند."]));
    let marked = Passage { exact: document.paragraphs[0].clone(), prefix: String::new(), suffix: String::new() };
    assert_eq!(what(&desk, &document, Some(&marked)), "Unrest at the harbour");
    document.translations.push(Translation {
        language: "en-GB".to_owned(),
        title: "Forty arrested".to_owned(),
        text: None,
        by: "ann".to_owned(),
        at: None,
        of: None,
    });
    assert_eq!(what(&desk, &document, Some(&marked)), "Forty arrested");
}

#[test]
fn a_span_of_days_is_known_to_the_week_the_month_or_the_year() {
    assert_eq!(precision(day(2026, 11, 1), day(2026, 11, 1)), TimePrecision::Day);
    assert_eq!(precision(day(2026, 11, 1), day(2026, 11, 7)), TimePrecision::Week);
    assert_eq!(precision(day(2026, 11, 1), day(2026, 11, 30)), TimePrecision::Month);
    assert_eq!(precision(day(2026, 1, 1), day(2026, 12, 31)), TimePrecision::Year);
}
