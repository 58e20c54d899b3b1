//! The list of notes at the end.

use super::direction::foreign;
use super::links::followable;
use super::prose::{Prose, Span};
use super::text::line;
use serde::Serialize;
use sitrep_editions::notes::PrintedReference;
use sitrep_model::citation::Target;

/// A note.
#[derive(Debug, Serialize)]
pub(super) struct Note {
    number: u32,
    label: String,
    references: Vec<Vec<Span>>,
    /// Whether the text marks it, so that one can go back.
    marked: bool,
}

/// The notes in order.
pub(super) fn list(prose: &Prose<'_>) -> Vec<Note> {
    let notes = prose.manuscript.notes.notes.iter();
    notes
        .map(|note| Note {
            number: note.number,
            label: line(&note.label),
            references: note.references.iter().map(|reference| printed(prose, reference)).collect(),
            marked: prose.is_marked(note.number),
        })
        .collect()
}

/// A reference as the desk prints it; a link only where it may be followed.
fn printed(prose: &Prose<'_>, reference: &PrintedReference) -> Vec<Span> {
    let manuscript = prose.manuscript;
    let link = reference.url.as_deref().and_then(|url| followable(url, manuscript.base));
    let cited = match &reference.target {
        Target::Document { document, .. } => manuscript.cited.documents.get(document),
        _ => None,
    };
    let text = line(&reference.text);
    let language = cited.and_then(|document| document.language.as_deref());
    let mut spans = match foreign(&text, prose.direction, language) {
        Some(tongue) => vec![Span::of(&text, Some(tongue))],
        None => prose.spans(&text, prose.direction),
    };
    for span in &mut spans {
        span.link.clone_from(&link);
    }
    spans
}
