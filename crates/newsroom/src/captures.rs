//! Captures: an exchange with an outlet's server written as WARC records, and read again.
//!
//! What was received before, byte by byte, is not written again: a revisit record refers to it.

use crate::error::Error;
use crate::gather::PageRequisites;
use crate::ids;
use crate::keeping::{Received, SEEN, seen_key};
use crate::newsroom::Newsroom;
use crate::signing::statement;
use sitrep_collect::viewing;
use sitrep_collect::warc::{self, Exchange, Repeated, Response};
use sitrep_model::capture::Capture;
use sitrep_model::citation::Passage;
use sitrep_model::document::Document;
use sitrep_model::id::{CaptureId, DeskId, DocumentId};
use sitrep_model::source::Source;
use sitrep_store::{Reader, Versioned};

impl Newsroom {
    /// Puts the WARC records where they stay, and says what is known of them.
    pub(crate) fn store_capture(
        &self,
        desk: &DeskId,
        source: Option<&Source>,
        received: &Received,
        id: String,
    ) -> Result<Capture, Error> {
        self.make_capture(desk, source, received, id, None, None)
    }

    /// The same; `again` names the document whose page was looked at again, `requisites` is what was captured besides.
    pub(crate) fn make_capture(
        &self,
        desk: &DeskId,
        source: Option<&Source>,
        received: &Received,
        id: String,
        again: Option<&DocumentId>,
        requisites: Option<&PageRequisites>,
    ) -> Result<Capture, Error> {
        let (capture, records) = self.composed(desk, source, received, id, again, requisites)?;
        self.store().blobs().put(&records)?;
        Ok(capture)
    }

    /// The same, signed, and its records, which are not kept yet.
    pub(crate) fn composed(
        &self,
        desk: &DeskId,
        source: Option<&Source>,
        received: &Received,
        id: String,
        again: Option<&DocumentId>,
        requisites: Option<&PageRequisites>,
    ) -> Result<(Capture, Vec<u8>), Error> {
        let body_sha256 = ids::sha256(&received.raw);
        let earlier = self.received_before(desk, received, again, &body_sha256)?;
        let exchange = Exchange {
            id: id.clone(),
            url: received.final_url.clone(),
            asked: (received.url != received.final_url).then(|| received.url.clone()),
            at: received.at,
            ip: received.ip.clone(),
            request: received.request.clone(),
            response_head: received.response_head.clone(),
            body: received.raw.clone(),
            media_type: received.media_type.clone(),
            repeats: earlier.as_ref().map(|earlier| Repeated {
                id: earlier.id.0.clone(),
                url: earlier.final_url.clone(),
                at: earlier.at,
            }),
        };
        let mut records = warc::write(&exchange);
        let besides = requisites.map(|requisites| requisites.records(&id, received));
        let requisites = besides.map(|(further, said)| {
            records.extend(further);
            said
        });
        let mut capture = Capture {
            id: CaptureId(id),
            desk: desk.clone(),
            source: source.map(|source| source.id.clone()),
            url: received.url.clone(),
            final_url: received.final_url.clone(),
            via: received.via.clone(),
            at: received.at,
            status: received.status,
            media_type: received.media_type.clone(),
            body_sha256,
            body_length: received.raw.len() as u64,
            warc_blob: ids::sha256(&records),
            repeats: earlier.map(|earlier| earlier.id),
            again: again.cloned(),
            requisites,
            signature: None,
            removed: None,
        };
        capture.signature = Some(self.signer().sign(&statement(&capture)?));
        Ok((capture, records))
    }

    /// The capture of the same page that holds the same body, where the last one of that page does.
    fn received_before(
        &self,
        desk: &DeskId,
        received: &Received,
        again: Option<&DocumentId>,
        body_sha256: &str,
    ) -> Result<Option<Capture>, Error> {
        // A file has no head that a revisit record could hold.
        if received.raw.is_empty() || received.response_head.is_empty() {
            return Ok(None);
        }
        self.read(|reader| {
            let known = match again {
                Some(document) => Some(document.0.clone()),
                None => {
                    let seen = reader.vault_get(SEEN, &seen_key(desk, &received.final_url))?;
                    seen.and_then(|bytes| String::from_utf8(bytes).ok())
                }
            };
            let Some(known) = known else { return Ok(None) };
            let document: Option<Versioned<Document>> = reader.get(&known)?;
            let last = document.and_then(|document| document.value.capture);
            let Some(last) = last else { return Ok(None) };
            let Some(last) = standing(reader, &last)? else { return Ok(None) };
            let holder = match &last.repeats {
                Some(first) => standing(reader, first)?,
                None => Some(last),
            };
            Ok(holder
                .filter(|holder| holder.body_sha256 == body_sha256 && holder.repeats.is_none() && holder.status != 0))
        })
    }

    /// The WARC records of a capture, as they are kept; those of the capture whose body it repeats follow them.
    pub fn captured_warc(&self, capture: &Capture) -> Result<Vec<u8>, Error> {
        let mut records = self.records(capture)?;
        if let Some(earlier) = self.repeated(capture)? {
            records.extend(self.records(&earlier)?);
        }
        Ok(records)
    }

    /// The records of just this capture.
    pub(crate) fn records(&self, capture: &Capture) -> Result<Vec<u8>, Error> {
        // Asked as of an earlier moment, it does not know yet that it was removed.
        let now: Option<Versioned<Capture>> = self.read(|reader| Ok(reader.get(capture.id.as_str())?))?;
        if let Some(removal) = now.and_then(|now| now.value.removed) {
            return Err(Error::Removed { at: removal.at, why: removal.why });
        }
        let bytes = self.store().blobs().get(&capture.warc_blob)?;
        bytes.ok_or_else(|| Error::not_found("blob", capture.warc_blob.clone()))
    }

    /// The capture whose body this one repeats.
    pub(crate) fn repeated(&self, capture: &Capture) -> Result<Option<Capture>, Error> {
        let Some(earlier) = &capture.repeats else { return Ok(None) };
        let found: Option<Versioned<Capture>> = self.read(|reader| Ok(reader.get(earlier.as_str())?))?;
        let found = found.ok_or_else(|| Error::not_found("capture", earlier.as_str()))?;
        Ok(Some(found.value))
    }

    /// The answer that a capture holds, with its body wherever that is.
    pub(crate) fn response(&self, capture: &Capture) -> Result<Response, Error> {
        self.response_in(&self.records(capture)?, capture)
    }

    /// The same, out of the capture's own records.
    fn response_in(&self, records: &[u8], capture: &Capture) -> Result<Response, Error> {
        let response = match self.repeated(capture)? {
            Some(earlier) => warc::response_after(records, &self.records(&earlier)?),
            None => warc::response(records),
        };
        response.map_err(|error| Error::Internal(error.to_string()))
    }

    /// What a capture received, byte for byte, and what it is: `pdf`, `docx`, `html`, else `bin`.
    pub fn captured_file(&self, capture: &Capture) -> Result<(Vec<u8>, &'static str), Error> {
        let body = self.response(capture)?.body;
        let kind = sitrep_collect::extract::file_kind(&body, capture.media_type.as_deref());
        Ok((body, kind))
    }

    /// The captured page behind a document, safe to show: nothing of it runs, and nothing is loaded from outside. The
    /// passage is marked.
    pub fn captured_page(&self, capture: &Capture, passage: Option<&Passage>) -> Result<String, Error> {
        let records = self.records(capture)?;
        let response = self.response_in(&records, capture)?;
        let media_type = capture.media_type.as_deref();
        let requisites = match capture.requisites {
            Some(_) => warc::requisites(&records),
            None => warc::Requisites::default(),
        };
        Ok(viewing::dressed(&response.body, media_type, &capture.final_url, passage, &requisites))
    }
}

/// A capture whose bytes are kept.
fn standing(reader: &mut Reader<'_>, id: &CaptureId) -> Result<Option<Capture>, Error> {
    let found: Option<Versioned<Capture>> = reader.get(id.as_str())?;
    Ok(found.map(|found| found.value).filter(|capture| capture.removed.is_none()))
}
