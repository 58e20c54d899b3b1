//! What readers find on the pages.

use crate::reader::{in_order, info, kept, stands, text};
use crate::sample::{BASE, Sample};
use sitrep_model::desk::NoteStyle;
use sitrep_model::edition::EditionState;

#[test]
fn the_text_stands_in_reading_order() {
    let Some(found) = text("whole", &Sample::new().pdf()) else { return };
    in_order(
        &found,
        &[
            "Exercise: all happenings",
            "Harbour Watch, November 10, 2026",
            "Ada Example, Bo Example",
            "10 November 2026",
            "Data cut-off: 10 November 2026, 14:00 EST",
            "Corrected",
            "11 November 2026, 10:30 EST: The day of the rallies was wrong",
            "The Harbour Watch provides a daily report",
            "Note: no update is published on holidays.",
            "Key Takeaways",
            "The north quay is likely to close.",
            "Nothing else moved.",
            "Map of two rallies",
            "The North Quay",
            "This section covers the north quay",
            "The north quay is likely to close this week.",
            "as assessed before",
            "A third rally was called off.",
            "First item with a link.",
            "Second item.",
            "“We do not strike.”",
            "Tides at the north quay",
            "Notes",
            "https://www.bandar [dot] example/fa/news/1402/",
            "https://example.org/tides?a=1&b=2; https://dock.example/r",
            "/harbour/editions/2026-11-09",
            "The north quay is likely to close within a week.",
            "https://port [dot] example/7",
        ],
    );
}

#[test]
fn markers_stand_behind_their_sentences_and_notes_have_all_references() {
    let Some(found) = text("markers", &Sample::new().pdf()) else { return };
    in_order(&found, &["close.i", "this week.i", "9 November.ii, iii", "called off.i", "link.iv", "Notes", "i https"]);
}

#[test]
fn arabic_and_persian_are_read_as_they_were_written() {
    let Some(found) = text("scripts", &Sample::new().pdf()) else { return };
    for words in ["قطارهای باری", "الميناء الشمالي مغلق", "جنوبی", "שלום"] {
        assert!(stands(&found, words), "{words} is not in:\n{found}");
    }
}

#[test]
fn notes_are_reached_and_left_and_what_is_defanged_is_never_a_link() {
    let pdf = Sample::new().pdf();
    let Some(found) = info("links", &pdf, &["-url"]) else { return };
    for address in [
        "https://example.org/tides?a=1&b=2",
        "https://dock.example/r",
        "https://dock.example/x",
        "/harbour/editions/2026-11-10",
    ] {
        assert!(found.contains(address), "{address} is no link in:\n{found}");
    }
    assert!(found.contains(&format!("{BASE}/harbour/editions/2026-11-09#t-t-old")), "{found}");
    for hostile in ["bandar", "port.example"] {
        assert!(!found.contains(hostile), "{hostile} is a link in:\n{found}");
    }
    let bytes = String::from_utf8_lossy(&pdf.bytes);
    assert!(!bytes.contains("bandar.example"));
}

#[test]
fn the_desk_chooses_the_numbers() {
    let mut sample = Sample::new();
    sample.desk.style.notes = NoteStyle::Arabic;
    let Some(found) = text("arabic-numbers", &sample.pdf()) else { return };
    in_order(&found, &["this week.1", "9 November.2, 3", "Notes", "1 https"]);
}

#[test]
fn every_page_says_whose_it_is_and_that_it_is_an_exercise() {
    let mut sample = Sample::new();
    let more = sample.edition.sections.first().cloned().unwrap();
    sample.edition.sections.extend(std::iter::repeat_n(more, 5));
    let Some(found) = text("many-pages", &sample.pdf()) else { return };
    let pages: Vec<&str> = found.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    assert!(pages.len() > 2);
    for (index, page) in pages.iter().enumerate() {
        for words in ["Harbour Watch", "10 November 2026", "Exercise: all happenings", "Office of Tides"] {
            assert!(stands(page, words), "{words} is not on page {}:\n{page}", index + 1);
        }
        assert!(stands(page, &format!("{} of {}", index + 1, pages.len())), "{page}");
    }
}

#[test]
fn what_was_taken_down_is_a_tombstone() {
    let mut sample = Sample::new();
    sample.edition.state = EditionState::TakenDown;
    let Some(found) = text("tombstone", &sample.pdf()) else { return };
    in_order(&found, &["Harbour Watch, November 10, 2026", "Taken down", "no longer shown here", "9, not 8 November"]);
    assert!(!stands(&found, "quay is likely"), "{found}");
}

#[test]
fn what_was_retracted_stays_readable_and_says_so() {
    let mut sample = Sample::new();
    sample.edition.state = EditionState::Retracted;
    let Some(found) = text("retracted", &sample.pdf()) else { return };
    in_order(&found, &["Retracted", "withdrawn as wrong", "9, not 8 November", "quay is likely"]);
}

#[test]
fn a_persian_desk_is_set_from_right_to_left() {
    let mut sample = Sample::new();
    sample.desk.language = "fa".to_owned();
    sample.desk.name = "دیدبان بندر".to_owned();
    sample.edition.title = "دیدبان بندر، ۱۹ آبان ۱۴۰۵".to_owned();
    sample.edition.sections.swap(0, 1);
    let pdf = sample.pdf();
    kept("persian", &pdf);
    let Some(found) = info("persian", &pdf, &["-struct-text"]) else { return };
    assert!(found.contains("Harbour Watch provides"), "{found}");
}
