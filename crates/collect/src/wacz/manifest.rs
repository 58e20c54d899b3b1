//! The manifest of a file: what it holds, with the digest of each part (a Frictionless data package).

use serde::{Deserialize, Serialize};

pub(super) const MANIFEST: &str = "datapackage.json";
pub(super) const MANIFEST_DIGEST: &str = "datapackage-digest.json";
pub(super) const PAGES: &str = "pages/pages.jsonl";

/// `datapackage.json`.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    #[serde(default)]
    pub(super) profile: String,
    pub(super) wacz_version: String,
    #[serde(default)]
    pub(super) title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    #[serde(default)]
    pub(super) created: String,
    #[serde(default)]
    pub(super) software: String,
    #[serde(default, rename = "mainPageUrl", skip_serializing_if = "Option::is_none")]
    pub(super) main_page_url: Option<String>,
    #[serde(default, rename = "mainPageDate", skip_serializing_if = "Option::is_none")]
    pub(super) main_page_date: Option<String>,
    pub(super) resources: Vec<Resource>,
}

/// A part of the file.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Resource {
    pub(super) name: String,
    pub(super) path: String,
    pub(super) hash: String,
    pub(super) bytes: u64,
}

/// `datapackage-digest.json`: the digest of the manifest, and who signed it. The format's own `signedData` knows ECDSA
/// and certificates only, so a signature by another kind of key stands beside it under its own name.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ManifestDigest {
    pub(super) path: String,
    pub(super) hash: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) signature: Option<serde_json::Value>,
}
