//! A small edition that has one of everything.

use jiff::civil::date;
use sitrep_editions::notes::{Cited, CitedAssessment, CitedDocument, CitedEdition};
use sitrep_editions::{Manuscript, Picture};
use sitrep_model::citation::{Citation, Reference, Target};
use sitrep_model::desk::{Defanging, Desk, HouseStyle, NoteStyle};
use sitrep_model::edition::*;
use sitrep_model::likelihood::Scale;

pub(crate) const BASE: &str = "https://updates.example";

pub(crate) struct Sample {
    pub(crate) desk: Desk,
    pub(crate) edition: Edition,
    pub(crate) cited: Cited,
    pub(crate) picture: Picture,
}

impl Sample {
    pub(crate) fn new() -> Self {
        let picture = Picture {
            png: b"\x89PNG\r\n\x1a\nnot really".to_vec(),
            width: 600,
            height: 400,
            alternative: "Map: two rallies in the north".to_owned(),
        };
        Self { desk: desk(), edition: edition(), cited: cited(), picture }
    }

    pub(crate) fn manuscript(&self) -> Manuscript<'_> {
        Manuscript::new(&self.desk, &self.edition, &self.cited, BASE).with_picture(Some(&self.picture))
    }
}

fn desk() -> Desk {
    Desk {
        id: "harbour".into(),
        name: "Harbour Watch".to_owned(),
        publisher: "Office of Tides".to_owned(),
        language: "en".to_owned(),
        time_zone: "America/New_York".to_owned(),
        standing: "The Harbour Watch covers the harbour.".to_owned(),
        label: Some("Exercise: all happenings are invented.".to_owned()),
        publishing_days: vec![1, 2, 3, 4, 5],
        sections: Vec::new(),
        event_types: Vec::new(),
        scale: Scale::icd_203(),
        style: HouseStyle { notes: NoteStyle::Roman, defanging: Defanging::BracketedWord, ..HouseStyle::default() },
        two_persons: true,
        mail_from: Some("watch@updates.example".to_owned()),
        interests: Vec::new(),
        watch_days: None,
    }
}

/// A paragraph: `|` ends a sentence, `[x]` marks citation x.
pub(crate) fn paragraph(id: &str, kind: ParagraphKind, marked_up: &str) -> Paragraph {
    let mut paragraph = Paragraph { id: id.into(), kind, ..Paragraph::default() };
    let (mut start, mut count) = (0, 0);
    let mut end = |paragraph: &mut Paragraph, count: usize, next: usize| {
        let index = paragraph.sentences.len() + 1;
        let id = format!("{id}-{index}").as_str().into();
        paragraph.sentences.push(Sentence { id, start, end: count, events: Vec::new(), judgement: None });
        start = next;
    };
    let mut rest = marked_up.chars();
    while let Some(c) = rest.next() {
        match c {
            '|' => {
                end(&mut paragraph, count, count + 1);
                paragraph.text.push(' ');
                count += 1;
            }
            '[' => {
                let citation: String = rest.by_ref().take_while(|c| *c != ']').collect();
                paragraph.citations.push(CitationMark { offset: count, citation: citation.into() });
            }
            c => {
                paragraph.text.push(c);
                count += 1;
            }
        }
    }
    end(&mut paragraph, count, count);
    paragraph
}

fn reference(target: Target, printed: Option<&str>) -> Reference {
    Reference { target, printed: printed.map(str::to_owned), defanged: None }
}

fn document(id: &str) -> Reference {
    reference(Target::Document { document: id.into(), passage: None }, None)
}

fn address(url: &str) -> Reference {
    reference(Target::Address { url: url.to_owned() }, None)
}

fn citations() -> Vec<Citation> {
    let citation = |id: &str, references: Vec<Reference>| Citation { id: id.into(), references, label: None };
    let edition = Target::Edition { edition: Some("ed-1".into()), sentence: None, url: None, date: None };
    vec![
        citation("a", vec![document("doc-hostile"), address("https://example.org/tides?a=1&b=2")]),
        citation("b", vec![reference(edition, None)]),
        citation("c", vec![reference(Target::Text, Some("گفت‌وگو با کارمند بندر، ۱۹ آبان"))]),
        citation("d", vec![reference(Target::Assessment { assessment: "as-1".into() }, None), document("doc-plain")]),
        citation("e", vec![address("https://port.example/news/7")]),
    ]
}

fn edition() -> Edition {
    let section = |id: &str, title: &str, level: u8, scope: Option<&str>, paragraphs: Vec<Paragraph>| EditionSection {
        section: (!id.is_empty()).then(|| id.into()),
        title: title.to_owned(),
        level,
        scope: scope.map(str::to_owned),
        paragraphs,
    };
    let mut first = paragraph(
        "p1",
        ParagraphKind::Prose,
        "The north quay is likely to close this week.[a]|Two rallies were held, as assessed before, on 9 November.[b] [c]|A third was called off.",
    );
    first.sentences[0].judgement = Some(Judgement { assessment: "as-1".into(), step: AssessmentStep::Reaffirmed });
    first.sentences[1].events = vec!["ev-1".into()];
    let cross = MarkKind::CrossReference {
        edition: Some("ed-1".into()),
        sentence: Some("t-old".into()),
        url: None,
        date: Some(date(2026, 11, 9)),
    };
    first.marks = vec![
        Mark { start: 4, end: 14, kind: MarkKind::Italic },
        Mark { start: 68, end: 86, kind: cross },
        Mark { start: 71, end: 79, kind: MarkKind::Bold },
    ];
    first.campaign = Some("quays".into());
    let mut figure = paragraph("p5", ParagraphKind::Figure, "Figure 1: Tides.");
    figure.figure = Some("/media/tides.png".to_owned());
    let mut linked = paragraph("p2", ParagraphKind::ListItem, "First item with a link.[d]");
    linked.marks = vec![Mark { start: 18, end: 22, kind: MarkKind::Link { url: "https://port.example/x".to_owned() } }];
    let announced = paragraph("k1", ParagraphKind::Prose, "The north quay is likely to close.[a]");
    let alone = paragraph("k2", ParagraphKind::Prose, "Nothing else moved.");
    Edition {
        id: "ed-2".into(),
        desk: "harbour".into(),
        slug: "2026-11-10".to_owned(),
        title: "Harbour Watch, November 10, 2026".to_owned(),
        date: date(2026, 11, 10),
        cutoff: "2026-11-10T19:00:00Z".parse().ok(),
        authors: vec!["Ada Example".to_owned(), "Bo Example".to_owned()],
        standing: Some("The Harbour Watch provides a daily report of the harbour.".to_owned()),
        notices: vec!["Note: no update is published on holidays.".to_owned()],
        takeaways: vec![
            Takeaway { body: announced, announces: Some("p1".into()) },
            Takeaway { body: alone, announces: None },
        ],
        sections: vec![
            section(
                "north",
                "The North Quay",
                1,
                Some("This section covers the north quay and why it matters."),
                vec![first, linked, paragraph("p3", ParagraphKind::ListItem, "Second item.")],
            ),
            section(
                "",
                "The South Quay",
                2,
                None,
                vec![
                    paragraph("p4", ParagraphKind::Quotation, "“We do not strike.”[e]"),
                    figure,
                    paragraph("p6", ParagraphKind::Prose, "The south quay remained quiet.[a]"),
                ],
            ),
        ],
        citations: citations(),
        state: EditionState::Corrected,
        published: "2026-11-10T22:00:00Z".parse().ok(),
        corrections: vec![Correction {
            at: "2026-11-11T15:30:00Z".parse().unwrap_or_default(),
            note: "The day of the rallies was wrong: 9, not 8 November.".to_owned(),
            replaces_version: 3,
        }],
        origin_url: None,
    }
}

fn cited() -> Cited {
    let mut cited = Cited { defanged_hosts: vec!["port.example".to_owned()], ..Cited::default() };
    let hostile = CitedDocument {
        title: "تجمع در بندر شمالی".to_owned(),
        url: "https://www.bandar.example/fa/news/1402/%D8%A8".to_owned(),
        source: Some("Bandar News".to_owned()),
        published: None,
        language: Some("fa".to_owned()),
        defanged: true,
    };
    let plain = CitedDocument {
        title: "Dock report".to_owned(),
        url: "https://dock.example/r".to_owned(),
        defanged: false,
        ..hostile.clone()
    };
    cited.documents.insert("doc-hostile".into(), hostile);
    cited.documents.insert("doc-plain".into(), plain);
    cited.editions.insert(
        "ed-1".into(),
        CitedEdition {
            date: date(2026, 11, 9),
            slug: "2026-11-09".to_owned(),
            title: "Harbour Watch, November 9, 2026".to_owned(),
            url: format!("{BASE}/harbour/editions/2026-11-09"),
        },
    );
    cited.assessments.insert(
        "as-1".into(),
        CitedAssessment {
            statement: "The north quay is likely to close within a week.".to_owned(),
            url: format!("{BASE}/harbour/assessments/as-1"),
        },
    );
    cited
}
