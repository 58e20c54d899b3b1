//! An edition as the desk's Markdown form.

use super::attributes::Braces;
use super::cursor::Cursor;
use super::cursor::Source;
use super::target::{EditionTarget, address};
use super::text::{self, Writer};
use super::{front, inline, references};
use sitrep_language::sentences::sentences;
use sitrep_model::desk::Desk;
use sitrep_model::edition::{Edition, EditionSection, Mark, MarkKind, Paragraph, ParagraphKind, Sentence, Takeaway};
use std::collections::HashSet;
use std::ops::Range;

/// The heading of the takeaways.
pub(super) const TAKEAWAYS: &str = "Key Takeaways";

/// Writes an edition. The desk is that of the edition: what follows from it is left out.
pub fn write(edition: &Edition, desk: &Desk) -> String {
    let mut to = format!("+++\n{}+++\n", front::write(edition));
    let described = edition.standing.iter().map(|standing| ("standing", standing));
    for (class, words) in described.chain(edition.notices.iter().map(|notice| ("notice", notice))) {
        to.push_str(&format!("\n{{.{class}}}\n{}\n", text::write(words, Some(""))));
    }
    if !edition.takeaways.is_empty() {
        to.push_str(&format!("\n# {TAKEAWAYS}\n\n"));
        for (number, takeaway) in (1..).zip(&edition.takeaways) {
            write_takeaway(number, takeaway, &mut to);
        }
    }
    for section in &edition.sections {
        write_section(section, desk, &mut to);
    }
    for (index, citation) in edition.citations.iter().enumerate() {
        to.push_str(if index == 0 { "\n" } else { "" });
        to.push_str(&references::write(citation));
        to.push('\n');
    }
    to
}

fn write_takeaway(number: usize, takeaway: &Takeaway, to: &mut String) {
    let body = &takeaway.body;
    let kind = Some(kind_name(body.kind)).filter(|_| body.kind != ParagraphKind::Prose);
    let braces = common(body)
        .pair("announces", takeaway.announces.as_ref().map(|id| id.as_str()))
        .pair("kind", kind)
        .pair("figure", body.figure.as_deref())
        .written();
    to.push_str(&format!("{number}. {}", line(body, "")));
    if !braces.is_empty() {
        to.push(' ');
        to.push_str(&braces);
    }
    to.push('\n');
}

fn write_section(section: &EditionSection, desk: &Desk, to: &mut String) {
    let hashes = section.level.clamp(1, 6);
    let level = (hashes != section.level).then(|| section.level.to_string());
    // Without an id a title of the desk's means that section; `-` says that it does not.
    let of_desk = super::read::section_titled(desk, &section.title);
    let id = match (&section.section, of_desk) {
        (Some(id), Some(same)) if *id == same => None,
        (Some(id), _) => Some(id.as_str()),
        (None, Some(_)) => Some("-"),
        (None, None) => None,
    };
    let takeaways = section.title.trim().eq_ignore_ascii_case(TAKEAWAYS);
    let braces = Braces::default()
        .id(id.unwrap_or_default())
        .class("section", takeaways)
        .pair("level", level.as_deref())
        .written();
    to.push_str(&format!("\n{} {}", "#".repeat(usize::from(hashes)), text::write(&section.title, None)));
    if !braces.is_empty() {
        to.push(' ');
        to.push_str(&braces);
    }
    to.push('\n');
    if let Some(scope) = &section.scope {
        to.push_str(&format!("\n{{.scope}}\n{}\n", text::write(scope, Some(""))));
    }
    for paragraph in &section.paragraphs {
        write_paragraph(paragraph, to);
    }
}

fn write_paragraph(paragraph: &Paragraph, to: &mut String) {
    let figure = paragraph.figure.as_deref();
    to.push('\n');
    match paragraph.kind {
        ParagraphKind::Prose => to.push_str(&line(paragraph, "")),
        ParagraphKind::ListItem => to.push_str(&format!("- {}", line(paragraph, ""))),
        ParagraphKind::Quotation => to.push_str(&format!("> {}", line(paragraph, "> "))),
        ParagraphKind::Figure => {
            let url = figure.map(address).unwrap_or_default();
            to.push_str(&format!("![{}]({url})", line(paragraph, "")));
        }
    }
    let picture = figure.filter(|_| paragraph.kind != ParagraphKind::Figure);
    let braces = common(paragraph).pair("figure", picture).written();
    if !braces.is_empty() {
        to.push('\n');
        to.push_str(&braces);
    }
    to.push('\n');
}

fn common(paragraph: &Paragraph) -> Braces {
    let campaign = paragraph.campaign.as_ref().map(|campaign| campaign.as_str());
    Braces::default().id(paragraph.id.as_str()).pair("campaign", campaign)
}

/// The kind's name in braces.
pub(super) const fn kind_name(kind: ParagraphKind) -> &'static str {
    match kind {
        ParagraphKind::Prose => "prose",
        ParagraphKind::ListItem => "list_item",
        ParagraphKind::Figure => "figure",
        ParagraphKind::Quotation => "quotation",
    }
}

/// A paragraph's text with its marks, markers and the braces of its sentences.
fn line(paragraph: &Paragraph, next_line: &str) -> String {
    let plain = paragraph.sentences.iter().all(|sentence| braces(sentence).is_empty());
    let bare = inscribed(paragraph, next_line, &[], false);
    if plain && reads_as(&bare, paragraph) {
        return bare;
    }
    // Where sentences are found by their ends, only those that something hangs on need braces.
    let sparse = inscribed(paragraph, next_line, &paragraph.sentences, false);
    if !plain && reads_as(&sparse, paragraph) {
        return sparse;
    }
    inscribed(paragraph, next_line, &paragraph.sentences, true)
}

/// Whether a line without braces gives the same sentences again.
fn reads_as(line: &str, paragraph: &Paragraph) -> bool {
    let mut source = Source::default();
    source.add(line, 1);
    // A caption's reading takes all braces for sentences', which a line without any is safe from.
    let read = inline::read(&mut Cursor::new(&source), true);
    let wanted = paragraph.sentences.iter().map(|sentence| sentence.start..sentence.end);
    read.is_ok_and(|read| read.sentences.into_iter().map(|(span, _)| span).eq(wanted))
}

fn braces(sentence: &Sentence) -> String {
    let step = sentence.judgement.as_ref().map(|judgement| judgement.step.as_str());
    let assessment = sentence.judgement.as_ref().map(|judgement| judgement.assessment.as_str());
    Braces::default()
        .id(sentence.id.as_str())
        .list("events", sentence.events.iter().map(|event| event.as_str()))
        .pair(step.unwrap_or_default(), assessment)
        .written()
}

/// Writes the text with the braces of `sentences`; of `every` one, also where nothing hangs on it.
fn inscribed(paragraph: &Paragraph, next_line: &str, sentences: &[Sentence], every: bool) -> String {
    let characters: Vec<char> = paragraph.text.chars().collect();
    let glued = glued(&characters, sentences);
    let clamped = |mark: &Mark| Mark { end: mark.end.min(characters.len()), ..mark.clone() };
    let marks: Vec<Mark> = paragraph.marks.iter().map(clamped).collect();
    let mut writer = Writer::new(Some(next_line));
    let mut citations = paragraph.citations.iter().peekable();
    let mut ends = sentences.iter().peekable();
    for at in 0..=characters.len() {
        let next = characters.get(at).copied();
        close(&marks, at, next, &mut writer);
        while let Some(mark) = citations.next_if(|mark| mark.offset <= at || next.is_none()) {
            writer.markup(&references::marker(&mark.citation));
        }
        while let Some(sentence) = ends.next_if(|sentence| sentence.end <= at) {
            let braces = braces(sentence);
            if !braces.is_empty() || every {
                writer.markup(if braces.is_empty() { "{}" } else { &braces });
            }
        }
        open(&marks, at, next, &mut writer);
        writer.character(&characters, at, glued.contains(&at));
    }
    writer.finish()
}

/// Where a sentence would be taken to end and does not: the first character behind such an end.
fn glued(characters: &[char], marked: &[Sentence]) -> HashSet<usize> {
    let mut start = 0;
    let mut glued = HashSet::new();
    for sentence in marked {
        let end = sentence.end.min(characters.len());
        let stretch: String = characters.get(start..end).unwrap_or_default().iter().collect();
        let spans: Vec<Range<usize>> = sentences(&stretch);
        glued.extend(spans.iter().rev().skip(1).map(|span| start + span.end));
        start = end;
    }
    glued
}

fn close(marks: &[Mark], at: usize, next: Option<char>, writer: &mut Writer<'_>) {
    // Those opened last are closed first.
    for mark in marks.iter().rev().filter(|mark| mark.end == at && mark.start < at) {
        end(mark, next, writer);
    }
}

fn open(marks: &[Mark], at: usize, next: Option<char>, writer: &mut Writer<'_>) {
    for mark in marks.iter().filter(|mark| mark.start == at) {
        match &mark.kind {
            MarkKind::Bold => writer.markup("**"),
            MarkKind::Italic => writer.italic(next),
            MarkKind::Link { .. } | MarkKind::CrossReference { .. } => writer.markup("["),
        }
        if mark.end <= at {
            end(mark, next, writer);
        }
    }
}

fn end(mark: &Mark, next: Option<char>, writer: &mut Writer<'_>) {
    match &mark.kind {
        MarkKind::Bold => writer.markup("**"),
        MarkKind::Italic => writer.italic(next),
        MarkKind::Link { url } if url.is_empty() => writer.markup("]()"),
        MarkKind::Link { url } => writer.markup(&format!("]({})", address(url))),
        MarkKind::CrossReference { edition, sentence, url, date } => {
            let (edition, sentence, url) = (edition.clone(), sentence.clone(), url.clone());
            writer.markup(&format!("]({})", EditionTarget { edition, sentence, url, date: *date }.written()));
        }
    }
}
