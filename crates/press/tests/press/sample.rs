//! An edition that has one of everything: two scripts from right to left, notes of several references, a correction, a
//! map, a figure.

use base64::Engine as _;
use jiff::civil::date;
use sitrep_editions::notes::{Cited, CitedAssessment, CitedDocument, CitedEdition};
use sitrep_editions::{Manuscript, Picture};
use sitrep_model::citation::{Citation, Reference, Target};
use sitrep_model::desk::{Defanging, Desk, HouseStyle, NoteStyle};
use sitrep_model::edition::*;
use sitrep_model::likelihood::Scale;

pub(crate) const BASE: &str = "https://updates.example";

/// A grey picture, three pixels by two.
pub(crate) const GREY: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAAAAAC4HznGAAAAD0lEQVR42mO4c+cOAxADABSoBSlig/Q/AAAAAElFTkSuQmCC";

pub(crate) struct Sample {
    pub(crate) desk: Desk,
    pub(crate) edition: Edition,
    pub(crate) cited: Cited,
    pub(crate) picture: Option<Picture>,
}

impl Sample {
    pub(crate) fn new() -> Self {
        let png = base64::engine::general_purpose::STANDARD.decode(GREY).unwrap();
        let alternative = "Map of two rallies and a closed quay in the north, 4 to 10 November 2026.".to_owned();
        let picture = Some(Picture { png, width: 3, height: 2, alternative });
        Self { desk: desk(), edition: edition(), cited: cited(), picture }
    }

    pub(crate) fn manuscript(&self) -> Manuscript<'_> {
        Manuscript::new(&self.desk, &self.edition, &self.cited, BASE).with_picture(self.picture.as_ref())
    }

    /// The edition's PDF, made without a warning.
    #[track_caller]
    pub(crate) fn pdf(&self) -> sitrep_press::Pdf {
        let pdf = sitrep_press::pdf(&self.manuscript()).unwrap();
        assert_eq!(pdf.warnings, Vec::<String>::new());
        pdf
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
        label: Some("Exercise: all happenings, outlets and persons in this edition are invented.".to_owned()),
        publishing_days: vec![1, 2, 3, 4, 5],
        sections: Vec::new(),
        event_types: Vec::new(),
        scale: Scale::icd_203(),
        style: HouseStyle { notes: NoteStyle::Roman, defanging: Defanging::BracketedWord, ..HouseStyle::default() },
        two_persons: true,
        mail_from: None,
        interests: Vec::new(),
        watch_days: None,
    }
}

/// A paragraph: `|` ends a sentence, `[x]` marks citation x.
pub(crate) fn paragraph(id: &str, kind: ParagraphKind, marked_up: &str) -> Paragraph {
    let mut paragraph = Paragraph { id: id.into(), kind, ..Paragraph::default() };
    let (mut start, mut count) = (0, 0);
    let mut end = |paragraph: &mut Paragraph, count: usize| {
        let id = format!("{id}-{}", paragraph.sentences.len() + 1);
        paragraph.sentences.push(Sentence {
            id: id.as_str().into(),
            start,
            end: count,
            events: Vec::new(),
            judgement: None,
        });
        start = count + 1;
    };
    let mut rest = marked_up.chars();
    while let Some(c) = rest.next() {
        match c {
            '|' => {
                end(&mut paragraph, count);
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
    end(&mut paragraph, count);
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
    let earlier = Target::Edition { edition: Some("ed-1".into()), sentence: None, url: None, date: None };
    vec![
        citation(
            "a",
            vec![document("doc-hostile"), address("https://example.org/tides?a=1&b=2"), document("doc-plain")],
        ),
        citation("b", vec![reference(earlier, None)]),
        citation("c", vec![reference(Target::Text, Some("گفت‌وگو با کارمند بندر، ۱۹ آبان ۱۴۰۵"))]),
        citation(
            "d",
            vec![reference(Target::Assessment { assessment: "as-1".into() }, None), address("https://port.example/7")],
        ),
    ]
}

pub(crate) fn section(title: &str, level: u8, scope: Option<&str>, paragraphs: Vec<Paragraph>) -> EditionSection {
    EditionSection { section: None, title: title.to_owned(), level, scope: scope.map(str::to_owned), paragraphs }
}

fn edition() -> Edition {
    use ParagraphKind::{Figure, ListItem, Prose, Quotation};
    let mut first = paragraph(
        "p1",
        Prose,
        "The north quay is likely to close this week.[a]|Two rallies were held, as assessed before, on 9 November.[b] [c]|A harbour paper wrote «قطارهای باری سه روز است که ایستاده‌اند» and the office of the governor wrote «الميناء الشمالي مغلق» on the same day.|A third rally was called off.[a]",
    );
    let cross = MarkKind::CrossReference {
        edition: Some("ed-1".into()),
        sentence: Some("t-old".into()),
        url: None,
        date: Some(date(2026, 11, 9)),
    };
    first.marks = vec![Mark { start: 4, end: 14, kind: MarkKind::Italic }, Mark { start: 68, end: 86, kind: cross }];
    let mut figure = paragraph("p5", Figure, "Figure 1: Tides at the north quay.[d]");
    figure.figure = Some(format!("data:image/png;base64,{GREY}"));
    let mut linked = paragraph("p2", ListItem, "First item with a link.[d]");
    linked.marks = vec![Mark { start: 18, end: 22, kind: MarkKind::Link { url: "https://dock.example/x".to_owned() } }];
    let announced = paragraph("k1", Prose, "The north quay is likely to close.[a]");
    let north = vec![first, linked, paragraph("p3", ListItem, "Second item.")];
    let persian =
        "بندر شمالی به احتمال زیاد این هفته بسته می‌شود.[c]|کارگران در ۱۹ آبان دو بار گرد آمدند و IRNA آن را گزارش کرد.";
    let arabic = "قال الحاكم إن الميناء الشمالي مغلق حتى إشعار آخر.|ولم يذكر سببًا.";
    let south = vec![
        paragraph("p4", Quotation, "“We do not strike.”[d]"),
        figure,
        paragraph("p6", Prose, persian),
        paragraph("p7", Prose, arabic),
        paragraph("p8", Prose, "The harbour master wrote שלום לכולם to all crews."),
    ];
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
            Takeaway { body: paragraph("k2", Prose, "Nothing else moved."), announces: None },
        ],
        sections: vec![
            section("The North Quay", 1, Some("This section covers the north quay and why it matters."), north),
            section("اسکلهٔ جنوبی", 3, None, south),
        ],
        citations: citations(),
        state: EditionState::Corrected,
        published: "2026-11-10T22:00:00Z".parse().ok(),
        corrections: vec![Correction {
            at: "2026-11-11T15:30:00Z".parse().unwrap(),
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
        url: "https://www.bandar.example/fa/news/1402/%D8%A8%D9%86%D8%AF%D8%B1-%D8%B4%D9%85%D8%A7%D9%84%DB%8C-%D8%A8%D8%B3%D8%AA%D9%87".to_owned(),
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
    let earlier = CitedEdition {
        date: date(2026, 11, 9),
        slug: "2026-11-09".to_owned(),
        title: "Harbour Watch, November 9, 2026".to_owned(),
        url: format!("{BASE}/harbour/editions/2026-11-09"),
    };
    cited.editions.insert("ed-1".into(), earlier);
    let assessment = CitedAssessment {
        statement: "The north quay is likely to close within a week.".to_owned(),
        url: format!("{BASE}/harbour/assessments/as-1"),
    };
    cited.assessments.insert("as-1".into(), assessment);
    cited
}
