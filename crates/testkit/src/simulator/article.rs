//! What an outlet published: files of a desk folder, TOML between `+++`, then the paragraphs.

use super::{Error, Template};
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};
use sitrep_model::id::{DocumentId, SourceId};
use sitrep_model::source::Source;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use url::Url;

/// One article of an outlet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// The id of the document that it becomes when the desk's example is loaded.
    pub id: DocumentId,
    /// The outlet.
    pub source: SourceId,
    /// The address that the page calls its own.
    pub url: Url,
    /// Headline.
    pub title: String,
    /// When the outlet published it.
    pub published: Timestamp,
    /// When the outlet changed it last.
    pub modified: Option<Timestamp>,
    /// Authors as printed.
    pub byline: Vec<String>,
    /// BCP 47 language.
    pub language: String,
    /// The manner of its page.
    pub template: Template,
    /// The outlet's section, as printed.
    pub section: Option<String>,
    /// The lead as feeds print it; the first paragraph where there is none.
    pub summary: Option<String>,
    /// Not collected yet when the demonstration starts.
    pub live: bool,
    /// The text.
    pub paragraphs: Vec<String>,
}

impl Article {
    /// Path and query below the outlet's root, as they stand in [`Article::url`].
    pub fn path(&self) -> String {
        match self.url.query() {
            Some(query) => format!("{}?{query}", self.url.path()),
            None => self.url.path().to_owned(),
        }
    }

    /// What a feed prints below the headline.
    pub fn lead(&self) -> &str {
        self.summary.as_deref().or(self.paragraphs.first().map(String::as_str)).unwrap_or_default()
    }

    /// Reads one file. `source` is whose folder it lies in.
    ///
    /// # Errors
    /// In words, what the file lacks.
    pub fn read(text: &str, source: &Source) -> Result<Self, String> {
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let fenced = text.trim_start().strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++"));
        let (front, body) = fenced.ok_or("the file must begin with TOML between two lines of `+++`")?;
        let front: Front = toml::from_str(front).map_err(|error| error.to_string())?;
        let url = Url::parse(&front.url).map_err(|error| format!("url = {:?}: {error}", front.url))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!("url = {:?}: give an address that begins with https://", front.url));
        }
        let paragraphs: Vec<String> =
            body.split("\n\n").map(joined).filter(|paragraph| !paragraph.is_empty()).collect();
        if paragraphs.is_empty() {
            return Err("the article has no paragraphs".to_owned());
        }
        let language = front.language.unwrap_or_else(|| source.language.clone());
        Ok(Self {
            id: front.id.into(),
            source: source.id.clone(),
            url,
            title: front.title,
            published: front.published,
            modified: front.modified,
            byline: front.byline,
            template: Template::of(front.template.as_deref().unwrap_or_default(), &language),
            language,
            section: front.section,
            summary: front.summary,
            live: front.live,
            paragraphs,
        })
    }
}

/// The lines of a paragraph as one.
fn joined(paragraph: &str) -> String {
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    id: String,
    url: String,
    title: String,
    #[serde(deserialize_with = "moment")]
    published: Timestamp,
    #[serde(default, deserialize_with = "moment_or_none")]
    modified: Option<Timestamp>,
    #[serde(default, deserialize_with = "one_or_more")]
    byline: Vec<String>,
    language: Option<String>,
    template: Option<String>,
    section: Option<String>,
    summary: Option<String>,
    #[serde(default)]
    live: bool,
}

/// A moment in quotation marks or as TOML's own date and time.
fn moment<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Date(toml::value::Datetime),
        Text(String),
    }
    let text = match Written::deserialize(deserializer)? {
        Written::Date(date) => date.to_string(),
        Written::Text(text) => text,
    };
    text.parse()
        .map_err(|error| D::Error::custom(format!("{text:?} is no moment such as 2026-11-10T14:30:00Z: {error}")))
}

fn moment_or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    moment(deserializer).map(Some)
}

fn one_or_more<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        One(String),
        More(Vec<String>),
    }
    let names = match Written::deserialize(deserializer)? {
        Written::One(name) => vec![name],
        Written::More(names) => names,
    };
    Ok(names.into_iter().filter(|name| !name.trim().is_empty()).collect())
}

/// The sources of a desk folder, from its `sources.toml`.
///
/// # Errors
/// Where the file can't be read or a source lacks something.
pub fn sources(folder: &Path) -> Result<Vec<Source>, Error> {
    #[derive(Deserialize)]
    struct File {
        #[serde(default)]
        source: Vec<toml::Table>,
    }
    let path = folder.join("sources.toml");
    let content = |fault: String| Error::Content { path: path.clone(), fault };
    let file: File = toml::from_str(&read(&path)?).map_err(|error| content(error.to_string()))?;
    let desk = folder.file_name().and_then(|name| name.to_str()).unwrap_or("desk");
    let mut sources = Vec::new();
    for mut table in file.source {
        // The folder leaves the desk out, which is itself.
        table.entry("desk").or_insert_with(|| desk.into());
        let id = table.get("id").map(ToString::to_string).unwrap_or_default();
        sources.push(
            table.try_into().map_err(|error: toml::de::Error| content(format!("source {id}: {}", error.message())))?,
        );
    }
    Ok(sources)
}

/// Everything that the outlets of a desk folder published, oldest first.
///
/// # Errors
/// Where a file can't be read, lacks something, belongs to no source, or has an address or id that another has.
pub fn desk_outlets(folder: &Path) -> Result<Vec<Article>, Error> {
    let known: BTreeMap<String, Source> =
        sources(folder)?.into_iter().map(|source| (source.id.0.clone(), source)).collect();
    let (mut articles, mut taken) = (Vec::<Article>::new(), BTreeSet::new());
    for outlet in entries(&folder.join("outlets"))?.into_iter().filter(|path| path.is_dir()) {
        let name = outlet.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let source = known.get(name).ok_or_else(|| Error::Content {
            path: outlet.clone(),
            fault: format!("sources.toml has no source with the id {name:?}, which this folder is named after"),
        })?;
        for path in
            entries(&outlet)?.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        {
            let content = |fault: String| Error::Content { path: path.clone(), fault };
            let article = Article::read(&read(&path)?, source).map_err(content)?;
            if !taken.insert(format!("{name} {}", article.path())) || !taken.insert(article.id.0.clone()) {
                return Err(content(format!(
                    "another article has the address {} or the id {}",
                    article.url, article.id
                )));
            }
            articles.push(article);
        }
    }
    articles.sort_by(|a, b| (a.published, &a.id).cmp(&(b.published, &b.id)));
    Ok(articles)
}

fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|source| Error::File { path: path.to_owned(), source })
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let failed = |source| Error::File { path: folder.to_owned(), source };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        paths.push(entry.map_err(failed)?.path());
    }
    paths.sort();
    Ok(paths)
}
