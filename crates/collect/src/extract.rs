//! What a page or a document says: its main text by paragraphs, and what it says of itself.

mod blocks;
mod body;
mod bylines;
mod cleaning;
mod content;
pub(crate) mod docx;
mod elements;
mod embedded;
mod endings;
mod links;
mod metadata;
mod naming;
mod offers;
mod page;
pub(crate) mod pdf;
mod pruning;
mod published;
mod structured;
mod tokens;
mod tree;

pub use crate::time_text::Moment;
pub use published::Times;

use crate::charset;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use page::Page;
use serde::Serialize;
use url::Url;

/// The reader's name and version, kept with every document it made.
pub const READER: &str = concat!("sitrep-collect ", env!("CARGO_PKG_VERSION"), " extract 4");

/// A link in the report's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Absolute address.
    pub url: String,
    /// The words that carry it.
    pub text: String,
}

/// A page read. Serialised it is the answer of `sitrep extract`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Extracted {
    /// The address the page was read from, where given.
    pub url: Option<String>,
    /// The address that the page calls its own.
    pub canonical: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Authors as printed.
    pub byline: Vec<String>,
    /// Time of publication, by the outlet's clock.
    pub published: Option<Moment>,
    /// Time of the last change, by the outlet's clock.
    pub modified: Option<Moment>,
    /// BCP 47 language of the text.
    pub language: Option<String>,
    /// The outlet's name.
    pub site: Option<String>,
    /// The paragraphs joined by a line break.
    pub text: String,
    /// The main text.
    pub paragraphs: Vec<String>,
    /// Links inside the main text.
    pub links: Vec<Link>,
    /// Address of the leading picture.
    pub image: Option<String>,
}

/// What is known of a page besides its bytes.
#[derive(Debug, Clone)]
pub struct Circumstances<'a> {
    /// Its address.
    pub url: Option<&'a str>,
    /// Its `Content-Type` header as received.
    pub content_type: Option<&'a str>,
    /// The outlet's time zone, for times written without one.
    pub zone: TimeZone,
    /// The day it was received; dates without a year are the nearest to it.
    pub received: Date,
}

/// Why a body is not read as a page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Neither HTML nor plain text.
    #[error("the body is {0}, which is not read: give an HTML page, a PDF, a DOCX document or a plain text")]
    NotText(String),
    /// Nothing in it.
    #[error("the body is empty: there is no page to read")]
    Empty,
    /// An archive that can't be opened.
    #[error("the document can't be opened ({0}): fetch it again, or save it anew")]
    Damaged(String),
    /// Unpacks to more than is read.
    #[error("the document unpacks to more than is read: it is refused")]
    TooLarge,
    /// Locked.
    #[error("the document is encrypted: save it without a password or restrictions and give that")]
    Encrypted,
    /// Pictures of pages, or letters that only look like some.
    #[error("the document holds no text that can be read, perhaps only pictures of its pages: give one with text")]
    NoText,
}

/// Reads a page (HTML, XHTML or plain text), a PDF or a DOCX document.
pub fn extract(bytes: &[u8], circumstances: &Circumstances) -> Result<Extracted, Error> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::Empty);
    }
    if docx::is_docx(bytes) {
        return docx::read(bytes, circumstances);
    }
    if pdf::is_pdf(bytes) {
        return pdf::read(bytes, circumstances);
    }
    refuse_binary(bytes, circumstances.content_type)?;
    let address = circumstances.url.and_then(|url| Url::parse(url).ok());
    let top_level =
        address.as_ref().and_then(Url::host_str).and_then(|host| host.rsplit('.').next()).map(str::to_owned);
    let text = charset::text(bytes, circumstances.content_type, top_level.as_deref());
    if is_plain(&text, circumstances.content_type) {
        return Ok(plain(&text, circumstances));
    }
    Ok(page(&text, circumstances, address.as_ref()))
}

/// The usual ending of a file's name for what bytes are: `pdf`, `docx`, `html`, else `bin`.
pub fn file_kind(bytes: &[u8], content_type: Option<&str>) -> &'static str {
    if pdf::is_pdf(bytes) {
        "pdf"
    } else if docx::is_docx(bytes) {
        "docx"
    } else if content_type.is_some_and(|kind| kind.contains("html")) {
        "html"
    } else {
        "bin"
    }
}

/// Only when a page was published and changed: a small part of the cost of reading all of it.
pub fn times(bytes: &[u8], circumstances: &Circumstances) -> Result<Times, Error> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::Empty);
    }
    refuse_binary(bytes, circumstances.content_type)?;
    Ok(published::times(&charset::text(bytes, circumstances.content_type, None), circumstances, ""))
}

/// The body of a parsed page.
pub(crate) fn body_of(root: scraper::ElementRef<'_>) -> Option<scraper::ElementRef<'_>> {
    root.child_elements().find(|child| matches!(child.value().name(), "body" | "frameset"))
}

fn page(source: &str, circumstances: &Circumstances, address: Option<&Url>) -> Extracted {
    let page = Page::parse(source);
    let metadata = metadata::read(&page, address);
    let found = content::find(&page, &content::About { title: metadata.title.as_deref(), authors: &metadata.byline });
    let links = links::of(&found, metadata.base.as_ref());
    let paragraphs = body::reconcile(found.into_iter().map(|block| block.text).collect(), metadata.body.as_deref());
    let text = paragraphs.join("\n");
    let language = language(&text, metadata.language.as_deref());
    let spoken = language.as_deref().unwrap_or_default();
    let times = published::times(source, circumstances, spoken);
    let links = links.into_iter().filter(|link| text.contains(&link.text)).collect();
    Extracted {
        url: circumstances.url.map(str::to_owned),
        published: times.published,
        modified: times.modified,
        canonical: metadata.canonical,
        title: metadata.title,
        byline: metadata.byline,
        language,
        site: metadata.site,
        text,
        paragraphs,
        links,
        image: metadata.image,
    }
}

/// Characters of a text by which its language is told.
const SAMPLE: usize = 1_000;

/// The text's own language; the page's word where the text is too short to tell, or for the script's variants.
fn language(text: &str, declared: Option<&str>) -> Option<String> {
    let primary = declared.map(|tag| sitrep_language::tag::primary(tag).to_ascii_lowercase());
    let end = text.char_indices().nth(SAMPLE).map_or(text.len(), |(at, _)| at);
    match sitrep_language::detect::detect(&text[..end]) {
        Some((detected, sure)) if sure >= 0.5 || primary.is_none() => Some(detected.to_owned()),
        _ => primary,
    }
}

fn is_plain(text: &str, content_type: Option<&str>) -> bool {
    let head: String = text.trim_start().chars().take(2_000).collect::<String>().to_ascii_lowercase();
    let has_tags =
        ["<html", "<!doctype html", "<body", "<head", "<div", "<p>", "<p ", "<article", "<?xml", "<meta", "<title"]
            .iter()
            .any(|tag| head.contains(tag));
    match content_type {
        Some(kind) if kind.trim_start().to_ascii_lowercase().starts_with("text/plain") => {
            !head.starts_with("<!doctype") && !head.starts_with("<html")
        }
        _ => !has_tags && !head.starts_with('<'),
    }
}

fn plain(text: &str, circumstances: &Circumstances) -> Extracted {
    let end = text.char_indices().nth(crate::html::LONGEST).map_or(text.len(), |(at, _)| at);
    let text = text[..end].replace("\r\n", "\n").replace('\r', "\n");
    let separator = if text.contains("\n\n") { "\n\n" } else { "\n" };
    let paragraphs: Vec<String> = text
        .split(separator)
        .map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|paragraph| !paragraph.is_empty())
        .collect();
    let title = paragraphs.first().filter(|line| line.chars().count() <= 200).cloned();
    let text = paragraphs.join("\n");
    let language = language(&text, None);
    let published = published::of_head(&paragraphs, circumstances, language.as_deref().unwrap_or_default());
    let named = || circumstances.url.and_then(sitrep_language::dates::in_address);
    Extracted {
        url: circumstances.url.map(str::to_owned),
        canonical: circumstances.url.map(str::to_owned),
        title,
        byline: Vec::new(),
        published: published.or_else(|| {
            named().and_then(|found| {
                Moment::of(found.date.to_datetime(jiff::civil::Time::midnight()), &circumstances.zone)
            })
        }),
        modified: None,
        language,
        site: None,
        text,
        paragraphs,
        links: Vec::new(),
        image: None,
    }
}

fn refuse_binary(bytes: &[u8], content_type: Option<&str>) -> Result<(), Error> {
    let kinds: [(&[u8], &str); 7] = [
        (b"%PDF-", "a PDF"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"PK\x03\x04", "a ZIP archive"),
        (b"\x1f\x8b", "compressed"),
        (b"RIFF", "a sound or a film"),
    ];
    if let Some((_, kind)) = kinds.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(Error::NotText((*kind).to_owned()));
    }
    let kind = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if ["image/", "audio/", "video/", "font/"].iter().any(|start| kind.starts_with(start))
        && !kind.starts_with("image/svg")
    {
        return Err(Error::NotText(kind));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
