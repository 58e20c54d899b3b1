//! Sources: keeping them, and how each of them fares.

use crate::catalogue;
use crate::error::Error;
use crate::newsroom::{Newsroom, must};
use crate::vault;
use crate::who::Who;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sitrep_collect::kinds;
use sitrep_collect::rhythm::Arrivals;
use sitrep_model::account::Role;
use sitrep_model::id::{DeskId, SourceId};
use sitrep_model::source::Source;
use sitrep_store::{Expected, Operations, Reader};

const HEALTH: &str = "source-health";

/// How a source fares: kept beside the record, since it changes with every look.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// When it was last looked at.
    pub looked: Option<Timestamp>,
    /// When that last went well.
    pub succeeded: Option<Timestamp>,
    /// Failures in a row since then.
    pub failures: u32,
    /// The last failure, in words.
    pub fault: Option<String>,
    /// Documents collected from it in all.
    pub collected: u64,
    /// When it last said something new.
    pub heard: Option<Timestamp>,
    /// The server asked not to be looked at before then.
    #[serde(default)]
    pub not_before: Option<Timestamp>,
    /// How much the last look left to be asked for.
    #[serde(default)]
    pub waiting: usize,
    /// In which hours something was said.
    #[serde(default)]
    pub arrivals: Arrivals,
    /// Entries that could not be collected, newest first: address and reason.
    #[serde(default)]
    pub refused: Vec<(String, String)>,
}

/// A source with its health.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceLine {
    /// The source.
    pub source: Source,
    /// Its version.
    pub version: u64,
    /// How it fares.
    pub health: Health,
    /// What should worry the desk about it, in words.
    pub alarm: Option<String>,
}

pub(crate) fn health(operations: &mut Operations<'_>, source: &SourceId) -> Result<Health, Error> {
    Ok(vault::read(operations, HEALTH, source.as_str())?.unwrap_or_default())
}

pub(crate) fn keep_health(operations: &mut Operations<'_>, source: &SourceId, health: &Health) -> Result<(), Error> {
    vault::keep(operations, HEALTH, source.as_str(), health)
}

/// The source that an address belongs to: by the longest of its hosts that the address's host is or ends with.
pub(crate) fn of_address<'s>(sources: &'s [Source], url: &str) -> Option<&'s Source> {
    let host = sitrep_language::address::host(url);
    let fits = |known: &str| host == known || host.strip_suffix(known).is_some_and(|rest| rest.ends_with('.'));
    let longest = |source: &&Source| source.hosts.iter().filter(|known| fits(known)).map(String::len).max();
    sources.iter().filter(|source| longest(source).is_some()).max_by_key(|source| longest(source))
}

/// Who published what stands at an address: the source's name, else the address's host.
pub fn outlet(source: Option<&Source>, url: &str) -> String {
    source.map_or_else(|| sitrep_language::address::host(url), |source| source.name.clone())
}

/// The sources of a desk.
pub(crate) fn sources(reader: &mut Reader<'_>, desk: &DeskId) -> Result<Vec<Source>, Error> {
    catalogue::all(reader, Some(desk))
}

impl Newsroom {
    /// A desk's sources with their health, by name. Sources are public; their health is the newsroom's.
    pub fn sources(&self, desk: &DeskId) -> Result<Vec<Source>, Error> {
        self.read(|reader| sources(reader, desk))
    }

    /// A desk's sources with their health, by name.
    pub fn source_lines(&self, who: &Who, desk: &DeskId) -> Result<Vec<SourceLine>, Error> {
        who.must_be(Role::Reader, desk)?;
        let sources: Vec<Source> = self.sources(desk)?;
        self.store().operate(|operations| {
            let mut lines = Vec::with_capacity(sources.len());
            for source in sources {
                let version = operations.get::<Source>(source.id.as_str())?.map_or(0, |found| found.version);
                let health = health(operations, &source.id)?;
                let alarm = alarm(&source, &health, self.now());
                lines.push(SourceLine { source, version, health, alarm });
            }
            Ok(lines)
        })
    }

    /// One source with its health.
    pub fn source_line(&self, who: &Who, desk: &DeskId, id: &str) -> Result<SourceLine, Error> {
        who.must_be(Role::Reader, desk)?;
        self.store().operate(|operations| {
            let found = must::<Source>(operations, desk, id)?;
            let health = health(operations, &found.value.id)?;
            let alarm = alarm(&found.value, &health, self.now());
            Ok(SourceLine { source: found.value, version: found.version, health, alarm })
        })
    }

    /// What should worry a desk about its sources: name and reason.
    pub fn alarms(&self, who: &Who, desk: &DeskId) -> Result<Vec<(Source, String)>, Error> {
        let lines = self.source_lines(who, desk)?;
        Ok(lines.into_iter().filter_map(|line| Some((line.source, line.alarm?))).collect())
    }

    /// Keeps a source: new with version 0, else the version it was read at.
    pub fn save_source(&self, who: &Who, source: &Source, version: u64, why: Option<&str>) -> Result<u64, Error> {
        who.must_be(Role::Chief, &source.desk)?;
        check(source)?;
        let expected = if version == 0 { Expected::New } else { Expected::Version(version) };
        self.write(who, "source.save", Some(&source.desk), why, |writer| Ok(writer.put(source, expected)?))
    }

    /// Ends or resumes the collection of a source. What it gave stays.
    pub fn retire_source(&self, who: &Who, desk: &DeskId, id: &str, retired: bool) -> Result<(), Error> {
        who.must_be(Role::Chief, desk)?;
        let verb = if retired { "source.retire" } else { "source.resume" };
        self.write(who, verb, Some(desk), None, |writer| {
            let found = must::<Source>(writer, desk, id)?;
            let source = Source { retired, ..found.value };
            writer.put(&source, Expected::Version(found.version))?;
            Ok(())
        })
    }
}

/// Failures in a row from which a source is missed.
const MISSED: u32 = 3;

/// What should worry a desk about a source: it can't be had, or it says nothing against its rhythm.
fn alarm(source: &Source, health: &Health, now: Timestamp) -> Option<String> {
    if source.retired {
        return None;
    }
    if health.failures >= MISSED {
        let since =
            health.succeeded.map_or_else(String::new, |at| format!(", for {}", lasting(now.duration_since(at))));
        return Some(format!("can't be collected{since}"));
    }
    let silent = health.arrivals.silent_for(now).filter(|_| source.collection.how != "pasted")?;
    let rhythm = health.arrivals.rhythm().map(|rhythm| rhythm.in_words()).unwrap_or_default();
    Some(format!("silent for {}; usually {rhythm}", lasting(silent)))
}

/// A time in words: `5 hours`, `3 days`.
fn lasting(time: jiff::SignedDuration) -> String {
    match time.as_hours() {
        ..=1 => "an hour".to_owned(),
        hours @ 2..=47 => format!("{hours} hours"),
        hours => format!("{} days", hours / 24),
    }
}

fn check(source: &Source) -> Result<(), Error> {
    if source.name.trim().is_empty() {
        return Err(Error::field("name", "a source needs the name that it is printed under"));
    }
    if let Some(proxy) = source.proxy.as_deref().filter(|proxy| !proxy.trim().is_empty()) {
        sitrep_net::Proxy::read(proxy, None).map_err(|error| Error::field("proxy", error.to_string()))?;
    }
    kinds::check(&source.collection).map_err(|error| match error {
        kinds::Error::Setting { name, why } => Error::field(&name, why),
        other => Error::field("how", other.to_string()),
    })?;
    Ok(())
}
