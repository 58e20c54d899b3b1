//! The edition as plain text, as teams print and mail it: markers in brackets, the note list at the end. What is
//! printed here can be read again as an edition.

use crate::formats::{Format, GONE, RETRACTED, corrections, is_gone, reason};
use crate::{Error, dates};
use sitrep_editions::Manuscript;
use sitrep_model::edition::{EditionState, Paragraph, ParagraphKind};
use sitrep_model::run::Content;

/// The form's entry in the registry.
pub(super) const FORMAT: Format = Format {
    id: "txt",
    extension: "txt",
    media_type: "text/plain; charset=utf-8",
    label: "Plain text",
    render: |manuscript| Ok::<_, Error>(text(manuscript).into_bytes()),
};

/// The whole edition, a paragraph a line, empty lines between.
pub fn text(manuscript: &Manuscript<'_>) -> String {
    let (desk, edition) = (manuscript.desk, manuscript.edition);
    let mut blocks: Vec<String> = vec![line(&edition.title), dates::day(edition.date)];
    if !edition.authors.is_empty() {
        blocks.push(format!("By {}", line(&edition.authors.join(", "))));
    }
    blocks.extend(edition.cutoff.map(|cutoff| format!("Data cut-off: {}", dates::moment(cutoff, &desk.time_zone))));
    if is_gone(manuscript) {
        blocks.push(withdrawn(manuscript, GONE));
        blocks.extend(label(manuscript));
    } else {
        // The standing description comes first: what reads an edition again takes it for a notice elsewhere.
        blocks.extend(edition.standing.iter().map(|standing| line(standing)));
        blocks.extend(warnings(manuscript));
        blocks.extend(body(manuscript));
    }
    let mut text = blocks.join("\n\n");
    text.push('\n');
    text
}

fn label(manuscript: &Manuscript<'_>) -> Option<String> {
    let label = manuscript.desk.label.as_deref().filter(|label| !label.is_empty());
    label.map(|label| format!("Note: {}", line(label)))
}

fn withdrawn(manuscript: &Manuscript<'_>, text: &str) -> String {
    let reason = reason(manuscript).map(|reason| format!(" {}", line(&reason.note))).unwrap_or_default();
    format!("Note: {text}{reason}")
}

/// What readers must know before they read on.
fn warnings(manuscript: &Manuscript<'_>) -> Vec<String> {
    let edition = manuscript.edition;
    let mut blocks: Vec<String> = label(manuscript).into_iter().collect();
    if edition.state == EditionState::Retracted {
        blocks.push(withdrawn(manuscript, RETRACTED));
    }
    for correction in corrections(manuscript) {
        let at = dates::moment(correction.at, &manuscript.desk.time_zone);
        blocks.push(format!("Correction: {} Corrected on {at}.", line(&correction.note)));
    }
    blocks
}

fn body(manuscript: &Manuscript<'_>) -> Vec<String> {
    let edition = manuscript.edition;
    let mut blocks: Vec<String> = edition.notices.iter().map(|text| line(text)).collect();
    if !edition.takeaways.is_empty() {
        blocks.push("Key Takeaways".to_owned());
        let item = |(index, text): (usize, String)| format!("  {}. {text}", index + 1);
        let texts = edition.takeaways.iter().map(|takeaway| paragraph(manuscript, &takeaway.body));
        blocks.push(texts.enumerate().map(item).collect::<Vec<_>>().join("\n"));
    }
    for section in &edition.sections {
        blocks.extend(Some(line(&section.title)).filter(|title| !title.is_empty()));
        blocks.extend(section.scope.iter().map(|scope| line(scope)));
        blocks.extend(section.paragraphs.iter().map(|body| {
            let text = paragraph(manuscript, body);
            if body.kind == ParagraphKind::ListItem { format!("• {text}") } else { text }
        }));
    }
    if !manuscript.notes.notes.is_empty() {
        blocks.push("Notes".to_owned());
        blocks.extend(manuscript.notes.notes.iter().map(|note| format!("[{}] {}", note.label, line(&note.text()))));
    }
    blocks
}

/// A paragraph in one line, with its markers.
pub(crate) fn paragraph(manuscript: &Manuscript<'_>, paragraph: &Paragraph) -> String {
    let mut text = String::new();
    for run in paragraph.runs() {
        match run.content {
            Content::Text { text: run, .. } => text.push_str(&run),
            Content::Marker(citation) => {
                if let Some(note) = manuscript.notes.of(citation) {
                    text.push_str(&format!("[{}]", note.label));
                }
            }
        }
    }
    line(&text)
}

/// A text in one line without control characters.
fn line(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.split([' ', '\u{2028}', '\u{2029}']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
