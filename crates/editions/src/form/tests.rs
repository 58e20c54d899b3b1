use super::samples::{desk, edition};
use super::{correcting, read, write};
use crate::Error;
use jiff::civil::date;
use proptest::prelude::*;
use sitrep_model::citation::Target;
use sitrep_model::edition::{AssessmentStep, Edition, MarkKind, ParagraphKind};

/// Reads with ids that count: `paragraph-1`, `sentence-2` …
fn reading(text: &str) -> Result<Edition, Error> {
    let mut count = 0;
    read(text, &desk(), &mut |kind| {
        count += 1;
        format!("{kind}-{count}")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_again(edition in edition()) {
        let written = write(&edition, &desk());
        let again = reading(&written).map_err(|error| TestCaseError::fail(format!("{error}\n{written}")))?;
        prop_assert_eq!(&again, &edition, "{}", written);
        prop_assert_eq!(write(&again, &desk()), written);
    }

    #[test]
    fn no_text_makes_the_reader_stumble(body in "[a#*_\\[\\](){}<>\\\\^!:;\" .\n1-]{0,80}") {
        let _ = reading(&format!("+++\ndate = \"2026-11-10\"\n+++\n# T\n{body}"));
    }
}

const HAND_WRITTEN: &str = r#"+++
title = "Gulf Update, November 10, 2026"
date = "2026-11-10"
cutoff = "2026-11-10T19:00:00Z"
authors = ["N. Example"]
+++

{.standing}
The Gulf Update covers
ports and talks.

{.notice} A new map is out.

# Key Takeaways

1. The port opened. {#p-k1 announces=p-port}
2. Talks will **likely** fail.

# Ports

{.scope}
What happens in the ports.

The port opened.[^c1]{events=ev-1,ev-2} It is likely to grow.{made=as-port}[^c2]
Third, [as assessed before](edition:2026-11-05#t-7) and [elsewhere](https://a.example/x_y).
{#p-port campaign=coast}

## Smaller ports

- one
- two, with a _stress_ and a snake_case name
> quoted
> twice

![A map of 3 * 4 ports](https://a.example/m.png)

# Elsewhere {#abroad}

Nothing happened [sic].

[^c1]: document:irna-1 "exact words" ; https://a.example/x {defanged=true}
[^c2]: edition:2026-11-05 ; assessment:as-rail ;
  text:Interview with an official, 9 November
"#;

#[test]
fn a_hand_written_edition_is_understood() {
    let edition = reading(HAND_WRITTEN).unwrap();
    assert_eq!((edition.id.as_str(), edition.slug.as_str()), ("edition-1", "2026-11-10"));
    assert_eq!(edition.standing.as_deref(), Some("The Gulf Update covers ports and talks."));
    assert_eq!(edition.notices, ["A new map is out."]);
    let announced: Vec<_> = edition.takeaways.iter().map(|t| t.announces.as_ref().map(|id| id.as_str())).collect();
    assert_eq!(announced, [Some("p-port"), None]);
    assert_eq!(edition.takeaways[1].body.id.as_str(), "paragraph-3");
    let titles: Vec<_> = edition.sections.iter().map(|s| (s.title.as_str(), s.level, s.section.clone())).collect();
    assert_eq!(
        titles,
        [("Ports", 1, Some("ports".into())), ("Smaller ports", 2, None), ("Elsewhere", 1, Some("abroad".into()))]
    );
    let port = &edition.sections[0].paragraphs[0];
    assert_eq!(port.text, "The port opened. It is likely to grow. Third, as assessed before and elsewhere.");
    assert_eq!(port.sentences.len(), 3);
    assert_eq!(port.sentences[0].events.len(), 2);
    assert_eq!(port.sentences[1].judgement.as_ref().map(|j| j.step), Some(AssessmentStep::Made));
    assert_eq!(port.citations.iter().map(|mark| mark.offset).collect::<Vec<_>>(), [16, 38]);
    assert!(
        matches!(&port.marks[0].kind, MarkKind::CrossReference { date: Some(day), .. } if *day == date(2026, 11, 5))
    );
    assert_eq!(port.campaign.as_ref().map(|id| id.as_str()), Some("coast"));
    let kinds: Vec<_> = edition.sections[1].paragraphs.iter().map(|p| p.kind).collect();
    assert_eq!(
        kinds,
        [ParagraphKind::ListItem, ParagraphKind::ListItem, ParagraphKind::Quotation, ParagraphKind::Figure]
    );
    assert_eq!(edition.sections[1].paragraphs[2].text, "quoted twice");
    assert_eq!(edition.sections[1].paragraphs[1].text, "two, with a stress and a snake_case name");
    assert_eq!(edition.sections[2].paragraphs[0].text, "Nothing happened [sic].");
    assert_eq!(edition.citations[0].references[1].defanged, Some(true));
    assert_eq!(edition.citations[1].references.len(), 3);
    assert!(matches!(edition.citations[1].references[2].target, Target::Text));
    assert_eq!(edition.citations[1].references[2].printed.as_deref(), Some("Interview with an official, 9 November"));
    let written = write(&edition, &desk());
    assert_eq!(reading(&written).unwrap(), edition);
}

#[test]
fn errors_name_the_line_and_what_to_do() {
    let cases = [
        ("# Ports\n\nText {x} y", 6, "brace"),
        ("# Ports\n\nText **bold", 6, "close it with **"),
        ("Text", 4, "{.standing}"),
        ("# Ports\n\nA.\n\n{#p-1}", 8, "without an empty line"),
        ("# Ports\n\nA.{#x}\n\nB.{#x}", 8, "new one is made"),
        ("# Ports\n\n[^c1]: nowhere", 6, "begins with document:"),
        ("# Ports\n\nA.{made=a revised=b}", 6, "sentence of its own"),
        ("# Ports\n\nA \\q.", 6, "write \\\\"),
        ("# Key Takeaways\n\nA.", 6, "`1. `"),
        ("# Ports\n\nA.{colour=red}", 6, "campaign"),
    ];
    for (body, expected, said) in cases {
        let error = reading(&format!("+++\ndate = \"2026-11-10\"\n+++\n{body}")).unwrap_err();
        assert_eq!(error.line(), Some(expected), "{body}: {error}");
        assert!(error.to_string().contains(said), "{body}: {error}");
    }
    let error = reading("+++\ndate = \"2026-11-10\"\nslag = \"x\"\n+++\n").unwrap_err();
    assert_eq!(error.line(), Some(3), "{error}");
    assert_eq!(reading("no front matter").unwrap_err().line(), Some(1));
    assert_eq!(reading("+++\ndate = \"2026-11-10\"\n").unwrap_err().line(), Some(1));
}

#[test]
fn a_file_says_that_it_is_a_correction() {
    let text =
        "+++\ndate = \"2026-11-10\"\ncorrection = \"A place was wrong.\"\ncorrected = \"2026-11-11T08:00:00Z\"\n+++\n";
    let found = correcting(text).unwrap().unwrap();
    assert_eq!(
        (found.note.as_str(), found.at.map(|at| at.to_string()).as_deref()),
        ("A place was wrong.", Some("2026-11-11T08:00:00Z"))
    );
    assert_eq!(correcting("+++\ndate = \"2026-11-10\"\n+++\n").unwrap(), None);
}
