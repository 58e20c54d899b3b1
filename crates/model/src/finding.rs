//! Findings: places where an edition breaks a rule of tradecraft.

use crate::id::ParagraphId;
use serde::{Deserialize, Serialize};

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It should not be published so.
    Error,
    /// It should be looked at.
    Warning,
    /// It could be better.
    Advice,
}

/// A mechanical change that mends a finding: replace the span's text with `replacement`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What is done, in words.
    pub label: String,
    /// First code point of what is replaced, in the same text as the finding's span.
    pub start: usize,
    /// Behind its last code point.
    pub end: usize,
    /// What stands there then.
    pub replacement: String,
}

/// Where a finding stands in an edition of the newsroom: the editor marks it there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The paragraph (or takeaway).
    pub paragraph: ParagraphId,
    /// First code point of the paragraph's text.
    pub start: usize,
    /// Behind the last one; the same as `start` for a note marker.
    pub end: usize,
}

/// One place where an edition breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule's id, e.g. `repeated-note`.
    pub rule: String,
    /// How grave.
    pub severity: Severity,
    /// Line of the checked text, from 1.
    pub line: usize,
    /// First code point in the checked text.
    pub start: usize,
    /// Behind the last code point.
    pub end: usize,
    /// Column of `start` in its line, from 1, in code points.
    #[serde(default)]
    pub column: usize,
    /// Line of `end`, from 1.
    #[serde(default)]
    pub end_line: usize,
    /// Column of `end` in its line, from 1, in code points.
    #[serde(default)]
    pub end_column: usize,
    /// The text of the span.
    pub excerpt: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    #[serde(default)]
    pub hint: Option<String>,
    /// The change that mends it.
    #[serde(default)]
    pub fix: Option<Fix>,
    /// Where it stands in the newsroom's edition, where it was one that was checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Anchor>,
}
