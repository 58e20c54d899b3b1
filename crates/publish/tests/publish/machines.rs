use crate::sample::{BASE, Sample};
use sitrep_model::edition::EditionState;
use sitrep_publish::citation::Work;
use sitrep_publish::embedding::Embedded;
use sitrep_publish::linked_data;

fn described(sample: &Sample) -> serde_json::Value {
    serde_json::from_str(&linked_data::edition(&sample.manuscript())).expect("it is JSON")
}

#[test]
fn an_edition_is_a_report_with_its_corrections_and_what_it_cites() {
    let report = described(&Sample::new());
    assert_eq!((report["@context"].as_str(), report["@type"].as_str()), (Some("https://schema.org"), Some("Report")));
    assert_eq!(report["dateModified"], "2026-11-11T15:30:00Z");
    assert_eq!(report["correction"][0]["@type"], "CorrectionComment");
    assert_eq!(report["author"][1]["name"], "Bo Example");
    let cited = report["citation"].as_array().expect("it cites");
    let hostile = cited.iter().find(|work| work["name"].as_str().is_some_and(|name| name.contains("bandar")));
    assert!(hostile.is_some_and(|work| work["url"].is_null()), "what is printed defanged has no address: {cited:?}");
    assert!(cited.iter().any(|work| work["url"].is_string()), "what is printed in words has its address beside them");
    let twice = cited.iter().find(|work| work.is_object() && work["url"] == work["name"]);
    assert!(twice.is_none(), "a bare address stands once: {twice:?}");
    assert!(report["encoding"].as_array().is_some_and(|forms| forms.len() > 4));
}

#[test]
fn nothing_in_the_description_ends_its_element() {
    let mut sample = Sample::new();
    sample.edition.title = "</script><script>alert(1)</script>&".to_owned();
    let text = linked_data::edition(&sample.manuscript());
    assert!(!text.contains('<') && !text.contains('&'), "{text}");
    assert_eq!(described(&sample)["headline"], sample.edition.title.as_str());
}

#[test]
fn of_what_was_taken_down_only_the_act_is_told() {
    let mut sample = Sample::new();
    sample.edition.state = EditionState::TakenDown;
    let report = described(&sample);
    assert_eq!(report["creativeWorkStatus"], "Taken down");
    for field in ["abstract", "citation", "articleSection", "encoding"] {
        assert!(report[field].is_null(), "{field}");
    }
    assert_eq!(report["correction"].as_array().map(Vec::len), Some(1));
}

#[test]
fn an_embedded_sentence_has_its_words_its_source_and_no_script() {
    let mut sample = Sample::new();
    sample.edition.title = "A <b>\"title\"</b>".to_owned();
    let words = "Two <script>rallies</script> & one.";
    let work = Work::sentence(&sample.manuscript(), &"p1-2".into(), words);
    let embedded = Embedded::new(&work, &[words], BASE, (Some(300), None));
    let json: serde_json::Value = serde_json::from_str(&embedded.json()).expect("it is JSON");
    assert_eq!((json["version"].as_str(), json["type"].as_str()), (Some("1.0"), Some("rich")));
    assert_eq!((json["width"].as_u64(), json["height"].as_u64()), (Some(300), Some(240)));
    let html = json["html"].as_str().expect("it has HTML");
    assert!(!html.contains("<script") && html.contains("Two &lt;script&gt;rallies"), "{html}");
    assert!(html.contains("Exercise: all happenings are invented."), "the label stands everywhere");
    let mut reader = quick_xml::Reader::from_str(Box::leak(embedded.xml().into_boxed_str()));
    loop {
        match reader.read_event().expect("it is well-formed") {
            quick_xml::events::Event::Eof => break,
            _ => continue,
        }
    }
}
