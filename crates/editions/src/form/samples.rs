//! Generated editions with everything that an edition can hold.

use jiff::civil::date;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use sitrep_model::citation::{Citation, Passage, Reference, Target};
use sitrep_model::desk::{Desk, HouseStyle, Section};
use sitrep_model::edition::{
    AssessmentStep, CitationMark, Correction, Edition, EditionSection, EditionState, Judgement, Mark, MarkKind,
    Paragraph, ParagraphKind, Sentence, Takeaway,
};
use sitrep_model::id::{CitationId, SectionId};
use sitrep_model::likelihood::Scale;

pub(crate) fn desk() -> Desk {
    let section = |id: &str, title: &str| Section { id: id.into(), title: title.to_owned(), scope: String::new() };
    Desk {
        id: "gulf".into(),
        name: "Gulf Update".to_owned(),
        publisher: "Exercise".to_owned(),
        language: "en".to_owned(),
        time_zone: "UTC".to_owned(),
        standing: String::new(),
        label: None,
        publishing_days: Vec::new(),
        sections: vec![section("ports", "Ports"), section("talks", "Talks")],
        event_types: Vec::new(),
        scale: Scale::icd_203(),
        style: HouseStyle::default(),
        two_persons: false,
        mail_from: None,
        interests: Vec::new(),
        watch_days: None,
    }
}

/// Words and signs that have to be escaped somewhere.
fn token() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[a-zA-Z]{1,8}",
        2 => Just("گزارش می‌شود".to_owned()),
        1 => Just("Сегодня".to_owned()),
        1 => Just("שלום".to_owned()),
        2 => Just("Maj. Gen. A. B. Karim said so. He left. ".to_owned()),
        1 => Just("word.Next".to_owned()),
        3 => "[#>+!\\-*_\\[\\]{}()<>\\\\^:;\"'`|~.,0-9 ]{1,6}",
        1 => Just("1. ".to_owned()),
        1 => Just("[^c1]: ".to_owned()),
        1 => Just("+++".to_owned()),
        1 => Just("![x](y)".to_owned()),
        1 => Just("\u{a0}\u{200f}\u{2028}".to_owned()),
        1 => "[\u{0}-\u{1f}\u{7f}\u{85}]{1,2}",
        2 => Just("\n".to_owned()),
        1 => "\\PC{1,3}",
    ]
}

pub(crate) fn text() -> impl Strategy<Value = String> {
    vec((token(), prop_oneof![Just(" "), Just(""), Just("  "), Just(". ")]), 0..9)
        .prop_map(|tokens| tokens.into_iter().map(|(token, space)| token + space).collect())
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![5 => "[a-z0-9-]{1,10}", 1 => "[a-z \"{}#.,=\\\\;\\]\\[()]{1,8}", 1 => Just("2026-11-05".to_owned())]
}

fn day() -> impl Strategy<Value = jiff::civil::Date> {
    (0i64..4000).prop_map(|days| date(2020, 1, 1).saturating_add(jiff::Span::new().days(days)))
}

fn moment() -> impl Strategy<Value = jiff::Timestamp> {
    (1_500_000_000i64..1_900_000_000).prop_map(|second| jiff::Timestamp::from_second(second).unwrap())
}

fn url() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "https://[a-z]{2,6}\\.(ir|com)/[a-z0-9/_?=&%#:~;,.-]{0,16}",
        1 => Just("https://a.example/فارسی/(x)?q=\"1\"".to_owned()),
        1 => text(),
        1 => Just("edition:2026-01-01".to_owned()),
    ]
}

fn target() -> impl Strategy<Value = Target> {
    let passage = (text(), text(), text()).prop_map(|(exact, prefix, suffix)| Passage { exact, prefix, suffix });
    prop_oneof![
        (word(), option::of(passage)).prop_map(|(id, passage)| Target::Document { document: id.into(), passage }),
        url().prop_map(|url| Target::Address { url }),
        (option::of(word()), option::of(word()), option::of(url()), option::of(day())).prop_map(
            |(edition, sentence, url, date)| Target::Edition {
                edition: edition.map(Into::into),
                sentence: sentence.map(Into::into),
                url,
                date
            }
        ),
        word().prop_map(|id| Target::Assessment { assessment: id.into() }),
        Just(Target::Text),
    ]
}

fn reference() -> impl Strategy<Value = Reference> {
    (target(), option::of(text()), option::of(any::<bool>())).prop_map(|(target, printed, defanged)| Reference {
        target,
        printed,
        defanged,
    })
}

fn step() -> impl Strategy<Value = AssessmentStep> {
    prop::sample::select(vec![
        AssessmentStep::Made,
        AssessmentStep::Reaffirmed,
        AssessmentStep::Revised,
        AssessmentStep::Superseded,
        AssessmentStep::Resolved,
    ])
}

/// What a paragraph is made from; positions are shares of its length.
type Seeds =
    (String, Vec<u16>, Vec<(u16, u16, u8)>, Vec<(u16, u8)>, Vec<(Vec<String>, Option<(String, AssessmentStep)>)>);

fn seeds() -> impl Strategy<Value = Seeds> {
    let judged = (vec(word(), 0..3), option::weighted(0.3, (word(), step())));
    (
        text(),
        vec(any::<u16>(), 0..4),
        vec((any::<u16>(), any::<u16>(), 0u8..5), 0..4),
        vec((any::<u16>(), 0u8..6), 0..4),
        vec(judged, 8),
    )
}

fn at(share: u16, length: usize) -> usize {
    usize::from(share) * (length + 1) / 65_536
}

/// Sentences that cover a text, divided at some of its white space.
fn sentences(text: &str, cuts: &[u16]) -> Vec<(usize, usize)> {
    let characters: Vec<char> = text.chars().collect();
    let mut borders: Vec<usize> = cuts.iter().map(|cut| at(*cut, characters.len())).collect();
    borders.extend([0, characters.len()]);
    borders.sort_unstable();
    borders.dedup();
    let trim = |pair: &[usize]| {
        let start = (pair[0]..pair[1]).find(|at| !characters[*at].is_whitespace())?;
        let end = (start..pair[1]).rfind(|at| !characters[*at].is_whitespace())?;
        Some((start, end + 1))
    };
    borders.windows(2).filter_map(trim).collect()
}

/// Marks of one kind don't overlap, and links not at all.
fn marks(length: usize, seeds: &[(u16, u16, u8)]) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for (a, b, kind) in seeds {
        let (a, b) = (at(*a, length), at(*b, length));
        let kind = match kind {
            0 => MarkKind::Bold,
            1 => MarkKind::Italic,
            2 => MarkKind::Link { url: "https://a.example/x_(y)".to_owned() },
            3 => MarkKind::Link { url: String::new() },
            _ => MarkKind::CrossReference {
                edition: (*kind > 4).then(|| "ed-1".into()),
                sentence: Some("t-9".into()),
                url: None,
                date: Some(date(2026, 11, 5)),
            },
        };
        let same = |other: &MarkKind| match (&kind, other) {
            (MarkKind::Bold, MarkKind::Bold) | (MarkKind::Italic, MarkKind::Italic) => true,
            (MarkKind::Bold | MarkKind::Italic, _) | (_, MarkKind::Bold | MarkKind::Italic) => false,
            _ => true,
        };
        let (start, end) = (a.min(b), a.max(b));
        if marks.iter().all(|m| !same(&m.kind) || m.end < start || end < m.start) {
            marks.push(Mark { start, end, kind });
        }
    }
    marks.sort_by_key(|mark| mark.start);
    marks
}

fn paragraph(seeds: Seeds, name: &str) -> Paragraph {
    let (text, cuts, mark_seeds, citation_seeds, judged) = seeds;
    let length = text.chars().count();
    let spans = sentences(&text, &cuts);
    let sentence = |(index, (start, end)): (usize, (usize, usize))| {
        let (events, judgement) = &judged[index % judged.len()];
        Sentence {
            id: format!("t-{name}-{index}").into(),
            start,
            end,
            events: events.iter().map(|id| id.as_str().into()).collect(),
            judgement: judgement.as_ref().map(|(id, step)| Judgement { assessment: id.as_str().into(), step: *step }),
        }
    };
    let mut citations: Vec<CitationMark> = citation_seeds
        .iter()
        .map(|(share, number)| CitationMark { offset: at(*share, length), citation: format!("c{number}").into() })
        .collect();
    citations.sort_by_key(|mark| mark.offset);
    Paragraph {
        id: format!("p-{name}").into(),
        kind: ParagraphKind::Prose,
        sentences: spans.into_iter().enumerate().map(sentence).collect(),
        marks: marks(length, &mark_seeds),
        text,
        citations,
        campaign: None,
        figure: None,
    }
}

fn kind() -> impl Strategy<Value = ParagraphKind> {
    prop::sample::select(vec![
        ParagraphKind::Prose,
        ParagraphKind::Prose,
        ParagraphKind::ListItem,
        ParagraphKind::Quotation,
        ParagraphKind::Figure,
    ])
}

type ParagraphSeeds = (Seeds, ParagraphKind, Option<String>, Option<String>);

fn paragraph_seeds() -> impl Strategy<Value = ParagraphSeeds> {
    (seeds(), kind(), option::weighted(0.2, word()), option::weighted(0.2, url()))
}

fn whole((seeds, kind, campaign, figure): ParagraphSeeds, name: &str) -> Paragraph {
    let figure = figure.filter(|_| kind == ParagraphKind::Figure || name.ends_with('1'));
    Paragraph { kind, campaign: campaign.map(Into::into), figure, ..paragraph(seeds, name) }
}

fn section() -> impl Strategy<Value = (EditionSection, Vec<ParagraphSeeds>)> {
    let title = prop_oneof![text(), Just("Ports".to_owned()), Just("Key Takeaways".to_owned())];
    let id = option::of(prop_oneof![word(), Just("ports".to_owned())]);
    let level = prop_oneof![4 => 1u8..4, 1 => any::<u8>()];
    (id, title, level, option::of(text()), vec(paragraph_seeds(), 0..4)).prop_map(
        |(id, title, level, scope, paragraphs)| {
            // `-` says that a section is none of the desk's.
            let section = id.filter(|id| id != "-").map(SectionId);
            (EditionSection { section, title, level, scope, paragraphs: Vec::new() }, paragraphs)
        },
    )
}

fn citations() -> impl Strategy<Value = Vec<Citation>> {
    vec((option::weighted(0.3, text()), vec(reference(), 0..4)), 0..5).prop_map(|notes| {
        let name = |at: usize| if at == 4 { "odd] id".to_owned() } else { format!("c{at}") };
        let citation = |(at, (label, references))| Citation { id: CitationId(name(at)), references, label };
        notes.into_iter().enumerate().map(citation).collect()
    })
}

fn front() -> impl Strategy<Value = Edition> {
    let correction =
        (moment(), text(), 1u64..9).prop_map(|(at, note, replaces_version)| Correction { at, note, replaces_version });
    let texts = (text(), text(), option::of(text()), vec(text(), 0..3), vec(text(), 0..3), option::of(url()));
    let times = (day(), option::of(moment()), option::of(moment()), vec(correction, 0..3));
    (texts, times).prop_map(|((slug, title, standing, notices, authors, origin_url), times)| Edition {
        id: "ed-7".into(),
        desk: "gulf".into(),
        slug,
        title,
        date: times.0,
        cutoff: times.1,
        authors,
        standing,
        notices,
        takeaways: Vec::new(),
        sections: Vec::new(),
        citations: Vec::new(),
        state: EditionState::Published,
        published: times.2,
        corrections: times.3,
        origin_url,
    })
}

/// An edition in which everything occurs that the form can carry.
pub(crate) fn edition() -> impl Strategy<Value = Edition> {
    let takeaways = vec((paragraph_seeds(), option::of(word())), 0..4);
    (front(), takeaways, vec(section(), 0..4), citations()).prop_map(|(mut edition, takeaways, sections, citations)| {
        edition.citations = citations;
        for (index, (seeds, announces)) in takeaways.into_iter().enumerate() {
            let body = whole(seeds, &format!("k{index}"));
            edition.takeaways.push(Takeaway { body, announces: announces.map(Into::into) });
        }
        for (number, (mut section, paragraphs)) in sections.into_iter().enumerate() {
            let named = paragraphs.into_iter().enumerate();
            section.paragraphs = named.map(|(at, seeds)| whole(seeds, &format!("s{number}-{at}"))).collect();
            edition.sections.push(section);
        }
        edition
    })
}
