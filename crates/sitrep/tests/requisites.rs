//! Pages captured with their requisites through a real browser: what a capture then holds, what is shown and handed out of
//! it, and what the guard keeps from it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test says what is wrong by failing")]

mod stage;

use sitrep_collect::warc;
use sitrep_model::capture::Capture;
use sitrep_model::document::Document;
use sitrep_model::id::DeskId;
use sitrep_model::source::{Collection, Source};
use sitrep_newsroom::evidence::Selection;
use sitrep_newsroom::gather::Received;
use sitrep_newsroom::{Newsroom, Who, vouching};
use sitrep_testkit::Site;
use sitrep_testkit::site::{Asked, Reply};
use stage::{EXAMPLE, Place};
use std::io::Cursor;

const WHO: Who = Who::Program("test");
const PIXEL: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\xff\xff\xff\xff!\xf9\x04\x01\x00\x00\x01\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

/// A page that needs a style sheet, a picture behind a redirect and what a script loads, and wants what is not an outlet's.
fn answer(asked: &Asked) -> Reply {
    match asked.path.as_str() {
        "/news/1" => Reply::page(
            "text/html; charset=utf-8",
            "<!doctype html><html lang=en><head><title>The bridge</title><link rel=stylesheet href=/s.css></head><body class=dark>\
             <article><h1>The bridge</h1><p>The bridge over the river was closed on Monday, and nobody could say when it would open \
             again for the lorries that wait on both banks.</p><img src=/led.gif alt=bridge></article>\
             <img src=http://169.254.169.254/latest/meta-data alt=inside><img src=/gone.gif>\
             <script>fetch('/more.json')</script></body></html>",
        ),
        "/s.css" => Reply::page("text/css", ".dark{background:#222 url(/bridge.gif)}"),
        "/led.gif" => Reply { status: 302, ..Reply::page("text/plain", "") }.with("Location", "/bridge.gif"),
        "/bridge.gif" => Reply::page("image/gif", PIXEL),
        "/more.json" => Reply::page("application/json", "{}"),
        _ => Reply::status(404),
    }
}

struct Stand {
    _place: Place,
    newsroom: Newsroom,
    desk: DeskId,
    source: Source,
}

impl Stand {
    fn open(requisites: bool, local: bool) -> Self {
        let place = Place::sqlite();
        place.json(&["init", "--json"]);
        place.json(&["desk", "import", EXAMPLE, "--standing", "--json"]);
        let (newsroom, desk) = (place.newsroom("127.0.0.1:9".parse().unwrap()), DeskId::from("iran"));
        let name = "Tried".to_owned();
        let source = Source {
            hosts: vec!["127.0.0.1".to_owned()],
            requisites,
            local,
            ..Source::new("tried".into(), desk.clone(), name, "en".to_owned(), Collection::pasted())
        };
        newsroom.save_source(&WHO, &source, 0, None).unwrap();
        Self { _place: place, newsroom, desk, source }
    }

    async fn captured(&self, site: &Site) -> (Document, Capture) {
        let sources = self.newsroom.sources(&self.desk).unwrap();
        let source = sources.iter().find(|source| source.id == self.source.id).unwrap();
        let url = format!("{}/news/1", site.base());
        let request = sitrep_net::Request { local: true, ..sitrep_net::Request::new(&url) };
        let fetcher = sitrep_net::Fetcher::new(sitrep_net::FetchSettings::default()).unwrap();
        let fetched = fetcher.fetch(&request).await.unwrap();
        let received = Received {
            url: url.clone(),
            final_url: fetched.final_url,
            at: self.newsroom.now(),
            ip: fetched.ip,
            request: fetched.request,
            response_head: fetched.response_head,
            status: fetched.status,
            via: None,
            media_type: Some("text/html; charset=utf-8".to_owned()),
            raw: fetched.raw,
            body: fetched.body,
        };
        let requisites = self.newsroom.page_requisites(Some(source), &received).await;
        let keeping = sitrep_newsroom::gather::Keeping { requisites, ..Default::default() };
        let kept = self.newsroom.keep(&WHO, &self.desk, Some(source), &received, &keeping).unwrap().value;
        let capture = kept.capture.clone().unwrap();
        (kept, self.newsroom.get::<Capture>(&WHO, &self.desk, capture.as_str(), None).unwrap().value)
    }
}

fn is_there() -> bool {
    let there = sitrep_newsroom::Browser::find(None).is_some();
    if !there {
        println!("skipped: there is no browser here (chromium)");
    }
    there
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_captured_with_what_it_needs_a_picture_and_a_print() {
    if !is_there() {
        return;
    }
    let site = Site::open(answer).await.unwrap();
    let stand = Stand::open(true, true);
    let (document, capture) = stand.captured(&site).await;
    assert_eq!(site.asked("/news/1"), 1, "the browser is shown the page that was captured");
    assert_eq!(site.asked("/bridge.gif"), 1, "nothing is asked for twice");
    let requisites = capture.requisites.clone().unwrap();
    assert!(requisites.parts >= 5 && requisites.picture.is_some() && requisites.print.is_some(), "{requisites:?}");
    let missing = requisites.missing.join("; ");
    assert!(missing.contains("169.254.169.254") && missing.contains("a cloud's metadata service"), "{missing}");
    assert!(missing.contains("/gone.gif: status 404"), "{missing}");
    let found = warc::requisites(&stand.newsroom.captured_warc(&capture).unwrap());
    for path in ["/s.css", "/led.gif", "/bridge.gif", "/more.json"] {
        assert!(found.part(&format!("{}{path}", site.base())).is_some(), "{path}");
    }
    let views = stand.newsroom.captured_views(&capture).unwrap();
    let (picture, print) = (views.picture, views.print);
    assert!(picture.unwrap().starts_with(b"\x89PNG") && print.unwrap().starts_with(b"%PDF-"));
    let page = stand.newsroom.captured_page(&capture, None).unwrap();
    assert!(
        page.contains("<img src=\"data:image/gif;base64,") && page.contains(".dark{background:#222 url(\"data:"),
        "{page}"
    );
    assert!(document.text().contains("The bridge over the river was closed on Monday"));
    let mut file = Cursor::new(Vec::new());
    stand.newsroom.hand_out(&WHO, &stand.desk, &Selection::default(), &mut file).unwrap();
    let vouched = vouching::verify_file(file).unwrap();
    assert!(vouched.captures.is_clean() && vouched.captures.signed == 1, "{vouched:?}");
    assert!(stand.newsroom.verify_captures(&WHO).unwrap().is_clean());
    assert!(stand.newsroom.store().verify(&mut |_, _| ()).unwrap().is_clean());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_on_this_machine_is_refused_to_a_page_whose_source_is_not_so_marked() {
    if !is_there() {
        return;
    }
    let site = Site::open(answer).await.unwrap();
    let (_, capture) = Stand::open(true, false).captured(&site).await;
    let requisites = capture.requisites.unwrap();
    assert!(requisites.missing.iter().any(|words| words.contains("this machine itself")), "{requisites:?}");
    assert_eq!(requisites.parts, 0);
    for path in ["/s.css", "/led.gif", "/bridge.gif", "/more.json"] {
        assert_eq!(site.asked(path), 0, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_does_not_ask_for_it_is_captured_as_its_server_sent_it() {
    let site = Site::open(answer).await.unwrap();
    let stand = Stand::open(false, true);
    let (_, capture) = stand.captured(&site).await;
    assert_eq!(capture.requisites, None);
    assert_eq!(site.asked("/s.css"), 0);
    let page = stand.newsroom.captured_page(&capture, None).unwrap();
    assert!(page.contains("[bridge]") && !page.contains("<img"), "{page}");
}
