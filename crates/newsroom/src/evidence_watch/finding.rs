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

/// Findings on a page, at most.
const SHOWN: usize = 200;

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
    /// The pages that changed, vanished or can't be reached: first those whose quoted words are gone, then the latest. With
    /// the number of those that are under watch.
    pub fn evidence_findings(&self, who: &Who, desk: &DeskId) -> Result<(Vec<Finding>, usize), Error> {
        who.must_be(Role::Reader, desk)?;
        let all = self.read(|reader| Ok(reader.vault_list(&realm(desk), None)?))?;
        let count = all.len();
        let mut marked: Vec<(String, Watched)> = all
            .into_iter()
            .filter_map(|(id, bytes)| Some((id, serde_json::from_slice::<Watched>(&bytes).ok()?)))
            .filter(|(_, w)| matches!(w.faring, Faring::Changed | Faring::Vanished | Faring::Unreachable))
            .collect();
        marked.sort_by_key(|(_, watched)| std::cmp::Reverse(watched.since));
        marked.truncate(SHOWN);
        let mut findings = self.read(|reader| {
            let mut findings = Vec::new();
            for (id, watched) in marked {
                findings.extend(finding(reader, &id, watched)?);
            }
            Ok::<_, Error>(findings)
        })?;
        findings.sort_by_key(|finding| !finding.is_lost());
        Ok((findings, count))
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
