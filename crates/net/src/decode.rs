//! Undoing a body's content coding, with a bound on what it may unfold to.

use crate::error::Error;
use crate::settings::FetchSettings;
use flate2::bufread::{DeflateDecoder, GzDecoder, ZlibDecoder};
use std::io::Read;

/// Most codings laid over each other.
const LAYERS: usize = 3;

/// Bodies that unfold to less are not asked at what ratio, bytes.
const HARMLESS: u64 = 1 << 20;

/// What is announced as acceptable; each is undone below.
pub(crate) const ACCEPTED: &str = "gzip, deflate, br, zstd";

/// Undoes the codings that a `Content-Encoding` header names.
pub(crate) fn body(raw: &[u8], coding: &str, host: &str, settings: &FetchSettings) -> Result<Vec<u8>, Error> {
    let limit = settings.most_decoded.min((raw.len() as u64).saturating_mul(settings.most_ratio).max(HARMLESS));
    let named: Vec<&str> = coding
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty() && !name.eq_ignore_ascii_case("identity"))
        .collect();
    let fault = |why: &str| Error::Coding { host: host.to_owned(), coding: coding.to_owned(), why: why.to_owned() };
    if named.len() > LAYERS {
        return Err(fault("too many codings over each other"));
    }
    let mut body = raw.to_vec();
    for name in named.iter().rev().filter(|_| !raw.is_empty()) {
        let unfolded = match name.to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => gzip(&body, limit),
            "deflate" => deflate(&body, limit),
            "br" => bounded(brotli_decompressor::Decompressor::new(body.as_slice(), 1 << 14), limit),
            "zstd" => zstd(&body, limit),
            _ => return Err(fault("this coding is not known")),
        };
        body = unfolded.map_err(|why| match why {
            Fault::TooFar => Error::UnfoldsTooFar { host: host.to_owned(), received: raw.len() as u64, limit },
            Fault::Broken(why) => fault(&why),
        })?;
    }
    Ok(body)
}

enum Fault {
    TooFar,
    Broken(String),
}

fn bounded(reader: impl Read, limit: u64) -> Result<Vec<u8>, Fault> {
    let mut body = Vec::new();
    let read = reader.take(limit.saturating_add(1)).read_to_end(&mut body);
    read.map_err(|error| Fault::Broken(error.to_string()))?;
    if body.len() as u64 > limit { Err(Fault::TooFar) } else { Ok(body) }
}

/// All members; what stands behind the last one and is none (some servers pad) is left aside, as browsers do.
fn gzip(bytes: &[u8], limit: u64) -> Result<Vec<u8>, Fault> {
    let (mut rest, mut body) = (bytes, Vec::new());
    loop {
        let mut decoder = GzDecoder::new(rest);
        body.extend(bounded(&mut decoder, limit - body.len() as u64)?);
        rest = decoder.into_inner();
        if !rest.starts_with(&[0x1f, 0x8b]) {
            return Ok(body);
        }
    }
}

/// The standard means zlib by "deflate"; some servers send the bare stream.
fn deflate(bytes: &[u8], limit: u64) -> Result<Vec<u8>, Fault> {
    let zlib = matches!(bytes, [first, second, ..] if first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0);
    if zlib { bounded(ZlibDecoder::new(bytes), limit) } else { bounded(DeflateDecoder::new(bytes), limit) }
}

fn zstd(bytes: &[u8], limit: u64) -> Result<Vec<u8>, Fault> {
    let decoder = ruzstd::decoding::StreamingDecoder::new(bytes);
    bounded(decoder.map_err(|error| Fault::Broken(error.to_string()))?, limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use std::io::Write;

    /// "یک گزارش. ", twenty times, by another program.
    const BROTLI: &[u8] = &[
        0x1b, 0x53, 0x01, 0xf8, 0x1d, 0x07, 0x6e, 0xec, 0x0e, 0x33, 0x4f, 0xac, 0x6c, 0xed, 0x82, 0xad, 0xbd, 0x2d,
        0xb1, 0x19, 0x41, 0x60, 0x63, 0xec, 0xbc, 0x29, 0xae, 0x28, 0x8a, 0x05, 0x03, 0x84, 0xfb, 0x9f, 0x15, 0x13,
        0x75, 0x02,
    ];

    fn undone(raw: &[u8], coding: &str) -> Result<Vec<u8>, Error> {
        body(raw, coding, "a.example", &FetchSettings::default())
    }

    fn gzipped(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn each_coding_is_undone() {
        let page = "<p>یک گزارش</p>".repeat(50).into_bytes();
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(&page).unwrap();
        let mut bare = DeflateEncoder::new(Vec::new(), Compression::fast());
        bare.write_all(&page).unwrap();
        let zstd = ruzstd::encoding::compress_to_vec(page.as_slice(), ruzstd::encoding::CompressionLevel::Fastest);
        assert_eq!(undone(&gzipped(&page), "gzip").unwrap(), page);
        assert_eq!(undone(&zlib.finish().unwrap(), "deflate").unwrap(), page);
        assert_eq!(undone(&bare.finish().unwrap(), "deflate").unwrap(), page);
        assert_eq!(undone(&zstd, "zstd").unwrap(), page);
        assert_eq!(undone(BROTLI, "br").unwrap(), "یک گزارش. ".repeat(20).as_bytes());
        assert_eq!(undone(&gzipped(&gzipped(&page)), "gzip, gzip").unwrap(), page);
        assert_eq!(undone(&page, "identity").unwrap(), page);
        assert_eq!(undone(b"", "gzip").unwrap(), b"");
    }

    #[test]
    fn a_bomb_is_refused_before_it_unfolds() {
        let bomb = gzipped(&vec![0; 32 << 20]);
        assert_eq!(undone(&bomb, "gzip").unwrap_err().code(), "unfolds_too_far");
        let nested = gzipped(&bomb);
        assert_eq!(undone(&nested, "gzip, gzip").unwrap_err().code(), "unfolds_too_far");
    }

    #[test]
    fn broken_and_unknown_codings_are_named() {
        let whole = gzipped(b"a page that is cut in the middle");
        assert_eq!(undone(&whole[..whole.len() - 12], "gzip").unwrap_err().code(), "coding");
        for (raw, coding) in [
            (&b"plain"[..], "gzip"),
            (b"plain", "zstd"),
            (b"plain", "br"),
            (b"\xff\xff\xff", "deflate"),
            (b"x", "sdch"),
            (b"x", "gzip,gzip,gzip,gzip"),
        ] {
            assert_eq!(undone(raw, coding).unwrap_err().code(), "coding", "{coding}");
        }
    }

    #[test]
    fn padding_behind_a_gzip_member_is_left_aside_and_further_members_are_read() {
        let mut padded = gzipped(b"one");
        padded.extend(gzipped(b" two"));
        padded.extend([0; 16]);
        assert_eq!(undone(&padded, "gzip").unwrap(), b"one two");
    }
}
