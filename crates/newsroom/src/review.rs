//! Review: the checks object, a second person approves; what came in after the data cut-off is marked.

use crate::catalogue::all;
use crate::error::Error;
use crate::newsroom::{Newsroom, must};
use crate::who::Who;
use sitrep_checks::Subject;
use sitrep_editions::Manuscript;
use sitrep_model::account::Role;
use sitrep_model::actor::Actor;
use sitrep_model::document::Document;
use sitrep_model::edition::{Edition, EditionState};
use sitrep_model::finding::{Finding, Severity};
use sitrep_model::id::{DeskId, DocumentId, ParagraphId};
use sitrep_model::{Kind, Noun};
use sitrep_store::{Expected, Reader, Versioned};

/// A cited document that came in after the edition's data cut-off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Late {
    /// Which.
    pub document: DocumentId,
    /// Its title.
    pub title: String,
    /// When it came in.
    pub arrived: jiff::Timestamp,
}

/// A finding with the paragraph it is in; then its offsets count in that paragraph's text.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Placed {
    /// The finding.
    #[serde(flatten)]
    pub finding: Finding,
    /// The paragraph, where it is within one.
    pub paragraph: Option<ParagraphId>,
}

/// Names and first lines of all checks.
pub fn rules() -> Vec<(String, String)> {
    sitrep_checks::RULES.iter().map(|rule| (rule.id.to_owned(), rule.summary())).collect()
}

/// A check's page of the manual, in Markdown.
pub fn explain(rule: &str) -> Option<String> {
    sitrep_checks::rule(rule).map(sitrep_checks::Rule::page)
}

impl Newsroom {
    /// What the checks find in an edition.
    pub fn findings(&self, edition: &Edition) -> Result<Vec<Placed>, Error> {
        let desk = self.desk(&edition.desk)?;
        self.read(|reader| {
            let cited = self.cited(reader, edition, None)?;
            let register: Vec<Actor> = all(reader, Some(&edition.desk))?;
            let manuscript = Manuscript::new(&desk, edition, &cited, self.base());
            let late = late(reader, edition)?;
            let late: Vec<DocumentId> = late.into_iter().map(|late| late.document).collect();
            let subject = Subject::of_edition(&manuscript, &register, &late);
            let findings = sitrep_checks::check(&subject);
            Ok(findings.into_iter().map(|finding| placed(&subject, finding)).collect())
        })
    }

    /// The cited documents that came in after the edition's data cut-off.
    pub fn late(&self, edition: &Edition) -> Result<Vec<Late>, Error> {
        self.read(|reader| late(reader, edition))
    }

    /// Hands an edition in for review. Grave findings must be mended, or overruled with a reason.
    pub fn submit(
        &self,
        who: &Who,
        desk: &DeskId,
        id: &str,
        version: u64,
        overrule: Option<&str>,
    ) -> Result<Versioned<Edition>, Error> {
        who.must_be(Role::Analyst, desk)?;
        let found = self.draft(who, desk, id)?;
        let grave = self.findings(&found.value)?.into_iter().filter(|f| f.finding.severity == Severity::Error).count();
        if grave > 0 && overrule.is_none_or(|reason| reason.trim().is_empty()) {
            let message =
                format!("the checks found {grave} errors: mend them, or say why it is handed in all the same");
            return Err(Error::field("overrule", message));
        }
        self.move_to(who, desk, id, version, EditionState::InReview, "edition.submit", overrule)
    }

    /// Sends an edition back to drafting, with what is to be done.
    pub fn send_back(
        &self,
        who: &Who,
        desk: &DeskId,
        id: &str,
        version: u64,
        why: &str,
    ) -> Result<Versioned<Edition>, Error> {
        who.must_be(Role::Analyst, desk)?;
        if why.trim().is_empty() {
            return Err(Error::field("why", "say what is to be done"));
        }
        self.move_to(who, desk, id, version, EditionState::Drafting, "edition.send_back", Some(why))
    }

    /// Approves an edition; on a desk that wants two persons, by another than the one who handed it in.
    pub fn approve(
        &self,
        who: &Who,
        desk: &DeskId,
        id: &str,
        version: u64,
        note: Option<&str>,
    ) -> Result<Versioned<Edition>, Error> {
        who.must_be(Role::Editor, desk)?;
        if self.wants_another(who, desk, id)? {
            let message = "this desk wants two persons: another editor than the one who handed it in approves";
            return Err(Error::Forbidden(message.to_owned()));
        }
        self.move_to(who, desk, id, version, EditionState::Approved, "edition.approve", note)
    }

    /// Whether somebody else must approve an edition: the desk wants two persons, and this one handed it in.
    pub fn wants_another(&self, who: &Who, desk: &DeskId, id: &str) -> Result<bool, Error> {
        if !self.desk(desk)?.two_persons {
            return Ok(false);
        }
        let history = self.history(Kind::Edition, id)?;
        let handed_in = history.iter().rev().find(|version| version.verb == "edition.submit");
        Ok(handed_in.is_some_and(|version| version.who == who.name()))
    }

    #[allow(clippy::too_many_arguments)]
    fn move_to(
        &self,
        who: &Who,
        desk: &DeskId,
        id: &str,
        version: u64,
        state: EditionState,
        verb: &str,
        why: Option<&str>,
    ) -> Result<Versioned<Edition>, Error> {
        self.write(who, verb, Some(desk), why, |writer| {
            let found = must::<Edition>(writer, desk, id)?;
            may_follow(&found.value, state)?;
            let edition = Edition { state, ..found.value };
            let version = writer.put(&edition, Expected::Version(version))?;
            Ok(Versioned { value: edition, version, seq: 0, recorded: writer.at() })
        })
    }
}

fn late(reader: &mut Reader<'_>, edition: &Edition) -> Result<Vec<Late>, Error> {
    let Some(cutoff) = edition.cutoff else { return Ok(Vec::new()) };
    let mut documents: Vec<&DocumentId> = edition.documents().collect();
    documents.sort();
    documents.dedup();
    let mut late = Vec::new();
    for id in documents {
        if let Some(found) = reader.get::<Document>(id.as_str())?.filter(|found| found.value.arrived > cutoff) {
            late.push(Late { document: id.clone(), title: found.value.title, arrived: found.value.arrived });
        }
    }
    Ok(late)
}

/// Counts a finding's offsets in its paragraph's text, where its whole span stands in one.
fn placed(subject: &Subject, mut finding: Finding) -> Placed {
    let holds = |passage: &&sitrep_checks::Passage| {
        let (first, last) = (passage.at.first().copied(), passage.at.last().copied());
        passage.paragraph.is_some() && first <= Some(finding.start) && Some(finding.end) <= last
    };
    let Some(passage) = subject.passages.iter().find(holds) else { return Placed { finding, paragraph: None } };
    let within = |position: usize| passage.at.partition_point(|at| *at < position);
    finding.start = within(finding.start);
    finding.end = within(finding.end);
    finding.fix = finding.fix.take().map(|fix| {
        let (start, end) = (within(fix.start), within(fix.end));
        sitrep_model::finding::Fix { start, end, ..fix }
    });
    Placed { finding, paragraph: passage.paragraph.clone() }
}

/// Refuses a state that can't follow the one an edition is in.
pub(crate) fn may_follow(edition: &Edition, state: EditionState) -> Result<(), Error> {
    if edition.state.next().contains(&state) {
        return Ok(());
    }
    let words = |state: EditionState| state.as_str().replace('_', " ");
    Err(Error::invalid(format!("{} is {}: it can't become {}", edition.title(), words(edition.state), words(state))))
}
