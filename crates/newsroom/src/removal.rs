//! The removal of what a capture holds: the only way in which evidence goes. A decision with its reason is recorded
//! first, and stands as a tombstone wherever the capture is shown; then the bytes go.

use crate::error::Error;
use crate::keeping::forget_fingerprint;
use crate::newsroom::{Newsroom, must};
use crate::who::Who;
use sitrep_model::Kind;
use sitrep_model::account::Role;
use sitrep_model::capture::{Capture, Removal};
use sitrep_model::document::Document;
use sitrep_model::id::DeskId;
use sitrep_store::{Expected, Reader, Versioned};

impl Newsroom {
    /// Removes a capture's bytes, and the text that was read from them from what is shown. Asked again, it finishes what
    /// was cut off. The record keeps that it was there, when, at which address, and with which digest.
    pub fn remove_capture(&self, who: &Who, desk: &DeskId, id: &str, why: &str) -> Result<Removal, Error> {
        who.must_be(Role::Chief, desk)?;
        let found = self.read(|reader| must::<Capture>(reader, desk, id))?;
        let removal = match found.value.removed {
            Some(removal) => removal,
            None => self.record_removal(who, desk, id, why)?,
        };
        self.store().blobs().remove(&removal.gone_blob)?;
        Ok(removal)
    }

    fn record_removal(&self, who: &Who, desk: &DeskId, id: &str, why: &str) -> Result<Removal, Error> {
        if why.trim().is_empty() {
            return Err(Error::field(
                "why",
                "say why the bytes are removed: everybody who meets the tombstone reads it",
            ));
        }
        self.write(who, "capture.remove", Some(desk), Some(why), |writer| {
            let capture = must::<Capture>(writer, desk, id)?;
            let removal = Removal {
                at: writer.at(),
                by: who.name(),
                why: why.trim().to_owned(),
                gone_blob: capture.value.warc_blob.clone(),
            };
            let removed = Capture { removed: Some(removal.clone()), ..capture.value };
            writer.put(&removed, Expected::Version(capture.version))?;
            for document in read_from(writer, id)? {
                forget_fingerprint(&mut writer.operations(), desk, &document.value.id)?;
                let without = Document { removed: Some(removal.clone()), ..document.value }.without_text();
                writer.put(&without, Expected::Version(document.version))?;
            }
            Ok(removal)
        })
    }
}

/// The documents whose present reading was made from a capture.
fn read_from(reader: &mut Reader<'_>, capture: &str) -> Result<Vec<Versioned<Document>>, Error> {
    let mut documents = Vec::new();
    for link in reader.links_to(Kind::Capture, capture, None)? {
        if link.kind == Kind::Document && link.role == "read_from" {
            let found: Option<Versioned<Document>> = reader.get(&link.id)?;
            documents.extend(found);
        }
    }
    Ok(documents)
}

/// Puts the tombstone on a document as it stood earlier, where its capture was removed since.
pub(crate) fn as_removed(reader: &mut Reader<'_>, document: Document) -> Result<Document, Error> {
    let Some(capture) = &document.capture else { return Ok(document) };
    let now: Option<Versioned<Capture>> = reader.get(capture.as_str())?;
    match now.and_then(|now| now.value.removed) {
        Some(removal) => Ok(Document { removed: Some(removal), ..document }.without_text()),
        None => Ok(document),
    }
}
