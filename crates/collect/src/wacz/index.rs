//! The index of records: CDXJ lines, sorted, and packed in blocks that a reader finds by the block list (ZipNum).

use crate::warc::Record;
use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::io::{self, Write};
use url::Url;

/// Lines of one block.
const BLOCK: usize = 1024;

/// The address as an index sorts it (SURT): the host's labels turned round, without `www.`, then path and sorted query,
/// all in lower case. What is no address of the web stays as it is.
pub fn surt(url: &str) -> String {
    let Ok(parsed) = Url::parse(url) else { return url.to_lowercase() };
    let Some(host) = parsed.host_str().filter(|_| matches!(parsed.scheme(), "http" | "https")) else {
        return url.to_lowercase();
    };
    let host = host.trim_end_matches('.');
    let digits = host.strip_prefix("www").map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    let host = digits.and_then(|rest| rest.strip_prefix('.')).unwrap_or(host);
    let mut key: String = host.rsplit('.').collect::<Vec<_>>().join(",");
    if let Some(port) = parsed.port() {
        key.push_str(&format!(":{port}"));
    }
    key.push(')');
    let path = parsed.path();
    key.push_str(if path.len() > 1 { path.strip_suffix('/').unwrap_or(path) } else { "/" });
    let mut asked: Vec<&str> = parsed.query().unwrap_or_default().split('&').filter(|part| !part.is_empty()).collect();
    let lower: Vec<String> = asked.drain(..).map(str::to_lowercase).collect();
    let mut parts: Vec<(&str, Option<&str>)> =
        lower.iter().map(|part| part.split_once('=').map_or((part.as_str(), None), |(k, v)| (k, Some(v)))).collect();
    parts.sort_unstable();
    for (place, (name, value)) in parts.into_iter().enumerate() {
        key.push(if place == 0 { '?' } else { '&' });
        key.push_str(name);
        if let Some(value) = value {
            key.push('=');
            key.push_str(value);
        }
    }
    key.to_lowercase()
}

/// What a CDXJ line says of a record.
#[derive(Serialize)]
struct Line<'a> {
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<&'a str>,
    mime: String,
    offset: u64,
    length: u64,
    #[serde(rename = "recordDigest")]
    record_digest: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    filename: &'a str,
}

/// The line of a record that can be replayed; `None` for the others. `member` is the gzip member that holds it.
pub(super) fn line(record: &Record, offset: u64, member: &[u8], filename: &str) -> Option<String> {
    let revisit = record.kind == "revisit";
    let (status, mime) = match record.kind.as_str() {
        "response" | "revisit" => head(&record.block),
        "resource" => (None, record.field("Content-Type").unwrap_or("unk").to_owned()),
        _ => return None,
    };
    let url = record.target()?;
    let line = Line {
        url,
        digest: record.field("WARC-Payload-Digest"),
        mime: if revisit { "warc/revisit".to_owned() } else { mime },
        offset,
        length: member.len() as u64,
        record_digest: sha256(member),
        status,
        filename,
    };
    let json = serde_json::to_string(&line).ok()?;
    Some(format!("{} {} {json}\n", surt(url), timestamp(record.field("WARC-Date")?.parse().ok()?)))
}

/// A time in fourteen digits.
fn timestamp(at: Timestamp) -> String {
    at.strftime("%Y%m%d%H%M%S").to_string()
}

/// Status and media type out of an answer's head.
fn head(block: &[u8]) -> (Option<u16>, String) {
    let mut lines = block.split(|byte| *byte == b'\n').map(String::from_utf8_lossy);
    let status = lines.next().and_then(|line| line.split_ascii_whitespace().nth(1)?.parse().ok());
    let mime = lines.take_while(|line| !line.trim().is_empty()).find_map(|line| {
        line.split_once(':')
            .filter(|(name, _)| name.trim().eq_ignore_ascii_case("content-type"))
            .map(|(_, value)| value.trim().to_owned())
    });
    let mime = mime.as_deref().and_then(|mime| mime.split([';', ' ']).next()).unwrap_or_default().to_lowercase();
    (status, if mime.is_empty() { "unk".to_owned() } else { mime })
}

/// The lines packed in blocks, and the list that says what each block begins with.
pub(super) fn packed(mut lines: Vec<String>) -> io::Result<(Vec<u8>, String)> {
    lines.sort_unstable();
    let mut list = "!meta 0 {\"format\": \"cdxj-gzip-1.0\", \"filename\": \"index.cdx.gz\"}\n".to_owned();
    let mut blocks = Vec::new();
    for lines in lines.chunks(BLOCK) {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        for line in lines {
            encoder.write_all(line.as_bytes())?;
        }
        let block = encoder.finish()?;
        let first = lines.first().map(String::as_str).unwrap_or_default();
        let key = first.find(" {").map_or(first, |end| &first[..end]);
        let (offset, length, digest) = (blocks.len(), block.len(), sha256(&block));
        list.push_str(&format!("{key} {{\"offset\": {offset}, \"length\": {length}, \"digest\": \"{digest}\"}}\n"));
        blocks.extend(block);
    }
    Ok((blocks, list))
}

/// A digest as the manifest prints it: SHA-256 in hex.
pub(super) fn sha256(bytes: &[u8]) -> String {
    printed(&Sha256::digest(bytes))
}

pub(super) fn printed(digest: &[u8]) -> String {
    format!("sha256:{}", digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}
