//! What a desk's watches marked, for those who work on it.

use super::Envelope;
use super::compose::{Letter, compose, web_address};
use super::edition::{frame, styled};
use crate::Error;
use crate::direction::is_right_to_left;
use crate::markup::escape;
use sitrep_model::desk::Desk;

/// One marked document.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Alert {
    /// Titles of the watches that it answers.
    pub watches: Vec<String>,
    /// Its title, as printed.
    pub title: String,
    /// BCP 47 language of the title.
    pub language: String,
    /// Who published it.
    pub outlet: String,
    /// When it arrived, as the desk reads it.
    pub arrived: String,
    /// The words that answer.
    pub words: Vec<String>,
    /// The newsroom's page of it.
    pub url: String,
}

/// The digest of a desk's alerts; `left_out` more are in the inbox.
///
/// # Errors
/// Where an address is none, or the envelope's id could not stand in a header.
pub fn alerts(desk: &Desk, envelope: &Envelope, alerts: &[Alert], left_out: usize) -> Result<Vec<u8>, Error> {
    let count = alerts.len() + left_out;
    let subject = format!("{}: {count} watched {}", desk.name, if count == 1 { "document" } else { "documents" });
    let plain = |text: &str| text.replace(char::is_control, " ");
    let mut text = format!("{}\n\n", plain(&subject));
    let mut list = String::new();
    for alert in alerts {
        let url = web_address(&alert.url)?;
        let (watches, words) = (alert.watches.join(", "), alert.words.join(", "));
        text.push_str(&format!(
            "{}\n{} · {} · {}\n{}\n{url}\n\n",
            plain(&alert.title),
            plain(&watches),
            plain(&alert.outlet),
            alert.arrived,
            plain(&words)
        ));
        list.push_str(&format!(
            "<li><a href=\"{}\" lang=\"{}\" dir=\"{}\">{}</a><br>{} · <bdi>{}</bdi> · {}<br><bdi>{}</bdi></li>\n",
            escape(&url),
            escape(&alert.language),
            if is_right_to_left(&alert.title) { "rtl" } else { "ltr" },
            escape(&alert.title),
            escape(&watches),
            escape(&alert.outlet),
            escape(&alert.arrived),
            escape(&words)
        ));
    }
    let mut body = format!("<h1>{}</h1>\n<ul>\n{list}</ul>\n", escape(&subject));
    if left_out > 0 {
        text.push_str(&format!("{left_out} more are in the inbox.\n"));
        body.push_str(&format!("<p>{left_out} more are in the inbox.</p>\n"));
    }
    let html = styled(&frame(&desk.language, &subject, &body))?;
    let headers = vec![("Auto-Submitted", "auto-generated".to_owned())];
    compose(envelope, Letter { subject, text, html, picture: None, headers })
}
