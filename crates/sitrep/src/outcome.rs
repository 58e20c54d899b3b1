//! How a command ends: exit codes as `contracts` promise them, and errors in words.

use serde::Serialize;
use std::process::ExitCode;

/// How a command that did its work ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// Done, and something was found, or some inputs were refused (they are listed).
    Found,
}

/// Why a command did not do its work.
#[derive(Debug, Clone, Serialize)]
pub struct Failure {
    /// Exit code class.
    #[serde(skip)]
    pub class: Class,
    /// Short name of the error, for programs.
    pub code: String,
    /// What was wrong, and where.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
    /// Line of the input, from 1.
    pub line: Option<usize>,
}

/// The classes of failure and their exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// 2: wrong usage.
    Usage,
    /// 3: an input can't be read.
    Unreadable,
    /// 4: refused by a limit, a guard or a permission.
    Refused,
    /// 5: the store is damaged or newer.
    Store,
    /// 70: our fault.
    Internal,
}

impl Failure {
    /// A failure of that class.
    pub fn new(class: Class, code: &str, message: impl Into<String>) -> Self {
        Self { class, code: code.to_owned(), message: message.into(), hint: None, line: None }
    }

    /// The same with what to do.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with the line it is about.
    pub fn line(mut self, line: Option<usize>) -> Self {
        self.line = line;
        self
    }

    /// The same, naming the file it is about.
    pub fn of(mut self, file: &std::path::Path) -> Self {
        self.message = format!("{}: {}", file.display(), self.message);
        self
    }

    /// An input that can't be read.
    pub fn unreadable(message: impl Into<String>) -> Self {
        Self::new(Class::Unreadable, "unreadable", message)
    }

    /// The exit code.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self.class {
            Class::Usage => 2,
            Class::Unreadable => 3,
            Class::Refused => 4,
            Class::Store => 5,
            Class::Internal => 70,
        })
    }
}

impl From<sitrep_editions::Error> for Failure {
    fn from(error: sitrep_editions::Error) -> Self {
        use sitrep_editions::Error;
        let class = match error {
            Error::TooLarge { .. } | Error::TooDeep { .. } => Class::Refused,
            _ => Class::Unreadable,
        };
        let hint = match &error {
            Error::TooLarge { .. } => "Check that it is the right file, or divide it.",
            Error::TooDeep { .. } => "Save the page again, or export it as text.",
            Error::NotText { .. } => {
                "Save it as text in UTF-8; PDF and word processor files have to be exported first."
            }
            Error::Document { .. } => "Save it as .docx, HTML or text and try again.",
            Error::Empty => "Check that it is the right file.",
            Error::NoDate => "Put the edition's date into its title or its file's name, or give it with --date.",
            Error::Form { .. } => "Mend the line; the desk's Markdown form is described in the manual.",
        };
        Self::new(class, error.code(), error.to_string()).hint(hint).line(error.line())
    }
}

impl From<sitrep_collect::feed::Error> for Failure {
    fn from(error: sitrep_collect::feed::Error) -> Self {
        use sitrep_collect::feed::Error;
        let (class, code) = match error {
            Error::TooLarge(_) => (Class::Refused, "too_large"),
            Error::Empty => (Class::Unreadable, "empty"),
            Error::Page => (Class::Unreadable, "page"),
            Error::NotAFeed(_) => (Class::Unreadable, "not_a_feed"),
            Error::Json { .. } => (Class::Unreadable, "json"),
        };
        let line = error.line();
        Self::new(class, code, error.to_string()).hint("Give an RSS, Atom or JSON feed as it was received.").line(line)
    }
}

impl From<sitrep_collect::extract::Error> for Failure {
    fn from(error: sitrep_collect::extract::Error) -> Self {
        use sitrep_collect::extract::Error;
        let (class, code) = match error {
            Error::NotText(_) => (Class::Unreadable, "not_text"),
            Error::Empty => (Class::Unreadable, "empty"),
            Error::Damaged(_) => (Class::Unreadable, "damaged"),
            Error::TooLarge => (Class::Refused, "too_large"),
            Error::Encrypted => (Class::Unreadable, "encrypted"),
            Error::NoText => (Class::Unreadable, "no_text"),
        };
        Self::new(class, code, error.to_string()).hint("Give the page as it was received.")
    }
}

impl From<sitrep_publish::Error> for Failure {
    fn from(error: sitrep_publish::Error) -> Self {
        let class = match error {
            sitrep_publish::Error::Address { .. } | sitrep_publish::Error::Link { .. } => Class::Usage,
            _ => Class::Internal,
        };
        Self::new(class, "render", error.to_string())
    }
}

impl From<sitrep_press::Error> for Failure {
    fn from(error: sitrep_press::Error) -> Self {
        let class = match error {
            sitrep_press::Error::TooLong { .. } | sitrep_press::Error::LongParagraph { .. } => Class::Refused,
            _ => Class::Internal,
        };
        Self::new(class, "render", error.to_string())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::new(Class::Internal, "internal", error.to_string())
    }
}

impl From<sitrep_store::Error> for Failure {
    fn from(error: sitrep_store::Error) -> Self {
        use sitrep_store::Error;
        let (class, code) = match &error {
            Error::Stale { .. } => (Class::Refused, "stale"),
            Error::KeyTaken { .. } => (Class::Refused, "taken"),
            Error::NotEmpty(_) => (Class::Refused, "not_empty"),
            Error::Invalid(_) => (Class::Usage, "invalid"),
            Error::File { .. } | Error::Database(_) | Error::BlobStorage { .. } => (Class::Unreadable, "store"),
            Error::Newer { .. } | Error::NewerBackup { .. } => (Class::Store, "newer"),
            Error::Damaged { .. } | Error::BackupDamaged { .. } => (Class::Store, "damaged"),
            Error::Search(_) => (Class::Store, "search"),
        };
        Self::new(class, code, error.to_string())
    }
}

impl From<sitrep_newsroom::Error> for Failure {
    fn from(error: sitrep_newsroom::Error) -> Self {
        use sitrep_newsroom::Error;
        let class = match &error {
            Error::NotFound { .. } | Error::Invalid { .. } => Class::Usage,
            Error::Removed { .. } => Class::Refused,
            Error::Fetch(sitrep_net::Error::Refused { .. }) => Class::Refused,
            Error::File { .. } | Error::Fetch(_) => Class::Unreadable,
            Error::Forbidden(_) | Error::Stale { .. } | Error::TooMany { .. } | Error::Form { .. } => Class::Refused,
            Error::Store(_) => Class::Store,
            Error::Internal(_) => Class::Internal,
        };
        Self::new(class, error.code(), error.to_string())
    }
}
