//! Things to write, made of as little as they need.

use jiff::Timestamp;
use sitrep_model::assessment::{Assessment, Confidence, Step};
use sitrep_model::capture::Capture;
use sitrep_model::citation::{Citation, Reference, Target};
use sitrep_model::document::{Document, Triage};
use sitrep_model::edition::{
    AssessmentStep, CitationMark, Edition, EditionSection, EditionState, Paragraph, Sentence, Takeaway,
};
use sitrep_model::event::{Credibility, Event, EventStatus, Participant};
use sitrep_model::place::{PlacePrecision, Point, Whereabouts};
use sitrep_model::visibility::Visibility;
use sitrep_model::when::{TimePrecision, When};

/// A second of the story.
pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

/// An event in Qom, in summer of the story.
pub(crate) fn event(id: &str, summary: &str, hour: i64) -> Event {
    Event {
        id: id.into(),
        desk: "iran".into(),
        event_type: "protest".to_owned(),
        when: When { from: at(hour * 3600), to: at(hour * 3600 + 600), precision: TimePrecision::Hour },
        at: Whereabouts {
            place: Some("ir-qom".into()),
            name: "Qom".to_owned(),
            point: Point { latitude: 34.64, longitude: 50.88 },
            precision: PlacePrecision::City,
        },
        summary: summary.to_owned(),
        actors: vec![Participant { role: "actor".to_owned(), actor: "students".into() }],
        counts: Vec::new(),
        evidence: Vec::new(),
        credibility: Credibility::default(),
        status: EventStatus::Coded,
        visibility: Visibility::Public,
        layer: None,
        coded_by: None,
    }
}

/// A document of an outlet.
pub(crate) fn document(id: &str, language: &str, title: &str, paragraphs: &[&str]) -> Document {
    Document {
        id: id.into(),
        desk: "iran".into(),
        source: Some("agency".into()),
        capture: None,
        url: format!("https://www.outlet.example/{id}"),
        title: title.to_owned(),
        byline: Vec::new(),
        published: None,
        modified: None,
        arrived: at(0),
        language: language.to_owned(),
        paragraphs: paragraphs.iter().map(|text| (*text).to_owned()).collect(),
        text_sha256: String::new(),
        reader: "story 1".to_owned(),
        reprint: None,
        story: None,
        translations: Vec::new(),
        post: None,
        triage: Triage::New,
        handling: Default::default(),
        opened: false,
        marks: Vec::new(),
        removed: None,
    }
}

/// A capture whose bytes are a blob.
pub(crate) fn capture(id: &str, blob: &str) -> Capture {
    Capture {
        id: id.into(),
        desk: "iran".into(),
        source: None,
        url: "https://outlet.example/".to_owned(),
        final_url: "https://outlet.example/".to_owned(),
        via: None,
        at: at(0),
        status: 200,
        media_type: Some("text/html".to_owned()),
        body_sha256: blob.to_owned(),
        body_length: 1,
        warc_blob: blob.to_owned(),
        repeats: None,
        again: None,
        requisites: None,
        signature: None,
        removed: None,
    }
}

/// A paragraph whose sentences end in full stops, with ids `id-1`, `id-2` …
pub(crate) fn paragraph(id: &str, text: &str) -> Paragraph {
    let mut sentences = Vec::new();
    let mut start = 0;
    let characters: Vec<char> = text.chars().collect();
    for (n, c) in characters.iter().enumerate() {
        if *c == '.' {
            let number = sentences.len() + 1;
            sentences.push(Sentence {
                id: format!("{id}-{number}").into(),
                start,
                end: n + 1,
                events: Vec::new(),
                judgement: None,
            });
            start = n + 2;
        }
    }
    Paragraph { id: id.into(), text: text.to_owned(), sentences, ..Paragraph::default() }
}

/// An edition with one takeaway and one section.
pub(crate) fn edition(id: &str, state: EditionState, paragraphs: Vec<Paragraph>) -> Edition {
    Edition {
        id: id.into(),
        desk: "iran".into(),
        slug: format!("slug-{id}"),
        title: format!("Update {id}"),
        date: jiff::civil::date(2026, 9, 21),
        cutoff: Some(at(0)),
        authors: Vec::new(),
        standing: None,
        notices: Vec::new(),
        takeaways: vec![Takeaway {
            body: paragraph(&format!("{id}-take"), "A takeaway stands here."),
            announces: None,
        }],
        sections: vec![EditionSection {
            section: Some("levant".into()),
            title: "Axis of Lanterns".to_owned(),
            level: 1,
            scope: None,
            paragraphs,
        }],
        citations: Vec::new(),
        state,
        published: None,
        corrections: Vec::new(),
        origin_url: None,
    }
}

/// The paragraph, with a note at its end that names an address.
pub(crate) fn cited(edition: &mut Edition, paragraph: usize, url: &str) {
    let id = format!("c{}", edition.citations.len());
    let reference = Reference { target: Target::Address { url: url.to_owned() }, printed: None, defanged: None };
    edition.citations.push(Citation { id: id.as_str().into(), references: vec![reference], label: None });
    let paragraph = &mut edition.sections[0].paragraphs[paragraph];
    let offset = paragraph.text.chars().count();
    paragraph.citations.push(CitationMark { offset, citation: id.as_str().into() });
}

/// A judgement made in an edition.
pub(crate) fn assessment(id: &str, statement: &str, edition: &str) -> Assessment {
    Assessment {
        id: id.into(),
        desk: "iran".into(),
        section: None,
        campaign: None,
        statement: statement.to_owned(),
        likelihood: "likely".to_owned(),
        confidence: Confidence::Moderate,
        horizon: None,
        evidence: Vec::new(),
        events: Vec::new(),
        would_change: Vec::new(),
        steps: vec![Step {
            step: AssessmentStep::Made,
            at: at(0),
            edition: Some(edition.into()),
            sentence: None,
            likelihood: "likely".to_owned(),
            confidence: Confidence::Moderate,
            reason: None,
        }],
        outcome: None,
        superseded_by: None,
    }
}
