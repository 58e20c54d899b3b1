//! XML of a document to paragraphs of pieces, tracked changes as if all were accepted.

use super::MAX_DEPTH;
use super::relations::Links;
use super::styles::Styles;
use crate::Error;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;
use std::rc::Rc;

/// Which list a note stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Footnote,
    Endnote,
}

/// What a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    Text(String),
    Break,
    Note(Kind, String),
}

/// A stretch of a paragraph with one look.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub what: What,
    pub bold: bool,
    pub italic: bool,
    pub raised: bool,
    pub link: Option<Rc<str>>,
}

/// A cell of a table: the table, its row, its column; `wide` where the table has several columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    pub table: usize,
    pub row: usize,
    pub column: usize,
    pub wide: bool,
}

/// A paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct Paragraph {
    pub pieces: Vec<Piece>,
    pub heading: Option<u8>,
    pub list: bool,
    pub caption: bool,
    pub byline: bool,
    pub cell: Option<Cell>,
    /// Its end was deleted: the next paragraph continues it.
    pub goes_on: bool,
    /// The note it belongs to, in the parts of notes.
    pub note: Option<String>,
    style: Option<String>,
}

/// The paragraphs of a part, and what was not taken.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub paragraphs: Vec<Paragraph>,
    deletions: usize,
    insertions: usize,
}

impl Body {
    pub(super) fn left_out(&self) -> Vec<String> {
        let of = |count: usize, words: &str| (count > 0).then(|| format!("{count} tracked {words}"));
        let deleted = of(self.deletions, "deletions, whose text was left out");
        deleted.into_iter().chain(of(self.insertions, "insertions, which were taken as accepted")).collect()
    }
}

/// The paragraphs of each note.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub by_id: HashMap<(Kind, String), Vec<Paragraph>>,
}

impl Notes {
    pub(super) fn add(&mut self, kind: Kind, part: &str, styles: &Styles, links: &Links) -> Result<(), Error> {
        for paragraph in paragraphs(part, styles, links)?.paragraphs {
            if let Some(id) = paragraph.note.clone() {
                self.by_id.entry((kind, id)).or_default().push(paragraph);
            }
        }
        Ok(())
    }
}

/// Calls `take` with each event of an XML text and its depth; empty elements come as a start and an end.
pub(super) fn events(part: &str, mut take: impl FnMut(&Event<'_>, usize) -> Result<(), Error>) -> Result<(), Error> {
    let mut reader = Reader::from_str(part);
    reader.config_mut().expand_empty_elements = true;
    let damaged = |at: u64, what: &str| {
        let line =
            part.as_bytes().iter().take(usize::try_from(at).unwrap_or(usize::MAX)).filter(|b| **b == b'\n').count();
        let message = format!("the document is damaged (line {} of its XML: {what})", line + 1);
        Error::Document { message, hint: "open it in a word processor, save it again and try again".to_owned() }
    };
    let mut depth = 0;
    loop {
        let event = reader.read_event().map_err(|error| damaged(reader.error_position(), &error.to_string()))?;
        match &event {
            Event::Eof if depth > 0 => return Err(damaged(reader.buffer_position(), "it breaks off")),
            Event::Eof => return Ok(()),
            Event::DocType(_) => {
                return Err(damaged(reader.buffer_position(), "it declares entities, which no document does"));
            }
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(Error::TooDeep { line: 1, limit: MAX_DEPTH });
        }
        take(&event, depth)?;
    }
}

/// The value of an attribute, whatever its prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found =
        element.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name.as_bytes())?;
    let raw = std::str::from_utf8(&found.value).ok()?;
    Some(quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_owned(), |value| value.into_owned()))
}

/// Whether an element that switches something on does so.
pub(super) fn is_on(element: &BytesStart<'_>) -> bool {
    !matches!(attribute(element, "val").as_deref(), Some("0" | "false" | "off" | "none"))
}

/// The paragraphs of a part in reading order.
pub(super) fn paragraphs(part: &str, styles: &Styles, links: &Links) -> Result<Body, Error> {
    let mut walk = Walk::new(styles, links);
    events(part, |event, _| {
        walk.take(event);
        Ok(())
    })?;
    Ok(walk.body)
}

/// A field of Word: its instruction, then what it shows.
#[derive(Default)]
struct Field {
    instruction: String,
    shows: bool,
    link: Option<Rc<str>>,
}

#[derive(Default, Clone)]
struct Look {
    bold: bool,
    italic: bool,
    raised: bool,
}

#[derive(Default)]
struct Table {
    number: usize,
    columns: usize,
    row: usize,
    column: usize,
    deleted: bool,
}

struct Walk<'a> {
    styles: &'a Styles,
    links: &'a Links,
    body: Body,
    open: Vec<Paragraph>,
    look: Look,
    /// Elements within one whose content is not taken.
    skipped: usize,
    /// Names of the properties that are open: `pPr`, `rPr`, `trPr`.
    properties: Vec<&'static str>,
    hyperlinks: Vec<Option<Rc<str>>>,
    fields: Vec<Field>,
    tables: Vec<Table>,
    tables_seen: usize,
    note: Option<String>,
    text: bool,
    instruction: bool,
}

impl<'a> Walk<'a> {
    fn new(styles: &'a Styles, links: &'a Links) -> Self {
        Self {
            styles,
            links,
            body: Body::default(),
            open: Vec::new(),
            look: Look::default(),
            skipped: 0,
            properties: Vec::new(),
            hyperlinks: Vec::new(),
            fields: Vec::new(),
            tables: Vec::new(),
            tables_seen: 0,
            note: None,
            text: false,
            instruction: false,
        }
    }

    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(_) if self.skipped > 0 => self.skipped += 1,
            Event::End(_) if self.skipped > 0 => self.skipped -= 1,
            Event::Start(element) => self.start(element),
            Event::End(element) => self.end(element.local_name().as_ref()),
            Event::Text(text) => self.characters(&text.decode().unwrap_or_default()),
            Event::CData(text) => self.characters(&text.decode().unwrap_or_default()),
            Event::GeneralRef(reference) => {
                let plain = match reference.decode().unwrap_or_default().as_ref() {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => reference.resolve_char_ref().ok().flatten(),
                };
                if let Some(c) = plain {
                    self.characters(c.encode_utf8(&mut [0; 4]));
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) {
        let name = element.local_name();
        match name.as_ref() {
            b"pPrChange" | b"rPrChange" | b"tblPrChange" | b"trPrChange" | b"tcPrChange" | b"sectPrChange"
            | b"Fallback" | b"sectPr" | b"tblPrExChange" => self.skipped = 1,
            b"del" | b"moveFrom" => self.deleted(),
            b"ins" | b"moveTo" => self.body.insertions += 1,
            b"pPr" => self.properties.push("pPr"),
            b"rPr" => self.properties.push("rPr"),
            b"trPr" => self.properties.push("trPr"),
            b"p" => self.paragraph(),
            b"r" => self.look = self.look_of_style(),
            b"t" => self.text = true,
            b"instrText" => self.instruction = true,
            b"delText" | b"delInstrText" => self.skipped = 1,
            b"tab" | b"ptab" if !self.in_properties() => self.characters_always(" "),
            b"br" | b"cr" => self.piece(What::Break),
            b"noBreakHyphen" => self.characters_always("-"),
            b"footnoteReference" => self.note_reference(Kind::Footnote, element),
            b"endnoteReference" => self.note_reference(Kind::Endnote, element),
            b"hyperlink" => {
                let link =
                    attribute(element, "id").and_then(|id| self.links.get(&id)).map(|url| Rc::from(url.as_str()));
                self.hyperlinks.push(link);
            }
            b"fldSimple" => {
                let link = attribute(element, "instr").and_then(|instruction| hyperlink(&instruction));
                self.hyperlinks.push(link);
            }
            b"fldChar" => self.field(attribute(element, "fldCharType").as_deref()),
            b"tbl" => {
                self.tables_seen += 1;
                self.tables.push(Table { number: self.tables_seen, ..Table::default() });
            }
            b"footnote" | b"endnote" => {
                let separator = attribute(element, "type").is_some_and(|kind| kind != "normal");
                self.note = attribute(element, "id").filter(|_| !separator);
            }
            other => self.property(other, element),
        }
    }

    /// Something that was deleted: a stretch of text, a paragraph's end, a table's row.
    fn deleted(&mut self) {
        match (self.properties.first(), self.open.last_mut(), self.tables.last_mut()) {
            (Some(&"pPr"), Some(paragraph), _) => paragraph.goes_on = true,
            (Some(&"trPr"), _, Some(table)) => table.deleted = true,
            (Some(_), ..) => {}
            (None, ..) => {
                self.body.deletions += 1;
                self.skipped = 1;
            }
        }
    }

    fn in_properties(&self) -> bool {
        !self.properties.is_empty()
    }

    fn property(&mut self, name: &[u8], element: &BytesStart<'_>) {
        let value = || attribute(element, "val");
        let own = self.properties.first() == Some(&"rPr");
        match (name, self.tables.last_mut(), self.open.last_mut()) {
            (b"gridCol", Some(table), _) => table.columns += 1,
            (b"tr", Some(table), _) => {
                table.row += 1;
                (table.column, table.deleted) = (0, false);
            }
            (b"tc", Some(table), _) => table.column += 1,
            (b"pStyle", _, Some(paragraph)) => {
                if let Some(style) = value() {
                    paragraph.heading = self.styles.heading(&style);
                    paragraph.list = self.styles.is_list(&style);
                    paragraph.caption = self.styles.is_caption(&style);
                    paragraph.byline = self.styles.is_byline(&style);
                    paragraph.style = Some(style);
                }
            }
            (b"numId", _, Some(paragraph)) => paragraph.list = value().is_some_and(|id| id != "0"),
            (b"outlineLvl", _, Some(paragraph)) => {
                let level = value().and_then(|level| level.parse::<u8>().ok()).filter(|level| *level < 9);
                paragraph.heading = level.map(|level| level + 2).or(paragraph.heading);
            }
            (b"b" | b"bCs", ..) if own => self.look.bold = is_on(element),
            (b"i" | b"iCs", ..) if own => self.look.italic = is_on(element),
            (b"vertAlign", ..) if own => self.look.raised = value().as_deref() == Some("superscript"),
            (b"rStyle", ..) if own => {
                if let Some(style) = value() {
                    self.look.bold |= self.styles.bold(&style);
                    self.look.italic |= self.styles.italic(&style);
                    self.look.raised |= self.styles.raised(&style);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"pPr" | b"rPr" | b"trPr" => drop(self.properties.pop()),
            b"t" => self.text = false,
            b"instrText" => self.instruction = false,
            b"r" => self.look = Look::default(),
            b"hyperlink" | b"fldSimple" => drop(self.hyperlinks.pop()),
            b"tbl" => drop(self.tables.pop()),
            b"footnote" | b"endnote" => self.note = None,
            b"p" => {
                let gone = self.tables.last().is_some_and(|table| table.deleted);
                if let Some(paragraph) = self.open.pop().filter(|_| !gone) {
                    self.body.paragraphs.push(paragraph);
                }
            }
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        let cell = self.tables.last().map(|table| Cell {
            table: table.number,
            row: table.row,
            column: table.column,
            wide: table.columns > 1,
        });
        self.open.push(Paragraph { cell, note: self.note.clone(), ..Paragraph::default() });
    }

    fn look_of_style(&self) -> Look {
        let style = self.open.last().and_then(|paragraph| paragraph.style.as_deref());
        let said = |of: &dyn Fn(&str) -> bool| style.is_some_and(of);
        Look {
            bold: said(&|style| self.styles.bold(style)),
            italic: said(&|style| self.styles.italic(style)),
            raised: false,
        }
    }

    fn note_reference(&mut self, kind: Kind, element: &BytesStart<'_>) {
        if let Some(id) = attribute(element, "id") {
            self.piece(What::Note(kind, id));
        }
    }

    fn characters(&mut self, text: &str) {
        if self.skipped > 0 {
            return;
        }
        if self.instruction
            && let Some(field) = self.fields.last_mut()
        {
            field.instruction.push_str(text);
        } else if self.text {
            self.characters_always(text);
        }
    }

    fn characters_always(&mut self, text: &str) {
        let link = self.link();
        let look = self.look.clone();
        if let Some(last) = self.open.last_mut().and_then(|paragraph| paragraph.pieces.last_mut())
            && (last.bold, last.italic, last.raised) == (look.bold, look.italic, look.raised)
            && last.link == link
            && let What::Text(before) = &mut last.what
        {
            return before.push_str(text);
        }
        self.piece(What::Text(text.to_owned()));
    }

    fn link(&self) -> Option<Rc<str>> {
        let field = self.fields.iter().rev().find_map(|field| field.link.clone().filter(|_| field.shows));
        self.hyperlinks.iter().rev().find_map(Clone::clone).or(field)
    }

    fn piece(&mut self, what: What) {
        let (link, look) = (self.link(), self.look.clone());
        // A field's instruction is no text of the document.
        let hidden = self.fields.iter().any(|field| !field.shows);
        if let Some(paragraph) = self.open.last_mut().filter(|_| !hidden) {
            paragraph.pieces.push(Piece { what, bold: look.bold, italic: look.italic, raised: look.raised, link });
        }
    }

    fn field(&mut self, kind: Option<&str>) {
        match kind {
            Some("begin") if self.fields.len() < MAX_DEPTH => self.fields.push(Field::default()),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.shows = true;
                    field.link = hyperlink(&field.instruction);
                }
            }
            Some("end") => drop(self.fields.pop()),
            _ => {}
        }
    }
}

/// The address of a field's instruction: `HYPERLINK "https://example.org"`.
fn hyperlink(instruction: &str) -> Option<Rc<str>> {
    let rest = instruction.trim_start().strip_prefix("HYPERLINK")?.trim_start();
    let address =
        rest.strip_prefix('"').and_then(|rest| rest.split('"').next()).or_else(|| rest.split_whitespace().next())?;
    address.contains("://").then(|| Rc::from(address))
}
