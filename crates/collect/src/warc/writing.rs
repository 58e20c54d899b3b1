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
}

/// The response record and the request record of an exchange, each a gzip member of its own. The same exchange always
/// gives the same bytes.
pub fn write(exchange: &Exchange) -> Vec<u8> {
    if exchange.response_head.is_empty() {
        let id = urn(&exchange.id, "resource");
        let payload = digest(&exchange.body);
        return member(&record(exchange, "resource", &id, None, Some(&payload), &exchange.body));
    }
    let response_id = urn(&exchange.id, "response");
    let mut block = exchange.response_head.clone();
    end_head(&mut block);
    block.extend_from_slice(&exchange.body);
    let payload = digest(&exchange.body);
    let mut out = member(&record(exchange, "response", &response_id, None, Some(&payload), &block));
    if !exchange.request.is_empty() {
        let mut block = exchange.request.clone();
        end_head(&mut block);
        let id = urn(&exchange.id, "request");
        out.extend(member(&record(exchange, "request", &id, Some(&response_id), None, &block)));
    }
    out
}

/// A head ends with a blank line.
fn end_head(head: &mut Vec<u8>) {
    let has_end =
        head.windows(4).any(|window| window == b"\r\n\r\n") || head.windows(2).any(|window| window == b"\n\n");
    if !has_end {
        head.extend_from_slice(if head.ends_with(b"\n") { b"\r\n" } else { b"\r\n\r\n" });
    }
}

fn record(
    exchange: &Exchange,
    kind: &str,
    id: &str,
    concurrent: Option<&str>,
    payload: Option<&str>,
    block: &[u8],
) -> Vec<u8> {
    let mut head = format!("WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <{id}>\r\n");
    let mut field = |name: &str, value: &str| {
        // A line break inside a value would begin another field.
        let value: String = value.chars().filter(|c| !c.is_control()).collect();
        head.push_str(&format!("{name}: {value}\r\n"));
    };
    field("WARC-Target-URI", &exchange.url.replace(' ', "%20"));
    field("WARC-Date", &exchange.at.to_string());
    if let Some(ip) = &exchange.ip {
        field("WARC-IP-Address", ip);
    }
    if let Some(concurrent) = concurrent {
        field("WARC-Concurrent-To", &format!("<{concurrent}>"));
    }
    match (kind, exchange.media_type.as_deref()) {
        ("resource", media_type) => field("Content-Type", media_type.unwrap_or("application/octet-stream")),
        _ => field("Content-Type", &format!("application/http; msgtype={kind}")),
    }
    field("WARC-Block-Digest", &digest(block));
    if let Some(payload) = payload {
        field("WARC-Payload-Digest", payload);
    }
    field("Content-Length", &block.len().to_string());
    let mut record = head.into_bytes();
    record.extend_from_slice(b"\r\n");
    record.extend_from_slice(block);
    record.extend_from_slice(b"\r\n\r\n");
    record
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

fn digest(bytes: &[u8]) -> String {
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
