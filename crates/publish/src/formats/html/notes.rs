//! Notes: beside their paragraph, and in the list at the end.

use super::article::Surround;
use super::prose::Prose;
use crate::markup::escape;
use crate::{direction, links};
use sitrep_editions::notes::{Note, PrintedReference};
use sitrep_model::citation::Target;
use sitrep_model::edition::Paragraph;

/// The notes of paragraphs, right behind them. Each note has its place beside the text once, where it is first marked.
pub(super) fn aside(prose: &mut Prose<'_>, paragraphs: &[&Paragraph]) -> String {
    if prose.setting.surround != Surround::Site {
        return String::new();
    }
    let manuscript = prose.manuscript;
    let mut notes: Vec<&Note> = Vec::new();
    for mark in paragraphs.iter().flat_map(|paragraph| &paragraph.citations) {
        notes.extend(manuscript.notes.of(&mark.citation).filter(|note| !notes.iter().any(|n| n.number == note.number)));
    }
    if notes.is_empty() {
        return String::new();
    }
    let mut html = "<aside class=\"side-notes\" aria-label=\"Notes of this paragraph\">\n".to_owned();
    for note in notes {
        let id = prose.id("a", &note.number.to_string());
        let label = escape(&note.label);
        let references = references(prose, note);
        html.push_str(&format!(
            "<p class=\"side-note\"{id}><span class=\"note-number\">{label}</span> {references}</p>\n"
        ));
    }
    html.push_str("</aside>\n");
    html
}

/// The list at the end.
pub(super) fn list(prose: &Prose<'_>) -> String {
    let notes = &prose.manuscript.notes.notes;
    if notes.is_empty() {
        return String::new();
    }
    let message = prose.setting.surround == Surround::Message;
    let mut html =
        format!("<section class=\"notes\"{}Notes</h2>\n<ol class=\"notes-list\">\n", prose.labelled("notes"));
    // A message may hold a part of an edition; notes of the rest are left out, and the others keep their numbers.
    for note in notes.iter().filter(|note| !message || prose.is_marked(note)) {
        let (number, label) = (note.number, escape(&note.label));
        let id = if message { String::new() } else { format!(" id=\"n-{number}\"") };
        let back = format!(
            " <a class=\"note-back\" href=\"#m-{number}\" role=\"doc-backlink\" aria-label=\"Back to the text of note {label}\">↩</a>"
        );
        let back = if message || !prose.is_marked(note) { String::new() } else { back };
        let references = references(prose, note);
        html.push_str(&format!(
            "<li{id} value=\"{number}\"><span class=\"note-number\">{label}</span> {references}{back}</li>\n"
        ));
    }
    html.push_str("</ol>\n</section>\n");
    html
}

fn references(prose: &Prose<'_>, note: &Note) -> String {
    let printed: Vec<String> = note.references.iter().map(|reference| printed(prose, reference)).collect();
    // Style sheets of the site print the dividing mark themselves.
    printed.join(if prose.setting.surround == Surround::Message { "; " } else { " " })
}

/// A reference as printed; a link only where it may be followed.
fn printed(prose: &Prose<'_>, reference: &PrintedReference) -> String {
    let cited = match &reference.target {
        Target::Document { document, .. } => prose.manuscript.cited.documents.get(document),
        _ => None,
    };
    let language = cited.and_then(|document| document.language.as_deref());
    let text = direction::inline(&reference.text, language, prose.direction());
    let address = reference.url.as_deref().and_then(links::followable);
    match address {
        Some(address) => {
            let root = if address.starts_with('/') { escape(&prose.setting.root) } else { String::new() };
            format!("<span class=\"reference\"><a href=\"{root}{}\">{text}</a></span>", escape(&address))
        }
        None => format!("<span class=\"reference\">{text}</span>"),
    }
}
