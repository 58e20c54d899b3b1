//! Captures and documents: an exchange with an outlet's server kept as evidence, and read.
//!
//! A capture's bytes reach the disk first; then one transaction writes capture, document and the mark that the address
//! was seen.

use crate::error::Error;
use crate::gather::PageRequisites;
use crate::ids;
use crate::newsroom::Newsroom;
use crate::watches::Said;
use crate::who::Who;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use sitrep_collect::extract::{self, Circumstances, Extracted};
use sitrep_collect::kinds::Answer;
use sitrep_collect::warc;
use sitrep_model::account::Role;
use sitrep_model::capture::Capture;
use sitrep_model::document::{Document, Reprint, Triage, WatchMark};
use sitrep_model::event::Evidence;
use sitrep_model::id::{DeskId, DocumentId};
use sitrep_model::source::Source;
use sitrep_model::visibility::Visibility;
use sitrep_net::Fetched;
use sitrep_sift::reprints::Index;
use sitrep_sift::{Fingerprint, Heard};
use sitrep_store::{Expected, Operations, Versioned, Writer};
use std::collections::BTreeSet;

mod together;

pub(crate) use together::{TOGETHER, Together};

pub(crate) const SEEN: &str = "seen";
/// The change that a document comes with.
pub(crate) const VERB: &str = "document.collect";
const FINGERPRINTS: &str = "fingerprint";
/// Overlap from which a document counts as a re-print of an earlier one.
const REPRINT: f64 = 0.6;

/// An exchange with an outlet's server, as it was fetched or loaded.
#[derive(Debug, Clone)]
pub struct Received {
    /// The address that was asked for.
    pub url: String,
    /// The address that answered.
    pub final_url: String,
    /// When.
    pub at: Timestamp,
    /// The server's network address, where known.
    pub ip: Option<String>,
    /// The request's head as sent.
    pub request: Vec<u8>,
    /// The answer's head as received.
    pub response_head: Vec<u8>,
    /// HTTP status.
    pub status: u16,
    /// The proxy through which it was asked.
    pub via: Option<String>,
    /// Media type as sent.
    pub media_type: Option<String>,
    /// The body as received.
    pub raw: Vec<u8>,
    /// The body with its content coding taken off.
    pub body: Vec<u8>,
}

impl Received {
    /// This, as the readers of a kind of source take it; times without a zone are the outlet's.
    pub(crate) fn answer(&self, zone: TimeZone) -> Answer<'_> {
        let content_type = self.media_type.as_deref();
        Answer { url: &self.final_url, content_type, body: &self.body, at: self.at, zone }
    }

    pub(crate) fn of(fetched: Fetched, url: &str, at: Timestamp) -> Self {
        let media_type = fetched.header("content-type").map(str::to_owned);
        Self {
            url: url.to_owned(),
            final_url: fetched.final_url,
            at,
            ip: fetched.ip,
            via: fetched.via,
            request: fetched.request,
            response_head: fetched.response_head,
            status: fetched.status,
            media_type,
            raw: fetched.raw,
            body: fetched.body,
        }
    }

    /// A file, which no server sent: `address` is what it is named by.
    pub(crate) fn of_file(address: String, media_type: &str, bytes: Vec<u8>, at: Timestamp) -> Self {
        Self {
            url: address.clone(),
            final_url: address,
            at,
            ip: None,
            request: Vec::new(),
            response_head: Vec::new(),
            status: 0,
            via: None,
            media_type: Some(media_type.to_owned()),
            raw: bytes.clone(),
            body: bytes,
        }
    }

    /// An exchange that somebody else captured, at the time at which they did.
    pub(crate) fn of_exchange(exchange: warc::Exchange) -> Result<Self, Error> {
        let read = warc::answered(&exchange.response_head, &exchange.body);
        let read = read.map_err(|error| Error::invalid(format!("{}: {error}", exchange.url)))?;
        let media_type = read.header("content-type").map(str::to_owned);
        Ok(Self {
            url: exchange.url.clone(),
            final_url: exchange.url,
            at: exchange.at,
            ip: exchange.ip,
            request: exchange.request,
            response_head: exchange.response_head,
            status: read.status,
            via: None,
            media_type,
            raw: exchange.body,
            body: read.body,
        })
    }
}

/// What is said about an exchange when it is kept.
#[derive(Debug, Clone, Default)]
pub struct Keeping {
    /// The document's id, where it is given (the example desk's); else a new one.
    pub document: Option<DocumentId>,
    /// When we knew it, where that is not now.
    pub recorded: Option<Timestamp>,
    /// The address that the feed named, which marks the entry as seen.
    pub entry: Option<String>,
    /// When it came to the desk, where it was captured earlier by somebody else.
    pub arrived: Option<Timestamp>,
    /// What was captured besides the page.
    pub requisites: Option<PageRequisites>,
    /// What was decided about it already (the example desk's).
    pub triage: Option<Triage>,
}

impl Newsroom {
    /// Whether an address of a desk was captured before.
    pub(crate) fn is_seen(&self, desk: &DeskId, url: &str) -> Result<bool, Error> {
        let digest = seen_key(desk, url);
        self.read(|reader| Ok(reader.vault_get(SEEN, &digest)?.is_some()))
    }

    /// Marks something as seen.
    pub(crate) fn mark_seen(&self, desk: &DeskId, mark: &str) -> Result<(), Error> {
        let digest = seen_key(desk, mark);
        self.store().operate(|operations| Ok(operations.vault_put(SEEN, &digest, b"")?))
    }

    /// Keeps an exchange as a capture and reads it into a document: the same document where its address is known, with
    /// a new version where its text has changed.
    pub fn keep(
        &self,
        who: &Who,
        desk: &DeskId,
        source: Option<&Source>,
        received: &Received,
        keeping: &Keeping,
    ) -> Result<Versioned<Document>, Error> {
        who.must_be(Role::Analyst, desk)?;
        let read = self.read_page(received, source)?;
        let capture = self.make_capture(
            desk,
            source,
            received,
            ids::in_order("cap", self.now()),
            None,
            keeping.requisites.as_ref(),
        )?;
        let marks = self.marks(desk, source, [read.said()])?.pop().unwrap_or_default();
        let arrival = Arrival { desk, source, received, keeping, read: &read, capture: &capture, marks: &marks };
        let written = self.write_as_known(who, VERB, Some(desk), None, keeping.recorded, |writer| {
            self.enter_document(writer, &arrival)
        });
        if written.is_err() {
            self.forget_placed(desk);
        }
        written
    }

    /// Reads an exchange's page, and what its document is placed and found by.
    fn read_page(&self, received: &Received, source: Option<&Source>) -> Result<Read, Error> {
        let page = read(received, source)?;
        let url = page.canonical.clone().unwrap_or_else(|| received.final_url.clone());
        let title = page.title.clone().unwrap_or_else(|| url.clone());
        let language = language(page.language.as_ref(), source);
        let fingerprint = Fingerprint::of(&page.text);
        let heard = self.hear(&title, &page.text, &language);
        Ok(Read { page, url, title, language, fingerprint, heard })
    }

    /// Writes capture and document of an exchange, and what they are found by.
    fn enter_document(&self, writer: &mut Writer<'_>, arrival: &Arrival<'_>) -> Result<Versioned<Document>, Error> {
        let Arrival { desk, received, keeping, read, capture, marks, .. } = *arrival;
        let known: Option<Versioned<Document>> = writer.by_key(Some(desk), &read.url)?;
        let id = match (&known, &keeping.document) {
            (Some(known), _) => known.value.id.clone(),
            (None, Some(given)) => given.clone(),
            (None, None) => DocumentId(ids::in_order("doc", self.now())),
        };
        // What is known already keeps what it was found to repeat.
        let reprint = match &known {
            Some(_) => None,
            None => self.reprint(writer, desk, &id, &read.fingerprint)?,
        };
        let mut document = document(arrival, id, known.as_ref().map(|known| &known.value), reprint);
        document.triage = keeping.triage.unwrap_or(document.triage);
        document.marks = marks.to_vec();
        if known.is_none() {
            document.arrived = keeping.arrived.unwrap_or(document.arrived);
        }
        document.story = self.place_in_story(writer, &document, &read.heard)?;
        writer.put(capture, Expected::New)?;
        let expected = known.as_ref().map_or(Expected::New, |known| Expected::Version(known.version));
        let version = writer.put(&document, expected)?;
        let addresses = keeping.entry.iter().chain([&received.final_url, &read.url]);
        remember(&mut writer.operations(), &document, addresses, &read.fingerprint)?;
        if let Some(index) = self.reprints().get_mut(desk) {
            index.insert(document.id.as_str(), &read.fingerprint);
        }
        let recorded = keeping.recorded.unwrap_or(capture.at);
        Ok(Versioned { value: document, version, seq: 0, recorded })
    }

    /// The earlier document that a text repeats, if it repeats one.
    pub(crate) fn reprint(
        &self,
        writer: &mut sitrep_store::Writer<'_>,
        desk: &DeskId,
        id: &DocumentId,
        fingerprint: &Fingerprint,
    ) -> Result<Option<Reprint>, Error> {
        let mut indexes = self.reprints();
        if !indexes.contains_key(desk) {
            let mut index = Index::default();
            for (id, bytes) in writer.operations().vault_list(&fingerprints(desk), None)? {
                if let Some(known) = Fingerprint::from_bytes(&bytes) {
                    index.insert(&id, &known);
                }
            }
            indexes.insert(desk.clone(), index);
        }
        let nearest = indexes.get(desk).and_then(|index| index.nearest(fingerprint));
        Ok(nearest
            .filter(|(of, overlap)| of != id.as_str() && *overlap >= REPRINT)
            .map(|(of, overlap)| Reprint { of: DocumentId(of), overlap: (overlap * 100.0).round() / 100.0 }))
    }
}

/// Opens documents to readers, since something that readers see rests on them now.
pub(crate) fn open_to_readers<'a>(
    writer: &mut Writer<'_>,
    documents: impl IntoIterator<Item = &'a DocumentId>,
) -> Result<(), Error> {
    let documents: BTreeSet<&DocumentId> = documents.into_iter().collect();
    for id in documents {
        let found: Option<Versioned<Document>> = writer.get(id.as_str())?;
        if let Some(found) = found.filter(|found| !found.value.opened) {
            writer.put(&Document { opened: true, ..found.value }, Expected::Version(found.version))?;
        }
    }
    Ok(())
}

/// Opens what an event or position rests on, where readers see it.
pub(crate) fn open_evidence(
    writer: &mut Writer<'_>,
    visibility: Visibility,
    evidence: &[Evidence],
) -> Result<(), Error> {
    if visibility != Visibility::Public {
        return Ok(());
    }
    open_to_readers(writer, evidence.iter().map(|evidence| &evidence.document))
}

pub(crate) fn read(received: &Received, source: Option<&Source>) -> Result<Extracted, Error> {
    let zone = source.and_then(|source| source.time_zone.as_deref()).and_then(|zone| TimeZone::get(zone).ok());
    let circumstances = Circumstances {
        url: Some(&received.final_url),
        content_type: received.media_type.as_deref(),
        zone: zone.unwrap_or(TimeZone::UTC),
        received: TimeZone::UTC.to_datetime(received.at).date(),
    };
    extract::extract(&received.body, &circumstances)
        .map_err(|error| Error::invalid(format!("{} can't be read: {error}", received.url)))
}

/// The language that a document has: its own where that is known, else the source's; BCP 47.
pub(crate) fn language(own: Option<&String>, source: Option<&Source>) -> String {
    own.or(source.map(|source| &source.language)).map_or_else(|| "und".to_owned(), String::clone)
}

/// An exchange's page as it was read.
struct Read {
    page: Extracted,
    /// The address that its document has.
    url: String,
    /// The title and the language that its document has.
    title: String,
    language: String,
    fingerprint: Fingerprint,
    heard: Heard,
}

impl Read {
    /// What watches look at.
    fn said(&self) -> Said<'_> {
        let title = self.page.title.as_deref().unwrap_or_default();
        Said { title, language: self.page.language.as_deref(), text: &self.page.text }
    }
}

/// What is written of an exchange.
#[derive(Clone, Copy)]
struct Arrival<'a> {
    desk: &'a DeskId,
    source: Option<&'a Source>,
    received: &'a Received,
    keeping: &'a Keeping,
    read: &'a Read,
    capture: &'a Capture,
    marks: &'a [WatchMark],
}

fn document(arrival: &Arrival<'_>, id: DocumentId, known: Option<&Document>, reprint: Option<Reprint>) -> Document {
    let Arrival { desk, source, capture, read: Read { page: read, url, title, language, .. }, .. } = *arrival;
    let mut document = Document {
        id,
        desk: desk.clone(),
        source: source.map(|source| source.id.clone()),
        capture: Some(capture.id.clone()),
        url: url.clone(),
        title: title.clone(),
        byline: read.byline.clone(),
        published: read.published.map(|moment| moment.at),
        modified: read.modified.map(|moment| moment.at),
        arrived: capture.at,
        language: language.clone(),
        paragraphs: read.paragraphs.clone(),
        text_sha256: ids::sha256(read.text.as_bytes()),
        reader: extract::READER.to_owned(),
        reprint,
        post: known.and_then(|known| known.post.clone()),
        story: None,
        translations: Vec::new(),
        triage: Triage::default(),
        handling: Default::default(),
        opened: false,
        marks: Vec::new(),
        removed: None,
    };
    if let Some(known) = known {
        take_over(&mut document, known);
    }
    document
}

/// What a new version of a document takes over from the one before it, however it is read.
pub(crate) fn take_over(document: &mut Document, known: &Document) {
    document.arrived = known.arrived;
    document.reprint.clone_from(&known.reprint);
    document.story.clone_from(&known.story);
    document.translations.clone_from(&known.translations);
    document.triage = known.triage;
    document.handling.clone_from(&known.handling);
    document.opened = known.opened;
}

/// Marks a kept document's addresses as seen, and keeps what a re-print of it is found by.
pub(crate) fn remember<'a>(
    operations: &mut Operations<'_>,
    document: &Document,
    addresses: impl IntoIterator<Item = &'a String>,
    fingerprint: &Fingerprint,
) -> Result<(), Error> {
    let id = document.id.as_str();
    for address in addresses {
        operations.vault_put(SEEN, &seen_key(&document.desk, address), id.as_bytes())?;
    }
    Ok(operations.vault_put(&fingerprints(&document.desk), id, &fingerprint.to_bytes())?)
}

pub(crate) fn seen_key(desk: &DeskId, url: &str) -> String {
    ids::sha256(format!("{desk}\n{url}").as_bytes())
}

/// What is no longer kept is nothing that a re-print could be found by.
pub(crate) fn forget_fingerprint(
    operations: &mut Operations<'_>,
    desk: &DeskId,
    document: &DocumentId,
) -> Result<(), Error> {
    operations.vault_delete(&fingerprints(desk), document.as_str())?;
    Ok(())
}

pub(crate) fn fingerprints(desk: &DeskId) -> String {
    format!("{FINGERPRINTS}:{desk}")
}
