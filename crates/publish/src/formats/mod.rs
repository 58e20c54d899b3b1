//! The forms an edition is printed in, one file each. To add one: its file, and its line in [`FORMATS`].

pub mod atom;
pub mod html;
pub mod json;
pub mod markdown;
pub mod text;

use crate::Error;
use sitrep_editions::Manuscript;
use sitrep_model::edition::{Correction, EditionState};

/// One form.
pub struct Format {
    /// Its name.
    pub id: &'static str,
    /// Extension of its file, without a dot.
    pub extension: &'static str,
    /// Media type, with its charset where it is text.
    pub media_type: &'static str,
    /// What readers see on the link to it.
    pub label: &'static str,
    /// Prints it.
    pub render: fn(&Manuscript<'_>) -> Result<Vec<u8>, Error>,
}

/// Every form that this crate prints (the PDF is the press's).
pub const FORMATS: &[Format] = &[html::FORMAT, markdown::FORMAT, text::FORMAT, json::FORMAT, atom::FORMAT];

/// The form of that name or extension.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.id == name || format.extension == name)
}

/// Whether the edition was taken down: every form is then a tombstone.
pub(crate) fn is_gone(manuscript: &Manuscript<'_>) -> bool {
    manuscript.edition.state == EditionState::TakenDown
}

/// What a tombstone says.
pub(crate) const GONE: &str = "This edition was taken down. Its text is no longer shown here.";

/// What a retracted edition says.
pub(crate) const RETRACTED: &str = "This edition was withdrawn as wrong. Its text stays readable as it was published.";

/// Why the edition was withdrawn or taken down: what its last public act says.
pub(crate) fn reason<'m>(manuscript: &Manuscript<'m>) -> Option<&'m Correction> {
    let withdrawn = matches!(manuscript.edition.state, EditionState::Retracted | EditionState::TakenDown);
    manuscript.edition.corrections.last().filter(|_| withdrawn)
}

/// What was corrected, newest first; nothing of what was taken down.
pub(crate) fn corrections<'m>(manuscript: &Manuscript<'m>) -> impl Iterator<Item = &'m Correction> {
    let withdrawn = usize::from(reason(manuscript).is_some());
    let shown = if is_gone(manuscript) { &[] } else { manuscript.edition.corrections.as_slice() };
    shown.iter().rev().skip(withdrawn)
}
