use crate::sample::{BASE, Sample};
use quick_xml::Reader;
use quick_xml::events::Event;
use sitrep_model::desk::Desk;
use sitrep_publish::feed::{self, Channel};

fn channel<'d>(desk: &'d Desk, path: &str) -> Channel<'d> {
    Channel::of_desk(desk, BASE, &format!("{BASE}/{path}"))
}

/// Elements by path, with their text.
fn elements(xml: &[u8]) -> Vec<(String, String)> {
    let mut reader = Reader::from_reader(xml);
    reader.config_mut().check_end_names = true;
    let (mut path, mut found, mut buffer): (Vec<String>, Vec<(String, String)>, Vec<u8>) = Default::default();
    loop {
        match reader.read_event_into(&mut buffer).expect("it is well-formed") {
            Event::Start(tag) => {
                path.push(String::from_utf8_lossy(tag.name().as_ref()).into_owned());
                found.push((path.join("/"), String::new()));
            }
            Event::Empty(tag) => {
                let name = String::from_utf8_lossy(tag.name().as_ref()).into_owned();
                found.push((format!("{}/{name}", path.join("/")), String::new()));
            }
            Event::Text(text) => add(&mut found, &path, &String::from_utf8_lossy(&text)),
            Event::GeneralRef(name) => add(&mut found, &path, &format!("&{};", String::from_utf8_lossy(&name))),
            Event::End(_) => {
                path.pop();
            }
            Event::Eof => return found,
            _ => {}
        }
        buffer.clear();
    }
}

fn add(found: &mut [(String, String)], path: &[String], text: &str) {
    let path = path.join("/");
    if let Some((_, so_far)) = found.iter_mut().rfind(|(element, _)| *element == path) {
        so_far.push_str(text);
    }
}

fn texts<'a>(found: &'a [(String, String)], path: &str) -> Vec<&'a str> {
    found.iter().filter(|(element, _)| element == path).map(|(_, text)| text.as_str()).collect()
}

#[test]
fn the_atom_feed_has_what_rfc_4287_asks_for() {
    let sample = Sample::new();
    let xml = feed::atom(&channel(&sample.desk, "harbour/feed.atom"), &[sample.manuscript()]);
    let found = elements(&xml);
    for path in ["feed/id", "feed/title", "feed/updated", "feed/entry/id", "feed/entry/title", "feed/entry/updated"] {
        let texts = texts(&found, path);
        assert_eq!(texts.len(), 1, "{path}");
        assert!(!texts[0].is_empty(), "{path}");
    }
    assert_eq!(texts(&found, "feed/entry/author/name"), ["Ada Example", "Bo Example"]);
    assert_eq!(texts(&found, "feed/updated"), ["2026-11-11T15:30:00Z"], "a correction updates the entry");
    assert_eq!(texts(&found, "feed/entry/published"), ["2026-11-10T22:00:00Z"]);
    assert_eq!(texts(&found, "feed/entry/id"), ["urn:sitrep:edition:harbour:ed-2"]);
    assert!(texts(&found, "feed/entry/content")[0].contains("&lt;h1&gt;"));
    let text = String::from_utf8_lossy(&xml);
    assert!(text.contains("rel=\"self\"") && text.contains("rel=\"alternate\""));
}

#[test]
fn an_empty_feed_is_still_a_feed() {
    let sample = Sample::new();
    let found = elements(&feed::atom(&channel(&sample.desk, "f"), &[]));
    assert_eq!(texts(&found, "feed/updated"), ["1970-01-01T00:00:00Z"]);
}

#[test]
fn rss_and_json_feed_say_the_same() {
    let sample = Sample::new();
    let found = elements(&feed::rss(&channel(&sample.desk, "f.rss"), &[sample.manuscript()]));
    assert_eq!(texts(&found, "rss/channel/item/pubDate"), ["Tue, 10 Nov 2026 22:00:00 +0000"]);
    let json = feed::json_feed(&channel(&sample.desk, "f.json"), &[sample.manuscript()]);
    let json: serde_json::Value = serde_json::from_slice(&json.expect("it is written")).expect("it is JSON");
    assert_eq!(json["items"][0]["id"], texts(&found, "rss/channel/item/guid")[0]);
    assert_eq!(json["items"][0]["date_modified"], "2026-11-11T15:30:00Z");
}

#[test]
fn a_part_of_a_desk_says_which_part_it_is_and_where_it_is_shown() {
    let sample = Sample::new();
    let (page, address) =
        (format!("{BASE}/harbour/sections/north"), format!("{BASE}/harbour/sections/north/feed.atom"));
    let channel = Channel::of_part(&sample.desk, "The North Quay", "What moves there.", page, address);
    let found = elements(&feed::atom(&channel, &[sample.manuscript()]));
    assert_eq!(texts(&found, "feed/title"), ["Harbour Watch: The North Quay"]);
    assert_eq!(texts(&found, "feed/id"), ["https://updates.example/harbour/sections/north"]);
    assert_eq!(texts(&found, "feed/subtitle"), ["Exercise: all happenings are invented. What moves there."]);
    for way in feed::WAYS {
        let bytes = (way.render)(&channel, &[sample.manuscript()]).expect("it is printed");
        assert!(String::from_utf8_lossy(&bytes).contains("/harbour/sections/north/feed.atom"), "{}", way.label);
    }
}
