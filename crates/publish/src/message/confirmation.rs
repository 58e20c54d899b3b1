//! The question whether somebody really asked: nothing is sent to an address until its owner said so.

use super::Envelope;
use super::compose::{Letter, compose, web_address};
use super::edition::{frame, styled};
use crate::Error;
use crate::markup::escape;
use sitrep_model::desk::Desk;

/// The message that asks for a confirmation by `confirm_url`.
///
/// # Errors
/// Where an address is none, or the envelope's id could not stand in a header.
pub fn confirmation(desk: &Desk, envelope: &Envelope, confirm_url: &str) -> Result<Vec<u8>, Error> {
    let address = web_address(confirm_url)?;
    let label = desk.label.as_deref().filter(|label| !label.is_empty());
    let name = desk.name.replace(char::is_control, " ");
    let mut text = format!(
        "Somebody, probably you, asked for {name} to be sent to this address.\n\nTo confirm, open\n\n{address}\n\nIf it was not you, do nothing: you will not hear from us again.\n\n-- \n{}\n",
        desk.publisher.replace(char::is_control, " ")
    );
    let mut body = String::new();
    if let Some(label) = label {
        text.push_str(&format!("{}\n", label.replace(char::is_control, " ")));
        body.push_str(&format!("<p class=\"exercise\">{}</p>\n", escape(label)));
    }
    body.push_str(&format!(
        "<h1>{}</h1>\n<p>Somebody, probably you, asked for it to be sent to this address.</p>\n<p><a class=\"button\" href=\"{1}\">Yes, send it to me</a></p>\n<p class=\"foot\">Or open <a href=\"{1}\">{1}</a>. If it was not you, do nothing: you will not hear from us again.<br>{2}</p>\n",
        escape(&name),
        escape(&address),
        escape(&desk.publisher),
    ));
    let subject = format!("Please confirm: {name}");
    let html = styled(&frame(&desk.language, &subject, &body))?;
    let headers = vec![("Content-Language", desk.language.clone()), ("Auto-Submitted", "auto-generated".to_owned())];
    compose(envelope, Letter { subject, text, html, picture: None, headers })
}
