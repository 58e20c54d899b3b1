//! The inbox: what came in, in its own direction and script, and what was decided about it.

use crate::error::Error;
use crate::newsroom::{Newsroom, must};
use crate::stories::{self, StoryView};
use crate::who::Who;
use sitrep_model::Kind;
use sitrep_model::account::Role;
use sitrep_model::desk::Desk;
use sitrep_model::document::{Document, StoryRelation, Triage};
use sitrep_model::id::{DeskId, DocumentId};
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

/// Lines of the inbox that tell the same thing.
#[derive(Debug, Clone, PartialEq)]
pub struct InboxStory {
    /// Its lines on this page, the earliest on top.
    pub lines: Vec<InboxLine>,
    /// The whole story, where other documents tell it too, whatever was decided about them.
    pub story: Option<StoryView>,
}

impl Newsroom {
    /// Lines of a page of the inbox by story; a story stands where its newest line stood.
    pub fn inbox_stories(&self, who: &Who, desk: &DeskId, lines: Vec<InboxLine>) -> Result<Vec<InboxStory>, Error> {
        who.must_be(Role::Reader, desk)?;
        let mut stories: Vec<(Option<DocumentId>, InboxStory)> = Vec::new();
        self.read(|reader| {
            for line in lines {
                let document = &line.document.value;
                let id = document.story.as_ref().map(|place| place.story.clone());
                let known = stories.iter_mut().find(|(known, _)| id.is_some() && *known == id);
                if let Some((_, story)) = known {
                    story.lines.push(line);
                } else {
                    let story = stories::view(reader, document, None)?.filter(|story| story.lines.len() > 1);
                    stories.push((id, InboxStory { lines: vec![line], story }));
                }
            }
            Ok::<(), Error>(())
        })?;
        let in_order = |mut story: InboxStory| {
            story.lines.sort_by_key(|line| (line.document.value.arrived, !opens_its_story(&line.document.value)));
            story
        };
        Ok(stories.into_iter().map(|(_, story)| in_order(story)).collect())
    }

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

/// Whether a document is the first report of its story: what came in the same moment stands below it.
fn opens_its_story(document: &Document) -> bool {
    document.story.as_ref().is_some_and(|place| place.relation == StoryRelation::First)
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
