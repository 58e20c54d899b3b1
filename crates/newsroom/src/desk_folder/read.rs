//! Reading a desk's folder. Errors name the file, the entry and what is wrong.

use crate::error::Error;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use sitrep_model::actor::Actor;
use sitrep_model::assessment::Assessment;
use sitrep_model::campaign::Campaign;
use sitrep_model::desk::Desk;
use sitrep_model::event::Event;
use sitrep_model::layer::Layer;
use sitrep_model::lead::Lead;
use sitrep_model::likelihood::Scale;
use sitrep_model::place::Place;
use sitrep_model::position::Position;
use sitrep_model::source::Source;
use sitrep_model::watch::Watch;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// Largest file that is read, in bytes.
const LARGEST: u64 = 16 * 1024 * 1024;

/// Something with the moment at which the desk knew it, where the file says so.
#[derive(Debug, Clone, PartialEq)]
pub struct Dated<T> {
    /// The thing.
    pub value: T,
    /// Since when it is known.
    pub recorded: Option<Timestamp>,
}

/// An edition's file, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionFile {
    /// The file.
    pub path: PathBuf,
    /// What it holds.
    pub text: String,
}

/// A desk's folder, read.
#[derive(Debug, Clone, PartialEq)]
pub struct DeskFolder {
    /// The desk.
    pub desk: Desk,
    /// Its sources.
    pub sources: Vec<Source>,
    /// Its register of actors.
    pub actors: Vec<Actor>,
    /// The places it brings to the gazetteer.
    pub places: Vec<Place>,
    /// Its campaigns.
    pub campaigns: Vec<Campaign>,
    /// Its layers.
    pub layers: Vec<Layer>,
    /// Its watch list.
    pub watches: Vec<Watch>,
    /// Its events.
    pub events: Vec<Dated<Event>>,
    /// Its leads.
    pub leads: Vec<Dated<Lead>>,
    /// Its positions.
    pub positions: Vec<Dated<Position>>,
    /// Its assessments.
    pub assessments: Vec<Assessment>,
    /// Its editions, by file name: an edition stands before its corrections.
    pub editions: Vec<EditionFile>,
}

impl DeskFolder {
    /// Reads a folder. Only `desk.toml` must be there.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let path = folder.join("desk.toml");
        let desk = desk(&path)?;
        let id = desk.id.as_str();
        let list = |name: &str| folder.join(name);
        let mut events = Vec::new();
        for path in files(&folder.join("events"), "toml")? {
            events.extend(dated(&path, "event", id)?);
        }
        let mut editions = Vec::new();
        for path in files(&folder.join("editions"), "md")? {
            editions.push(EditionFile { text: text(&path)?, path });
        }
        editions.sort_by_key(|file| order(&file.path));
        Ok(Self {
            sources: entries(&list("sources.toml"), "source", id)?,
            actors: entries(&list("actors.toml"), "actor", id)?,
            places: entries(&list("places.toml"), "place", id)?,
            campaigns: entries(&list("campaigns.toml"), "campaign", id)?,
            layers: entries(&list("layers.toml"), "layer", id)?,
            watches: entries(&list("watches.toml"), "watch", id)?,
            leads: dated(&list("leads.toml"), "lead", id)?,
            positions: dated(&list("positions.toml"), "position", id)?,
            assessments: entries(&list("assessments.toml"), "assessment", id)?,
            events,
            editions,
            desk,
        })
    }
}

/// `2026-11-05` before `2026-11-05.v2` before `2026-11-05-evening`.
fn order(path: &Path) -> (String, u32) {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    match stem.rsplit_once(".v") {
        Some((slug, version)) => (slug.to_owned(), version.parse().unwrap_or(1)),
        None => (stem, 1),
    }
}

fn desk(path: &Path) -> Result<Desk, Error> {
    let mut table = table(path)?;
    if let Some(Value::String(name)) = table.get("scale") {
        let known = "icd-203, phia, ipcc";
        let scale = Scale::shipped(name).ok_or_else(|| fault(path, &format!("scale {name:?} is none of {known}")))?;
        let scale = Value::try_from(scale).map_err(|error| fault(path, &error.to_string()))?;
        table.insert("scale".to_owned(), scale);
    }
    typed(path, "desk", Value::Table(table))
}

fn entries<T: DeserializeOwned>(path: &Path, noun: &str, desk: &str) -> Result<Vec<T>, Error> {
    Ok(dated(path, noun, desk)?.into_iter().map(|entry| entry.value).collect())
}

fn dated<T: DeserializeOwned>(path: &Path, noun: &str, desk: &str) -> Result<Vec<Dated<T>>, Error> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let mut table = table(path)?;
    let list = match table.remove(noun) {
        Some(Value::Array(list)) => list,
        None => Vec::new(),
        Some(_) => return Err(fault(path, &format!("write each entry as [[{noun}]]"))),
    };
    if let Some(key) = table.keys().next() {
        return Err(fault(path, &format!("{key:?} is not known here: entries are written as [[{noun}]]")));
    }
    let entry = |(index, value): (usize, Value)| {
        let Value::Table(mut table) = value else { return Err(fault(path, &format!("[[{noun}]] is no table"))) };
        let name = table.get("id").and_then(Value::as_str).map_or_else(|| format!("{}", index + 1), str::to_owned);
        let recorded = match table.remove("recorded") {
            Some(Value::String(at)) => {
                Some(at.parse().map_err(|e| fault(path, &format!("{noun} {name}: recorded {at:?}: {e}")))?)
            }
            _ => None,
        };
        table.entry("desk").or_insert_with(|| Value::String(desk.to_owned()));
        Ok(Dated { value: typed(path, &format!("{noun} {name}"), Value::Table(table))?, recorded })
    };
    list.into_iter().enumerate().map(entry).collect()
}

fn typed<T: DeserializeOwned>(path: &Path, what: &str, value: Value) -> Result<T, Error> {
    value.try_into().map_err(|error: toml::de::Error| fault(path, &format!("{what}: {}", error.message())))
}

fn table(path: &Path) -> Result<Table, Error> {
    let text = text(path)?;
    text.parse::<Table>().map_err(|error| {
        let line = error.span().map_or(1, |span| text.get(..span.start).unwrap_or_default().matches('\n').count() + 1);
        fault(path, &format!("line {line}: {}", error.message()))
    })
}

fn text(path: &Path) -> Result<String, Error> {
    let length = std::fs::metadata(path).map_err(|error| fault(path, &error.to_string()))?.len();
    if length > LARGEST {
        return Err(fault(path, &format!("{length} bytes; a desk's file has at most {LARGEST}")));
    }
    std::fs::read_to_string(path).map_err(|error| fault(path, &error.to_string()))
}

fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, Error> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| fault(folder, &error.to_string()))? {
        let path = entry.map_err(|error| fault(folder, &error.to_string()))?.path();
        if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

pub(super) fn fault(path: &Path, message: &str) -> Error {
    Error::File { path: path.display().to_string(), message: message.to_owned() }
}
