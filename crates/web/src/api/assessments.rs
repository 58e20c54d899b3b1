//! Campaigns and assessments.

use super::lookup;
use super::shapes;
use super::wire::{Answer, AsOf, Asked, Body, Listed, Paging, created, noun, tagged};
use crate::app::App;
use crate::session::Visitor;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sitrep_model::Noun;
use sitrep_model::assessment::{Assessment, Confidence, Outcome};
use sitrep_model::campaign::Campaign;
use sitrep_model::edition::AssessmentStep;
use sitrep_model::id::{AssessmentId, EditionId, SentenceId};
use sitrep_newsroom::Versioned;
use sitrep_newsroom::assess::Decision;
use utoipa::ToSchema;

/// A campaign.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CampaignShown {
    /// Identifier.
    id: String,
    /// Title.
    title: String,
    /// Toward what.
    objective: String,
    /// Id of the actor whose effort it is.
    actor: Option<String>,
    /// Id of the section that follows it.
    section: Option<String>,
}

/// A desk's campaigns, by title.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/campaigns", tag = "Assessments",
    responses((status = 200, body = Listed<CampaignShown>)))]
pub(crate) async fn campaigns(State(app): State<App>, visitor: Visitor, Path(desk): Path<String>) -> Answer {
    let desk = app.desk(&desk).await?.id;
    let who = visitor.who().clone();
    let all: Vec<Campaign> = app.ask(move |newsroom| newsroom.all(&who, &desk)).await?;
    let shown = |campaign: Campaign| CampaignShown {
        id: campaign.id.0,
        title: campaign.title,
        objective: campaign.objective,
        actor: campaign.actor.map(|actor| actor.0),
        section: campaign.section.map(|section| section.0),
    };
    Ok(Json(Listed::whole(all.into_iter().map(shown).collect())).into_response())
}

/// An assessment in a list, and whole.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AssessmentShown {
    /// Identifier.
    id: String,
    /// The judgement in one sentence.
    statement: String,
    /// Term on the desk's scale, as it holds now.
    likelihood: String,
    /// Confidence, as it holds now.
    #[schema(value_type = shapes::Confidence)]
    confidence: Confidence,
    /// Until when it speaks.
    horizon: Option<Date>,
    /// `open`, `resolved` or `superseded`.
    status: String,
    /// Its version: what a later step is taken on.
    version: u64,
    /// The assessment.
    #[schema(value_type = shapes::Assessment)]
    assessment: Assessment,
}

fn shown(found: Versioned<Assessment>) -> AssessmentShown {
    let assessment = found.value;
    AssessmentShown {
        id: assessment.id.0.clone(),
        statement: assessment.statement.clone(),
        likelihood: assessment.likelihood.clone(),
        confidence: assessment.confidence,
        horizon: assessment.horizon,
        status: assessment.status().unwrap_or_default().to_owned(),
        version: found.version,
        assessment,
    }
}

/// Assessments, the newest step first, or those that words find.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/assessments", tag = "Assessments", params(Paging),
    responses((status = 200, body = Listed<AssessmentShown>)))]
pub(crate) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Path(desk): Path<String>,
    Asked(asked): Asked<Paging>,
) -> Answer {
    let desk = app.desk(&desk).await?;
    let (query, desk) = (asked.query(&desk)?, desk.id);
    let who = visitor.who().clone();
    let found = app.ask(move |newsroom| lookup::found::<Assessment>(newsroom, &who, &desk, &asked.q, &query)).await?;
    let items = found.items.into_iter().map(shown).collect();
    Ok(Json(Listed { items, next: found.next }).into_response())
}

/// An assessment with its life.
#[utoipa::path(get, path = "/api/v1/desks/{desk}/assessments/{id}", tag = "Assessments", params(AsOf),
    responses((status = 200, body = AssessmentShown)))]
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((desk, id)): Path<(String, String)>,
    Asked(asked): Asked<AsOf>,
    headers: HeaderMap,
) -> Answer {
    let desk = app.desk(&desk).await?;
    let (who, as_of, desk) = (visitor.who().clone(), asked.as_of(&desk)?, desk.id);
    let found = app.ask(move |newsroom| newsroom.assessment(&who, &desk, &id, as_of)).await?;
    Ok(tagged(&headers, found.version, &shown(found)))
}

/// An assessment to be kept.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct AssessmentGiven {
    /// The version it was read at; 0 for a new one.
    #[serde(default)]
    version: u64,
    /// Why, for the record and the first step.
    why: Option<String>,
    /// The assessment. Its life (steps, likelihood, confidence, outcome) is written by steps alone.
    #[schema(value_type = shapes::Assessment)]
    assessment: Value,
}

/// Makes an assessment with version 0; else changes the standing parts of the one that was read at that version.
#[utoipa::path(post, path = "/api/v1/desks/{desk}/assessments", tag = "Assessments", request_body = AssessmentGiven,
    responses((status = 201, body = AssessmentShown)))]
pub(crate) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(desk): Path<String>,
    Body(given): Body<AssessmentGiven>,
) -> Answer {
    let desk = app.desk(&desk).await?.id;
    let assessment: Assessment = noun(given.assessment, &desk)?;
    let who = visitor.who().clone();
    let (version, why) = (given.version, given.why);
    let kept = app.ask(move |newsroom| newsroom.save_assessment(&who, assessment, version, why.as_deref())).await?;
    let location = format!("/api/v1/desks/{desk}/assessments/{}", kept.value.id);
    Ok(created(&location, kept.version, &shown(kept)))
}

/// A step to be taken.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct StepGiven {
    /// The version of the assessment that the step is taken on.
    version: u64,
    /// What is done: `reaffirmed`, `revised`, `superseded` or `resolved`.
    #[schema(value_type = shapes::AssessmentStep)]
    step: AssessmentStep,
    /// The likelihood that holds from here; left out, it stays.
    likelihood: Option<String>,
    /// The confidence that holds from here; left out, it stays.
    #[schema(value_type = Option<shapes::Confidence>)]
    confidence: Option<Confidence>,
    /// Why. A revision needs it.
    reason: Option<String>,
    /// How it came out, where it is resolved.
    #[schema(value_type = Option<shapes::Outcome>)]
    outcome: Option<Outcome>,
    /// Id of the assessment that takes its place, where it is superseded.
    superseded_by: Option<String>,
    /// Id of the sentence of an edition that does it.
    sentence: Option<String>,
}

/// Takes a step in an assessment's life.
#[utoipa::path(post, path = "/api/v1/desks/{desk}/assessments/{id}/steps", tag = "Assessments",
    request_body = StepGiven, responses((status = 200, body = AssessmentShown)))]
pub(crate) async fn decide(
    State(app): State<App>,
    visitor: Visitor,
    Path((desk, id)): Path<(String, String)>,
    Body(given): Body<StepGiven>,
) -> Answer {
    let desk = app.desk(&desk).await?.id;
    let who = visitor.who().clone();
    let kept = app
        .ask(move |newsroom| {
            let before = newsroom.assessment(&who, &desk, &id, None)?.value;
            // A sentence's id begins with its edition's.
            let sentence = given.sentence.and_then(|sentence| {
                let edition = EditionId::from(sentence.rsplit_once('.')?.0);
                Some((edition, SentenceId(sentence)))
            });
            let decision = Decision {
                step: given.step,
                likelihood: given.likelihood.unwrap_or(before.likelihood),
                confidence: given.confidence.unwrap_or(before.confidence),
                reason: given.reason,
                outcome: given.outcome,
                superseded_by: given.superseded_by.map(AssessmentId),
                sentence,
            };
            newsroom.decide(&who, &desk, &id, given.version, decision)
        })
        .await?;
    Ok(Json(shown(kept)).into_response())
}
