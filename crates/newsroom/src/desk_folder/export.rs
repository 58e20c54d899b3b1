//! Writing a desk's folder out of the store.

use super::read::fault;
use crate::catalogue::all;
use crate::error::Error;
use crate::newsroom::Newsroom;
use crate::who::Who;
use serde::Serialize;
use sitrep_editions::form;
use sitrep_model::Noun;
use sitrep_model::account::Role;
use sitrep_model::actor::Actor;
use sitrep_model::assessment::Assessment;
use sitrep_model::campaign::Campaign;
use sitrep_model::desk::Desk;
use sitrep_model::edition::Edition;
use sitrep_model::event::Event;
use sitrep_model::id::DeskId;
use sitrep_model::layer::Layer;
use sitrep_model::lead::Lead;
use sitrep_model::place::Place;
use sitrep_model::position::Position;
use sitrep_model::source::Source;
use sitrep_model::watch::Watch;
use std::path::Path;
use toml::{Table, Value};

impl Newsroom {
    /// Writes a desk as a folder of plain files; files of the same names are replaced, others are left alone.
    pub fn export_desk(&self, who: &Who, desk: &DeskId, folder: &Path) -> Result<usize, Error> {
        who.must_be(Role::Chief, desk)?;
        let kept = self.desk(desk)?;
        let events = folder.join("events");
        let editions = folder.join("editions");
        for path in [folder, &events, &editions] {
            std::fs::create_dir_all(path).map_err(|error| fault(path, &error.to_string()))?;
        }
        let table = Table::try_from(&kept).map_err(|error| Error::Internal(error.to_string()))?;
        write(&folder.join("desk.toml"), &table.to_string())?;
        self.export_list::<Source>(desk, "source", &folder.join("sources.toml"))?;
        self.export_list::<Actor>(desk, "actor", &folder.join("actors.toml"))?;
        self.export_list::<Campaign>(desk, "campaign", &folder.join("campaigns.toml"))?;
        self.export_list::<Layer>(desk, "layer", &folder.join("layers.toml"))?;
        self.export_list::<Watch>(desk, "watch", &folder.join("watches.toml"))?;
        self.export_known::<Position>(desk, "position", &folder.join("positions.toml"))?;
        self.export_list::<Assessment>(desk, "assessment", &folder.join("assessments.toml"))?;
        self.export_known::<Event>(desk, "event", &events.join("events.toml"))?;
        self.export_known::<Lead>(desk, "lead", &folder.join("leads.toml"))?;
        let places: Vec<Place> = self.read(|reader| all(reader, None))?;
        write(&folder.join("places.toml"), &listed("place", &places)?)?;
        let found: Vec<Edition> = self.read(|reader| all(reader, Some(desk)))?;
        for edition in &found {
            self.export_edition(&kept, edition, &editions)?;
        }
        Ok(found.len())
    }

    /// An edition, and each correction of it as a file of its own: `2026-11-10.md`, `2026-11-10.v2.md`.
    fn export_edition(&self, desk: &Desk, edition: &Edition, folder: &Path) -> Result<(), Error> {
        let mut number = 1;
        for correction in &edition.corrections {
            let before = self.version::<Edition>(edition.id.as_str(), correction.replaces_version)?;
            if let Some(before) = before {
                write_version(desk, &before.value, number, folder)?;
                number += 1;
            }
        }
        write_version(desk, edition, number, folder)
    }

    /// Things of which it counts since when they are known.
    fn export_known<N: Noun>(&self, desk: &DeskId, noun: &str, path: &Path) -> Result<(), Error> {
        let found: Vec<N> = self.read(|reader| all(reader, Some(desk)))?;
        let mut list = Vec::with_capacity(found.len());
        for thing in &found {
            let mut table = table(thing)?;
            if let Some(first) = self.history(N::KIND, thing.id())?.first() {
                table.insert("recorded".to_owned(), Value::String(first.recorded.to_string()));
            }
            list.push(Value::Table(table));
        }
        write(path, &printed(noun, list)?)
    }

    fn export_list<N: Noun>(&self, desk: &DeskId, noun: &str, path: &Path) -> Result<(), Error> {
        let found: Vec<N> = self.read(|reader| all(reader, Some(desk)))?;
        write(path, &listed(noun, &found)?)
    }
}

fn listed<T: Serialize>(noun: &str, things: &[T]) -> Result<String, Error> {
    let list = things.iter().map(|thing| Ok(Value::Table(table(thing)?))).collect::<Result<_, Error>>()?;
    printed(noun, list)
}

fn table<T: Serialize>(thing: &T) -> Result<Table, Error> {
    let mut table = Table::try_from(thing).map_err(|error| Error::Internal(error.to_string()))?;
    table.remove("desk");
    Ok(table)
}

fn printed(noun: &str, list: Vec<Value>) -> Result<String, Error> {
    let mut table = Table::new();
    table.insert(noun.to_owned(), Value::Array(list));
    toml::to_string_pretty(&table).map_err(|error| Error::Internal(error.to_string()))
}

fn write_version(desk: &Desk, edition: &Edition, number: usize, folder: &Path) -> Result<(), Error> {
    let mut edition = edition.clone();
    let latest = edition.corrections.pop();
    edition.corrections.clear();
    let text = form::write(&edition, desk);
    let name = if number == 1 { format!("{}.md", edition.slug) } else { format!("{}.v{number}.md", edition.slug) };
    let text = match latest.filter(|_| number > 1) {
        Some(latest) => {
            let (note, at) = (Value::String(latest.note), Value::String(latest.at.to_string()));
            text.replacen("+++\n", &format!("+++\ncorrection = {note}\ncorrected = {at}\n"), 1)
        }
        None => text,
    };
    write(&folder.join(name), &text)
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    std::fs::write(path, text).map_err(|error| fault(path, &error.to_string()))
}
