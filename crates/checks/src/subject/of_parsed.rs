//! The view on a text that was parsed.

use super::{Marker, Note, Part, Passage, Reference, Settings, Subject};
use crate::origin::Origin;
use sitrep_editions::parse::{Block, Inserted, Parsed, ParsedNote, ReferenceKind, Role};
use sitrep_language::{detect, sentences::sentences};
use std::collections::HashMap;
use std::ops::Range;

impl Subject {
    /// The view on a parsed text, measured by the scale of ICD 203 and by itself.
    pub fn of(parsed: &Parsed) -> Self {
        let characters: Vec<char> = parsed.text.chars().collect();
        let sections = section_of_blocks(parsed);
        let mut passages: Vec<Passage> = Vec::new();
        let mut passage_of_block: HashMap<usize, usize> = HashMap::new();
        for (index, block) in parsed.blocks.iter().enumerate() {
            if block.role == Role::Note || block.text.is_empty() {
                continue;
            }
            passage_of_block.insert(index, passages.len());
            let mut made = passage(block, &characters);
            made.section = sections.get(&index).copied();
            passages.push(made);
        }
        for takeaway in &parsed.takeaways {
            let announced = takeaway.announces.iter().filter_map(|p| parsed.paragraphs.get(*p));
            let announces = announced.filter_map(|p| passage_of_block.get(&p.block).copied()).collect();
            if let Some(passage) = passage_of_block.get(&takeaway.block).and_then(|at| passages.get_mut(*at)) {
                passage.announces = announces;
            }
        }
        for cross in &parsed.cross_references {
            let block = parsed.paragraphs.get(cross.paragraph).map(|p| p.block);
            let passage = block.and_then(|block| passage_of_block.get(&block)).and_then(|at| passages.get_mut(*at));
            if let (Some(passage), Some(offset)) = (passage, cross.offset) {
                passage.cross_references.push(offset);
            }
        }
        headed_takeaways(&mut passages, parsed);
        Self {
            date: parsed.date,
            language: detect::detect(&parsed.text).map(|found| found.0.to_owned()).unwrap_or_default(),
            passages,
            notes: parsed.notes.iter().map(|read| note(read, &parsed.blocks[read.block])).collect(),
            truncated: parsed.truncated.clone(),
            settings: Settings::default(),
            origin: Origin::same(&characters),
            characters,
            text: parsed.text.clone(),
        }
    }
}

/// The section of each block that stands in one.
fn section_of_blocks(parsed: &Parsed) -> HashMap<usize, usize> {
    let mut sections = HashMap::new();
    for (index, section) in parsed.sections.iter().enumerate() {
        sections.extend(section.heading.iter().chain(&section.scope).map(|block| (*block, index)));
        let paragraphs = section.paragraphs.iter().filter_map(|p| parsed.paragraphs.get(*p));
        sections.extend(paragraphs.map(|paragraph| (paragraph.block, index)));
    }
    sections
}

/// Takeaways under headings of their own (`Rail:`) are front matter: nothing cites there, and nothing is announced.
fn headed_takeaways(passages: &mut [Passage], parsed: &Parsed) {
    let headed = |text: &str| sitrep_editions::parse::Role::TakeawaysHeading == role_of(parsed, text);
    let Some(at) = passages.iter().position(|passage| passage.part == Part::Heading && headed(&passage.text)) else {
        return;
    };
    for passage in &mut passages[at + 1..] {
        match passage.part {
            Part::Heading if !passage.text.ends_with(':') => return,
            Part::Paragraph | Part::ListItem if passage.markers.is_empty() => passage.part = Part::Front,
            Part::Paragraph | Part::ListItem => return,
            _ => {}
        }
    }
}

fn role_of(parsed: &Parsed, text: &str) -> Role {
    parsed.blocks.iter().find(|block| block.text == text).map_or(Role::Unclassified, |block| block.role)
}

fn passage(block: &Block, characters: &[char]) -> Passage {
    let part = match block.role {
        Role::Title | Role::DateLine | Role::Cutoff | Role::Authors => Part::Title,
        Role::Standing | Role::Notice => Part::Front,
        Role::Takeaway => Part::Takeaway,
        Role::TakeawaysHeading | Role::TakeawayLabel | Role::Heading | Role::NotesHeading => Part::Heading,
        Role::Scope => Part::Scope,
        Role::Paragraph => Part::Paragraph,
        Role::ListItem => Part::ListItem,
        Role::Figure => Part::Apart,
        Role::Note | Role::Unclassified => Part::Other,
    };
    let at: Vec<usize> = block.source.iter().map(|at| *at as usize).collect();
    let mut made = Passage::new(part, block.text.clone(), at, sentences(&block.text));
    made.markers = markers(block, characters);
    made
}

/// The markers with where each stands: behind the character before it and behind the marker before it.
fn markers(block: &Block, characters: &[char]) -> Vec<Marker> {
    let mut found = Vec::new();
    let mut cursor = block.start;
    for (offset, inserted) in &block.inserted {
        let Inserted::Marker { printed, number } = inserted else {
            continue;
        };
        if let Some(before) = offset.checked_sub(1) {
            cursor = cursor.max(block.source_of(before) + 1);
        }
        let printed: Vec<char> = printed.chars().collect();
        let span = find(characters, cursor..block.end, &printed).unwrap_or(cursor..cursor);
        cursor = span.end;
        found.push(Marker { offset: *offset, number: *number, span });
    }
    found
}

fn find(characters: &[char], within: Range<usize>, wanted: &[char]) -> Option<Range<usize>> {
    let inside = characters.get(within.clone())?;
    let at = inside.windows(wanted.len().max(1)).position(|window| window == wanted)?;
    Some(within.start + at..within.start + at + wanted.len())
}

fn note(read: &ParsedNote, block: &Block) -> Note {
    let references = read.references.iter().map(|reference| Reference {
        printed: reference.printed.clone(),
        url: reference.url.clone(),
        defanged: reference.defanged,
        computed: false,
        edition: reference.kind == ReferenceKind::Edition,
        published: None,
        passage: None,
        late: false,
        span: reference.start..reference.end,
    });
    let references: Vec<Reference> = references.collect();
    let last = references.last().map_or(block.end, |reference| reference.span.end);
    Note { number: read.number, label: read.label.clone(), references, span: block.start..last.min(block.end) }
}
