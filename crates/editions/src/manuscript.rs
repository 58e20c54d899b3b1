//! A manuscript: an edition with everything that a form of the publication needs to print it.

use crate::notes::{Cited, Notes, notes};
use sitrep_model::desk::Desk;
use sitrep_model::edition::Edition;
use sitrep_model::id::SentenceId;
use std::collections::BTreeSet;

/// A picture that goes with an edition: its map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// PNG.
    pub png: Vec<u8>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// What it shows, for those who don't see it.
    pub alternative: String,
}

/// An edition with its desk, its numbered notes and what it cites. Page, PDF, message, feed entry, Markdown and JSON are
/// printed from it and from nothing else.
#[derive(Debug, Clone)]
pub struct Manuscript<'a> {
    /// The desk.
    pub desk: &'a Desk,
    /// The edition.
    pub edition: &'a Edition,
    /// What it cites.
    pub cited: &'a Cited,
    /// Its notes, numbered.
    pub notes: Notes,
    /// The installation's public address without a slash at the end: `https://example.org`.
    pub base: &'a str,
    /// The map's picture.
    pub picture: Option<&'a Picture>,
    /// Sentences that something hangs on (a document, event, assessment or edition): these get a link to their threads.
    pub threaded: BTreeSet<SentenceId>,
}

impl<'a> Manuscript<'a> {
    /// Numbers the notes by the desk's style, and finds the sentences that something hangs on.
    pub fn new(desk: &'a Desk, edition: &'a Edition, cited: &'a Cited, base: &'a str) -> Self {
        let threaded = edition
            .paragraphs()
            .flat_map(|paragraph| paragraph.sentences.iter().map(move |sentence| (paragraph, sentence)))
            .filter(|(paragraph, sentence)| {
                !sentence.events.is_empty()
                    || sentence.judgement.is_some()
                    || paragraph.citations_of(sentence).next().is_some()
            })
            .map(|(_, sentence)| sentence.id.clone())
            .collect();
        Self { desk, edition, cited, notes: notes(edition, cited, &desk.style), base, picture: None, threaded }
    }

    /// The same with the map's picture.
    pub fn with_picture(mut self, picture: Option<&'a Picture>) -> Self {
        self.picture = picture;
        self
    }

    /// The edition's public address.
    pub fn address(&self) -> String {
        format!("{}/{}/editions/{}", self.base, self.desk.id, self.edition.slug)
    }
}
