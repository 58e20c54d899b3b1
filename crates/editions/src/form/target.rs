//! Where links, cross references and references lead: `https://…`, `<…>`, `edition:2026-11-05#sentence`.

use super::cursor::{Cursor, must_be_named, named, quoted, word};
use crate::Error;
use jiff::civil::Date;
use sitrep_model::citation::Passage;
use sitrep_model::id::{EditionId, SentenceId};

/// An edition as it is referred to. A key that is a date names the day; any other (or one in quotation marks) the id
/// or slug.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct EditionTarget {
    pub edition: Option<EditionId>,
    pub sentence: Option<SentenceId>,
    pub url: Option<String>,
    pub date: Option<Date>,
}

impl EditionTarget {
    /// Reads what follows `edition:`.
    pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Self, Error> {
        let mut found = Self::default();
        let (key, was_quoted) = cursor.word()?;
        match key.parse::<Date>() {
            Ok(date) if !was_quoted => found.date = Some(date),
            _ if key.is_empty() && !was_quoted => {}
            _ => found.edition = Some(EditionId(key)),
        }
        if cursor.take_if('#') {
            found.sentence = Some(SentenceId(cursor.word()?.0));
        }
        while let Some((key, value)) = pair(cursor)? {
            match key.as_str() {
                "url" => found.url = Some(value),
                "date" => {
                    let date = value.parse();
                    found.date = Some(
                        date.map_err(|_| cursor.error(format!("“{value}” is no date"), "write it as 2026-11-05"))?,
                    );
                }
                _ => return Err(cursor.error(format!("an edition has no “{key}”"), "write url=… or date=…")),
            }
        }
        Ok(found)
    }

    /// The target as it is written.
    pub(super) fn written(&self) -> String {
        let mut written = String::from("edition:");
        let day = self.date.map(|date| date.to_string());
        match &self.edition {
            Some(id) if id.as_str().parse::<Date>().is_ok() => written.push_str(&quoted(id.as_str())),
            Some(id) => written.push_str(&word(id.as_str())),
            None => written.push_str(day.as_deref().unwrap_or_default()),
        }
        if let Some(sentence) = &self.sentence {
            written.push('#');
            written.push_str(&word(sentence.as_str()));
        }
        if let (Some(day), Some(_)) = (day, &self.edition) {
            written.push_str(&format!(" date={day}"));
        }
        if let Some(url) = &self.url {
            written.push_str(&format!(" url={}", word(url)));
        }
        written
    }
}

/// ` key=value`, where it comes next.
fn pair(cursor: &mut Cursor<'_>) -> Result<Option<(String, String)>, Error> {
    let mut ahead = cursor.clone();
    ahead.skip_blank();
    let (key, was_quoted) = ahead.word()?;
    if key.is_empty() || was_quoted || !ahead.take_if('=') {
        return Ok(None);
    }
    let (value, _) = ahead.word()?;
    *cursor = ahead;
    Ok(Some((key, value)))
}

/// Reads ` "exact" prefix="…" suffix="…"`, where it comes next.
pub(super) fn read_passage(cursor: &mut Cursor<'_>) -> Result<Option<Passage>, Error> {
    let mut ahead = cursor.clone();
    ahead.skip_blank();
    if !ahead.take_if('"') {
        return Ok(None);
    }
    let mut passage = Passage { exact: ahead.quoted()?, prefix: String::new(), suffix: String::new() };
    while let Some((key, value)) = pair(&mut ahead)? {
        match key.as_str() {
            "prefix" => passage.prefix = value,
            "suffix" => passage.suffix = value,
            _ => return Err(ahead.error(format!("a passage has no “{key}”"), "write prefix=\"…\" or suffix=\"…\"")),
        }
    }
    *cursor = ahead;
    Ok(Some(passage))
}

/// A passage as it is written, with a space before it.
pub(super) fn passage(passage: &Passage) -> String {
    let mut written = format!(" {}", quoted(&passage.exact));
    for (key, value) in [("prefix", &passage.prefix), ("suffix", &passage.suffix)] {
        if !value.is_empty() {
            written.push_str(&format!(" {key}={}", quoted(value)));
        }
    }
    written
}

/// What stands in the parentheses of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LinkTarget {
    /// `()`.
    None,
    /// An address.
    Address(String),
    /// `edition:…`.
    Edition(EditionTarget),
}

/// Reads from behind the opening parenthesis to behind the closing one.
pub(super) fn read_link(cursor: &mut Cursor<'_>) -> Result<LinkTarget, Error> {
    let opening = cursor.clone();
    let unclosed =
        || opening.error("a link's address is not closed", "close it with ); write \\[ for a bracket in the text");
    cursor.skip_blank();
    let target = if cursor.take_if('<') {
        LinkTarget::Address(cursor.until('>', "an address in < is not closed", "close it with >")?)
    } else if cursor.starts_with("edition:") {
        cursor.at += "edition:".len();
        LinkTarget::Edition(EditionTarget::read(cursor)?)
    } else {
        let mut url = String::new();
        let mut depth = 0_usize;
        while let Some(c) = cursor.peek().filter(|c| !c.is_whitespace()) {
            match c {
                ')' if depth == 0 => break,
                ')' => depth -= 1,
                '(' => depth += 1,
                _ => {}
            }
            url.push(c);
            cursor.at += 1;
        }
        if url.is_empty() { LinkTarget::None } else { LinkTarget::Address(url) }
    };
    cursor.skip_blank();
    if cursor.take_if(')') { Ok(target) } else { Err(unclosed()) }
}

/// An address as it stands in a link or note: plain where it may be, else in `<…>`.
pub(super) fn address(url: &str) -> String {
    let awkward = |c: char| c.is_whitespace() || must_be_named(c) || "<>()\"{}[]\\".contains(c);
    let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
    let addressed = !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric());
    if addressed && !url.chars().any(awkward) && !url.ends_with(';') {
        return url.to_owned();
    }
    let mut written = String::from("<");
    for c in url.chars() {
        match c {
            '<' | '>' | '\\' => written.extend(['\\', c]),
            c if must_be_named(c) => written.push_str(&named(c)),
            c => written.push(c),
        }
    }
    written.push('>');
    written
}
