//! Front matter: TOML between `+++`.

use crate::Error;
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;
use sitrep_model::edition::{Correction, Edition, EditionState};
use std::fmt::Write as _;

/// What a file says of the correction that it is, where it is one: `correction = "…"` and `corrected = "…Z"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correcting {
    /// What was wrong and what was done.
    pub note: String,
    /// When it was published; `None` where the file leaves it open.
    pub at: Option<Timestamp>,
}

/// The front matter's keys.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Front {
    pub id: Option<String>,
    pub slug: Option<String>,
    pub title: Option<String>,
    pub date: Date,
    pub cutoff: Option<Timestamp>,
    #[serde(default)]
    pub authors: Vec<String>,
    #[serde(default)]
    pub state: EditionState,
    pub published: Option<Timestamp>,
    pub origin_url: Option<String>,
    #[serde(default)]
    pub corrections: Vec<Correction>,
    pub correction: Option<String>,
    pub corrected: Option<Timestamp>,
}

/// The front matter, and the number of the line behind it with what follows.
pub(super) fn split(text: &str) -> Result<(Front, usize, &str), Error> {
    let error = |line: usize, message: &str| {
        let hint = "begin the file with a line +++, then `title = …` and `date = …`, then a line +++";
        Error::Form { line, message: message.to_owned(), hint: hint.to_owned() }
    };
    let blank = text.split_inclusive('\n').take_while(|line| line.trim().is_empty());
    let (skipped, at) = blank.fold((0, 0), |(lines, bytes), line| (lines + 1, bytes + line.len()));
    let mut lines = text.split_inclusive('\n').enumerate().skip(skipped);
    let (first, opening) = lines.next().ok_or(Error::Empty)?;
    if opening.trim_end() != "+++" {
        return Err(error(first + 1, "the front matter is missing"));
    }
    let start = at + opening.len();
    let mut end = start;
    for (index, line) in lines {
        if line.trim_end() == "+++" {
            let front = parse(&text[start..end], first + 2)?;
            return Ok((front, index + 2, &text[end + line.len()..]));
        }
        end += line.len();
    }
    Err(error(first + 1, "the front matter is not closed"))
}

fn parse(toml: &str, first_line: usize) -> Result<Front, Error> {
    toml::from_str(toml).map_err(|error| {
        let before = error.span().and_then(|span| toml.get(..span.start)).unwrap_or_default();
        let line = first_line + before.matches('\n').count();
        let message = format!("the front matter can't be read: {}", error.message());
        let hint = "known keys are id, slug, title, date, cutoff, authors, state, published, origin_url, corrections, \
                    correction and corrected; texts stand in \"…\", times are written \"2026-11-10T19:00:00Z\"";
        Error::Form { line, message, hint: hint.to_owned() }
    })
}

/// Whether a file of the desk is a correction of an earlier version, and of what.
///
/// # Errors
/// [`Error::Form`] where the front matter can't be read.
pub fn correcting(text: &str) -> Result<Option<Correcting>, Error> {
    let text = super::text::plain_lines(text);
    let (front, ..) = split(&text)?;
    Ok(front.correction.map(|note| Correcting { note, at: front.corrected }))
}

/// The front matter of an edition, without its fences.
pub(super) fn write(edition: &Edition) -> String {
    let moment = |at: Option<Timestamp>| at.map(|at| string(&at.to_string()));
    let text = |text: &str| Some(string(text));
    let authors: Vec<String> = edition.authors.iter().map(|name| string(name)).collect();
    let pairs = [
        ("id", text(edition.id.as_str()).filter(|_| !edition.id.as_str().is_empty())),
        ("slug", text(&edition.slug)),
        ("title", text(&edition.title)),
        ("date", text(&edition.date.to_string())),
        ("cutoff", moment(edition.cutoff)),
        ("authors", (!authors.is_empty()).then(|| format!("[{}]", authors.join(", ")))),
        ("state", text(edition.state.as_str())),
        ("published", moment(edition.published)),
        ("origin_url", edition.origin_url.as_deref().map(string)),
    ];
    let mut written = String::new();
    for (key, value) in pairs {
        if let Some(value) = value {
            let _ = writeln!(written, "{key} = {value}");
        }
    }
    for correction in &edition.corrections {
        let (at, note) = (string(&correction.at.to_string()), string(&correction.note));
        let version = correction.replaces_version;
        let _ = write!(written, "\n[[corrections]]\nat = {at}\nnote = {note}\nreplaces_version = {version}\n");
    }
    written
}

/// A TOML string on one line.
fn string(text: &str) -> String {
    let mut written = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => written.extend(['\\', c]),
            '\n' => written.push_str("\\n"),
            '\t' => written.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(written, "\\u{:04X}", u32::from(c));
            }
            c => written.push(c),
        }
    }
    written.push('"');
    written
}
