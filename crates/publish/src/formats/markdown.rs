//! The edition in the desk's Markdown form, which reads back without loss.

use crate::Error;
use crate::formats::{Format, GONE, is_gone, reason};
use sitrep_editions::{Manuscript, form};

/// The form's entry in the registry.
pub(super) const FORMAT: Format = Format {
    id: "md",
    extension: "md",
    media_type: "text/markdown; charset=utf-8",
    label: "Markdown",
    render: |manuscript| Ok::<_, Error>(markdown(manuscript).into_bytes()),
};

/// The edition in the desk's form.
pub fn markdown(manuscript: &Manuscript<'_>) -> String {
    if is_gone(manuscript) {
        let title = manuscript.edition.title.replace(char::is_control, " ");
        let reason = reason(manuscript).map(|reason| reason.note.replace(char::is_control, " ")).unwrap_or_default();
        return format!("# {title}\n\n{GONE} {reason}\n");
    }
    form::write(manuscript.edition, manuscript.desk)
}
