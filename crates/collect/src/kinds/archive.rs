//! What others captured: WARC files and WACZ packages of them. Each page becomes a capture of ours, with the time at which it
//! was captured there.

use super::settings::{Form, minutes, optional, required};
use super::{Answer, Ask, Error, Found, Item, Kind, Origin, Sample, fetched, files, no_address};
use crate::warc::{self, Exchange, Record};
use jiff::Timestamp;
use sitrep_model::source::Collection;
use std::collections::HashMap;
use std::io::{Cursor, Read as _};

pub(super) const KIND: Kind = Kind {
    id: "archive",
    label: "Web archive",
    what: "WARC files and WACZ packages: each page in them becomes a capture with the time at which it was made there.",
    origin: Origin::Files,
    settings: &[
        required("path", "File or folder", "Below the folder for incoming files.", Form::Path),
        optional("under", "Only addresses with", "Words that an address must hold, such as /news/.", Form::Words),
        minutes(60),
    ],
    plan: files,
    read,
    recognise: no_address,
    one: fetched,
    takes,
    sample: Sample {
        collection: || Collection::of("archive").told("path", "crawl.wacz"),
        content_type: "application/wacz",
        body: Some(sample),
        finds: &["https://outlet.example/news/1"],
    },
};

/// Files of a package that are looked at.
const MOST_FILES: usize = 1_000;
/// Bytes of all archives of a package when unpacked.
const LARGEST: u64 = 512 << 20;

fn takes(name: &str, head: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    let gz = head.starts_with(b"\x1f\x8b") && (name.ends_with(".warc.gz") || name.ends_with(".warc"));
    head.starts_with(b"WARC/") || gz || (head.starts_with(b"PK\x03\x04") && name.ends_with(".wacz"))
}

fn read(collection: &Collection, _: &Ask, answer: &Answer<'_>) -> Result<Found, Error> {
    let mut found = Found::default();
    let archives = match answer.body.starts_with(b"PK\x03\x04") {
        true => package(answer)?,
        false => vec![(answer.url.to_owned(), answer.body.to_vec())],
    };
    for (name, bytes) in archives {
        pages(&name, &bytes, collection.text("under"), &mut found);
    }
    if found.items.is_empty()
        && let Some((what, why)) = found.faults.first()
    {
        return Err(Error::Unreadable(format!("{what}: {why}")));
    }
    found.items.sort_by_key(|item| match item {
        Item::Exchange(exchange) => exchange.at,
        _ => Timestamp::MAX,
    });
    Ok(found)
}

/// The archives in a package.
fn package(answer: &Answer<'_>) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let fault = |why: String| Error::Unreadable(format!("{} is no WACZ package: {why}", answer.url));
    let mut zip = zip::ZipArchive::new(Cursor::new(answer.body)).map_err(|error| fault(error.to_string()))?;
    let names: Vec<String> = zip.file_names().filter_map(Result::ok).map(|name| name.into_owned()).collect();
    let is_archive =
        |name: &&String| name.starts_with("archive/") && (name.ends_with(".warc.gz") || name.ends_with(".warc"));
    let mut archives = Vec::new();
    let mut left = LARGEST;
    for name in names.iter().filter(is_archive).take(MOST_FILES) {
        let entry = zip.by_name(name).map_err(|error| fault(format!("{name}: {error}")))?;
        let mut bytes = Vec::new();
        entry.take(left + 1).read_to_end(&mut bytes).map_err(|error| fault(format!("{name}: {error}")))?;
        left = left
            .checked_sub(bytes.len() as u64)
            .ok_or_else(|| fault(format!("it unfolds to more than {LARGEST} bytes")))?;
        archives.push((format!("{}, {name}", answer.url), bytes));
    }
    if archives.is_empty() {
        return Err(fault("it holds no archive/*.warc.gz".to_owned()));
    }
    Ok(archives)
}

fn pages(name: &str, bytes: &[u8], under: Option<&str>, found: &mut Found) {
    let mut read = Archived::default();
    for record in warc::records(bytes) {
        match record {
            Ok(record) => read.take(record),
            Err(error) => found.faults.push((name.to_owned(), error.to_string())),
        }
    }
    let is_wanted = |exchange: &Exchange| under.is_none_or(|word| exchange.url.contains(word));
    for (at, record) in read.answers.iter().enumerate() {
        let request = || read.request(record);
        match record.kind == "revisit" {
            false => {
                let exchange = exchange(record, &record.block, request).filter(is_wanted);
                found.items.extend(exchange.map(|exchange| Item::Exchange(Box::new(exchange))));
            }
            // What was received is what was received before: the head stands here, the body there.
            true if says_same_payload(record) => match read.holder(at) {
                Some(holder) => {
                    let block = [head(&record.block), body(&holder.block)].concat();
                    let exchange = exchange(record, &block, request).filter(is_wanted);
                    found.items.extend(exchange.map(|exchange| Item::Exchange(Box::new(exchange))));
                }
                None => {
                    let url = record.target().unwrap_or("(no address)");
                    let why =
                        "this entry repeats a page that this archive does not hold: hand in the archive that does";
                    found.faults.push((format!("{name}, {url}"), why.to_owned()));
                }
            },
            true => {}
        }
    }
}

/// Records of one archive: what servers answered, what they were asked, and by what an answer is found again.
#[derive(Default)]
struct Archived {
    answers: Vec<Record>,
    requests: HashMap<String, Vec<u8>>,
    /// Places in `answers` by record id, and by digest of what was received.
    by_id: HashMap<String, usize>,
    by_digest: HashMap<String, usize>,
}

impl Archived {
    fn take(&mut self, record: Record) {
        let field = |name| record.field(name).map(|value| value.trim().to_owned());
        match record.kind.as_str() {
            "response" => {
                let at = self.answers.len();
                self.by_id.extend(field("WARC-Record-ID").map(|id| (id, at)));
                if let Some(digest) = field("WARC-Payload-Digest") {
                    self.by_digest.entry(digest).or_insert(at);
                }
                self.answers.push(record);
            }
            "revisit" => self.answers.push(record),
            "request" => {
                if let Some(to) = field("WARC-Concurrent-To") {
                    self.requests.insert(to, record.block);
                }
            }
            _ => {}
        }
    }

    fn request(&self, answer: &Record) -> Vec<u8> {
        let asked = answer.field("WARC-Record-ID").and_then(|id| self.requests.get(id.trim()));
        asked.cloned().unwrap_or_default()
    }

    /// The response whose body a revisit record stands for.
    fn holder(&self, revisit: usize) -> Option<&Record> {
        let revisit = self.answers.get(revisit)?;
        let named = revisit.field("WARC-Refers-To").and_then(|id| self.by_id.get(id.trim()));
        let alike = || revisit.field("WARC-Payload-Digest").and_then(|digest| self.by_digest.get(digest.trim()));
        self.answers.get(*named.or_else(alike)?)
    }
}

/// Whether a revisit record says that the same bytes were received again (WARC 1.1, 6.7.2), and not that the server said
/// that nothing had changed, which is no capture of a page.
fn says_same_payload(revisit: &Record) -> bool {
    revisit.field("WARC-Profile").is_none_or(|profile| profile.contains("identical-payload-digest"))
}

/// An answer's head with the blank line that ends it; all of it where none does.
fn head(block: &[u8]) -> &[u8] {
    &block[..head_end(block).unwrap_or(block.len())]
}

fn body(block: &[u8]) -> &[u8] {
    &block[head_end(block).unwrap_or(block.len())..]
}

fn head_end(block: &[u8]) -> Option<usize> {
    block.windows(4).position(|window| window == b"\r\n\r\n").map(|at| at + 4)
}

/// The exchange of a record that holds a page; pictures, scripts, redirects and errors are not read. `block` is the answer,
/// with its body wherever that stood.
fn exchange(record: &Record, block: &[u8], request: impl FnOnce() -> Vec<u8>) -> Option<Exchange> {
    let url = record.target().filter(|url| url.starts_with("http://") || url.starts_with("https://"))?;
    let at: Timestamp = record.field("WARC-Date")?.trim().parse().ok()?;
    let (head, body) = block.split_at(head_end(block)?);
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let status = text.split_ascii_whitespace().nth(1)?;
    let kind = text.lines().find_map(|line| line.strip_prefix("content-type:")).unwrap_or("text/html").trim();
    let is_page = ["text/html", "application/xhtml", "text/plain"].iter().any(|page| kind.starts_with(page));
    (status == "200" && is_page && !body.is_empty()).then(|| Exchange {
        id: String::new(),
        url: url.to_owned(),
        asked: None,
        at,
        ip: record.field("WARC-IP-Address").map(str::to_owned),
        request: request(),
        response_head: head.to_vec(),
        body: body.to_vec(),
        media_type: None,
        repeats: None,
    })
}

/// A package with one page and one picture.
fn sample() -> Vec<u8> {
    use std::io::Write as _;
    let one = |url: &str, kind: &str, body: &str| {
        warc::write(&Exchange {
            id: url.to_owned(),
            url: url.to_owned(),
            asked: None,
            at: Timestamp::UNIX_EPOCH,
            ip: None,
            request: b"GET /news/1 HTTP/1.1\r\nHost: outlet.example\r\n\r\n".to_vec(),
            response_head: format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n").into_bytes(),
            body: body.as_bytes().to_vec(),
            media_type: None,
            repeats: None,
        })
    };
    let page = "<!doctype html><title>A report</title><article><p>Two plants were closed on Thursday, the ministry said.</p></article>";
    let archive = [
        one("https://outlet.example/news/1", "text/html", page),
        one("https://outlet.example/x.png", "image/png", "x"),
    ]
    .concat();
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    // Writing to memory does not fail.
    let written = zip.start_file("archive/data.warc.gz", options).and_then(|()| Ok(zip.write_all(&archive)?));
    written.and_then(|()| zip.finish()).map(Cursor::into_inner).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::warc::Repeated;

    fn captured(id: &str, url: &str, hour: i64, repeats: Option<Repeated>) -> Exchange {
        Exchange {
            id: id.to_owned(),
            url: url.to_owned(),
            asked: None,
            at: Timestamp::from_second(hour * 3600).unwrap(),
            ip: None,
            request: Vec::new(),
            response_head: format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Hour: {hour}\r\n\r\n").into_bytes(),
            body: b"<p>Two plants were closed on Thursday, the ministry said.".to_vec(),
            media_type: None,
            repeats,
        }
    }

    fn found_in(archive: &[u8]) -> Found {
        let mut found = Found::default();
        pages("crawl.warc.gz", archive, None, &mut found);
        found
    }

    #[test]
    fn a_page_that_was_received_again_is_captured_with_its_own_head_and_the_earlier_body() {
        let first = captured("one", "https://outlet.example/1", 1, None);
        let again = |url: &str| {
            let repeats = Repeated { id: "one".to_owned(), url: first.url.clone(), at: first.at };
            warc::write(&captured("two", url, 2, Some(repeats)))
        };
        let whole = [warc::write(&first), again("https://outlet.example/1")].concat();
        let found = found_in(&whole);
        assert!(found.faults.is_empty());
        let [Item::Exchange(one), Item::Exchange(two)] = &found.items[..] else { panic!("{:?}", found.items) };
        assert_eq!((&one.body, one.at.as_second()), (&two.body, 3600));
        assert_eq!(two.at.as_second(), 7200);
        assert!(String::from_utf8_lossy(&two.response_head).contains("X-Hour: 2"));
        // Without the record that holds the body, nothing is made up.
        let found = found_in(&again("https://outlet.example/1"));
        assert!(found.items.is_empty());
        assert!(found.faults[0].0.ends_with("https://outlet.example/1"), "{:?}", found.faults);
    }
}
