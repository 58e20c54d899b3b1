use super::*;
use crate::warc::{self, Exchange, Repeated};
use std::io::Cursor;

fn exchange(id: &str, url: &str, at: &str, body: &str) -> Exchange {
    Exchange {
        id: id.to_owned(),
        url: url.to_owned(),
        asked: None,
        at: at.parse().unwrap(),
        ip: None,
        request: b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n".to_vec(),
        response_head: b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".to_vec(),
        body: body.as_bytes().to_vec(),
        media_type: None,
        repeats: None,
    }
}

/// Two captures of one page, the second unchanged, and one of another.
fn sample() -> Vec<u8> {
    let first = exchange("cap-1", "https://www.example.org/News/1?b=2&a=1", "2026-11-10T08:00:00.5Z", "<h1>One</h1>");
    let mut again = exchange("cap-2", &first.url, "2026-11-17T08:00:00Z", "<h1>One</h1>");
    again.repeats = Some(Repeated { id: first.id.clone(), url: first.url.clone(), at: first.at });
    let other = exchange("cap-3", "https://example.ir/%D8%AE%D8%A8%D8%B1", "2026-11-11T08:00:00Z", "<p>سلام</p>");
    let about = About {
        title: "A sample".to_owned(),
        description: None,
        created: "2026-11-20T10:00:00Z".parse().unwrap(),
        software: "sitrep test".to_owned(),
    };
    let mut writer = Writer::begin(Cursor::new(Vec::new()), about).unwrap();
    for exchange in [&first, &again, &other] {
        writer.capture(&warc::write(exchange)).unwrap();
        writer.page(Page {
            id: Some(exchange.id.clone()),
            url: exchange.url.clone(),
            ts: exchange.at,
            title: Some("ایران \"x\"".to_owned()),
        });
    }
    let beside = [("signatures/captures.jsonl".to_owned(), b"{}\n".to_vec())];
    let signed = |hash: &str| Some(serde_json::json!({ "of": hash }));
    writer.finish(&beside, signed).unwrap().into_inner()
}

#[test]
fn a_file_is_read_as_it_was_written() {
    let bytes = sample();
    assert_eq!(bytes, sample(), "the same captures always give the same file");
    let mut archive = Archive::open(Cursor::new(bytes)).unwrap();
    assert_eq!(archive.warcs(), ["archive/data.warc.gz"]);
    let kinds: Vec<String> =
        archive.records("archive/data.warc.gz").unwrap().map(|record| record.unwrap().kind).collect();
    assert_eq!(kinds, ["warcinfo", "response", "request", "revisit", "request", "response", "request"]);
    let pages = archive.pages().unwrap();
    assert_eq!(pages.len(), 3);
    assert_eq!(pages[2].url, "https://example.ir/%D8%AE%D8%A8%D8%B1");
    let checked = archive.check().unwrap();
    assert!(checked.faults.is_empty() && checked.parts == 5, "{checked:?}");
    assert_eq!(checked.signature, Some(serde_json::json!({ "of": checked.manifest })));
}

#[test]
fn the_index_leads_to_each_record() {
    let mut archive = Archive::open(Cursor::new(sample())).unwrap();
    let records = archive.part("archive/data.warc.gz").unwrap().unwrap();
    let packed = archive.part("indexes/index.cdx.gz").unwrap().unwrap();
    let mut lines = String::new();
    use std::io::Read;
    flate2::read::MultiGzDecoder::new(packed.as_slice()).read_to_string(&mut lines).unwrap();
    let keys: Vec<&str> = lines.lines().map(|line| line.split(" {").next().unwrap()).collect();
    assert_eq!(
        keys,
        [
            "ir,example)/%d8%ae%d8%a8%d8%b1 20261111080000",
            "org,example)/news/1?a=1&b=2 20261110080000",
            "org,example)/news/1?a=1&b=2 20261117080000"
        ]
    );
    for line in lines.lines() {
        let json: serde_json::Value = serde_json::from_str(&line[line.find('{').unwrap()..]).unwrap();
        let at = usize::try_from(json["offset"].as_u64().unwrap()).unwrap();
        let length = usize::try_from(json["length"].as_u64().unwrap()).unwrap();
        let found = warc::read(&records[at..at + length]).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].target(), json["url"].as_str());
        assert_eq!(found[0].field("WARC-Payload-Digest"), json["digest"].as_str());
        assert_eq!(json["status"], 200);
    }
    let list = String::from_utf8(archive.part("indexes/index.idx").unwrap().unwrap()).unwrap();
    assert!(list.lines().nth(1).unwrap().starts_with("ir,example)/%d8%ae%d8%a8%d8%b1 20261111080000 {\"offset\": 0,"));
}

#[test]
fn an_altered_part_is_named() {
    let bytes = sample();
    let at = bytes.windows(2).position(|window| window == b"\x1f\x8b").unwrap() + 30;
    let mut altered = bytes.clone();
    altered[at] ^= 1;
    let mut archive = Archive::open(Cursor::new(altered)).unwrap();
    // ZIP's own check sum names it first.
    let outcome = archive.check();
    let said = match outcome {
        Err(error) => error.to_string(),
        Ok(checked) => format!("{:?}", checked.faults),
    };
    assert!(said.contains("archive/data.warc.gz"), "{said}");
    assert!(Archive::open(Cursor::new(bytes[..bytes.len() - 40].to_vec())).is_err());
    assert!(Archive::open(Cursor::new(b"%PDF".to_vec())).is_err());
}

#[test]
fn addresses_are_sorted_as_indexes_sort_them() {
    for (url, expected) in [
        ("https://www.Example.org", "org,example)/"),
        ("http://www2.example.org/A/", "org,example)/a"),
        ("https://example.org:8443/x?Z=1&a&z=0", "org,example:8443)/x?a&z=0&z=1"),
        ("http://192.0.2.7/x", "7,2,0,192)/x"),
        ("https://t.me/s/name?before=5#x", "me,t)/s/name?before=5"),
        ("urn:x:Y", "urn:x:y"),
        ("not an address", "not an address"),
    ] {
        assert_eq!(surt(url), expected, "{url}");
    }
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_it_fall(bytes in proptest::collection::vec(0u8..=255, 1..40), at in 0usize..3000) {
        let mut file = sample();
        let at = at % file.len();
        let end = (at + bytes.len()).min(file.len());
        file.splice(at..end, bytes.iter().copied());
        if let Ok(mut archive) = Archive::open(Cursor::new(file)) {
            let _ = archive.check();
            let _ = archive.pages();
            for path in archive.warcs() {
                if let Ok(records) = archive.records(&path) {
                    let _ = records.count();
                }
            }
        }
    }
}
