//! Threads: from a sentence to its captured pages, events, assessments and earlier editions; and back from each of them.

use crate::catalogue::sees;
use crate::error::Error;
use crate::leads::{self, LeadLine};
use crate::newsroom::{Newsroom, look};
use crate::reading;
use crate::removal::as_removed;
use crate::sentences::{self, Wording};
use crate::stories::{self, CitedOrigins, StoryView, TELLS};
use crate::who::Who;
use jiff::Timestamp;
use sitrep_model::assessment::Assessment;
use sitrep_model::capture::Capture;
use sitrep_model::citation::{Passage, Target};
use sitrep_model::document::Document;
use sitrep_model::edition::{AssessmentStep, Edition, EditionState, MarkKind, Paragraph, Sentence};
use sitrep_model::event::{Event, EventStatus};
use sitrep_model::id::{DeskId, SentenceId};
use sitrep_model::lead::Lead;
use sitrep_model::position::Position;
use sitrep_model::source::Source;
use sitrep_model::{Kind, Noun};
use sitrep_store::{Reader, Versioned};
use std::ops::Range;

/// One station of a thread.
#[derive(Debug, Clone, PartialEq)]
pub enum Station {
    /// A document, with the passage that says so.
    Document {
        /// The document.
        document: Box<Document>,
        /// Its source.
        source: Option<Box<Source>>,
        /// The passage.
        passage: Option<Passage>,
    },
    /// A plain address, as it is printed in the note.
    Address {
        /// As printed: defanged where the source's rule says so.
        printed: String,
        /// Where it may be followed.
        url: Option<String>,
    },
    /// An event on the map.
    Event(Box<Event>),
    /// A lead, and what it stands between; the newsroom's matter.
    Lead(Box<LeadLine>),
    /// A position on the map.
    Position(Box<Position>),
    /// An assessment, and what the sentence does to it.
    Assessment {
        /// The assessment.
        assessment: Box<Assessment>,
        /// What is done to it here.
        step: Option<AssessmentStep>,
    },
    /// An edition, and the sentence of it.
    Edition {
        /// Its slug.
        slug: String,
        /// Its title.
        title: String,
        /// The sentence.
        sentence: Option<SentenceId>,
        /// The sentence's words.
        text: Option<String>,
        /// What it is to the other end: `cites`, `reports`, `made` …
        role: String,
    },
}

/// A sentence with everything that hangs on it.
#[derive(Debug, Clone, PartialEq)]
pub struct SentencePage {
    /// The edition, as shown.
    pub edition: Versioned<Edition>,
    /// The sentence's words; as they last stood, where it was dropped.
    pub text: String,
    /// It is no longer in the edition.
    pub dropped: bool,
    /// The edition was taken down: nothing of the sentence is told, only that there was one.
    pub gone: bool,
    /// How it read from version to version, oldest first.
    pub wordings: Vec<Wording>,
    /// What hangs on it.
    pub stations: Vec<Station>,
    /// Sentences of other editions that point to it.
    pub pointing: Vec<Station>,
    /// The documents that it cites, and the independent origins behind them.
    pub cited: CitedOrigins,
}

impl SentencePage {
    /// What stays of a sentence whose edition was taken down.
    fn tombstone(edition: Versioned<Edition>) -> Self {
        Self {
            edition,
            text: String::new(),
            dropped: true,
            gone: true,
            wordings: Vec::new(),
            stations: Vec::new(),
            pointing: Vec::new(),
            cited: CitedOrigins::default(),
        }
    }

    /// How it read before it was last reworded.
    pub fn before(&self) -> Option<&str> {
        let mut words = self.wordings.iter().rev().filter_map(|wording| wording.text.as_deref());
        words.next();
        words.next()
    }
}

/// A document with its capture and what rests on it.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentPage {
    /// The document.
    pub document: Versioned<Document>,
    /// Its source.
    pub source: Option<Source>,
    /// Its capture.
    pub capture: Option<Capture>,
    /// What rests on it, as the asker may see it.
    pub stations: Vec<Station>,
    /// The story that it is in, where others tell it too; the newsroom's matter.
    pub story: Option<StoryView>,
    /// Its sentences that don't stand in the document that it repeats, in code points of its text.
    pub added: Vec<Range<usize>>,
}

impl Newsroom {
    /// A sentence and what hangs on it, as known at a moment, as the asker may see it.
    pub fn sentence_page(
        &self,
        who: &Who,
        desk: &DeskId,
        id: &SentenceId,
        as_of: Option<Timestamp>,
    ) -> Result<SentencePage, Error> {
        let missing = || Error::not_found("sentence", id.as_str());
        let (edition_id, _) = id.as_str().rsplit_once('.').ok_or_else(missing)?;
        self.read(|reader| {
            let edition: Versioned<Edition> = look(reader, edition_id, as_of)?.ok_or_else(missing)?;
            if &edition.value.desk != desk {
                return Err(missing());
            }
            let gone = as_of.is_some() && reading::taken_down(reader, desk)?.contains_key(&edition.value.id);
            if gone && !who.is_newsroom(desk) {
                return Ok(SentencePage::tombstone(edition));
            }
            if !readable(who, &edition.value) {
                let known = edition.value.state == EditionState::TakenDown && edition.value.sentence(id).is_some();
                return if known { Ok(SentencePage::tombstone(edition)) } else { Err(missing()) };
            }
            let wordings = sentences::wordings(reader, &edition, id)?;
            let standing = wordings.iter().rev().find_map(|wording| wording.text.clone());
            let now = edition.value.sentence(id).map(|(p, s)| (p.clone(), s.clone()));
            let dropped = now.is_none();
            let text = match &now {
                Some((paragraph, sentence)) => paragraph.sentence_text(sentence),
                None => standing.ok_or_else(missing)?,
            };
            let stations = match &now {
                Some((paragraph, sentence)) => self.hanging(reader, who, &edition.value, paragraph, sentence, as_of)?,
                None => Vec::new(),
            };
            let cited = stories::cited_origins(stations.iter().filter_map(|station| match station {
                Station::Document { document, source, .. } => Some((&**document, source.as_deref())),
                _ => None,
            }));
            let pointing = sentences::pointing(reader, who, &edition.value, id, as_of)?;
            Ok(SentencePage { edition, text, dropped, gone: false, wordings, stations, pointing, cited })
        })
    }

    fn hanging(
        &self,
        reader: &mut Reader<'_>,
        who: &Who,
        edition: &Edition,
        paragraph: &Paragraph,
        sentence: &Sentence,
        as_of: Option<Timestamp>,
    ) -> Result<Vec<Station>, Error> {
        let cited = self.cited(reader, edition, as_of)?;
        let desk = self.desk(&edition.desk)?;
        let mut stations = Vec::new();
        for mark in paragraph.citations_of(sentence) {
            let Some(citation) = edition.citation(&mark.citation) else { continue };
            for reference in &citation.references {
                let printed = sitrep_editions::notes::print(reference, &cited, desk.style.defanging);
                let station = match &reference.target {
                    Target::Document { document, passage } => {
                        document_station(reader, document.as_str(), passage.clone(), as_of)?
                    }
                    Target::Edition { edition: Some(id), sentence, .. } => {
                        edition_station(reader, who, id.as_str(), sentence.as_ref(), "cites", as_of)?
                    }
                    Target::Assessment { assessment } => assessment_station(reader, assessment.as_str(), None, as_of)?,
                    _ => None,
                };
                stations.push(station.unwrap_or(Station::Address { printed: printed.text, url: printed.url }));
            }
        }
        for id in &sentence.events {
            let event: Option<Versioned<Event>> = look(reader, id.as_str(), as_of)?;
            if let Some(event) = event.filter(|event| shows_event(who, &event.value)) {
                stations.push(Station::Event(Box::new(event.value)));
            }
        }
        if let Some(judgement) = &sentence.judgement {
            let id = judgement.assessment.as_str();
            stations.extend(assessment_station(reader, id, Some(judgement.step), as_of)?);
        }
        for mark in paragraph.marks.iter().filter(|mark| mark.start < sentence.end && mark.end > sentence.start) {
            if let MarkKind::CrossReference { edition: Some(id), sentence, .. } = &mark.kind {
                stations.extend(edition_station(reader, who, id.as_str(), sentence.as_ref(), "refers_to", as_of)?);
            }
        }
        Ok(sentences::once(stations))
    }

    /// A document with its capture and what rests on it. Readers see what something public rests on.
    pub fn document_page(
        &self,
        who: &Who,
        desk: &DeskId,
        id: &str,
        as_of: Option<Timestamp>,
    ) -> Result<DocumentPage, Error> {
        let missing = || Error::not_found("document", id);
        self.read(|reader| {
            let mut document: Versioned<Document> = look(reader, id, as_of)?.ok_or_else(missing)?;
            if &document.value.desk != desk {
                return Err(missing());
            }
            document.value = as_removed(reader, document.value)?;
            let stations = backward(reader, who, Kind::Document, id, as_of)?;
            if stations.is_empty() && !who.is_newsroom(desk) {
                return Err(missing());
            }
            let source = match &document.value.source {
                Some(source) => look::<Source>(reader, source.as_str(), as_of)?.map(|found| found.value),
                None => None,
            };
            let capture = match &document.value.capture {
                Some(capture) => look::<Capture>(reader, capture.as_str(), as_of)?.map(|found| found.value),
                None => None,
            };
            let (story, added) = if who.is_newsroom(desk) {
                let story = stories::view(reader, &document.value, as_of)?.filter(|story| story.lines.len() > 1);
                (story, stories::added(reader, &document.value, as_of)?)
            } else {
                (None, Vec::new())
            };
            Ok(DocumentPage { document, source, capture, stations, story, added })
        })
    }

    /// What points to an object, as the asker may see it: sentences of editions, events, positions, assessments.
    pub fn backward(&self, who: &Who, kind: Kind, id: &str, as_of: Option<Timestamp>) -> Result<Vec<Station>, Error> {
        self.read(|reader| backward(reader, who, kind, id, as_of))
    }

    /// A document or event by id as a station, for lists of evidence.
    pub fn evidence(
        &self,
        who: &Who,
        assessment: &Assessment,
        as_of: Option<Timestamp>,
    ) -> Result<Vec<Station>, Error> {
        self.read(|reader| {
            let mut stations = Vec::new();
            for evidence in &assessment.evidence {
                let id = evidence.document.as_str();
                stations.extend(document_station(reader, id, evidence.passage.clone(), as_of)?);
            }
            for id in &assessment.events {
                let event: Option<Versioned<Event>> = look(reader, id.as_str(), as_of)?;
                if let Some(event) = event.filter(|event| shows_event(who, &event.value)) {
                    stations.push(Station::Event(Box::new(event.value)));
                }
            }
            Ok(stations)
        })
    }
}

pub(crate) fn readable(who: &Who, edition: &Edition) -> bool {
    let public = edition.state.is_public() && edition.state != EditionState::TakenDown;
    public || who.is_newsroom(&edition.desk)
}

fn shows_event(who: &Who, event: &Event) -> bool {
    sees(who, &event.desk, event.visibility) && event.status != EventStatus::Withdrawn
}

fn document_station(
    reader: &mut Reader<'_>,
    id: &str,
    passage: Option<Passage>,
    as_of: Option<Timestamp>,
) -> Result<Option<Station>, Error> {
    let Some(document) = look::<Document>(reader, id, as_of)? else { return Ok(None) };
    let source = match &document.value.source {
        Some(source) => look::<Source>(reader, source.as_str(), as_of)?.map(|found| Box::new(found.value)),
        None => None,
    };
    Ok(Some(Station::Document { document: Box::new(document.value), source, passage }))
}

fn edition_station(
    reader: &mut Reader<'_>,
    who: &Who,
    id: &str,
    sentence: Option<&SentenceId>,
    role: &str,
    as_of: Option<Timestamp>,
) -> Result<Option<Station>, Error> {
    let found: Option<Versioned<Edition>> = look(reader, id, as_of)?;
    let Some(edition) = found.map(|found| found.value).filter(|edition| readable(who, edition)) else {
        return Ok(None);
    };
    let found = sentence.and_then(|id| edition.sentence(id));
    let text = found.map(|(paragraph, sentence)| paragraph.sentence_text(sentence));
    let sentence = found.map(|(_, sentence)| sentence.id.clone());
    Ok(Some(Station::Edition { slug: edition.slug, title: edition.title, sentence, text, role: role.to_owned() }))
}

fn assessment_station(
    reader: &mut Reader<'_>,
    id: &str,
    step: Option<AssessmentStep>,
    as_of: Option<Timestamp>,
) -> Result<Option<Station>, Error> {
    let found: Option<Versioned<Assessment>> = look(reader, id, as_of)?;
    Ok(found.map(|found| Station::Assessment { assessment: Box::new(found.value), step }))
}

fn backward(
    reader: &mut Reader<'_>,
    who: &Who,
    kind: Kind,
    id: &str,
    as_of: Option<Timestamp>,
) -> Result<Vec<Station>, Error> {
    let mut stations = Vec::new();
    for link in reader.links_to(kind, id, as_of)? {
        // Who tells the same thing relies on nothing: the story has its own place on the page.
        if link.role == TELLS {
            continue;
        }
        let station = match link.kind {
            Kind::Edition => {
                let sentence = link.anchor.map(SentenceId);
                edition_station(reader, who, &link.id, sentence.as_ref(), &link.role, as_of)?
            }
            Kind::Event => look::<Event>(reader, &link.id, as_of)?
                .filter(|event| shows_event(who, &event.value))
                .map(|event| Station::Event(Box::new(event.value))),
            Kind::Lead => match look::<Lead>(reader, &link.id, as_of)? {
                Some(lead) if who.is_newsroom(&lead.value.desk) => {
                    Some(Station::Lead(Box::new(leads::line(reader, lead, as_of)?)))
                }
                _ => None,
            },
            Kind::Position => look::<Position>(reader, &link.id, as_of)?
                .filter(|position| sees(who, &position.value.desk, position.value.visibility))
                .map(|position| Station::Position(Box::new(position.value))),
            Kind::Assessment => {
                let station = assessment_station(reader, &link.id, None, as_of)?;
                let public = |assessment: &Assessment| assessment.steps.iter().any(|step| step.edition.is_some());
                station.filter(|station| match station {
                    Station::Assessment { assessment, .. } => who.is_newsroom(&assessment.desk) || public(assessment),
                    _ => false,
                })
            }
            Kind::Document if who_may_see_reprints(who, reader, &link.id)? => {
                document_station(reader, &link.id, None, as_of)?
            }
            _ => None,
        };
        stations.extend(station);
    }
    Ok(stations)
}

/// Re-prints among the documents are the newsroom's matter.
fn who_may_see_reprints(who: &Who, reader: &mut Reader<'_>, id: &str) -> Result<bool, Error> {
    let found: Option<Versioned<Document>> = reader.get(id)?;
    Ok(found.is_some_and(|found| found.value.desk().is_some_and(|desk| who.is_newsroom(desk))))
}
