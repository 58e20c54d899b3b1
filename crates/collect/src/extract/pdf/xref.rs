//! Where a file's objects stand: its cross-reference tables and streams, newest first (ISO 32000-1, 7.5.4 and 7.5.8), or a
//! search through the file where they are broken.

use super::file::{File, Place};
use super::object::{Dict, Lexer, Value};
use std::collections::HashSet;

/// Tables of one file, at most: each save adds one.
const MOST_TABLES: usize = 256;

/// Objects of one file, at most.
const MOST_OBJECTS: usize = 1_000_000;

/// Reads the tables that the file's end points to. False where there is none to be read.
pub(super) fn by_tables(file: &mut File<'_>) -> bool {
    let tail = file.bytes.len().saturating_sub(2_048);
    let Some(found) = memchr::memmem::rfind(&file.bytes[tail..], b"startxref") else { return false };
    let mut lexer = Lexer::of_file(file.bytes, tail + found + b"startxref".len());
    let mut next = lexer.next().and_then(|value| value.count());
    let mut seen = HashSet::new();
    let mut any = false;
    while let Some(at) = next.filter(|at| *at < file.bytes.len() && seen.insert(*at) && seen.len() <= MOST_TABLES) {
        let Some(trailer) = section(file, at) else { break };
        any = true;
        // A table may have a stream beside it with the objects that older readers don't see.
        if let Some(beside) = trailer.get(b"XRefStm".as_slice()).and_then(Value::count).filter(|at| seen.insert(*at)) {
            stream(file, beside);
        }
        next = trailer.get(b"Prev".as_slice()).and_then(Value::count);
        keep(file, trailer);
    }
    any
}

/// Keeps what newer trailers have not said.
fn keep(file: &mut File<'_>, trailer: Dict) {
    for (key, value) in trailer {
        file.trailer.entry(key).or_insert(value);
    }
}

fn place(file: &mut File<'_>, number: usize, place: Place) {
    if let (Ok(number), true) = (u32::try_from(number), file.places.len() < MOST_OBJECTS) {
        file.places.entry(number).or_insert(place);
    }
}

fn section(file: &mut File<'_>, at: usize) -> Option<Dict> {
    let mut lexer = Lexer::of_file(file.bytes, at);
    lexer.skip_white();
    if file.bytes[lexer.at..].starts_with(b"xref") { table(file, lexer.at + 4) } else { stream(file, at) }
}

fn table(file: &mut File<'_>, at: usize) -> Option<Dict> {
    let mut lexer = Lexer::of_file(file.bytes, at);
    loop {
        let first = lexer.next()?;
        if first.is_word(b"trailer") {
            return lexer.next()?.dict().map(|dict| dict.as_ref().clone());
        }
        let (mut start, count) = (first.count()?, lexer.next()?.count()?);
        for index in 0..count.min(MOST_OBJECTS) {
            let before = lexer.clone();
            let offset = lexer.next()?;
            if offset.is_word(b"trailer") {
                lexer = before;
                break;
            }
            let (offset, generation, kind) = (offset.count()?, lexer.next()?.count()?, lexer.next()?);
            // Some writers count the first free entry as object one.
            if index == 0 && start == 1 && generation == 65_535 && kind.is_word(b"f") {
                start = 0;
            }
            if kind.is_word(b"n") && offset > 0 {
                place(file, start.checked_add(index)?, Place::At(offset));
            }
        }
    }
}

fn stream(file: &mut File<'_>, at: usize) -> Option<Dict> {
    let (_, value) = file.at(at)?;
    let dict = value.dict()?.as_ref().clone();
    if file.entry(&dict, b"Type").name() != Some(b"XRef") {
        return None;
    }
    let bytes = file.unpack(&value)?;
    let widths: Vec<usize> =
        file.entry(&dict, b"W").list().iter().map(|width| width.count().unwrap_or(0).min(8)).collect();
    let &[kind, second, third] = widths.as_slice() else { return None };
    let size = kind + second + third;
    if size == 0 {
        return None;
    }
    let whole = Value::List(std::rc::Rc::new(vec![Value::Number(0.0), Value::Number((bytes.len() / size) as f64)]));
    let index = match file.entry(&dict, b"Index") {
        Value::Null => whole,
        index => index,
    };
    let mut rows = bytes.chunks_exact(size);
    for range in index.list().chunks_exact(2) {
        let (start, count) = (range[0].count()?, range[1].count()?);
        for (offset, row) in (0..count).zip(&mut rows) {
            let field = |from: usize, width: usize| {
                row[from..from + width].iter().fold(0_u64, |value, byte| (value << 8) | u64::from(*byte))
            };
            let number = start.checked_add(offset)?;
            let first = field(kind, second);
            match if kind == 0 { 1 } else { field(0, kind) } {
                1 => place(file, number, Place::At(usize::try_from(first).ok()?)),
                2 => place(file, number, Place::Within(u32::try_from(first).ok()?)),
                _ => {}
            }
        }
    }
    Some(dict)
}

/// Looks for objects through the whole file; where one was written again, the last counts.
pub(super) fn by_search(file: &mut File<'_>) {
    let bytes = file.bytes;
    for found in memchr::memmem::find_iter(bytes, b"obj").take(MOST_OBJECTS) {
        if let Some((number, at)) = header(bytes, found) {
            file.places.insert(number, Place::At(at));
        }
    }
    let mut trailers: Vec<Dict> = Vec::new();
    for found in memchr::memmem::find_iter(bytes, b"trailer").take(MOST_TABLES) {
        let dict = Lexer::of_file(bytes, found + b"trailer".len()).next();
        trailers.extend(dict.as_ref().and_then(Value::dict).map(|dict| dict.as_ref().clone()));
    }
    let mut numbers: Vec<u32> = file.places.keys().copied().collect();
    numbers.sort_unstable();
    let mut catalogue = None;
    for number in numbers {
        let value = file.follow(&Value::Reference(number));
        let Some(dict) = value.dict() else { continue };
        match (dict.get(b"Type".as_slice()).and_then(Value::name), &value) {
            (Some(b"XRef"), Value::Stream(..)) => trailers.push(dict.as_ref().clone()),
            (Some(b"ObjStm"), Value::Stream(..)) => {
                for inner in file.numbers_within(number) {
                    place(file, inner as usize, Place::Within(number));
                }
            }
            (Some(b"Catalog"), _) => catalogue = Some(number),
            _ => {}
        }
        if file.within_bounds().is_err() {
            return;
        }
    }
    file.trailer.clear();
    for trailer in trailers.into_iter().rev() {
        keep(file, trailer);
    }
    if file.catalogue().dict().is_none() {
        let hidden = file.places.keys().copied().find(|number| {
            let value = file.follow(&Value::Reference(*number));
            value.dict().is_some_and(|dict| dict.get(b"Type".as_slice()).and_then(Value::name) == Some(b"Catalog"))
        });
        if let Some(number) = catalogue.or(hidden) {
            file.trailer.insert(b"Root".to_vec(), Value::Reference(number));
        }
    }
}

/// The number of an object whose `obj` stands at a place, and where its header begins.
fn header(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    let back = |mut at: usize, keep: fn(&u8) -> bool| {
        while at > 0 && keep(&bytes[at - 1]) {
            at -= 1;
        }
        at
    };
    let after_generation = back(at, u8::is_ascii_whitespace);
    let generation = back(after_generation, u8::is_ascii_digit);
    let after_number = back(generation, u8::is_ascii_whitespace);
    let number = back(after_number, u8::is_ascii_digit);
    if generation == after_generation || after_number == generation || after_number - number > 10 {
        return None;
    }
    let written = std::str::from_utf8(bytes.get(number..after_number)?).ok()?;
    Some((written.parse().ok()?, number))
}
