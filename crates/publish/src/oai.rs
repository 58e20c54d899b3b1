//! OAI-PMH 2.0 (Open Archives Initiative Protocol for Metadata Harvesting, 2002): what libraries and catalogues read. The
//! metadata are `oai_dc`, unqualified Dublin Core. What was taken down stays listed as a deleted record.

use crate::formats::is_gone;
use crate::markup::escape;
use jiff::Timestamp;
use sitrep_editions::Manuscript;
use sitrep_model::edition::EditionState;

/// The one metadata format.
pub const PREFIX: &str = "oai_dc";

/// A moment as the protocol writes it: whole seconds, in UTC.
pub fn datestamp(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// What a harvester asked that can't be answered, under the protocol's own codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// `badVerb`, `badArgument`, `badResumptionToken`, `cannotDisseminateFormat`, `idDoesNotExist`, `noRecordsMatch`.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
}

impl Fault {
    /// A fault.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

/// The repository, as it says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// Its name.
    pub name: String,
    /// The whole address that is asked.
    pub address: String,
    /// Whom to write to.
    pub mail: String,
    /// The first moment that a record may bear.
    pub earliest: Timestamp,
    /// Host that names its records: `oai:HOST:…`.
    pub host: String,
}

/// A record's head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its identifier: `oai:example.org:iran/2026-11-20`.
    pub identifier: String,
    /// When it last changed.
    pub changed: Timestamp,
    /// The set that it belongs to.
    pub set: String,
    /// It was taken down.
    pub deleted: bool,
}

/// Where a list goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resumption {
    /// The token; nothing on the last page.
    pub token: Option<String>,
    /// Records in the whole list.
    pub complete: usize,
    /// Records before this page.
    pub cursor: usize,
}

/// The whole answer. `request` are the arguments that were asked, told again unless they were wrong; `body` is what one of the
/// functions here made, or the fault.
pub fn answer(
    repository: &Repository,
    now: Timestamp,
    request: &[(String, String)],
    body: Result<String, Fault>,
) -> String {
    let told = match &body {
        Err(fault) if matches!(fault.code, "badVerb" | "badArgument") => String::new(),
        _ => request.iter().map(|(name, value)| format!(" {}=\"{}\"", escape(name), escape(value))).collect(),
    };
    let body =
        body.unwrap_or_else(|fault| format!("  <error code=\"{}\">{}</error>\n", fault.code, escape(&fault.message)));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd\">\n  <responseDate>{}</responseDate>\n  <request{told}>{}</request>\n{body}</OAI-PMH>\n",
        datestamp(now),
        escape(&repository.address),
    )
}

/// What `Identify` answers.
pub fn identify(repository: &Repository) -> String {
    format!(
        "  <Identify>\n    <repositoryName>{}</repositoryName>\n    <baseURL>{}</baseURL>\n    <protocolVersion>2.0</protocolVersion>\n    <adminEmail>{}</adminEmail>\n    <earliestDatestamp>{}</earliestDatestamp>\n    <deletedRecord>persistent</deletedRecord>\n    <granularity>YYYY-MM-DDThh:mm:ssZ</granularity>\n  </Identify>\n",
        escape(&repository.name),
        escape(&repository.address),
        escape(&repository.mail),
        datestamp(repository.earliest),
    )
}

/// What `ListMetadataFormats` answers.
pub fn formats() -> String {
    format!(
        "  <ListMetadataFormats>\n    <metadataFormat>\n      <metadataPrefix>{PREFIX}</metadataPrefix>\n      <schema>http://www.openarchives.org/OAI/2.0/oai_dc.xsd</schema>\n      <metadataNamespace>http://www.openarchives.org/OAI/2.0/oai_dc/</metadataNamespace>\n    </metadataFormat>\n  </ListMetadataFormats>\n"
    )
}

/// What `ListSets` answers: names and titles.
pub fn sets(sets: &[(String, String)]) -> String {
    let set = |(name, title): &(String, String)| {
        format!(
            "    <set>\n      <setSpec>{}</setSpec>\n      <setName>{}</setName>\n    </set>\n",
            escape(name),
            escape(title)
        )
    };
    format!("  <ListSets>\n{}  </ListSets>\n", sets.iter().map(set).collect::<String>())
}

/// What `ListIdentifiers` answers.
pub fn identifiers(heads: &[Head], resumption: Option<&Resumption>) -> String {
    let heads: String = heads.iter().map(head).collect();
    format!("  <ListIdentifiers>\n{heads}{}  </ListIdentifiers>\n", resumption.map(token).unwrap_or_default())
}

/// What `ListRecords` answers, of records that [`record`] made.
pub fn records(records: &[String], resumption: Option<&Resumption>) -> String {
    format!("  <ListRecords>\n{}{}  </ListRecords>\n", records.concat(), resumption.map(token).unwrap_or_default())
}

/// What `GetRecord` answers.
pub fn one(record: &str) -> String {
    format!("  <GetRecord>\n{record}  </GetRecord>\n")
}

/// A record: its head and, unless it was taken down, its metadata.
pub fn record(head_of: &Head, manuscript: &Manuscript<'_>) -> String {
    let metadata = if head_of.deleted || is_gone(manuscript) { String::new() } else { dublin_core(manuscript) };
    format!("    <record>\n{}{metadata}    </record>\n", head(head_of))
}

fn head(head: &Head) -> String {
    let status = if head.deleted { " status=\"deleted\"" } else { "" };
    format!(
        "    <header{status}>\n      <identifier>{}</identifier>\n      <datestamp>{}</datestamp>\n      <setSpec>{}</setSpec>\n    </header>\n",
        escape(&head.identifier),
        datestamp(head.changed),
        escape(&head.set),
    )
}

fn token(resumption: &Resumption) -> String {
    format!(
        "    <resumptionToken completeListSize=\"{}\" cursor=\"{}\">{}</resumptionToken>\n",
        resumption.complete,
        resumption.cursor,
        escape(resumption.token.as_deref().unwrap_or_default()),
    )
}

fn dublin_core(manuscript: &Manuscript<'_>) -> String {
    let (desk, edition) = (manuscript.desk, manuscript.edition);
    let mut elements: Vec<(&str, String)> = vec![("title", edition.title.clone())];
    elements.extend(edition.authors.iter().map(|author| ("creator", author.clone())));
    elements.extend(edition.sections.iter().filter(|s| s.level <= 1).map(|s| ("subject", s.title.clone())));
    let takeaways = edition.takeaways.iter().map(|takeaway| takeaway.body.text.as_str());
    elements.push(("description", takeaways.collect::<Vec<_>>().join(" ")));
    elements.extend(desk.label.iter().map(|label| ("description", label.clone())));
    if edition.state == EditionState::Retracted {
        elements.push(("description", "This edition was withdrawn as wrong.".to_owned()));
    }
    elements.push(("publisher", if desk.publisher.is_empty() { &desk.name } else { &desk.publisher }.clone()));
    elements.push(("date", edition.date.to_string()));
    elements.push(("type", "Text".to_owned()));
    elements.push(("format", "text/html".to_owned()));
    elements.push(("identifier", manuscript.address()));
    elements.push(("language", desk.language.clone()));
    elements.push(("relation", format!("{}/{}", manuscript.base, desk.id)));
    let element = |(name, text): &(&str, String)| format!("          <dc:{name}>{}</dc:{name}>\n", escape(text));
    let elements: String = elements.iter().filter(|(_, text)| !text.trim().is_empty()).map(element).collect();
    format!(
        "      <metadata>\n        <oai_dc:dc xmlns:oai_dc=\"http://www.openarchives.org/OAI/2.0/oai_dc/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xsi:schemaLocation=\"http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd\">\n{elements}        </oai_dc:dc>\n      </metadata>\n"
    )
}
