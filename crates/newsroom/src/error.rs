//! What a verb can refuse or fail at, said to the person who asked.

use sitrep_model::Kind;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing (or the asker may not know of it).
    #[error("there is no {what} {id:?}")]
    NotFound {
        /// What was looked for: `edition`, `source` …
        what: &'static str,
        /// The name or id that was given.
        id: String,
    },
    /// The asker's role does not allow it.
    #[error("{0}")]
    Forbidden(String),
    /// What was given can't be used.
    #[error("{message}")]
    Invalid {
        /// The field or place it is about.
        at: Option<String>,
        /// What is wrong, and what to do.
        message: String,
    },
    /// Somebody else changed it in the meantime.
    #[error("{} {id} was changed by somebody else in the meantime (it is at version {found}, yours is {expected}): look at theirs, then repeat your change", kind.as_str())]
    Stale {
        /// Its kind.
        kind: Kind,
        /// Its id.
        id: String,
        /// The version that the change was made for.
        expected: u64,
        /// The version that is there.
        found: u64,
    },
    /// Too many attempts.
    #[error("too many attempts; try again in {minutes} minutes")]
    TooMany {
        /// When the next attempt is counted afresh.
        minutes: u64,
    },
    /// An address could not be fetched.
    #[error("{0}")]
    Fetch(#[from] sitrep_net::Error),
    /// A form of the publication could not be made.
    #[error("the {form} could not be made, so nothing was published: {fault}")]
    Form {
        /// Which form.
        form: String,
        /// What is wrong with it.
        fault: String,
    },
    /// The store refused.
    #[error(transparent)]
    Store(sitrep_store::Error),
    /// A file could not be read or written.
    #[error("{path}: {message}")]
    File {
        /// Which.
        path: String,
        /// What is wrong, with the line where it is known.
        message: String,
    },
    /// The bytes that were asked for are no longer kept, by a recorded decision.
    #[error("these bytes were removed on {}: {why}", at.strftime("%-d %B %Y"))]
    Removed {
        /// When.
        at: jiff::Timestamp,
        /// Why.
        why: String,
    },
    /// Our own fault.
    #[error("{0}")]
    Internal(String),
}

impl Error {
    /// Something given can't be used.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::Invalid { at: None, message: message.into() }
    }

    /// Something given in a named field can't be used.
    pub fn field(at: &str, message: impl Into<String>) -> Self {
        Self::Invalid { at: Some(at.to_owned()), message: message.into() }
    }

    /// There is no such thing.
    pub fn not_found(what: &'static str, id: impl Into<String>) -> Self {
        Self::NotFound { what, id: id.into() }
    }

    /// A short name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "not_found",
            Self::Forbidden(_) => "forbidden",
            Self::Invalid { .. } => "invalid",
            Self::Stale { .. } => "stale",
            Self::TooMany { .. } => "too_many",
            Self::Fetch(_) => "fetch",
            Self::Form { .. } => "form",
            Self::Store(_) => "store",
            Self::File { .. } => "file",
            Self::Removed { .. } => "removed",
            Self::Internal(_) => "internal",
        }
    }
}

impl From<sitrep_store::Error> for Error {
    fn from(error: sitrep_store::Error) -> Self {
        match error {
            sitrep_store::Error::Stale { kind, id, expected, found } => Self::Stale { kind, id, expected, found },
            sitrep_store::Error::KeyTaken { kind, key, .. } => {
                Self::invalid(format!("there is already another {} {key:?}", kind.as_str()))
            }
            sitrep_store::Error::Invalid(message) => Self::invalid(message),
            other => Self::Store(other),
        }
    }
}
