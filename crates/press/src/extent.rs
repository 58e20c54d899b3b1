//! How much the press takes: enough for any edition, and little enough that none keeps it busy for minutes.

use crate::Error;
use sitrep_editions::Manuscript;
use sitrep_model::edition::Paragraph;

/// Characters of the whole edition, notes included.
pub const CHARACTERS: usize = 400_000;
/// Characters of one paragraph.
pub const PARAGRAPH: usize = 20_000;
/// Paragraphs, takeaways, notices and corrections.
pub const PARAGRAPHS: usize = 4_000;
/// Notes.
pub const NOTES: usize = 3_000;
/// References of all notes, note markers, and marked stretches, each.
const PARTS: usize = 10_000;
/// Bytes of one picture; a larger one is left out with a warning.
pub const PICTURE: usize = 12 * 1024 * 1024;

/// Refuses what is too long.
pub(crate) fn check(manuscript: &Manuscript<'_>) -> Result<(), Error> {
    let edition = manuscript.edition;
    let notes = &manuscript.notes.notes;
    let single = edition.notices.len() + edition.corrections.len() + edition.sections.len();
    at_most("paragraphs", edition.paragraphs().count() + single, PARAGRAPHS)?;
    at_most("notes", notes.len(), NOTES)?;
    at_most("references", notes.iter().map(|note| note.references.len()).sum(), PARTS)?;
    at_most("authors", edition.authors.len(), 200)?;
    at_most("note markers", edition.paragraphs().map(|paragraph| paragraph.citations.len()).sum(), PARTS)?;
    at_most("marked stretches", edition.paragraphs().map(|paragraph| paragraph.marks.len()).sum(), PARTS)?;
    at_most("sentences", edition.paragraphs().map(|paragraph| paragraph.sentences.len()).sum(), PARTS)?;
    let texts = texts(manuscript);
    at_most("characters", texts.iter().map(|(_, text)| text.chars().count()).sum(), CHARACTERS)?;
    for (place, text) in texts {
        let found = text.chars().count();
        if found > PARAGRAPH {
            return Err(Error::LongParagraph { place: place.name(), found, limit: PARAGRAPH });
        }
    }
    Ok(())
}

fn at_most(what: &'static str, found: usize, limit: usize) -> Result<(), Error> {
    if found > limit { Err(Error::TooLong { what, found, limit }) } else { Ok(()) }
}

/// Where a text stands.
enum Place<'m> {
    /// A part that the edition has once, or a list of them.
    Front(&'static str),
    /// A takeaway, by number.
    Takeaway(usize),
    /// A section's own text.
    Section(&'m str),
    /// A paragraph of a section, by number.
    Paragraph(&'m str, usize),
    /// A note, by label.
    Note(&'m str),
}

impl Place<'_> {
    fn name(&self) -> String {
        match self {
            Self::Front(name) => (*name).to_owned(),
            Self::Takeaway(number) => format!("key takeaway {number}"),
            Self::Section(title) => format!("the head of the section “{}”", excerpt(title)),
            Self::Paragraph(title, number) => format!("paragraph {number} of the section “{}”", excerpt(title)),
            Self::Note(label) => format!("note {label}"),
        }
    }
}

fn excerpt(title: &str) -> String {
    title.chars().take(60).collect()
}

/// Every text that is printed, with its place.
fn texts<'m>(manuscript: &'m Manuscript<'_>) -> Vec<(Place<'m>, &'m str)> {
    let (edition, desk) = (manuscript.edition, manuscript.desk);
    let mut texts: Vec<(Place<'m>, &'m str)> = vec![
        (Place::Front("the title"), &edition.title),
        (Place::Front("the desk's name"), &desk.name),
        (Place::Front("the publisher's name"), &desk.publisher),
        (Place::Front("the edition's address"), &edition.slug),
    ];
    let front = |name: &'static str| move |text: &'m String| (Place::Front(name), text.as_str());
    texts.extend(desk.label.iter().map(front("the desk's label")));
    texts.extend(edition.authors.iter().map(front("an author's name")));
    texts.extend(edition.standing.iter().map(front("the standing description")));
    texts.extend(edition.notices.iter().map(front("a notice")));
    texts.extend(edition.corrections.iter().map(|correction| &correction.note).map(front("a correction")));
    let numbered = |(index, body): (usize, &'m Paragraph)| (index + 1, body.text.as_str());
    let takeaways = edition.takeaways.iter().map(|takeaway| &takeaway.body).enumerate().map(numbered);
    texts.extend(takeaways.map(|(number, text)| (Place::Takeaway(number), text)));
    for section in &edition.sections {
        texts.push((Place::Section(&section.title), &section.title));
        texts.extend(section.scope.iter().map(|scope| (Place::Section(&section.title), scope.as_str())));
        let paragraphs = section.paragraphs.iter().enumerate().map(numbered);
        texts.extend(paragraphs.map(|(number, text)| (Place::Paragraph(&section.title, number), text)));
    }
    for note in &manuscript.notes.notes {
        texts.extend(note.references.iter().map(|reference| (Place::Note(&note.label), reference.text.as_str())));
    }
    texts
}
