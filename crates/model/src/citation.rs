//! Citations: what stands in a text, and the references that its note lists.

use crate::id::{AssessmentId, CitationId, DocumentId, EditionId, SentenceId};
use crate::noun::{Kind, Link};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A stretch of a document's text: the words themselves, with what stands around them, so that it is found again
/// in a later reading (W3C Web Annotation, TextQuoteSelector).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Passage {
    /// The words.
    pub exact: String,
    /// Up to 32 code points before them.
    #[serde(default)]
    pub prefix: String,
    /// Up to 32 code points after them.
    #[serde(default)]
    pub suffix: String,
}

/// What a reference points to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Target {
    /// A document of the desk.
    Document {
        /// Which.
        document: DocumentId,
        /// The passage that carries the statement.
        #[serde(default)]
        passage: Option<Passage>,
    },
    /// A plain address that has no document here.
    Address {
        /// The address, refanged and whole.
        url: String,
    },
    /// An edition: of this installation (`edition`), or known by address and date only.
    Edition {
        /// Which, where it is kept here.
        #[serde(default)]
        edition: Option<EditionId>,
        /// The sentence, where one is meant.
        #[serde(default)]
        sentence: Option<SentenceId>,
        /// Its address, where it was cited by address.
        #[serde(default)]
        url: Option<String>,
        /// Its date, where known.
        #[serde(default)]
        date: Option<Date>,
    },
    /// An assessment of the desk.
    Assessment {
        /// Which.
        assessment: AssessmentId,
    },
    /// Free text, e.g. a private interview.
    Text,
}

/// One reference of a note.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reference {
    /// What it points to.
    #[serde(flatten)]
    pub target: Target,
    /// How it is printed, where that is not computed from the target (imported editions keep what they had).
    #[serde(default)]
    pub printed: Option<String>,
    /// Printed defanged; `None` means as the source's rule says.
    #[serde(default)]
    pub defanged: Option<bool>,
}

/// A citation: it becomes one numbered note.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Citation {
    /// Identifier, unique in its edition.
    pub id: CitationId,
    /// The note's references, in order.
    pub references: Vec<Reference>,
    /// The label as an imported edition printed it (`iv`, `12`), where it is not computed.
    #[serde(default)]
    pub label: Option<String>,
}

impl Citation {
    /// Threads from this citation, anchored at its id.
    pub fn links(&self) -> Vec<Link> {
        self.references
            .iter()
            .filter_map(|reference| match &reference.target {
                Target::Document { document, .. } => Some((Kind::Document, document.as_str())),
                Target::Edition { edition: Some(edition), .. } => Some((Kind::Edition, edition.as_str())),
                Target::Assessment { assessment } => Some((Kind::Assessment, assessment.as_str())),
                _ => None,
            })
            .map(|(kind, id)| Link::new("cites", kind, id).at(self.id.as_str()))
            .collect()
    }
}
