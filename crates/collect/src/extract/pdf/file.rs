//! A PDF file: where its objects stand, and each of them read when it is asked for. What is read and unpacked is metered;
//! a file that wants more than a document can need is given up.

use super::filters::{self, Fault};
use super::object::{Dict, Lexer, Value};
use super::xref;
use crate::extract::Error;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// Bytes of objects that are read, in all.
const READ: usize = 32 * 1024 * 1024;

/// Bytes that are looked through for an end or a beginning, in all.
const SOUGHT: usize = 1024 * 1024 * 1024;

/// Bytes that streams unpack to, in all.
const UNPACKED: usize = 256 * 1024 * 1024;

/// What a drawing counts for, beside the bytes that it unpacks to.
const DRAWING: usize = 16 * 1024;

/// Bytes that one stream unpacks to.
const LARGEST_STREAM: usize = 64 * 1024 * 1024;

/// Bytes of unpacked streams of objects that are kept, in all.
const KEPT: usize = 64 * 1024 * 1024;

/// Objects that must be read to read one.
const DEEPEST: usize = 16;

/// Where an object stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    At(usize),
    /// In a stream of objects.
    Within(u32),
}

/// A stream of objects, unpacked.
struct Packed {
    bytes: Vec<u8>,
    places: HashMap<u32, usize>,
}

pub(super) struct File<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) places: HashMap<u32, Place>,
    pub(super) trailer: Dict,
    objects: RefCell<HashMap<u32, Value>>,
    packed: RefCell<HashMap<u32, Option<Rc<Packed>>>>,
    depth: Cell<usize>,
    read: Cell<usize>,
    sought: Cell<usize>,
    unpacked: Cell<usize>,
    kept: Cell<usize>,
    exhausted: Cell<bool>,
}

impl<'a> File<'a> {
    /// Finds the objects of a file: by its tables, or by looking for them where these are broken.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        let head = memchr::memmem::find(&bytes[..bytes.len().min(1024)], b"%PDF-").unwrap_or(0);
        let mut file = Self {
            bytes: &bytes[head..],
            places: HashMap::new(),
            trailer: Dict::new(),
            objects: RefCell::default(),
            packed: RefCell::default(),
            depth: Cell::default(),
            read: Cell::default(),
            sought: Cell::default(),
            unpacked: Cell::default(),
            kept: Cell::default(),
            exhausted: Cell::default(),
        };
        let found = xref::by_tables(&mut file) && file.has_pages();
        if !found && !file.is_encrypted() {
            file.rebuild();
        }
        file.within_bounds()?;
        if file.is_encrypted() {
            return Err(Error::Encrypted);
        }
        if file.has_pages() { Ok(file) } else { Err(Error::Damaged("it has no pages that can be found".to_owned())) }
    }

    fn rebuild(&mut self) {
        self.places.clear();
        self.objects.borrow_mut().clear();
        self.packed.borrow_mut().clear();
        xref::by_search(self);
    }

    fn is_encrypted(&self) -> bool {
        self.trailer.get(b"Encrypt".as_slice()).is_some_and(|value| *value != Value::Null)
    }

    fn has_pages(&self) -> bool {
        self.pages().dict().is_some_and(|pages| {
            self.entry(pages, b"Kids") != Value::Null || self.entry(pages, b"Type").name() == Some(b"Page")
        })
    }

    /// The document's catalogue.
    pub(super) fn catalogue(&self) -> Value {
        self.entry(&self.trailer, b"Root")
    }

    /// The root of the tree of pages.
    pub(super) fn pages(&self) -> Value {
        self.catalogue().dict().map_or(Value::Null, |root| self.entry(root, b"Pages"))
    }

    /// An error where the file wanted more than is read of any.
    pub(super) fn within_bounds(&self) -> Result<(), Error> {
        if self.exhausted.get() { Err(Error::TooLarge) } else { Ok(()) }
    }

    fn spend(&self, meter: &Cell<usize>, amount: usize, most: usize) -> bool {
        let spent = meter.get().saturating_add(amount);
        meter.set(spent);
        if spent > most {
            self.exhausted.set(true);
        }
        !self.exhausted.get()
    }

    /// The value of a key, references followed.
    pub(super) fn entry(&self, dict: &Dict, key: &[u8]) -> Value {
        dict.get(key).map_or(Value::Null, |value| self.follow(value))
    }

    /// What a value refers to; itself where it is no reference.
    pub(super) fn follow(&self, value: &Value) -> Value {
        let mut value = value.clone();
        for _ in 0..DEEPEST {
            let Value::Reference(number) = value else { return value };
            value = self.object(number);
        }
        Value::Null
    }

    fn object(&self, number: u32) -> Value {
        if let Some(known) = self.objects.borrow().get(&number) {
            return known.clone();
        }
        if self.depth.get() >= DEEPEST || self.exhausted.get() {
            return Value::Null;
        }
        self.depth.set(self.depth.get() + 1);
        let value = match self.places.get(&number) {
            Some(Place::At(at)) => self.at(*at).filter(|(found, _)| *found == number).map(|(_, value)| value),
            Some(Place::Within(stream)) if *stream != number => self.within(*stream, number),
            _ => None,
        };
        self.depth.set(self.depth.get() - 1);
        let value = value.unwrap_or(Value::Null);
        self.objects.borrow_mut().insert(number, value.clone());
        value
    }

    /// The object that is written at a place, with its number.
    pub(super) fn at(&self, at: usize) -> Option<(u32, Value)> {
        let mut lexer = Lexer::of_file(self.bytes, at);
        let number = lexer.next()?.count()?;
        lexer.next()?.count()?;
        if !lexer.next()?.is_word(b"obj") {
            return None;
        }
        let value = lexer.next()?;
        if !self.spend(&self.read, lexer.at - at, READ) {
            return None;
        }
        let number = u32::try_from(number).ok()?;
        let Value::Dict(dict) = &value else { return Some((number, value)) };
        lexer.skip_white();
        if !self.bytes[lexer.at..].starts_with(b"stream") {
            return Some((number, value));
        }
        let mut start = lexer.at + b"stream".len();
        if self.bytes.get(start) == Some(&b'\r') {
            start += 1;
        }
        if self.bytes.get(start) == Some(&b'\n') {
            start += 1;
        }
        Some((number, Value::Stream(Rc::clone(dict), start..self.end_of_stream(dict, start)?)))
    }

    /// Where a stream ends: as its length says, if its end is written there, else where its end is written.
    fn end_of_stream(&self, dict: &Dict, start: usize) -> Option<usize> {
        let told = self.entry(dict, b"Length").count().and_then(|length| start.checked_add(length));
        if let Some(end) = told.filter(|end| *end <= self.bytes.len()) {
            let after = &self.bytes[end..(end + 16).min(self.bytes.len())];
            if memchr::memmem::find(after, b"endstream").is_some() {
                return Some(end);
            }
        }
        let rest = self.bytes.get(start..)?;
        let length = memchr::memmem::find(rest, b"endstream").unwrap_or(rest.len());
        self.spend(&self.sought, length, SOUGHT).then_some(start + length)
    }

    fn within(&self, stream: u32, number: u32) -> Option<Value> {
        let packed = self.packed(stream)?;
        let at = *packed.places.get(&number)?;
        let mut lexer = Lexer::of_file(&packed.bytes, at);
        let value = lexer.next()?;
        self.spend(&self.read, lexer.at.saturating_sub(at), READ).then_some(value)
    }

    fn packed(&self, number: u32) -> Option<Rc<Packed>> {
        if let Some(known) = self.packed.borrow().get(&number) {
            return known.clone();
        }
        let packed = self.open_packed(number).map(Rc::new);
        self.packed.borrow_mut().insert(number, packed.clone());
        packed
    }

    fn open_packed(&self, number: u32) -> Option<Packed> {
        let stream = self.object(number);
        let bytes = self.unpack(&stream)?;
        if !self.spend(&self.kept, bytes.len(), KEPT) {
            return None;
        }
        let dict = stream.dict()?;
        let first = self.entry(dict, b"First").count()?;
        let mut lexer = Lexer::of_content(bytes.get(..first)?);
        let mut places = HashMap::new();
        while let (Some(number), Some(at)) = (lexer.next(), lexer.next()) {
            let (Some(number), Some(at)) = (number.count(), at.count()) else { break };
            if let (Ok(number), true) = (u32::try_from(number), first + at < bytes.len()) {
                places.insert(number, first + at);
            }
        }
        Some(Packed { bytes, places })
    }

    /// Numbers of the objects in a stream of objects.
    pub(super) fn numbers_within(&self, stream: u32) -> Vec<u32> {
        self.packed(stream).map(|packed| packed.places.keys().copied().collect()).unwrap_or_default()
    }

    /// Meters a drawing that is drawn once more, however small it is. False where no more are drawn.
    pub(super) fn draws(&self) -> bool {
        self.spend(&self.unpacked, DRAWING, UNPACKED)
    }

    /// The bytes of a stream, unpacked; nothing for pictures and what is packed in an unknown way.
    pub(super) fn unpack(&self, stream: &Value) -> Option<Vec<u8>> {
        let Value::Stream(dict, range) = stream else { return None };
        let packed = self.bytes.get(range.clone())?;
        let filter = self.either(dict, b"Filter", b"F");
        let names: Vec<Vec<u8>> = match &filter {
            Value::Name(name) => vec![name.clone()],
            list => list.list().iter().filter_map(|name| self.follow(name).name().map(<[u8]>::to_vec)).collect(),
        };
        let parameters: Vec<Value> = match self.either(dict, b"DecodeParms", b"DP") {
            Value::List(list) => list.iter().map(|one| self.follow(one)).collect(),
            one => vec![one],
        };
        let parameters: Vec<Option<&Dict>> = parameters.iter().map(|one| one.dict().map(Rc::as_ref)).collect();
        let left = UNPACKED.saturating_sub(self.unpacked.get()).min(LARGEST_STREAM);
        match filters::unpack(packed, &names, &parameters, left) {
            Ok(bytes) => self.spend(&self.unpacked, bytes.len(), UNPACKED).then_some(bytes),
            Err(Fault::TooLarge) => {
                self.exhausted.set(true);
                None
            }
            Err(Fault::Unknown) => None,
        }
    }

    fn either(&self, dict: &Dict, key: &[u8], short: &[u8]) -> Value {
        match self.entry(dict, key) {
            Value::Null => self.entry(dict, short),
            value => value,
        }
    }
}
