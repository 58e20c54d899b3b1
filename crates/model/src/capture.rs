//! Captures: the bytes as received, once. The bytes are a WARC record in the blob store; this is what is known of them.

use crate::id::{CaptureId, DeskId, DocumentId, SourceId};
use crate::noun::{Kind, Link, Noun};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One exchange with an outlet's server, kept for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capture {
    /// Identifier.
    pub id: CaptureId,
    /// The desk it was made for.
    pub desk: DeskId,
    /// The source it belongs to, where known.
    #[serde(default)]
    pub source: Option<SourceId>,
    /// The address that was asked for.
    pub url: String,
    /// The address that answered, after redirects.
    pub final_url: String,
    /// The proxy through which it was asked: it resolved the name, so the answering address is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
    /// When it was received.
    pub at: Timestamp,
    /// HTTP status; 0 for a file, which no server sent.
    pub status: u16,
    /// The response's media type as sent.
    #[serde(default)]
    pub media_type: Option<String>,
    /// SHA-256 of the body as received after transfer decoding, lower-case hex.
    pub body_sha256: String,
    /// Length of that body in bytes.
    pub body_length: u64,
    /// SHA-256 (lower-case hex) of the blob that holds the gzipped WARC records (request, response).
    pub warc_blob: String,
    /// The earlier capture whose body this one repeats byte by byte: the body is in its records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeats: Option<CaptureId>,
    /// The document whose page was looked at again, where it was captured for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<DocumentId>,
    /// What was captured besides the page, by opening it in a browser.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requisites: Option<Requisites>,
    /// The installation's signature; captures of before there was a key have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
    /// That its bytes were removed, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<Removal>,
}

/// What a page needs to be shown, as a browser asked for it: further records of the capture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requisites {
    /// Answers at other addresses: style sheets, pictures, scripts and what they load.
    pub parts: u32,
    /// Their bodies as received, in bytes.
    pub bytes: u64,
    /// SHA-256 (lower-case hex) of the picture of the whole page (PNG).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
    /// SHA-256 (lower-case hex) of the page as it prints (PDF).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub print: Option<String>,
    /// What could not be had, in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
}

/// Who vouches for a capture: an Ed25519 signature (RFC 8032) over its statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The public key, lower-case hex.
    pub key: String,
    /// The signature, lower-case hex.
    pub value: String,
}

/// A recorded decision that a capture's bytes are no longer kept: a tombstone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removal {
    /// When.
    pub at: Timestamp,
    /// Who decided: an account's login, or `program:<part>`.
    pub by: String,
    /// Why, for everybody who meets the tombstone.
    pub why: String,
    /// SHA-256 (lower-case hex) of the blob that is gone.
    pub gone_blob: String,
}

impl Noun for Capture {
    const KIND: Kind = Kind::Capture;
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn desk(&self) -> Option<&DeskId> {
        Some(&self.desk)
    }
    fn title(&self) -> String {
        self.final_url.clone()
    }
    fn sort_at(&self) -> Option<Timestamp> {
        Some(self.at)
    }
    fn status(&self) -> Option<&str> {
        self.removed.as_ref().map(|_| "removed")
    }
    fn links(&self) -> Vec<Link> {
        let mut links = Vec::new();
        links.extend(self.source.iter().map(|source| Link::new("from", Kind::Source, source.as_str())));
        links.extend(self.repeats.iter().map(|earlier| Link::new("repeats", Kind::Capture, earlier.as_str())));
        links.extend(self.again.iter().map(|document| Link::new("again", Kind::Document, document.as_str())));
        links
    }
}
