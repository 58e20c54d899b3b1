//! The file: standards, properties, bounds, and that it is always the same.

use crate::reader::{info, kept};
use crate::sample::{Sample, paragraph, section};
use sitrep_editions::Picture;
use sitrep_model::edition::{Edition, ParagraphKind};
use sitrep_press::{CHARACTERS, Error, PARAGRAPH, PARAGRAPHS};

#[test]
fn the_file_is_archival_accessible_and_has_its_properties() {
    let pdf = Sample::new().pdf();
    let bytes = String::from_utf8_lossy(&pdf.bytes);
    for part in
        ["<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>", "<pdfuaid:part>1</pdfuaid:part>"]
    {
        assert!(bytes.contains(part), "{part}");
    }
    let Some(found) = info("properties", &pdf, &["-isodates"]) else { return };
    for line in [
        ("Title:", "Harbour Watch, November 10, 2026"),
        ("Author:", "Ada Example, Bo Example"),
        ("Creator:", "sitrep"),
        ("CreationDate:", "2026-11-11T15:30:00Z"),
        ("Tagged:", "yes"),
        ("Page size:", "A4"),
        ("Encrypted:", "no"),
        ("JavaScript:", "no"),
    ] {
        let (name, value) = line;
        let stated = found.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        assert!(stated.contains(value), "{name} {value}:\n{found}");
    }
    assert!(bytes.contains("/Lang (en)") || bytes.contains("/Lang(en)"));
}

#[test]
fn headings_are_bookmarks() {
    let Some(found) = info("structure", &Sample::new().pdf(), &["-struct-text"]) else { return };
    for part in ["Key Takeaways", "The North Quay", "Notes", "H1", "H2", "Figure", "Link"] {
        assert!(found.contains(part), "{part} is not in:\n{found}");
    }
}

#[test]
fn the_same_manuscript_gives_the_same_bytes() {
    let once = Sample::new().pdf();
    comemo::evict(0);
    assert!(once.bytes == Sample::new().pdf().bytes);
    assert!(once.bytes == Sample::new().pdf().bytes);
}

#[test]
fn many_are_printed_at_once() {
    let expected = Sample::new().pdf().bytes;
    let printed: Vec<Vec<u8>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| Sample::new().pdf().bytes)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(printed.iter().all(|bytes| *bytes == expected));
}

#[test]
fn a_picture_without_words_lowers_the_standard_and_says_so() {
    let mut sample = Sample::new();
    sample.picture = sample.picture.map(|picture| Picture { alternative: String::new(), ..picture });
    let pdf = sitrep_press::pdf(&sample.manuscript()).unwrap();
    assert_eq!(pdf.warnings.len(), 1, "{:?}", pdf.warnings);
    assert!(pdf.warnings.iter().all(|warning| warning.contains("neither PDF/A-2a nor PDF/UA-1")), "{:?}", pdf.warnings);
    let Some(found) = info("lowered", &pdf, &[]) else { return };
    assert!(found.lines().any(|line| line.starts_with("Tagged:") && line.ends_with("yes")), "{found}");
}

#[test]
fn a_letter_that_no_font_has_lowers_the_standard_and_says_so() {
    let mut sample = Sample::new();
    sample.edition.title.push_str(" 漢");
    let pdf = sitrep_press::pdf(&sample.manuscript()).unwrap();
    assert!(pdf.warnings.iter().any(|warning| warning.contains('漢')), "{:?}", pdf.warnings);
}

#[test]
fn a_picture_that_is_none_is_left_out_and_says_so() {
    let mut sample = Sample::new();
    sample.picture = sample.picture.map(|picture| Picture { png: b"\x89PNG\r\n\x1a\nnot really".to_vec(), ..picture });
    let pdf = sitrep_press::pdf(&sample.manuscript()).unwrap();
    assert!(
        pdf.warnings.iter().any(|warning| warning.starts_with("the map's picture was left out")),
        "{:?}",
        pdf.warnings
    );
}

#[test]
fn an_edition_with_nothing_in_it_is_printed() {
    let mut sample = Sample::new();
    let date = sample.edition.date;
    sample.edition = Edition { title: String::new(), date, sections: Vec::new(), ..bare(sample.edition) };
    sample.picture = None;
    sample.desk.label = None;
    kept("bare", &sample.pdf());
}

fn bare(edition: Edition) -> Edition {
    Edition {
        cutoff: None,
        authors: Vec::new(),
        standing: None,
        notices: Vec::new(),
        takeaways: Vec::new(),
        citations: Vec::new(),
        corrections: Vec::new(),
        published: None,
        ..edition
    }
}

#[test]
fn what_is_too_long_is_refused_with_what_to_do() {
    let with = |paragraphs: Vec<_>| {
        let mut sample = Sample::new();
        sample.edition.sections = vec![section("Long", 1, None, paragraphs)];
        sitrep_press::pdf(&sample.manuscript()).unwrap_err()
    };
    let short = paragraph("x", ParagraphKind::Prose, "Word.");
    let many = with(vec![short; PARAGRAPHS + 1]);
    assert!(matches!(many, Error::TooLong { what: "paragraphs", .. }), "{many}");
    let long = paragraph("x", ParagraphKind::Prose, &"word ".repeat(PARAGRAPH / 5 + 1));
    let one = with(vec![long]);
    assert!(one.to_string().contains("paragraph 1 of the section “Long”"), "{one}");
    let most = paragraph("x", ParagraphKind::Prose, &"word ".repeat(PARAGRAPH / 5));
    let all = with(vec![most; CHARACTERS / PARAGRAPH + 1]);
    assert!(all.to_string().contains("shorten it"), "{all}");
}
