//! The sheet: everything that is printed of an edition, as data for the template. Its field names are known to
//! `templates/*.typ` and to nobody else.

mod direction;
mod front;
mod links;
mod notes;
mod pictures;
mod prose;
mod text;

pub(crate) use pictures::Picture;

use direction::Tongue;
use front::{Act, Document, Head, Withdrawn};
use notes::Note;
use pictures::Figure;
use prose::{Block, Prose};
use serde::Serialize;
use sitrep_editions::Manuscript;
use sitrep_model::edition::{EditionSection, EditionState, Paragraph, ParagraphKind, Takeaway};

/// What is printed.
#[derive(Debug, Serialize)]
pub(crate) struct Sheet {
    document: Document,
    head: Head,
    /// The exercise label, whole; the following pages have its beginning at their head.
    label: Option<Block>,
    withdrawn: Option<Withdrawn>,
    corrections: Vec<Act>,
    standing: Option<Block>,
    notices: Vec<Block>,
    takeaways: Vec<Announced>,
    map: Option<Figure>,
    sections: Vec<Section>,
    notes: Vec<Note>,
}

/// A takeaway.
#[derive(Debug, Serialize)]
struct Announced {
    body: Block,
    /// The name of the paragraph it announces.
    to: Option<String>,
}

/// A section.
#[derive(Debug, Serialize)]
struct Section {
    level: u8,
    title: Option<Block>,
    scope: Option<Block>,
    parts: Vec<Part>,
}

/// A paragraph, or list items in a row.
#[derive(Debug, Serialize)]
#[serde(tag = "is", rename_all = "lowercase")]
enum Part {
    Prose { name: Option<String>, body: Block },
    Quotation { name: Option<String>, body: Block },
    List { items: Vec<Item> },
    Figure { name: Option<String>, picture: Option<Figure>, link: Option<String>, body: Block },
}

#[derive(Debug, Serialize)]
struct Item {
    name: Option<String>,
    body: Block,
}

/// The sheet of a manuscript, the pictures that it shows, and what a person should know of both.
pub(crate) fn of(manuscript: &Manuscript<'_>) -> (Sheet, Vec<Picture>, Vec<String>) {
    let page = Tongue::of_language(&manuscript.desk.language);
    let mut made = Maker { prose: Prose::new(manuscript, page.dir), pictures: Vec::new(), warnings: Vec::new() };
    let sheet = made.sheet(page);
    (sheet, made.pictures, made.warnings)
}

/// Makes the sheet from front to back, since notes are marked in order.
struct Maker<'m> {
    prose: Prose<'m>,
    pictures: Vec<Picture>,
    warnings: Vec<String>,
}

impl Maker<'_> {
    fn sheet(&mut self, page: Tongue) -> Sheet {
        let manuscript = self.prose.manuscript;
        let edition = manuscript.edition;
        let label = manuscript.desk.label.as_deref().and_then(|label| self.block(label));
        let mut sheet = Sheet {
            document: front::document(manuscript, page),
            head: front::head(manuscript, &self.prose),
            label,
            withdrawn: front::withdrawn(manuscript, &self.prose),
            corrections: Vec::new(),
            standing: None,
            notices: Vec::new(),
            takeaways: Vec::new(),
            map: None,
            sections: Vec::new(),
            notes: Vec::new(),
        };
        if edition.state == EditionState::TakenDown {
            return sheet;
        }
        sheet.corrections = front::corrections(manuscript, &self.prose);
        sheet.standing = edition.standing.as_deref().and_then(|text| self.block(text));
        sheet.notices = edition.notices.iter().filter_map(|text| self.block(text)).collect();
        sheet.takeaways = edition.takeaways.iter().map(|takeaway| self.takeaway(takeaway)).collect();
        sheet.map = manuscript.picture.and_then(|picture| self.map(picture));
        let mut above = 0;
        for section in &edition.sections {
            // A heading is at most one step below the one before it, or readers by ear lose their way.
            above = section.level.clamp(1, 5).min(above + 1);
            let made = self.section(section, above);
            sheet.sections.push(made);
        }
        sheet.notes = notes::list(&self.prose);
        sheet
    }

    fn block(&self, text: &str) -> Option<Block> {
        self.prose.plain(text)
    }

    fn takeaway(&mut self, takeaway: &Takeaway) -> Announced {
        let to = takeaway.announces.as_ref().and_then(|id| self.prose.name(id));
        Announced { body: self.prose.paragraph(&takeaway.body, false), to }
    }

    fn section(&mut self, section: &EditionSection, level: u8) -> Section {
        let title = self.block(&section.title);
        let scope = section.scope.as_deref().and_then(|scope| self.block(scope));
        let mut parts: Vec<Part> = Vec::new();
        for paragraph in &section.paragraphs {
            let part = self.part(paragraph);
            match (parts.last_mut(), part) {
                (Some(Part::List { items }), Part::List { items: more }) => items.extend(more),
                (_, part) => parts.push(part),
            }
        }
        Section { level, title, scope, parts }
    }

    fn part(&mut self, paragraph: &Paragraph) -> Part {
        let name = self.prose.announced(&paragraph.id);
        let body = self.prose.paragraph(paragraph, paragraph.kind == ParagraphKind::Prose);
        match paragraph.kind {
            ParagraphKind::Prose => Part::Prose { name, body },
            ParagraphKind::Quotation => Part::Quotation { name, body },
            ParagraphKind::ListItem => Part::List { items: vec![Item { name, body }] },
            ParagraphKind::Figure => {
                let (picture, link) = self.figure(paragraph);
                Part::Figure { name, picture, link, body }
            }
        }
    }

    fn map(&mut self, picture: &sitrep_editions::Picture) -> Option<Figure> {
        let alternative = text::line(&picture.alternative);
        let mut figure = self.kept(pictures::of_bytes("map", &picture.png, &alternative), "the map's picture")?;
        figure.caption = self.block(&alternative);
        Some(figure)
    }

    /// A figure's picture where the edition carries it, else the address where it is found.
    fn figure(&mut self, paragraph: &Paragraph) -> (Option<Figure>, Option<String>) {
        let Some(address) = paragraph.figure.as_deref() else { return (None, None) };
        let Some(carried) = pictures::carried(address) else {
            return (None, links::harmless(address, self.prose.manuscript));
        };
        let name = format!("figure-{}", self.pictures.len());
        let alternative = text::line(&paragraph.text);
        let made = carried.and_then(|bytes| pictures::of_bytes(&name, &bytes, &alternative));
        let place = format!("the picture of the figure “{}”", text::beginning(&paragraph.text, 60));
        (self.kept(made, &place), None)
    }

    fn kept(&mut self, made: Result<(Picture, Figure), String>, place: &str) -> Option<Figure> {
        match made {
            Ok((picture, figure)) => {
                self.pictures.push(picture);
                Some(figure)
            }
            Err(fault) => {
                self.warnings.push(format!("{place} was left out: {fault}."));
                None
            }
        }
    }
}
