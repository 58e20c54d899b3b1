//! Captures handed out: those of documents, of an edition, of a source or of a span of time, as one signed WACZ file that
//! other programs replay and that can be verified without this installation.

use crate::error::Error;
use crate::newsroom::{Newsroom, must};
use crate::reading::public_edition;
use crate::signing::statement;
use crate::stamping::Handed;
use crate::who::Who;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sitrep_collect::wacz::{self, About, Page, Writer};
use sitrep_model::Kind;
use sitrep_model::account::Role;
use sitrep_model::capture::Capture;
use sitrep_model::document::Document;
use sitrep_model::edition::Edition;
use sitrep_model::id::{CaptureId, DeskId};
use sitrep_model::source::Source;
use sitrep_store::{Order, Query, Reader, Versioned};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Seek, Write};

/// Where the file says who vouches for each capture.
pub(crate) const VOUCHERS: &str = "evidence/captures.jsonl";
/// Where it has their time stamps.
pub(crate) const STAMPS: &str = "evidence/time-stamps.jsonl";
/// The file's WARC records.
pub(crate) const RECORDS: &str = "archive/data.warc.gz";
/// Captures listed at a time.
const BATCH: usize = 500;

/// Which captures are meant. Documents and edition add up; without either, all of the desk's are meant. Source and times
/// narrow that down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Those of these documents: all of them, looked at again or not.
    pub documents: Vec<String>,
    /// Those of what an edition cites, by its slug or id.
    pub edition: Option<String>,
    /// Those of this source, by its id or name.
    pub source: Option<String>,
    /// Received from here on.
    pub since: Option<Timestamp>,
    /// Received before this.
    pub until: Option<Timestamp>,
}

/// What was handed out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct HandedOut {
    /// Captures in the file.
    pub captures: usize,
    /// Pages that it lists.
    pub pages: usize,
    /// Captures that are left out, since their bytes were removed.
    pub removed: Vec<CaptureId>,
}

/// Who vouches for a capture: one line of the file.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Voucher {
    /// The capture.
    pub(crate) capture: String,
    /// The signed statement; empty where it was never signed.
    pub(crate) statement: String,
    /// Public key, hex.
    pub(crate) key: String,
    /// Signature, hex.
    pub(crate) signature: String,
    /// Where its records begin in the file's WARC.
    pub(crate) offset: u64,
    /// How long they are.
    pub(crate) length: u64,
}

/// Things as lines of JSON.
fn lines<T: Serialize>(things: &[T]) -> Result<Vec<u8>, Error> {
    let mut lines = Vec::new();
    for thing in things {
        serde_json::to_writer(&mut lines, thing).map_err(|error| Error::Internal(error.to_string()))?;
        lines.push(b'\n');
    }
    Ok(lines)
}

/// The statement about a file that is signed.
pub(crate) fn file_statement(hash: &str) -> String {
    format!("{{\"hash\":\"{hash}\",\"kind\":\"sitrep.wacz.1\"}}")
}

/// A capture that is to be handed out.
struct Chosen {
    title: Option<String>,
    /// Somebody asked for it; the others hold a body that one of these repeats.
    listed: bool,
}

impl Newsroom {
    /// Writes captures into a WACZ file. Of each only a line of the index stays in memory.
    pub fn hand_out<W: Write + Seek>(
        &self,
        who: &Who,
        desk: &DeskId,
        selection: &Selection,
        to: W,
    ) -> Result<HandedOut, Error> {
        who.must_be(Role::Reader, desk)?;
        let kept = self.desk(desk)?;
        let chosen = self.choose(desk, selection)?;
        if !chosen.values().any(|chosen| chosen.listed) {
            return Err(Error::invalid("no capture is as you ask: look at the documents' pages for what was captured"));
        }
        let software = concat!("sitrep ", env!("CARGO_PKG_VERSION")).to_owned();
        let about =
            About { title: format!("Captures of {}", kept.name), description: None, created: self.now(), software };
        let mut writer = Writer::begin(to, about).map_err(refused)?;
        let (mut out, mut vouchers, mut stamps) = (HandedOut::default(), Vec::new(), Vec::new());
        for ((_, id), chosen) in &chosen {
            let found: Option<Versioned<Capture>> = self.read(|reader| Ok(reader.get(id)?))?;
            let Some(capture) = found.map(|found| found.value) else { continue };
            let records = match self.records(&capture) {
                Ok(records) => records,
                Err(Error::Removed { .. }) => {
                    out.removed.push(capture.id);
                    continue;
                }
                Err(error) => return Err(error),
            };
            let place = writer.capture(&records).map_err(refused)?;
            out.captures += 1;
            vouchers.push(self.voucher(&capture, place.start, place.end - place.start)?);
            stamps.extend(self.store().operate(|operations| Handed::of(operations, &capture))?);
            if chosen.listed {
                let (id, title) = (Some(capture.id.0), chosen.title.clone());
                writer.page(Page { id, url: capture.final_url, ts: capture.at, title });
                out.pages += 1;
            }
        }
        let mut beside = vec![(VOUCHERS.to_owned(), lines(&vouchers)?)];
        if !stamps.is_empty() {
            beside.push((STAMPS.to_owned(), lines(&stamps)?));
        }
        let created = self.now().to_string();
        let sign = |hash: &str| {
            let signature = self.signer().sign(&file_statement(hash));
            Some(serde_json::json!({
                "algorithm": "Ed25519", "publicKey": signature.key, "signature": signature.value,
                "signed": file_statement(hash), "created": created,
            }))
        };
        writer.finish(&beside, sign).map_err(refused)?;
        Ok(out)
    }

    /// The captures of a document, in order of time: those it was read from, and those of looking again.
    pub fn document_captures(&self, who: &Who, desk: &DeskId, document: &str) -> Result<Vec<Capture>, Error> {
        who.must_be(Role::Reader, desk)?;
        self.read(|reader| {
            let document = must::<Document>(reader, desk, document)?;
            captures_of(reader, &document.value)
        })
    }

    fn voucher(&self, capture: &Capture, offset: u64, length: u64) -> Result<Voucher, Error> {
        let signature = capture.signature.as_ref();
        Ok(Voucher {
            capture: capture.id.0.clone(),
            statement: if signature.is_some() { statement(capture)? } else { String::new() },
            key: signature.map(|signature| signature.key.clone()).unwrap_or_default(),
            signature: signature.map(|signature| signature.value.clone()).unwrap_or_default(),
            offset,
            length,
        })
    }

    /// What is to be handed out, in order of time.
    fn choose(&self, desk: &DeskId, selection: &Selection) -> Result<BTreeMap<(Timestamp, String), Chosen>, Error> {
        self.read(|reader| {
            let source = selection.source.as_deref().map(|name| source_named(reader, desk, name)).transpose()?;
            let mut documents: Vec<Versioned<Document>> = Vec::new();
            for id in &selection.documents {
                documents.push(must(reader, desk, id)?);
            }
            if let Some(name) = &selection.edition {
                let cited: BTreeSet<String> =
                    edition_named(reader, desk, name)?.documents().map(|id| id.0.clone()).collect();
                for id in cited {
                    let found: Option<Versioned<Document>> = reader.get(&id)?;
                    documents.extend(found);
                }
            }
            let by_document = !selection.documents.is_empty() || selection.edition.is_some();
            let mut chosen = BTreeMap::new();
            if by_document {
                for document in documents {
                    for capture in captures_of(reader, &document.value)? {
                        add(&mut chosen, selection, source.as_ref(), capture, Some(document.value.title.clone()));
                    }
                }
            } else {
                every(reader, desk, selection, source.as_ref(), &mut chosen)?;
            }
            with_repeated(reader, &mut chosen)?;
            Ok(chosen)
        })
    }
}

type Choice = BTreeMap<(Timestamp, String), Chosen>;

fn add(choice: &mut Choice, selection: &Selection, source: Option<&Source>, capture: Capture, title: Option<String>) {
    let in_time = selection.since.is_none_or(|since| capture.at >= since)
        && selection.until.is_none_or(|until| capture.at < until);
    if in_time && source.is_none_or(|source| capture.source.as_ref() == Some(&source.id)) {
        choice.insert((capture.at, capture.id.0), Chosen { title, listed: true });
    }
}

/// All captures of a desk that the selection lets through.
fn every(
    reader: &mut Reader<'_>,
    desk: &DeskId,
    selection: &Selection,
    source: Option<&Source>,
    choice: &mut Choice,
) -> Result<(), Error> {
    let mut query = Query {
        desk: Some(desk.clone()),
        from: selection.since,
        to: selection.until,
        linked: source.map(|source| (Some("from".to_owned()), Kind::Source, source.id.0.clone())),
        order: Order::OldestFirst,
        limit: BATCH,
        ..Query::default()
    };
    loop {
        let page = reader.list::<Capture>(&query)?;
        for found in page.items {
            let title = title_of(reader, &found.value)?;
            add(choice, selection, source, found.value, title);
        }
        if choice.len() as u64 > wacz::MOST_CAPTURES {
            let most = wacz::MOST_CAPTURES;
            return Err(Error::invalid(format!(
                "these are more than {most} captures: divide them with --since and --until"
            )));
        }
        match page.next {
            Some(next) => query.after = Some(next),
            None => return Ok(()),
        }
    }
}

fn title_of(reader: &mut Reader<'_>, capture: &Capture) -> Result<Option<String>, Error> {
    let links = reader.links_to(Kind::Capture, capture.id.as_str(), None)?;
    let Some(link) = links.into_iter().find(|link| link.kind == Kind::Document) else { return Ok(None) };
    let found: Option<Versioned<Document>> = reader.get(&link.id)?;
    Ok(found.map(|found| found.value.title))
}

/// A body that is repeated must be there too, else the file could not be replayed.
fn with_repeated(reader: &mut Reader<'_>, choice: &mut Choice) -> Result<(), Error> {
    let ids: Vec<String> = choice.keys().map(|(_, id)| id.clone()).collect();
    for id in ids {
        let found: Option<Versioned<Capture>> = reader.get(&id)?;
        let Some(first) = found.and_then(|found| found.value.repeats) else { continue };
        let found: Option<Versioned<Capture>> = reader.get(first.as_str())?;
        if let Some(first) = found {
            let key = (first.value.at, first.value.id.0);
            choice.entry(key).or_insert(Chosen { title: None, listed: false });
        }
    }
    Ok(())
}

/// Every capture that a document was read from, and those that were made when its page was looked at again.
pub(crate) fn captures_of(reader: &mut Reader<'_>, document: &Document) -> Result<Vec<Capture>, Error> {
    let id = document.id.as_str();
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for info in reader.history(Kind::Document, id)? {
        let version: Option<Versioned<Document>> = reader.get_version(id, info.version)?;
        ids.extend(version.and_then(|version| version.value.capture).map(|capture| capture.0));
    }
    for link in reader.links_to(Kind::Document, id, None)? {
        if link.kind == Kind::Capture {
            ids.insert(link.id);
        }
    }
    let mut captures = Vec::new();
    for id in ids {
        let found: Option<Versioned<Capture>> = reader.get(&id)?;
        captures.extend(found.map(|found| found.value));
    }
    captures.sort_by(|a, b| (a.at, &a.id.0).cmp(&(b.at, &b.id.0)));
    Ok(captures)
}

fn edition_named(reader: &mut Reader<'_>, desk: &DeskId, name: &str) -> Result<Edition, Error> {
    if let Some(found) = reader.get::<Edition>(name)?.filter(|found| &found.value.desk == desk) {
        return Ok(found.value);
    }
    Ok(public_edition(reader, desk, name, None)?.value)
}

fn source_named(reader: &mut Reader<'_>, desk: &DeskId, name: &str) -> Result<Source, Error> {
    let sources: Vec<Source> = crate::sources::sources(reader, desk)?;
    let found = sources.into_iter().find(|source| source.id.as_str() == name || source.name == name);
    found.ok_or_else(|| Error::not_found("source", name))
}

fn refused(error: wacz::Error) -> Error {
    match error {
        wacz::Error::Writing(error) => Error::File { path: "the WACZ file".to_owned(), message: error.to_string() },
        error => Error::invalid(error.to_string()),
    }
}
