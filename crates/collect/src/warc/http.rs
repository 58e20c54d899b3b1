//! The HTTP response inside a record.

use super::writing::end_head;
use super::{Error, records};
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::Read;

/// Bytes of a body when unpacked, at most.
const LARGEST: u64 = 64 * 1024 * 1024;

/// A recorded response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Headers as received, in order.
    pub headers: Vec<(String, String)>,
    /// The body with transfer and content coding undone; what can't be undone stays as it was received.
    pub body: Vec<u8>,
    /// Whether the body was cut at the greatest length that is unpacked.
    pub cut: bool,
}

impl Response {
    /// A header, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }
}

/// The response in a capture's records.
///
/// # Errors
/// [`Error::Repeats`] where the body was not written again: [`response_after`] takes it from the earlier capture.
pub fn response(archive: &[u8]) -> Result<Response, Error> {
    match answer(archive)? {
        (Answer::Whole, block) => parse(&block),
        (Answer::Repeats, _) => Err(Error::Repeats),
    }
}

/// The response of a head and a body as they were received.
///
/// # Errors
/// [`Error::NoStatus`] where the head is none of HTTP's.
pub fn answered(head: &[u8], body: &[u8]) -> Result<Response, Error> {
    let mut block = Vec::with_capacity(head.len() + body.len() + 4);
    block.extend_from_slice(head);
    end_head(&mut block);
    block.extend_from_slice(body);
    parse(&block)
}

/// The response in a capture's records, whose body, where it was not written again, stands in the earlier capture.
pub fn response_after(archive: &[u8], earlier: &[u8]) -> Result<Response, Error> {
    let (kind, mut block) = answer(archive)?;
    if kind == Answer::Repeats {
        let (Answer::Whole, whole) = answer(earlier)? else { return Err(Error::Repeats) };
        let body = whole.get(head_length(&whole)..).unwrap_or_default();
        block.truncate(head_length(&block));
        block.extend_from_slice(body);
    }
    parse(&block)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Whole,
    Repeats,
}

/// The block of the first record that holds an answer.
fn answer(archive: &[u8]) -> Result<(Answer, Vec<u8>), Error> {
    let mut fault = None;
    for record in records(archive) {
        match record {
            Ok(record) if record.kind == "response" => return Ok((Answer::Whole, record.block)),
            Ok(record) if record.kind == "revisit" => return Ok((Answer::Repeats, record.block)),
            // A file: nothing was negotiated about it.
            Ok(record) if record.kind == "resource" => {
                let kind = record.field("Content-Type").unwrap_or("application/octet-stream");
                let mut block = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n").into_bytes();
                block.extend_from_slice(&record.block);
                return Ok((Answer::Whole, block));
            }
            Ok(_) => {}
            Err(error) => fault = fault.or(Some(error)),
        }
    }
    Err(fault.unwrap_or(Error::NoResponse))
}

/// Bytes of a head with the blank line that ends it.
fn head_length(block: &[u8]) -> usize {
    let mut at = 0;
    while let Some(length) = block.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'\n')) {
        let blank = matches!(&block[at..at + length], b"" | b"\r");
        at += length + 1;
        if blank {
            return at;
        }
    }
    block.len()
}

fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

pub(super) fn parse(block: &[u8]) -> Result<Response, Error> {
    let (mut headers, mut at, mut status) = (Vec::new(), 0, None);
    while let Some(rest) = block.get(at..).filter(|rest| !rest.is_empty()) {
        let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        at += (end + 1).min(rest.len());
        let line = text(rest[..end].strip_suffix(b"\r").unwrap_or(&rest[..end]));
        if status.is_none() {
            let mut words = line.split_ascii_whitespace();
            let protocol = words.next().is_some_and(|word| word.to_ascii_uppercase().starts_with("HTTP"));
            status = Some(words.next().filter(|_| protocol).and_then(|word| word.parse().ok()).ok_or(Error::NoStatus)?);
        } else if line.is_empty() {
            break;
        } else if let Some((name, value)) = line.split_once(':') {
            headers.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    let status = status.ok_or(Error::NoStatus)?;
    let received = block.get(at..).unwrap_or_default();
    let chunked =
        header(&headers, "transfer-encoding").is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked"));
    // Many programs undo the chunks and leave the header.
    let body = if chunked { joined(received).unwrap_or_else(|| received.to_vec()) } else { received.to_vec() };
    let (body, cut) = decoded(body, header(&headers, "content-encoding").unwrap_or_default());
    Ok(Response { status, headers, body, cut })
}

/// Header lines are UTF-8 where they can be, Latin-1 otherwise.
fn text(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().map(|byte| char::from(*byte)).collect(), str::to_owned)
}

/// The chunks of a body joined; `None` where it does not consist of chunks. A body that ends early keeps what came.
fn joined(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    loop {
        let rest = bytes.get(at..)?;
        if rest.is_empty() && at > 0 {
            return Some(out);
        }
        let end = rest.iter().take(200).position(|byte| *byte == b'\n')?;
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(out);
        }
        let data = &rest[end + 1..];
        out.extend_from_slice(&data[..size.min(data.len())]);
        if data.len() <= size {
            return Some(out);
        }
        let after = data[size..].iter().take(2).position(|byte| *byte == b'\n')?;
        at += end + 1 + size + after + 1;
    }
}

fn decoded(body: Vec<u8>, codings: &str) -> (Vec<u8>, bool) {
    let mut body = body;
    let mut cut = false;
    for coding in codings.split(',').rev().take(4) {
        let coding = coding.trim().to_ascii_lowercase();
        let found = match coding.as_str() {
            "gzip" | "x-gzip" => bounded(MultiGzDecoder::new(body.as_slice())),
            "deflate" => {
                bounded(ZlibDecoder::new(body.as_slice())).or_else(|| bounded(DeflateDecoder::new(body.as_slice())))
            }
            "br" => bounded(brotli_decompressor::Decompressor::new(body.as_slice(), 16 * 1024)),
            "zstd" => ruzstd::decoding::StreamingDecoder::new(body.as_slice()).ok().and_then(bounded),
            _ => None,
        };
        if let Some((unpacked, longer)) = found {
            body = unpacked;
            cut |= longer;
        }
    }
    (body, cut)
}

/// What a decoder gives, as far as it gets and is let; `None` where it gives nothing.
fn bounded(decoder: impl Read) -> Option<(Vec<u8>, bool)> {
    let mut out = Vec::new();
    let outcome = decoder.take(LARGEST + 1).read_to_end(&mut out);
    if outcome.is_err() && out.is_empty() {
        return None;
    }
    let cut = out.len() as u64 > LARGEST;
    out.truncate(usize::try_from(LARGEST).unwrap_or(usize::MAX));
    Some((out, cut))
}
