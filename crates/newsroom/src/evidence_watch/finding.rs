//! What the watch found: pages that changed or vanished, the difference by sentence, and what rests on them.

use super::{Faring, Watched, citing, keep, realm, watched};
use crate::error::Error;
use crate::newsroom::{Newsroom, must};
use crate::who::Who;
use sitrep_collect::passage;
use sitrep_language::fold;
use sitrep_model::account::Role;
use sitrep_model::citation::{Passage, Target};
use sitrep_model::document::Document;
use sitrep_model::edition::Edition;
use sitrep_model::id::{DeskId, SentenceId};
use sitrep_store::{Reader, Versioned};
use std::collections::HashSet;

/// Findings on a page of their list.
pub const FINDINGS: usize = 50;

/// A page of what the watch found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings {
    /// Those of the page.
    pub shown: Vec<Finding>,
    /// How many there are on all pages.
    pub total: usize,
    /// How many pages and posts are under watch.
    pub watched: usize,
}

/// A published sentence that rests on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resting {
    /// The edition's slug.
    pub slug: String,
    /// Its title.
    pub edition: String,
    /// The sentence.
    pub sentence: SentenceId,
    /// Its words.
    pub text: String,
    /// The passage that it quotes, where it names one.
    pub passage: Option<String>,
    /// That passage no longer stands on the page.
    pub lost: bool,
}

/// A page that did not stay as it was cited.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The document, as it is now.
    pub document: Document,
    /// How its page fares.
    pub watched: Watched,
    /// Sentences that stood on it when it was cited and don't now.
    pub gone: Vec<String>,
    /// Sentences that stand on it now and didn't then.
    pub new: Vec<String>,
    /// What rests on it: first what quotes words that are gone.
    pub resting: Vec<Resting>,
}

impl Finding {
    /// A quoted passage is no longer on the page, or the page itself is not.
    pub fn is_lost(&self) -> bool {
        self.resting.iter().any(|resting| resting.lost)
    }
}

impl Newsroom {
    /// What vanished, then what changed, then what can't be reached, each the latest first, by pages from 0. On a page,
    /// that of which quoted words are gone comes first.
    pub fn evidence_findings(&self, who: &Who, desk: &DeskId, page: usize) -> Result<Findings, Error> {
        who.must_be(Role::Reader, desk)?;
        let all = self.read(|reader| Ok(reader.vault_list(&realm(desk), None)?))?;
        let watched = all.len();
        let mut marked: Vec<(u8, String, Watched)> = all
            .into_iter()
            .filter_map(|(id, bytes)| {
                let watched = serde_json::from_slice::<Watched>(&bytes).ok()?;
                Some((place(watched.faring)?, id, watched))
            })
            .collect();
        marked.sort_by_key(|(place, _, watched)| (*place, std::cmp::Reverse(watched.since)));
        let total = marked.len();
        let page = marked.into_iter().skip(page.saturating_mul(FINDINGS)).take(FINDINGS);
        let mut shown = self.read(|reader| {
            let mut findings = Vec::new();
            for (_, id, watched) in page {
                findings.extend(finding(reader, &id, watched)?);
            }
            Ok::<_, Error>(findings)
        })?;
        shown.sort_by_key(|finding| !finding.is_lost());
        Ok(Findings { shown, total, watched })
    }

    /// Takes what a page says now as what it is held against from here on: somebody looked at the difference.
    pub fn accept_change(&self, who: &Who, desk: &DeskId, document: &str) -> Result<(), Error> {
        who.must_be(Role::Analyst, desk)?;
        let now = self.read(|reader| must::<Document>(reader, desk, document))?;
        self.store().operate(|operations| {
            let found =
                watched(operations, desk, document)?.ok_or_else(|| Error::not_found("watched page", document))?;
            let accepted = Watched { version: now.version, faring: Faring::Waiting, words: None, ..found };
            keep(operations, desk, document, &accepted)
        })
    }
}

/// Where in the list of findings something stands that fares so; `None` where it is no finding.
fn place(faring: Faring) -> Option<u8> {
    match faring {
        Faring::Vanished => Some(0),
        Faring::Changed => Some(1),
        Faring::Unreachable => Some(2),
        Faring::Waiting | Faring::Same => None,
    }
}

fn finding(reader: &mut Reader<'_>, id: &str, watched: Watched) -> Result<Option<Finding>, Error> {
    let now: Option<Versioned<Document>> = reader.get(id)?;
    let cited: Option<Versioned<Document>> = reader.get_version(id, watched.version)?;
    let (Some(now), Some(cited)) = (now, cited) else { return Ok(None) };
    let there = matches!(watched.faring, Faring::Changed);
    let (gone, new) = if there { difference(&cited.value, &now.value) } else { (Vec::new(), Vec::new()) };
    let text = if there { now.value.text() } else { String::new() };
    let is_lost = |passage: &Passage| match watched.faring {
        Faring::Changed => passage::find(&text, passage).is_none(),
        Faring::Vanished => true,
        _ => false,
    };
    let mut resting = Vec::new();
    for edition in citing(reader, id)? {
        rests(&edition, id, &is_lost, &mut resting);
    }
    if resting.is_empty() {
        return Ok(None);
    }
    resting.sort_by_key(|resting| !resting.lost);
    Ok(Some(Finding { document: now.value, watched, gone, new, resting }))
}

/// The sentences of an edition that cite a document.
fn rests(edition: &Edition, document: &str, is_lost: &dyn Fn(&Passage) -> bool, to: &mut Vec<Resting>) {
    for paragraph in edition.paragraphs() {
        for sentence in &paragraph.sentences {
            let cited = paragraph.citations_of(sentence).filter_map(|mark| edition.citation(&mark.citation));
            let passages =
                cited.flat_map(|citation| &citation.references).filter_map(|reference| match &reference.target {
                    Target::Document { document: of, passage } if of.as_str() == document => Some(passage.as_ref()),
                    _ => None,
                });
            for passage in passages {
                to.push(Resting {
                    slug: edition.slug.clone(),
                    edition: edition.title.clone(),
                    sentence: sentence.id.clone(),
                    text: paragraph.sentence_text(sentence),
                    passage: passage.map(|passage| passage.exact.clone()),
                    lost: passage.is_some_and(is_lost),
                });
            }
        }
    }
}

/// The sentences that only one of two readings has, spelling and white space aside.
fn difference(before: &Document, now: &Document) -> (Vec<String>, Vec<String>) {
    let sentences = |document: &Document| -> Vec<String> {
        passage::candidates(&document.paragraphs).into_iter().map(|passage| passage.exact).collect()
    };
    let key = |sentence: &String| fold::fold(sentence).split_whitespace().collect::<Vec<_>>().join(" ");
    let (before, now) = (sentences(before), sentences(now));
    let only = |of: &[String], other: &[String]| {
        let known: HashSet<String> = other.iter().map(key).collect();
        of.iter().filter(|sentence| !known.contains(&key(sentence))).cloned().collect()
    };
    (only(&before, &now), only(&now, &before))
}
