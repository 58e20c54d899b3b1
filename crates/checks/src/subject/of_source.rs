//! The view on a file as it was given: findings count in the file, whatever it is written in.

use super::{Part, Subject};
use crate::desk_form::{self, DeskForm};
use crate::origin::Origin;
use crate::page_origin;
use sitrep_editions::parse::{Form, Parsed};
use sitrep_editions::{Error, parse};
use std::collections::HashMap;

impl Subject {
    /// Reads an edition (plain text, a page, Markdown, the desk's Markdown form) with findings that count lines and
    /// code points of what was given, a byte order mark not counted.
    ///
    /// # Errors
    /// Where it is no text, or is beyond the bounds of size and depth.
    pub fn read(bytes: &[u8], form: Option<Form>) -> Result<Self, Error> {
        let given = text_of(bytes);
        if form.is_none_or(|form| form == Form::Markdown)
            && let Some(desk_form) = given.as_deref().and_then(desk_form::plain)
        {
            return of_desk_form(given.as_deref().unwrap_or_default(), desk_form);
        }
        let parsed = parse(bytes, form)?;
        let mut subject = Self::of(&parsed);
        if let Some(given) = given {
            subject.origin = origin(&given, &parsed, subject.origin);
        }
        Ok(subject)
    }
}

/// The given text in UTF-8; `None` where it is none, which [`parse`] says in words.
fn text_of(bytes: &[u8]) -> Option<String> {
    let units = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.as_chunks::<2>().0.iter().map(|pair| unit(*pair)).collect();
        String::from_utf16(&units).ok()
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => units(rest, u16::from_be_bytes),
        _ => std::str::from_utf8(bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes)).ok().map(str::to_owned),
    }
}

fn origin(given: &str, parsed: &Parsed, same: Origin) -> Origin {
    let checked: Vec<char> = parsed.text.chars().collect();
    if matches!(parsed.form, Form::Html | Form::Docx) {
        return page_origin::of(given, &checked).unwrap_or(same);
    }
    if !given.contains('\r') {
        return same;
    }
    let characters: Vec<char> = given.chars().collect();
    let kept = |at: &usize| characters[*at] != '\r' || characters.get(at + 1) != Some(&'\n');
    let mut at: Vec<usize> = (0..characters.len()).filter(kept).collect();
    at.push(characters.len());
    Origin::made(given, &checked, at, str::to_owned)
}

fn of_desk_form(given: &str, form: DeskForm) -> Result<Subject, Error> {
    let parsed = parse(form.text.as_bytes(), Some(Form::Markdown))?;
    let mut subject = Subject::of(&parsed);
    subject.date = form.date.or(subject.date);
    let mut named: HashMap<&str, usize> = HashMap::new();
    let mut announcing: Vec<(usize, Vec<String>)> = Vec::new();
    for (index, passage) in subject.passages.iter_mut().enumerate() {
        let (first, last) = (passage.at.first().copied().unwrap_or(0), passage.at.last().copied().unwrap_or(0));
        if let Some((_, part)) = form.parts.iter().find(|(at, _)| (first..=last).contains(at)) {
            let undone = *part == Part::Paragraph && passage.part != Part::Other;
            passage.part = if undone { passage.part } else { *part };
        }
        for attributes in form.attributes.iter().filter(|a| (first..=last + 1).contains(&a.behind)) {
            named.extend(attributes.id.as_deref().map(|id| (id, index)));
            if !attributes.announces.is_empty() {
                announcing.push((index, attributes.announces.clone()));
            }
        }
    }
    // What the wording ties stays tied: a takeaway of two sentences may open two paragraphs and name one.
    for (index, ids) in announcing {
        let tied = ids.iter().filter_map(|id| named.get(id.as_str()).copied());
        subject.passages[index].announces.extend(tied);
    }
    for note in &mut subject.notes {
        if let Some(name) = form.names.get(&note.number) {
            note.label.clone_from(name);
        }
        for reference in &mut note.references {
            let said = form.references.get(&reference.span.start).cloned().unwrap_or_default();
            reference.passage = said.quote;
            reference.computed = said.printed.is_none() && said.defanged.is_none();
            reference.defanged = said.defanged.unwrap_or(reference.defanged);
            reference.printed = said.printed.unwrap_or_else(|| reference.printed.clone());
        }
    }
    let checked: Vec<char> = subject.text.chars().collect();
    subject.origin = Origin::made(given, &checked, form.at, str::to_owned).verbatim();
    Ok(subject)
}
