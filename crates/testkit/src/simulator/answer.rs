//! What an outlet's server answers.

use encoding_rs::Encoding;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use sha2::{Digest, Sha256};

/// An answer: status, header fields in order, body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpAnswer {
    /// HTTP status.
    pub status: u16,
    /// Header fields.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl HttpAnswer {
    /// A text, encoded as `charset` says (what it lacks becomes character references), with `ETag` and `Last-Modified`.
    pub(super) fn text(media_type: &str, charset: &'static Encoding, text: &str, changed: Option<Timestamp>) -> Self {
        let body = charset.encode(text).0.into_owned();
        let tag: String = Sha256::digest(&body).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let mut headers =
            vec![("Content-Type".to_owned(), media_type.to_owned()), ("ETag".to_owned(), format!("\"{tag}\""))];
        headers.extend(changed.map(|at| ("Last-Modified".to_owned(), http_date(at))));
        headers.push(("Content-Length".to_owned(), body.len().to_string()));
        Self { status: 200, headers, body }
    }

    /// An answer that is no page.
    pub(super) fn status(status: u16, text: &str) -> Self {
        Self { status, ..Self::text("text/plain; charset=utf-8", encoding_rs::UTF_8, text, None) }
    }

    /// A header's value; the name in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The head as it goes over the wire, with its empty line.
    pub fn head(&self) -> Vec<u8> {
        let reason = match self.status {
            200 => "OK",
            304 => "Not Modified",
            404 => "Not Found",
            405 => "Method Not Allowed",
            _ => "Status",
        };
        let fields: String = self.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        format!("HTTP/1.1 {} {reason}\r\n{fields}\r\n", self.status).into_bytes()
    }

    /// This answer to one who has a copy: 304 if it is the same. An `ETag` counts more than a date (RFC 9110, 13.2.2).
    #[must_use]
    pub fn given(self, if_none_match: Option<&str>, if_modified_since: Option<&str>) -> Self {
        let tag = self.header("etag").unwrap_or_default();
        let same = match (if_none_match, if_modified_since) {
            (Some(tags), _) => {
                tags.split(',').map(str::trim).any(|had| had == "*" || had.trim_start_matches("W/") == tag)
            }
            (None, Some(since)) => {
                let moment = |text: &str| DateTimeParser::new().parse_timestamp(text).ok();
                let changed = self.header("last-modified").and_then(moment);
                changed.zip(moment(since)).is_some_and(|(changed, since)| changed <= since)
            }
            (None, None) => false,
        };
        if !same || self.status != 200 {
            return self;
        }
        let kept = |(name, _): &(String, String)| !matches!(name.as_str(), "Content-Type" | "Content-Length");
        Self { status: 304, headers: self.headers.into_iter().filter(kept).collect(), body: Vec::new() }
    }
}

/// A moment as HTTP writes it (RFC 9110, 5.6.7).
pub(super) fn http_date(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
