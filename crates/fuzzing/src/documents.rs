//! What comes from outside: feeds, pages, archives, shapes.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use sitrep_collect::extract::Circumstances;
use sitrep_collect::{discover, feed, fragment, viewing, warc};
use sitrep_model::position::Shape;

pub(crate) fn feed(input: &[u8]) {
    let _ = feed::parse(input, None, Some("https://outlet.example/feed"));
}

pub(crate) fn extract(input: &[u8]) {
    let circumstances = Circumstances {
        url: Some("https://outlet.example/1402/03/09/news"),
        content_type: None,
        zone: TimeZone::UTC,
        received: Date::constant(2026, 11, 10),
    };
    let _ = sitrep_collect::extract::extract(input, &circumstances);
    discover::feeds(input, None, "https://outlet.example/");
}

/// What is read is whole text, and is shown inside the policy.
pub(crate) fn pdf(input: &[u8]) {
    let circumstances =
        Circumstances { url: None, content_type: None, zone: TimeZone::UTC, received: Date::constant(2026, 11, 10) };
    if let Ok(read) = sitrep_collect::extract::extract(input, &circumstances) {
        assert_eq!(read.text, read.paragraphs.join("\n"), "paragraphs and text differ");
    }
    let page = viewing::page(input, Some("application/pdf"), "https://outlet.example/report.pdf", None);
    assert!(page.contains("Content-Security-Policy"), "a page without its policy");
}

/// What is cleaned holds nothing that runs, and is clean.
pub(crate) fn fragment(input: &[u8]) {
    let html = String::from_utf8_lossy(input);
    let clean = fragment::clean(&html, None);
    let lower = clean.to_ascii_lowercase();
    for live in ["<script", "<iframe", "<object", "<style", "<svg", "<form"] {
        assert!(!lower.contains(live), "{live} came through");
    }
    assert_eq!(fragment::clean(&clean, None), clean, "what is clean was changed");
    fragment::text(&html);
    fragment::is_markup(&html);
}

pub(crate) fn viewing(input: &[u8]) {
    let page = viewing::page(input, Some("text/html"), "https://outlet.example/news", None);
    assert!(page.contains("Content-Security-Policy"), "a page without its policy");
}

/// A captured style sheet ends nothing but itself, and keeps no address that a page could be asked for at.
pub(crate) fn style_sheet(input: &[u8]) {
    let part = |id: &str, url: &str, kind: &str, body: &[u8]| {
        warc::write(&warc::Exchange {
            id: id.to_owned(),
            url: url.to_owned(),
            asked: None,
            at: jiff::Timestamp::UNIX_EPOCH,
            ip: None,
            request: Vec::new(),
            response_head: format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n").into_bytes(),
            body: body.to_vec(),
            media_type: None,
            repeats: None,
        })
    };
    let page = b"<head><link rel=stylesheet href=/s.css></head><p>text";
    let url = "https://outlet.example/news";
    let records = [part("a", url, "text/html", page), part("b", "https://outlet.example/s.css", "text/css", input)];
    let requisites = warc::requisites(&records.concat());
    let shown = viewing::dressed(page, Some("text/html"), url, None, &requisites);
    assert_eq!(shown.to_ascii_lowercase().matches("</style").count(), 1, "a sheet ended its element");
}

/// Nothing that is read panics, and nothing holds for other bytes than its own.
pub(crate) fn time_stamp(input: &[u8]) {
    if let Ok(question) = sitrep_timestamp::Question::new([0; 32], [7; 16], None) {
        assert!(question.accept(input, jiff::Timestamp::UNIX_EPOCH).is_err(), "an answer to no question was taken");
    }
    assert!(sitrep_timestamp::holds(input, &[0; 32]).is_err(), "a token holds for anything");
}

pub(crate) fn warc(input: &[u8]) {
    let _ = warc::read(input);
    let _ = warc::response(input);
}

pub(crate) fn shape(input: &[u8]) {
    if let Ok(shape) = serde_json::from_slice::<Shape>(input) {
        let _ = sitrep_geo::shape::check(&shape);
        let _ = sitrep_geo::shape::vertices(&shape).count();
        let _ = sitrep_geo::shape::closed(shape);
    }
}
