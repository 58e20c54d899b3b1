//! Editions: whatever is read comes back whole.

use sitrep_editions::parse::{Form, parse};
use sitrep_editions::{contract, diff, form, roundtrip};
use sitrep_model::desk::Desk;

fn read(input: &[u8], form: Form) {
    let Ok(parsed) = parse(input, Some(form)) else { return };
    let (want, got) = (roundtrip::normalized(&parsed.text), roundtrip::normalized(&roundtrip::text(&parsed)));
    assert_eq!(want, got, "a text did not come back whole");
    for block in &parsed.blocks {
        let length = block.text.chars().count();
        assert!(block.markers().all(|(offset, _)| offset <= length), "a marker out of its text");
    }
    let known: usize = parsed.sections.iter().map(|section| section.paragraphs.len()).sum();
    assert_eq!(known, parsed.paragraphs.len(), "a paragraph stands in no section");
    let _ = contract::Edition::from(&parsed);
    if let Ok(edition) = parsed.into_edition(&"desk".into(), None, &mut |_| String::new()) {
        for body in edition.paragraphs() {
            let length = body.text.chars().count();
            assert!(
                body.marks.iter().all(|mark| mark.start < mark.end && mark.end <= length),
                "a mark out of its text"
            );
        }
        assert!(
            diff::editions(&edition, &edition).iter().all(|found| found.kind == diff::Kind::Same),
            "it differs from itself"
        );
    }
}

pub(crate) fn text(input: &[u8]) {
    read(input, Form::Text);
}

pub(crate) fn html(input: &[u8]) {
    read(input, Form::Html);
}

pub(crate) fn markdown(input: &[u8]) {
    read(input, Form::Markdown);
}

pub(crate) fn docx(input: &[u8]) {
    read(input, Form::Docx);
}

/// What the desk's form reads, it writes, and reads the same again.
pub(crate) fn form(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let Some(desk) = desk() else { return };
    let _ = form::correcting(text);
    let mut count = 0;
    let mut make = |kind: &str| {
        count += 1;
        format!("{kind}-{count}")
    };
    let Ok(edition) = form::read(text, &desk, &mut make) else { return };
    let written = form::write(&edition, &desk);
    match form::read(&written, &desk, &mut make) {
        Ok(again) => assert_eq!(again, edition, "the form lost something"),
        Err(error) => assert_eq!(error.to_string(), "", "the form does not read what it wrote: {written}"),
    }
}

fn desk() -> Option<Desk> {
    toml::from_str("id = 'desk'\nname = 'Coast Watch'\npublisher = ''\nlanguage = 'en'\ntime_zone = 'UTC'\nstanding = ''\nsections = []\nscale = { name = '', terms = [] }\n[style]\nnotes = 'arabic'\n").ok()
}
