//! Findings of the checks.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How grave a finding is.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It should not be published so.
    Error,
    /// It should be looked at.
    Warning,
    /// It could be better.
    Advice,
}

/// A mechanical change that mends a finding.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Fix {
    /// What is done, in words.
    pub label: String,
    /// First code point of what is replaced.
    pub start: usize,
    /// Behind its last code point.
    pub end: usize,
    /// What stands there then.
    pub replacement: String,
}

/// Where a finding stands in an edition of the newsroom.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Anchor {
    /// Id of the paragraph or takeaway.
    pub paragraph: String,
    /// First code point of the paragraph's text.
    pub start: usize,
    /// Behind the last one.
    pub end: usize,
}

/// One place where an edition breaks a rule. With a `paragraph`, offsets count in its text.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// How grave.
    pub severity: Severity,
    /// Line of the checked text, from 1.
    pub line: usize,
    /// First code point.
    pub start: usize,
    /// Behind the last one.
    pub end: usize,
    /// Column of `start` in its line, from 1.
    pub column: usize,
    /// Line of `end`, from 1.
    pub end_line: usize,
    /// Column of `end` in its line, from 1.
    pub end_column: usize,
    /// The text of the span.
    pub excerpt: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
    /// The change that mends it.
    pub fix: Option<Fix>,
    /// Where it stands in the edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Anchor>,
    /// Id of the paragraph that it stands in.
    pub paragraph: Option<String>,
}
