//! An edition as a message: text, HTML, and the map as a picture within.

use super::Envelope;
use super::compose::{Inline, Letter, compose, digest, leaving, web_address};
use crate::Error;
use crate::formats::{html, is_gone, text};
use crate::markup::escape;
use css_inline::{CSSInliner, InlineOptions};
use sitrep_editions::Manuscript;
use sitrep_language::tag;
use sitrep_model::edition::EditionState;
use url::Url;

const STYLES: &str = include_str!("message.css");

/// The message that brings an edition to one subscriber.
///
/// # Errors
/// Where an address of the envelope is none, or its id could not stand in a header.
pub fn edition(manuscript: &Manuscript<'_>, envelope: &Envelope) -> Result<Vec<u8>, Error> {
    let content_id = format!("map.{:016x}@sitrep", digest(&envelope.message_id));
    let picture = manuscript.picture.filter(|_| !is_gone(manuscript));
    let leave = envelope.leave_url.as_deref().map(web_address).transpose()?;
    let source = picture.map(|_| format!("cid:{content_id}"));
    let mut headers = vec![("Content-Language", manuscript.desk.language.clone())];
    headers.extend(list_id(manuscript).map(|id| ("List-Id", id)));
    headers.extend(leaving(envelope)?);
    let letter = Letter {
        subject: subject(manuscript),
        text: plain(manuscript, leave.as_deref()),
        html: styled(&page(manuscript, source, leave.as_deref()))?,
        picture: picture.map(|picture| Inline { content_id, png: &picture.png }),
        headers,
    };
    compose(envelope, letter)
}

fn subject(manuscript: &Manuscript<'_>) -> String {
    let title = &manuscript.edition.title;
    match manuscript.edition.state {
        EditionState::Corrected => format!("Corrected: {title}"),
        EditionState::Retracted => format!("Retracted: {title}"),
        EditionState::TakenDown => format!("Taken down: {title}"),
        _ => title.clone(),
    }
}

/// RFC 2919: the desk's short name under the installation's host.
fn list_id(manuscript: &Manuscript<'_>) -> Option<String> {
    let host = Url::parse(manuscript.base).ok()?.host_str()?.to_owned();
    let label: String =
        manuscript.desk.id.as_str().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let name: String = manuscript.desk.name.chars().filter(|c| !matches!(c, '"' | '\\') && !c.is_control()).collect();
    let phrase = if name.is_ascii() && !name.is_empty() { format!("\"{name}\" ") } else { String::new() };
    Some(format!("{phrase}<{label}.{host}>"))
}

fn plain(manuscript: &Manuscript<'_>, leave: Option<&str>) -> String {
    let mut text = text::text(manuscript);
    text.push_str(&format!(
        "\n-- \n{}\n{}\n",
        manuscript.desk.publisher.replace(char::is_control, " "),
        manuscript.address()
    ));
    if let Some(leave) = leave {
        text.push_str(&format!("Leave this list: {leave}\n"));
    }
    text
}

fn page(manuscript: &Manuscript<'_>, source: Option<String>, leave: Option<&str>) -> String {
    let address = escape(&manuscript.address());
    let leave = leave.map(|leave| format!(" · <a href=\"{}\">Leave this list</a>", escape(leave))).unwrap_or_default();
    let article = html::article_as(manuscript, &html::Setting::message(manuscript, source));
    let label = html::label(manuscript);
    let publisher = escape(&manuscript.desk.publisher);
    let body = format!(
        "{label}<p class=\"online\"><a href=\"{address}\">Read it online</a></p>\n{article}<p class=\"foot\">{publisher} · <a href=\"{address}\">Read it online</a>{leave}</p>\n"
    );
    frame(&manuscript.desk.language, &manuscript.edition.title, &body)
}

/// A message's page: one column that mail readers of every age lay out alike.
pub(super) fn frame(language: &str, title: &str, body: &str) -> String {
    let direction = tag::direction(language);
    let (language, title) = (escape(language), escape(title));
    format!(
        "<!doctype html>\n<html lang=\"{language}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"supported-color-schemes\" content=\"light dark\">\n<title>{title}</title>\n<style>\n{STYLES}</style>\n</head>\n\
         <body dir=\"{direction}\">\n<table role=\"presentation\" class=\"sheet\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\"><tr><td class=\"margin\">\n\
         <div class=\"column\" dir=\"{direction}\">\n{body}</div>\n</td></tr></table>\n</body>\n</html>\n"
    )
}

/// Styles set on the elements; what only a media query can say stays in the head.
pub(super) fn styled(page: &str) -> Result<String, Error> {
    let options = InlineOptions { load_remote_stylesheets: false, ..InlineOptions::default() };
    let inliner = CSSInliner::new(options.keep_at_rules(true));
    inliner.inline(page).map_err(|error| Error::Styles(error.to_string()))
}
