//! A page that says something, and perhaps asks for one click.

use super::{Answer, page};
use crate::shell::Shell;
use askama::Template;

/// One button.
pub(crate) struct Click {
    pub action: String,
    pub label: &'static str,
}

#[derive(Template)]
#[template(path = "message.html")]
struct Message {
    shell: Shell,
    lines: Vec<String>,
    form: Option<Click>,
}

/// The page.
pub(crate) fn message(shell: Shell, lines: &[&str], form: Option<Click>) -> Answer {
    page(&Message { shell, lines: lines.iter().map(|line| (*line).to_owned()).collect(), form })
}

#[derive(Template)]
#[template(path = "room_message.html")]
struct RoomMessage {
    shell: Shell,
    lines: Vec<String>,
    secrets: Vec<String>,
}

/// The same in the newsroom, with what is shown only once.
pub(crate) fn room_message(shell: Shell, lines: &[&str], secrets: Vec<String>) -> Answer {
    super::private(&RoomMessage { shell, lines: lines.iter().map(|line| (*line).to_owned()).collect(), secrets })
}
