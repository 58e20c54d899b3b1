//! What an edition cites, looked up: titles, addresses and dates that its notes print.

use crate::catalogue::all_as_of;
use crate::error::Error;
use crate::newsroom::{Newsroom, look};
use jiff::Timestamp;
use sitrep_editions::notes::{Cited, CitedAssessment, CitedDocument, CitedEdition};
use sitrep_model::assessment::Assessment;
use sitrep_model::citation::Target;
use sitrep_model::document::Document;
use sitrep_model::edition::{Edition, MarkKind};
use sitrep_model::id::{DeskId, DocumentId, EditionId};
use sitrep_model::source::Source;
use sitrep_store::{Reader, Versioned};
use std::collections::HashMap;

impl Newsroom {
    /// Everything that an edition cites, as known at a moment.
    pub(crate) fn cited(
        &self,
        reader: &mut Reader<'_>,
        edition: &Edition,
        as_of: Option<Timestamp>,
    ) -> Result<Cited, Error> {
        let sources: Vec<Source> = all_as_of(reader, Some(&edition.desk), as_of)?;
        let defanged_hosts = sources.iter().filter(|source| source.defanged).flat_map(|s| s.hosts.clone()).collect();
        let by_id: HashMap<&str, &Source> = sources.iter().map(|source| (source.id.as_str(), source)).collect();
        let mut cited = Cited { defanged_hosts, ..Cited::default() };
        for target in edition.citations.iter().flat_map(|citation| &citation.references).map(|r| &r.target) {
            match target {
                Target::Document { document, .. } => self.cite_document(reader, &by_id, document, as_of, &mut cited)?,
                Target::Edition { edition: Some(id), .. } => {
                    self.cite_edition(reader, &edition.desk, id, as_of, &mut cited)?;
                }
                Target::Assessment { assessment } => {
                    let found: Option<Versioned<Assessment>> = look(reader, assessment.as_str(), as_of)?;
                    if let Some(found) = found {
                        let url = format!("{}/{}/assessments/{assessment}", self.base(), edition.desk);
                        let made = CitedAssessment { statement: found.value.statement, url };
                        cited.assessments.insert(assessment.clone(), made);
                    }
                }
                _ => {}
            }
        }
        for mark in edition.paragraphs().flat_map(|paragraph| &paragraph.marks) {
            if let MarkKind::CrossReference { edition: Some(id), .. } = &mark.kind {
                self.cite_edition(reader, &edition.desk, id, as_of, &mut cited)?;
            }
        }
        Ok(cited)
    }

    fn cite_document(
        &self,
        reader: &mut Reader<'_>,
        sources: &HashMap<&str, &Source>,
        id: &DocumentId,
        as_of: Option<Timestamp>,
        cited: &mut Cited,
    ) -> Result<(), Error> {
        let found: Option<Versioned<Document>> = look(reader, id.as_str(), as_of)?;
        if let Some(found) = found {
            let document = found.value;
            let source = document.source.as_ref().and_then(|source| sources.get(source.as_str()));
            let made = CitedDocument {
                title: document.title,
                url: document.url,
                source: source.map(|source| source.name.clone()),
                published: document.published,
                language: Some(document.language),
                defanged: source.is_some_and(|source| source.defanged),
            };
            cited.documents.insert(id.clone(), made);
        }
        Ok(())
    }

    fn cite_edition(
        &self,
        reader: &mut Reader<'_>,
        desk: &DeskId,
        id: &EditionId,
        as_of: Option<Timestamp>,
        cited: &mut Cited,
    ) -> Result<(), Error> {
        let found: Option<Versioned<Edition>> = look(reader, id.as_str(), as_of)?;
        if let Some(found) = found.filter(|found| found.value.state.is_public()) {
            let edition = found.value;
            let url = format!("{}/{desk}/editions/{}", self.base(), edition.slug);
            let made = CitedEdition { date: edition.date, slug: edition.slug, title: edition.title, url };
            cited.editions.insert(id.clone(), made);
        }
        Ok(())
    }
}
