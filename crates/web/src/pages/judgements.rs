//! Assessments in the newsroom: the list, the form of a new one, and the next step of each.

use super::assessments::{Life, life};
use super::station::{Thread, threads};
use super::{Answer, Asked, cite, done, private, said};
use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use serde::Deserialize;
use sitrep_model::assessment::{Assessment, Confidence, Outcome};
use sitrep_model::desk::Desk;
use sitrep_model::document::Document;
use sitrep_model::edition::AssessmentStep;
use sitrep_model::event::Evidence;
use sitrep_model::id::{AssessmentId, DocumentId, EditionId, SectionId, SentenceId};
use sitrep_newsroom::Error;
use sitrep_newsroom::assess::Decision;

/// Documents that a new assessment may rest on.
const DOCUMENTS: usize = 50;
const CONFIDENCES: [&str; 3] = ["low", "moderate", "high"];

#[derive(Template)]
#[template(path = "room_assessments.html")]
struct List {
    shell: Shell,
    assessments: Vec<Assessment>,
}

#[derive(Template)]
#[template(path = "assessment_form.html")]
struct New {
    shell: Shell,
    desk: Desk,
    error: Option<String>,
    documents: Vec<Document>,
    confidences: &'static [&'static str],
    f: Fields,
}

#[derive(Template)]
#[template(path = "room_assessment.html")]
struct Shown {
    shell: Shell,
    desk: Desk,
    a: Assessment,
    version: u64,
    life: Vec<Life>,
    evidence: Vec<Thread>,
    sentences: Vec<(String, String)>,
    confidences: &'static [&'static str],
}

pub(crate) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let (of, who) = (desk.id.clone(), visitor.who().clone());
    let mut assessments = app.ask(move |newsroom| newsroom.assessments(&who, &of, None)).await?;
    assessments.sort_by_key(|assessment| !assessment.is_open());
    let path = format!("/newsroom/{id}/assessments");
    let shell = Shell::of_desk(&visitor, desk, "assessments", "Assessments", path).flash(said(asked.done.as_deref()));
    private(&List { shell, assessments })
}

/// What the form of a new assessment holds.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    statement: String,
    likelihood: String,
    confidence: String,
    horizon: String,
    section: String,
    document: String,
    would_change: String,
}

async fn form(app: &App, visitor: &Visitor, desk: Desk, f: Fields, error: Option<String>) -> Result<New, PageError> {
    let (of, who) = (desk.id.clone(), visitor.who().clone());
    let documents = app
        .ask(move |newsroom| {
            let query = sitrep_newsroom::Query { limit: DOCUMENTS, ..Default::default() };
            Ok(newsroom.list::<Document>(&who, &of, &query)?.items)
        })
        .await?;
    let path = format!("/newsroom/{}/assessments/new", desk.id);
    let shell = Shell::of_desk(visitor, desk.clone(), "assessments", "New assessment", path);
    let documents = documents.into_iter().map(|found| found.value).collect();
    Ok(New { shell, desk, error, documents, confidences: &CONFIDENCES, f })
}

pub(crate) async fn new(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let desk = app.desk(&id).await?;
    let fields = Fields { confidence: "moderate".to_owned(), ..Fields::default() };
    private(&form(&app, &visitor, desk, fields, None).await?)
}

pub(crate) async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let (of, who, given) = (desk.id.clone(), visitor.who().clone(), fields.clone());
    let made = app
        .ask(move |newsroom| {
            let assessment = Assessment { desk: of, ..made(&given)? };
            newsroom.save_assessment(&who, assessment, 0, None)
        })
        .await;
    match made {
        Ok(made) => done(&format!("/newsroom/{id}/assessments/{}", made.value.id), "made"),
        Err(error) => {
            let message = Some(error.message().to_owned());
            let mut response = private(&form(&app, &visitor, desk, fields, message).await?)?;
            *response.status_mut() = error.status();
            Ok(response)
        }
    }
}

/// The assessment that the fields make.
fn made(fields: &Fields) -> Result<Assessment, Error> {
    let horizon = match fields.horizon.trim() {
        "" => None,
        day => Some(day.parse().map_err(|_| Error::field("horizon", format!("{day:?} is no day")))?),
    };
    let evidence = Evidence { document: DocumentId(fields.document.clone()), passage: None };
    let would_change = fields.would_change.lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(Assessment {
        id: AssessmentId::default(),
        desk: Default::default(),
        section: Some(SectionId(fields.section.clone())).filter(|section| !section.0.is_empty()),
        campaign: None,
        statement: fields.statement.trim().to_owned(),
        likelihood: fields.likelihood.clone(),
        confidence: confidence(&fields.confidence)?,
        horizon,
        evidence: if fields.document.is_empty() { Vec::new() } else { vec![evidence] },
        events: Vec::new(),
        would_change: would_change.map(str::to_owned).collect(),
        steps: Vec::new(),
        outcome: None,
        superseded_by: None,
    })
}

fn confidence(name: &str) -> Result<Confidence, Error> {
    let known = [Confidence::Low, Confidence::Moderate, Confidence::High];
    let found = known.into_iter().find(|confidence| confidence.as_str() == name);
    found.ok_or_else(|| Error::field("confidence", format!("{name:?} is no confidence: low, moderate or high")))
}

pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, name)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let (of, who, key) = (desk.id.clone(), visitor.who().clone(), name.clone());
    let (found, steps, stations, sentences) = app
        .ask(move |newsroom| {
            let found = newsroom.assessment(&who, &of, &key, None)?;
            let steps = newsroom.life(&who, &found.value, None)?;
            let stations = newsroom.evidence(&who, &found.value, None)?;
            let sentences = cite::sentences(newsroom, &who, &of)?;
            Ok((found, steps, stations, sentences))
        })
        .await?;
    let path = format!("/newsroom/{id}/assessments/{name}");
    let shell = Shell::of_desk(&visitor, desk.clone(), "assessments", found.value.statement.clone(), path);
    let shell = shell.flash(said(asked.done.as_deref()));
    let (life, evidence) = (life(&shell, steps), threads(&shell, &stations));
    let (a, version) = (found.value, found.version);
    private(&Shown { shell, desk, a, version, life, evidence, sentences, confidences: &CONFIDENCES })
}

#[derive(Deserialize)]
pub(crate) struct Decided {
    version: u64,
    step: String,
    #[serde(default)]
    sentence: String,
    likelihood: String,
    confidence: String,
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    reason: String,
}

impl Decided {
    fn decision(&self) -> Result<Decision, Error> {
        let step = match self.step.as_str() {
            "reaffirmed" => AssessmentStep::Reaffirmed,
            "revised" => AssessmentStep::Revised,
            "resolved" => AssessmentStep::Resolved,
            other => return Err(Error::field("step", format!("{other:?} is no step that is taken here"))),
        };
        let outcome = match self.outcome.as_str() {
            "occurred" => Some(Outcome::Occurred),
            "did_not_occur" => Some(Outcome::DidNotOccur),
            "undecidable" => Some(Outcome::Undecidable),
            _ => None,
        };
        // A sentence's id begins with its edition's.
        let sentence = self.sentence.rsplit_once('.').map(|(edition, _)| edition);
        Ok(Decision {
            step,
            likelihood: self.likelihood.clone(),
            confidence: confidence(&self.confidence)?,
            reason: Some(self.reason.trim().to_owned()).filter(|reason| !reason.is_empty()),
            outcome: outcome.filter(|_| step == AssessmentStep::Resolved),
            superseded_by: None,
            sentence: sentence.map(|edition| (EditionId::from(edition), SentenceId(self.sentence.clone()))),
        })
    }
}

pub(crate) async fn decide(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, name)): Path<(String, String)>,
    Form(given): Form<Decided>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let path = format!("/newsroom/{id}/assessments/{name}");
    let who = visitor.who().clone();
    app.ask(move |newsroom| newsroom.decide(&who, &desk.id, &name, given.version, given.decision()?)).await?;
    done(&path, "step")
}
