use super::*;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

fn exchange(head: &str, body: &[u8]) -> Exchange {
    Exchange {
        id: "cap-1".into(),
        url: "https://example.ir/خبر/1".into(),
        asked: None,
        at: "2026-11-10T08:00:00Z".parse().unwrap(),
        ip: Some("192.0.2.7".into()),
        request: b"GET /1 HTTP/1.1\r\nHost: example.ir\r\n\r\n".to_vec(),
        response_head: head.as_bytes().to_vec(),
        body: body.to_vec(),
        media_type: None,
        repeats: None,
    }
}

#[test]
fn a_file_is_a_resource_and_is_read_back() {
    let file = Exchange { media_type: Some("message/rfc822".into()), ..exchange("", b"Subject: x\r\n\r\ny") };
    let records: Vec<_> = records(&write(&file)).collect();
    assert_eq!(records.len(), 1);
    assert_eq!(records[0].as_ref().unwrap().kind, "resource");
    let read = response(&write(&file)).unwrap();
    assert_eq!((read.header("content-type"), read.body.as_slice()), (Some("message/rfc822"), file.body.as_slice()));
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn an_exchange_is_read_as_it_was_written() {
    let exchange = exchange("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", "<p>سلام".as_bytes());
    let bytes = write(&exchange);
    assert_eq!(bytes, write(&exchange));
    let found = read(&bytes).unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].kind, "response");
    assert_eq!(found[0].target(), Some("https://example.ir/خبر/1"));
    assert_eq!(found[1].field("warc-concurrent-to"), found[0].field("WARC-Record-ID"));
    assert!(bytes[found[1].offset..].starts_with(b"\x1f\x8b"), "each record can be unpacked alone");
    let response = response(&bytes).unwrap();
    assert_eq!((response.status, response.header("content-type")), (200, Some("text/html")));
    assert_eq!(response.body, "<p>سلام".as_bytes());
}

#[test]
fn a_body_that_was_captured_before_is_referred_to_and_found_there() {
    let first = exchange("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nAge: 1\r\n", b"the same");
    let again = Exchange {
        id: "cap-2".into(),
        at: "2026-11-12T08:00:00.25Z".parse().unwrap(),
        response_head: b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nAge: 2\r\n\r\n".to_vec(),
        asked: Some("https://example.ir/1".into()),
        repeats: Some(Repeated { id: first.id.clone(), url: first.url.clone(), at: first.at }),
        ..first.clone()
    };
    let (first, again) = (write(&first), write(&again));
    let (before, after) = (read(&first).unwrap(), read(&again).unwrap());
    let kinds: Vec<&str> = after.iter().map(|record| record.kind.as_str()).collect();
    assert_eq!(kinds, ["revisit", "request", "metadata"]);
    let revisit = &after[0];
    assert_eq!(revisit.field("WARC-Refers-To"), before[0].field("WARC-Record-ID"));
    assert_eq!(revisit.field("WARC-Refers-To-Date"), before[0].field("WARC-Date"));
    assert_eq!(revisit.field("WARC-Payload-Digest"), before[0].field("WARC-Payload-Digest"));
    assert!(revisit.block.ends_with(b"Age: 2\r\n\r\n"), "a revisit holds the head that was received, and no body");
    assert_eq!(after[2].block, b"via: https://example.ir/1\r\n");
    assert_eq!(response(&again), Err(Error::Repeats));
    let response = response_after(&again, &first).unwrap();
    assert_eq!((response.header("age"), response.body.as_slice()), (Some("2"), b"the same".as_slice()));
    assert_eq!(response_after(&again, &again), Err(Error::Repeats));
}

#[test]
fn a_stream_gives_the_records_that_the_whole_archive_gives() {
    let one = write(&exchange("HTTP/1.1 200 OK\r\n\r\n", b"one"));
    let two = write(&exchange("HTTP/1.1 404 Not Found\r\n\r\n", b"two"));
    let members = [info("x", "2026-11-10T08:00:00Z".parse().unwrap(), "sitrep"), one, two].concat();
    let plain: Vec<u8> = {
        use std::io::Read;
        let mut out = Vec::new();
        flate2::read::MultiGzDecoder::new(members.as_slice()).read_to_end(&mut out).unwrap();
        out
    };
    for archive in [members.clone(), plain.clone(), gzip(&plain)] {
        let streamed: Vec<Record> = stream(archive.as_slice()).map(Result::unwrap).collect();
        assert_eq!(streamed.len(), 5);
        let whole = read(&archive).unwrap();
        let same = |a: &Record, b: &Record| a.kind == b.kind && a.fields == b.fields && a.block == b.block;
        assert!(streamed.iter().zip(&whole).all(|(a, b)| same(a, b)));
    }
    let cut = stream(&members[..members.len() - 9]).last().unwrap();
    assert!(matches!(cut, Err(Error::Reading(_))), "{cut:?}");
    assert_eq!(stream(b"%PDF-1.7".as_slice()).next(), Some(Err(Error::NotWarc("something else"))));
    assert!(stream(b"".as_slice()).next().is_none());
    let ends_within = stream(b"WARC/1.1\r\nWARC-Type: request\r\n".as_slice()).next();
    assert!(matches!(ends_within, Some(Err(Error::Field { .. }))), "{ends_within:?}");
}

#[test]
fn a_record_that_is_too_large_is_left_out_and_the_next_one_read() {
    let length = LARGEST_RECORD + 1;
    let head = format!("WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: {length}\r\n\r\n");
    let after = b"\r\n\r\nWARC/1.1\r\nWARC-Type: request\r\nContent-Length: 1\r\n\r\nx\r\n\r\n";
    use std::io::Read;
    let archive = head.as_bytes().chain(std::io::repeat(b'a').take(length)).chain(after.as_slice());
    let found: Vec<_> = stream(std::io::BufReader::new(archive)).collect();
    assert!(matches!(found[0], Err(Error::RecordTooLarge { .. })));
    assert_eq!(found[1].as_ref().map(|record| record.block.as_slice()), Ok(b"x".as_slice()));
}

#[test]
fn codings_are_undone() {
    let body = gzip(b"packed body");
    let mut chunked = format!("{:x}\r\n", body.len()).into_bytes();
    chunked.extend(&body);
    chunked.extend(b"\r\n0\r\n\r\n");
    let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n";
    for body in [chunked, body, b"packed body".to_vec()] {
        assert_eq!(response(&write(&exchange(head, &body))).unwrap().body, b"packed body");
    }
}

#[test]
fn a_bomb_is_cut() {
    let bomb = gzip(&vec![0; 80 * 1024 * 1024]);
    let response = response(&write(&exchange("HTTP/1.1 200 OK\r\nContent-Encoding: gzip", &bomb))).unwrap();
    assert!(response.cut && response.body.len() == 64 * 1024 * 1024);
}

#[test]
fn damage_is_named_and_the_next_record_is_read() {
    let good = write(&exchange("HTTP/1.1 200 OK\r\n\r\n", b"one"));
    let mut damaged = good.clone();
    damaged[40] ^= 0xFF;
    damaged.extend(&good);
    let found: Vec<_> = records(&damaged).collect();
    assert!(found.iter().any(Result::is_err));
    assert!(
        found.iter().filter_map(|found| found.as_ref().ok()).filter(|record| record.kind == "response").count() >= 1
    );
    let cut = b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 100\r\n\r\nHTTP/1.1 200 OK\r\n";
    assert_eq!(read(cut), Err(Error::CutOff { offset: 0, missing: 83 }));
    assert!(matches!(
        read(b"WARC/1.1\r\nContent-Length: x\r\n\r\n"),
        Err(Error::Field { field: "Content-Length", .. })
    ));
    assert!(matches!(read(b"PK\x03\x04"), Err(Error::NotWarc(_))));
    assert!(matches!(read(b"%PDF"), Err(Error::NotWarc(_))));
    assert!(matches!(
        response(b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n"),
        Err(Error::NoResponse)
    ));
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_it_fall(bytes in proptest::collection::vec(0u8..=255, 0..300), at in 0usize..300) {
        let mut archive = write(&exchange("HTTP/1.1 200 OK\r\n\r\n", b"body"));
        let at = at.min(archive.len());
        archive.splice(at..(at + bytes.len() / 2).min(archive.len()), bytes.iter().copied());
        let _ = records(&archive).count();
        let _ = records(&[b"WARC/1.0\r\n".as_slice(), &bytes].concat()).count();
        let _ = stream(archive.as_slice()).count();
        let _ = stream([b"WARC/1.0\r\n".as_slice(), &bytes].concat().as_slice()).count();
        let _ = response(&archive);
    }

    #[test]
    fn every_body_comes_back(body in proptest::collection::vec(0u8..=255, 0..400)) {
        let archive = write(&exchange("HTTP/1.1 200 OK\r\nX: y\r\n\r\n", &body));
        proptest::prop_assert_eq!(response(&archive).unwrap().body, body);
    }
}
