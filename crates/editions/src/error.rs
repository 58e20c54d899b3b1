//! What can be wrong with a text that should be an edition.

/// Why a text was refused: what is wrong, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// More than [`crate::parse::MAX_BYTES`].
    #[error("the file has {bytes} bytes; an edition has at most {limit}. Is it an edition at all?")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// What is read at most.
        limit: usize,
    },
    /// Elements within elements without end.
    #[error("line {line}: elements are nested more than {limit} deep; save the page again or export it as text")]
    TooDeep {
        /// Where the limit was passed.
        line: usize,
        /// How deep is read at most.
        limit: usize,
    },
    /// Signs that no text has.
    #[error(
        "the file is no text (byte {byte} of it as UTF-8 is a sign that texts don't have); save it as text in UTF-8"
    )]
    NotText {
        /// Where the first such sign stands.
        byte: usize,
    },
    /// No document that can be read: encrypted, damaged, of another program.
    #[error("{message}; {hint}")]
    Document {
        /// What is wrong.
        message: String,
        /// What to do.
        hint: String,
    },
    /// Nothing but white space.
    #[error("the file holds no text")]
    Empty,
    /// No date in the text, and none was given.
    #[error("no date was found in the text; give the edition's date with it")]
    NoDate,
    /// The Markdown form was not kept.
    #[error("line {line}: {message}; {hint}")]
    Form {
        /// Line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
        /// What to do.
        hint: String,
    },
}

impl Error {
    /// A short name for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too_large",
            Self::TooDeep { .. } => "too_deep",
            Self::NotText { .. } => "not_text",
            Self::Document { .. } => "document",
            Self::Empty => "empty",
            Self::NoDate => "no_date",
            Self::Form { .. } => "form",
        }
    }

    /// The line it is about, from 1, where it is about one.
    pub const fn line(&self) -> Option<usize> {
        match self {
            Self::TooDeep { line, .. } | Self::Form { line, .. } => Some(*line),
            _ => None,
        }
    }
}
