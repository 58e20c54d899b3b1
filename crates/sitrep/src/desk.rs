//! What store-less commands read of a desk's folder: the desk, its register of names, which hosts are defanged, and what
//! its outlets' articles, editions and assessments are called.

use crate::outcome::{Class, Failure};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sitrep_editions::form;
use sitrep_editions::notes::{Cited, CitedAssessment, CitedDocument, CitedEdition};
use sitrep_model::desk::Desk;
use sitrep_model::id::{DocumentId, EditionId};
use sitrep_model::likelihood::Scale;
use sitrep_model::source::Source;
use sitrep_newsroom::desk_folder::DeskFolder;
use sitrep_testkit::simulator::{self, Article};
use std::collections::HashMap;
use std::path::Path;

/// A desk's folder with its outlets' articles.
pub struct DeskFiles {
    /// The folder, read.
    pub folder: DeskFolder,
    articles: Vec<Article>,
}

/// Reads a desk's folder.
pub fn read(path: &Path) -> Result<DeskFiles, Failure> {
    let folder =
        DeskFolder::read(path).map_err(|error| Failure::from(error).hint("Mend the desk's file and try again."))?;
    let articles = if path.join("outlets").is_dir() && path.join("sources.toml").is_file() {
        simulator::desk_outlets(path).map_err(|error| Failure::new(Class::Unreadable, "outlets", error.to_string()))?
    } else {
        Vec::new()
    };
    Ok(DeskFiles { folder, articles })
}

/// A desk for editions that come without one: every word of it can be seen, so it says no more than it must.
pub fn unnamed() -> Result<Desk, Failure> {
    let text = "id = 'desk'\nname = 'Edition'\npublisher = ''\nlanguage = 'en'\ntime_zone = 'UTC'\nstanding = ''\nsections = []\nscale = { name = '', terms = [] }\n[style]\nnotes = 'arabic'\n";
    let mut desk: Desk = toml::from_str(text).map_err(|error| Failure::unreadable(error.to_string()))?;
    desk.scale = Scale::icd_203();
    Ok(desk)
}

impl DeskFiles {
    /// Hosts whose links are printed defanged.
    pub fn defanged_hosts(&self) -> Vec<String> {
        self.folder.sources.iter().filter(|source| source.defanged).flat_map(|source| source.hosts.clone()).collect()
    }

    /// The days that the articles are of, in their outlets' time zones, by document.
    pub fn published(&self) -> HashMap<String, Date> {
        let day = |article: &Article| {
            let zone = self.source(article).and_then(|source| source.time_zone.as_deref());
            let zone = zone.and_then(|zone| TimeZone::get(zone).ok()).unwrap_or(TimeZone::UTC);
            (article.id.0.clone(), zone.to_datetime(article.published).date())
        };
        self.articles.iter().map(day).collect()
    }

    /// What editions of this desk may cite, as far as the folder has it.
    pub fn cited(&self, base: &str) -> Result<Cited, Failure> {
        let desk = &self.folder.desk;
        let mut cited = Cited { defanged_hosts: self.defanged_hosts(), ..Cited::default() };
        cited.documents = self.articles.iter().map(|article| self.cited_document(article)).collect();
        for file in &self.folder.editions {
            let edition = form::read(&file.text, desk, &mut |_| String::new());
            let edition = edition.map_err(|error| Failure::from(error).of(&file.path))?;
            let url = format!("{base}/{}/editions/{}", desk.id, edition.slug);
            let id = if edition.id.as_str().is_empty() { edition.slug.clone() } else { edition.id.0 };
            let made = CitedEdition { date: edition.date, title: edition.title, url, slug: edition.slug };
            cited.editions.insert(EditionId(id), made);
        }
        for assessment in &self.folder.assessments {
            let url = format!("{base}/{}/assessments/{}", desk.id, assessment.id);
            let made = CitedAssessment { statement: assessment.statement.clone(), url };
            cited.assessments.insert(assessment.id.clone(), made);
        }
        Ok(cited)
    }

    fn cited_document(&self, article: &Article) -> (DocumentId, CitedDocument) {
        let source = self.source(article);
        let document = CitedDocument {
            title: article.title.clone(),
            url: article.url.to_string(),
            source: source.map(|source| source.name.clone()),
            published: Some(article.published),
            language: Some(article.language.clone()),
            defanged: source.is_some_and(|source| source.defanged),
        };
        (article.id.clone(), document)
    }

    fn source(&self, article: &Article) -> Option<&Source> {
        self.folder.sources.iter().find(|source| source.id == article.source)
    }
}
