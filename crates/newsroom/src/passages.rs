//! What is found in a document's text each time it is asked for: the passages that a citation or an event may rest on, and
//! what it quotes.

use crate::error::Error;
use crate::newsroom::Newsroom;
use crate::who::Who;
pub use sitrep_collect::quotations::Quotation;
use sitrep_model::citation::Passage;
use sitrep_model::document::Document;
use sitrep_model::id::{DeskId, DocumentId};

impl Newsroom {
    /// The passages that a person may choose of a document: its sentences, with what stands around them.
    pub fn passages(&self, document: &Document) -> Vec<Passage> {
        sitrep_collect::passage::candidates(&document.paragraphs)
    }

    /// What a document quotes, and who said it.
    pub fn quotations(&self, document: &Document) -> Vec<Quotation> {
        sitrep_collect::quotations::find(&document.paragraphs, &document.language)
    }

    /// The passage of a document with those words; `None` for no words.
    pub fn passage(
        &self,
        who: &Who,
        desk: &DeskId,
        document: &DocumentId,
        words: &str,
    ) -> Result<Option<Passage>, Error> {
        let words = words.trim();
        if words.is_empty() {
            return Ok(None);
        }
        let found = self.get::<Document>(who, desk, document.as_str(), None)?.value;
        let passage = self.passages(&found).into_iter().find(|passage| passage.exact.trim() == words);
        passage.map(Some).ok_or_else(|| Error::field("passage", "these words don't stand in the document"))
    }
}
