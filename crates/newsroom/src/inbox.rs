//! The inbox: what came in, in its own direction and script, and what was decided about it.

use crate::error::Error;
use crate::newsroom::{Newsroom, must};
use crate::who::Who;
use sitrep_model::Kind;
use sitrep_model::account::Role;
use sitrep_model::desk::Desk;
use sitrep_model::document::{Document, Triage};
use sitrep_model::id::DeskId;
use sitrep_model::source::Source;
use sitrep_store::{Expected, Page, Query, Versioned};

/// Letters from which an interest is found with other endings.
const WITH_ENDINGS: usize = 5;

/// One line of the inbox.
#[derive(Debug, Clone, PartialEq)]
pub struct InboxLine {
    /// The document and its version.
    pub document: Versioned<Document>,
    /// Its source.
    pub source: Option<Source>,
    /// The title of the document that it repeats.
    pub reprint_of: Option<String>,
    /// The desk's interests that it speaks of: why it matters here.
    pub interests: Vec<String>,
    /// Published sentences, events and assessments that rest on it.
    pub used: usize,
}

impl Newsroom {
    /// One page of the inbox, newest first; `show` is a decision's name, or `all`.
    pub fn inbox(&self, who: &Who, desk: &DeskId, show: &str, query: &Query) -> Result<Page<InboxLine>, Error> {
        who.must_be(Role::Reader, desk)?;
        let status = if show == "all" { Vec::new() } else { vec![show.to_owned()] };
        let query = Query { desk: Some(desk.clone()), status, ..query.clone() };
        let kept = self.desk(desk)?;
        let sources = self.sources(desk)?;
        self.read(|reader| {
            let page: Page<Versioned<Document>> = reader.list(&query)?;
            let mut items = Vec::with_capacity(page.items.len());
            for document in page.items {
                let source = document.value.source.as_ref().and_then(|id| sources.iter().find(|s| &s.id == id));
                let reprint_of = match &document.value.reprint {
                    Some(reprint) => reader.get::<Document>(reprint.of.as_str())?.map(|found| found.value.title),
                    None => None,
                };
                let used = reader.links_to(Kind::Document, document.value.id.as_str(), None)?;
                items.push(InboxLine {
                    source: source.cloned(),
                    reprint_of,
                    interests: interests(&kept, &document.value),
                    used: used.iter().filter(|link| link.kind != Kind::Document).count(),
                    document,
                });
            }
            Ok(Page { items, next: page.next })
        })
    }

    /// Writes down what was decided about a document.
    pub fn triage(&self, who: &Who, desk: &DeskId, id: &str, triage: Triage) -> Result<(), Error> {
        who.must_be(Role::Analyst, desk)?;
        self.write(who, "document.triage", Some(desk), None, |writer| {
            let found = must::<Document>(writer, desk, id)?;
            let document = Document { triage, ..found.value };
            writer.put(&document, Expected::Version(found.version))?;
            Ok(())
        })
    }

    /// Keeps a translation beside a document's original.
    pub fn translate(
        &self,
        who: &Who,
        desk: &DeskId,
        id: &str,
        translation: sitrep_model::document::Translation,
    ) -> Result<(), Error> {
        who.must_be(Role::Analyst, desk)?;
        self.write(who, "document.translate", Some(desk), None, |writer| {
            let mut found = must::<Document>(writer, desk, id)?;
            found.value.translations.retain(|kept| kept.language != translation.language || kept.by != translation.by);
            found.value.translations.push(translation.clone());
            writer.put(&found.value, Expected::Version(found.version))?;
            Ok(())
        })
    }
}

/// A decision by its name.
pub fn triage_named(name: &str) -> Result<Triage, Error> {
    [Triage::New, Triage::Kept, Triage::Later, Triage::Dropped]
        .into_iter()
        .find(|triage| triage.as_str() == name)
        .ok_or_else(|| Error::field("triage", format!("{name:?} is no decision: new, kept, later or dropped")))
}

impl Newsroom {
    /// The passages that a person may choose of a document: its sentences, with what stands around them.
    pub fn passages(&self, document: &Document) -> Vec<sitrep_model::citation::Passage> {
        sitrep_collect::passage::candidates(&document.paragraphs)
    }

    /// The passage of a document with those words; `None` for no words.
    pub fn passage(
        &self,
        who: &Who,
        desk: &DeskId,
        document: &sitrep_model::id::DocumentId,
        words: &str,
    ) -> Result<Option<sitrep_model::citation::Passage>, Error> {
        let words = words.trim();
        if words.is_empty() {
            return Ok(None);
        }
        let found = self.get::<Document>(who, desk, document.as_str(), None)?.value;
        let passage = self.passages(&found).into_iter().find(|passage| passage.exact.trim() == words);
        passage.map(Some).ok_or_else(|| Error::field("passage", "these words don't stand in the document"))
    }
}

/// Words of a desk's interests that stand in a document: what the inbox ranks by, and says so. Longer words are found with
/// their endings too.
fn interests(desk: &Desk, document: &Document) -> Vec<String> {
    let words = sitrep_language::fold::words(&format!("{} {}", document.title, document.text()));
    let same = |word: &str, wanted: &str| {
        word == wanted || (wanted.chars().count() >= WITH_ENDINGS && word.starts_with(wanted))
    };
    let stands = |interest: &&String| {
        let wanted = sitrep_language::fold::words(interest);
        let stretches = words.windows(wanted.len().max(1));
        let mut stretches =
            stretches.map(|stretch| stretch.iter().zip(&wanted).all(|(word, wanted)| same(word, wanted)));
        !wanted.is_empty() && stretches.any(|found| found)
    };
    desk.interests.iter().filter(stands).cloned().collect()
}
