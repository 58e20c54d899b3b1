//! Web archives that are handed in: what is in them is kept together, as it would be one by one.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test")]

mod installation;

use installation::{PROGRAM, desk};
use jiff::Timestamp;
use sitrep_collect::warc::{self, Exchange};
use sitrep_model::capture::Capture;
use sitrep_model::document::{Document, StoryRelation};
use sitrep_newsroom::Newsroom;
use sitrep_newsroom::gather::{Gathered, HandedIn};
use std::sync::Mutex;

const DOCKS: &str = "Dockers in Khorramshahr laid down work on Thursday. Forty of them were arrested, a clerk of the port said, \
                     and the ferries to the islands did not sail. A letter to the ministry asks for the pay of three months.";
const CLOCKS: &str = "The museum of the town opens a hall for old clocks, and its keeper invites everybody who likes them. The \
                      oldest of the clocks was made by a smith of the town for the tower of the bazaar.";

fn exchange(number: usize, url: &str, at: &str, media_type: &str, body: &str) -> Exchange {
    Exchange {
        id: format!("cap-of-others-{number}"),
        url: url.to_owned(),
        asked: None,
        at: at.parse::<Timestamp>().unwrap(),
        ip: None,
        request: b"GET / HTTP/1.1\r\n\r\n".to_vec(),
        response_head: format!("HTTP/1.1 200 OK\r\ncontent-type: {media_type}\r\n\r\n").into_bytes(),
        body: body.as_bytes().to_vec(),
        media_type: Some(media_type.to_owned()),
        repeats: None,
    }
}

fn page(title: &str, text: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body><article>\
         <h1>{title}</h1><p>{text}</p></article></body></html>"
    )
}

/// An archive of more pages than are kept in one transaction; one is a copy, one comes again, one can't be read.
fn archive() -> Vec<u8> {
    let html = "text/html; charset=utf-8";
    let docks = page("At the docks", DOCKS);
    let mut exchanges = vec![
        exchange(0, "https://daily.example/docks", "2026-11-20T08:00:00Z", html, &docks),
        exchange(1, "https://other.example/copy", "2026-11-20T09:00:00Z", html, &page("Dockers strike", DOCKS)),
        exchange(2, "https://daily.example/blank", "2026-11-20T09:10:00Z", html, "  "),
        exchange(3, "https://daily.example/docks", "2026-11-21T08:00:00Z", html, &docks),
    ];
    for number in 4..104 {
        let (url, title) = (format!("https://daily.example/{number}"), format!("Clock {number}"));
        let text = format!("{CLOCKS} It bears the number {number}, and {} teeth.", number * number);
        exchanges.push(exchange(number, &url, "2026-11-21T09:00:00Z", html, &page(&title, &text)));
    }
    exchanges.iter().flat_map(warc::write).collect()
}

fn taken(runtime: &tokio::runtime::Runtime, newsroom: &Newsroom) -> Gathered {
    let file = HandedIn { name: "pages.warc", bytes: archive(), source: None };
    let last = Mutex::new((0, 0));
    let told = |done, all| *last.lock().unwrap() = (done, all);
    let taken = runtime.block_on(newsroom.take_file(&PROGRAM, &desk(), file, &told)).unwrap();
    let (done, all) = *last.lock().unwrap();
    assert!(all > 100 && done == all, "{done} of {all} are told to be done");
    taken.gathered
}

/// Not on a runtime: the other database's client has one of its own.
#[test]
fn what_an_archive_holds_is_kept_as_it_would_be_one_by_one() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    installation::on_both(|database, _schema| {
        let folder = tempfile::tempdir().unwrap();
        let newsroom = installation::open(folder.path(), database, None, &installation::clock());
        installation::take_example(&newsroom);
        let gathered = taken(&runtime, &newsroom);
        assert_eq!(gathered.documents.len(), 103);
        assert_eq!(gathered.refused.len(), 1, "{:?}", gathered.refused);
        assert_eq!(gathered.refused[0].0, "https://daily.example/blank");
        let of = |number: usize| -> Document {
            newsroom.get(&PROGRAM, &desk(), gathered.documents[number].as_str(), None).unwrap().value
        };
        let capture = |id: &str| -> Capture { newsroom.get(&PROGRAM, &desk(), id, None).unwrap().value };
        let (first, copy) = (of(0), of(1));
        assert_eq!(copy.reprint.unwrap().of, first.id, "a copy that came with what it repeats");
        assert_eq!(copy.story.unwrap().relation, StoryRelation::Reprint);
        assert_eq!(gathered.documents[2], first.id, "a page that comes again is one document");
        let again = capture(first.capture.unwrap().as_str());
        assert_eq!(again.at, "2026-11-21T08:00:00Z".parse().unwrap());
        let earlier = capture(again.repeats.unwrap().as_str());
        assert_eq!(earlier.at, "2026-11-20T08:00:00Z".parse().unwrap());
        assert!(newsroom.verify_captures(&PROGRAM).unwrap().is_clean());
        let report = newsroom.store().verify(&mut |_, _| {}).unwrap();
        assert!(report.is_clean(), "{report:?}");
        let known = taken(&runtime, &newsroom);
        assert_eq!((known.documents.len(), known.known, known.refused.len()), (0, 103, 1));
    });
}
