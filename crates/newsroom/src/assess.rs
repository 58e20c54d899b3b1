//! Assessments: made, reaffirmed, revised, superseded, resolved; each step tied to a sentence of an edition.

use crate::error::Error;
use crate::events::put;
use crate::ids;
use crate::newsroom::{Newsroom, look, must};
use crate::who::Who;
use jiff::Timestamp;
use sitrep_model::account::Role;
use sitrep_model::assessment::{Assessment, Confidence, Outcome, Step};
use sitrep_model::desk::Desk;
use sitrep_model::edition::{AssessmentStep, Edition};
use sitrep_model::id::{AssessmentId, DeskId, EditionId};
use sitrep_store::{Expected, Query, Versioned, Writer};

/// What a person decides about an assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What is done.
    pub step: AssessmentStep,
    /// The likelihood that holds from here, a term of the desk's scale.
    pub likelihood: String,
    /// The confidence that holds from here.
    pub confidence: Confidence,
    /// Why.
    pub reason: Option<String>,
    /// How it came out, where it is resolved.
    pub outcome: Option<Outcome>,
    /// What takes its place, where it is superseded.
    pub superseded_by: Option<AssessmentId>,
    /// The sentence of an edition that does it.
    pub sentence: Option<(EditionId, sitrep_model::id::SentenceId)>,
}

/// A step with the sentence that made it, for readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LifeStep {
    /// The step.
    pub step: Step,
    /// The edition's slug and title, where it is public (or the asker sees drafts).
    pub edition: Option<(String, String)>,
    /// The sentence's words.
    pub sentence: Option<String>,
}

impl Newsroom {
    /// Keeps an assessment: new with version 0 (its first step is made here), else its standing parts at that version.
    pub fn save_assessment(
        &self,
        who: &Who,
        mut assessment: Assessment,
        version: u64,
        why: Option<&str>,
    ) -> Result<Versioned<Assessment>, Error> {
        let id = assessment.desk.clone();
        who.must_be(Role::Analyst, &id)?;
        let desk = self.desk(&id)?;
        if assessment.statement.trim().is_empty() {
            return Err(Error::field("statement", "an assessment is a judgement in one sentence"));
        }
        assessment.likelihood = on_scale(&desk, &assessment.likelihood)?;
        if assessment.id.as_str().is_empty() {
            assessment.id = AssessmentId(ids::id("as"));
        }
        let now = self.now();
        let verb = if version == 0 { "assessment.make" } else { "assessment.edit" };
        self.write(who, verb, Some(&id), why, |writer| {
            if version == 0 {
                assessment.steps = vec![Step {
                    step: AssessmentStep::Made,
                    at: now,
                    edition: None,
                    sentence: None,
                    likelihood: assessment.likelihood.clone(),
                    confidence: assessment.confidence,
                    reason: why.map(str::to_owned),
                }];
            } else {
                // The life of an assessment is written by its steps alone.
                let found = must::<Assessment>(writer, &id, assessment.id.as_str())?.value;
                let kept = assessment.clone();
                assessment = Assessment {
                    statement: kept.statement,
                    section: kept.section,
                    campaign: kept.campaign,
                    horizon: kept.horizon,
                    evidence: kept.evidence,
                    events: kept.events,
                    would_change: kept.would_change,
                    ..found
                };
            }
            put(writer, &assessment, version)
        })
    }

    /// Takes a step in an assessment's life.
    pub fn decide(
        &self,
        who: &Who,
        desk: &DeskId,
        id: &str,
        version: u64,
        decision: Decision,
    ) -> Result<Versioned<Assessment>, Error> {
        who.must_be(Role::Analyst, desk)?;
        let kept = self.desk(desk)?;
        let likelihood = on_scale(&kept, &decision.likelihood)?;
        let verb = format!("assessment.{}", decision.step.as_str());
        let reason = decision.reason.clone();
        self.write(who, &verb, Some(desk), reason.as_deref(), |writer| {
            let mut found = must::<Assessment>(writer, desk, id)?.value;
            if !found.is_open() {
                return Err(Error::invalid("this assessment is closed; make a new one"));
            }
            match decision.step {
                AssessmentStep::Made => {
                    return Err(Error::invalid("it was made already: reaffirm, revise or resolve it"));
                }
                AssessmentStep::Resolved => {
                    found.outcome =
                        Some(decision.outcome.ok_or_else(|| Error::field("outcome", "say how it came out"))?);
                }
                AssessmentStep::Superseded => {
                    let by = decision.superseded_by.clone();
                    let by = by.ok_or_else(|| Error::field("superseded_by", "say which assessment takes its place"))?;
                    must::<Assessment>(writer, desk, by.as_str())?;
                    found.superseded_by = Some(by);
                }
                AssessmentStep::Reaffirmed if likelihood != found.likelihood => {
                    return Err(Error::field("likelihood", "to change the likelihood, revise it and say why"));
                }
                AssessmentStep::Reaffirmed | AssessmentStep::Revised => {}
            }
            if decision.step == AssessmentStep::Revised
                && decision.reason.as_deref().is_none_or(|r| r.trim().is_empty())
            {
                return Err(Error::field("reason", "say why it is revised"));
            }
            found.likelihood = likelihood.clone();
            found.confidence = decision.confidence;
            let (edition, sentence) = decision.sentence.clone().map_or((None, None), |(e, s)| (Some(e), Some(s)));
            found.steps.push(Step {
                step: decision.step,
                at: writer.at(),
                edition,
                sentence,
                likelihood: likelihood.clone(),
                confidence: decision.confidence,
                reason: decision.reason.clone(),
            });
            put(writer, &found, version)
        })
    }

    /// A desk's assessments as known at a moment, newest step first. They are public once an edition carried them, or
    /// where the asker is of the newsroom.
    pub fn assessments(&self, who: &Who, desk: &DeskId, as_of: Option<Timestamp>) -> Result<Vec<Assessment>, Error> {
        let query = Query { desk: Some(desk.clone()), as_of, limit: 500, ..Query::default() };
        let page = self.read(|reader| Ok(reader.list::<Assessment>(&query)?))?;
        let mut shown = Vec::new();
        for found in page.items {
            if self.shows(who, &found.value, as_of)? {
                shown.push(found.value);
            }
        }
        Ok(shown)
    }

    /// One assessment as known at a moment, with its version.
    pub fn assessment(
        &self,
        who: &Who,
        desk: &DeskId,
        id: &str,
        as_of: Option<Timestamp>,
    ) -> Result<Versioned<Assessment>, Error> {
        let found = self.read(|reader| look::<Assessment>(reader, id, as_of))?;
        let found =
            found.filter(|found| &found.value.desk == desk).ok_or_else(|| Error::not_found("assessment", id))?;
        if self.shows(who, &found.value, as_of)? { Ok(found) } else { Err(Error::not_found("assessment", id)) }
    }

    fn shows(&self, who: &Who, assessment: &Assessment, as_of: Option<Timestamp>) -> Result<bool, Error> {
        if who.is_newsroom(&assessment.desk) {
            return Ok(true);
        }
        self.read(|reader| {
            for edition in assessment.steps.iter().filter_map(|step| step.edition.as_ref()) {
                let found: Option<Versioned<Edition>> = look(reader, edition.as_str(), as_of)?;
                if found.is_some_and(|found| found.value.state.is_public()) {
                    return Ok(true);
                }
            }
            Ok(false)
        })
    }

    /// The steps of an assessment with their sentences, oldest first.
    pub fn life(&self, who: &Who, assessment: &Assessment, as_of: Option<Timestamp>) -> Result<Vec<LifeStep>, Error> {
        let inside = who.is_newsroom(&assessment.desk);
        self.read(|reader| {
            let mut life = Vec::new();
            for step in &assessment.steps {
                let found: Option<Versioned<Edition>> = match &step.edition {
                    Some(edition) => look(reader, edition.as_str(), as_of)?,
                    None => None,
                };
                let edition = found.map(|found| found.value).filter(|e| inside || e.state.is_public());
                let sentence = edition.as_ref().zip(step.sentence.as_ref()).and_then(|(edition, id)| {
                    edition.sentence(id).map(|(paragraph, sentence)| paragraph.sentence_text(sentence))
                });
                let edition = edition.map(|edition| (edition.slug, edition.title));
                life.push(LifeStep { step: step.clone(), edition, sentence });
            }
            Ok(life)
        })
    }
}

/// The scale's own term for a wording; refused where it is off the scale.
pub(crate) fn on_scale(desk: &Desk, wording: &str) -> Result<String, Error> {
    desk.scale.find(wording).map(|term| term.term.clone()).ok_or_else(|| {
        let terms: Vec<&str> = desk.scale.terms.iter().map(|term| term.term.as_str()).collect();
        Error::field("likelihood", format!("{wording:?} is not on the {} scale: {}", desk.scale.name, terms.join(", ")))
    })
}

/// Writes the steps that an edition's sentences take, at the moment it is published. A step that was already written for
/// the same sentence is not written again.
pub(crate) fn step_by(writer: &mut Writer<'_>, edition: &Edition, desk: &Desk, at: Timestamp) -> Result<(), Error> {
    for paragraph in edition.paragraphs() {
        for sentence in &paragraph.sentences {
            let Some(judgement) = &sentence.judgement else { continue };
            let Some(found) = writer.get::<Assessment>(judgement.assessment.as_str())? else { continue };
            let mut assessment = found.value;
            let written = assessment.steps.iter().any(|step| {
                step.edition.as_ref() == Some(&edition.id)
                    && (step.sentence.as_ref() == Some(&sentence.id) || step.step == judgement.step)
            });
            if written {
                continue;
            }
            let text = paragraph.sentence_text(sentence);
            let likelihood = worded(desk, &text).unwrap_or_else(|| assessment.likelihood.clone());
            // The step that was taken in the newsroom before is the one that this sentence publishes.
            let waiting = assessment.steps.iter_mut().rev().find(|s| s.edition.is_none() && s.step == judgement.step);
            match waiting {
                Some(step) => {
                    step.edition = Some(edition.id.clone());
                    step.sentence = Some(sentence.id.clone());
                }
                None => assessment.steps.push(Step {
                    step: judgement.step,
                    at,
                    edition: Some(edition.id.clone()),
                    sentence: Some(sentence.id.clone()),
                    likelihood: likelihood.clone(),
                    confidence: assessment.confidence,
                    reason: None,
                }),
            }
            if judgement.step == AssessmentStep::Revised {
                assessment.likelihood = likelihood;
            }
            writer.put(&assessment, Expected::Version(found.version))?;
        }
    }
    Ok(())
}

/// The term of the desk's scale that a sentence uses: the longest of those that stand in it as whole words.
fn worded(desk: &Desk, sentence: &str) -> Option<String> {
    let words: Vec<String> = sitrep_language::fold::words(sentence);
    let holds = |wording: &str| {
        let wording = sitrep_language::fold::words(wording);
        !wording.is_empty() && words.windows(wording.len()).any(|window| window == wording.as_slice())
    };
    let terms = desk
        .scale
        .terms
        .iter()
        .flat_map(|term| std::iter::once(&term.term).chain(&term.also).map(move |wording| (term, wording)));
    terms.filter(|(_, wording)| holds(wording)).max_by_key(|(_, w)| w.len()).map(|(term, _)| term.term.clone())
}
