//! An exchange as records.

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::io::Write;

/// One exchange with a server; without a response's head, a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// The capture's identifier; the records' identifiers are made from it.
    pub id: String,
    /// The address that answered.
    pub url: String,
    /// The address that was asked for, where a redirect led on from it.
    pub asked: Option<String>,
    /// When the response was received.
    pub at: Timestamp,
    /// The server's address.
    pub ip: Option<String>,
    /// The request as sent: head and body.
    pub request: Vec<u8>,
    /// The response's status line and headers, with or without the blank line that ends them.
    pub response_head: Vec<u8>,
    /// The response's body as received (content coding left as it was, transfer coding undone).
    pub body: Vec<u8>,
    /// Media type of a file that no server sent; it becomes a resource record.
    pub media_type: Option<String>,
    /// The earlier capture whose body was the same, byte by byte: the body is not written again.
    pub repeats: Option<Repeated>,
}

/// An earlier capture that a revisit record refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeated {
    /// Its identifier.
    pub id: String,
    /// The address that it answered at.
    pub url: String,
    /// When it was received.
    pub at: Timestamp,
}

/// The profile of revisit records (WARC 1.1, 6.7.2): what was received is what was received before.
const SAME_PAYLOAD: &str = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";

/// The records of an exchange, each a gzip member of its own: the response, or a revisit record where an earlier capture
/// has the same body; the request; and, where a redirect led here, a metadata record that says from where. The same
/// exchange always gives the same bytes.
pub fn write(exchange: &Exchange) -> Vec<u8> {
    if exchange.response_head.is_empty() {
        let mut resource = Fields::of(exchange, "resource", &urn(&exchange.id, "resource"));
        resource.add("WARC-Payload-Digest", &digest(&exchange.body));
        let kind = exchange.media_type.as_deref().unwrap_or("application/octet-stream");
        return member(&resource.record(kind, &exchange.body));
    }
    let response_id = urn(&exchange.id, "response");
    let mut block = exchange.response_head.clone();
    end_head(&mut block);
    let mut answer =
        Fields::of(exchange, if exchange.repeats.is_some() { "revisit" } else { "response" }, &response_id);
    answer.ip(exchange);
    if let Some(earlier) = &exchange.repeats {
        answer.add("WARC-Profile", SAME_PAYLOAD);
        answer.add("WARC-Refers-To", &format!("<{}>", urn(&earlier.id, "response")));
        answer.add("WARC-Refers-To-Target-URI", &uri(&earlier.url));
        answer.add("WARC-Refers-To-Date", &earlier.at.to_string());
    } else {
        block.extend_from_slice(&exchange.body);
    }
    answer.add("WARC-Payload-Digest", &digest(&exchange.body));
    let mut out = member(&answer.record("application/http; msgtype=response", &block));
    if !exchange.request.is_empty() {
        let mut block = exchange.request.clone();
        end_head(&mut block);
        let mut request = Fields::of(exchange, "request", &urn(&exchange.id, "request"));
        request.ip(exchange);
        request.add("WARC-Concurrent-To", &format!("<{response_id}>"));
        out.extend(member(&request.record("application/http; msgtype=request", &block)));
    }
    if let Some(asked) = exchange.asked.as_ref().filter(|asked| **asked != exchange.url) {
        let mut metadata = Fields::of(exchange, "metadata", &urn(&exchange.id, "metadata"));
        metadata.add("WARC-Concurrent-To", &format!("<{response_id}>"));
        let block = format!("via: {}\r\n", uri(&one_line(asked)));
        out.extend(member(&metadata.record("application/warc-fields", block.as_bytes())));
    }
    out
}

/// The record that an archive begins with: which program wrote it, and by which rules. `id` makes its identifier.
pub fn info(id: &str, at: Timestamp, software: &str) -> Vec<u8> {
    let mut fields = Fields::begin("warcinfo", &urn(id, "warcinfo"), at);
    fields.add("WARC-Filename", &format!("{id}.warc.gz"));
    let software = one_line(software);
    let block = format!(
        "software: {software}\r\nformat: WARC File Format 1.1\r\n\
         conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
    );
    member(&fields.record("application/warc-fields", block.as_bytes()))
}

/// A head ends with a blank line.
pub(super) fn end_head(head: &mut Vec<u8>) {
    let has_end =
        head.windows(4).any(|window| window == b"\r\n\r\n") || head.windows(2).any(|window| window == b"\n\n");
    if !has_end {
        head.extend_from_slice(if head.ends_with(b"\n") { b"\r\n" } else { b"\r\n\r\n" });
    }
}

/// The named fields of a record that is being written.
struct Fields(String);

impl Fields {
    fn begin(kind: &str, id: &str, at: Timestamp) -> Self {
        let mut fields = Self(format!("WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <{id}>\r\n"));
        fields.add("WARC-Date", &at.to_string());
        fields
    }

    fn of(exchange: &Exchange, kind: &str, id: &str) -> Self {
        let mut fields = Self::begin(kind, id, exchange.at);
        fields.add("WARC-Target-URI", &uri(&exchange.url));
        fields
    }

    fn ip(&mut self, exchange: &Exchange) {
        if let Some(ip) = &exchange.ip {
            self.add("WARC-IP-Address", ip);
        }
    }

    fn add(&mut self, name: &str, value: &str) {
        self.0.push_str(&format!("{name}: {}\r\n", one_line(value)));
    }

    /// The record, with its block.
    fn record(mut self, media_type: &str, block: &[u8]) -> Vec<u8> {
        self.add("Content-Type", media_type);
        self.add("WARC-Block-Digest", &digest(block));
        self.add("Content-Length", &block.len().to_string());
        let mut record = self.0.into_bytes();
        record.extend_from_slice(b"\r\n");
        record.extend_from_slice(block);
        record.extend_from_slice(b"\r\n\r\n");
        record
    }
}

/// A line break inside a value would begin another field.
fn one_line(value: &str) -> String {
    value.chars().filter(|c| !c.is_control()).collect()
}

fn uri(url: &str) -> String {
    url.replace(' ', "%20")
}

fn member(record: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(record.len() / 3 + 64), Compression::default());
    // Writing to memory does not fail.
    let written = encoder.write_all(record).and_then(|()| encoder.finish());
    written.unwrap_or_default()
}

/// A name-based UUID (version 8: custom) of a record.
fn urn(id: &str, kind: &str) -> String {
    let hash = Sha256::digest(format!("sitrep capture {id} {kind}"));
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&hash[..16]);
    bytes[6] = bytes[6] & 0x0F | 0x80;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let hexadecimal: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let part = |from: usize, to: usize| hexadecimal.get(from..to).unwrap_or_default();
    format!("urn:uuid:{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}

/// A digest as WARC fields print it: SHA-256 in base 32.
pub fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", base32(&Sha256::digest(bytes)))
}

fn base32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut out = String::with_capacity(bytes.len() * 8 / 5 + 8);
    for chunk in bytes.chunks(5) {
        let mut group = [0_u8; 8];
        group[3..3 + chunk.len()].copy_from_slice(chunk);
        let bits = u64::from_be_bytes(group);
        let used = (chunk.len() * 8).div_ceil(5);
        for at in 0..8 {
            let value = bits >> (35 - at * 5) & 31;
            out.push(if at < used { char::from(ALPHABET[usize::try_from(value).unwrap_or(0)]) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_32_is_that_of_the_standard() {
        for (bytes, expected) in [("", ""), ("f", "MY======"), ("foob", "MZXW6YQ="), ("foobar", "MZXW6YTBOI======")] {
            assert_eq!(base32(bytes.as_bytes()), expected);
        }
    }
}
