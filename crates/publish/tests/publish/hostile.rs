use crate::sample::{BASE, Sample};
use mail_parser::MessageParser;
use quick_xml::events::Event;
use sitrep_model::citation::Target;
use sitrep_model::edition::MarkKind;
use sitrep_publish::feed;
use sitrep_publish::formats::html;
use sitrep_publish::message::{self, Envelope};

const EVIL: &str = "x\"'><script>alert(1)</script><img src=x onerror=alert(1)>";
const RUN: &str = "javascript:alert(1)//\" onclick=\"alert(1)";

/// The sample with something hostile in every text field.
fn hostile() -> Sample {
    let mut sample = Sample::new();
    let desk = &mut sample.desk;
    for field in [&mut desk.name, &mut desk.publisher, &mut desk.language, &mut desk.standing] {
        *field = EVIL.to_owned();
    }
    desk.label = Some(EVIL.to_owned());
    desk.id = EVIL.into();
    sample.picture.alternative = EVIL.to_owned();
    let edition = &mut sample.edition;
    edition.id = EVIL.into();
    for field in [&mut edition.slug, &mut edition.title] {
        *field = EVIL.to_owned();
    }
    edition.standing = Some(EVIL.to_owned());
    edition.authors = vec![EVIL.to_owned()];
    edition.notices = vec![EVIL.to_owned()];
    edition.corrections[0].note = EVIL.to_owned();
    for section in &mut edition.sections {
        section.title = EVIL.to_owned();
        section.scope = Some(EVIL.to_owned());
        section.section = Some(EVIL.into());
    }
    for paragraph in edition.paragraphs_mut() {
        paragraph.text = EVIL.to_owned();
        paragraph.id = EVIL.into();
        paragraph.figure = Some(RUN.to_owned());
        for sentence in &mut paragraph.sentences {
            sentence.id = EVIL.into();
        }
        for mark in &mut paragraph.marks {
            if let MarkKind::Link { url } = &mut mark.kind {
                *url = RUN.to_owned();
            }
        }
    }
    for reference in edition.citations.iter_mut().flat_map(|citation| &mut citation.references) {
        reference.printed = Some(EVIL.to_owned());
        reference.defanged = Some(false);
        if let Target::Address { url } = &mut reference.target {
            *url = RUN.to_owned();
        }
    }
    for document in sample.cited.documents.values_mut() {
        document.url = RUN.to_owned();
        document.language = Some(EVIL.to_owned());
    }
    for edition in sample.cited.editions.values_mut() {
        edition.url = RUN.to_owned();
        edition.slug = EVIL.to_owned();
    }
    for assessment in sample.cited.assessments.values_mut() {
        assessment.url = RUN.to_owned();
    }
    sample
}

/// Reads a page as a browser does, and looks at every element.
fn assert_harmless(html: &str, form: &str) {
    let page = scraper::Html::parse_document(html);
    let every = scraper::Selector::parse("*").expect("a selector");
    let mut count = 0;
    for element in page.select(&every) {
        count += 1;
        let name = element.value().name();
        assert!(!matches!(name, "script" | "iframe" | "object" | "form"), "<{name}> in {form}");
        for (attribute, value) in element.value().attrs() {
            assert!(!attribute.starts_with("on"), "{attribute} on <{name}> in {form}");
            let run = value.trim_start().to_lowercase();
            assert!(!run.starts_with("javascript:"), "{attribute}={value} on <{name}> in {form}");
            assert!(attribute != "src" || value.starts_with("data:") || value.starts_with("cid:"), "{value} in {form}");
        }
    }
    assert!(count > 10, "there is something to look at in {form}");
}

#[test]
fn no_field_breaks_out_of_a_page() {
    let sample = hostile();
    assert_harmless(&html::article(&sample.manuscript()), "article");
    let page = html::page(&sample.manuscript()).expect("it renders");
    assert_harmless(&String::from_utf8(page).expect("UTF-8"), "page");
}

#[test]
fn no_field_breaks_out_of_a_message() {
    let sample = hostile();
    let envelope = Envelope {
        from: "a@b.example".to_owned(),
        to: "c@d.example".to_owned(),
        message_id: "<1@b.example>".to_owned(),
        date: "2026-11-10T22:00:05Z".parse().expect("a moment"),
        leave_url: None,
    };
    let bytes = message::edition(&sample.manuscript(), &envelope).expect("it is put together");
    let message = MessageParser::default().parse(&bytes).expect("it is a message");
    assert_harmless(&message.body_html(0).expect("an HTML body"), "message");
    let bytes =
        message::confirmation(&sample.desk, &envelope, "https://b.example/\"><script>").expect("it is put together");
    let message = MessageParser::default().parse(&bytes).expect("it is a message");
    assert_harmless(&message.body_html(0).expect("an HTML body"), "confirmation");
}

#[test]
fn no_field_breaks_out_of_a_feed() {
    let sample = hostile();
    let xml = feed::atom(&feed::Channel::of_desk(&sample.desk, BASE, EVIL), &[sample.manuscript()]);
    let xml = String::from_utf8(xml).expect("UTF-8");
    let entries = quick_xml::Reader::from_str(&xml);
    assert_eq!(
        elements(entries),
        ["feed", "id", "title", "updated", "subtitle", "author", "name", "link", "link", "generator"]
    );
    let content = xml.split("<content type=\"html\">").nth(1).and_then(|rest| rest.split("</content>").next());
    let content = quick_xml::escape::unescape(content.expect("content")).expect("it is escaped");
    assert_harmless(&content, "atom content");
}

/// Names of the elements before the first entry.
fn elements(mut reader: quick_xml::Reader<&[u8]>) -> Vec<String> {
    let mut names = Vec::new();
    loop {
        match reader.read_event().expect("it is well-formed") {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = String::from_utf8_lossy(tag.name().as_ref()).into_owned();
                if name == "entry" {
                    return names;
                }
                names.push(name);
            }
            Event::Eof => return names,
            _ => {}
        }
    }
}
