//! Editions as files: which files are some, and what is in them, in whatever they are written.

mod written;

use crate::input;
use crate::outcome::Failure;
use crate::wiring;
use jiff::Timestamp;
use jiff::civil::Date;
use sitrep_editions::manuscript::Manuscript;
use sitrep_editions::notes::Cited;
use sitrep_editions::parse::{self, Parsed};
use sitrep_editions::{contract, form, roundtrip};
use sitrep_model::desk::Desk;
use sitrep_model::edition::{Correction, Edition, EditionState};
use std::path::{Path, PathBuf};

/// Endings of files that can be editions.
const ENDINGS: [&str; 11] = ["txt", "text", "html", "htm", "xhtml", "md", "markdown", "docx", "docm", "doc", "json"];

/// The files named; of a folder, and of the folders in it, those that can be editions by their names, in order of path. How
/// many others there are is said.
pub fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        let all = input::expand(std::slice::from_ref(path))?;
        let whole = !path.is_dir();
        let (kept, others): (Vec<PathBuf>, Vec<PathBuf>) = all.into_iter().partition(|file| whole || can_be(file));
        if !others.is_empty() {
            let count = others.len();
            eprintln!("sitrep: {}: {count} files are no editions by their names and were passed over", path.display());
        }
        found.extend(kept);
    }
    Ok(found)
}

fn can_be(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_none_or(|ending| ENDINGS.contains(&ending)) && !name.ends_with(".meta.json") && !name.starts_with('.')
}

/// The day in a file's name.
pub fn date_of(path: &Path) -> Option<Date> {
    path.file_name().and_then(|name| parse::date_in_name(&name.to_string_lossy()))
}

/// What is said of a file in `NAME.meta.json` beside it.
#[derive(Debug, Default)]
pub struct Beside {
    /// Where the page was published.
    pub url: Option<String>,
    /// When it was captured.
    pub captured: Option<Timestamp>,
}

/// Reads `NAME.meta.json` beside `NAME.txt`, where there is one that can be read.
pub fn beside(path: &Path) -> Beside {
    let read = || -> Option<serde_json::Value> {
        let bytes = std::fs::read(path.with_extension("meta.json")).ok().filter(|bytes| bytes.len() < 1024 * 1024)?;
        serde_json::from_slice(&bytes).ok()
    };
    let Some(value) = read() else { return Beside::default() };
    let text = |names: &[&str]| names.iter().find_map(|name| value.get(*name)?.as_str().map(str::to_owned));
    let captured = text(&["captured", "captured_at", "retrieved", "retrieved_at", "retrieved_at_utc"]);
    Beside { url: text(&["url"]), captured: captured.and_then(|time| time.parse().ok()) }
}

/// What a file of an edition holds, as it is written.
enum Written {
    /// The desk's form, or JSON of a desk's edition.
    Kept(Edition),
    /// JSON that this program printed.
    Printed(contract::Edition),
    /// Anything else.
    Other(Parsed),
}

fn written(path: &Path, desk: &Desk, make: &mut dyn FnMut(&str) -> String) -> Result<Written, Failure> {
    let bytes = input::read(path)?;
    let text = std::str::from_utf8(bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(&bytes)).unwrap_or_default();
    if text.trim_start().starts_with('{') && !text.trim_start().starts_with("{\\rtf") {
        return written::json(path, text, desk);
    }
    if form::is_form(text) {
        let read = in_desk_form(text, desk, make).map(Written::Kept);
        return read.map_err(|error| Failure::from(error).of(path));
    }
    let read = parse::parse_near(&bytes, None, date_of(path)).map(Written::Other);
    read.map_err(|error| Failure::from(error).of(path))
}

/// What an edition holds, by the contract.
pub fn contract(path: &Path, desk: &Desk) -> Result<contract::Edition, Failure> {
    Ok(match written(path, desk, &mut |_| String::new())? {
        Written::Kept(edition) => contract::Edition::from(&Manuscript::new(desk, &edition, &Cited::default(), "")),
        Written::Printed(edition) => edition,
        Written::Other(parsed) => contract::Edition::from(&parsed),
    })
}

/// An edition's text again, from what was understood of it.
pub fn again(path: &Path, desk: &Desk) -> Result<String, Failure> {
    Ok(match written(path, desk, &mut |_| String::new())? {
        Written::Kept(edition) => form::write(&edition, desk),
        Written::Printed(edition) => roundtrip::of_contract(&edition),
        Written::Other(parsed) => roundtrip::text(&parsed),
    })
}

/// An edition in whatever it is written: the desk's Markdown form, its JSON, or a text that is understood.
pub fn edition(path: &Path, desk: &Desk) -> Result<Edition, Failure> {
    let (mut paragraphs, mut sentences) = (0, 0);
    // The names that `edition parse` gives: `p3`, and within it `p3.s2`.
    let mut make = |kind: &str| match kind {
        "paragraph" => {
            (paragraphs, sentences) = (paragraphs + 1, 0);
            format!("p{paragraphs}")
        }
        "sentence" => {
            sentences += 1;
            format!("p{paragraphs}.s{sentences}")
        }
        other => other.to_owned(),
    };
    match written(path, desk, &mut make)? {
        Written::Kept(edition) => Ok(edition),
        Written::Printed(edition) => {
            let text = roundtrip::of_contract(&edition);
            let parsed = parse::parse_near(text.as_bytes(), None, edition.date);
            let read = parsed.and_then(|parsed| parsed.into_edition(&desk.id, edition.date, &mut make));
            read.map_err(|error| Failure::from(error).of(path))
        }
        Written::Other(parsed) => {
            let read = parsed.into_edition(&desk.id, date_of(path), &mut make);
            read.map_err(|error| Failure::from(error).of(path))
        }
    }
}

/// The desk's Markdown form; a file that is a correction has it in its list.
fn in_desk_form(
    text: &str,
    desk: &Desk,
    make: &mut dyn FnMut(&str) -> String,
) -> Result<Edition, sitrep_editions::Error> {
    let mut edition = form::read(text, desk, make)?;
    if let Some(correcting) = form::correcting(text)? {
        let at = correcting.at.or(edition.published).unwrap_or_else(wiring::now);
        edition.state = EditionState::Corrected;
        edition.corrections.push(Correction { at, note: correcting.note, replaces_version: 1 });
    }
    Ok(edition)
}
