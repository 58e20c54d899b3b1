use crate::sample::Sample;
use sitrep_editions::parse::{Form, Role};
use sitrep_model::edition::EditionState;
use sitrep_publish::formats::{self, html};

fn rendered(sample: &Sample, form: &str) -> String {
    let format = formats::format(form).expect("the form is registered");
    String::from_utf8((format.render)(&sample.manuscript()).expect("it renders")).expect("it is UTF-8")
}

#[test]
fn every_form_is_as_it_was() {
    let sample = Sample::new();
    insta::assert_snapshot!("article", html::article(&sample.manuscript()));
    for format in sitrep_publish::FORMATS {
        insta::assert_snapshot!(format.id, rendered(&sample, format.id));
    }
}

#[test]
fn every_link_within_the_article_has_its_end() {
    let article = html::article(&Sample::new().manuscript());
    let ids: Vec<&str> = article.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "an id stands twice: {ids:?}");
    let mut links = article.split(" href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).peekable();
    assert!(links.peek().is_some());
    for link in links {
        assert!(ids.contains(&link), "#{link} leads nowhere");
    }
}

#[test]
fn what_is_printed_defanged_is_never_a_link() {
    for form in ["html", "atom", "md"].into_iter().filter_map(formats::format) {
        let printed = rendered(&Sample::new(), form.id);
        for host in ["bandar.example", "port.example"] {
            assert!(!printed.contains(&format!("href=\"https://{host}")), "{host} in {}", form.id);
            assert!(!printed.contains(&format!("href=&quot;https://{host}")), "{host} in {}", form.id);
        }
    }
}

#[test]
fn plain_text_reads_back_as_the_edition() {
    let sample = Sample::new();
    let text = rendered(&sample, "txt");
    let parsed = sitrep_editions::parse(text.as_bytes(), Some(Form::Text)).expect("it is an edition");
    let edition = &sample.edition;
    assert_eq!(parsed.title.as_deref(), Some(edition.title.as_str()));
    assert_eq!(parsed.date, Some(edition.date));
    assert_eq!(parsed.cutoff, edition.cutoff);
    assert_eq!(parsed.authors, edition.authors);
    assert_eq!(parsed.standing, edition.standing);
    assert_eq!(parsed.takeaways.len(), 2);
    let titles: Vec<_> = parsed.sections.iter().map(|section| section.title.as_str()).collect();
    assert_eq!(titles, ["The North Quay", "The South Quay"]);
    assert_eq!(parsed.sections[0].scope.map(|block| parsed.blocks[block].text.clone()), edition.sections[0].scope);
    let given: Vec<_> = edition.sections.iter().flat_map(|section| &section.paragraphs).collect();
    let texts: Vec<_> = (0..parsed.paragraphs.len()).map(|at| parsed.paragraph(at).text.as_str()).collect();
    assert_eq!(texts.len(), given.len(), "{texts:?}");
    for (text, paragraph) in texts.iter().zip(&given) {
        assert!(text.ends_with(&paragraph.text), "{text} | {}", paragraph.text);
    }
    let notes = sample.manuscript().notes;
    let labels: Vec<_> = parsed.notes.iter().map(|note| (note.number, note.references.len())).collect();
    assert_eq!(labels, notes.notes.iter().map(|note| (note.number, note.references.len())).collect::<Vec<_>>());
    assert_eq!(parsed.markers_tied().0, parsed.markers_tied().1);
    let unknown: Vec<_> = parsed.blocks.iter().filter(|block| block.role == Role::Unclassified).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn json_has_an_id_and_an_address_for_every_part() {
    let json: serde_json::Value = serde_json::from_str(&rendered(&Sample::new(), "json")).expect("it is JSON");
    assert_eq!(json["schema"], "sitrep-edition/1");
    let paragraph = &json["sections"][0]["paragraphs"][0];
    assert_eq!(paragraph["url"], "https://updates.example/harbour/editions/2026-11-10#p-p1");
    assert_eq!(paragraph["sentences"][1]["url"], "https://updates.example/harbour/sentences/p1-2");
    assert_eq!(paragraph["citations"][0]["note"], 1);
    assert_eq!(json["notes"][0]["references"][0]["url"], serde_json::Value::Null);
    assert_eq!(json["notes"][0]["references"][0]["language"], "fa");
    assert_eq!(json["takeaways"][0]["announces"], "p1");
}

#[test]
fn a_tombstone_holds_nothing_of_the_text_in_any_form() {
    let mut sample = Sample::new();
    sample.edition.state = EditionState::TakenDown;
    sample.edition.corrections[0].note = "Taken down on request.".to_owned();
    for format in sitrep_publish::FORMATS {
        let printed = rendered(&sample, format.id);
        for gone in ["North Quay", "north quay", "bandar", "rallies were", "Map:"] {
            assert!(!printed.contains(gone), "{gone} in {}", format.id);
        }
        assert!(printed.contains("November 10, 2026"), "{}", format.id);
        assert!(printed.contains("Taken down on request."), "{}", format.id);
    }
}

#[test]
fn a_retracted_edition_says_so_and_stays_readable() {
    let mut sample = Sample::new();
    sample.edition.state = EditionState::Retracted;
    let page = rendered(&sample, "html");
    assert!(page.contains("class=\"retraction\"") && page.contains("The south quay remained quiet."));
    assert!(rendered(&sample, "txt").contains("withdrawn as wrong"));
}

#[test]
fn a_page_of_its_own_loads_nothing() {
    let page = rendered(&Sample::new(), "html");
    assert!(page.contains("src=\"data:image/png;base64,"));
    assert!(!page.contains("<script") && !page.contains("<link rel=\"stylesheet\""));
    assert!(page.contains("https://updates.example/media/tides.png"), "a path gets the installation's address");
}

#[test]
fn markdown_reads_back_as_the_edition() {
    let sample = Sample::new();
    let markdown = rendered(&sample, "md");
    let mut count = 0;
    let mut make = |kind: &str| {
        count += 1;
        format!("{kind}{count}")
    };
    let read = sitrep_editions::form::read(&markdown, &sample.desk, &mut make).expect("it reads");
    let texts = |edition: &sitrep_model::edition::Edition| -> Vec<String> {
        edition.paragraphs().map(|paragraph| paragraph.text.clone()).collect()
    };
    assert_eq!(texts(&read), texts(&sample.edition));
    assert_eq!(read.title, sample.edition.title);
}
