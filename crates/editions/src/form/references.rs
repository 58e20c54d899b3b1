//! Notes: `[^c1]: document:irna-1 "exact words" ; https://example.org/x ; text:An interview`.

use super::attributes::{Attributes, Braces};
use super::cursor::{Cursor, Escaped, Source, must_be_named, named, word};
use super::target::{self, EditionTarget};
use crate::Error;
use sitrep_model::citation::{Citation, Reference, Target};
use sitrep_model::id::{AssessmentId, CitationId, DocumentId};

const KINDS: &str = "a reference begins with document:, edition:, assessment:, text: or an address; several are divided \
                     by a semicolon between spaces";

/// Reads a marker's id; the cursor stands behind `[^`.
pub(super) fn read_id(cursor: &mut Cursor<'_>) -> Result<CitationId, Error> {
    let id =
        cursor.until(']', "a note marker is not closed", "write it as [^c1]; write \\[ for a bracket in the text")?;
    if id.is_empty() {
        Err(cursor.error("a note marker names no note", "write it as [^c1]"))
    } else {
        Ok(CitationId(id))
    }
}

/// A marker as it is written.
pub(super) fn marker(id: &CitationId) -> String {
    let mut written = String::from("[^");
    for c in id.as_str().chars() {
        match c {
            ']' | '[' | '\\' => written.extend(['\\', c]),
            c if must_be_named(c) || c.is_whitespace() => written.push_str(&named(c)),
            c => written.push(c),
        }
    }
    written.push(']');
    written
}

/// Reads a note.
pub(super) fn read(source: &Source) -> Result<Citation, Error> {
    let mut cursor = Cursor::new(source);
    cursor.at = 2;
    let id = read_id(&mut cursor)?;
    cursor.take_if(':');
    cursor.skip_blank();
    let mut label = None;
    if cursor.peek() == Some('{') {
        let attributes = Attributes::read(&mut cursor)?;
        if let Some(key) = attributes.foreign(&["label"], &[]) {
            return Err(
                cursor.error(format!("a note has no “{key}”"), "before its references stands at most {label=…}")
            );
        }
        label = attributes.value("label").map(str::to_owned);
        cursor.skip_blank();
    }
    let mut references = Vec::new();
    while cursor.peek().is_some() {
        references.push(reference(&mut cursor)?);
        cursor.skip_blank();
        if cursor.peek().is_some() && !cursor.take_if(';') {
            return Err(cursor.error("something stands behind a reference", KINDS));
        }
        cursor.skip_blank();
    }
    Ok(Citation { id, references, label })
}

fn reference(cursor: &mut Cursor<'_>) -> Result<Reference, Error> {
    let (target, mut printed) = read_target(cursor)?;
    let mut defanged = None;
    let mut ahead = cursor.clone();
    ahead.skip_blank();
    if ahead.peek() == Some('{') {
        let attributes = Attributes::read(&mut ahead)?;
        if let Some(key) = attributes.foreign(&["defanged", "printed"], &[]) {
            return Err(cursor.error(format!("a reference has no “{key}”"), "write {defanged=true} or {printed=\"…\"}"));
        }
        defanged = match attributes.value("defanged") {
            None => None,
            Some("true") => Some(true),
            Some("false") => Some(false),
            Some(other) => {
                return Err(
                    cursor.error(format!("defanged can't be “{other}”"), "write defanged=true or defanged=false")
                );
            }
        };
        printed = attributes.value("printed").map(str::to_owned).or(printed);
        *cursor = ahead;
    }
    Ok(Reference { target, printed, defanged })
}

fn read_target(cursor: &mut Cursor<'_>) -> Result<(Target, Option<String>), Error> {
    if cursor.take_if('<') {
        let url = cursor.until('>', "an address in < is not closed", "close it with >")?;
        return Ok((Target::Address { url }, None));
    }
    let kind = ["document:", "edition:", "assessment:", "text:"].into_iter().find(|kind| cursor.starts_with(kind));
    cursor.at += kind.map_or(0, str::len);
    Ok(match kind {
        Some("document:") => {
            let (id, _) = cursor.word()?;
            if id.is_empty() {
                return Err(cursor.error("a reference names no document", "write document: and its id"));
            }
            (Target::Document { document: DocumentId(id), passage: target::read_passage(cursor)? }, None)
        }
        Some("edition:") => {
            let EditionTarget { edition, sentence, url, date } = EditionTarget::read(cursor)?;
            (Target::Edition { edition, sentence, url, date }, None)
        }
        Some("assessment:") => (Target::Assessment { assessment: AssessmentId(cursor.word()?.0) }, None),
        Some(_) => (Target::Text, free_text(cursor)?),
        None => (Target::Address { url: plain_address(cursor)? }, None),
    })
}

fn plain_address(cursor: &mut Cursor<'_>) -> Result<String, Error> {
    let start = cursor.clone();
    let mut url = String::new();
    while let Some(c) = cursor.peek().filter(|c| !c.is_whitespace() && *c != '{') {
        url.push(c);
        cursor.at += 1;
    }
    // `https://a.example/x; https://…`: the semicolon divides.
    if url.ends_with(';') {
        url.pop();
        cursor.at -= 1;
    }
    let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
    let addressed = !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric());
    if addressed {
        return Ok(url);
    }
    let shown: String = url.chars().take(40).collect();
    Err(start.error(format!("“{shown}” is no reference"), KINDS))
}

/// Words up to a semicolon between spaces, or to braces; `None` where there are none.
fn free_text(cursor: &mut Cursor<'_>) -> Result<Option<String>, Error> {
    let (mut text, mut kept, mut any) = (String::new(), 0, false);
    cursor.skip_blank();
    while let Some(c) = cursor.peek() {
        let divides = c == ';'
            && cursor.before().is_some_and(char::is_whitespace)
            && cursor.ahead(1).is_none_or(char::is_whitespace);
        if c == '{' || divides {
            break;
        }
        cursor.at += 1;
        any |= !c.is_whitespace();
        match c {
            '\\' => {
                if let Escaped::Character { c, .. } = cursor.escaped()? {
                    text.push(c);
                }
                kept = text.len();
            }
            ' ' | '\t' => text.push(c),
            _ => {
                text.push(c);
                kept = text.len();
            }
        }
    }
    text.truncate(kept);
    Ok(any.then_some(text))
}

/// A note as it is written, without a line's end.
pub(super) fn write(citation: &Citation) -> String {
    let mut written = format!("{}:", marker(&citation.id));
    let label = Braces::default().pair("label", citation.label.as_deref()).written();
    if !label.is_empty() {
        written.push(' ');
        written.push_str(&label);
    }
    for (index, reference) in citation.references.iter().enumerate() {
        written.push_str(if index > 0 { " ; " } else { " " });
        write_reference(reference, &mut written);
    }
    written
}

fn write_reference(reference: &Reference, to: &mut String) {
    let mut printed = reference.printed.as_deref();
    match &reference.target {
        Target::Document { document, passage } => {
            to.push_str(&format!("document:{}", word(document.as_str())));
            to.push_str(&passage.as_ref().map(target::passage).unwrap_or_default());
        }
        Target::Address { url } => to.push_str(&target::address(url)),
        Target::Edition { edition, sentence, url, date } => {
            let (edition, sentence, url) = (edition.clone(), sentence.clone(), url.clone());
            to.push_str(&EditionTarget { edition, sentence, url, date: *date }.written());
        }
        Target::Assessment { assessment } => to.push_str(&format!("assessment:{}", word(assessment.as_str()))),
        Target::Text => to.push_str(&format!("text:{}", printed.take().map(words).unwrap_or_default())),
    }
    let defanged = reference.defanged.map(|defanged| defanged.to_string());
    let braces = Braces::default().pair("defanged", defanged.as_deref()).pair("printed", printed).written();
    if !braces.is_empty() {
        to.push(' ');
        to.push_str(&braces);
    }
}

/// Free text as it is written.
fn words(text: &str) -> String {
    if text.is_empty() {
        return "\\u{}".to_owned();
    }
    let mut written = String::new();
    let last = text.chars().count() - 1;
    for (at, c) in text.chars().enumerate() {
        match c {
            ' ' if at == 0 || at == last => written.push_str("\\ "),
            '\\' | ';' | '{' => written.extend(['\\', c]),
            c if must_be_named(c) => written.push_str(&named(c)),
            c => written.push(c),
        }
    }
    written
}
