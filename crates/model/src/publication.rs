//! Publications: the forms that were made of one version of an edition before any of them appeared.

use crate::id::{DeskId, EditionId};
use crate::noun::{Kind, Link, Noun};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One form: the bytes as they were made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Its name and file name extension: `pdf`, `html`, `atom` …
    pub form: String,
    /// Its media type.
    pub media_type: String,
    /// SHA-256 (lower-case hex) of the blob that holds it.
    pub blob: String,
    /// Its length in bytes.
    pub bytes: u64,
}

/// What appeared when an edition, or a correction of it, was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// Identifier: the edition's id and the version's number, `EDITION.vN`.
    pub id: String,
    /// Its desk.
    pub desk: DeskId,
    /// The edition.
    pub edition: EditionId,
    /// When it appeared.
    pub at: Timestamp,
    /// Its forms.
    pub forms: Vec<Form>,
    /// What the map's picture (the form `png`) shows, for those who don't see it.
    #[serde(default)]
    pub picture: Option<String>,
}

impl Noun for Publication {
    const KIND: Kind = Kind::Publication;
    fn id(&self) -> &str {
        &self.id
    }
    fn desk(&self) -> Option<&DeskId> {
        Some(&self.desk)
    }
    fn title(&self) -> String {
        format!("Publication {}", self.id)
    }
    fn sort_at(&self) -> Option<Timestamp> {
        Some(self.at)
    }
    fn links(&self) -> Vec<Link> {
        vec![Link::new("makes_public", Kind::Edition, self.edition.as_str())]
    }
}
