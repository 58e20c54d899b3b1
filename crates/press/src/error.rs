//! What can go wrong when an edition is typeset.

use thiserror::Error;

/// An edition that could not be printed as PDF.
#[derive(Debug, Error)]
pub enum Error {
    /// It is longer than the press typesets.
    #[error(
        "the edition has {found} {what}, and the press typesets at most {limit}; divide it into several editions or shorten it"
    )]
    TooLong {
        /// What there is too much of: `paragraphs`, `notes` …
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many there may be.
        limit: usize,
    },
    /// One paragraph is longer than the press typesets.
    #[error(
        "{place} has {found} characters, and the press typesets at most {limit} in one paragraph; divide the paragraph"
    )]
    LongParagraph {
        /// Where: `the section “North”, paragraph 3`.
        place: String,
        /// Its characters.
        found: usize,
        /// How many it may have.
        limit: usize,
    },
    /// The sheet did not become JSON.
    #[error("the edition could not be handed to the typesetter: {0}")]
    Sheet(#[from] serde_json::Error),
    /// Something of the press itself is missing or broken.
    #[error("the press is incomplete: {0}; this is a fault of the program, please report it with the edition")]
    Press(String),
    /// The typesetter refused the edition.
    #[error("the edition could not be typeset: {0}; please report it with the edition")]
    Typesetting(String),
    /// The pages could not be written as PDF.
    #[error("the edition's pages could not be written as PDF: {0}; please report it with the edition")]
    Writing(String),
}
