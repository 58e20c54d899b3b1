//! Tradecraft checks: from an edition and what is known beside it to findings.
//!
//! This crate must not know: the database, sockets, files, the clock. One rule is one file: its id, since when, how
//! grave, an explanation whose examples are tests, and `run`. Offsets count Unicode code points of the text that was
//! given to be checked.

mod address_unlike_siblings;
mod date_against_address;
mod desk_form;
mod late_source;
mod likelihood_off_scale;
mod marker_without_note;
mod mixed_defanging;
mod name_against_register;
mod note_without_marker;
mod origin;
mod page_origin;
mod paragraph_without_takeaway;
mod repeated_note;
mod rule;
mod sarif;
mod subject;
mod takeaway_without_paragraph;
mod two_hedges;
mod unexplained_abbreviation;
mod unsourced_sentence;
mod wording;

pub use rule::{Example, HEADINGS, Rule};
pub use sarif::to_sarif;
pub use subject::{Marker, Note, Part, Passage, Reference, Settings, Subject};

use sitrep_model::finding::Finding;

/// Every rule, in the order the manual lists them.
pub const RULES: &[Rule] = &[
    unsourced_sentence::RULE,
    marker_without_note::RULE,
    note_without_marker::RULE,
    repeated_note::RULE,
    address_unlike_siblings::RULE,
    mixed_defanging::RULE,
    date_against_address::RULE,
    late_source::RULE,
    likelihood_off_scale::RULE,
    two_hedges::RULE,
    takeaway_without_paragraph::RULE,
    paragraph_without_takeaway::RULE,
    unexplained_abbreviation::RULE,
    name_against_register::RULE,
];

/// The rule of that id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// Every place where the subject breaks a rule that its desk has not switched off, in reading order.
pub fn check(subject: &Subject) -> Vec<Finding> {
    let off = &subject.settings.style.checks_off;
    let mut findings: Vec<Finding> =
        RULES.iter().filter(|rule| !off.iter().any(|id| id == rule.id)).flat_map(|rule| (rule.run)(subject)).collect();
    findings.sort_by(|a, b| (a.start, a.end, &a.rule).cmp(&(b.start, b.end, &b.rule)));
    findings
}
