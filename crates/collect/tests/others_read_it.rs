//! What we write is read by other people's programs: warcio, py-wacz and pywb, where they are installed.
//!
//! `SITREP_PEERS` names the folder of a Python environment that has them (`pip install warcio wacz pywb`); without it
//! `python3` of the path is asked.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test says what is wrong by failing")]

use sitrep_collect::wacz::{About, Page, Writer};
use sitrep_collect::warc::{self, Exchange, Repeated};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A program of the environment, where there is one.
fn program(name: &str) -> PathBuf {
    match std::env::var_os("SITREP_PEERS") {
        Some(folder) => Path::new(&folder).join("bin").join(name),
        None => PathBuf::from(name),
    }
}

/// Whether Python has a module; says that the test is skipped where it has not.
fn has(module: &str) -> bool {
    let there = Command::new(program("python3")).args(["-c", &format!("import {module}")]).output();
    let there = there.is_ok_and(|output| output.status.success());
    if !there {
        println!("skipped: Python's {module} is not installed (name an environment that has it by SITREP_PEERS)");
    }
    there
}

fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?}: {said}");
    output
}

fn exchanges() -> Vec<Exchange> {
    let first = Exchange {
        id: "cap-1".to_owned(),
        url: "https://www.example.org/News/1?b=2&a=1".to_owned(),
        asked: Some("https://example.org/short".to_owned()),
        at: "2026-11-10T08:00:00.123456Z".parse().unwrap(),
        ip: Some("192.0.2.7".to_owned()),
        request: b"GET /News/1?b=2&a=1 HTTP/1.1\r\nHost: www.example.org\r\n\r\n".to_vec(),
        response_head: b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 29\r\n\r\n"
            .to_vec(),
        body: "<h1>One</h1><p>سلام دنیا</p>".as_bytes().to_vec(),
        media_type: None,
        repeats: None,
    };
    let mut again = Exchange { id: "cap-2".to_owned(), at: "2026-11-17T08:00:00Z".parse().unwrap(), ..first.clone() };
    again.repeats = Some(Repeated { id: first.id.clone(), url: first.url.clone(), at: first.at });
    let gone = Exchange {
        id: "cap-3".to_owned(),
        url: "https://example.ir/%D8%AE%D8%A8%D8%B1".to_owned(),
        asked: None,
        response_head: b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\n\r\n".to_vec(),
        body: b"it is gone".to_vec(),
        ..first.clone()
    };
    vec![first, again, gone]
}

/// What a browser captured besides the first page: a style sheet, an address that leads on, a picture of the page, a print.
fn requisites() -> Vec<u8> {
    let base = exchanges().remove(0);
    let part = |id: &str, url: &str, head: &[u8], body: &[u8]| {
        let (url, asked) = (url.to_owned(), None);
        let (response_head, body) = (head.to_vec(), body.to_vec());
        warc::write(&Exchange { id: format!("cap-1/{id}"), url, asked, response_head, body, ..base.clone() })
    };
    let made = |id: &str, before: &str, kind: &str, body: &[u8]| {
        let (url, media_type) = (format!("{before}{}", base.url), Some(kind.to_owned()));
        let (response_head, request, asked, body) = (Vec::new(), Vec::new(), None, body.to_vec());
        warc::write(&Exchange {
            id: format!("cap-1/{id}"),
            url,
            asked,
            request,
            response_head,
            body,
            media_type,
            ..base.clone()
        })
    };
    [
        part(
            "1",
            "https://www.example.org/s.css",
            b"HTTP/1.1 200 OK\r\nContent-Type: text/css\r\n\r\n",
            b"h1{color:red}",
        ),
        part("2", "https://www.example.org/led", b"HTTP/1.1 302 Found\r\nLocation: /s.css\r\n\r\n", b""),
        made("picture", warc::PICTURE, "image/png", b"\x89PNG"),
        made("print", warc::PRINT, "application/pdf", b"%PDF-"),
    ]
    .concat()
}

fn wacz(path: &Path) {
    let about = About {
        title: "A sample".to_owned(),
        description: Some("Three captures of two pages".to_owned()),
        created: "2026-11-20T10:00:00Z".parse().unwrap(),
        software: "sitrep test".to_owned(),
    };
    let mut writer = Writer::begin(File::create(path).unwrap(), about).unwrap();
    for exchange in exchanges() {
        let besides = if exchange.id == "cap-1" { requisites() } else { Vec::new() };
        writer.capture(&[warc::write(&exchange), besides].concat()).unwrap();
        writer.page(Page { id: Some(exchange.id), url: exchange.url, ts: exchange.at, title: None });
    }
    writer
        .finish(&[("signatures/captures.jsonl".to_owned(), b"{\"capture\": \"cap-1\"}\n".to_vec())], |_| None)
        .unwrap();
}

#[test]
fn warcio_finds_every_digest_right() {
    if !has("warcio") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("captures.warc.gz");
    let mut bytes = warc::info("captures", "2026-11-20T10:00:00Z".parse().unwrap(), "sitrep test");
    bytes.extend(exchanges().iter().flat_map(warc::write));
    std::fs::write(&path, bytes).unwrap();
    let said = run(Command::new(program("warcio")).args(["check", "-v"]).arg(&path));
    let said = String::from_utf8(said.stdout).unwrap();
    assert_eq!((said.matches("digest pass").count(), said.matches("not checked (revisit)").count()), (8, 1), "{said}");
    let listed = run(Command::new(program("warcio")).args(["index", "-f", "warc-type"]).arg(&path));
    let listed = String::from_utf8(listed.stdout).unwrap();
    for kind in ["warcinfo", "response", "revisit", "request", "metadata"] {
        assert!(listed.contains(kind), "{listed}");
    }
}

#[test]
fn py_wacz_finds_the_file_valid() {
    if !has("wacz") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("captures.wacz");
    wacz(&path);
    let said = run(Command::new(program("wacz")).args(["validate", "-f"]).arg(&path));
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(said.contains("Valid"), "{said}");
}

#[test]
fn pywb_replays_each_page() {
    if !has("pywb") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("captures.wacz");
    wacz(&path);
    let manager = program("wb-manager");
    run(Command::new(&manager).args(["init", "pages"]).current_dir(folder.path()));
    run(Command::new(&manager).args(["add", "--unpack-wacz", "pages"]).arg(&path).current_dir(folder.path()));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/replay.py");
    let said = run(Command::new(program("python3"))
        .arg(script)
        .arg(folder.path())
        .args([
            "20261110080000/https://www.example.org/News/1?b=2&a=1",
            "20261117080000/https://www.example.org/News/1?b=2&a=1",
        ])
        .args(["20261110080000/https://www.example.org/s.css", "20261110080000/https://www.example.org/led"])
        .arg("20261110080000/https://example.ir/%D8%AE%D8%A8%D8%B1"));
    let said = String::from_utf8(said.stdout).unwrap();
    let page = "200 OK <h1>One</h1><p>سلام دنیا</p>";
    assert_eq!(said.matches(page).count(), 2, "the page and its revisit: {said}");
    assert!(said.contains("200 OK h1{color:red}"), "a requisite is found: {said}");
    assert!(said.contains("302 Found"), "and one that leads on: {said}");
    assert!(said.contains("it is gone"), "{said}");
}
