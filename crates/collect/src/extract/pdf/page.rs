//! What stands on a page: its glyphs with their places, from the operators of its content (ISO 32000-1, 9).

use super::file::File;
use super::fonts::Font;
use super::object::{Dict, Lexer, Value};
use std::collections::HashMap;
use std::rc::Rc;

/// Glyphs of one page, at most.
const MOST_GLYPHS: usize = 200_000;

/// Drawings inside one another, at most.
const DEEPEST: usize = 12;

/// States put by, at most.
const MOST_STATES: usize = 256;

/// Operands of one operator, at most.
const MOST_OPERANDS: usize = 1_024;

/// Transforms a point: `(ax + cy + e, bx + dy + f)`.
pub(super) type Matrix = [f64; 6];

pub(super) const UNMOVED: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// First `a`, then `b`.
pub(super) fn then(a: &Matrix, b: &Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

/// A glyph on a page: its place before the page is turned.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    pub(super) text: String,
    /// Where it begins and ends on its baseline.
    pub(super) from: (f64, f64),
    pub(super) to: (f64, f64),
    pub(super) size: f64,
    pub(super) bold: bool,
    /// What the file itself calls no part of the text: running heads, page numbers, ornaments.
    pub(super) artifact: bool,
}

#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    character_space: f64,
    word_space: f64,
    scale: f64,
    leading: f64,
    rise: f64,
}

/// What a marked part of the content is.
enum Marked {
    Plain,
    Artifact,
    /// Its words as the file gives them, and the glyph that carries them.
    Words(String, Option<usize>),
}

/// Fonts of a document, by the number of their object.
pub(super) type Fonts = HashMap<u32, Rc<Font>>;

pub(super) struct Reader<'f, 'a> {
    file: &'f File<'a>,
    fonts: &'f mut Fonts,
    pub(super) glyphs: Vec<Glyph>,
    state: State,
    states: Vec<State>,
    text: Matrix,
    line: Matrix,
    marked: Vec<Marked>,
    depth: usize,
    /// Glyphs whose meaning the file doesn't say.
    pub(super) unknown: usize,
}

impl<'f, 'a> Reader<'f, 'a> {
    pub(super) fn new(file: &'f File<'a>, fonts: &'f mut Fonts) -> Self {
        let state = State {
            matrix: UNMOVED,
            font: None,
            size: 1.0,
            character_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        Self {
            file,
            fonts,
            glyphs: Vec::new(),
            state,
            states: Vec::new(),
            text: UNMOVED,
            line: UNMOVED,
            marked: Vec::new(),
            depth: 0,
            unknown: 0,
        }
    }

    /// Reads the content of a page.
    pub(super) fn page(&mut self, page: &Dict, resources: &Value) {
        let contents = self.file.entry(page, b"Contents");
        let mut bytes = Vec::new();
        let parts = if contents.list().is_empty() { std::slice::from_ref(&contents) } else { contents.list() };
        for part in parts {
            bytes.extend(self.file.unpack(&self.file.follow(part)).unwrap_or_default());
            bytes.push(b'\n');
            if self.file.within_bounds().is_err() {
                return;
            }
        }
        self.run(&bytes, resources);
    }

    fn run(&mut self, bytes: &[u8], resources: &Value) {
        let mut lexer = Lexer::of_content(bytes);
        let mut operands: Vec<Value> = Vec::new();
        while let Some(value) = lexer.next() {
            let Value::Word(operator) = value else {
                if operands.len() < MOST_OPERANDS {
                    operands.push(value);
                }
                continue;
            };
            if operator == b"BI" {
                skip_picture(bytes, &mut lexer);
            } else {
                self.operate(&operator, &operands, resources);
            }
            operands.clear();
            if self.glyphs.len() >= MOST_GLYPHS {
                return;
            }
        }
    }

    fn operate(&mut self, operator: &[u8], operands: &[Value], resources: &Value) {
        let number = |index: usize| operands.get(index).and_then(Value::number).unwrap_or(0.0);
        match operator {
            b"q" if self.states.len() < MOST_STATES => self.states.push(self.state.clone()),
            b"Q" => self.state = self.states.pop().unwrap_or_else(|| self.state.clone()),
            b"cm" => {
                if let Some(matrix) = matrix(operands) {
                    self.state.matrix = then(&matrix, &self.state.matrix);
                }
            }
            b"BT" => (self.text, self.line) = (UNMOVED, UNMOVED),
            b"Tf" => {
                self.state.size = number(1);
                self.state.font = operands.first().and_then(Value::name).and_then(|name| self.font(resources, name));
            }
            b"Tc" => self.state.character_space = number(0),
            b"Tw" => self.state.word_space = number(0),
            b"Tz" => self.state.scale = number(0) / 100.0,
            b"TL" => self.state.leading = number(0),
            b"Ts" => self.state.rise = number(0),
            b"Td" => self.next_line(number(0), number(1)),
            b"TD" => {
                self.state.leading = -number(1);
                self.next_line(number(0), number(1));
            }
            b"T*" => self.next_line(0.0, -self.state.leading),
            b"Tm" => {
                if let Some(matrix) = matrix(operands) {
                    (self.text, self.line) = (matrix, matrix);
                }
            }
            b"Tj" => self.show(operands.first()),
            b"'" => {
                self.next_line(0.0, -self.state.leading);
                self.show(operands.first());
            }
            b"\"" => {
                (self.state.word_space, self.state.character_space) = (number(0), number(1));
                self.next_line(0.0, -self.state.leading);
                self.show(operands.get(2));
            }
            b"TJ" => self.show_spaced(operands.first()),
            b"Do" => self.draw(resources, operands.first().and_then(Value::name).unwrap_or_default()),
            b"BMC" | b"BDC" => self.begin_marked(operands, resources),
            b"EMC" => drop(self.marked.pop()),
            _ => {}
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = then(&[1.0, 0.0, 0.0, 1.0, x, y], &self.line);
        self.text = self.line;
    }

    fn resource(&self, resources: &Value, kind: &[u8], name: &[u8]) -> Option<Value> {
        let of_kind = self.file.entry(resources.dict()?, kind);
        of_kind.dict()?.get(name).cloned()
    }

    fn font(&mut self, resources: &Value, name: &[u8]) -> Option<Rc<Font>> {
        let value = self.resource(resources, b"Font", name)?;
        if let Value::Reference(number) = value
            && let Some(known) = self.fonts.get(&number)
        {
            return Some(Rc::clone(known));
        }
        let font = Rc::new(Font::read(self.file, self.file.follow(&value).dict()?));
        if let Value::Reference(number) = value {
            self.fonts.insert(number, Rc::clone(&font));
        }
        Some(font)
    }

    fn show_spaced(&mut self, list: Option<&Value>) {
        for part in list.map(Value::list).unwrap_or_default() {
            match part {
                Value::Number(number) => self.advance(-number / 1_000.0 * self.state.size * self.state.scale),
                text => self.show(Some(text)),
            }
        }
    }

    fn advance(&mut self, by: f64) {
        self.text = then(&[1.0, 0.0, 0.0, 1.0, by, 0.0], &self.text);
    }

    fn show(&mut self, text: Option<&Value>) {
        let (Some(Value::Text(bytes)), Some(font)) = (text, self.state.font.clone()) else { return };
        let mut rest = bytes.as_slice();
        while !rest.is_empty() && self.glyphs.len() < MOST_GLYPHS {
            let code = font.next_code(rest);
            rest = &rest[code.length.clamp(1, rest.len())..];
            let meaning = font.meaning(code.code);
            self.unknown += usize::from(meaning.is_none());
            let width = font.width(code.code) / 1_000.0 * self.state.size;
            let space = if code.length == 1 && code.code == 32 { self.state.word_space } else { 0.0 };
            self.set(meaning.unwrap_or_else(|| '\u{fffd}'.into()), width * self.state.scale, font.bold);
            self.advance((width + self.state.character_space + space) * self.state.scale);
        }
    }

    fn set(&mut self, text: String, width: f64, bold: bool) {
        let whole = then(&then(&[1.0, 0.0, 0.0, 1.0, 0.0, self.state.rise], &self.text), &self.state.matrix);
        let from = (whole[4], whole[5]);
        let to = (from.0 + width * whole[0], from.1 + width * whole[1]);
        let size = (whole[2].hypot(whole[3]) * self.state.size).abs();
        if ![from.0, from.1, to.0, to.1, size].iter().all(|number| number.is_finite() && number.abs() < 1e6) {
            return;
        }
        let artifact = self.marked.iter().any(|marked| matches!(marked, Marked::Artifact));
        let place = self.glyphs.len();
        let words = self.marked.iter_mut().rev().find_map(|marked| match marked {
            Marked::Words(words, carrier) => Some((words, carrier)),
            _ => None,
        });
        let text = match words {
            None => text,
            Some((words, carrier @ None)) => {
                *carrier = Some(place);
                std::mem::take(words)
            }
            // The first glyph carries the words of all that stand on its line.
            Some((_, Some(carrier))) => {
                if let Some(first) = self.glyphs.get_mut(*carrier) {
                    let (dx, dy) = (to.0 - first.from.0, to.1 - first.from.1);
                    let along = (first.to.0 - first.from.0, first.to.1 - first.from.1);
                    let across = (dx * along.1 - dy * along.0).abs();
                    if dx * along.0 + dy * along.1 > 0.0 && across <= 0.5 * first.size * along.0.hypot(along.1) {
                        first.to = to;
                    }
                }
                return;
            }
        };
        self.glyphs.push(Glyph { text, from, to, size, bold, artifact });
    }

    fn draw(&mut self, resources: &Value, name: &[u8]) {
        let Some(drawing) = self.resource(resources, b"XObject", name).map(|value| self.file.follow(&value)) else {
            return;
        };
        let Some(dict) = drawing.dict() else { return };
        if self.file.entry(dict, b"Subtype").name() != Some(b"Form") || self.depth >= DEEPEST || !self.file.draws() {
            return;
        }
        let Some(bytes) = self.file.unpack(&drawing) else { return };
        let (state, text, line) = (self.state.clone(), self.text, self.line);
        let (states, marked) = (std::mem::take(&mut self.states), self.marked.len());
        if let Some(matrix) = matrix(self.file.entry(dict, b"Matrix").list()) {
            self.state.matrix = then(&matrix, &self.state.matrix);
        }
        let own = self.file.entry(dict, b"Resources");
        self.depth += 1;
        self.run(&bytes, if own.dict().is_some() { &own } else { resources });
        self.depth -= 1;
        self.marked.truncate(marked);
        (self.states, self.state, self.text, self.line) = (states, state, text, line);
    }

    fn begin_marked(&mut self, operands: &[Value], resources: &Value) {
        if self.marked.len() >= MOST_STATES {
            return;
        }
        if operands.first().and_then(Value::name) == Some(b"Artifact") {
            return self.marked.push(Marked::Artifact);
        }
        let properties = match operands.get(1) {
            Some(Value::Name(name)) => {
                self.resource(resources, b"Properties", name).map_or(Value::Null, |value| self.file.follow(&value))
            }
            Some(value) => value.clone(),
            None => Value::Null,
        };
        let words = properties.dict().and_then(|dict| match self.file.entry(dict, b"ActualText") {
            Value::Text(bytes) => Some(super::about::words(&bytes)),
            _ => None,
        });
        self.marked.push(words.map_or(Marked::Plain, |words| Marked::Words(words, None)));
    }
}

fn matrix(values: &[Value]) -> Option<Matrix> {
    let mut matrix = UNMOVED;
    for (place, value) in matrix.iter_mut().zip(values.get(..6)?) {
        *place = value.number()?;
    }
    Some(matrix)
}

/// Goes on after a picture that stands in the content itself.
fn skip_picture(bytes: &[u8], lexer: &mut Lexer<'_>) {
    let mut at = lexer.at;
    while let Some(found) = memchr::memmem::find(&bytes[at.min(bytes.len())..], b"EI") {
        let (start, end) = (at + found, at + found + 2);
        let white = |at: Option<&u8>| at.is_none_or(u8::is_ascii_whitespace);
        if white(start.checked_sub(1).and_then(|before| bytes.get(before))) && white(bytes.get(end)) {
            lexer.at = end;
            return;
        }
        at = end;
    }
    lexer.at = bytes.len();
}
